//! Takes an uncertain date and the day its page was published, gives the days between which a thing lies.
//! Invariant: `latest` is always a day: what a page tells as past lies no later than the page itself.

use jiff::civil::Date;
use sulh_model::time::UncertainDate;

/// Between which days something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The last day it can lie on.
    pub latest: Date,
    /// The first day, where the words set one.
    pub earliest: Option<Date>,
}

// Every statement in memory carries one.
const _: () = assert!(size_of::<Window>() <= 10);

impl Window {
    /// The window of a date told in a page known from a day.
    pub fn new(happened: Option<&UncertainDate>, known_from: Date) -> Self {
        let earliest = happened.and_then(UncertainDate::earliest);
        let latest = happened.and_then(UncertainDate::latest).unwrap_or(known_from);
        // "Since Monday" in a page of an earlier day: the words stand, the page's day gives way.
        Self { latest: earliest.map_or(latest, |earliest| latest.max(earliest)), earliest }
    }

    /// True when the two may share a day. An open beginning may reach back to any day.
    pub fn may_overlap(self, other: Self) -> bool {
        let reaches = |from: Option<Date>, to: Date| from.is_none_or(|from| from <= to);
        reaches(self.earliest, other.latest) && reaches(other.earliest, self.latest)
    }

    /// True when two of these windows cannot share a day.
    pub fn are_apart(windows: impl Iterator<Item = Self> + Clone) -> bool {
        let last_beginning = windows.clone().filter_map(|window| window.earliest).max();
        let first_end = windows.map(|window| window.latest).min();
        last_beginning.zip(first_end).is_some_and(|(beginning, end)| beginning > end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::edtf::Edtf;

    fn window(edtf: &str, known_from: &str) -> Window {
        let date = Edtf::parse(edtf).map(|edtf| UncertainDate::given(edtf, ""));
        Window::new(date.as_ref(), known_from.parse().unwrap())
    }

    #[test]
    fn windows_overlap_where_a_day_may_be_shared() {
        let check = |left: &str, right: &str, expected: bool| {
            let (left, right) = (window(left, "2021-06-30"), window(right, "2021-06-30"));
            assert_eq!(left.may_overlap(right), expected, "{left:?} {right:?}");
            assert_eq!(right.may_overlap(left), expected);
            assert_eq!(Window::are_apart([right, left].into_iter()), !expected);
        };
        check("2021-06-01", "2021-06-01", true);
        check("2021-06-01", "2021-06-02", false);
        check("2021-06", "2021-06-02", true);
        check("../2021-06-01", "2021-05", true);
        check("../2021-06-01", "2021-06-02/..", false);
        check("", "2021-06-02", true);
    }

    #[test]
    fn a_thing_told_lies_no_later_than_its_page() {
        assert_eq!(window("", "2021-06-30").latest.to_string(), "2021-06-30");
        assert_eq!(window("2021-07-04/..", "2021-06-30").latest.to_string(), "2021-07-04");
    }
}
