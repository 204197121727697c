//! Takes an agreement in a list, gives `sulh.agreement/1`.
//! Invariant: the stage is the reported one where there is one, and its grade says when it is only claimed.

use super::parts::{DateShape, WhereShape};
use serde::Serialize;
use sulh_ledger::verdict::Summary;

/// The schema's name.
pub const SCHEMA: &str = "sulh.agreement/1";

/// One agreement of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct SummaryShape {
    pub schema: &'static str,
    pub id: String,
    pub name: String,
    pub place: Option<WhereShape>,
    pub kind: &'static str,
    pub stage: Option<&'static str>,
    pub grade: Option<&'static str>,
    pub concluded: Option<DateShape>,
    pub terms: usize,
    pub reports: usize,
    pub standing: &'static str,
}

impl From<&Summary> for SummaryShape {
    fn from(summary: &Summary) -> Self {
        Self {
            schema: SCHEMA,
            id: summary.key.to_string(),
            name: summary.name.clone(),
            place: summary.place.as_ref().map(Into::into),
            kind: summary.kind.code(),
            stage: summary.stage.map(|stage| stage.value.code()),
            grade: summary.stage.map(|stage| stage.upheld.code()),
            concluded: summary.concluded.as_ref().map(Into::into),
            terms: summary.terms,
            reports: summary.reports,
            standing: summary.standing.code(),
        }
    }
}
