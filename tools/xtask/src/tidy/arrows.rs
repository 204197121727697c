//! Takes the manifests, gives the arrows between our crates that ARCHITECTURE.md does not allow.
//! Invariant: a crate that is not in the table is itself a finding.

use super::Finding;
use cargo_metadata::MetadataCommand;
use std::path::Path;

/// Which of our crates each crate may import. Reading and ledger never import each other;
/// only the desk knows both.
const ALLOWED: &[(&str, &[&str])] = &[
    ("sulh-model", &[]),
    ("sulh-page", &["sulh-model"]),
    ("sulh-syntax", &["sulh-model"]),
    ("sulh-reading", &["sulh-model", "sulh-page", "sulh-syntax"]),
    ("sulh-ledger", &["sulh-model"]),
    ("sulh-store", &["sulh-model", "sulh-ledger"]),
    (
        "sulh-desk",
        &["sulh-model", "sulh-page", "sulh-syntax", "sulh-reading", "sulh-ledger", "sulh-store"],
    ),
    ("sulh-export", &["sulh-model", "sulh-ledger"]),
    ("sulh", &["sulh-desk", "sulh-export"]),
    // The notes' codes are checked against docs/notes.md; the linear model and that of adverts are trained.
    ("xtask", &["sulh-model", "sulh-page", "sulh-syntax"]),
];

/// The arrows that are not allowed.
pub fn check(root: &Path) -> Vec<Finding> {
    // `no_deps`: the manifests alone are asked, so that this runs without a network.
    let asked = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec();
    match asked {
        Ok(metadata) => {
            let ours: Vec<&str> =
                metadata.packages.iter().map(|package| package.name.as_str()).collect();
            let mut arrows = Vec::new();
            for package in &metadata.packages {
                for dependency in &package.dependencies {
                    if ours.contains(&dependency.name.as_str()) {
                        arrows.push((package.name.to_string(), dependency.name.clone()));
                    }
                }
            }
            judge(&ours, &arrows)
        }
        Err(problem) => {
            vec![Finding::new("Cargo.toml", format!("cargo metadata failed: {problem}"))]
        }
    }
}

/// The findings on a set of crates and the arrows between them.
pub fn judge(crates: &[&str], arrows: &[(String, String)]) -> Vec<Finding> {
    let allowed = |name: &str| ALLOWED.iter().find(|(of, _)| *of == name).map(|(_, to)| *to);
    let mut findings = Vec::new();
    for name in crates {
        if allowed(name).is_none() {
            findings.push(Finding::new(
                *name,
                "is not in the table of arrows; add it to tools/xtask/src/tidy/arrows.rs and ARCHITECTURE.md",
            ));
        }
    }
    for (from, to) in arrows {
        if allowed(from).is_some_and(|allowed| !allowed.contains(&to.as_str())) {
            findings.push(Finding::new(
                from,
                format!("imports {to}, which the table in ARCHITECTURE.md does not allow"),
            ));
        }
    }
    findings
}
