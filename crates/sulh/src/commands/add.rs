//! Takes the options of `sulh add`, gives one line a report: its entry, or that it was there already.
//! Invariant: a report is told as added only after the store has it on the disk.

use super::reports::{Outcome, each, is_archive};
use crate::{
    cli::AddOptions,
    faults::Failure,
    input::Report,
    models,
    print::visible,
    world::{self, KeyWhenMissing},
};
use std::{path::Path, process::ExitCode};
use sulh_desk::{Added, Effort, LedgerDesk, Moment, ReportDesk, SqliteStore, StoreError, Writer};

/// Runs the command.
pub fn run(options: &AddOptions) -> Result<ExitCode, Failure> {
    let parser = models::parser(&options.parser)?;
    let (store, key) = opened(&options.ledger.ledger, options.new_key)?;
    let mut desk = LedgerDesk::open(store)?;
    let effort = if is_archive(&options.input) { Effort::Triaged } else { Effort::Full };
    let reports = ReportDesk::with(key, parser, effort)?;
    each(&options.input, &mut |report| {
        let source = visible(&report.about.source);
        let moment =
            Moment { day: world::today(), recorded_at: world::now()?, salt: world::random()? };
        let told = |text: String| Outcome { text, left_out: None };
        let Report { bytes, about, transport } = report;
        Ok(match desk.add_arrived(&reports, &bytes, about, transport, moment)? {
            Added::New { seq } => told(format!("entry {seq}: {source}\n")),
            Added::AnotherReader { seq } => told(format!("entry {seq}: {source}, read anew\n")),
            Added::Known { seq } => told(format!("there already as entry {seq}: {source}\n")),
            Added::Nothing { reason } => Outcome {
                text: String::new(),
                left_out: Some(format!("{reason}; nothing was added")),
            },
        })
    })
}

/// The ledger with its pseudonym key, made where there is none.
fn opened(file: &Path, new_key: bool) -> Result<(SqliteStore, [u8; 32]), Failure> {
    let writer = world::writer()?;
    match SqliteStore::open(file, &writer) {
        Err(StoreError::Missing(_)) => {
            // The key first: wherever this run is cut short, no ledger stands without one.
            let key = world::pseudonym_key(file, KeyWhenMissing::Make)?;
            make(file, &writer)?;
            Ok((SqliteStore::open(file, &writer)?, key))
        }
        opened => {
            let missing = if new_key { KeyWhenMissing::Replace } else { KeyWhenMissing::Refuse };
            Ok((opened?, world::pseudonym_key(file, missing)?))
        }
    }
}

/// Makes a ledger as a whole or not at all: a run that is killed here leaves nothing that looks like one,
/// and of two runs that start together one wins and both use it.
fn make(file: &Path, writer: &Writer) -> Result<(), Failure> {
    let draft = world::beside(file, &format!(".new-{}", writer.pid));
    drop(SqliteStore::create(&draft, writer)?);
    world::put_in_place(&draft, file)
        .map_err(|problem| format!("{}: cannot be made ({problem})", file.display()).into())
}
