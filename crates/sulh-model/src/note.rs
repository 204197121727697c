//! Takes a doubt met while reading, gives a note with a stable code and the place it is about.
//! Invariant: every code is described in docs/notes.md; a note never stops the reading.

use crate::span::Span;

crate::codes! {
    /// Why a note was made.
    pub enum NoteCode {
        /// The capture holds no text at all.
        PageEmpty = "page-empty",
        /// The capture is not text.
        PageBinary = "page-binary",
        /// The page was longer than the limit; the rest was not read.
        PageCut = "page-cut",
        /// Bytes that are no characters of the charset were replaced.
        CharsetReplaced = "charset-replaced",
        /// The digest an archive kept of the page is not that of its bytes.
        DigestMismatch = "digest-mismatch",
        /// A feed gave a summary and not the report.
        SummaryOnly = "summary-only",
        /// The declared charset does not fit the bytes; another was used.
        CharsetMismatch = "charset-mismatch",
        /// The text holds invisible or direction-changing controls.
        ControlCharacters = "control-characters",
        /// The markup is nested deeper than the limit.
        MarkupTooDeep = "markup-too-deep",
        /// Where the article ends and its readers begin is not sure.
        BlockUnsure = "block-unsure",
        /// A language the reader does not read.
        LanguageUnread = "language-unread",
        /// A sentence longer than the limit was read in pieces.
        SentenceCut = "sentence-cut",
        /// A date that can mean several days.
        DateAmbiguous = "date-ambiguous",
        /// A date that does not exist.
        DateImpossible = "date-impossible",
        /// A relative date on a page without a publication day.
        DateUnresolved = "date-unresolved",
        /// The page has no publication day.
        PublishedUnknown = "published-unknown",
        /// A feed gives a day of publication that cannot be read.
        PublishedUnread = "published-unread",
        /// The page speaks of a day after its own publication as past.
        DateAfterPublication = "date-after-publication",
        /// Several places of this name.
        PlaceAmbiguous = "place-ambiguous",
        /// A place the gazetteer does not know.
        PlaceUnknown = "place-unknown",
        /// A term inherits the attribution of the sentence that introduces its list.
        VoucherInherited = "voucher-inherited",
        /// The source named is relayed; its own page was not seen.
        OriginalNotSeen = "original-not-seen",
        /// A promise the vocabulary has no kind for.
        TermKindUnknown = "term-kind-unknown",
        /// The parsers do not agree on the words an attribution, a term or an event rests on.
        StructureUnsure = "structure-unsure",
        /// A pronoun or definite phrase whose referent is not sure.
        ReferenceUnsure = "reference-unsure",
        /// A sentence said "it is being implemented" of the whole agreement.
        AgreementImplemented = "agreement-implemented",
        /// Something called an agreement that is none between parties to a conflict.
        OutOfScope = "out-of-scope",
        /// An agreement only a reader's comment speaks of.
        LeadOnly = "lead-only",
        /// A figure below fifty on persons was banded.
        CountBanded = "count-banded",
    }
}

/// A doubt, with the place it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Why.
    pub code: NoteCode,
    /// Where, in the page's text; empty at 0 when about the whole page.
    pub span: Span,
    /// One sentence for the analyst.
    pub message: String,
}

impl Note {
    /// A note on a stretch of the page.
    pub fn new(code: NoteCode, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into() }
    }
}
