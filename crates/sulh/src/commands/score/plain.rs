//! Takes folders with marked pages, gives how well article and readers are told apart once their markup is gone.
//! Invariant: the plain reader sees nothing of the page but the words that were written down.

use super::pages;
use crate::faults::Failure;
use std::{io::Write, path::PathBuf};
use sulh_desk::plain_trial::{Marked, Outcome, Trial};

/// Prints the figures; pages on which the border was missed stand behind `#`.
pub fn run(folders: &[PathBuf], out: &mut dyn Write) -> Result<(), Failure> {
    let mut trial = Trial::default();
    let mut wrong = Vec::new();
    for set in pages::sets(folders)? {
        for (place, line) in set.lines.iter().enumerate() {
            let page = pages::split(line);
            let comments = line.comments.as_deref().unwrap_or_default();
            let outcomes = trial.take(Marked { page: &page, comments, place });
            let url = line.url.as_deref().unwrap_or_default();
            wrong.extend(missed(&set.name, place, url, &outcomes));
        }
    }
    for (measure, figure) in trial.figures() {
        writeln!(out, "{measure:48}  {figure:>7.2}")?;
    }
    for line in wrong {
        writeln!(out, "# {line}")?;
    }
    Ok(())
}

/// A line on a page, with the ways of writing it down in which its border was missed.
fn missed(set: &str, place: usize, url: &str, outcomes: &[Outcome]) -> Option<String> {
    let ways: Vec<&str> =
        outcomes.iter().filter(|outcome| !outcome.right).map(|outcome| outcome.way).collect();
    let readers =
        if outcomes.iter().any(|outcome| outcome.readers_from.is_some()) { "" } else { "no " };
    let line = format!("{set} {place}, {readers}readers, missed: {} {url}", ways.join(" "));
    (!ways.is_empty()).then_some(line)
}
