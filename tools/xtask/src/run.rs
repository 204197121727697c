//! Takes the working tree, runs every check of the project, gives one closing line of test counts.
//! Invariant: a step that could not run is never silent: it fails, or it is printed as not run.

#![expect(clippy::print_stdout, reason = "what runs here is read by people and by CI")]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, ExitCode, Stdio},
};

/// How many tests of a run passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Passed.
    pub passed: u32,
    /// Failed.
    pub failed: u32,
    /// Ignored or filtered out.
    pub skipped: u32,
}

impl Counts {
    /// Adds what a line `test result: ok. 3 passed; 0 failed; 0 ignored; ..` says; other lines say nothing.
    pub fn add_line(&mut self, line: &str) {
        let Some((_, told)) = line.split_once("test result: ") else { return };
        let told = told.split_once(". ").map_or(told, |(_, counts)| counts);
        for part in told.split(';') {
            let mut words = part.split_whitespace();
            let (Some(number), Some(what)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<u32>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" | "filtered" => self.skipped += number,
                _ => {}
            }
        }
    }
}

/// Everything: formatting, lints, tests, tidy, licences and advisories.
pub fn test(root: &Path) -> ExitCode {
    let mut counts = Counts::default();
    let mut broken = Vec::new();
    for (tool, arguments) in [
        ("rustfmt", ["fmt", "--all", "--check"].as_slice()),
        ("clippy", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
    ] {
        if !is_installed(root, arguments.first().copied().unwrap_or(tool)) {
            println!("not run: {tool} is not installed (rustup component add {tool})");
            broken.push(tool);
        } else if !step(root, arguments) {
            broken.push(tool);
        }
    }
    if !tests(root, &mut counts) {
        broken.push("tests");
    }
    let findings: Vec<_> =
        crate::tidy::all(root).into_iter().flat_map(|(_, found)| found).collect();
    for finding in &findings {
        println!("tidy: {finding}");
    }
    if !findings.is_empty() {
        broken.push("tidy");
    }
    if is_installed(root, "deny") {
        if !step(root, &["deny", "check"]) {
            broken.push("cargo-deny");
        }
    } else {
        println!("not run: cargo-deny is not installed (cargo install cargo-deny)");
    }
    close(counts, &broken)
}

fn close(counts: Counts, broken: &[&str]) -> ExitCode {
    if !broken.is_empty() {
        println!("failed: {}", broken.join(", "));
    }
    // A step that broke outside a test (formatting, a crate that does not compile) must show in the counts too.
    let steps = broken.iter().filter(|step| **step != "tests" || counts.failed == 0).count();
    let failed = counts.failed + u32::try_from(steps).unwrap_or(u32::MAX);
    println!("{} passed, {failed} failed, {} skipped", counts.passed, counts.skipped);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root);
    command
}

fn is_installed(root: &Path, subcommand: &str) -> bool {
    let mut asked = cargo(root, &[subcommand, "--version"]);
    asked.stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}

fn step(root: &Path, arguments: &[&str]) -> bool {
    println!("cargo {}", arguments.join(" "));
    match cargo(root, arguments).status() {
        Ok(status) => status.success(),
        Err(problem) => {
            println!("cargo {} could not be started: {problem}", arguments.join(" "));
            false
        }
    }
}

/// The tests of the workspace, then those of the trainer, which the program is built without.
fn tests(root: &Path, counts: &mut Counts) -> bool {
    let all = ["test", "--workspace", "--no-fail-fast"];
    let trainer = ["test", "-p", "sulh-syntax", "--features", "train", "--test", "linear_training"];
    let passed = [all.as_slice(), &trainer].map(|arguments| tested(root, arguments, counts));
    passed.iter().all(|passed| *passed)
}

fn tested(root: &Path, arguments: &[&str], counts: &mut Counts) -> bool {
    println!("cargo {}", arguments.join(" "));
    let running = cargo(root, arguments).stdout(Stdio::piped()).spawn();
    let Ok(mut running) = running else {
        println!("cargo test could not be started; is cargo on the path?");
        return false;
    };
    if let Some(output) = running.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            counts.add_line(&line);
        }
    }
    running.wait().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn closing_lines_add_up() {
        let mut counts = Counts::default();
        counts.add_line("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0s");
        counts.add_line(
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        );
        counts.add_line("test tidy ... ok");
        assert_eq!(counts, Counts { passed: 4, failed: 2, skipped: 3 });
    }
}
