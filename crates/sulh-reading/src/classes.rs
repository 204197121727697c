//! Takes lexicons/reading/classes.toml, gives the classes of nouns that rules name with "@".
//! Invariant: a class a rule names exists; at most 32 of them.

use crate::rules::{RulesError, lexicon};
use serde::Deserialize;
use std::collections::BTreeMap;
use sulh_model::actor::ActorKind;

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet(u32);

impl ClassSet {
    /// Both sets.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True when the two share a class.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The classes, by word and by kind of actor.
#[derive(Debug)]
pub(crate) struct Classes {
    names: Vec<String>,
    by_word: BTreeMap<String, ClassSet>,
    by_kind: BTreeMap<ActorKind, ClassSet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: BTreeMap<String, Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    words: Vec<String>,
    #[serde(default)]
    kinds: Vec<String>,
}

impl Classes {
    /// The classes that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        const FILE: &str = "classes.toml";
        let file: File = lexicon(FILE)?;
        let mut classes =
            Self { names: Vec::new(), by_word: BTreeMap::new(), by_kind: BTreeMap::new() };
        if file.class.len() > 32 {
            return Err(RulesError::file(FILE, "there are more than 32 classes"));
        }
        for (at, (name, row)) in file.class.into_iter().enumerate() {
            let set = ClassSet(1 << at);
            for word in row.words {
                let entry = classes.by_word.entry(word).or_default();
                *entry = entry.with(set);
            }
            for code in row.kinds {
                let kind = ActorKind::from_code(&code).ok_or_else(|| {
                    RulesError::file(FILE, format!("`{code}` is not a kind of actor"))
                })?;
                let entry = classes.by_kind.entry(kind).or_default();
                *entry = entry.with(set);
            }
            classes.names.push(name);
        }
        Ok(classes)
    }

    /// The class of a name, without its "@".
    pub fn named(&self, name: &str) -> Option<ClassSet> {
        self.names.iter().position(|other| other == name).map(|at| ClassSet(1 << at))
    }

    /// The classes of a word in its dictionary form.
    pub fn of_word(&self, lemma: &str) -> ClassSet {
        self.by_word.get(lemma).copied().unwrap_or_default()
    }

    /// The classes of a kind of actor.
    pub fn of_kind(&self, kind: ActorKind) -> ClassSet {
        self.by_kind.get(&kind).copied().unwrap_or_default()
    }
}
