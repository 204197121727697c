//! Takes tokens and a time phrase, gives what the words round it say: is it past or to come, and
//! how does the thing stand to the date. Invariant: looks at a bounded number of tokens, and says
//! "either" where the words do not decide.

use super::{
    Anchor,
    expression::{Expression, Phrase},
    tokens::Tokens,
    words::{Lead, Role},
};

/// On which side of the report's own day the act lies, by the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// The words fit both.
    Either,
    /// No verb nearby.
    Untold,
}

/// Tokens looked at on each side: longer than a clause, short enough to stay linear.
const REACH: usize = 40;

/// A phrase so near to the word that opens its clause stands at the front of the clause.
const FRONT: usize = 3;

/// How the thing stands to the date; "from 3 to 8 October" is one date, and no "since".
pub(super) fn anchor(tokens: &Tokens<'_>, phrase: &Phrase) -> Anchor {
    if matches!(phrase.expression, Expression::Coming(..) | Expression::In(..)) {
        return Anchor::Within;
    }
    // "since the 2016 agreement": "since" goes with the agreement, the date tells which.
    let stretch = matches!(phrase.expression, Expression::Range(..));
    if stretch || is_attribute(tokens, phrase) {
        return Anchor::At;
    }
    let mut at = phrase.first;
    at -= if in_part_of(tokens, at) { 2 } else { 0 };
    at -= usize::from(tokens.before_has(at, 1, Role::Around));
    at = before_clock(tokens, at - usize::from(tokens.before_is(at, 1, &["on", "of"])));
    at -= usize::from(tokens.before_is(at, 1, &["the", "a", "an"]));
    if tokens.before_is(at, 1, &["than"]) && tokens.before_is(at, 2, &["later"]) {
        return Anchor::By;
    }
    if tokens.before_is(at, 1, &["to"]) {
        return if tokens.before_is(at, 2, &["up", "prior"]) { Anchor::By } else { Anchor::At };
    }
    if tokens.before_is(at, 1, &["of"]) && tokens.before_is(at, 2, &["as"]) {
        return Anchor::Since;
    }
    let lead = at.checked_sub(1).and_then(|at| tokens.word(at)).and_then(|word| word.lead);
    match lead {
        Some(Lead::By) => Anchor::By,
        Some(Lead::Until) => Anchor::Until,
        Some(Lead::Since) => Anchor::Since,
        Some(Lead::After) => Anchor::After,
        Some(Lead::Within) => Anchor::Within,
        Some(Lead::For) if matches!(phrase.expression, Expression::Past(..)) => Anchor::For,
        Some(Lead::For) | None => Anchor::At,
    }
}

/// "around 5 October": the date has no firm borders.
pub(super) fn is_around(tokens: &Tokens<'_>, phrase: &Phrase) -> bool {
    tokens.before_has(phrase.first, 1, Role::Around)
}

/// "by the end of October": the words between only say which part of the month.
fn in_part_of(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.before_is(at, 1, &["of"])
        && tokens.before_is(at, 2, &["end", "beginning", "start", "middle"])
}

/// "until midnight on Saturday", "by 10:00 GMT on 3 October": the hour is passed over.
fn before_clock(tokens: &Tokens<'_>, mut at: usize) -> usize {
    const NAMED: [&str; 9] =
        ["midnight", "noon", "midday", "dawn", "dusk", "sunset", "sunrise", "morning", "evening"];
    const AFTER_FIGURES: [&str; 11] =
        ["am", "pm", "a", "p", "m", ".", "gmt", "utc", "hours", "time", "local"];
    /// "p.m. local time" is as long as it gets.
    const AFTER_FIGURES_MAX: usize = 6;
    /// "10:00 local time": figures, mark, figures.
    const FIGURES_MAX: usize = 3;
    if tokens.before_is(at, 1, &NAMED) {
        return at - 1;
    }
    let told = at;
    for _ in 0..AFTER_FIGURES_MAX {
        at -= usize::from(tokens.before_is(at, 1, &AFTER_FIGURES));
    }
    let figures = (0..FIGURES_MAX)
        .take_while(|back| {
            at.checked_sub(back + 1)
                .is_some_and(|place| tokens.is_number(place) || tokens.is_any(place, &[":", "."]))
        })
        .count();
    let clock = figures == FIGURES_MAX || (figures == 1 && at < told);
    if clock { at - figures } else { told }
}

