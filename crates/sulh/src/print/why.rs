//! Takes `sulh.why/1` and the texts of its pages, gives everything behind a verdict, with the words labelled
//! where they stand.
//! Invariant: words that may not be shown are named by their bytes alone.

use super::{
    because::{because, wrapped},
    dossier::board,
    parts::spaced,
    spans::{Labelled, labelled},
    visible,
};
use std::collections::BTreeMap;
use sulh_desk::shapes::{
    dossier::{SpanPart, TermPart},
    report::ReportPart,
    why::WhyShape,
};

/// What gives the text around a span, where it may be shown.
pub type TextAround<'a> = &'a dyn Fn(&SpanPart) -> Option<String>;

/// The text of an answer.
pub fn why(shape: &WhyShape, text: TextAround<'_>, colour: bool) -> String {
    let question = &shape.question;
    let recorded = match question.recorded_by {
        Some(number) => format!("by entry {number}, {} recorded later", shape.recorded_later),
        None => "by the whole ledger".to_owned(),
    };
    let mut out = format!(
        "{}\n{} {}\nas of {}, known by {}, recorded {recorded}; {}\n\n",
        visible(&shape.agreement.name),
        shape.agreement.id,
        shape.element.as_ref().unwrap_or(&shape.term.id),
        question.as_of,
        question.known_by,
        shape.rules_version,
    );
    out.push_str(&board(&[asked(shape)]));
    out.push_str("\nBecause\n");
    if shape.term.because.is_empty() {
        out.push_str("  nobody says anything of it\n");
    }
    out.push_str(&because(shape.term.because.iter(), &|_| None));
    out.push_str("\nThe words, in the text of each page laid out to this width\n");
    words(&mut out, shape, text, colour);
    out
}

/// The term as the board shows it: of an element that was asked for, its own state and words.
fn asked(shape: &WhyShape) -> TermPart {
    let mut term = shape.term.clone();
    let element = shape.element.as_ref().and_then(|_| shape.term.elements.first());
    if let Some(element) = element {
        term.kind = element.kind;
        term.text.clone_from(&element.text);
        term.reported = element.reported.clone();
        term.claimed = element.claimed.clone();
        term.established.clone_from(&element.established);
        term.flags.clone_from(&element.flags);
    }
    term
}

/// The words, page by page, each with the propositions they stand behind.
fn words(out: &mut String, shape: &WhyShape, text: TextAround<'_>, colour: bool) {
    let mut pages: BTreeMap<(&str, &str), BTreeMap<&SpanPart, Vec<String>>> = BTreeMap::new();
    for part in &shape.term.because {
        for span in &part.spans {
            let page = pages.entry((&span.page, &span.page_text)).or_default();
            page.entry(span).or_default().push(visible(&spaced(&part.proposition)));
        }
    }
    for ((page, _), spans) in pages {
        out.push('\n');
        let report = shape.reports.iter().find(|report| report.page == page);
        let name = name(report, page);
        let mut labels = Vec::new();
        let mut shown = None;
        for (span, told) in &spans {
            let label = told.join(", ");
            match text(span) {
                Some(around) => {
                    shown = Some(around);
                    labels.push(Labelled { bytes: span.start..span.end, label });
                }
                None => {
                    let bytes = format!("{}..{}", span.start, span.end);
                    wrapped(out, &format!("{name}: "), 4, &format!("{label}: {bytes}, not shown"));
                }
            }
        }
        if let Some(shown) = shown {
            out.push_str(&labelled(&name, &shown, &labels, colour));
        }
    }
}

/// Where a page is from: its address or file, its outlet and the day it was published.
fn name(report: Option<&ReportPart>, page: &str) -> String {
    let Some(report) = report else { return visible(page) };
    let outlet = report.publisher.as_ref().map(|name| format!(", {name}"));
    let day = report.published.as_ref().map(|day| format!(", {}", day.edtf));
    visible(&format!(
        "{}{}{}",
        report.url.as_ref().unwrap_or(&report.source),
        outlet.unwrap_or_default(),
        day.unwrap_or_default()
    ))
}
