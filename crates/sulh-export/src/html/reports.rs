//! Takes a dossier and the reports of its question, gives the reports it cites, numbered, and their table.
//! Invariant: every quote of the dossier finds its number; numbers follow the days of publication.

use super::{View, dates, said};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use sulh_ledger::{
    report::{Report, Told},
    verdict::{Because, BreachVerdict, Dossier, OpenQuestion, Quote, Responsible, TermVerdict},
};
use sulh_model::{page::CaptureId, span::Span};

/// A page with the text its spans count in.
type Text<'a> = (&'a CaptureId, &'a CaptureId);

/// The reports a dossier cites.
pub struct Cited<'a> {
    /// The reports of each page, the earliest first, in the order of their numbers.
    pages: Vec<Vec<&'a Told>>,
    numbers: BTreeMap<Text<'a>, usize>,
}

impl<'a> Cited<'a> {
    /// The reports among those given that hold words of the dossier.
    pub fn new(dossier: &Dossier, reports: &[&'a Told]) -> Self {
        let wanted: BTreeSet<Text<'_>> =
            quotes(dossier).into_iter().map(|quote| (&quote.page, &quote.text)).collect();
        let mut pages: BTreeMap<Text<'a>, Vec<&'a Told>> = BTreeMap::new();
        for told in reports {
            let text = (&told.report.capture, &told.report.text);
            if wanted.contains(&text) {
                pages.entry(text).or_default().push(told);
            }
        }
        let mut pages: Vec<Vec<&Told>> = pages.into_values().collect();
        for copies in &mut pages {
            copies.sort_by_key(|told| (told.report.known_from(), told.report.identity()));
        }
        pages.sort_by_key(|copies| {
            copies.first().map(|told| (told.report.known_from(), told.report.identity()))
        });
        let numbered = pages.iter().enumerate().filter_map(|(at, copies)| {
            let report = &copies.first()?.report;
            Some(((&report.capture, &report.text), at + 1))
        });
        Self { numbers: numbered.collect(), pages }
    }

    /// The number of a quote's page, and the report of it that is cited.
    pub fn find(&self, quote: &Quote) -> Option<(usize, &'a Told)> {
        let number = *self.numbers.get(&(&quote.page, &quote.text))?;
        Some((number, self.pages.get(number - 1)?.first()?))
    }

    /// Every cited report: the number of its page, its place among the copies of it, and itself.
    pub fn each(&self) -> impl Iterator<Item = (usize, usize, &'a Report)> + '_ {
        let copies_of = |(at, copies): (usize, &'_ Vec<&'a Told>)| {
            let copies: Vec<&'a Report> = copies.iter().map(|told| &told.report).collect();
            copies.into_iter().enumerate().map(move |(copy, report)| (at + 1, copy, report))
        };
        self.pages.iter().enumerate().flat_map(copies_of)
    }
}

impl View<'_> {
    /// The words around a quote, and where its own words stand in them.
    pub fn excerpt(&self, quote: &Quote) -> Option<(String, Span)> {
        let (_, told) = self.cited.find(quote)?;
        (self.excerpts)(told, quote.span)
    }
}

/// Every quote of a dossier.
fn quotes(dossier: &Dossier) -> Vec<&Quote> {
    let agreement = &dossier.agreement;
    let neighbours = agreement.predecessors.iter().chain(&dossier.leads);
    spans(&agreement.stage.because)
        .chain(spans(&agreement.because))
        .chain(agreement.pressure.iter().map(|pressure| &pressure.quote))
        .chain(neighbours.map(|neighbour| &neighbour.quote))
        .chain(agreement.breaches.iter().flat_map(of_breach))
        .chain(&agreement.leads)
        .chain(dossier.terms.iter().flat_map(of_term))
        .chain(dossier.open.iter().filter_map(of_question))
        .collect()
}

fn of_term(term: &TermVerdict) -> impl Iterator<Item = &Quote> {
    let elements = term.elements.iter().map(|element| &element.quote);
    let incidents = term.elements.iter().flat_map(|element| &element.incidents);
    term.quotes
        .iter()
        .chain(elements)
        .chain(incidents.map(|incident| &incident.quote))
        .chain(term.versions.iter().map(|version| &version.quote))
        .chain(term.delivered.iter().map(|delivered| &delivered.quote))
        .chain(spans(&term.because))
}

fn of_question(question: &OpenQuestion) -> Option<&Quote> {
    match question {
        OpenQuestion::PossiblySame { .. } => None,
        OpenQuestion::PossibleBreach { quote, .. } | OpenQuestion::SeveralTerms { quote, .. } => {
            Some(quote)
        }
    }
}

fn spans(because: &[Because]) -> impl Iterator<Item = &Quote> {
    because.iter().flat_map(|because| &because.spans)
}

fn of_breach(breach: &BreachVerdict) -> Vec<&Quote> {
    let accused = match &breach.responsible {
        Responsible::Accused(accused) => accused.as_slice(),
        Responsible::Nobody(_) => &[],
    };
    let blamed = accused.iter().flat_map(|(_, because)| &because.spans);
    std::iter::once(&breach.quote).chain(&breach.incident.spans).chain(blamed).collect()
}

/// The number of a quote's page, leading to its row in the table.
pub fn reference(view: &View<'_>, quote: &Quote) -> Markup {
    html! {
        @match view.cited.find(quote) {
            Some((number, _)) => a href={ "#report-" (number) } { "[" (number) "]" },
            None => "not among the reports",
        }
    }
}

/// The outlet of a report.
pub fn outlet(report: &Report) -> Markup {
    html! {
        @match &report.publisher {
            Some(publisher) => (said::name(publisher)),
            None => "publisher not known",
        }
    }
}

/// The day a report was published.
pub fn published(report: &Report) -> Markup {
    html! {
        @match &report.published {
            Some(day) => { span title={ "EDTF " (day.edtf) } { (dates::uncertain(day)) } }
            None => { "day not known, taken in " (dates::day(report.archived)) }
        }
    }
}

/// The table of the reports.
pub fn section(view: &View<'_>) -> Markup {
    html! {
        section.reports aria-labelledby="reports" {
            h2 id="reports" { "Reports cited" }
            div.wide role="region" aria-labelledby="reports" tabindex="0" {
                table {
                    caption { "By day of publication. A mirror of the same bytes has the same number: it adds a report, never a line." }
                    thead {
                        tr {
                            th scope="col" { "No." }
                            th scope="col" { "Publisher" }
                            th scope="col" { "Published" }
                            th scope="col" { "Title and address" }
                            th scope="col" { "SHA-256 of the capture" }
                        }
                    }
                    tbody {
                        @for (number, copy, report) in view.cited.each() {
                            tr id=[(copy == 0).then(|| format!("report-{number}"))] {
                                th scope="row" { (number) }
                                td { (outlet(report)) }
                                td { (published(report)) }
                                td {
                                    @if let Some(title) = &report.title { div dir="auto" { (crate::visible(title)) } }
                                    @if let Some(url) = &report.url { div.address { (said::name(url)) } }
                                }
                                td { code.hash { (report.capture.hex()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
