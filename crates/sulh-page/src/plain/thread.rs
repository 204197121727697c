//! Takes the paragraphs of a plain text, gives where signed contributions of readers begin.
//! Invariant: a name and a day above the report's first words or above most of its words are its author's, no reader's.

use super::border::Candidate;
use crate::register::Score;

/// Teasers and headings are shorter than a report's first paragraph.
const PROSE_WORDS_MIN: usize = 20;

/// An author's name stands above so many words, and above so many times as many as a reader's.
const BYLINE_WORDS_MIN: usize = 200;
const BYLINE_TIMES: usize = 3;

/// A long contribution of a reader speaks up so much more than the report above it.
const ABOVE_REPORT: f32 = 0.8;

/// Signed contributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thread {
    /// There are none.
    None,
    /// One name with a day: a reader's, or a note of the outlet's.
    Lone(usize),
    /// Several; this is the first.
    Several(usize),
}

/// Looks for them behind the heads of the article; `scores` tell how much each paragraph speaks up.
pub(super) fn begins(candidates: &[Candidate<'_>], scores: &[Score], heads: usize) -> Thread {
    let Some(prose) = candidates.iter().position(|c| !c.signature && c.words() >= PROSE_WORDS_MIN)
    else {
        return Thread::None;
    };
    let first = heads.max(prose + 1);
    let signed: Vec<usize> =
        (first..candidates.len()).filter(|at| signs(candidates, *at)).collect();
    // Words between signatures; the last signs what is left.
    let ends = signed.iter().copied().skip(1).chain([candidates.len()]);
    let words: Vec<usize> =
        signed.iter().zip(ends).map(|(from, to)| count(&candidates[*from..to])).collect();
    let byline = words.split_first().is_some_and(|(first, others)| {
        let other = others.iter().sum::<usize>() / others.len().max(1);
        let much = *first >= BYLINE_WORDS_MIN && *first > other * BYLINE_TIMES;
        much && signed.get(1).is_some_and(|next| goes_on(scores, signed[0], *next))
    });
    match signed[usize::from(byline)..] {
        [] => Thread::None,
        [lone] if count(&candidates[lone..]) > count(&candidates[..lone]) => Thread::None,
        [lone] => Thread::Lone(lone),
        [first, ..] => Thread::Several(first),
    }
}

/// A name and a stamp with somebody's words below: in a list of dates names stand below one another.
fn signs(candidates: &[Candidate<'_>], at: usize) -> bool {
    let next = candidates[at + 1..].iter().find(|next| !next.furniture);
    // A button above a stamp is no name.
    let named = candidates[at].signature && !candidates[at].furniture;
    named && next.is_some_and(|next| !next.signature)
}

/// True when what is signed is written as what stands above.
fn goes_on(scores: &[Score], at: usize, next: usize) -> bool {
    let mean = |scores: &[Score]| {
        scores.iter().map(|score| score.total).sum::<f32>() / scores.len().max(1) as f32
    };
    mean(&scores[at..next]) <= mean(&scores[..at]) + ABOVE_REPORT
}

fn count(candidates: &[Candidate<'_>]) -> usize {
    candidates.iter().map(Candidate::words).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page a line a paragraph: `@` signs, `-` frames, other lines are so many words, outspoken with `!` before them.
    fn check(page: &str, expected: Thread) {
        let texts: Vec<(String, f32)> = page
            .lines()
            .map(|line| match line.trim_start_matches('!').parse::<usize>() {
                Ok(words) => {
                    ("word ".repeat(words), if line.starts_with('!') { 3.0 } else { -1.0 })
                }
                Err(_) => (line.to_owned(), 0.0),
            })
            .collect();
        let candidate = |(text, _): &'_ (String, f32)| Candidate {
            text: Box::leak(text.clone().into_boxed_str()),
            listed: false,
            border_line: false,
            signature: text == "@",
            furniture: text == "-",
            answer: false,
        };
        let candidates: Vec<Candidate<'_>> = texts.iter().map(candidate).collect();
        let scores: Vec<Score> = texts
            .iter()
            .map(|(_, total)| Score { total: *total, beyond_voice: 0.0, spoken: 0.0 })
            .collect();
        assert_eq!(begins(&candidates, &scores, 0), expected, "{page}");
    }

    #[test]
    fn readers_who_sign_make_a_thread() {
        check("60\n80\n@\n-\n9\n@\n12", Thread::Several(2));
        check("60\n80\n@\n9", Thread::Lone(2));
        check("60\n80\n@\n!400\n@\n12", Thread::Several(2));
    }

    #[test]
    fn authors_and_lists_of_dates_make_none() {
        check("@\n60\n80", Thread::None);
        check("25\n@\n60\n80", Thread::None);
        check("60\n@\n-\n@\n-\n@", Thread::None);
        check("25\n@\n300\n300\n@\n9\n@\n9", Thread::Several(4));
    }
}
