//! Takes the terms of a dossier, gives the term board: each promise and element with its states on both tracks.
//! Invariant: every grade on the board stands with its voucher, and leads to its lines.

use super::{View, dates, marks, said, words};
use maud::{Markup, PreEscaped, html};
use sulh_ledger::{
    propositions::Proposition,
    rules::{line::Line, transition::State},
    verdict::{Because, ElementVerdict, Established, Graded, TermVerdict, Tracks},
};

/// The board.
pub fn section(view: &View<'_>) -> Markup {
    let terms = &view.dossier.terms;
    html! {
        section.board aria-labelledby="board" {
            h2 id="board" { "Term board" }
            @if terms.is_empty() {
                p { "No terms are told." }
            } @else {
                p.lead-in {
                    "What was promised and what became of it. "
                    b { "Reported" } " rests on what is at least supported and not disputed; "
                    b { "claimed" } " on everything anybody says that is not contradicted."
                }
                div.wide role="region" aria-labelledby="board" tabindex="0" {
                    table {
                        caption.unseen { "Terms and elements with their states" }
                        thead {
                            tr {
                                th scope="col" { "Term" } th scope="col" { "Promise" }
                                th scope="col" { "Reported" } th scope="col" { "Claimed" }
                                @if has_established(view) { th scope="col" { "Established" } }
                                th scope="col" { "On whose word" } th scope="col" { "Beside it" }
                            }
                        }
                        @for (at, term) in terms.iter().enumerate() { (rows(view, at, term)) }
                    }
                }
            }
        }
    }
}

fn rows(view: &View<'_>, at: usize, term: &TermVerdict) -> Markup {
    let several = term.elements.len() > 1;
    // A single element is the term itself.
    let own =
        |proposition: &Proposition| !several || matches!(proposition, Proposition::Promised { .. });
    html! {
        tbody {
            tr {
                th scope="row" { a href={ "#term-" (at + 1) } { (at + 1) } }
                td data-column="Promise" { (promise(view, term)) }
                (states(view, &term.tracks))
                td data-column="On whose word" { (words_of_whom(&term.because, own)) }
                td data-column="Beside it" { (said::flags(&term.flags)) }
            }
            @if several {
                @for (ordinal, element) in term.elements.iter().enumerate() {
                    (element_row(view, at, ordinal, element, &term.because))
                }
            }
        }
    }
}

fn element_row(
    view: &View<'_>,
    at: usize,
    ordinal: usize,
    element: &ElementVerdict,
    because: &[Because],
) -> Markup {
    let own = |proposition: &Proposition| matches!(*proposition, Proposition::Element { element, .. } if element == ordinal);
    html! {
        tr.element {
            th scope="row" { (at + 1) "." (ordinal + 1) }
            td data-column="Element" {
                b { (words::spaced(element.element.kind.code())) }
                span.aside { ", " (words::mode(element.element.mode)) }
                @if let Some(words) = said::words_of(view, &element.quote) { div.words dir="auto" { (words) } }
            }
            (states(view, &element.tracks))
            td data-column="On whose word" { (words_of_whom(because, own)) }
            td data-column="Beside it" { (said::flags(&element.flags)) }
        }
    }
}

fn promise(view: &View<'_>, term: &TermVerdict) -> Markup {
    let told = &term.term;
    html! {
        b { (words::spaced(told.kind.code())) }
        span.aside { " " (words::spaced(told.modality.code())) " of " }
        @match &told.bearer { Some(bearer) => (said::who(bearer)), None => "nobody named" }
        @for quote in &term.quotes {
            @if let Some(words) = said::words_of(view, quote) { div.words dir="auto" { (words) } }
        }
        (conditions(term))
    }
}

