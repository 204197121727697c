//! Takes the bytes of a report and what is known beside them, gives its page and what it says.
//! Invariant: reading never fails; only a damaged rule or register of the program itself is an error.

use crate::shapes::reading::ReadingShape;
use sulh_model::{
    note::NoteCode,
    page::{Page, PageAbout},
    reading::Reading,
};
use sulh_page::Capture;
use sulh_reading::Reader;

/// Why no report can be read at all.
#[derive(Debug, thiserror::Error)]
#[error("the reader's own rules cannot be loaded: {0}")]
pub struct ReportError(#[from] sulh_reading::RulesError);

/// Reads reports.
pub struct ReportDesk {
    reader: Reader,
    pseudonym_key: [u8; 32],
}

impl ReportDesk {
    /// A desk whose commenters get the pseudonyms of this key.
    pub fn new(pseudonym_key: [u8; 32]) -> Result<Self, ReportError> {
        Ok(Self { reader: Reader::shipped()?, pseudonym_key })
    }

    /// Splits and reads one report.
    pub fn read(&self, bytes: &[u8], about: PageAbout) -> (Page, Reading) {
        let page = sulh_page::split(&Capture { bytes, about, pseudonym_key: &self.pseudonym_key });
        let reading = self.reader.read(&page);
        (page, reading)
    }

    /// Splits and reads one report, in the shape that is printed.
    pub fn told(&self, bytes: &[u8], about: PageAbout) -> ReadingShape {
        let (page, reading) = self.read(bytes, about);
        ReadingShape::of(&page, &reading)
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
