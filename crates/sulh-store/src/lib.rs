//! The log and the archive of captures in one SQLite file.
//! Takes entries and captures, gives them back and proves that they are what was taken.
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

/// Bytes as they were fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Their media type, as it was told with them.
    pub media: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
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

/// A place that keeps a log and its captures.
pub trait LedgerStore {
    /// Adds an entry with the capture it was read from, both or neither.
    fn append(
        &mut self,
        entry: NewEntry,
        capture: Option<&Capture>,
    ) -> Result<Recorded, StoreError>;

    /// Every entry, in order. Commitments are not checked here: that is what `verify` is for.
    fn entries(&self) -> Result<Vec<Entry>, StoreError>;

    /// A capture, checked against its own address; nothing when it is not kept.
    fn capture(&self, id: &CaptureId) -> Result<Option<Capture>, StoreError>;

    /// Checks everything, and names the first entry that is not what was recorded.
    fn verify(&self) -> Result<VerifyReport, StoreError>;
}
