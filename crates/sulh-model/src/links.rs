//! Takes rules/links.toml, gives which event carries out, may break or takes back which promise.
//! Invariant: every kind named in the file is one of the vocabulary; a forbearance is carried out by no event.

use crate::{
    register::RegisterError,
    vocabulary::{EventKind, TermKind},
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which events carry out, may break or take back which promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    performs: BTreeSet<(TermKind, EventKind)>,
    may_breach: BTreeSet<(TermKind, EventKind)>,
    undoes: BTreeSet<(TermKind, EventKind)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    performs: BTreeMap<String, Vec<String>>,
    may_breach: BTreeMap<String, Vec<String>>,
    undoes: BTreeMap<String, Vec<String>>,
}

impl Links {
    /// The links that come with the program.
    pub fn shipped() -> Result<Self, RegisterError> {
        Self::parse(include_str!("../../../rules/links.toml"))
    }

    /// Reads a table of links.
    pub fn parse(text: &str) -> Result<Self, RegisterError> {
        let file: File = toml::from_str(text).map_err(Box::new)?;
        Ok(Self {
            performs: pairs(file.performs)?,
            may_breach: pairs(file.may_breach)?,
            undoes: pairs(file.undoes)?,
        })
    }

    /// Whether an event of this kind carries out a promise of that kind.
    pub fn performs(&self, event: EventKind, term: TermKind) -> bool {
        self.performs.contains(&(term, event))
    }

    /// Whether an event of this kind may break a promise of that kind: a question for a person.
    pub fn may_breach(&self, event: EventKind, term: TermKind) -> bool {
        self.may_breach.contains(&(term, event))
    }

    /// Whether an event of this kind takes back what was done for a promise of that kind.
    pub fn undoes(&self, event: EventKind, term: TermKind) -> bool {
        self.undoes.contains(&(term, event))
    }

    /// The kinds of promise an event of this kind carries out.
    pub fn performed_by(&self, event: EventKind) -> impl Iterator<Item = TermKind> {
        self.performs.iter().filter(move |(_, by)| *by == event).map(|(term, _)| *term)
    }
}

fn pairs(
    table: BTreeMap<String, Vec<String>>,
) -> Result<BTreeSet<(TermKind, EventKind)>, RegisterError> {
    let unknown = |code: &str| RegisterError::UnknownCode(code.to_owned());
    let mut pairs = BTreeSet::new();
    for (term, events) in table {
        let term = TermKind::from_code(&term).ok_or_else(|| unknown(&term))?;
        for event in events {
            pairs.insert((term, EventKind::from_code(&event).ok_or_else(|| unknown(&event))?));
        }
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_links_tell_carrying_out_breaking_and_taking_back_apart() {
        let links = Links::shipped().unwrap();
        assert!(links.performs(EventKind::Entry, TermKind::DeployForces));
        assert!(!links.performs(EventKind::Attack, TermKind::CeaseHostilities));
        assert!(links.may_breach(EventKind::Attack, TermKind::CeaseHostilities));
        assert!(links.undoes(EventKind::Withdrawal, TermKind::DeployForces));
        assert_eq!(links.performed_by(EventKind::Search).collect::<Vec<_>>(), [TermKind::Search]);
    }

    #[test]
    fn a_kind_outside_the_vocabulary_is_refused() {
        let text = "[performs]\nsearch = [\"stroll\"]\n[may_breach]\n[undoes]\n";
        assert!(Links::parse(text).unwrap_err().to_string().contains("stroll"));
    }
}
