//! Takes the worked example of README.md, gives whether the program still prints what it shows.
//! Invariant: every line shown is a line printed; `...` alone stands for what is left out.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_sulh"))
        .args(arguments)
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The fenced blocks of a Markdown text.
fn blocks(text: &str) -> Vec<String> {
    text.split("\n```")
        .skip(1)
        .step_by(2)
        .map(|block| block.trim_start_matches('\n').to_owned())
        .collect()
}

fn check(shown: &str, printed: &str, lines_min: usize) {
    let printed: Vec<&str> = printed.lines().map(str::trim).collect();
    let mut lines = 0;
    for line in shown.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "...") {
        assert!(printed.contains(&line), "the README shows a line that is not printed: {line}");
        lines += 1;
    }
    assert!(lines >= lines_min, "only {lines} lines shown");
}

#[test]
fn the_worked_example_is_what_the_program_prints() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = blocks(&readme);
    let example = "examples/kanakir-initial-deal.txt";
    check(&blocks[1], &run(&["read", example]), 11);
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("ledger.sulh");
    let ledger = ledger.to_str().unwrap();
    run(&["add", "--ledger", ledger, example]);
    let day = "2020-10-03";
    check(
        &blocks[3],
        &run(&["show", "--ledger", ledger, "Kanakir", "--as-of", day, "--known-by", day]),
        11,
    );
    let said = ["say", "--ledger", ledger, "Kanakir", "t4", "--as-of", day, "--known-by", day];
    check(&blocks[5], &run(&said), 3);
}
