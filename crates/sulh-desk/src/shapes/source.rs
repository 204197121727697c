//! The shape `sulh.source/1`: what the register and the ledger's decisions say of a source.
//! Invariant: a leaning stands with its basis; letters are tags and are never counted with.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use serde::Serialize;
use sulh_ledger::decision::{Decision, Rating};
use sulh_model::register::{Leaning, LeaningSide, Source};

/// The schema's name.
pub const SCHEMA: &str = "sulh.source/1";

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceShape {
    pub schema: &'static str,
    pub name: String,
    /// Its entry in the register that comes with the program; null where it has none.
    pub register: Option<RegisterPart>,
    /// What analysts decided in this ledger, in its order; for the same days the last counts.
    pub ratings: Vec<RatingPart>,
}

/// A source as the register has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterPart {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub kind: &'static str,
    pub owner: String,
    pub own_network: bool,
    pub vouches: bool,
    pub leanings: Vec<LeaningPart>,
}

/// Where it was found to lean in a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeaningPart {
    pub conflict: String,
    pub side: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub basis: String,
}

/// What an analyst decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RatingPart {
    pub entry: u64,
    pub by: String,
    pub day: String,
    pub reason: String,
    pub reliability: Option<&'static str>,
    pub conflict: Option<String>,
    pub side: Option<String>,
    pub from: Option<String>,
}

impl From<&Source> for RegisterPart {
    fn from(source: &Source) -> Self {
        Self {
            id: source.id.clone(),
            name: source.name.clone(),
            aliases: source.aliases.clone(),
            kind: source.kind.code(),
            owner: source.owner.clone(),
            own_network: source.own_network,
            vouches: source.vouches,
            leanings: source.leanings.iter().map(Into::into).collect(),
        }
    }
}

impl From<&Leaning> for LeaningPart {
    fn from(found: &Leaning) -> Self {
        Self {
            conflict: found.conflict.clone(),
            side: side(&found.side),
            from: found.from.map(|day| day.to_string()),
            to: found.to.map(|day| day.to_string()),
            basis: found.basis.clone(),
        }
    }
}

impl RatingPart {
    /// A rating with its entry and the decision it is.
    pub fn of(entry: u64, decision: &Decision, rating: &Rating) -> Self {
        let examined = rating.examined.as_ref();
        Self {
            entry,
            by: decision.by.clone(),
            day: decision.day.to_string(),
            reason: decision.reason.clone(),
            reliability: rating.reliability.map(|letter| letter.code()),
            conflict: examined.map(|found| found.conflict.clone()),
            side: examined.map(|found| side(&found.side)),
            from: examined.and_then(|found| found.from).map(|day| day.to_string()),
        }
    }
}

fn side(side: &LeaningSide) -> String {
    match side {
        LeaningSide::Neither => "neither".to_owned(),
        LeaningSide::Side(side) => side.clone(),
    }
}
