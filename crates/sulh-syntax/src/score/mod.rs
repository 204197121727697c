//! Takes what a treebank says and what a parser says, gives how far they agree.
//! Invariant: a score is counts; shares are made from them only when asked for. Cases: `tests/score.rs`.

mod align;
mod certainty;
mod frames;
mod raw;
mod suite;
mod trees;
mod verbs;

pub use certainty::{Cell, Certainty};
pub use frames::Frames;
pub use raw::{OtherText, RawScores, raw, raw_text};
pub use suite::{Figures, SuiteError, Treebank, suite};
pub use trees::{OtherWords, TreeScores, trees};
pub use verbs::Verbs;

/// How much of what was wanted was found, and how much of what was found was wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many the treebank has.
    pub gold: usize,
    /// How many the system has.
    pub system: usize,
    /// How many of them are the same.
    pub correct: usize,
}

impl Score {
    /// The share of the system's that is right.
    pub fn precision(self) -> f64 {
        share(self.correct, self.system)
    }

    /// The share of the treebank's that was found.
    pub fn recall(self) -> f64 {
        share(self.correct, self.gold)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        share(2 * self.correct, self.gold + self.system)
    }
}

/// Nothing out of nothing is no success.
#[expect(clippy::cast_precision_loss, reason = "a treebank has far fewer than 2^52 words")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
