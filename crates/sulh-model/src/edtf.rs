//! Takes calendar parts, gives an EDTF level-1 expression with its first and last possible day.
//! Invariant: `earliest() <= latest()` where both are known, and neither is narrower than the expression.

use jiff::civil::{Date, date};

/// The years that four digits can write.
pub const YEARS: std::ops::RangeInclusive<i16> = 0..=9999;

/// How finely a point of time is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A year.
    Year(i16),
    /// A season of a year, of either hemisphere.
    Season(i16, Season),
    /// A month of a year.
    Month(i16, i8),
    /// A day.
    Day(Date),
}

crate::codes! {
    /// The four seasons, with the numbers EDTF gives them.
    pub enum Season {
        /// Spring.
        Spring = "21",
        /// Summer.
        Summer = "22",
        /// Autumn.
        Autumn = "23",
        /// Winter.
        Winter = "24",
    }
}

/// One point of an expression: how finely it is told, and whether the words say "about".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// How finely it is told.
    pub precision: Precision,
    /// The words say "around", "about": written `~`. Its bounds are then unknown.
    pub approximate: bool,
}

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// `..`: the text sets no limit at this end.
    Open,
    /// A told point.
    At(Point),
}

/// An EDTF level-1 expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edtf {
    /// One day, month, season or year.
    Point(Point),
    /// From one bound to another, both included.
    Interval(Bound, Bound),
}

impl Edtf {
    /// One day.
    pub const fn day(day: Date) -> Self {
        Self::Point(Point { precision: Precision::Day(day), approximate: false })
    }

    /// One month; nothing for a month outside 1-12 or a year EDTF cannot write in four digits.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        YEARS.contains(&year).then_some(())?;
        Date::new(year, month, 1).ok()?;
        Some(Self::Point(Point { precision: Precision::Month(year, month), approximate: false }))
    }

    /// One year; nothing for a year EDTF cannot write in four digits.
    pub fn year(year: i16) -> Option<Self> {
        YEARS.contains(&year).then_some(())?;
        Some(Self::Point(Point { precision: Precision::Year(year), approximate: false }))
    }

    /// One season of a year; nothing for a year EDTF cannot write in four digits.
    pub fn season(year: i16, season: Season) -> Option<Self> {
        YEARS.contains(&year).then_some(())?;
        Some(Self::Point(Point { precision: Precision::Season(year, season), approximate: false }))
    }

    /// From a day to a day, both included; nothing when reversed.
    pub fn days(first: Date, last: Date) -> Option<Self> {
        match first.cmp(&last) {
            std::cmp::Ordering::Less => Some(Self::Interval(Bound::day(first), Bound::day(last))),
            std::cmp::Ordering::Equal => Some(Self::day(first)),
            std::cmp::Ordering::Greater => None,
        }
    }

    /// On or before a day: `../2020-10-03`.
    pub const fn until(last: Date) -> Self {
        Self::Interval(Bound::Open, Bound::day(last))
    }

    /// On or after a day: `2020-10-03/..`.
    pub const fn since(first: Date) -> Self {
        Self::Interval(Bound::day(first), Bound::Open)
    }

    /// The same, told as approximate at every point.
    pub fn approximate(self) -> Self {
        let about = |bound| match bound {
            Bound::Open => Bound::Open,
            Bound::At(point) => Bound::At(Point { approximate: true, ..point }),
        };
        match self {
            Self::Point(point) => Self::Point(Point { approximate: true, ..point }),
            Self::Interval(first, last) => Self::Interval(about(first), about(last)),
        }
    }

    /// First day it can mean; nothing when open or approximate at that end.
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::Point(point) => point.days().map(|(first, _)| first),
            Self::Interval(Bound::At(point), _) => point.days().map(|(first, _)| first),
            Self::Interval(Bound::Open, _) => None,
        }
    }

    /// Last day it can mean; nothing when open or approximate at that end.
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::Point(point) => point.days().map(|(_, last)| last),
            Self::Interval(_, Bound::At(point)) => point.days().map(|(_, last)| last),
            Self::Interval(_, Bound::Open) => None,
        }
    }

    /// Reads an expression as `Display` writes it; nothing for anything else, reversed intervals included.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((first, last)) = text.split_once('/') else {
            return Point::parse(text).map(Self::Point);
        };
        let bound = |text: &str| match text {
            ".." => Some(Bound::Open),
            other => Point::parse(other).map(Bound::At),
        };
        let read = Self::Interval(bound(first)?, bound(last)?);
        match (read.earliest(), read.latest()) {
            (Some(first), Some(last)) if first > last => None,
            _ => Some(read),
        }
    }
}

