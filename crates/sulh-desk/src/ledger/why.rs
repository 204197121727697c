//! Takes a question on one term, gives everything behind its verdict, and the texts its words stand in.
//! Invariant: words of a reader's comment or an advert are blanked out of a text before it is given.

use super::{DeskError, LedgerDesk};
use crate::{
    meant::{TermError, meant},
    quotes,
    sentence::{Source, sentence},
    shapes::{
        dossier::{DossierShape, SpanPart},
        report::ReportPart,
        sentence::SentenceShape,
        why::WhyShape,
    },
};
use sulh_ledger::verdict::{Question, Quote};
use sulh_model::{page::CaptureId, span::Span};
use sulh_store::LedgerStore;

impl<S: LedgerStore> LedgerDesk<S> {
    /// Everything behind the verdict on a term of the agreement that was meant.
    pub fn why(&self, wanted: &str, term: &str, question: Question) -> Result<WhyShape, DeskError> {
        let dossier = self.show(wanted, question)?;
        let meant = meant(&dossier.terms, term)?;
        let shape = WhyShape::of(&dossier, question, meant, self.report_parts(question));
        Ok(shape.ok_or_else(|| gone(term))?)
    }

    /// One sentence on a term that can be published, no more certain than the ledger.
    pub fn say(
        &self,
        wanted: &str,
        term: &str,
        question: Question,
    ) -> Result<SentenceShape, DeskError> {
        let dossier: DossierShape = self.show(wanted, question)?;
        let meant = meant(&dossier.terms, term)?;
        let reports = self.report_parts(question);
        let source = |span: &SpanPart| Source {
            // Of several reports of one page the earliest published is quoted.
            report: reports.iter().find(|report| report.page == span.page),
            words: self.quote(span),
        };
        Ok(sentence(&dossier, meant, &source).ok_or_else(|| gone(term))?)
    }

    /// Every report a question may see, the earliest known first.
    pub(super) fn report_parts(&self, question: Question) -> Vec<ReportPart> {
        let mut reports = self.ledger.reports(question);
        reports.sort_by_key(|told| told.report.known_from().day);
        reports.into_iter().map(|told| (&told.report).into()).collect()
    }

    /// The text a span stands in, with the words of readers and adverts blanked out; nothing where the
    /// span itself may not be shown.
    pub fn text_around(&self, span: &SpanPart) -> Option<String> {
        let (page, id) = (CaptureId::parse(&span.page)?, CaptureId::parse(&span.page_text)?);
        let quote = Quote { page, text: id, span: Span::new(span.start, span.end) };
        self.words(&quote)?;
        let blocks = self.ledger.blocks(&quote)?.iter().map(|block| (block.kind, block.span));
        Some(quotes::blanked(&self.text(&quote.text)?, blocks))
    }
}

/// What was just found is there.
fn gone(term: &str) -> TermError {
    TermError::None { wanted: term.to_owned(), known: "it is not there at these days".to_owned() }
}
