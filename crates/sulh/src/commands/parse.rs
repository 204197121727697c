//! Takes the options of `sulh parse`, gives the sentences of each report as trees in CoNLL-U.
//! Invariant: nothing is stored, and no name of a commenter is printed.

use super::reports::{Outcome, each};
use crate::{cli::ParseOptions, faults::Failure, models, print::visible};
use std::process::ExitCode;
use sulh_desk::{nothing_to_read, trees};

/// Runs the command.
pub fn run(options: &ParseOptions) -> Result<ExitCode, Failure> {
    let parser = models::parser(&options.parser)?;
    each(&options.input, &mut |report| {
        let source = visible(&report.about.source);
        let (page, written) = trees(&parser, &report.bytes, report.about, report.transport);
        let text = format!("# newdoc id = {}\n# source = {source}\n{written}", page.id);
        let left_out =
            nothing_to_read(&page).map(|reason| format!("{reason}; nothing could be read in it"));
        Ok(Outcome { text: if left_out.is_none() { text } else { String::new() }, left_out })
    })
}
