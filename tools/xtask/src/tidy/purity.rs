//! Takes the sources of every crate below the binary, gives the lines that touch the world.
//! Invariant: only `crates/sulh` reads clocks, files, network, environment or randomness, and prints;
//! `sulh-store` opens its one file, and nothing else of the world.

use super::{Finding, sources, text};
use std::path::{Component, Path};

/// The store must look whether its file is there, and make it where nothing stands.
const STORE: &str = "sulh-store";
const FILES: &str = "std::fs";

/// What no crate below the binary may say.
const WORLDLY: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "getrandom",
    "println!",
    "eprintln!",
    "dbg!",
];

/// The lines that touch the world, test modules left out.
pub fn check(root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in sources(root) {
        let parts: Vec<_> = file
            .components()
            .filter_map(|part| match part {
                Component::Normal(name) => name.to_str(),
                _ => None,
            })
            .collect();
        let pure = matches!(parts.as_slice(), ["crates", name, "src", ..] if *name != "sulh");
        let is_store = parts.get(1).is_some_and(|name| *name == STORE);
        // A module of tests alone may use what tests need.
        if pure && parts.last().is_some_and(|name| *name != "tests.rs") && !parts.contains(&"tests")
        {
            let source = text(root, &file).unwrap_or_default();
            let found = worldly(&file.display().to_string(), &source);
            findings.extend(
                found.into_iter().filter(|finding| !is_store || !finding.problem.contains(FILES)),
            );
        }
    }
    findings
}

/// The findings in one source.
pub fn worldly(file: &str, source: &str) -> Vec<Finding> {
    source
        .lines()
        .enumerate()
        // By our habit the module of tests closes a file.
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .flat_map(|(at, line)| {
            WORLDLY.iter().filter(|word| line.contains(**word)).map(move |word| {
                Finding::new(
                    format!("{file}:{}", at + 1),
                    format!(
                        "says `{word}`; only crates/sulh touches the world: take it as an argument"
                    ),
                )
            })
        })
        .collect()
}
