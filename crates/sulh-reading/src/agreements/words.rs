//! Takes rules/agreements/deals.toml, gives the words that name, date and qualify agreements.
//! Invariant: loaded once; every list is of dictionary forms in lower case.

use crate::rules::{RulesError, rule};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::agreement::{AgreementKind, Stage};

#[derive(Debug, Deserialize)]
pub(crate) struct DealWords {
    pub nouns: BTreeSet<String>,
    pub weak_nouns: BTreeSet<String>,
    pub qualifiers: BTreeSet<String>,
    pub not_before: BTreeSet<String>,
    kind: BTreeMap<String, BTreeSet<String>>,
    stage: BTreeMap<String, BTreeSet<String>>,
    pub which: Which,
    pub out_of_scope: OutOfScope,
    pub made: Made,
    pub wanted: Wanted,
    pub refused: Verbs,
    ended: BTreeMap<String, BTreeSet<String>>,
    pub broken: Verbs,
    pub stipulates: Verbs,
    pub promises: Verbs,
    pub role: Roles,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    pub earlier: BTreeSet<String>,
    pub another: BTreeSet<String>,
    pub new: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct OutOfScope {
    pub words: BTreeSet<String>,
    pub unless: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Verbs {
    pub verbs: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Made {
    pub verbs: BTreeSet<String>,
    pub finalises: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    pub verbs: BTreeSet<String>,
    pub nouns: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Roles {
    pub mediator: BTreeSet<String>,
    pub guarantor: BTreeSet<String>,
    pub mediation: BTreeSet<String>,
    pub mediated: Vec<String>,
}

impl DealWords {
    /// The words that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        const FILE: &str = "agreements/deals.toml";
        let words: Self = rule(FILE)?;
        let bad_kind = words.kind.keys().find(|code| AgreementKind::from_code(code).is_none());
        let bad_stage = words
            .stage
            .keys()
            .chain(words.ended.keys())
            .find(|code| Stage::from_code(code).is_none());
        match bad_kind.or(bad_stage) {
            Some(code) => {
                Err(RulesError::file(FILE, format!("`{code}` is neither a kind nor a stage")))
            }
            None => Ok(words),
        }
    }

    /// The kind a word speaks of.
    pub fn kind_of(&self, word: &str) -> Option<AgreementKind> {
        self.kind
            .iter()
            .find(|(_, words)| words.contains(word))
            .and_then(|(code, _)| AgreementKind::from_code(code))
    }

    /// The stage a word before the noun speaks of.
    pub fn stage_of(&self, word: &str) -> Option<Stage> {
        self.stage
            .iter()
            .find(|(_, words)| words.contains(word))
            .and_then(|(code, _)| Stage::from_code(code))
    }

    /// The stage a verb gives the deal it is said of.
    pub fn stage_after(&self, verb: &str) -> Option<Stage> {
        self.ended
            .iter()
            .find(|(_, words)| words.contains(verb))
            .and_then(|(code, _)| Stage::from_code(code))
    }
}
