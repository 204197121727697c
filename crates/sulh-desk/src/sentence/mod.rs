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
use std::collections::BTreeSet;
use sulh_ledger::{rules::transition::State, verdict::Flag};
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
    }

    /// What is said to have come of one element.
    fn element(&mut self, element: &ElementPart) {
        let it = match self.term.elements.len() {
            1 => "it".to_owned(),
            _ => part_of(element.kind, &element.text),
        };
        let mut is_told = false;
        for part in &self.term.because {
            let Some((_, transition)) = part.transition().filter(|(of, _)| *of == element.id)
            else {
                continue;
            };
            // What came again is told with its own lines, beside the first time.
            let again = if part.came_again() { "once more " } else { "" };
            self.clause(part, &format!("{again}{}", happened(transition, &it)));
            is_told = true;
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
        if self.term.flags.contains(&Flag::ContentDisputed.code()) {
            let told = "reports tell this promise in ways that contradict each other";
            self.clauses.push(told.to_owned());
        }
        if self.term.flags.contains(&Flag::IncidentsReported.code()) {
            let told = "fighting was reported where and while it held, without blame here";
            self.clauses.push(told.to_owned());
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
        let numbers: BTreeSet<usize> =
            part.spans.iter().map(|span| self.footnote(part, span)).collect();
        let mark: String = numbers.iter().map(|number| format!("[{number}]")).collect();
        let mark = if mark.is_empty() { mark } else { format!(" {mark}") };
        self.clauses.push(attributed(part, &mark, that));
    }

    /// The number of the footnote of these words, made where there is none.
    fn footnote(&mut self, part: &BecausePart, span: &SpanPart) -> usize {
        let voucher = match (part.lines.as_slice(), part.denials.as_slice()) {
            ([one], []) | ([], [one]) => one.voucher.clone(),
            _ => None,
        };
        let source = (self.sources)(span);
        let report = source.report;
        let published = report.and_then(|report| report.published.as_ref());
        let note = Footnote {
            number: self.footnotes.len() + 1,
            voucher,
            outlet: report.and_then(|report| report.publisher.clone()),
            published: published.map(|day| day.edtf.clone()),
            source: report.map(|report| report.url.as_ref().unwrap_or(&report.source).clone()),
            quote: source.words,
            span: span.clone(),
        };
        if let Some(known) = self.footnotes.iter_mut().find(|known| is_same(known, &note)) {
            // Words behind two propositions keep a voucher only where it is the same one.
            known.voucher = known.voucher.take().filter(|one| Some(one) == note.voucher.as_ref());
            return known.number;
        }
        self.footnotes.push(note);
        self.footnotes.len()
    }
}

/// The same words at the same place, or in the same outlet of the same day: a page that was captured twice.
fn is_same(known: &Footnote, note: &Footnote) -> bool {
    let told = |note: &Footnote| (note.outlet.clone(), note.published.clone(), note.quote.clone());
    known.span == note.span || (note.quote.is_some() && told(known) == told(note))
}

/// A part of a promise, in the words of the page as far as they may be shown.
fn part_of(kind: &str, text: &str) -> String {
    match short(text) {
        Some(words) => format!("the part \"{words}\""),
        None => format!("the part on {}", kind.replace('_', " ")),
    }
}

/// A kind with the words of the page for it, as far as they may be shown.
fn named(kind: &str, text: &str) -> String {
    let kind = kind.replace('_', " ");
    match short(text) {
        Some(words) => format!("{kind}: \"{words}\""),
        None => kind,
    }
}

fn short(text: &str) -> Option<String> {
    let text = plain(text);
    let text = text.trim_end_matches(['.', ';', ',', ':']);
    let mut short: String = text.chars().take(QUOTE_CHARS_MAX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    (!short.is_empty()).then_some(short)
}

/// Words on one line, without the marks that would look like ours.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(['"', '“', '”'], "'")
}
