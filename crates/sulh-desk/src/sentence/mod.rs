//! Takes a dossier and one of its terms, gives one sentence that can be published, with footnotes.
//! Invariant: never more certain than the ledger: each part of the sentence stands on somebody's word, as firmly
//! as its own proposition; what nobody reports is said to be unreported, never not to have happened.
//!
//! Cases: `tests.rs` beside this file, over every state, grade and flag.

#[cfg(test)]
mod tests;
mod wording;

use crate::{
    meant::Meant,
    shapes::{
        diff::QuestionPart,
        dossier::{BecausePart, DossierShape, ElementPart, EstablishedPart, SpanPart, TermPart},
        report::ReportPart,
        sentence::{Footnote, SCHEMA, SentenceShape},
    },
};
use sulh_ledger::{
    rules::transition::{State, Transition},
    verdict::Flag,
};
use wording::{attributed, happened, silence};

/// The most characters of a promise that are quoted inside a sentence.
const QUOTE_CHARS_MAX: usize = 160;

/// Where the words of a span come from.
pub struct Source<'a> {
    /// The report they stand in.
    pub report: Option<&'a ReportPart>,
    /// The words; nothing where they may not be shown.
    pub words: Option<String>,
}

/// What says where the words of a span come from.
pub type Sources<'a> = &'a (dyn Fn(&SpanPart) -> Source<'a> + 'a);

/// The sentence; nothing where the dossier has no such term.
pub fn sentence<'a>(
    dossier: &'a DossierShape,
    meant: Meant,
    sources: Sources<'a>,
) -> Option<SentenceShape> {
    let term = dossier.terms.get(meant.term)?;
    let element = meant.element.and_then(|at| term.elements.get(at));
    let mut telling = Telling { term, sources, clauses: Vec::new(), footnotes: Vec::new() };
    telling.promise(&dossier.agreement.name);
    match element {
        Some(element) => telling.element(element),
        None => term.elements.iter().for_each(|element| telling.element(element)),
    }
    telling.beside();
    let days = if dossier.as_of == dossier.known_by {
        format!("As of {}", dossier.as_of)
    } else {
        format!("As of {}, by what was published by {}", dossier.as_of, dossier.known_by)
    };
    Some(SentenceShape {
        schema: SCHEMA,
        question: QuestionPart {
            as_of: dossier.as_of.clone(),
            known_by: dossier.known_by.clone(),
            recorded_by: dossier.recorded_by,
        },
        agreement: dossier.into(),
        term: element.map_or_else(|| term.id.clone(), |element| element.id.clone()),
        sentence: format!("{days}, {}.", telling.clauses.join("; ")),
        footnotes: telling.footnotes,
    })
}

struct Telling<'a> {
    term: &'a TermPart,
    sources: Sources<'a>,
    clauses: Vec<String>,
    footnotes: Vec<Footnote>,
}

impl Telling<'_> {
    /// That the agreement holds the promise.
    fn promise(&mut self, agreement: &str) {
        let bearer = self.term.bearer.as_ref().map(|who| format!(" by {}", plain(&who.name)));
        let that = format!(
            "the {} holds a promise{} ({})",
            plain(agreement),
            bearer.unwrap_or_default(),
            named(self.term.kind, &self.term.text)
        );
        let agreed = format!("{} agreed", self.term.id);
        match self.term.because.iter().find(|part| part.proposition == agreed) {
            Some(part) => self.clause(part, &that),
            None => self.clauses.push(format!("nobody has reported whether {that}")),
        }
        if self.term.flags.contains(&"content_disputed") {
            self.clauses
                .push("reports tell this promise in ways that contradict each other".into());
        }
    }

    /// What is said to have come of one element.
    fn element(&mut self, element: &ElementPart) {
        let it = match self.term.elements.len() {
            1 => "it".to_owned(),
            _ => format!("the part on {}", named(element.kind, &element.text)),
        };
        let own = format!("{} ", element.id);
        let mut is_told = false;
        for part in &self.term.because {
            let transition = part.proposition.strip_prefix(&own).and_then(Transition::from_code);
            if let Some(transition) = transition {
                self.clause(part, &happened(transition, &it));
                is_told = true;
            }
        }
        let unobserved = element.flags.contains(&Flag::ObservanceNotReported.code());
        if !is_told || unobserved {
            let state = State::from_code(element.reported.state).unwrap_or(State::NotAgreed);
            self.clauses.push(silence(if unobserved { State::Binding } else { state }, &it));
        }
        if let Some(said) = &element.established {
            self.established(said, &it);
        }
    }

    /// What stands beside the states of the whole term.
    fn beside(&mut self) {
        if self.term.flags.contains(&Flag::Overdue.code()) {
            self.clauses.push("the last day set for it has passed".to_owned());
        }
        if self.term.elements.len() != 1
            && let Some(said) = &self.term.established
        {
            self.established(said, "it");
        }
    }

    fn established(&mut self, said: &EstablishedPart, it: &str) {
        let state = said.state.replace('_', " ");
        let (by, reason) = (plain(&said.by), plain(&said.reason));
        self.clauses
            .push(format!("{by} established on {} that {it} is {state} ({reason})", said.day));
    }

    fn clause(&mut self, part: &BecausePart, that: &str) {
        let mark: String = part.spans.iter().map(|span| self.footnote(part, span)).collect();
        let mark = if mark.is_empty() { mark } else { format!(" {mark}") };
        self.clauses.push(attributed(part, &mark, that));
    }

    /// The number of the footnote of these words, made where there is none.
    fn footnote(&mut self, part: &BecausePart, span: &SpanPart) -> String {
        let voucher = match (part.lines.as_slice(), part.denials.as_slice()) {
            ([one], []) | ([], [one]) => one.voucher.clone(),
            _ => None,
        };
        let known = self.footnotes.iter_mut().find(|note| note.span == *span);
        if let Some(note) = known {
            // Words behind two propositions keep a voucher only where it is the same one.
            note.voucher = note.voucher.take().filter(|one| Some(one) == voucher.as_ref());
            return format!("[{}]", note.number);
        }
        let source = (self.sources)(span);
        let number = self.footnotes.len() + 1;
        self.footnotes.push(Footnote {
            number,
            voucher,
            outlet: source.report.and_then(|report| report.publisher.clone()),
            published: source
                .report
                .and_then(|report| Some(report.published.as_ref()?.edtf.clone())),
            source: source
                .report
                .map(|report| report.url.clone().unwrap_or_else(|| report.source.clone())),
            quote: source.words,
            span: span.clone(),
        });
        format!("[{number}]")
    }
}

/// A kind with the words of the page for it, as far as they may be shown.
fn named(kind: &str, text: &str) -> String {
    let kind = kind.replace('_', " ");
    let text = plain(text);
    let text = text.trim_end_matches(['.', ';', ',', ':']);
    if text.is_empty() {
        return kind;
    }
    let mut short: String = text.chars().take(QUOTE_CHARS_MAX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{kind}: \"{short}\"")
}

/// Words on one line, without the marks that would look like ours.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['"', '“', '”'], "'")
}