/// What a promise hangs on: shown on the board and with the term.
pub fn conditions(term: &TermVerdict) -> Markup {
    let told = &term.term;
    html! {
        ul.conditions {
            @if let Some(deadline) = &told.deadline { li { b { "Deadline " } (said::date(deadline)) } }
            @if let Some(condition) = &told.condition { li { b { "Only if " } (said::quoted(condition)) } }
            @for on in &term.depends_on { li { b { (words::dependency(on.how)) } " " (said::term_id(&on.term)) } }
            @if let Some(other) = &term.alternative_of { li { b { "Instead of " } (said::term_id(other)) } }
            @if let Some(how) = told.voluntariness { li { b { "Leaving " } (words::voluntariness(how)) } }
            @if let Some(quantity) = &told.quantity { li { b { "Quantity " } (said::quantity(quantity)) } }
            @for one in &term.delivered {
                li {
                    b { "Delivered " } (said::quantity(&one.quantity)) ", " (dates::window(one.window)) ", says "
                    @match &one.voucher { Some(voucher) => (said::name(voucher)), None => "nobody named" }
                }
            }
            @for other in &term.contradicts { li { b { "Told to the contrary as " } (said::term_id(other)) } }
        }
    }
}

/// True when a person decided on a state: only then is there a column for it.
fn has_established(view: &View<'_>) -> bool {
    view.dossier.terms.iter().any(|term| {
        let elements = term.elements.iter().map(|element| &element.tracks);
        std::iter::once(&term.tracks).chain(elements).any(|tracks| tracks.established.is_some())
    })
}

/// The two tracks, and beside them what a person established.
fn states(view: &View<'_>, tracks: &Tracks) -> Markup {
    html! {
        td data-column="Reported" { (state(tracks.reported)) }
        td data-column="Claimed" {
            @if tracks.claimed.value == tracks.reported.value {
                span.aside { "no more than reported" }
            } @else {
                (state(tracks.claimed))
            }
        }
        @if has_established(view) {
            td data-column="Established" {
                @match &tracks.established {
                    Some(said) => (established(said)),
                    None => span.aside { "not decided" },
                }
            }
        }
    }
}

fn state(told: Graded<State>) -> Markup {
    html! { span.state { (words::state(told.value).0) } (marks::grade(told.upheld)) }
}

fn established(said: &Established<State>) -> Markup {
    html! {
        span.state { (words::state(said.value).0) }
        div.aside { "by " (said::name(&said.by)) ", " (dates::day(said.day)) ": " (said::name(&said.reason)) }
    }
}

/// On whose word what is said of a promise, each word once.
fn words_of_whom(because: &[Because], own: impl Fn(&Proposition) -> bool) -> Markup {
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for one in because.iter().filter(|one| own(&one.proposition)) {
        let step = match one.proposition {
            Proposition::Element { transition, occurrence, .. } => {
                said::step(transition, occurrence)
            }
            _ => "promised".to_owned(),
        };
        if !one.denials.is_empty() {
            add(&mut told, vouchers(&one.denials), format!("denies “{step}”"));
        }
        add(&mut told, vouchers(&one.lines), step);
    }
    html! {
        @if told.is_empty() { span.aside { "no report" } }
        @for (voices, steps) in told {
            div { span.aside { (steps.join(", ")) ": " } (PreEscaped(voices)) }
        }
    }
}

fn add(told: &mut Vec<(String, Vec<String>)>, voices: Markup, step: String) {
    let voices = voices.into_string();
    match told.iter_mut().find(|(others, _)| *others == voices) {
        Some((_, steps)) => steps.push(step),
        None => told.push((voices, vec![step])),
    }
}

/// The vouchers of some lines, each once.
pub fn vouchers<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Markup {
    let mut shown: Vec<String> = Vec::new();
    for line in lines {
        let voucher = said::voucher(line).into_string();
        if !shown.contains(&voucher) {
            shown.push(voucher);
        }
    }
    html! {
        @if shown.is_empty() { span.aside { "nobody" } }
        @for (at, voucher) in shown.iter().enumerate() {
            @if at > 0 { ", " }
            (PreEscaped(voucher))
        }
    }
}
