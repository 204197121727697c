//! Takes the casebook, gives files that the runner would pass over.
//! Invariant: every file under casebook/ is a case file, or one of the two that explain the folder.

use super::{Finding, text, walk};
use std::path::Path;

/// How the first block of a case opens: a page to read, or a table of reports.
const OPENINGS: [&str; 2] = ["```page", "```reports"];

/// Files that no test would read.
pub fn check(root: &Path) -> Vec<Finding> {
    walk(root, "casebook")
        .iter()
        .filter_map(|file| {
            let name = file.file_name()?.to_str()?;
            if ["README.md", "ORIGIN.md"].contains(&name) {
                return None;
            }
            let place = file.display().to_string();
            if !name.ends_with(".md") {
                return Some(Finding::new(place, "is no .md file, so no test reads it"));
            }
            let has_case = text(root, file)?
                .lines()
                .any(|line| OPENINGS.iter().any(|opening| line.starts_with(opening)));
            (!has_case).then(|| {
                Finding::new(place, "holds no case: no block opens with ```page or ```reports")
            })
        })
        .collect()
}
