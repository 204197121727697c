//! Takes the options of `sulh agreements`, gives the ledger's agreements that fit them.
//! Invariant: an agreement whose day is not known may fit any days and is listed.

use super::question::question;
use crate::{
    cli::{AgreementsOptions, ClockOptions},
    faults::Failure,
    print,
};
use std::{io::Write, process::ExitCode};
use sulh_desk::{Filter, LedgerDesk, SqliteStore, first_day_given, last_day_given};

/// Runs the command.
pub fn run(options: &AgreementsOptions) -> Result<ExitCode, Failure> {
    let from = options.from.as_deref().map(|text| first_day_given(text, "--from")).transpose()?;
    let to = options.to.as_deref().map(|text| last_day_given(text, "--to")).transpose()?;
    let filter = Filter { place: options.place.clone(), party: options.party.clone(), from, to };
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let found = desk.agreements(question(&ClockOptions::default())?, &filter);
    let mut output = std::io::stdout().lock();
    if options.json {
        for summary in &found {
            serde_json::to_writer(&mut output, summary).map_err(std::io::Error::from)?;
            writeln!(output)?;
        }
    } else {
        output.write_all(print::agreements(&found).as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
