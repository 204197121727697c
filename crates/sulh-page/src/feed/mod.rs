//! Takes the bytes of a feed (RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed), gives its entries one by one, each a report.
//! Invariant: nothing is fetched, no entity of the document's own is expanded, and a day that cannot be read is none,
//! with a note; what stands before damage is given before the damage is told.

mod entry;
mod json;
#[cfg(test)]
mod tests;
pub(crate) mod words;
mod xml;

use crate::{
    decode::{INPUT_BYTES_MAX, decode},
    transport::Arrival,
};
use entry::Entry;
use jiff::civil::Date;
use std::ops::ControlFlow;

/// The most entries of one feed that are given. The longest archives of outlets met have tens of thousands; a million
/// empty ones fit into the bytes a capture may have.
pub const ENTRIES_MAX: u64 = 1_000_000;

/// How much of a file is looked at to tell a feed: comments, style sheets and a document type may open it.
const HEAD_BYTES_MAX: usize = 64 << 10;

/// Where a feed came from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// File path or URL: what an entry without link and id is named after.
    pub source: &'a str,
    /// Where it was published, if known: relative links begin there.
    pub url: Option<&'a str>,
    /// The `Content-Type` it was served with.
    pub content_type: Option<&'a str>,
    /// The day an archive captured it.
    pub captured: Option<Date>,
}

/// What came of a feed.
#[derive(Debug)]
pub struct FeedRead {
    /// Entries that were given.
    pub given: u64,
    /// Entries that hold no text and were left out.
    pub empty: u64,
    /// Why it was not read to its end, if so.
    pub broken: Option<FeedError>,
}

/// Why a feed was not read, or not to its end. Bytes are counted in its text as UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FeedError {
    /// Neither RSS, Atom nor JSON Feed.
    #[error("is no RSS, Atom or JSON Feed; name a page, or save the feed again")]
    NoFeed,
    /// It is damaged or cut.
    #[error(
        "the feed is damaged or cut at byte {byte} ({problem}); what stands before was read, fetch it again"
    )]
    Damaged {
        /// Where.
        byte: u64,
        /// What the parser says.
        problem: String,
    },
    /// Its markup is nested deeper than any feed's.
    #[error("the feed's markup is nested deeper than {max} at byte {byte}; what stands before was read", max = xml::DEPTH_MAX)]
    TooDeep {
        /// Where.
        byte: u64,
    },
    /// It has too many entries.
    #[error(
        "the feed has more than {ENTRIES_MAX} entries; the rest was not read, cut it into several files"
    )]
    TooManyEntries,
    /// It is too long.
    #[error("the feed is longer than {max} MiB; the rest was not read, cut it into several files", max = INPUT_BYTES_MAX >> 20)]
    TooLong,
}

/// The two ways a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Xml,
    Json,
}

impl Language {
    fn of(text: &str) -> Option<Self> {
        let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if start.starts_with('{') {
            json::is_feed(start).then_some(Self::Json)
        } else {
            xml::is_feed(start).then_some(Self::Xml)
        }
    }
}

/// True when the bytes, or the first of them, are those of a feed, whatever its name says.
pub fn is_feed(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_BYTES_MAX)];
    let open = |byte: &u8| *byte == b'<' || *byte == b'{';
    head.iter().any(open) && Language::of(&decode(head, None).text).is_some()
}

/// Gives each entry to `take`, in the order of the feed; an error of `take` ends the reading.
pub fn read<E>(
    bytes: &[u8],
    origin: Origin<'_>,
    take: &mut dyn FnMut(Arrival) -> Result<(), E>,
) -> Result<FeedRead, E> {
    let decoded = decode(bytes, origin.content_type);
    let text = decoded.text.as_str();
    let mut done = FeedRead { given: 0, empty: 0, broken: None };
    let Some(language) = Language::of(&text[..text.floor_char_boundary(HEAD_BYTES_MAX)]) else {
        done.broken = Some(FeedError::NoFeed);
        return Ok(done);
    };
    let head = match language {
        Language::Xml => xml::head(text),
        Language::Json => json::head(text),
    };
    let mut refused = None;
    let mut each = |entry: Entry| {
        if done.given + done.empty == ENTRIES_MAX {
            done.broken = Some(FeedError::TooManyEntries);
            return ControlFlow::Break(());
        }
        let number = done.given + done.empty + 1;
        let Some(arrival) = entry.arrival(&head, origin, number, &decoded.notes) else {
            done.empty += 1;
            return ControlFlow::Continue(());
        };
        done.given += 1;
        match take(arrival) {
            Ok(()) => ControlFlow::Continue(()),
            Err(problem) => {
                refused = Some(problem);
                ControlFlow::Break(())
            }
        }
    };
    let ended = match language {
        Language::Xml => xml::entries(text, &mut each),
        Language::Json => json::entries(text, &mut each),
    };
    if let Some(problem) = refused {
        return Err(problem);
    }
    if bytes.len() > INPUT_BYTES_MAX {
        done.broken = Some(FeedError::TooLong);
    } else if done.broken.is_none() {
        done.broken = ended.err();
    }
    Ok(done)
}
