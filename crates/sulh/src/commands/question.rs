//! Takes the days of a question as typed, gives the question.
//! Invariant: a day that is left out is today; of a month or a year the last day counts.

use crate::{cli::ClockOptions, world};
use sulh_desk::{DateRefused, Question, last_day_given};

/// A question on the three clocks.
pub fn question(clocks: &ClockOptions) -> Result<Question, DateRefused> {
    let day = |text: Option<&str>, option| match text {
        Some(text) => last_day_given(text, option),
        None => Ok(world::today()),
    };
    Ok(Question {
        as_of: day(clocks.as_of.as_deref(), "--as-of")?,
        known_by: day(clocks.known_by.as_deref(), "--known-by")?,
        recorded_by: clocks.recorded_by,
    })
}
