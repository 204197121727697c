//! Takes the words of two articles, gives the stretches they have in common, small edits inside them allowed.
//! Invariant: the work is bounded by the words of the two and a constant, whatever they repeat.

use super::{
    sketch::{RUN_WORDS, runs},
    words::{ArticleWords, Word},
};
use std::ops::Range;

/// A run that stands in an article more often is looked for at its first places only.
const PLACES_MAX: usize = 8;

/// An edit of at most so many words on either side parts no stretch.
const EDIT_WORDS_MAX: usize = 10;

/// A stretch common to two articles, in words of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Common {
    pub first: Range<usize>,
    pub second: Range<usize>,
    /// How many of the words are the same.
    pub same: usize,
}

/// Stretches that are the same word for word, in the order of the second article: each begins where the one before
/// ended or later, and is the longest that begins there.
pub(super) fn exact(first: &ArticleWords, second: &ArticleWords) -> Vec<Common> {
    let mut places: Vec<(u64, u32)> = runs(first).into_iter().zip(0_u32..).collect();
    places.sort_unstable();
    let mut found: Vec<Common> = Vec::new();
    let sought = runs(second);
    let mut at = 0;
    while let Some(run) = sought.get(at) {
        let from = places.partition_point(|(number, _)| number < run);
        let expected = found.last().map_or(0, |last| last.first.end);
        let mut best: Option<(usize, bool, usize)> = None;
        for (_, place) in
            places[from..].iter().take_while(|(number, _)| number == run).take(PLACES_MAX)
        {
            let place = *place as usize;
            let length = in_common(first, place, second, at);
            let follows = place >= expected && place <= expected + EDIT_WORDS_MAX;
            if length >= RUN_WORDS
                && best.is_none_or(|(longest, follow, _)| (length, follows) > (longest, follow))
            {
                best = Some((length, follows, place));
            }
        }
        match best {
            Some((length, _, place)) => {
                found.push(Common {
                    first: place..place + length,
                    second: at..at + length,
                    same: length,
                });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

fn in_common(first: &ArticleWords, place: usize, second: &ArticleWords, at: usize) -> usize {
    let pairs = first.words[place..].iter().zip(&second.words[at..]);
    pairs.take_while(|(one, other)| one.number == other.number).count()
}

/// What lies between two stretches that follow one another: an edit, when it is small on both sides.
pub(super) fn edit(before: &Common, after: &Common) -> Option<(Range<usize>, Range<usize>)> {
    let gap =
        |from: usize, to: usize| (from <= to && to - from <= EDIT_WORDS_MAX).then_some(from..to);
    Some((gap(before.first.end, after.first.start)?, gap(before.second.end, after.second.start)?))
}

/// Joins stretches over the edits that `joins` allows.
pub(super) fn joined(
    exact: &[Common],
    mut joins: impl FnMut(&Range<usize>, &Range<usize>) -> bool,
) -> Vec<Common> {
    let mut found: Vec<Common> = Vec::new();
    for stretch in exact {
        match found.last_mut() {
            Some(last) if edit(last, stretch).is_some_and(|(one, other)| joins(&one, &other)) => {
                last.first.end = stretch.first.end;
                last.second.end = stretch.second.end;
                last.same += stretch.same;
            }
            _ => found.push(stretch.clone()),
        }
    }
    found
}

/// The names and figures of some stretches: for how many of them the edits put others, and how many stayed.
pub(super) fn particulars(
    exact: &[Common],
    first: &ArticleWords,
    second: &ArticleWords,
) -> (usize, usize) {
    let mut others = 0;
    let _ = joined(exact, |one, other| {
        others += exchanged(&first.words[one.clone()], &second.words[other.clone()]);
        true
    });
    let kept = exact.iter().flat_map(|stretch| &first.words[stretch.first.clone()]);
    (others, kept.filter(|word| word.particular).count())
}

/// How many names and figures an edit put in the place of others: a word that fell out, or came in, tells nothing.
pub(super) fn exchanged(one: &[Word], other: &[Word]) -> usize {
    let alone = |these: &[Word], those: &[Word]| {
        let is_alone =
            |word: &&Word| word.particular && those.iter().all(|that| that.number != word.number);
        these.iter().filter(is_alone).count()
    };
    alone(one, other).min(alone(other, one))
}

/// How many words of one article lie in some ranges, each counted once.
pub(super) fn covered(mut ranges: Vec<Range<usize>>) -> usize {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut words = 0;
    let mut to = 0;
    for range in ranges {
        words += range.end.saturating_sub(range.start.max(to));
        to = to.max(range.end);
    }
    words
}
