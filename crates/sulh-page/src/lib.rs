//! Takes the bytes of a capture and what is known beside them, gives a page: its text and its blocks.
//! Invariant: splitting never fails and never executes or renders anything; what was doubtful stands in `Page::notes`.
//!
//! Cases: `tests/pages` (whole pages), `tests/hostile.rs` (bad input), `tests/invariants.rs` (properties).

pub mod archive;
mod bullets;
mod controls;
pub mod copies;
mod decode;
mod draft;
pub mod feed;
mod format;
mod language;
mod markup;
mod plain;
mod published;
mod quotes;
mod reader_name;
mod register;
pub mod score;
mod signature;
mod signed;
pub mod spam;
mod stamp;
mod transport;
mod turns;
mod wording;

use crate::{draft::Draft, reader_name::ReaderNames};
use sha2::{Digest, Sha256};
use sulh_model::{
    imprint::{Imprint, Told},
    note::{Note, NoteCode},
    origin::{ElementOrigin, Origins, Trail},
    page::{CaptureId, Page, PageAbout},
    span::Span,
};

pub use decode::INPUT_BYTES_MAX;
pub use format::Format;
pub use plain::trial as plain_trial;
pub use register::{RulesError, check_rules};
pub use signature::signature;
pub use transport::{Arrival, Transport};

/// What was fetched, and what is known beside the bytes.
#[derive(Clone, Debug)]
pub struct Capture<'a> {
    /// The bytes as fetched.
    pub bytes: &'a [u8],
    /// Source, title, outlet and day as given beside the page; they win over what the page says.
    pub about: PageAbout,
    /// How they came.
    pub transport: Transport,
    /// Turns readers' names into pseudonyms; the same key gives the same pseudonym on every page.
    pub pseudonym_key: &'a [u8; 32],
}

/// Decodes a capture and splits it into blocks.
pub fn split(capture: &Capture<'_>) -> Page {
    let transport = &capture.transport;
    let decoded = decode::decode(capture.bytes, transport.content_type.as_deref());
    let names = ReaderNames::new(capture.pseudonym_key);
    let format = transport.format.unwrap_or_else(|| Format::of(&decoded.text));
    let (mut draft, imprint) = match format {
        Format::Html => markup::split(&decoded.text, names, &capture.about, transport.captured),
        Format::Plain => plain::split(&decoded.text, names, &capture.about),
    };
    draft.notes.splice(0..0, transport.notes.iter().cloned().chain(decoded.notes));
    let about = over_told(&capture.about, &imprint, &mut draft.notes);
    let origins = origins(&draft, decoded.charset, &decoded.trail);
    finish(capture_id(capture.bytes), about, imprint, draft, origins)
}

/// What was given beside a page, and where nothing was what it tells of itself.
fn over_told(given: &PageAbout, imprint: &Imprint, notes: &mut Vec<Note>) -> PageAbout {
    let told = imprint.published.as_ref().map(|told| &told.value);
    if let (Some(given), Some(told)) = (&given.published, told)
        && !published::agree(given, told)
    {
        let message = format!(
            "The page gives {} as its day of publication, and {} was given beside it; the latter was used.",
            told.edtf, given.edtf
        );
        notes.push(Note::new(NoteCode::DateAmbiguous, Span::new(0, 0), message));
    }
    let value = |told: &Option<Told<String>>| told.as_ref().map(|told| told.value.clone());
    PageAbout {
        source: given.source.clone(),
        url: given.url.clone(),
        title: given.title.clone().or_else(|| value(&imprint.title)),
        publisher: given.publisher.clone().or_else(|| value(&imprint.publisher)),
        published: given.published.clone().or_else(|| told.cloned()),
    }
}

/// The id of a capture: SHA-256 of its bytes.
pub fn capture_id(bytes: &[u8]) -> CaptureId {
    CaptureId::from_digest(&Sha256::digest(bytes).into())
}

fn finish(
    id: CaptureId,
    about: PageAbout,
    imprint: Imprint,
    draft: Draft,
    origins: Origins,
) -> Page {
    let Draft { text, blocks, mut notes, .. } = draft;
    let whole = Span::new(0, 0);
    if text.trim().is_empty() {
        notes.push(Note::new(NoteCode::PageEmpty, whole, "The capture holds no text."));
    }
    if let Some(span) = decode::first_control(&text) {
        let message = "The text holds invisible or direction-changing controls; they are kept.";
        notes.push(Note::new(NoteCode::ControlCharacters, span, message));
    }
    let language = language::of(&text, &blocks);
    if language.as_deref().is_some_and(|code| code != "en") {
        let message =
            "The page is in a language the reader does not read; select its words by hand.";
        notes.push(Note::new(NoteCode::LanguageUnread, whole, message));
    }
    Page { id, about, imprint, language, text, blocks, origins, notes }
}

/// From the page's text to the bytes of the capture.
fn origins(draft: &Draft, charset: &'static str, decoded: &Trail) -> Origins {
    let whole = Span::new(0, draft.text.len());
    let start = |at: usize| decoded.cover(Span::new(at, at + 1)).map(Span::start);
    let elements = draft.elements.iter().filter_map(|(block, element)| {
        let path = element.path.clone();
        Some((*block, ElementOrigin { path, start: start(element.start)? }))
    });
    Origins { charset, trail: draft.trail.through(decoded, whole), elements: elements.collect() }
}
