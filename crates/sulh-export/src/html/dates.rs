//! Takes days, uncertain dates and windows, gives them in words.
//! Invariant: no more is said than is known: an open end stays open, "about" stays about.

use jiff::civil::Date;
use sulh_ledger::window::Window;
use sulh_model::{
    edtf::{Bound, Edtf, Point, Precision, Season},
    time::UncertainDate,
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day: "3 October 2020".
pub fn day(day: Date) -> String {
    format!("{} {}", day.day(), month(day.year(), day.month()))
}

/// A day where there is little room: "3 Oct 2020".
pub fn short_day(day: Date) -> String {
    let name = name(day.month());
    format!("{} {} {}", day.day(), name.get(..3).unwrap_or(name), day.year())
}

/// An uncertain date, without its wording.
pub fn uncertain(date: &UncertainDate) -> String {
    match date.edtf {
        Edtf::Point(told) => point(told),
        Edtf::Interval(Bound::Open, Bound::Open) => "day not told".to_owned(),
        Edtf::Interval(Bound::Open, Bound::At(last)) => {
            let on = if matches!(last.precision, Precision::Day(_)) { "on" } else { "in" };
            format!("{on} or before {}", point(last))
        }
        Edtf::Interval(Bound::At(first), Bound::Open) => format!("from {} on", point(first)),
        Edtf::Interval(Bound::At(first), Bound::At(last)) => {
            format!("{} to {}", point(first), point(last))
        }
    }
}

/// Between which days something lies.
pub fn window(window: Window) -> String {
    match window.earliest {
        Some(first) if first == window.latest => day(first),
        Some(first) => format!("between {} and {}", day(first), day(window.latest)),
        None => format!("on or before {}", day(window.latest)),
    }
}

fn point(told: Point) -> String {
    let words = match told.precision {
        Precision::Day(told) => day(told),
        Precision::Month(year, number) => month(year, number),
        Precision::Year(year) => year.to_string(),
        Precision::Season(year, season) => {
            let season = match season {
                Season::Spring => "spring",
                Season::Summer => "summer",
                Season::Autumn => "autumn",
                Season::Winter => "winter",
            };
            format!("{season} {year}")
        }
    };
    if told.approximate { format!("about {words}") } else { words }
}

fn month(year: i16, month: i8) -> String {
    format!("{} {year}", name(month))
}

fn name(month: i8) -> &'static str {
    let at = usize::try_from(month - 1).unwrap_or(0);
    MONTHS.get(at).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_words_is_as_open_as_it_was_told() {
        let check = |edtf: &str, expected: &str| {
            let told = UncertainDate::given(Edtf::parse(edtf).unwrap(), edtf);
            assert_eq!(uncertain(&told), expected);
        };
        check("2020-10-03", "3 October 2020");
        check("../2020-10-03", "on or before 3 October 2020");
        check("../2020-10", "in or before October 2020");
        check("2020-09/..", "from September 2020 on");
        check("2020-09-27/2020-10-03", "27 September 2020 to 3 October 2020");
        check("2016~", "about 2016");
        check("2015-23", "autumn 2015");
        check("../..", "day not told");
        assert_eq!(short_day("2020-09-03".parse().unwrap()), "3 Sep 2020");
    }

    #[test]
    fn a_window_without_a_first_day_is_open() {
        let latest = "2020-10-03".parse().unwrap();
        let check = |earliest: Option<&str>, expected: &str| {
            let earliest = earliest.map(|day| day.parse().unwrap());
            assert_eq!(window(Window { latest, earliest }), expected);
        };
        check(None, "on or before 3 October 2020");
        check(Some("2020-10-03"), "3 October 2020");
        check(Some("2020-10-01"), "between 1 October 2020 and 3 October 2020");
    }
}
