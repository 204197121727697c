//! Takes a dossier, gives the questions that only a person can answer.
//! Invariant: none of them moves a verdict, and each says what it rests on.

use super::{View, evidence, said, words};
use maud::{Markup, html};
use sulh_ledger::verdict::OpenQuestion;

/// The questions.
pub fn section(view: &View<'_>) -> Markup {
    html! {
        @if !view.dossier.open.is_empty() {
            section aria-labelledby="open" {
                h2 id="open" { "Open: for a person to decide" }
                p { "Nothing on this page rests on these yet." }
                @for question in &view.dossier.open { (self::question(view, question)) }
            }
        }
    }
}

fn question(view: &View<'_>, question: &OpenQuestion) -> Markup {
    html! {
        article.because {
            @match question {
                OpenQuestion::PossiblySame { other, grounds, obstacles } => {
                    h3 { "Is " (other) " the same agreement?" }
                    dl.facts {
                        @for ground in grounds { dt { "For it" } dd { (words::ground(*ground)) } }
                        @for obstacle in obstacles { dt { "Against it" } dd { (words::obstacle(*obstacle)) } }
                    }
                }
                OpenQuestion::PossibleBreach { element, quote } => {
                    h3 { "Does this break " (said::term_id(element)) "?" }
                    p.aside { "The words do not say so." }
                    (evidence::passage(view, quote))
                }
                OpenQuestion::SeveralTerms { terms, quote } => {
                    h3 { "On which of several terms does this bear?" }
                    p {
                        @for (at, term) in terms.iter().enumerate() {
                            @if at > 0 { ", " }
                            (said::term_id(term))
                        }
                    }
                    (evidence::passage(view, quote))
                }
            }
        }
    }
}
