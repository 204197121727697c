//! Takes grades, gives the small signs that stand before their words, drawn so that they print without colour.
//! Invariant: a sign is never alone: its word stands beside it.

use super::words;
use maud::{Markup, html};
use sulh_ledger::rules::denial::Upheld;

/// A grade: its sign and its word.
pub fn grade(upheld: Upheld) -> Markup {
    html! {
        span.grade {
            svg.sign viewBox="0 0 12 12" aria-hidden="true" { use href={ "#sign-" (upheld) } {} }
            (words::grade(upheld).0)
        }
    }
}

/// The shapes the signs and the timeline refer to; they are not seen here.
pub fn definitions() -> Markup {
    html! {
        svg.shapes width="0" height="0" aria-hidden="true" {
            defs {
                @for upheld in Upheld::ALL {
                    symbol id={ "sign-" (upheld) } viewBox="0 0 12 12" { (sign(*upheld)) }
                }
                (fade("open-start", "0", "1"))
                (fade("open-end", "1", "0"))
                (fade("open-both", "0", "0"))
            }
        }
    }
}

/// A ring that fills as the grade rises, dotted where nobody speaks, struck where it is denied.
fn sign(upheld: Upheld) -> Markup {
    let dashes = (upheld == Upheld::None).then_some("1.6 1.54");
    html! {
        circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray=[dashes] {}
        @match upheld {
            Upheld::None => {}
            Upheld::Claimed => circle cx="6" cy="6" r="1.5" fill="currentColor" {}
            Upheld::Supported => path d="M6 1.25a4.75 4.75 0 0 0 0 9.5z" fill="currentColor" {}
            Upheld::Corroborated => circle cx="6" cy="6" r="4.75" fill="currentColor" {}
            Upheld::Disputed => path d="M3 9l6-6" stroke="currentColor" stroke-width="1.5" {}
            Upheld::Contradicted => path d="M3 9l6-6M3 3l6 6" stroke="currentColor" stroke-width="1.5" {}
        }
    }
}

fn fade(id: &str, start: &str, end: &str) -> Markup {
    let middle = if start == end { "1" } else { "0.55" };
    html! {
        linearGradient id=(id) {
            stop offset="0" stop-color="currentColor" stop-opacity=(start) {}
            stop offset="0.5" stop-color="currentColor" stop-opacity=(middle) {}
            stop offset="1" stop-color="currentColor" stop-opacity=(end) {}
        }
    }
}
