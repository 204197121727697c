//! Takes an opened file or standard input, gives the reports in it, whatever it holds.
//! Invariant: what is packed is unpacked within limits; what a feed or archive leaves out is told in one sentence.

use super::{
    FILE_BYTES_MAX, Given, InputError, Report,
    kinds::{HEAD_BYTES_MAX, Kind},
    lines,
};
use crate::{faults::Failure, fetch::Fetched};
use std::{
    fs::File,
    io::{Cursor, Read},
    path::Path,
};
use sulh_desk::{
    Arrival, Transport,
    archive::{self, ArchiveError, ArchiveRead},
    feed::{self, Origin},
};

/// What is done with each report, and with each sentence in the place of one.
pub type Take<'a> = dyn FnMut(Result<Report, InputError>) -> Result<(), Failure> + 'a;

/// A file or standard input, with its first bytes read.
pub struct Opened {
    shown: String,
    head: Vec<u8>,
    rest: Box<dyn Read>,
    /// The same file once more, where its parts must be found out of their order.
    file: Option<File>,
    /// The address it was found at in the end, and the type it was served with.
    served: Served,
    /// What it holds.
    pub kind: Kind,
}

/// What the transport tells of a file; nothing where it lay on a disk.
#[derive(Default)]
struct Served {
    url: Option<String>,
    content_type: Option<String>,
}

impl Opened {
    /// A file.
    pub fn file(path: &Path) -> Result<Self, InputError> {
        let shown = path.display().to_string();
        let unreadable = |problem| InputError::Unreadable { place: shown.clone(), problem };
        let file = File::open(path).map_err(unreadable)?;
        let again = file.try_clone().map_err(unreadable)?;
        Self::read(shown.clone(), Box::new(file), Some(again), path).map_err(unreadable)
    }

    /// Standard input.
    pub fn standard_input() -> Result<Self, InputError> {
        Self::read("-".to_owned(), Box::new(std::io::stdin()), None, Path::new("-")).map_err(
            |problem| InputError::Unreadable { place: "standard input".to_owned(), problem },
        )
    }

    /// What was fetched from an address.
    pub fn fetched(address: &str, fetched: Fetched) -> Self {
        let Fetched { bytes, content_type, final_url, .. } = fetched;
        let head = &bytes[..bytes.len().min(HEAD_BYTES_MAX)];
        let path = final_url.split(['?', '#']).next().unwrap_or_default();
        Self {
            shown: address.to_owned(),
            kind: Kind::of(head, Path::new(path)),
            head: Vec::new(),
            rest: Box::new(Cursor::new(bytes)),
            file: None,
            served: Served { url: Some(final_url), content_type },
        }
    }

    fn read(
        shown: String,
        mut rest: Box<dyn Read>,
        file: Option<File>,
        path: &Path,
    ) -> std::io::Result<Self> {
        let mut head = Vec::new();
        rest.by_ref().take(HEAD_BYTES_MAX as u64).read_to_end(&mut head)?;
        let kind = Kind::of(&head, path);
        Ok(Self { shown, head, rest, file, served: Served::default(), kind })
    }

    /// Gives each report to `take`. `beside` is what the side file says.
    pub fn reports(
        mut self,
        options: &Given,
        beside: &Given,
        take: &mut Take<'_>,
    ) -> Result<(), Failure> {
        let shown = self.shown.clone();
        let given = options.over(beside);
        match self.kind {
            Kind::Page => {
                let Served { url, content_type } = std::mem::take(&mut self.served);
                let about = given.over(&Given { url, ..Given::default() }).about(shown);
                let transport = Transport { content_type, ..Transport::default() };
                take(self.bytes().map(|bytes| Report { bytes, about, transport }))
            }
            Kind::NoFeed => {
                take(Err(InputError::Feed { place: shown, problem: feed::FeedError::NoFeed }))
            }
            _ if beside.title.is_some() => take(Err(InputError::About {
                place: format!("{shown}.meta.json"),
                problem: "`title` is that of one report, and the file beside it holds several; take it out"
                    .to_owned(),
            })),
            Kind::Lines => match self.text() {
                Ok(text) => lines::reports(text, &shown, options, take),
                Err(problem) => take(Err(problem)),
            },
            Kind::Feed => {
                let served = std::mem::take(&mut self.served);
                match self.bytes() {
                    Ok(bytes) => entries(&bytes, &shown, &served, options, beside, take),
                    Err(problem) => take(Err(problem)),
                }
            }
            Kind::Warc => {
                let whole = Cursor::new(self.head).chain(self.rest);
                let done = archive::warc(whole, &shown, &mut |found| take(report(found, &shown, &given)))?;
                left_out(done, &shown, take)
            }
            Kind::Wacz => self.zipped(&given, take),
        }
    }

