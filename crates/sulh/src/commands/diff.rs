//! Takes the options of `sulh diff`, gives what changed in one agreement between two days' knowledge.
//! Invariant: the earlier day is the earlier answer, in whichever order the days were typed.

use super::answer::answer;
use crate::{cli::DiffOptions, faults::Failure, print};
use std::process::ExitCode;
use sulh_desk::{LedgerDesk, Question, SqliteStore, last_day_given};

/// Runs the command.
pub fn run(options: &DiffOptions) -> Result<ExitCode, Failure> {
    let as_of = options.as_of.as_deref().map(|text| last_day_given(text, "--as-of")).transpose()?;
    let known_by = last_day_given(&options.known_by, "--known-by")?;
    let and = last_day_given(&options.and, "--and")?;
    let question = |day| Question {
        as_of: as_of.unwrap_or(day),
        known_by: day,
        recorded_by: options.recorded_by,
    };
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let (earlier, later) = (question(known_by.min(and)), question(known_by.max(and)));
    let diff = desk.diff(&options.agreement, earlier, later)?;
    answer(options.json, &diff, || print::diff(&diff))
}
