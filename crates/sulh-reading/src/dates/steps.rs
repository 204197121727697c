//! Takes a day, gives days so many steps from it, and the week, month or year it lies in.
//! Invariant: a week covers all readings of where weeks begin: Saturday, Sunday or Monday.

use super::words::Unit;
use jiff::{Span, civil::Date};

/// The day so many units on (back, when negative); hours are rounded away from the day.
pub(super) fn shift(from: Date, count: i64, unit: Unit) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        Unit::Hour => span.try_days(whole_days(count)),
        Unit::Day => span.try_days(count),
        Unit::Week => span.try_weeks(count),
        Unit::Month => span.try_months(count),
        Unit::Year => span.try_years(count),
    };
    let day = from.checked_add(span.ok()?).ok()?;
    // Beyond these years an EDTF level-1 string has no four digits.
    (1..=9998).contains(&day.year()).then_some(day)
}

/// "24 hours" reaches into the day before, "25 hours" into the one before that.
fn whole_days(hours: i64) -> i64 {
    (hours.abs() + 23) / 24 * hours.signum()
}

/// First and last day of what "so many units before or after" can mean: days are told exactly,
/// weeks, months and years are rounded, so half of one is allowed on each side, and the whole
/// week, month or year it points into.
pub(super) fn ago(from: Date, count: i64, unit: Unit) -> Option<(Date, Date)> {
    let middle = shift(from, count, unit)?;
    let (first, last) = match unit {
        Unit::Hour => {
            let nearer = shift(from, count / 24, Unit::Day)?;
            return Some((middle.min(nearer), middle.max(nearer)));
        }
        Unit::Day => return Some((middle, middle)),
        Unit::Week => {
            return Some((shift(middle, -6, Unit::Day)?, shift(middle, 6, Unit::Day)?));
        }
        Unit::Month => (shift(middle, -15, Unit::Day)?, shift(middle, 15, Unit::Day)?),
        Unit::Year => (shift(middle, -6, Unit::Month)?, shift(middle, 6, Unit::Month)?),
    };
    let (opens, closes) = span_of_unit(middle, unit)?;
    Some((first.min(opens), last.max(closes)))
}

/// The week (by all readings), month or year of a day; the day itself for smaller units.
pub(super) fn span_of_unit(day: Date, unit: Unit) -> Option<(Date, Date)> {
    match unit {
        Unit::Hour | Unit::Day => Some((day, day)),
        Unit::Month => Some((day.first_of_month(), day.last_of_month())),
        Unit::Year => Some((day.first_of_year(), day.last_of_year())),
        Unit::Week => {
            // Saturday is 6, Sunday 7, Monday 1 of the week that begins on Monday.
            let starts = [6, 7, 1].map(|weekday| last_weekday(day, weekday));
            let first = starts.into_iter().flatten().min()?;
            let last = starts.into_iter().flatten().max()?;
            Some((first, shift(last, 6, Unit::Day)?))
        }
    }
}

/// The latest such weekday (from Monday, 1) on or before a day.
pub(super) fn last_weekday(day: Date, weekday: i8) -> Option<Date> {
    let back = (day.weekday().to_monday_one_offset() - weekday).rem_euclid(7);
    shift(day, -i64::from(back), Unit::Day)
}
