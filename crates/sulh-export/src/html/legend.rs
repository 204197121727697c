//! Takes a dossier, gives what its signs and words mean.
//! Invariant: every grade, and every state and flag the page shows, is explained.

use super::{View, marks, words};
use maud::{Markup, html};
use std::collections::BTreeSet;
use sulh_ledger::{
    rules::{denial::Upheld, transition::State},
    verdict::{Dossier, Flag},
};

/// The legend.
pub fn section(view: &View<'_>) -> Markup {
    html! {
        section.legend aria-labelledby="legend" {
            h2 id="legend" { "How to read this page" }
            p {
                "A " b { "line" } " is what one owner says, however often it is copied. A " b { "voucher" }
                " is the last named source that says so in its own voice. A line is solid when its voucher is named, "
                "examined, says it plainly and does not serve its own side by it; every other line is thin. "
                "Nothing here is established unless a person decided so, with name, day and reason."
            }
            h3 { "Grades" }
            dl {
                @for upheld in Upheld::ALL { dt { (marks::grade(*upheld)) } dd { (words::grade(*upheld).1) } }
            }
            h3 { "States on this page" }
            dl {
                @for (label, meaning) in states(view.dossier).into_iter().map(words::state) {
                    dt { (label) } dd { (meaning) }
                }
            }
            h3 { "Flags on this page" }
            dl {
                @for (label, meaning) in flags(view.dossier).into_iter().map(words::flag) {
                    dt { (label) } dd { (meaning) }
                }
            }
        }
    }
}

fn states(dossier: &Dossier) -> BTreeSet<State> {
    let elements = dossier.terms.iter().flat_map(|term| &term.elements);
    let tracks = dossier.terms.iter().map(|term| &term.tracks).chain(elements.map(|it| &it.tracks));
    tracks
        .flat_map(|tracks| {
            let established = tracks.established.as_ref().map(|said| said.value);
            [tracks.reported.value, tracks.claimed.value].into_iter().chain(established)
        })
        .collect()
}

fn flags(dossier: &Dossier) -> BTreeSet<Flag> {
    let of_terms = dossier.terms.iter().flat_map(|term| {
        term.flags.iter().chain(term.elements.iter().flat_map(|element| &element.flags))
    });
    dossier.agreement.flags.iter().chain(of_terms).copied().collect()
}
