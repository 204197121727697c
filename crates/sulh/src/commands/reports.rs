//! Takes the inputs of a command, does its work on each report, gives how many were taken.
//! Invariant: a report that cannot be used is noted in one sentence and the rest goes on.

use crate::{
    cli::InputOptions,
    faults::{Failure, caught},
    fetch::Fetcher,
    input::{Given, InputError, Place, Report, holds_several, places, reports},
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{io::Write, process::ExitCode};

/// What became of one report.
pub struct Outcome {
    /// What is told of it on standard output, with its line feeds.
    pub text: String,
    /// Why it was left out, if it was.
    pub left_out: Option<String>,
}

/// Few files are done before a bar can be read.
const FILES_WITHOUT_BAR: usize = 3;

/// Does `work` on every report; zero when one was taken.
pub fn each(
    input: &InputOptions,
    work: &mut dyn FnMut(Report) -> Result<Outcome, Failure>,
) -> Result<ExitCode, Failure> {
    let given = Given::options(input)?;
    let mut run = Run { bar: ProgressBar::hidden(), taken: 0, noted: 0 };
    let mut found = Vec::new();
    for path in &input.inputs {
        match places(path) {
            Ok(more) => found.extend(more),
            Err(problem) => run.note(&problem.to_string()),
        }
    }
    if given.is_of_one() && are_several(&found) {
        return Err(InputError::OneReportMeant.into());
    }
    if found.len() > FILES_WITHOUT_BAR {
        run.bar = bar(found.len());
    }
    let mut fetcher = Fetcher::new(input.web.fetching());
    for place in &found {
        reports(place, &given, &mut fetcher, &mut |outcome| run.take(outcome, work))?;
        run.bar.inc(1);
    }
    run.bar.finish_and_clear();
    if run.taken == 0 && run.noted == 0 {
        run.note("no reports were found in what was named; a .jsonl file has one page a line");
    }
    Ok(if run.taken > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// True when several reports are meant: they are triaged.
pub fn is_archive(input: &InputOptions) -> bool {
    let found: Vec<Place> =
        input.inputs.iter().filter_map(|path| places(path).ok()).flatten().collect();
    are_several(&found)
}

fn are_several(found: &[Place]) -> bool {
    match found {
        [one] => holds_several(one),
        found => found.len() > 1,
    }
}

struct Run {
    bar: ProgressBar,
    taken: u64,
    noted: u64,
}

impl Run {
    fn take(
        &mut self,
        outcome: Result<Report, InputError>,
        work: &mut dyn FnMut(Report) -> Result<Outcome, Failure>,
    ) -> Result<(), Failure> {
        let report = match outcome {
            Ok(report) => report,
            Err(problem) => {
                self.note(&problem.to_string());
                return Ok(());
            }
        };
        let source = report.about.source.clone();
        match caught(&source, || work(report)) {
            Ok(done) => {
                let done = done?;
                self.bar.suspend(|| std::io::stdout().write_all(done.text.as_bytes()))?;
                match done.left_out {
                    Some(reason) => self.note(&format!("{source}: {reason}")),
                    None => self.taken += 1,
                }
            }
            Err(fault) => self.note(&fault.to_string()),
        }
        Ok(())
    }

    fn note(&mut self, sentence: &str) {
        self.noted += 1;
        let sentence = crate::print::visible(sentence);
        // Notes are a help; when standard error is closed the exit code still tells.
        self.bar.suspend(|| {
            let _ = writeln!(std::io::stderr(), "sulh: {sentence}");
        });
    }
}

/// Draws on standard error, and nothing at all in a pipe.
fn bar(files: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} files, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr())
        .with_style(style)
}