    fn zipped(self, given: &Given, take: &mut Take<'_>) -> Result<(), Failure> {
        let shown = self.shown.clone();
        let mut each = |found| take(report(found, &shown, given));
        let done = match &self.file {
            Some(file) => archive::wacz(file, &shown, &mut each)?,
            None => match self.bytes() {
                Ok(bytes) => archive::wacz(Cursor::new(bytes), &shown, &mut each)?,
                Err(problem) => return take(Err(problem)),
            },
        };
        left_out(done, &shown, take)
    }

    fn text(self) -> Result<Box<dyn Read>, InputError> {
        archive::unpacked(Cursor::new(self.head).chain(self.rest))
            .map_err(|problem| InputError::broken_off(&self.shown, problem))
    }

    fn bytes(self) -> Result<Vec<u8>, InputError> {
        let shown = self.shown.clone();
        let mut bytes = Vec::new();
        let read = match self.kind {
            // A zip file takes its own packing off.
            Kind::Wacz => Box::new(Cursor::new(self.head).chain(self.rest)),
            _ => self.text()?,
        }
        .take(FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes);
        read.map_err(|problem| InputError::broken_off(&shown, problem))?;
        if bytes.len() as u64 > FILE_BYTES_MAX {
            return Err(InputError::TooLarge(shown));
        }
        Ok(bytes)
    }
}

fn entries(
    bytes: &[u8],
    shown: &str,
    served: &Served,
    options: &Given,
    beside: &Given,
    take: &mut Take<'_>,
) -> Result<(), Failure> {
    // The address beside a feed is the feed's own.
    let url = beside.url.as_deref().or(served.url.as_deref());
    let content_type = served.content_type.as_deref();
    let origin = Origin { source: shown, url, content_type, captured: None };
    let given = options.over(&Given { url: None, ..beside.clone() });
    let done = feed::read(bytes, origin, &mut |entry| take(Ok(arrived(entry, &given))))?;
    if let Some(problem) = done.broken {
        take(Err(InputError::Feed { place: shown.to_owned(), problem }))?;
    }
    left_out(ArchiveRead { empty_entries: done.empty, ..ArchiveRead::default() }, shown, take)
}

fn report(
    found: Result<Arrival, ArchiveError>,
    shown: &str,
    given: &Given,
) -> Result<Report, InputError> {
    found
        .map(|arrival| arrived(arrival, given))
        .map_err(|problem| InputError::Archive { place: shown.to_owned(), problem })
}

fn arrived(arrival: Arrival, given: &Given) -> Report {
    let Arrival { bytes, about, transport } = arrival;
    Report { bytes, about: given.over_told(about), transport }
}

/// The closing sentence on what was no report, where anything was.
fn left_out(done: ArchiveRead, shown: &str, take: &mut Take<'_>) -> Result<(), Failure> {
    let counted = |count: u64, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let parts = [
        counted(
            done.no_pages,
            "record was no page (a picture, a script, an error of a server)",
            "records were no pages (pictures, scripts, errors of servers)",
        ),
        counted(
            done.revisits,
            "record says that a page was the same at another time",
            "records say that a page was the same at another time",
        ),
        counted(done.empty_entries, "entry holds no text", "entries hold no text"),
        counted(done.untold, "more place is damaged", "more places are damaged"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return Ok(());
    }
    take(Err(InputError::LeftOut { place: shown.to_owned(), what: parts.join(", ") }))
}
