//! Takes the terms of a dossier, gives each with its particulars and every proposition on it.
//! Invariant: an element nobody reports on says so: silence is not evidence.

use super::{View, board, evidence, marks, said, words};
use maud::{Markup, html};
use sulh_ledger::{propositions::Proposition, verdict::TermVerdict};

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