/// "the October 3 attack", "Sunday's deal": the date tells which, and neither the word before it
/// nor the verb of the clause speaks of the date.
fn is_attribute(tokens: &Tokens<'_>, phrase: &Phrase) -> bool {
    let owner = tokens.is_any(phrase.end, &["'", "’"]) && tokens.is(phrase.end + 1, "s");
    let ordinal = tokens.is_number(phrase.first) && tokens.glued(phrase.first + 1);
    let determined = tokens.before_is(phrase.first, 1, &["the", "a", "an"])
        && tokens.is_word(phrase.end)
        && !ordinal
        && !phrase.expression.is_relative();
    owner
        || determined
        || (tokens.before_is(phrase.first, 1, &["the"])
            && matches!(phrase.expression, Expression::Weekday { .. }))
}

/// Past or to come.
pub(super) fn tense(tokens: &Tokens<'_>, phrase: &Phrase, anchor: Anchor) -> Tense {
    let told = match before(tokens, phrase.first) {
        (Tense::Untold, _) => (after(tokens, phrase.end), false),
        told => told,
    };
    if is_attribute(tokens, phrase) {
        return if told.0 == Tense::Future { Tense::Either } else { told.0 };
    }
    if tokens.before_is(phrase.first, 1, &["since"]) {
        return Tense::Past;
    }
    // "Effective 1 February" is said before that day as well as after it.
    let begins = tokens.before_is(phrase.first, 1, &["effective", "starting", "beginning"])
        || (tokens.before_is(phrase.first, 1, &["of"])
            && tokens.before_is(phrase.first, 2, &["as"]));
    if begins {
        return Tense::Either;
    }
    // "Postponed to Monday" sets a limit as "until" does.
    let limit = matches!(anchor, Anchor::By | Anchor::Until)
        || (tokens.before_is(phrase.first, 1, &["to"]) && told.1);
    match told {
        (Tense::Past, true) if limit => Tense::Future,
        (Tense::Either | Tense::Untold, _) if limit => Tense::Future,
        (tense, _) => tense,
    }
}

/// The nearest verb before the phrase, clause by clause; true when it sets a limit ("gave").
fn before(tokens: &Tokens<'_>, first: usize) -> (Tense, bool) {
    let mut weak = None;
    for at in (first.saturating_sub(REACH)..first).rev() {
        if let Some(tense) = strong(tokens, at) {
            let limit = tokens.has(at, Role::Deadline);
            return match weak {
                // "Fighters evacuated from Homs will arrive": "will" rules, not "evacuated".
                Some((_, true)) if tense == Tense::Past => (Tense::Past, true),
                _ => (tense, limit),
            };
        }
        if weak.is_none() && looks_past(tokens, at) {
            weak = Some((Tense::Past, tokens.has(at, Role::Deadline)));
        }
        // "Said that on Wednesday troops would enter": the verb of its own clause comes after it.
        let fronted = first - at <= FRONT
            && (tokens.is_any(at, &[";", ":"])
                || tokens.word(at).is_some_and(|word| word.is(Role::Break) && word.lead.is_none()));
        if fronted && weak.is_none() && !tokens.is(at, "as") {
            return (Tense::Untold, false);
        }
        let opens = tokens.get(at).is_some_and(|token| token.opens_sentence);
        let breaks = tokens.has(at, Role::Break) || tokens.is_any(at, &[",", ";", ":", "“", "\""]);
        if opens || (breaks && weak.is_some()) {
            break;
        }
    }
    weak.unwrap_or((Tense::Untold, false))
}

/// The first verb after the phrase, in its sentence.
fn after(tokens: &Tokens<'_>, end: usize) -> Tense {
    for at in end..end.saturating_add(REACH).min(tokens.len()) {
        if tokens.get(at).is_some_and(|token| token.opens_sentence) {
            break;
        }
        if let Some(tense) = strong(tokens, at).filter(|_| !tokens.is(at, "to")) {
            return tense;
        }
        if looks_past(tokens, at) {
            return Tense::Past;
        }
    }
    Tense::Untold
}

