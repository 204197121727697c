//! Takes the words of an article, gives its sketch: a few numbers by which pages that share text find one another.
//! Invariant: two articles with [`FOUND_WORDS`] words in a row in common have a number in common.

use super::words::ArticleWords;
use crate::signature::mixed;
use std::collections::VecDeque;

/// How many words in a row are one run.
pub(super) const RUN_WORDS: usize = 5;

/// Of so many runs that follow one another the least is kept.
const WINDOW_RUNS: usize = 16;

/// A stretch of so many words in common is always found.
pub const FOUND_WORDS: usize = RUN_WORDS + WINDOW_RUNS - 1;

/// So many bits of a run's number are kept: among a million pages chance makes a pair in some hundred pages, which
/// comparing then finds empty.
pub(super) const NUMBER_BITS: u32 = 40;

/// The sketch of an article: about one number for eight words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// Ascending, each once.
    pub(super) numbers: Box<[u64]>,
    /// How long the article is.
    pub(super) words: u32,
}

impl Sketch {
    /// The sketch of an article: the least number in each window of runs ("winnowing").
    pub fn of(article: &ArticleWords) -> Self {
        let runs = runs(article);
        let mut numbers = Vec::with_capacity(runs.len() / 6 + 1);
        let mut window: VecDeque<(usize, u64)> = VecDeque::with_capacity(WINDOW_RUNS);
        for (at, run) in runs.iter().copied().enumerate() {
            while window.pop_back_if(|(_, last)| *last >= run).is_some() {}
            window.push_back((at, run));
            let _ = window.pop_front_if(|(first, _)| *first + WINDOW_RUNS <= at);
            if at + 1 >= WINDOW_RUNS.min(runs.len())
                && let Some((_, least)) = window.front()
            {
                numbers.push(*least >> (u64::BITS - NUMBER_BITS));
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        Self { numbers: numbers.into(), words: u32::try_from(article.len()).unwrap_or(u32::MAX) }
    }
}

/// The number of each run of words.
pub(super) fn runs(article: &ArticleWords) -> Vec<u64> {
    let number = |words: &[super::words::Word]| {
        let joined = words.iter().fold(0_u64, |number, word| {
            (number.rotate_left(7) ^ word.number).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        mixed(joined)
    };
    article.words.windows(RUN_WORDS).map(number).collect()
}