impl Bound {
    const fn day(day: Date) -> Self {
        Self::At(Point { precision: Precision::Day(day), approximate: false })
    }
}

impl Point {
    /// First and last day; nothing when approximate: "around 5 October" sets no firm border.
    fn days(self) -> Option<(Date, Date)> {
        if self.approximate {
            return None;
        }
        Some(match self.precision {
            Precision::Day(day) => (day, day),
            Precision::Month(year, month) => {
                let first = date(year, month, 1);
                (first, first.last_of_month())
            }
            Precision::Year(year) => (date(year, 1, 1), date(year, 12, 31)),
            // Seasons fall in other months in the other hemisphere and are told loosely:
            // the year is what they surely say, and a winter runs over at either end of it.
            Precision::Season(year, Season::Winter) => {
                let last = year.saturating_add(1).min(9999);
                (date(year.saturating_sub(1).max(0), 12, 1), date(last, 3, 31))
            }
            Precision::Season(year, _) => (date(year, 1, 1), date(year, 12, 31)),
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let (text, approximate) = match text.strip_suffix('~') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let digits = |text: &str, count: usize| {
            (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then_some(())
        };
        let mut parts = text.split('-');
        let year = parts.next()?;
        digits(year, 4)?;
        let year: i16 = year.parse().ok()?;
        let precision = match (parts.next(), parts.next(), parts.next()) {
            (None, None, None) => Precision::Year(year),
            (Some(second), None, None) => {
                digits(second, 2)?;
                match Season::from_code(second) {
                    Some(season) => Precision::Season(year, season),
                    None => {
                        let month: i8 = second.parse().ok()?;
                        Date::new(year, month, 1).ok()?;
                        Precision::Month(year, month)
                    }
                }
            }
            (Some(month), Some(day), None) => {
                digits(month, 2)?;
                digits(day, 2)?;
                Precision::Day(Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?)
            }
            _ => return None,
        };
        Some(Self { precision, approximate })
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.precision {
            Precision::Year(year) => write!(f, "{year:04}")?,
            Precision::Season(year, season) => write!(f, "{year:04}-{season}")?,
            Precision::Month(year, month) => write!(f, "{year:04}-{month:02}")?,
            Precision::Day(day) => write!(f, "{day}")?,
        }
        if self.approximate { f.write_str("~") } else { Ok(()) }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::At(point) => point.fmt(f),
        }
    }
}

impl std::fmt::Display for Edtf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Point(point) => point.fmt(f),
            Self::Interval(first, last) => write!(f, "{first}/{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, earliest: Option<&str>, latest: Option<&str>) {
        let read = Edtf::parse(text).unwrap();
        assert_eq!(read.to_string(), text);
        assert_eq!(read.earliest().map(|d| d.to_string()).as_deref(), earliest, "{text}");
        assert_eq!(read.latest().map(|d| d.to_string()).as_deref(), latest, "{text}");
    }

    #[test]
    fn bounds_follow_the_expression() {
        check("2020-10-03", Some("2020-10-03"), Some("2020-10-03"));
        check("2020-02", Some("2020-02-01"), Some("2020-02-29"));
        check("2016", Some("2016-01-01"), Some("2016-12-31"));
        check("../2020-10-03", None, Some("2020-10-03"));
        check("2020-09-27/2020-10-03", Some("2020-09-27"), Some("2020-10-03"));
        check("2020-09/..", Some("2020-09-01"), None);
        check("2020-10-05~", None, None);
        check("2015-23", Some("2015-01-01"), Some("2015-12-31"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "2020-02-31",
            "2020-13",
            "20-10-03",
            "",
            "/",
            "2020-10-04/2020-10-03",
            "yesterday",
            "+020-10-03",
        ] {
            assert_eq!(Edtf::parse(text), None, "{text}");
        }
    }
}
