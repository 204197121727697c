//! Takes days, gives each a place on an axis on which long gaps are drawn shorter.
//! Invariant: a later day lies further right, and the same days give the same places on every machine.

use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Places of days between two edges.
pub struct Axis {
    places: BTreeMap<Date, i32>,
}

impl Axis {
    /// The axis of some days.
    pub fn new(days: &BTreeSet<Date>, left: i32, right: i32) -> Self {
        let mut weights: Vec<(Date, i32)> = Vec::new();
        let mut sum = 0;
        let mut before: Option<Date> = None;
        for day in days {
            sum += before.map_or(0, |before| weight(before, *day));
            weights.push((*day, sum));
            before = Some(*day);
        }
        let place = |(day, weight): (Date, i32)| match sum {
            // A single day stands in the middle.
            0 => (day, i32::midpoint(left, right)),
            _ => (day, left + (right - left) * weight / sum),
        };
        Self { places: weights.into_iter().map(place).collect() }
    }

    /// The place of one of the days.
    pub fn place(&self, day: Date) -> i32 {
        self.places.get(&day).copied().unwrap_or(0)
    }

    /// The days that can be written below one another's side, the first always.
    pub fn ticks(&self, apart_min: i32) -> Vec<(Date, i32)> {
        let mut ticks: Vec<(Date, i32)> = Vec::new();
        for (day, place) in &self.places {
            if ticks.last().is_none_or(|(_, last)| place - last >= apart_min) {
                ticks.push((*day, *place));
            }
        }
        ticks
    }
}

/// How far two days lie apart as drawn: 1 for a day, one more each time the gap doubles.
fn weight(earlier: Date, later: Date) -> i32 {
    let days = (later - earlier).get_days().unsigned_abs().max(1);
    i32::try_from(days.ilog2()).unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(days: &[&str], expected: &[i32]) {
        let days: BTreeSet<Date> = days.iter().map(|day| day.parse().unwrap()).collect();
        let axis = Axis::new(&days, 100, 200);
        let found: Vec<i32> = days.iter().map(|day| axis.place(*day)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn long_gaps_are_drawn_shorter_and_the_order_stays() {
        check(&["2020-10-03"], &[150]);
        check(&["2020-10-03", "2020-10-04"], &[100, 200]);
        check(&["2020-10-03", "2020-10-04", "2020-10-06"], &[100, 133, 200]);
        check(&["2016-01-01", "2020-10-03", "2020-10-04"], &[100, 191, 200]);
    }

    #[test]
    fn ticks_keep_apart() {
        let days = ["2020-10-03", "2020-10-04", "2020-10-06"].map(|day| day.parse().unwrap());
        let ticks = Axis::new(&days.into(), 100, 200).ticks(50);
        assert_eq!(ticks.iter().map(|(_, place)| *place).collect::<Vec<_>>(), [100, 200]);
    }
}
