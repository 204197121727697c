//! Takes `tidy`, `test` or `score`, gives the findings on standard output and an exit code.
//! Invariant: the exit code is zero only when nothing was found and nothing failed.

#![expect(clippy::print_stdout, reason = "this is the command's edge")]

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask tidy   the tree's own rules: arrows between crates, file heads and sizes, maps, notes
cargo xtask test   everything: fmt, clippy, the tests of the workspace, tidy, deny
cargo xtask score SUITE --data DIR [--python FILE] [--write] [--lower MEASURE=FLOOR --reason TEXT]
                   measures a suite (release build) and holds it against scoreboard/SUITE.txt;
                   --write puts the new values there, --lower a lower floor with its reason
cargo xtask train-linear --data DIR [--embeddings DIR] [--seed N] [--out FILE] [--check]
                   trains the linear model (release build, one core) from the *.conllu[.xz] of DIR but *test*;
                   --embeddings names the folder of the word vectors, else the present model's classes of words
                   stay; --check says whether the file is what the command makes
cargo xtask train-spam --data DIR [--check]
                   learns models/spam.toml from DIR/tubespam*.jsonl[.xz] and corpus/spam/train.toml; --check as above
";

fn main() -> ExitCode {
    let root = xtask::root();
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => tidy(&root),
        Some("test") => xtask::run::test(&root),
        Some("score") => score(&root),
        Some("train-linear") => train_linear(&root),
        Some("train-spam") => train_spam(&root),
        Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        _ => {
            print!("{HELP}");
            ExitCode::from(2)
        }
    }
}

fn tidy(root: &std::path::Path) -> ExitCode {
    for (lines, file) in xtask::tidy::files::long(root) {
        println!("long: {file}: {lines} lines (aim at {})", xtask::tidy::files::LINES_AIM);
    }
    let mut found = 0;
    for (check, findings) in xtask::tidy::all(root) {
        for finding in findings {
            println!("{check}: {finding}");
            found += 1;
        }
    }
    println!("tidy: {found} findings");
    if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn score(root: &std::path::Path) -> ExitCode {
    let asked = xtask::score::options(std::env::args().skip(2));
    let found = asked.and_then(|options| xtask::score::run(root, &options));
    match found {
        Ok(findings) => {
            for finding in &findings {
                println!("score: {finding}");
            }
            println!("score: {} findings", findings.len());
            if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(problem) => {
            println!("score: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Trains in this process.
#[cfg(feature = "train")]
fn train_linear(root: &std::path::Path) -> ExitCode {
    let asked = xtask::train::options(std::env::args().skip(2));
    let closed = asked
        .and_then(|asked| xtask::train::run(root, &asked, &mut |step| println!("train: {step}")));
    close(&closed)
}

/// Trains in this process.
#[cfg(feature = "train")]
fn train_spam(root: &std::path::Path) -> ExitCode {
    let asked = xtask::train_spam::options(std::env::args().skip(2));
    close(&asked.and_then(|asked| xtask::train_spam::run(root, &asked)))
}

#[cfg(feature = "train")]
fn close(closed: &Result<String, String>) -> ExitCode {
    let (Ok(line) | Err(line)) = closed;
    println!("train: {line}");
    if closed.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(not(feature = "train"))]
fn train_linear(root: &std::path::Path) -> ExitCode {
    built_for_training(root)
}

#[cfg(not(feature = "train"))]
fn train_spam(root: &std::path::Path) -> ExitCode {
    built_for_training(root)
}

/// Training takes a build of its own: of everything, optimised.
#[cfg(not(feature = "train"))]
fn built_for_training(root: &std::path::Path) -> ExitCode {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = std::process::Command::new(cargo)
        .args(["run", "--quiet", "--release", "-p", "xtask", "--features", "train", "--"])
        .args(std::env::args().skip(1))
        .current_dir(root)
        .status();
    if status.is_ok_and(|status| status.success()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
