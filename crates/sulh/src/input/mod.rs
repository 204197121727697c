//! Takes what was named on the command line, gives reports one by one: bytes and what is known beside them.
//! Invariant: one bad report is one sentence and never hides the others; options win over side files and lines.

mod about;
mod examples;
mod lines;
mod places;
mod web;

use crate::{
    faults::Failure,
    fetch::{FetchError, Fetcher},
};
pub use about::Given;
pub use examples::examples;
pub use places::{Place, places};
use std::{
    io::Read,
    path::{Path, PathBuf},
};
use sulh_desk::PageAbout;

/// The largest file that is taken, in bytes. The reader itself reads far less of a page; this keeps
/// the memory of one run within bounds.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

/// A report as it came in.
pub struct Report {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What is known beside them.
    pub about: PageAbout,
}

/// Why a report, or a place reports were looked for, cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// It is not there, or may not be read.
    #[error("{place}: cannot be read ({problem}); check the path and its permissions")]
    Unreadable {
        /// Where.
        place: String,
        /// What the system says.
        problem: std::io::Error,
    },
    /// A folder without reports.
    #[error(
        "{}: holds no reports; a report is a file ending in .txt, .html, .htm or .jsonl", folder.display()
    )]
    NoReports {
        /// The folder.
        folder: PathBuf,
    },
    /// An address of the web that is not read.
    #[error(transparent)]
    Web(#[from] FetchError),
    /// A side file named as a report.
    #[error("{0}: is a side file; name the report it belongs to, it is read with it")]
    SideFileNamed(String),
    /// Too long.
    #[error("{0}: is larger than {max} MiB; cut it into several files", max = FILE_BYTES_MAX >> 20)]
    TooLarge(String),
    /// Options that describe one report, for several.
    #[error(
        "--title and --url describe one report and several were named; \
         write them into side files (FILE.meta.json)"
    )]
    OneReportMeant,
    /// A side file or line with something wrong in it.
    #[error("{place}: {problem}")]
    About {
        /// File, and line where there are lines.
        place: String,
        /// What is wrong, and what to do.
        problem: String,
    },
}

/// Reads every report of a place; each comes out as a report or as a sentence.
pub fn reports(
    place: &Place,
    given: &Given,
    fetcher: &mut Fetcher,
    take: &mut dyn FnMut(Result<Report, InputError>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    match place {
        Place::Address(address) => take(web::report(address, given, fetcher)),
        Place::Page(file) => take(page(file, given)),
        Place::Lines(file) => lines::reports(file, given, take),
        Place::StandardInput => take(standard_input(given)),
    }
}

fn page(file: &Path, given: &Given) -> Result<Report, InputError> {
    let source = file.display().to_string();
    let bytes = bytes(file)?;
    let beside = about::side_file(file)?;
    Ok(Report { bytes, about: given.over(&beside).about(source) })
}

fn standard_input(given: &Given) -> Result<Report, InputError> {
    let bytes = bounded(std::io::stdin().lock(), "standard input")?;
    Ok(Report { bytes, about: given.about("-".to_owned()) })
}

fn bytes(file: &Path) -> Result<Vec<u8>, InputError> {
    let place = file.display().to_string();
    let open = std::fs::File::open(file)
        .map_err(|problem| InputError::Unreadable { place: place.clone(), problem })?;
    bounded(open, &place)
}

fn bounded(from: impl Read, place: &str) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    from.take(FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|problem| InputError::Unreadable { place: place.to_owned(), problem })?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(InputError::TooLarge(place.to_owned()));
    }
    Ok(bytes)
}
