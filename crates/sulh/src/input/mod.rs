//! Takes what was named on the command line, gives reports one by one: bytes and what is known beside them.
//! Invariant: one bad report is one sentence and never hides the others; options win over side files and lines.

mod about;
mod examples;
mod files;
mod kinds;
mod lines;
mod places;

use crate::{
    faults::Failure,
    fetch::{FetchError, Fetcher},
};
pub use about::Given;
pub use examples::examples;
use files::Opened;
pub use places::{Place, places};
use std::path::PathBuf;
use sulh_desk::{PageAbout, Transport, archive::ArchiveError, feed::FeedError};

/// The largest file that is taken, in bytes. The reader itself reads far less of a page; this keeps
/// the memory of one run within bounds.
pub const FILE_BYTES_MAX: u64 = 256 << 20;

/// A report as it came in.
pub struct Report {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What is known beside them.
    pub about: PageAbout,
    /// How they came.
    pub transport: Transport,
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
    /// It breaks off.
    #[error(
        "{place}: cannot be read on ({problem}); what came before was read, get the whole file"
    )]
    BrokenOff {
        /// Where.
        place: String,
        /// What is wrong.
        problem: std::io::Error,
    },
    /// A folder without reports.
    #[error(
        "{}: holds no reports; a report is a file ending in .txt, .html, .htm or .xhtml, several are in \
         .jsonl, .xml, .rss, .atom, .json, .warc or .wacz, also packed (.gz, .zst, .xz)", folder.display()
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
    /// A feed, or what is called one.
    #[error("{place}: {problem}")]
    Feed {
        /// The file.
        place: String,
        /// What is wrong, and what to do.
        problem: FeedError,
    },
    /// An archive, at a place of it.
    #[error("{place}: {problem}")]
    Archive {
        /// The file.
        place: String,
        /// What is wrong, and what to do.
        problem: ArchiveError,
    },
    /// What a feed or an archive holds beside reports.
    #[error("{place}: {what}; left out")]
    LeftOut {
        /// The file.
        place: String,
        /// How many of what.
        what: String,
    },
    /// A side file or line with something wrong in it.
    #[error("{place}: {problem}")]
    About {
        /// File, and line where there are lines.
        place: String,
        /// What is wrong, and what to do.
        problem: String,
    },
}

impl InputError {
    /// A file that cannot be read to its end: its packing is damaged, or the system gives no more of it.
    fn broken_off(place: &str, problem: std::io::Error) -> Self {
        Self::BrokenOff { place: place.to_owned(), problem }
    }
}

/// Reads every report of a place; each comes out as a report or as a sentence.
pub fn reports(
    place: &Place,
    given: &Given,
    fetcher: &mut Fetcher,
    take: &mut dyn FnMut(Result<Report, InputError>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let opened = match place {
        Place::File(file) => {
            about::side_file(file).and_then(|side| Ok((Opened::file(file)?, side)))
        }
        Place::StandardInput => Opened::standard_input().map(|opened| (opened, Given::default())),
        Place::Address(address) => fetcher
            .get(address)
            .map(|fetched| (Opened::fetched(address, fetched), Given::default()))
            .map_err(InputError::from),
    };
    match opened {
        Ok((opened, _)) if opened.kind.is_several() && given.is_of_one() => {
            Err(InputError::OneReportMeant.into())
        }
        Ok((opened, beside)) => opened.reports(given, &beside, take),
        Err(problem) => take(Err(problem)),
    }
}

/// True when a place may hold several reports: they are triaged.
pub fn holds_several(place: &Place) -> bool {
    match place {
        Place::File(file) => Opened::file(file).is_ok_and(|opened| opened.kind.is_several()),
        // What is piped in or fetched can be read once.
        Place::StandardInput | Place::Address(_) => false,
    }
}
