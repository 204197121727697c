//! Takes what is known of words beside the treebanks, gives the classes of words that features use.
//! Invariant: classes depend on the given lists and sentences alone, not on their order in memory.

use crate::{
    linear::{
        train::{Example, Meanings},
        words::{CLASSINGS, Classes, WordClasses, form},
    },
    token::Upos,
    tree::Penn,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words seen less often than this have no class of their tags.
const SEEN_LEAST: u32 = 3;
/// A tag a word had in less than one of this many cases does not count.
const SHARE_LEAST: u32 = 20;

/// What is known of words beside the treebanks.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Classes of words of like meaning.
    pub meanings: Meanings,
    /// Verbs of saying by lemma, with what they can do, as bits.
    pub sayings: BTreeMap<String, u16>,
}

impl Knowledge {
    /// The classes of all words.
    pub(super) fn classes(&self, examples: &[Example]) -> WordClasses {
        let mut classes: BTreeMap<u32, Classes> = BTreeMap::new();
        for (form, [fine, middle, coarse]) in &self.meanings.classes {
            classes.insert(*form, [*fine, *middle, *coarse, 0, 0]);
        }
        for (form, seen) in seen_tags(examples) {
            classes.entry(form).or_insert([0; CLASSINGS])[3] = seen;
        }
        for (word, saying) in self.forms_of_saying(examples) {
            classes.entry(form(&word)).or_insert([0; CLASSINGS])[4] |= saying;
        }
        WordClasses::new(classes)
    }

    /// The forms of verbs of saying: those the treebanks show, and the regular ones.
    fn forms_of_saying(&self, examples: &[Example]) -> BTreeSet<(String, u16)> {
        let mut forms = BTreeSet::new();
        for example in examples {
            let words = example.forms.iter().zip(&example.lemmas).zip(example.tree.nodes());
            for ((form, lemma), node) in words {
                if let Some(saying) = self.sayings.get(lemma).filter(|_| node.upos == Upos::Verb) {
                    forms.insert((form.to_lowercase(), *saying));
                }
            }
        }
        for (lemma, saying) in &self.sayings {
            forms.extend(regular(lemma).map(|form| (form, *saying)));
        }
        forms
    }
}

/// The regular forms of a verb; a wrong one ("sayed") is simply never met.
fn regular(lemma: &str) -> impl Iterator<Item = String> {
    let silent = lemma.strip_suffix('e');
    let changed = lemma.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    let stem =
        changed.map_or_else(|| silent.unwrap_or(lemma).to_owned(), |stem| format!("{stem}i"));
    let ing = format!("{}ing", silent.unwrap_or(lemma));
    let third = if changed.is_some() { format!("{stem}es") } else { format!("{lemma}s") };
    [lemma.to_owned(), third, format!("{stem}ed"), ing].into_iter()
}

/// For each form seen often enough, a number for the set of tags it had.
fn seen_tags(examples: &[Example]) -> BTreeMap<u32, u16> {
    let mut counts: BTreeMap<u32, BTreeMap<(Upos, Penn), u32>> = BTreeMap::new();
    for example in examples {
        for (word, node) in example.forms.iter().zip(example.tree.nodes()) {
            let tag = (node.upos, node.penn);
            *counts.entry(form(word)).or_default().entry(tag).or_default() += 1;
        }
    }
    let mut numbers: BTreeMap<Vec<(Upos, Penn)>, u16> = BTreeMap::new();
    let mut seen = BTreeMap::new();
    for (form, tags) in counts {
        let total: u32 = tags.values().sum();
        if total < SEEN_LEAST {
            continue;
        }
        let mut often: Vec<_> =
            tags.into_iter().filter(|(_, count)| count * SHARE_LEAST >= total).collect();
        // The most frequent first: which of two tags is the usual one matters too.
        often.sort_by_key(|(_, count)| u32::MAX - count);
        let set = often.into_iter().map(|(tag, _)| tag).collect();
        let next = u16::try_from(numbers.len() + 1).unwrap_or(u16::MAX);
        seen.insert(form, *numbers.entry(set).or_insert(next));
    }
    seen
}
