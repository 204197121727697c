//! Takes tokens, gives the phrases that count from another day: "last week", "two days ago".
//! Invariant: every pattern looks at a bounded number of tokens, so that reading is linear.

use super::{
    expression::{Amount, Expression, Part, Phrase, Which},
    tokens::Tokens,
    words::{Role, Unit},
};

/// The phrase that begins at `at`, if one does.
pub(super) fn phrase(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    near_day(tokens, at)
        .or_else(|| weekend(tokens, at))
        .or_else(|| part_of_unit(tokens, at))
        .or_else(|| beside(tokens, at))
        .or_else(|| stretch(tokens, at))
        .or_else(|| unit_of_calendar(tokens, at))
        .or_else(|| counted(tokens, at))
}

/// "today", "last night", "the day before yesterday".
fn near_day(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let day =
        |first, last, length| Some(Phrase::new(Expression::Off(first, last), at, at + length));
    if tokens.is(at, "day") {
        if tokens.is(at + 1, "before") && tokens.is(at + 2, "yesterday") {
            return day(-2, -2, 3);
        }
        if tokens.is(at + 1, "after") && tokens.is(at + 2, "tomorrow") {
            return day(2, 2, 3);
        }
    }
    match () {
        () if tokens.is_any(at, &["today", "tonight"]) => day(0, 0, 1),
        () if tokens.is(at, "yesterday") => day(-1, -1, 1),
        () if tokens.is(at, "tomorrow") => day(1, 1, 1),
        () if tokens.is(at, "this")
            && tokens.is_any(at + 1, &["morning", "afternoon", "evening"]) =>
        {
            day(0, 0, 2)
        }
        // Last night began yesterday and may have ended today.
        () if tokens.is(at, "last") && tokens.is_any(at + 1, &["night", "evening"]) => {
            day(-1, 0, 2)
        }
        () => None,
    }
}

/// "over the weekend", "last weekend".
fn weekend(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    if !tokens.is(at + 1, "weekend") {
        return None;
    }
    let which = match () {
        () if tokens.is_any(at, &["last", "past"]) => Which::Last,
        () if tokens.is(at, "next") => Which::Next,
        () if tokens.is_any(at, &["the", "this"]) => Which::This,
        () => return None,
    };
    Some(Phrase::new(Expression::Weekend(which), at, at + 2))
}

/// "earlier this week", "later in the month", "late last year", "(end of) the month".
fn part_of_unit(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    if tokens.is(at, "the")
        && tokens.before_is(at, 1, &["of"])
        && tokens.before_is(at, 2, &["end", "beginning", "start", "middle"])
        && tokens.is_any(at + 1, &["week", "month", "year"])
        && !tokens.is_word(at + 2)
    {
        let unit = tokens.unit(at + 1)?;
        let expression = Expression::Calendar { unit, which: Which::This, part: Part::Whole };
        return Some(Phrase::new(expression, at, at + 2));
    }
    let part = match () {
        () if tokens.is(at, "earlier") => Part::Earlier,
        () if tokens.is(at, "later") => Part::Later,
        () if tokens.is_any(at, &["early", "late", "mid"]) => Part::Whole,
        () => return None,
    };
    if part != Part::Whole && tokens.is(at + 1, "in") && tokens.is(at + 2, "the") {
        let unit = tokens.unit(at + 3).filter(|unit| !matches!(unit, Unit::Hour | Unit::Day))?;
        let expression = Expression::Calendar { unit, which: Which::This, part };
        return Some(Phrase::new(expression, at, at + 4));
    }
    let next = at + 1 + usize::from(tokens.is_dash(at + 1) || tokens.is(at + 1, "in"));
    match unit_of_calendar(tokens, next)? {
        Phrase { expression: Expression::Calendar { unit, which, .. }, end, .. } => {
            // "Later last week" is no part before or after the day of the report.
            let part = if which == Which::This { part } else { Part::Whole };
            Some(Phrase::new(Expression::Calendar { unit, which, part }, at, end))
        }
        _ => None,
    }
}

