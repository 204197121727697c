//! Takes the options of `sulh copies`, gives which report has its text from which; stores nothing.
//! Invariant: what was left out to bound the work is said.

use super::reports::{Outcome, each};
use crate::{cli::CopiesOptions, faults::Failure, print};
use std::{io::Write, process::ExitCode};
use sulh_desk::{CopyDesk, LeftOut, nothing_to_read};

/// Runs the command.
pub fn run(options: &CopiesOptions) -> Result<ExitCode, Failure> {
    let mut desk = CopyDesk::default();
    let code = each(&options.input, &mut |report| {
        let page = desk.take(&report.bytes, report.about, report.transport)?;
        let left_out =
            nothing_to_read(&page).map(|reason| format!("{reason}; it was compared with none"));
        Ok(Outcome { text: String::new(), left_out })
    })?;
    let (copies, left_out) = desk.copies();
    let mut out = std::io::stdout().lock();
    if options.json {
        for report in &copies {
            writeln!(out, "{}", serde_json::to_string(report)?)?;
        }
    } else {
        out.write_all(print::copies(&copies).as_bytes())?;
    }
    // A help like every note: when standard error is closed the exit code still tells.
    if let Some(sentence) = told(left_out) {
        let _ = writeln!(std::io::stderr(), "sulh: {sentence}");
    }
    Ok(code)
}

fn told(left_out: LeftOut) -> Option<String> {
    let LeftOut { crowded, pairs, reports } = left_out;
    let part = |count: usize, of: &str| (count > 0).then(|| format!("{count} {of}"));
    let parts: Vec<String> = [
        part(
            crowded,
            "turns of phrase that very many reports have were followed to the first of them alone",
        ),
        part(pairs, "pairs with a few words in common were not compared"),
        part(reports, "reports were too much text to keep and were compared with none"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty())
        .then(|| format!("to bound the work, {}; give fewer reports at once", parts.join(", ")))
}
