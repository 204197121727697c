//! Takes tokens, gives the phrases that name days, months, seasons and years of the calendar.
//! Invariant: every pattern looks at a bounded number of tokens, so that reading is linear.

use super::{
    expression::{Expression, Phrase, ToldDay, ToldYear, Which},
    tokens::{Tokens, is_ordinal_suffix},
    words::Role,
};
use jiff::civil::Date;

/// The phrase that begins at `at`, if one does.
pub(super) fn phrase(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let found = super::numeric::phrase(tokens, at)
        .or_else(|| weekday(tokens, at, at, Which::Plain))
        .or_else(|| chosen(tokens, at))
        .or_else(|| in_part(tokens, at))
        .or_else(|| day_first(tokens, at))
        .or_else(|| month_first(tokens, at))
        .or_else(|| month_alone(tokens, at, at, Which::Plain))
        .or_else(|| season(tokens, at, at, Which::Plain))
        .or_else(|| year_alone(tokens, at))?;
    // "The 2018 street protests" are dated by their year; "8 March Street" is an address.
    let year = matches!(found.expression, Expression::Year(_) | Expression::Range(..));
    let named = tokens.before_has(found.first, 1, Role::NameAfter)
        || (tokens.has(found.end, Role::NameBefore) && !year);
    (!named).then_some(found)
}

/// "last October", "next Sunday", "this summer".
fn chosen(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    // "The previous Friday" counts from a day told elsewhere, if at all.
    if tokens.is_any(at, &["previous", "following"]) {
        let phrase = weekday(tokens, at + 1, at, Which::Plain)?;
        let counted = matches!(phrase.expression, Expression::Weekday { .. });
        return counted.then_some(Phrase { expression: Expression::Uncounted, ..phrase });
    }
    let (which, next) = match () {
        () if tokens.is(at, "this") && tokens.is(at + 1, "past") => (Which::Last, at + 2),
        () if tokens.is(at, "this") && tokens.is(at + 1, "coming") => (Which::Next, at + 2),
        () if tokens.is_any(at, &["last", "past"]) => (Which::Last, at + 1),
        () if tokens.is(at, "this") => (Which::This, at + 1),
        () if tokens.is_any(at, &["next", "coming"]) => (Which::Next, at + 1),
        () => return None,
    };
    weekday(tokens, next, at, which)
        .or_else(|| month_alone(tokens, next, at, which))
        .or_else(|| season(tokens, next, at, which))
}

/// "early October", "mid-2018": the month or year as a whole, never narrower.
fn in_part(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    if !tokens.is_any(at, &["early", "mid", "late", "middle"]) {
        return None;
    }
    let next = at + 1 + usize::from(tokens.is_dash(at + 1));
    month_alone(tokens, next, at, Which::Plain)
        .or_else(|| chosen(tokens, next))
        .or_else(|| {
            year_number(tokens, next).map(|year| Phrase::new(Expression::Year(year), at, next + 1))
        })
        .map(|phrase| Phrase { first: at, ..phrase })
}

/// "Sunday", "Sunday, October 4, 2020".
fn weekday(tokens: &Tokens<'_>, at: usize, first: usize, which: Which) -> Option<Phrase> {
    let (weekday, short) = tokens.word(at)?.weekday?;
    let mut next = at + 1;
    next += usize::from(short && tokens.is(next, "."));
    next += usize::from(tokens.is(next, ","));
    next += usize::from(tokens.is(next, "the"));
    let with_day = super::numeric::phrase(tokens, next)
        .or_else(|| day_first(tokens, next))
        .or_else(|| month_first(tokens, next));
    match with_day {
        Some(Phrase { expression: Expression::Day(day), end, .. }) => {
            let day = ToldDay { weekday: Some(weekday), ..day };
            return Some(Phrase::new(Expression::Day(day), first, end));
        }
        Some(Phrase { expression: expression @ Expression::Impossible, end, .. }) => {
            return Some(Phrase::new(expression, first, end));
        }
        _ => {}
    }
    if short || tokens.has(at + 1, Role::NameBefore) {
        return None;
    }
    // "Monday last week" is some day of that week: the week is read, the day left out,
    // because where weeks begin differs.
    let of = at + 1 + usize::from(tokens.is(at + 1, "of"));
    if tokens.is_any(of, &["last", "this", "next"]) && tokens.is(of + 1, "week") {
        return None;
    }
    Some(Phrase::new(Expression::Weekday { weekday, which }, first, at + 1))
}

