//! Takes the options of `sulh show`, gives the dossier of one agreement, as text, JSON or a printable page.
//! Invariant: an ambiguous name is an error that lists what it can mean, never a guess; no file is written over.

use super::question::question;
use crate::{cli::ShowOptions, faults::Failure, print, world};
use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::Path,
    process::ExitCode,
};
use sulh_desk::{LedgerDesk, Question, SqliteStore};
use sulh_export::html;

/// Runs the command.
pub fn run(options: &ShowOptions) -> Result<ExitCode, Failure> {
    let question = question(&options.clocks)?;
    let desk = LedgerDesk::open(SqliteStore::open_to_read(&options.ledger.ledger)?)?;
    let mut output = std::io::stdout().lock();
    if let Some(file) = &options.html {
        write_new(file, &page(&desk, &options.agreement, question)?)?;
        writeln!(output, "{}: written", file.display())?;
        return Ok(ExitCode::SUCCESS);
    }
    let dossier = desk.show(&options.agreement, question)?;
    if options.json {
        serde_json::to_writer(&mut output, &dossier).map_err(std::io::Error::from)?;
        writeln!(output)?;
    } else {
        let text = print::dossier(&dossier, &|span| desk.quote(span));
        output.write_all(text.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn page(
    desk: &LedgerDesk<SqliteStore>,
    wanted: &str,
    question: Question,
) -> Result<String, Failure> {
    // A page is read long after: it names the last entry it knew, so that it can be made again.
    let recorded_by = question.recorded_by.unwrap_or_else(|| desk.last());
    let question = Question { recorded_by: Some(recorded_by), ..question };
    let dossier = desk.dossier(wanted, question)?;
    let reports = desk.reports(question);
    Ok(html::page(&dossier, &reports, &|told, span| desk.excerpt(told, span)))
}

/// Writes a file as a whole or not at all, where none is.
fn write_new(file: &Path, text: &str) -> Result<(), Failure> {
    let draft = world::beside(file, &format!(".new-{}", std::process::id()));
    let written = File::create_new(&draft)
        .and_then(|mut new| new.write_all(text.as_bytes()).and_then(|()| new.sync_all()))
        // Unlike a rename, a link never takes the name of a file that is there.
        .and_then(|()| fs::hard_link(&draft, file));
    let _ = fs::remove_file(&draft);
    written.map_err(|problem| {
        match problem.kind() {
            ErrorKind::AlreadyExists => {
                format!(
                    "{}: this file is there and is not written over; give another name",
                    file.display()
                )
            }
            _ => format!("{}: the page cannot be written ({problem})", file.display()),
        }
        .into()
    })
}
