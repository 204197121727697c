//! Takes the files under scoreboard/, gives those that cannot be read, fell below a floor or lost one.
//! Invariant: a floor lowered by hand is found before it is committed.

use super::{Finding, text, walk};
use crate::score::{board::Board, committed};
use std::path::Path;

/// What is wrong with the committed results.
pub fn check(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in walk(root, "scoreboard") {
        let place = file.display().to_string();
        if file.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let suite = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let before = suite.map_or(Ok(None), |suite| committed(root, &suite));
        let told = text(root, &file).unwrap_or_default();
        let problems = match before {
            Ok(before) => judge(&told, before.as_ref()),
            Err(problem) => vec![problem],
        };
        findings.extend(problems.into_iter().map(|problem| Finding::new(place.clone(), problem)));
    }
    findings
}

/// The problems of one file's text beside what was committed.
pub fn judge(told: &str, before: Option<&Board>) -> Vec<String> {
    let board = match Board::parse(told) {
        Ok(board) => board,
        Err(problem) => return vec![problem.to_string()],
    };
    let mut problems = board.below();
    problems.extend(before.map_or_else(Vec::new, |before| board.lowered_silently(before)));
    problems
}
