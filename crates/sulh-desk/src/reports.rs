//! Takes the bytes of a report and what is known beside them, gives its page and what it says.
//! Invariant: reading never fails; only a damaged rule or register of the program itself is an error.

use crate::shapes::reading::ReadingShape;
use std::sync::Arc;
use sulh_model::{
    note::NoteCode,
    page::{Page, PageAbout},
    reading::Reading,
};
use sulh_page::{Capture, Transport};
use sulh_reading::{Effort, Reader};
use sulh_syntax::{Analyzer, Depth, Parser};

/// Why no report can be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The rules.
    #[error("the reader's own rules cannot be loaded: {0}")]
    Rules(#[from] sulh_reading::RulesError),
    /// The parsers.
    #[error(transparent)]
    Syntax(#[from] sulh_syntax::SyntaxError),
}

/// Reads reports.
pub struct ReportDesk {
    reader: Reader,
    effort: Effort,
    pseudonym_key: [u8; 32],
}

impl ReportDesk {
    /// A desk whose commenters get the pseudonyms of this key, and which reads as carefully as can be.
    pub fn new(pseudonym_key: [u8; 32]) -> Result<Self, ReportError> {
        Self::with(pseudonym_key, Parser::shipped(Depth::Both)?, Effort::Full)
    }

    /// A desk with a parser of one's own and as much work as each page is worth. A parser that reads fast reads
    /// every page fast.
    pub fn with(
        pseudonym_key: [u8; 32],
        parser: Arc<Parser>,
        effort: Effort,
    ) -> Result<Self, ReportError> {
        let effort = if parser.depth() == Depth::Fast { Effort::Fast } else { effort };
        let reader = Reader::new(Analyzer::new(parser)?)?;
        Ok(Self { reader, effort, pseudonym_key })
    }

    /// What its reader is called: its version, and how it reads where that is less than it can.
    pub const fn reader(&self) -> &'static str {
        self.effort.reader()
    }

    /// Splits and reads one report.
    pub fn read(&self, bytes: &[u8], about: PageAbout, transport: Transport) -> (Page, Reading) {
        let pseudonym_key = &self.pseudonym_key;
        let page = sulh_page::split(&Capture { bytes, about, transport, pseudonym_key });
        let reading = self.reader.read_with(&page, self.effort);
        (page, reading)
    }

    /// Splits and reads a report that came by itself, in the shape that is printed.
    pub fn told(&self, bytes: &[u8], about: PageAbout) -> ReadingShape {
        let (page, reading) = self.read(bytes, about, Transport::default());
        ReadingShape::of(&page, &reading, self.reader())
    }
}

/// Why a page holds nothing that can be read, if so: it is empty, or no text.
pub fn nothing_to_read(page: &Page) -> Option<&'static str> {
    if page.notes.iter().any(|note| note.code == NoteCode::PageBinary) {
        Some("is not text")
    } else if page.text.trim().is_empty() {
        Some("holds no text")
    } else {
        None
    }
}