/// "last week", "this month", "next year".
fn unit_of_calendar(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let which = match () {
        () if tokens.is(at, "last") => Which::Last,
        () if tokens.is_any(at, &["this", "current"]) => Which::This,
        () if tokens.is(at, "next") => Which::Next,
        () => return None,
    };
    if !tokens.is_any(at + 1, &["week", "month", "year"]) {
        return None;
    }
    let unit = tokens.unit(at + 1)?;
    let expression = Expression::Calendar { unit, which, part: Part::Whole };
    Some(Phrase::new(expression, at, at + 2))
}

/// "the following day", "the same day", "the day before": beside the date named last.
fn beside(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    if tokens.is_any(at, &["same", "that"]) && tokens.is_any(at + 1, &["day", "evening"]) {
        return Some(Phrase::new(Expression::Beside(0, Unit::Day), at, at + 2));
    }
    if tokens.is(at, "the") && tokens.is(at + 1, "day") {
        let steps = match () {
            () if tokens.is_any(at + 2, &["before", "earlier"]) => -1,
            () if tokens.is_any(at + 2, &["after", "later"]) => 1,
            () => return None,
        };
        // "The day before yesterday" is read by itself; "the day after the truce" counts from
        // the truce, whose day is not here.
        return match tokens.is_any(at + 3, &["yesterday", "tomorrow"]) {
            true => None,
            false
                if tokens.is_word(at + 3)
                    && tokens.is_any(at + 3, &["the", "a", "an", "his", "their", "its"]) =>
            {
                Some(Phrase::new(Expression::Uncounted, at, at + 3))
            }
            false => Some(Phrase::new(Expression::Beside(steps, Unit::Day), at, at + 3)),
        };
    }
    let steps = match () {
        () if tokens.is(at, "following") => 1,
        () if tokens.is(at, "previous") => -1,
        () if tokens.is(at, "next") && (tokens.is(at + 1, "day") || after_the(tokens, at)) => 1,
        () => return None,
    };
    let unit =
        tokens.is_any(at + 1, &["day", "week", "month", "year"]).then(|| tokens.unit(at + 1))??;
    Some(Phrase::new(Expression::Beside(steps, unit), at, at + 2))
}

/// "the next week" of a tale, but not "over the next week".
fn after_the(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.before_is(at, 1, &["the"])
        && !tokens.before_is(at, 2, &["in", "over", "within", "during", "for", "through"])
}

/// "the past two weeks", "recent days", "the next 48 hours", "the coming days".
fn stretch(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let past = tokens.is_any(at, &["past", "last", "recent", "previous"]);
    if !past && !tokens.is_any(at, &["next", "coming"]) {
        return None;
    }
    let (amount, next) = match amount(tokens, at + 1) {
        Some((_, next)) if tokens.is(at, "recent") => (Amount::Some, next),
        Some(found) => found,
        None => (Amount::Some, at + 1),
    };
    let unit = tokens.unit(next)?;
    let plural = tokens.get(next)?.text.ends_with(['s', 'S']);
    let amount = match amount {
        Amount::Some if plural => Amount::Some,
        // "The past week" is seven days; "last week" without "the" is a week of the calendar.
        Amount::Some if next == at + 1 => {
            let told = tokens.is_any(at, &["past", "coming"])
                || (tokens.is(at, "last") && tokens.before_is(at, 1, &["the"]))
                || (tokens.is(at, "next") && tokens.before_is(at, 1, &["the"]));
            if !told || tokens.is(at, "previous") {
                return None;
            }
            Amount::Exactly(1)
        }
        Amount::Some => return None,
        told => told,
    };
    // "The last day" of something else.
    if unit == Unit::Day && amount == Amount::Exactly(1) && !plural && !tokens.is(at, "past") {
        return None;
    }
    let expression =
        if past { Expression::Past(amount, unit) } else { Expression::Coming(amount, unit) };
    Some(Phrase::new(expression, at, next + 1))
}

