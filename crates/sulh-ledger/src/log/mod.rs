//! Takes a payload, a salt and a time from the caller, gives an entry of the append-only log.
//! Invariant: the leaf holds a commitment to the payload and never the payload, so a payload can be
//! destroyed later and every hash of the log stays whole.

pub mod merkle;

use jiff::Timestamp;
use merkle::{Digest, leaf_hash};

/// What the leaf of an entry begins with.
pub const LEAF_SCHEMA: &str = "sulh.leaf/1";

sulh_model::codes! {
    /// What an entry carries. Whether a page says a thing (extraction) and whether the thing is so
    /// (assessment) are different kinds.
    pub enum EntryKind {
        /// A report with its reading.
        Report = "report",
        /// A decision on what a page says.
        Extraction = "extraction",
        /// A decision on which tellings are of one agreement.
        Linking = "linking",
        /// A decision on what is so.
        Assessment = "assessment",
        /// A decision on where a source stands.
        Rating = "rating",
        /// An earlier decision taken back.
        Withdrawal = "withdrawal",
    }
}

/// When an entry was recorded: RFC 3339, exactly as the caller gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedAt(String);

impl RecordedAt {
    /// Reads an RFC 3339 time.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<Timestamp>().ok().map(|_| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, from 1.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: RecordedAt,
    /// What it carries.
    pub kind: EntryKind,
    /// The payload, byte for byte.
    pub payload: Vec<u8>,
    /// Random bytes, so that nobody can find a destroyed payload again by trying likely ones.
    pub salt: [u8; 32],
    /// SHA-256 over salt and payload.
    pub commitment: Digest,
}

impl Entry {
    /// An entry with the commitment its salt and payload have.
    pub fn new(
        seq: u64,
        recorded_at: RecordedAt,
        kind: EntryKind,
        payload: Vec<u8>,
        salt: [u8; 32],
    ) -> Self {
        let commitment = commitment(&salt, &payload);
        Self { seq, recorded_at, kind, payload, salt, commitment }
    }

    /// True when the payload and salt are those that were committed to.
    pub fn commitment_holds(&self) -> bool {
        self.commitment == commitment(&self.salt, &self.payload)
    }

    /// The leaf: one field a line. No field can hold a line break, so no two entries share a leaf.
    pub fn leaf(&self) -> Vec<u8> {
        format!(
            "{LEAF_SCHEMA}\n{}\n{}\n{}\n{}\n",
            self.seq,
            self.recorded_at.as_str(),
            self.kind.code(),
            self.commitment
        )
        .into_bytes()
    }

    /// The hash of the leaf, as the tree takes it.
    pub fn leaf_hash(&self) -> Digest {
        leaf_hash(&self.leaf())
    }
}

fn commitment(salt: &[u8; 32], payload: &[u8]) -> Digest {
    Digest::of(&[salt, payload])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: u64, payload: &str, salt: u8) -> Entry {
        let at = RecordedAt::parse("2021-05-04T10:00:00Z").unwrap();
        Entry::new(seq, at, EntryKind::Report, payload.into(), [salt; 32])
    }

    #[test]
    fn the_leaf_changes_with_each_field_and_never_shows_the_payload() {
        let first = entry(1, "Misrata", 7);
        assert!(first.commitment_holds());
        for other in [entry(2, "Misrata", 7), entry(1, "misrata", 7), entry(1, "Misrata", 8)] {
            assert_ne!(first.leaf_hash(), other.leaf_hash());
        }
        assert!(!String::from_utf8(first.leaf()).unwrap().contains("Misrata"));
    }

    #[test]
    fn an_exchanged_payload_breaks_the_commitment() {
        assert!(!Entry { payload: b"other".to_vec(), ..entry(1, "one", 7) }.commitment_holds());
    }

    #[test]
    fn only_a_whole_time_is_a_time() {
        for text in ["", "2021-05-04", "2021-05-04T10:00:00", "2021-05-04T10:00:00Z\n", "now"] {
            assert_eq!(RecordedAt::parse(text), None, "{text:?}");
        }
        assert!(RecordedAt::parse("2021-05-04T12:00:00.5+02:00").is_some());
    }
}
