//! Takes web archives (WARC 1.0 and 1.1, plain or packed, WACZ), gives the pages in them one by one, each a report.
//! Invariant: archives of any length are read within bounded memory; damage is told in one sentence and what stands
//! before and after it is read; what was captured when says nothing of when it was published.

mod digest;
mod fields;
mod http;
mod packed;
mod pages;
mod record;
#[cfg(test)]
mod tests;
mod unpack;
mod wacz;
mod window;

use crate::{
    feed::{self, FeedError, Origin},
    transport::Arrival,
};
use pages::Holds;
use record::{Record, Records, Step};
use std::io::Read;
use wacz::Titles;

pub use http::BodyError;
pub use packed::{is_packed, unpacked};
pub use record::RecordError;
pub use unpack::Damage;
pub use wacz::wacz;

/// What came of an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArchiveRead {
    /// Reports that were given.
    pub given: u64,
    /// Records that are no pages: pictures, scripts, errors of servers.
    pub no_pages: u64,
    /// Records that say a page was the same as another time.
    pub revisits: u64,
    /// Entries of feeds that hold no text.
    pub empty_entries: u64,
    /// Troubles beyond those that were told one by one.
    pub untold: u64,
}

/// So many troubles of one archive are told one by one: more sentences than that are read by nobody.
const TROUBLES_TOLD_MAX: u64 = 100;

impl ArchiveRead {
    fn add(&mut self, other: Self) {
        self.given += other.given;
        self.no_pages += other.no_pages;
        self.revisits += other.revisits;
        self.empty_entries += other.empty_entries;
        self.untold += other.untold;
    }
}

/// What is wrong with an archive, or at a place of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// It cannot be read on.
    #[error("cannot be read on ({0}); what came before was read")]
    Unreadable(String),
    /// A record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The answer of a server.
    #[error("{url}: {problem}")]
    Body {
        /// Which.
        url: String,
        /// Why.
        problem: BodyError,
    },
    /// A feed in the archive.
    #[error("{url}: {problem}")]
    Feed {
        /// Which.
        url: String,
        /// Why.
        problem: FeedError,
    },
    /// The zip file is damaged.
    #[error("is no whole zip file ({0}); get the whole archive")]
    Zip(String),
    /// The zip file has too many entries.
    #[error("has more than {max} entries, which no web archive has; nothing was read")]
    TooManyEntries {
        /// How many it may have.
        max: usize,
    },
    /// A zip file without archives.
    #[error(
        "is a zip file without archive/*.warc, .warc.gz or .warc.zst; name a WACZ file, or unpack it"
    )]
    NoArchive,
    /// A file in the zip file.
    #[error("{name}: {problem}")]
    Within {
        /// Which.
        name: String,
        /// What is wrong with it.
        problem: Box<ArchiveError>,
    },
}

impl ArchiveError {
    fn within(self, name: &str) -> Self {
        Self::Within { name: name.to_owned(), problem: Box::new(self) }
    }
}

/// True where a text begins as a WARC file does.
pub fn is_warc(head: &[u8]) -> bool {
    head.starts_with(b"WARC/")
}

/// True where a file begins as a zip file does.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Gives each report of a WARC file, and each trouble met, to `take`, in their order; an error of `take` ends it.
pub fn warc<E>(
    from: impl Read,
    source: &str,
    take: &mut dyn FnMut(Result<Arrival, ArchiveError>) -> Result<(), E>,
) -> Result<ArchiveRead, E> {
    warc_with(from, source, &Titles::new(), take)
}

fn warc_with<E>(
    from: impl Read,
    source: &str,
    titles: &Titles,
    take: &mut dyn FnMut(Result<Arrival, ArchiveError>) -> Result<(), E>,
) -> Result<ArchiveRead, E> {
    let mut done = ArchiveRead::default();
    let mut told = 0;
    let mut records = Records::new(from);
    loop {
        let trouble: ArchiveError = match records.next() {
            Ok(Some(Step::Record(record))) => {
                match of_record(*record, source, titles, &mut done, take)? {
                    Some(trouble) => trouble,
                    None => continue,
                }
            }
            Ok(Some(Step::Trouble(trouble))) => trouble.into(),
            Ok(None) => return Ok(done),
            Err(problem) => {
                take(Err(ArchiveError::Unreadable(problem.to_string())))?;
                return Ok(done);
            }
        };
        if told < TROUBLES_TOLD_MAX {
            told += 1;
            take(Err(trouble))?;
        } else {
            done.untold += 1;
        }
    }
}

/// Gives the reports of one record to `take`; what is wrong with it comes back.
fn of_record<E>(
    record: Record,
    source: &str,
    titles: &Titles,
    done: &mut ArchiveRead,
    take: &mut dyn FnMut(Result<Arrival, ArchiveError>) -> Result<(), E>,
) -> Result<Option<ArchiveError>, E> {
    let url = pages::target(&record.fields).unwrap_or(source).to_owned();
    match pages::held(record, source) {
        Ok(Holds::Page(mut page)) => {
            done.given += 1;
            page.about.title = titles.get(&page.about.source).cloned();
            take(Ok(*page))?;
        }
        Ok(Holds::Feed(feed)) => {
            let read = entries(*feed, take)?;
            done.given += read.given;
            done.empty_entries += read.empty;
            return Ok(read.broken.map(|problem| ArchiveError::Feed { url, problem }));
        }
        Ok(Holds::NoPage) => done.no_pages += 1,
        Ok(Holds::Revisit) => done.revisits += 1,
        Ok(Holds::Nothing) => {}
        Err(problem) => return Ok(Some(ArchiveError::Body { url, problem })),
    }
    Ok(None)
}

/// The entries of a feed in an archive; what was doubtful of the feed is doubtful of each.
fn entries<E>(
    feed: Arrival,
    take: &mut dyn FnMut(Result<Arrival, ArchiveError>) -> Result<(), E>,
) -> Result<feed::FeedRead, E> {
    let origin = Origin {
        source: &feed.about.source,
        url: feed.about.url.as_deref(),
        content_type: feed.transport.content_type.as_deref(),
        captured: feed.transport.captured,
    };
    feed::read(&feed.bytes, origin, &mut |mut entry| {
        entry.transport.notes.splice(0..0, feed.transport.notes.iter().cloned());
        take(Ok(entry))
    })
}
