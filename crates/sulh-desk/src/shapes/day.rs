//! The shape `sulh.day/1`: what came into a ledger on one day, what each report added, and what moved.
//! Invariant: what a report added is the difference it made, never read off its words.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use super::{
    diff::{ChangePart, DiffShape},
    report::ReportPart,
};
use serde::Serialize;

/// The schema's name.
pub const SCHEMA: &str = "sulh.day/1";

/// One day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayShape {
    pub schema: &'static str,
    pub day: String,
    pub reports: Vec<CamePart>,
    pub agreements: Vec<DiffShape>,
}

/// A report that came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CamePart {
    pub entry: u64,
    #[serde(flatten)]
    pub report: ReportPart,
    pub adds: &'static str,
    /// The lines and denials it added.
    pub words: Vec<WordPart>,
}

/// A line or denial that was added, and to which agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WordPart {
    pub agreement: String,
    #[serde(flatten)]
    pub change: ChangePart,
}

sulh_model::codes! {
    /// What a report added.
    pub enum Adds {
        /// It tells of no agreement the ledger keeps.
        Nothing = "nothing",
        /// It is a copy, byte for byte, of a report that was there.
        Copy = "copy",
        /// It says again what is known on the same word.
        Report = "report",
        /// Somebody says or denies something who did not before.
        Line = "line",
    }
}
