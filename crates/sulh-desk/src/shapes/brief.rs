//! The shape `sulh.brief/1`: what moved in all agreements since a day, what went back, what is due, what is quiet, what is open.
//! Invariant: quiet means that nothing was published, never that nothing happened.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use super::{
    diff::{AgreementName, ChangePart, DiffShape},
    dossier::StatePart,
    parts::DateShape,
};
use serde::Serialize;

/// The schema's name.
pub const SCHEMA: &str = "sulh.brief/1";

/// The morning's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BriefShape {
    pub schema: &'static str,
    pub since: String,
    pub until: String,
    pub agreements: usize,
    pub changed: Vec<DiffShape>,
    pub reversals: Vec<ReversalPart>,
    pub due: Vec<DuePart>,
    pub quiet: Vec<QuietPart>,
    pub open: Vec<OpenPart>,
}

/// A change that went back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReversalPart {
    pub agreement: AgreementName,
    #[serde(flatten)]
    pub change: ChangePart,
}

/// A promise whose last day is near.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DuePart {
    pub agreement: AgreementName,
    pub term: String,
    pub text: String,
    pub deadline: DateShape,
    pub days_left: i32,
    pub reported: StatePart,
}

/// A promise of which nothing has been published for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuietPart {
    pub agreement: AgreementName,
    pub term: String,
    pub text: String,
    pub last_published: String,
    pub days: i32,
    pub reported: StatePart,
}

/// A proposition that is not settled, and what would settle it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenPart {
    pub agreement: AgreementName,
    pub proposition: String,
    pub grade: &'static str,
    pub would_change: String,
}