/// "3 October 2020", "the 3rd of March", "3-5 October", "3 and 5 October".
fn day_first(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let (day, next) = day_number(tokens, at)?;
    if let Some((month, year, end)) = month_and_year(tokens, next) {
        return Some(Phrase::new(day_of(year, month, day), at, end));
    }
    if let Some((month, year)) = month_after_list(tokens, at, next) {
        return Some(Phrase::new(day_of(year, month, day), at, next));
    }
    let between = tokens.before_is(at, 1, &["between"]) && tokens.is(next, "and");
    if !between && !tokens.is_dash(next) && !tokens.has(next, Role::RangeJoin) {
        return None;
    }
    let (last, after) = day_number(tokens, next + 1)?;
    let (month, year, end) = month_and_year(tokens, after)?;
    let days = stretch(day_of(year, month, day), day_of(year, month, last));
    Some(Phrase::new(days, at, end))
}

/// The month of "18" in "18, 19 and 20 August 2022".
fn month_after_list(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<(i8, ToldYear)> {
    /// Longer lists of days are tables.
    const DAYS_MAX: usize = 8;
    if tokens.before_is(at, 1, &["between"]) {
        return None;
    }
    let mut next = end;
    for _ in 0..DAYS_MAX {
        let comma = usize::from(tokens.is(next, ","));
        let word = usize::from(tokens.is_any(next + comma, &["and", "&", "or"]));
        if comma + word == 0 {
            return None;
        }
        let (_, after) = day_number(tokens, next + comma + word)?;
        if let Some((month, year, _)) = month_and_year(tokens, after) {
            return Some((month, year));
        }
        next = after;
    }
    None
}

/// "October 3, 2020", "Oct. 3", "October 3-5, 2019".
fn month_first(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    // "5" of "October 3 and 5" leans on the month before it.
    if let Some(listed) = listed_after_month(tokens, at) {
        return Some(listed);
    }
    let month = tokens.month(at)?;
    let next = at + 1 + usize::from(month.short && tokens.is(at + 1, "."));
    let next = next + usize::from(tokens.is(next, "the"));
    let (day, next) = day_number(tokens, next)?;
    if tokens.has(next, Role::Counted) {
        return None;
    }
    let joined = tokens.is_dash(next) || tokens.has(next, Role::RangeJoin);
    let last = if joined { day_number(tokens, next + 1) } else { None };
    let last = last.filter(|(_, end)| !tokens.has(*end, Role::Counted));
    let last = last.filter(|(_, end)| month_and_year(tokens, *end).is_none());
    let end = last.map_or(next, |(_, end)| end);
    let (year, end) = year_after(tokens, end);
    if !tokens.capital(at) && month.also_word && year == ToldYear::Open {
        return None;
    }
    let first_day = day_of(year, month.number, day);
    let expression = match last {
        Some((last, _)) => stretch(first_day, day_of(year, month.number, last)),
        None => first_day,
    };
    Some(Phrase::new(expression, at, end))
}

fn listed_after_month(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    if !tokens.before_is(at, 1, &["and"]) || !tokens.is_number(at) {
        return None;
    }
    let (day, end) = day_number(tokens, at)?;
    let month = tokens.month(at.checked_sub(3)?)?;
    day_number(tokens, at - 2)?;
    let (year, end) = year_after(tokens, end);
    // "On October 3 and 5 people were hurt" names no fifth of October.
    let closed = !tokens.is_word(end) || tokens.is_any(end, &["in", "at", "near", "and"]);
    closed.then(|| Phrase::new(day_of(year, month.number, day), at, end))
}

/// "June 2018", "in September", "October last year".
fn month_alone(tokens: &Tokens<'_>, at: usize, first: usize, which: Which) -> Option<Phrase> {
    let month = tokens.month(at)?;
    let stop = at + 1 + usize::from(month.short && tokens.is(at + 1, "."));
    let dash = usize::from(tokens.is_dash(stop) && tokens.glued(stop) && tokens.glued(stop + 1));
    let (year, end) = match year_number(tokens, stop + dash) {
        Some(year) if dash == 1 => (ToldYear::Told(year), stop + 2),
        _ => year_after(tokens, stop),
    };
    if year == ToldYear::Open {
        let led = which != Which::Plain
            || first != at
            || tokens.before_has(at, 1, Role::MonthLead)
            || (tokens.before_has(at, 2, Role::MonthLead) && tokens.is_dash(at.wrapping_sub(1)));
        let plain = tokens.capital(at) && !month.short && (led || !month.also_word);
        if !plain {
            return None;
        }
    }
    let end = if year == ToldYear::Open { at + 1 } else { end };
    Some(Phrase::new(Expression::Month { year, month: month.number, which }, first, end))
}

/// "fall of 2015", "summer 2018", "last winter".
fn season(tokens: &Tokens<'_>, at: usize, first: usize, which: Which) -> Option<Phrase> {
    let season = tokens.season(at)?;
    let (year, end) = year_after(tokens, at + 1);
    if year == ToldYear::Open && which == Which::Plain {
        return None;
    }
    Some(Phrase::new(Expression::Season { year, season, which }, first, end))
}

/// "in 2016", "the 2016 agreement", "2012-2014", "(2005)".
fn year_alone(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let year = year_number(tokens, at)?;
    let deed = (1..=2).any(|step| tokens.has(at + step, Role::Deed));
    let bracketed = tokens.before_is(at, 1, &["("]) && tokens.is_any(at + 1, &[")", ",", ";"]);
    let owned = tokens.before_is(at, 1, &["s"]) && tokens.before_is(at, 2, &["'", "’"]);
    let paired = tokens.is_dash(at + 1) && tokens.glued(at + 1) && tokens.is_number(at + 2);
    let led = tokens.before_has(at, 1, Role::YearLead);
    if !(led || deed || bracketed || owned) {
        return None;
    }
    if !paired {
        return Some(Phrase::new(Expression::Year(year), at, at + 1));
    }
    let last = match (year_number(tokens, at + 2), tokens.number(at + 2)) {
        (Some(last), _) if last > year => Some(last),
        // "2013-14" is two years; "2010-12" may be a month or a year.
        (None, Some(short)) => {
            let last = year - year % 100 + i16::try_from(short).ok()?;
            (last > year && (short > 12 || last == year + 1)).then_some(last)
        }
        _ => None,
    };
    let expression = match last {
        Some(last) => {
            Expression::Range(Box::new(Expression::Year(year)), Box::new(Expression::Year(last)))
        }
        None => Expression::Unclear,
    };
    Some(Phrase::new(expression, at, at + 3))
}

/// A year of four digits that counts nothing.
pub(super) fn year_number(tokens: &Tokens<'_>, at: usize) -> Option<i16> {
    let year = tokens.number(at)?;
    let four = tokens.get(at)?.text.len() == 4 && (1900..=2099).contains(&year);
    (four && !tokens.has(at + 1, Role::Counted)).then(|| i16::try_from(year).ok())?
}

/// A day of a month with where it ends: "3", "3rd".
fn day_number(tokens: &Tokens<'_>, at: usize) -> Option<(i8, usize)> {
    let day = tokens.number(at).filter(|day| (1..=31).contains(day))?;
    if tokens.get(at)?.text.len() > 2 {
        return None;
    }
    let suffix =
        tokens.get(at + 1).is_some_and(|token| token.glued && is_ordinal_suffix(token.text));
    Some((i8::try_from(day).ok()?, at + 1 + usize::from(suffix)))
}

/// The month and year after a day: "of March 2019", "October", "-Oct-2020".
fn month_and_year(tokens: &Tokens<'_>, at: usize) -> Option<(i8, ToldYear, usize)> {
    let dash = usize::from(tokens.is_dash(at) && tokens.glued(at) && tokens.glued(at + 1));
    let of = usize::from(tokens.is_any(at, &["of", "."]));
    let at = at + dash.max(of);
    let month = tokens.month(at)?;
    let stop = at + 1 + usize::from(month.short && tokens.is(at + 1, "."));
    let (year, end) = year_after(tokens, stop + usize::from(dash == 1 && tokens.is_dash(stop)));
    let english = !tokens.capital(at) && (month.also_word || month.short);
    if english && year == ToldYear::Open {
        return None;
    }
    let end = if year == ToldYear::Open { stop } else { end };
    // "3 October 5": the number belongs to the month, not to the one before it.
    Some((month.number, year, end))
}

/// The year after a month or day, with where it ends; `at` itself when none is told.
fn year_after(tokens: &Tokens<'_>, at: usize) -> (ToldYear, usize) {
    let next = at + usize::from(tokens.is_any(at, &[",", "of", "in"]));
    if let Some(year) = year_number(tokens, next) {
        return (ToldYear::Told(year), next + 1);
    }
    if tokens.is(next + 1, "year") {
        let off = match () {
            () if tokens.is(next, "last") => Some(-1),
            () if tokens.is(next, "this") => Some(0),
            () if tokens.is(next, "next") => Some(1),
            () => None,
        };
        if let Some(off) = off {
            return (ToldYear::Off(off), next + 2);
        }
    }
    (ToldYear::Open, at)
}

/// The day, or that there is none such.
pub(super) fn day_of(year: ToldYear, month: i8, day: i8) -> Expression {
    // A leap year stands in where the words leave the year open.
    let sample = if let ToldYear::Told(year) = year { year } else { 2000 };
    if Date::new(sample, month, day).is_err() {
        return Expression::Impossible;
    }
    Expression::Day(ToldDay { year, month, day, weekday: None })
}

fn stretch(first: Expression, last: Expression) -> Expression {
    match (&first, &last) {
        (Expression::Day(from), Expression::Day(to)) if from.day <= to.day => {
            Expression::Range(Box::new(first), Box::new(last))
        }
        _ => Expression::Impossible,
    }
}
