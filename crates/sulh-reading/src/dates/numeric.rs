//! Takes tokens, gives the dates written in figures only: "2020-10-03", "06.09.2018", "25/10/2019".
//! Invariant: where day and month could be swapped the answer is "unclear", never a choice.

use super::{
    calendar::day_of,
    expression::{Expression, Phrase, ToldYear},
    tokens::{Kind, Tokens},
};

/// The date in figures that begins at `at`, if one does.
pub(super) fn phrase(tokens: &Tokens<'_>, at: usize) -> Option<Phrase> {
    let figures: Vec<&str> = [at, at + 2, at + 4]
        .into_iter()
        .filter(|place| tokens.is_number(*place))
        .filter_map(|place| tokens.get(place).map(|token| token.text))
        .collect();
    let &[first, second, third] = figures.as_slice() else { return None };
    let mark = tokens.get(at + 1)?.text;
    let whole = ["-", "/", "."].contains(&mark)
        && tokens.is(at + 3, mark)
        && (at + 1..at + 5).all(|place| tokens.glued(place));
    if !whole || !free(tokens, at, at + 5) {
        return None;
    }
    read(first, second, third, mark).map(|expression| Phrase::new(expression, at, at + 5))
}

/// Not a piece of an address, a version or a longer number.
fn free(tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let before = !tokens.glued(at)
        || tokens.before(at, 1).is_none_or(|token| "([{\"'“‘«:".contains(token.text));
    let after = match tokens.get(end) {
        Some(next) if next.glued => match next.kind {
            Kind::Word => next.text.eq_ignore_ascii_case("T"),
            Kind::Number => false,
            Kind::Mark => {
                ".,;:!?)]}\"'”’»".contains(next.text)
                    && !(tokens.glued(end + 1) && tokens.is_number(end + 1))
            }
        },
        _ => true,
    };
    before && after
}

fn read(first: &str, second: &str, third: &str, mark: &str) -> Option<Expression> {
    let lengths = (first.len(), second.len(), third.len());
    let small = |text: &str| text.parse::<i8>().ok();
    let year = |text: &str| text.parse::<i16>().ok().filter(|year| (1900..=2099).contains(year));
    match lengths {
        (4, 1..=2, 1..=2) => {
            Some(day_of(ToldYear::Told(year(first)?), small(second)?, small(third)?))
        }
        (1..=2, 1..=2, 4) => {
            let (year, one, two) = (ToldYear::Told(year(third)?), small(first)?, small(second)?);
            Some(match (one, two) {
                // With full stops the day comes first wherever that form is in use.
                _ if mark == "." && two <= 12 => day_of(year, two, one),
                _ if one == two => day_of(year, two, one),
                (13.., _) => day_of(year, two, one),
                (_, 13..) => day_of(year, one, two),
                _ => Expression::Unclear,
            })
        }
        (1..=2, 1..=2, 2) if mark == "/" => {
            let (one, two) = (small(first)?, small(second)?);
            let fits = (1..=31).contains(&one) && (1..=31).contains(&two) && one.min(two) <= 12;
            fits.then_some(Expression::Unclear)
        }
        _ => None,
    }
}
