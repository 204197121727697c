//! Takes the lists of `lexicons/syntax/words.toml` and `abbreviations.toml`, gives what they know of a word.
//! Invariant: everything is in lower case; looking a word up never fails.

use crate::lexicon::{LexiconError, load};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// What the rules ask the lists.
#[derive(Debug)]
pub struct Lists {
    pub words: Words,
    pub abbreviations: Abbreviations,
    /// Where a word written as one is parted, in characters.
    contractions: HashMap<String, usize>,
    /// Every short form that takes its stop, with a capital or without.
    short_forms: HashSet<String>,
}

/// `words.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub prefixes: HashSet<String>,
    pub units: HashSet<String>,
    contractions: Vec<String>,
    pub would: HashSet<String>,
    pub names_in_s: HashSet<String>,
    pub elisions: HashSet<String>,
    pub strokes: HashSet<String>,
    pub dollars: HashSet<String>,
    pub hosts: HashSet<String>,
    pub files: HashSet<String>,
    pub faces: HashSet<String>,
}

/// `abbreviations.toml`: short forms by what may follow them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviations {
    pub before_name: HashSet<String>,
    pub before_number: HashSet<String>,
    pub days: HashSet<String>,
    pub sometimes_last: HashSet<String>,
    pub states: HashSet<String>,
    pub after_hour: HashSet<String>,
    pub openers: HashSet<String>,
    pub after_quotation: HashSet<String>,
}

impl Lists {
    /// The lists that come with the program.
    pub fn shipped() -> Result<Self, LexiconError> {
        let words: Words = load(
            "lexicons/syntax/words.toml",
            include_str!("../../../../lexicons/syntax/words.toml"),
        )?;
        let abbreviations: Abbreviations = load(
            "lexicons/syntax/abbreviations.toml",
            include_str!("../../../../lexicons/syntax/abbreviations.toml"),
        )?;
        let contractions = words.contractions.iter().filter_map(|word| {
            let (first, _) = word.split_once('|')?;
            Some((word.replace('|', ""), first.chars().count()))
        });
        let Abbreviations { before_name, before_number, sometimes_last, .. } = &abbreviations;
        let short_forms = [before_name, before_number, sometimes_last];
        Ok(Self {
            contractions: contractions.collect(),
            short_forms: short_forms.into_iter().flatten().cloned().collect(),
            words,
            abbreviations,
        })
    }

    /// Where the word is parted when it is two written as one.
    pub fn contraction(&self, word: &str) -> Option<usize> {
        self.contractions.get(word).copied()
    }

    /// Whether the word is a short form that takes its stop.
    pub fn is_short_form(&self, word: &str, capital: bool) -> bool {
        self.short_forms.contains(word) || (capital && self.is_short_name(word))
    }

    /// Whether the word with a capital is a day, a month or a state: "Sat." and "Ill.", not "sat." and "ill."
    pub fn is_short_name(&self, word: &str) -> bool {
        self.abbreviations.days.contains(word) || self.abbreviations.states.contains(word)
    }
}
