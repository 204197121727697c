//! Takes the options of `sulh say`, gives one sentence on a term with its footnotes.
//! Invariant: the sentence is the desk's, word for word.

use super::{answer::answer, question::question};
use crate::{cli::TermOptions, faults::Failure, print};
use std::process::ExitCode;
use sulh_desk::{LedgerDesk, SqliteStore};

/// Runs the command.
pub fn run(options: &TermOptions) -> Result<ExitCode, Failure> {
    let question = question(&options.clocks)?;
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let said = desk.say(&options.agreement, &options.term, question)?;
    answer(options.json, &said, || print::sentence(&said))
}
