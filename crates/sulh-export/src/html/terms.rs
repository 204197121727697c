//! Takes the terms of a dossier, gives each with its particulars and every proposition on it.
//! Invariant: an element nobody reports on says so: silence is not evidence.

use super::{View, board, dates, evidence, marks, reports, said, words};
use maud::{Markup, PreEscaped, html};
use sulh_ledger::{
    propositions::Proposition,
    verdict::{TermVerdict, Version},
};

/// Every term.
pub fn section(view: &View<'_>) -> Markup {
    let terms = &view.dossier.terms;
    html! {
        @if !terms.is_empty() {
            section aria-labelledby="terms" {
                h2 id="terms" { "Each term and the words it rests on" }
                @for (at, told) in terms.iter().enumerate() { (term(view, at, told)) }
            }
        }
    }
}

fn term(view: &View<'_>, at: usize, told: &TermVerdict) -> Markup {
    let term = &told.term;
    html! {
        article.term id={ "term-" (at + 1) } {
            h3 { "Term " (at + 1) ": " (words::spaced(told.term.kind.code())) }
            dl.facts {
                dt { "Promised" }
                dd {
                    (marks::grade(told.agreed.upheld))
                    @if !told.agreed.version.is_empty() {
                        ", as told by "
                        @for (at, teller) in told.agreed.version.iter().enumerate() {
                            @if at > 0 { ", " }
                            (said::name(teller))
                        }
                    }
                }
                @if let Some(bearer) = &term.bearer { dt { "Bearer" } dd { (said::who(bearer)) } }
                @if let Some(to) = &term.beneficiary { dt { "For" } dd { (said::who(to)) } }
                @if let Some(object) = &term.object { dt { "Object" } dd { (said::quoted(object)) } }
                @if let Some(place) = &term.place { dt { "Place" } dd { (said::place(place)) } }
                @if let Some(place) = &term.destination { dt { "Destination" } dd { (said::place(place)) } }
            }
            (board::conditions(told))
            (evidence::propositions(view, &told.because.iter().collect::<Vec<_>>()))
            (silent(view, at, told))
            (versions(view, told))
            (deliveries(view, told))
            (incidents(view, told))
        }
    }
}

/// The elements nobody reports on.
fn silent(view: &View<'_>, at: usize, told: &TermVerdict) -> Markup {
    let is_told = |wanted: usize| {
        told.because.iter().any(
            |one| matches!(one.proposition, Proposition::Element { element, .. } if element == wanted),
        )
    };
    let silent: Vec<usize> = (0..told.elements.len()).filter(|at| !is_told(*at)).collect();
    let anomalies = told.elements.iter().flat_map(|element| &element.anomalies);
    html! {
        @for element in silent {
            p.aside {
                (said::element_name(view.dossier, at, element))
                ": no report on its performance. No report is not a report that nothing happened."
            }
        }
        @for step in anomalies {
            p.aside { "Told and not applied, as it cannot follow from the state before: " (words::transition(*step)) "." }
        }
    }
}

/// What each page says of the promise, where they say different things: no value is dropped for another.
fn versions(view: &View<'_>, told: &TermVerdict) -> Markup {
    let rows: Vec<[String; 4]> = told.versions.iter().map(particulars).collect();
    html! {
        @if rows.windows(2).any(|pair| pair[0] != pair[1]) {
            div.wide {
                table.versions {
                    caption { "As each page tells it" }
                    thead {
                        tr {
                            th scope="col" { "Report" } th scope="col" { "Quantity" }
                            th scope="col" { "Deadline" } th scope="col" { "Destination" }
                            th scope="col" { "Only if" }
                        }
                    }
                    tbody {
                        @for (version, row) in told.versions.iter().zip(rows) {
                            tr {
                                th scope="row" { (reports::reference(view, &version.quote)) }
                                @for cell in row { td { (PreEscaped(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn particulars(version: &Version) -> [String; 4] {
    let cells = [
        version.quantity.as_ref().map(said::quantity),
        version.deadline.as_ref().map(said::date),
        version.destination.as_ref().map(said::place),
        version.condition.as_deref().map(said::quoted),
    ];
    cells.map(|cell| cell.map_or_else(|| "not told".to_owned(), PreEscaped::into_string))
}

/// The words that tell how many were delivered; the numbers stand with the promise.
fn deliveries(view: &View<'_>, told: &TermVerdict) -> Markup {
    html! {
        @if !told.delivered.is_empty() {
            h4 { "Told as delivered" }
            @for one in &told.delivered { (evidence::passage(view, &one.quote)) }
        }
    }
}

/// Fighting while a truce held, and how often it is said to be broken.
fn incidents(view: &View<'_>, told: &TermVerdict) -> Markup {
    let breaches: usize = told.elements.iter().map(|element| element.breaches).sum();
    let incidents: Vec<_> = told.elements.iter().flat_map(|element| &element.incidents).collect();
    html! {
        @if breaches > 0 {
            p { "Said to be broken " (said::count(breaches, "time")) ", and not contradicted in it." }
        }
        @if !incidents.is_empty() {
            h4 { "Fighting where and while it held: without blame" }
            p.aside { "Nobody’s words tie it to the promise; it is no breach." }
            @for incident in incidents {
                p.topic { "Happened " (dates::window(incident.window)) }
                (evidence::passage(view, &incident.quote))
            }
        }
    }
}
