//! Takes the options of `sulh why`, gives everything behind the verdict on one term.
//! Invariant: colour is for terminals alone.

use super::{answer::answer, question::question};
use crate::{cli::TermOptions, faults::Failure, print};
use std::{io::IsTerminal, process::ExitCode};
use sulh_desk::{LedgerDesk, SqliteStore};

/// Runs the command.
pub fn run(options: &TermOptions) -> Result<ExitCode, Failure> {
    let question = question(&options.clocks)?;
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let why = desk.why(&options.agreement, &options.term, question)?;
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    answer(options.json, &why, || print::why(&why, &|span| desk.text_around(span), colour))
}
