//! Takes the options of `sulh show`, gives the dossier of one agreement.
//! Invariant: an ambiguous name is an error that lists what it can mean, never a guess.

use super::question::question;
use crate::{cli::ShowOptions, faults::Failure, print};
use std::{io::Write, process::ExitCode};
use sulh_desk::{LedgerDesk, SqliteStore};

/// Runs the command.
pub fn run(options: &ShowOptions) -> Result<ExitCode, Failure> {
    let question =
        question(options.as_of.as_deref(), options.known_by.as_deref(), options.recorded_by)?;
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let dossier = desk.show(&options.agreement, question)?;
    let mut output = std::io::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut output, &dossier).map_err(std::io::Error::from)?;
        writeln!(output)?;
    } else {
        let text = print::dossier(&dossier, &|span| desk.quote(span));
        output.write_all(text.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
