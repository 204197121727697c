//! Takes the breaches of an agreement and of those it follows, gives the incident and the responsibility apart.
//! Invariant: the grade of an incident never stands for that of the blame; where nobody is to blame, the page says why.

use super::{View, evidence, said, words};
use maud::{Markup, html};
use sulh_ledger::verdict::{BreachVerdict, Responsible};

/// Every breach.
pub fn section(view: &View<'_>) -> Markup {
    let breaches = &view.dossier.agreement.breaches;
    html! {
        @if !breaches.is_empty() {
            section aria-labelledby="breaches" {
                h2 id="breaches" { "Breaches told" }
                p { "That something happened and who is to blame are two questions, each with its own grade." }
                @for (at, told) in breaches.iter().enumerate() { (breach(view, at, told)) }
            }
        }
    }
}

fn breach(view: &View<'_>, at: usize, told: &BreachVerdict) -> Markup {
    let agreement = &view.dossier.agreement;
    let of = agreement.predecessors.iter().find(|before| before.key == told.of);
    html! {
        article.breach {
            h3 {
                "Breach " (at + 1) " "
                @match of {
                    Some(before) => { "of an earlier agreement, " (said::name(&before.name)) }
                    None => "of this agreement",
                }
            }
            @if let Some(place) = &told.place { p { "In " (said::place(place)) "." } }
            (evidence::under(view, &told.incident, &html! { "Incident" }))
            @match &told.responsible {
                Responsible::Accused(accused) => {
                    p.notice {
                        b { "Not reviewed. " }
                        "Who is named as responsible below was read from the words by the program; no person has "
                        "decided on it. Take the name out before this page is passed on."
                    }
                    @for (who, because) in accused {
                        (evidence::under(view, because, &html! { "Responsible: " (said::who(who)) }))
                    }
                }
                Responsible::Nobody(reason) => {
                    article.because {
                        h4 { "Responsible: nobody" }
                        p { (words::nobody(*reason)) "." }
                    }
                }
            }
        }
    }
}
