//! Takes the days of a question as typed, gives the question.
//! Invariant: a day that is left out is today; of a month or a year the last day counts.

use crate::world;
use sulh_desk::{DateRefused, Question, last_day_given};

/// A question on the three clocks.
pub fn question(
    as_of: Option<&str>,
    known_by: Option<&str>,
    recorded_by: Option<u64>,
) -> Result<Question, DateRefused> {
    let day = |text: Option<&str>, option| match text {
        Some(text) => last_day_given(text, option),
        None => Ok(world::today()),
    };
    Ok(Question {
        as_of: day(as_of, "--as-of")?,
        known_by: day(known_by, "--known-by")?,
        recorded_by,
    })
}
