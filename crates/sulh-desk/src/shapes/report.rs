//! Takes a report as the log keeps it, gives what is printed of it beside an answer.
//! Invariant: where it came from and when, never a word of it.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use super::parts::DateShape;
use serde::Serialize;
use sulh_ledger::report::Report;

/// One report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportPart {
    pub page: String,
    pub source: String,
    pub url: Option<String>,
    pub publisher: Option<String>,
    pub title: Option<String>,
    pub published: Option<DateShape>,
    /// The day from which it can be known.
    pub known_from: String,
    /// True where that day is the one it was taken in on, as the page does not say.
    pub possibly: bool,
}

impl From<&Report> for ReportPart {
    fn from(report: &Report) -> Self {
        let known = report.known_from();
        Self {
            page: report.capture.to_string(),
            source: report.source.clone(),
            url: report.url.clone(),
            publisher: report.publisher.clone(),
            title: report.title.clone(),
            published: report.published.as_ref().map(Into::into),
            known_from: known.day.to_string(),
            possibly: known.possibly,
        }
    }
}