/// What a word says for sure.
fn strong(tokens: &Tokens<'_>, at: usize) -> Option<Tense> {
    let was = tokens.before_is(at, 1, &["was", "were", "been", "had"]);
    match () {
        () if tokens.is(at, "to") => infinitive(tokens, at),
        () if tokens.has(at, Role::Future) && is_verb_like(tokens, at) => {
            Some(if was { Tense::Either } else { Tense::Future })
        }
        () if tokens.has(at, Role::Past) => match () {
            // "have until Friday" looks ahead, "will have left" as well.
            () if tokens.is_any(at, &["have", "has"])
                && tokens.is_any(at + 1, &["until", "till"]) =>
            {
                Some(Tense::Future)
            }
            () if tokens.is(at, "have") && tokens.before_is(at, 1, &["will", "must"]) => None,
            // "will be held": the participle leaves it to "will".
            () if tokens.before_is(at, 1, &["be", "being"]) => None,
            () => Some(Tense::Past),
        },
        // "be" and "takes" decide nothing where "will" or "to" stands before them.
        () if tokens.has(at, Role::Either) => {
            let led = (1..=2).any(|back| tokens.before_has(at, back, Role::Future))
                || tokens.before_is(at, 1, &["to"]);
            // "is expected", "are to": what follows says more.
            let leads =
                (1..=2).any(|step| tokens.has(at + step, Role::Future)) || tokens.is(at + 1, "to");
            match (led, leads) {
                (true, _) => None,
                (false, true) => Some(Tense::Future),
                (false, false) => Some(Tense::Either),
            }
        }
        () => None,
    }
}

/// "May" the month and "the plan" the noun say nothing of time to come.
fn is_verb_like(tokens: &Tokens<'_>, at: usize) -> bool {
    let month = tokens.month(at).is_some() && tokens.capital(at);
    let noun = tokens.is_any(at, &["plan", "set", "can", "plans", "due"])
        && tokens.before_is(at, 1, &["the", "a", "its", "their", "his", "this"]);
    // "A record set on 6 August" is past, "set to leave" is not.
    let noun = noun || (tokens.is(at, "set") && !tokens.is_any(at + 1, &["to", "for"]));
    !month && !noun
}

/// "to withdraw": what stands before it says on which side it lies.
fn infinitive(tokens: &Tokens<'_>, at: usize) -> Option<Tense> {
    let next = tokens.get(at + 1)?;
    let verb = tokens.is_word(at + 1)
        && next.text.starts_with(char::is_lowercase)
        && !tokens.has(at + 1, Role::NotVerb)
        && tokens.month(at + 1).is_none()
        && tokens.word(at + 1).is_none_or(|word| word.number.is_none() && word.weekday.is_none());
    if !verb {
        return None;
    }
    if tokens.before_is(at, 1, &["was", "were"]) {
        return Some(Tense::Either);
    }
    let to_be = tokens.is(at + 1, "be");
    for place in (at.saturating_sub(REACH)..at).rev() {
        if tokens.has(place, Role::Promise) {
            return Some(Tense::Either);
        }
        let verb_before = tokens.has(place, Role::Future)
            || tokens.has(place, Role::Past)
            || tokens.has(place, Role::Either)
            || looks_past(tokens, place);
        if verb_before {
            // "Guidelines to be published", whatever was said before.
            return to_be.then_some(Tense::Future);
        }
        if tokens.get(place).is_some_and(|token| token.opens_sentence) {
            break;
        }
    }
    // A headline: "Army to enter the town on Monday".
    let name_before = at.checked_sub(1).is_some_and(|place| tokens.is_word(place));
    name_before.then_some(Tense::Future)
}

/// A word in -ed: most often a past, now and then an adjective.
fn looks_past(tokens: &Tokens<'_>, at: usize) -> bool {
    const ADJECTIVES: [&str; 5] = ["armed", "united", "hundred", "need", "indeed"];
    tokens.get(at).is_some_and(|token| {
        token.text.len() > 3
            && token.text.ends_with("ed")
            && token.text.starts_with(char::is_lowercase)
    }) && !tokens.is_any(at, &ADJECTIVES)
        && !tokens.before_is(at, 1, &["the", "a", "an", "of", "all", "some", "their", "its", "his"])
}
