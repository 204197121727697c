//! Takes a day as feeds write it (`Tue, 10 Jun 2003 04:00:00 GMT`, `2003-06-10T04:00:00Z`), gives an uncertain date.
//! Invariant: the day is the outlet's own, its offset is not turned into another day; what contradicts itself is none.

use crate::published;
use jiff::civil::{Date, Weekday};
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// Reads a day of RFC 822, or of ISO 8601.
pub(super) fn read(wording: &str) -> Option<UncertainDate> {
    let wording = wording.trim();
    published::read(wording)
        .or_else(|| Some(UncertainDate::given(Edtf::day(by_words(wording)?), wording)))
}

/// On or before a day: what was changed last then had been published by then.
pub(super) fn by(day: &UncertainDate) -> Option<UncertainDate> {
    let last = day.latest()?;
    Some(UncertainDate::given(Edtf::parse(&format!("../{last}"))?, &day.wording))
}

/// `[Tue,] 10 Jun 2003 ...`: what follows the year is a time of day, and is not looked at.
fn by_words(wording: &str) -> Option<Date> {
    let (weekday, rest) = match wording.split_once(',') {
        Some((weekday, rest)) => (Some(named(&WEEKDAYS, weekday.trim())?), rest),
        None => (None, wording),
    };
    let mut parts =
        rest.split(|c: char| c.is_whitespace() || c == '-').filter(|part| !part.is_empty());
    let day: i8 = digits(parts.next()?, 1..=2)?.try_into().ok()?;
    let month = named(&MONTHS, parts.next()?)?;
    let year = parts.next()?;
    let year = match (year.len(), digits(year, 2..=4)?) {
        // RFC 2822 says what two digits mean.
        (2, year @ 0..=49) => 2000 + year,
        (2, year) => 1900 + year,
        (4, year) => year,
        _ => return None,
    };
    let date = Date::new(year, i8::try_from(month + 1).ok()?, day).ok()?;
    let fits = |at: usize| Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok();
    weekday.is_none_or(|at| fits(at) == Some(date.weekday())).then_some(date)
}

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Which of the names it is, whole or its first three letters.
fn named(names: &[&str], word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.').to_lowercase();
    names.iter().position(|name| word == *name || word == name[..3])
}

fn digits(word: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<i16> {
    let good = lengths.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    if good { word.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wording: &str, edtf: Option<&str>) {
        assert_eq!(read(wording).map(|date| date.edtf.to_string()).as_deref(), edtf, "{wording}");
    }

    #[test]
    fn days_of_feeds_are_read() {
        check("Tue, 10 Jun 2003 23:30:00 -0500", Some("2003-06-10"));
        check("10 June 2003", Some("2003-06-10"));
        check("Tuesday, 10-Jun-03 04:00:00 EST", Some("2003-06-10"));
        check("2003-06-10T23:30:00-05:00", Some("2003-06-10"));
        check(" 2003-06 ", Some("2003-06"));
    }

    #[test]
    fn what_cannot_be_read_is_no_day() {
        check("Mon, 10 Jun 2003 04:00:00 GMT", None);
        check("31 Feb 2020", None);
        check("06/10/2003", None);
        check("yesterday", None);
        check("Tue, 10 Jun", None);
        check("10 Jun 203", None);
        check("", None);
    }
}
