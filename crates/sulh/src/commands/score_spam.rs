//! Takes folders of comments that people judged, gives how well adverts among them are told from readers, one figure a line.
//! Invariant: a line with `text` and `spam` that cannot be read ends the run with its file and number.

use super::score::unpacked;
use crate::faults::Failure;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};
use sulh_desk::spam::{self, Figures, Judged};

/// The name of our own comments in the figures.
const OWN: &str = "own-test";
/// The name of all left-out sets together.
const ALL: &str = "all";

/// Runs the suite.
pub(super) fn run(folders: &[PathBuf]) -> Result<ExitCode, Failure> {
    let mut out = std::io::stdout().lock();
    show(&mut out, OWN, "shipped", &spam::shipped_figures(&spam::own_test()?))?;
    for file in files(folders)? {
        let judged = comments(&file)?;
        if judged.is_empty() {
            continue;
        }
        let name = name(&file).unwrap_or_default();
        show(&mut out, name, "shipped", &spam::shipped_figures(&judged))?;
        let sets: BTreeSet<&str> = judged.iter().map(|one| one.set.as_str()).collect();
        if sets.len() >= 2 {
            let mut all = Figures::default();
            for (set, figures) in spam::leave_one_set_out(&judged)? {
                show(&mut out, name, &format!("left-out/{}", one_word(&set)), &figures)?;
                all = all.with(figures);
            }
            show(&mut out, name, &format!("left-out/{ALL}"), &all)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn show(out: &mut impl Write, data: &str, model: &str, figures: &Figures) -> std::io::Result<()> {
    let measures = [
        ("precision", figures.precision()),
        ("recall", figures.recall()),
        ("f1", figures.f1()),
        // Higher is better, as with every figure of a scoreboard.
        ("readers-kept", 100.0 - figures.lost_readers()),
    ];
    for (measure, figure) in measures {
        writeln!(out, "{:56}  {figure:>6.2}", format!("{data}/{model}/{measure}"))?;
    }
    Ok(())
}

/// A set's name as a part of a measure's.
fn one_word(set: &str) -> String {
    set.split(|c: char| c.is_whitespace() || c == '/').collect::<Vec<_>>().join("-")
}

fn files(folders: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for folder in folders {
        let entries = folder.read_dir().map_err(|problem| {
            format!("{}: cannot be listed ({problem}); name a folder of comments", folder.display())
        })?;
        files.extend(
            entries
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .filter(|file| name(file).is_some()),
        );
    }
    files.sort();
    Ok(files)
}

fn name(file: &Path) -> Option<&str> {
    let name = file.file_name()?.to_str()?;
    name.strip_suffix(".xz").unwrap_or(name).strip_suffix(".jsonl")
}

/// The judged comments of a file; none where its first line is of another kind.
fn comments(file: &Path) -> Result<Vec<Judged>, Failure> {
    let text = unpacked(file).map_err(|problem| {
        format!("{}: cannot be read ({problem}); unpack it and look at it", file.display())
    })?;
    if text.lines().next().and_then(comment).is_none() {
        return Ok(Vec::new());
    }
    let one = |(at, line): (usize, &str)| {
        comment(line).ok_or_else(|| {
            let (file, line) = (file.display(), at + 1);
            format!("{file}, line {line}: is no comment; wanted are `text` and `spam`: 0 or 1")
                .into()
        })
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(one).collect()
}

fn comment(line: &str) -> Option<Judged> {
    let line: Value = serde_json::from_str(line).ok()?;
    let spam = match &line["spam"] {
        Value::Bool(spam) => *spam,
        spam => spam.as_u64()? != 0,
    };
    let set = line["set"].as_str().unwrap_or_default().to_owned();
    Some(Judged { set, text: line["text"].as_str()?.to_owned(), spam })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_read() {
        let check = |line: &str, expected: Option<(&str, bool)>| {
            let found = comment(line);
            let found = found.as_ref().map(|judged| (judged.set.as_str(), judged.spam));
            assert_eq!(found, expected, "{line}");
        };
        check(r#"{"set": "film", "text": "hello", "spam": 1}"#, Some(("film", true)));
        check(r#"{"text": "hello", "spam": false}"#, Some(("", false)));
        check(r#"{"text": "hello"}"#, None);
        check(r#"{"spam": 1}"#, None);
        check("hello", None);
    }

    #[test]
    fn files_of_lines_are_taken() {
        assert_eq!(name(Path::new("d/tubespam-dev.jsonl.xz")), Some("tubespam-dev"));
        assert_eq!(name(Path::new("d/notes.txt")), None);
        assert_eq!(one_word("a b/c"), "a-b-c");
    }
}