/// "two days ago", "three weeks later", "within 48 hours", "in two weeks".
fn counted(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let vague_unit = tokens.unit(at).is_some();
    let (amount, next) = if vague_unit { (Amount::Some, at) } else { amount(tokens, at)? };
    let unit = tokens.unit(next)?;
    let end = next + 1;
    if tokens.is(end, "ago") {
        return Some(Phrase::new(Expression::Ago(amount, unit), at, end + 1));
    }
    if tokens.before_is(at, 1, &["within"]) {
        return Some(Phrase::new(Expression::Uncounted, at, end));
    }
    let Amount::Exactly(count) = amount else { return None };
    let sign = match () {
        () if tokens.is_any(end, &["later", "afterwards", "afterward", "after"]) => 1,
        () if tokens.is_any(end, &["earlier", "before", "prior"]) => -1,
        () => return counted_from_here(tokens, at, end, count, unit),
    };
    // "Two days after the handover": the day of the handover is not in the words.
    let named = tokens.is_any(end, &["after", "before", "prior"]) && tokens.is_word(end + 1);
    let expression =
        if named { Expression::Uncounted } else { Expression::Beside(sign * count, unit) };
    Some(Phrase::new(expression, at, end + 1))
}

/// "in two weeks" of the report, "for 72 hours" of nobody knows what.
fn counted_from_here(
    tokens: &Tokens<'_>,
    at: usize,
    end: usize,
    count: i64,
    unit: Unit,
) -> Option<Phrase> {
    if tokens.before_is(at, 1, &["in"]) {
        return Some(Phrase::new(Expression::In(Amount::Exactly(count), unit), at, end));
    }
    let plain = !tokens.is_any(at, &["a", "an"]) && unit != Unit::Year;
    (plain && tokens.before_is(at, 1, &["for"]))
        .then(|| Phrase::new(Expression::Uncounted, at, end))
}

/// "two", "24", "twenty four", "a few", "more than two"; with where it ends.
fn amount(tokens: &Tokens<'_>, at: usize) -> Option<(Amount, usize)> {
    if tokens.is_any(at, &["a", "the"]) && tokens.has(at + 1, Role::Vague) {
        return Some((Amount::Some, at + 2));
    }
    let couple = at + usize::from(tokens.is(at, "a"));
    if tokens.is(couple, "couple") {
        return Some((Amount::Some, couple + 1 + usize::from(tokens.is(couple + 1, "of"))));
    }
    if let Some((count, end)) = count(tokens, at) {
        // "two or three days ago", "about two weeks ago".
        let loose = tokens.before_is(at, 1, &["or", "to", "-", "–"]) && count_ends(tokens, at)
            || tokens.before_has(at, 1, Role::About);
        return Some((if loose { Amount::About(count) } else { Amount::Exactly(count) }, end));
    }
    tokens.has(at, Role::Vague).then_some((Amount::Some, at + 1))
}

/// A number stands two places before `at`.
fn count_ends(tokens: &Tokens<'_>, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|place| count(tokens, place).is_some())
}

fn count(tokens: &Tokens<'_>, at: usize) -> Option<(i64, usize)> {
    if let Some(count) = tokens.number(at) {
        return Some((count, at + 1));
    }
    let tens = tokens.word(at)?.number?;
    let dash = usize::from(tokens.is_dash(at + 1) && tokens.glued(at + 1));
    let units = tokens.word(at + 1 + dash).and_then(|word| word.number);
    match units {
        Some(units) if (20..100).contains(&tens) && (1..10).contains(&units) => {
            Some((tens + units, at + 2 + dash))
        }
        _ => Some((tens, at + 1)),
    }
}
