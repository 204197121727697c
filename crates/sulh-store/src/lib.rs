//! The log and the archive in one SQLite file.
//! Takes entries with the captures and page texts they were read from, gives them back and proves that
//! they are what was taken.
//! Invariant: an entry that was acknowledged is on the disk, whole; entries are only ever added;
//! nothing here overwrites a ledger, damaged or not.

mod busy;
mod error;
mod file;
mod recover;
mod rows;
mod schema;
mod sqlite;
#[cfg(test)]
mod tests;
mod verify;

pub use error::StoreError;
pub use recover::{Recovered, recover};
pub use sqlite::SqliteStore;
pub use verify::{Problem, VerifyReport};

use sulh_ledger::log::{Entry, EntryKind, RecordedAt, merkle::Digest};
use sulh_model::page::CaptureId;

/// An entry as it comes from the caller, who alone has a clock and random bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Now.
    pub recorded_at: RecordedAt,
    /// What it carries.
    pub kind: EntryKind,
    /// The payload.
    pub payload: Vec<u8>,
    /// Random bytes.
    pub salt: [u8; 32],
}

/// The media type of a page's text in the archive.
pub const PAGE_TEXT_MEDIA: &str = "text/plain; charset=utf-8; sulh page text";

/// What the archive keeps under its SHA-256: a capture as it was fetched, or the decoded text of one, in
/// which the spans of an entry count. A capture that is its own text is kept once, as the capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archived {
    /// The media type, as it was told with the bytes.
    pub media: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Archived {
    /// Bytes as they were fetched.
    pub fn capture(media: Option<&str>, bytes: &[u8]) -> Self {
        Self { media: media.map(str::to_owned), bytes: bytes.to_vec() }
    }

    /// The decoded text of a page.
    pub fn page_text(text: &str) -> Self {
        Self::capture(Some(PAGE_TEXT_MEDIA), text.as_bytes())
    }

    /// What it is found by.
    pub fn address(&self) -> CaptureId {
        CaptureId::from_digest(&Digest::of(&[&self.bytes]).0)
    }
}

/// What was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The number of the entry.
    pub seq: u64,
    /// The hash of its leaf.
    pub leaf_hash: Digest,
    /// The root of the log with it.
    pub root: Digest,
}

/// Who writes: so that somebody who has to wait can be told for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writer {
    /// The process.
    pub pid: u32,
    /// When it opened the ledger.
    pub since: RecordedAt,
}

/// A place that keeps a log and its archive.
pub trait LedgerStore {
    /// Adds an entry with the capture and the page text it was read from: all or nothing. What is in
    /// the archive already need not be given again; an entry that would lack either is refused.
    fn append(&mut self, entry: NewEntry, read_from: &[Archived]) -> Result<Recorded, StoreError>;

    /// Every entry, in order. Commitments are not checked here: that is what `verify` is for.
    fn entries(&self) -> Result<Vec<Entry>, StoreError>;

    /// A capture or a page text, checked against its own address; nothing when it is not kept.
    fn archived(&self, id: &CaptureId) -> Result<Option<Archived>, StoreError>;

    /// Checks everything, and names the first entry that is not what was recorded.
    fn verify(&self) -> Result<VerifyReport, StoreError>;
}
