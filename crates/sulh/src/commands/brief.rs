//! Takes the options of `sulh brief`, gives what moved in all agreements between two days.
//! Invariant: days in the wrong order are refused, never swapped: since is since.

use super::answer::answer;
use crate::{cli::BriefOptions, faults::Failure, print, world};
use std::process::ExitCode;
use sulh_desk::{LedgerDesk, SqliteStore, first_day_given, last_day_given};

/// Runs the command.
pub fn run(options: &BriefOptions) -> Result<ExitCode, Failure> {
    let since = first_day_given(&options.since, "--since")?;
    let until = match options.until.as_deref() {
        Some(text) => last_day_given(text, "--until")?,
        None => world::today(),
    };
    if until < since {
        return Err(format!("--since: {since} is after {until}; give an earlier day").into());
    }
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let brief = desk.brief(since, until);
    answer(options.json, &brief, || print::brief(&brief))
}
