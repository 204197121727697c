//! Takes the codes of notes and docs/notes.md, gives codes without a heading and headings without a code.
//! Invariant: an analyst who meets a code finds it in the docs.

use super::{Finding, text};
use std::path::Path;
use sulh_model::note::NoteCode;

const DOCS: &str = "docs/notes.md";

/// Codes and headings that do not meet.
pub fn check(root: &Path) -> Vec<Finding> {
    match text(root, Path::new(DOCS)) {
        Some(docs) => judge(&docs),
        None => vec![Finding::new(DOCS, "is missing")],
    }
}

/// The findings on the text of the docs.
pub fn judge(docs: &str) -> Vec<Finding> {
    let headings: Vec<&str> = docs
        .lines()
        .filter(|line| line.starts_with("##"))
        .map(|line| line.trim_start_matches('#').trim().trim_matches('`'))
        .collect();
    NoteCode::ALL
        .iter()
        .filter(|code| !headings.contains(&code.code()))
        .map(|code| {
            Finding::new(
                DOCS,
                format!("has no heading `{code}`: say when it is made and what to do"),
            )
        })
        .collect()
}
