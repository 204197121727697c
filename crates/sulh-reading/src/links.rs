//! Takes rules/links.toml, gives which event carries out which promise.
//! Invariant: every kind named in the file is one of the vocabulary.

use crate::rules::{RulesError, rule};
use serde::Deserialize;
use std::collections::BTreeMap;
use sulh_model::vocabulary::{EventKind, TermKind};

/// Which events carry out, may break or undo which promises.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Links {
    performs: BTreeMap<String, Vec<String>>,
    may_breach: BTreeMap<String, Vec<String>>,
    undoes: BTreeMap<String, Vec<String>>,
}

impl Links {
    /// The links that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        const FILE: &str = "links.toml";
        let links: Self = rule(FILE)?;
        for table in [&links.performs, &links.may_breach, &links.undoes] {
            let term = table.keys().find(|code| TermKind::from_code(code).is_none());
            let event = table.values().flatten().find(|code| EventKind::from_code(code).is_none());
            if let Some(code) = term.or(event) {
                return Err(RulesError::file(FILE, format!("`{code}` is not in the vocabulary")));
            }
        }
        Ok(links)
    }

    /// Whether an event of this kind carries out a promise of that kind.
    pub fn performs(&self, event: EventKind, term: TermKind) -> bool {
        self.performs
            .get(term.code())
            .is_some_and(|events| events.iter().any(|code| code == event.code()))
    }
}
