//! Takes the phrases of a text, gives them with those that are the two ends of one stretch joined.
//! Invariant: order and coverage stay; a joined phrase covers exactly its two ends.

use super::{
    expression::{Expression, Phrase, ToldYear, Which},
    tokens::Tokens,
    words::Role,
};

/// Joins "from 27 August" and "4 September" and the like.
pub(super) fn join(tokens: &Tokens<'_>, phrases: Vec<Phrase>) -> Vec<Phrase> {
    let mut joined: Vec<Phrase> = Vec::with_capacity(phrases.len());
    for phrase in share_years(tokens, phrases) {
        match joined.pop() {
            Some(first) if are_ends(tokens, &first, &phrase) => {
                let expression =
                    Expression::Range(Box::new(first.expression), Box::new(phrase.expression));
                joined.push(Phrase::new(expression, first.first, phrase.end));
            }
            Some(first) => joined.extend([first, phrase]),
            None => joined.push(phrase),
        }
    }
    joined
}

/// "October and November 2021": the year told at the end of a list is that of its members.
fn share_years(tokens: &Tokens<'_>, mut phrases: Vec<Phrase>) -> Vec<Phrase> {
    for last in (1..phrases.len()).rev() {
        let (before, after) = phrases.split_at_mut(last);
        let (Some(first), Some(last)) = (before.last_mut(), after.first()) else { continue };
        let comma = usize::from(tokens.is(first.end, ","));
        let word = usize::from(tokens.is_any(first.end + comma, &["and", "&", "or"]));
        let listed = comma + word > 0 && first.end + comma + word == last.first;
        let between = tokens.before_is(first.first, 1, &["between"]);
        let ToldYear::Told(year) = last.expression.year() else { continue };
        let (Some(month), Some(later)) = (month_of(&first.expression), month_of(&last.expression))
        else {
            continue;
        };
        if !listed || between || !first.expression.leaves_year_open() {
            continue;
        }
        // "December and January 2019" begins in the year before.
        let told = ToldYear::Told(if month > later { year - 1 } else { year });
        match &mut first.expression {
            Expression::Day(day) => day.year = told,
            Expression::Month { year, .. } => *year = told,
            _ => {}
        }
    }
    phrases
}

fn month_of(expression: &Expression) -> Option<i8> {
    match expression {
        Expression::Day(day) => Some(day.month),
        Expression::Month { month, .. } => Some(*month),
        _ => None,
    }
}

fn are_ends(tokens: &Tokens<'_>, first: &Phrase, last: &Phrase) -> bool {
    let ends = is_point(&first.expression) && is_point(&last.expression);
    let gap = first.end;
    let next = gap + 1 + usize::from(tokens.is(gap + 1, "the"));
    if !ends || next != last.first {
        return false;
    }
    let opens = |back| tokens.before_has(first.first, back, Role::RangeOpen);
    let opened = opens(1) || (tokens.before_is(first.first, 1, &["the"]) && opens(2));
    let calendar = month_of(&first.expression).is_some() && month_of(&last.expression).is_some();
    let between = opened
        && (tokens.before_is(first.first, 1, &["between"])
            || tokens.before_is(first.first, 2, &["between"]));
    if tokens.is(gap, "and") {
        return between;
    }
    tokens.is_dash(gap) || (tokens.has(gap, Role::RangeJoin) && (opened || calendar))
}

/// One point of the calendar that can end a stretch.
fn is_point(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Day(_)
            | Expression::Year(_)
            | Expression::Month { .. }
            | Expression::Season { .. }
            | Expression::Weekday { which: Which::Plain, .. }
    )
}
