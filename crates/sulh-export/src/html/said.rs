//! Takes names, vouchers and propositions, gives them as words of the page.
//! Invariant: a name stands in an isolate of its own direction, and a single person has none.

use super::{View, dates, words};
use maud::{Markup, html};
use sulh_ledger::{
    propositions::Proposition,
    rules::{line::Line, transition::Transition, voucher::Stance},
    verdict::{Dossier, Flag},
};
use sulh_model::{
    actor::{ActorKind, Who},
    place::{Resolution, Where},
    term::Quantity,
    time::UncertainDate,
};

/// Words of a page or a register inside our own.
pub fn name(words: &str) -> Markup {
    html! { bdi { (crate::visible(words)) } }
}

/// Words of a page inside our own, in quotation marks.
pub fn quoted(words: &str) -> Markup {
    html! { "“" bdi { (crate::visible(words.trim())) } "”" }
}

/// Somebody's name, without an isolate; a single person has none where it may be passed on.
pub fn plain_who(who: &Who) -> String {
    match who.kind {
        Some(ActorKind::Person) => "a named person".to_owned(),
        _ => crate::visible(&who.name),
    }
}

/// Somebody.
pub fn who(who: &Who) -> Markup {
    html! { bdi { (plain_who(who)) } }
}

/// A place, with what the gazetteer makes of it.
pub fn place(place: &Where) -> Markup {
    html! {
        (name(&place.name))
        @match &place.resolution {
            Resolution::Known(known) => {
                @if known.name != place.name { ", known as " (name(&known.name)) }
                span.aside {
                    " (" (known.country)
                    @if let Some(id) = known.geonames { ", GeoNames " (id) }
                    ", precision " (known.precision.value()) " of 7)"
                }
            }
            Resolution::Ambiguous(several) => span.aside { " (one of " (several.len()) " places of this name)" },
            Resolution::Unknown => span.aside { " (not in the gazetteer)" },
        }
    }
}

/// An uncertain date in words, with those it was read from.
pub fn date(date: &UncertainDate) -> Markup {
    html! {
        span title={ "EDTF " (date.edtf) } { (dates::uncertain(date)) }
        @if date.span.is_some() { span.aside { " (" (quoted(&date.wording)) ")" } }
    }
}

/// A number, where it is one, and its words.
pub fn quantity(quantity: &Quantity) -> Markup {
    html! {
        @if let Some(number) = quantity.value { (number) " " }
        span.aside { (quoted(&quantity.wording)) }
    }
}

/// Who vouches, or that nobody named does.
pub fn voucher(line: &Line) -> Markup {
    html! {
        @match (&line.voucher, line.stance.side()) {
            (Some(voucher), _) => (name(voucher)),
            (None, Some(side)) => { "unnamed (" (name(side)) " side)" }
            (None, None) => "unnamed",
        }
    }
}

/// Where a voucher stands in the conflict.
pub fn stance(stance: &Stance) -> Markup {
    html! {
        @match stance {
            Stance::Neither => "examined: leans to neither",
            Stance::Leans(side) => { "examined: leans to " (name(side)) }
            Stance::Stated(side) => { (name(side)) ", by its own description; not examined" }
            Stance::NotExamined => "not examined",
        }
    }
}

/// What a proposition says, in words.
pub fn proposition(dossier: &Dossier, told: &Proposition) -> Markup {
    html! {
        @match *told {
            Proposition::Agreed => "The agreement was made",
            Proposition::Stage { stage, occurrence } => {
                "It reached the stage “" (which_time(words::stage(stage), occurrence)) "”"
            }
            Proposition::Assent { party, assent, occurrence } => {
                "Assent of "
                @match dossier.agreement.parties.get(party) {
                    Some(party) => (who(&party.who)),
                    None => "a party",
                }
                ": " (which_time(words::assent(assent), occurrence))
            }
            Proposition::Promised { term } => { "Term " (term + 1) " was promised" }
            Proposition::Element { term, element, transition, occurrence } => {
                (element_name(dossier, term, element)) ": " (step(transition, occurrence))
            }
            Proposition::Incident { breach } => { "Breach " (breach + 1) " took place" }
            Proposition::Responsible { breach, .. } => { "Who is responsible for breach " (breach + 1) }
        }
    }
}

/// What befell an element; what befell it again says which time.
pub fn step(transition: Transition, occurrence: usize) -> String {
    which_time(words::transition(transition), occurrence)
}

/// What came, and which time where it came again.
pub fn which_time(words: &str, occurrence: usize) -> String {
    match occurrence {
        0 => words.to_owned(),
        again => format!("{words}, time {}", again + 1),
    }
}

/// "Term 4.1, deploy forces"; of a term with one element "Term 5, search".
pub fn element_name(dossier: &Dossier, term: usize, element: usize) -> String {
    let told = dossier.terms.get(term);
    let kind = told.and_then(|told| told.elements.get(element)).map(|it| it.element.kind.code());
    let number = match told.map_or(0, |told| told.elements.len()) {
        0 | 1 => format!("Term {}", term + 1),
        _ => format!("Term {}.{}", term + 1, element + 1),
    };
    kind.map_or_else(|| number.clone(), |kind| format!("{number}, {}", words::spaced(kind)))
}

/// The id of a term in words: "term 4" of `t4`.
pub fn term_id(id: &str) -> String {
    format!("term {}", id.trim_start_matches('t'))
}

/// Flags, each with its meaning on demand; the legend has them all.
pub fn flags(flags: &[Flag]) -> Markup {
    html! {
        @if flags.is_empty() {
            span.aside { "nothing" }
        } @else {
            ul.flags {
                @for flag in flags {
                    @let (label, meaning) = words::flag(*flag);
                    li title=(meaning) { (label) }
                }
            }
        }
    }
}

/// "1 line", "2 lines".
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The words of a quote in few characters: for places with little room.
pub fn shortened(words: &str, chars_max: usize) -> String {
    let visible = crate::visible(words);
    if visible.chars().count() <= chars_max {
        return visible;
    }
    let kept: String = visible.chars().take(chars_max - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The words of a quote, on one line; nothing where they may not be shown.
pub fn words_of(view: &View<'_>, quote: &sulh_ledger::verdict::Quote) -> Option<String> {
    let (around, span) = view.excerpt(quote)?;
    Some(crate::visible(span.of(&around).trim())).filter(|words| !words.is_empty())
}
