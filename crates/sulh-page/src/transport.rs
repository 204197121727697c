//! Takes what a server, a feed or an archive says of the bytes it gives, gives it on to splitting and to the ledger.
//! Invariant: nothing here is the outlet's own word; the day of a capture is never a day of publication.

use crate::format::Format;
use jiff::civil::Date;
use sulh_model::{
    note::{Note, NoteCode},
    page::PageAbout,
    span::Span,
};

/// How a capture came. A file by itself says nothing: that is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transport {
    /// The `Content-Type` it was served with; its charset goes before the one the page declares.
    pub content_type: Option<String>,
    /// What it is written in, where a feed says so; otherwise the text itself tells.
    pub format: Option<Format>,
    /// The day an archive captured it.
    pub captured: Option<Date>,
    /// What was doubtful on the way.
    pub notes: Vec<Note>,
}

impl Transport {
    /// Adds a doubt about the whole capture.
    pub(crate) fn doubt(&mut self, code: NoteCode, message: impl Into<String>) {
        self.notes.push(Note::new(code, Span::new(0, 0), message));
    }
}

/// A report as it came out of a feed or an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Its bytes, every packing taken off.
    pub bytes: Vec<u8>,
    /// What the feed or archive tells of it.
    pub about: PageAbout,
    /// How it came.
    pub transport: Transport,
}
