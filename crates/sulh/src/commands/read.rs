//! Takes the options of `sulh read`, gives what each report says; stores nothing.
//! Invariant: pseudonyms are made with a key of this run alone, so that nothing printed can be matched across runs.

use super::reports::{Outcome, each};
use crate::{cli::ReadOptions, faults::Failure, models, print, world};
use std::process::ExitCode;
use sulh_desk::{Effort, ReportDesk, nothing_to_read, shapes::reading::ReadingShape};

/// Runs the command.
pub fn run(options: &ReadOptions) -> Result<ExitCode, Failure> {
    let parser = models::parser(&options.parser)?;
    let desk = ReportDesk::with(world::random()?, parser, Effort::Full)?;
    let mut first = true;
    each(&options.input, &mut |report| {
        let (page, reading) = desk.read(&report.bytes, report.about, report.transport);
        let shape = ReadingShape::of(&page, &reading, desk.reader());
        let text = if options.json {
            serde_json::to_string(&shape)? + "\n"
        } else {
            let between = if std::mem::take(&mut first) { "" } else { "\n" };
            format!("{between}{}", print::reading(&shape))
        };
        let left_out =
            nothing_to_read(&page).map(|reason| format!("{reason}; nothing could be read in it"));
        Ok(Outcome { text, left_out })
    })
}
