//! Takes README.md and ARCHITECTURE.md, gives the files they name that do not exist; and data folders without a source.
//! Invariant: a path is what stands in a link, or between backticks with a slash in it; fenced blocks are not read.

use super::{Finding, text, walk};
use std::path::Path;

/// Folders of data; each says where its data come from.
const DATA: &[&str] = &[
    "rules",
    "lexicons",
    "registers",
    "gazetteer",
    "vocab",
    "models",
    "examples",
    "casebook",
    "corpus/syntax",
];

/// Names in the maps that lead nowhere, and crates that are on no map.
pub fn check(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for map in ["README.md", "ARCHITECTURE.md"] {
        let Some(text) = text(root, Path::new(map)) else {
            findings.push(Finding::new(map, "is missing"));
            continue;
        };
        for path in paths(&text) {
            if !root.join(&path).exists() {
                findings.push(Finding::new(map, format!("names `{path}`, which does not exist")));
            }
        }
        if map == "ARCHITECTURE.md" {
            findings.extend(crates(root).into_iter().filter(|name| !text.contains(name)).map(
                |name| Finding::new(map, format!("does not name `{name}`; say what it knows")),
            ));
        }
    }
    findings
}

/// Data folders without an ORIGIN.md.
pub fn origins(root: &Path) -> Vec<Finding> {
    DATA.iter()
        .filter(|folder| !walk(root, folder).is_empty())
        .filter(|folder| !root.join(folder).join("ORIGIN.md").is_file())
        .map(|folder| {
            Finding::new(*folder, "has no ORIGIN.md: say source, licence and how it was made")
        })
        .collect()
}

fn crates(root: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(root.join("crates"))
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("Cargo.toml").is_file())
        .map(|entry| format!("crates/{}", entry.file_name().to_string_lossy()))
        .collect();
    names.sort();
    names
}

/// The paths a map names.
pub fn paths(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let quoted = line.split('`').skip(1).step_by(2).filter(|word| looks_like_a_path(word));
        found.extend(quoted.map(ToOwned::to_owned));
        for link in line.split("](").skip(1) {
            let target = link.split([')', '#', ' ']).next().unwrap_or("");
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                found.push(target.to_owned());
            }
        }
    }
    found
}

/// `crates/sulh-page` is one; `sulh.reading/1`, `../2020-10-03` and `<name>/x` are none.
fn looks_like_a_path(word: &str) -> bool {
    let plain = |part: &str| {
        part.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
            && part.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.')
            && part != ".."
    };
    let is_path = word.contains('/') || word.ends_with(".md") || word.ends_with(".toml");
    is_path && word.strip_suffix('/').unwrap_or(word).split('/').all(plain)
}
