//! Takes Rust sources, gives those without a head and those that are too long.
//! Invariant: the head is the very first line, before any attribute or import.

use super::{Finding, sources, text};
use std::path::Path;

/// Files are aimed at this many lines.
pub const LINES_AIM: usize = 300;
/// Files above this many lines are refused.
pub const LINES_MAX: usize = 800;

/// Sources that do not open with `//!`.
pub fn heads(root: &Path) -> Vec<Finding> {
    sources(root)
        .iter()
        .filter(|file| !text(root, file).unwrap_or_default().starts_with("//!"))
        .map(|file| {
            Finding::new(
                file.display().to_string(),
                "does not open with `//!`: say what it takes, what it gives and one invariant",
            )
        })
        .collect()
}

/// Sources above the hard limit.
pub fn sizes(root: &Path) -> Vec<Finding> {
    lengths(root)
        .filter(|(lines, _)| *lines > LINES_MAX)
        .map(|(lines, file)| {
            Finding::new(file, format!("has {lines} lines, more than {LINES_MAX}; split it"))
        })
        .collect()
}

/// Sources above the aim, longest first.
pub fn long(root: &Path) -> Vec<(usize, String)> {
    let mut long: Vec<_> = lengths(root).filter(|(lines, _)| *lines > LINES_AIM).collect();
    long.sort_by(|left, right| right.cmp(left));
    long
}

fn lengths(root: &Path) -> impl Iterator<Item = (usize, String)> {
    sources(root).into_iter().map(move |file| {
        (text(root, &file).unwrap_or_default().lines().count(), file.display().to_string())
    })
}
