//! Takes the working tree, gives what is untidy in it, check by check.
//! Invariant: a check reads files and gives findings; it never repairs, and it can fail (tests/tidy.rs shows each do so).

pub mod arrows;
pub mod casebook;
pub mod files;
pub mod maps;
pub mod notes;
pub mod purity;
pub mod scores;

use std::path::{Path, PathBuf};

/// What is wrong, where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file or crate, from the root of the tree.
    pub place: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl Finding {
    /// A finding at a place.
    pub fn new(place: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { place: place.into(), problem: problem.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

/// Every check by name, with its findings.
pub fn all(root: &Path) -> Vec<(&'static str, Vec<Finding>)> {
    vec![
        ("arrows", arrows::check(root)),
        ("heads", files::heads(root)),
        ("sizes", files::sizes(root)),
        ("purity", purity::check(root)),
        ("maps", maps::check(root)),
        ("origins", maps::origins(root)),
        ("notes", notes::check(root)),
        ("casebook", casebook::check(root)),
        ("scores", scores::check(root)),
    ]
}

/// Every file below `start`, sorted, as paths from `root`; build output and hidden folders left out.
pub fn walk(root: &Path, start: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root.join(start)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            if name.is_none_or(|name| name.starts_with('.') || name == "target") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(relative) = path.strip_prefix(root) {
                files.push(relative.to_path_buf());
            }
        }
    }
    files.sort();
    files
}

/// The text of a file, nothing when it is missing or no text.
pub fn text(root: &Path, file: &Path) -> Option<String> {
    std::fs::read_to_string(root.join(file)).ok()
}

/// Rust sources of the tree.
pub fn sources(root: &Path) -> Vec<PathBuf> {
    let mut files = walk(root, "crates");
    files.extend(walk(root, "tools"));
    files.retain(|file| file.extension().is_some_and(|ending| ending == "rs"));
    files
}
