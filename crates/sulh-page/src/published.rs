//! Takes a date as machines write it in pages and feeds (`2024-03-05T10:00:00+03:00`, `Tue, 05 Mar 2024 10:00 GMT`),
//! gives an uncertain date, and whether two of them can be of one moment.
//! Invariant: never narrower than its wording; the day is the outlet's own, its offset is not turned into another day;
//! a date of another shape, or one that contradicts itself, is left unread.

use crate::{stamp, wording::MONTHS};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Weekday},
    fmt::rfc2822,
    tz::Offset,
};
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// Two programs of one outlet write down one act of publishing within this time.
const SAME_MOMENT_MAX: SignedDuration = SignedDuration::from_hours(1);

/// Reads a date of ISO 8601 or of RFC 822, with or without a time of day.
pub(crate) fn read(wording: &str) -> Option<UncertainDate> {
    let wording = wording.trim();
    let by_words = || Some(UncertainDate::given(Edtf::day(by_words(wording)?), wording));
    iso(wording).or_else(by_words)
}

/// Reads a date meant for machines that may be written for people, too. What programs write for "no day" is none.
pub(crate) fn told(wording: &str) -> Option<UncertainDate> {
    let wording = wording.trim();
    let worded = || Some(UncertainDate::given(Edtf::day(stamp::day(wording)?), wording));
    let day = read(wording).or_else(worded)?;
    let nothing = |first: Date| first.year() < 1900 || first == jiff::civil::date(1970, 1, 1);
    (!day.earliest().is_some_and(nothing)).then_some(day)
}

/// On or before a date: what was changed last then had been published by then.
pub(crate) fn by(changed: &UncertainDate) -> Option<UncertainDate> {
    let edtf = Edtf::until(changed.latest()?);
    Some(UncertainDate { edtf, ..changed.clone() })
}

/// An ISO day, month or year.
fn iso(wording: &str) -> Option<UncertainDate> {
    let end = wording.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(wording.len());
    let (day, rest) = wording.split_at(end);
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' ', 'Z'])) {
        return None;
    }
    let edtf = match day.len() {
        // Compact ISO: 20240305.
        8 if day.bytes().all(|b| b.is_ascii_digit()) => {
            Edtf::parse(&format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]))
        }
        4 | 7 | 10 => Edtf::parse(day),
        _ => None,
    }?;
    Some(UncertainDate::given(edtf, wording))
}

/// True when two dates share no day.
pub(crate) fn clash(one: &UncertainDate, other: &UncertainDate) -> bool {
    let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
    before(one.latest(), other.earliest()) || before(other.latest(), one.earliest())
}

/// True when two dates can be of one moment: they share a day, or differ by one because of where days are counted.
pub(crate) fn agree(one: &UncertainDate, other: &UncertainDate) -> bool {
    if !clash(one, other) {
        return true;
    }
    match (moment(&one.wording), moment(&other.wording)) {
        (Some(one), Some(other)) => one.duration_until(other).abs() <= SAME_MOMENT_MAX,
        (Some(moment), None) => can_hold(other, moment),
        (None, Some(moment)) => can_hold(one, moment),
        (None, None) => false,
    }
}

/// The moment of a wording that has an offset.
fn moment(wording: &str) -> Option<Timestamp> {
    let wording = wording.trim();
    wording.parse().ok().or_else(|| rfc2822::parse(wording).ok().map(|zoned| zoned.timestamp()))
}

/// True when a day that is somewhere counted so can hold a moment: days begin at +14:00 and end at -12:00.
fn can_hold(day: &UncertainDate, moment: Timestamp) -> bool {
    let at = |offset: i8| Offset::constant(offset).to_datetime(moment).date();
    day.latest().is_none_or(|last| at(-12) <= last)
        && day.earliest().is_none_or(|first| first <= at(14))
}

/// True for a time of day in UTC: its day need not be the outlet's own.
pub(crate) fn is_utc(wording: &str) -> bool {
    let wording = wording.trim();
    let timed = wording.contains(':');
    timed
        && ["Z", "z", "+00:00", "+0000", "-00:00", "GMT", "UTC"]
            .iter()
            .any(|end| wording.ends_with(end))
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
    fn machine_dates_are_read() {
        check("2024-03-05T10:00:00+03:00", Some("2024-03-05"));
        check("2024-03-05 10:00", Some("2024-03-05"));
        check("20240305", Some("2024-03-05"));
        check("2024-03", Some("2024-03"));
        check("2024-02-31", None);
        check("05/03/2024", None);
        check("2024-03-05-extra", None);
    }

    #[test]
    fn what_programs_write_for_no_day_is_none() {
        for wording in ["1970-01-01T00:00:00Z", "0001-01-01", "03/04/2021"] {
            assert_eq!(told(wording), None, "{wording}");
        }
        assert_eq!(
            told("3 October 2020").map(|day| day.edtf.to_string()).as_deref(),
            Some("2020-10-03")
        );
    }

    #[test]
    fn days_of_one_moment_agree() {
        let check = |one: &str, other: &str, expected: bool| {
            let (one, other) = (read(one).unwrap(), read(other).unwrap());
            assert_eq!(
                (agree(&one, &other), agree(&other, &one)),
                (expected, expected),
                "{one:?} {other:?}"
            );
        };
        check("2020-10-03", "2020-10", true);
        check("2020-10-03", "2020-10-04", false);
        check("2020-10-02T22:30:00Z", "2020-10-03T01:30:00+03:00", true);
        check("2020-10-02T22:30:00Z", "Sat, 03 Oct 2020 01:30:00 +0300", true);
        check("2020-10-02T22:30:00Z", "2020-10-03T22:30:00Z", false);
        check("2020-10-02T22:30:00Z", "2020-10-03", true);
        check("2020-10-02T02:30:00Z", "2020-10-03", false);
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
