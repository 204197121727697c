//! Takes the options of `sulh verify`, gives whether every hash of the ledger holds.
//! Invariant: the ledger that is checked is never written to; recovery makes a new file.

use crate::{cli::VerifyOptions, faults::Failure, world};
use std::{io::Write, path::Path, process::ExitCode};
use sulh_desk::{LedgerStore, SqliteStore, recover};

/// Runs the command.
pub fn run(options: &VerifyOptions) -> Result<ExitCode, Failure> {
    let file = &options.ledger.ledger;
    match &options.recover {
        Some(new) => recovered(file, new),
        None => verified(file),
    }
}

fn verified(file: &Path) -> Result<ExitCode, Failure> {
    let report = SqliteStore::open_to_read(file)?.verify()?;
    let shown = file.display();
    if let Some(problem) = report.problem {
        return Err(format!(
            "{shown}: {problem}; {} entries before it are whole, \
             run `sulh verify --recover NEWFILE` to copy them into a new ledger",
            report.entries
        )
        .into());
    }
    writeln!(
        std::io::stdout(),
        "{shown}: {} entries, {} captures and page texts, every hash holds\nroot {}",
        report.entries,
        report.archived,
        report.root
    )?;
    Ok(ExitCode::SUCCESS)
}

fn recovered(file: &Path, new: &Path) -> Result<ExitCode, Failure> {
    let done = recover(file, new, &world::writer()?)?;
    let mut output = std::io::stdout();
    writeln!(output, "{}: {} entries copied from {}", new.display(), done.entries, file.display())?;
    match done.problem {
        Some(problem) => writeln!(output, "the copy ends there because of {problem}")?,
        None => writeln!(output, "the whole ledger was well")?,
    }
    Ok(ExitCode::SUCCESS)
}
