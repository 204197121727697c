//! Takes stretches of a page's text, gives the bytes of the capture they come from.
//! Invariant: steps stand in the order of the text and do not overlap; a step that is not verbatim stands for the whole of its bytes.

use crate::{page::BlockId, span::Span};
use std::collections::BTreeMap;

crate::codes! {
    /// How words stand in what they were taken from. A later one is a weaker claim.
    pub enum Likeness {
        /// Byte for byte the same, white space aside.
        Verbatim = "verbatim",
        /// The same characters in another charset.
        Recoded = "recoded",
        /// Other characters: entities of markup, bytes that were replaced, a pseudonym for a name.
        Rewritten = "rewritten",
    }
}

/// A stretch of text and the bytes it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Bytes of the text.
    pub text: Span,
    /// Bytes of what it was taken from.
    pub from: Span,
    /// How alike the two are.
    pub likeness: Likeness,
}

/// Where each stretch of a text comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail(Vec<Step>);

/// The element of markup a block was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementOrigin {
    /// The element and some around it, outermost first: `article > div#content > p`.
    pub path: String,
    /// Where its tag stands in the capture.
    pub start: usize,
}

/// Where the words of a page come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// The charset the capture was decoded from, as the Encoding Standard names it; empty where nothing was decoded.
    pub charset: &'static str,
    /// Steps from the page's text to the capture.
    pub trail: Trail,
    /// The elements of blocks; plain text has none.
    pub elements: BTreeMap<BlockId, ElementOrigin>,
}

impl Trail {
    /// So many steps at most; a page can change between words and entities at every byte. What comes after is one step.
    pub const STEPS_MAX: usize = 2_000_000;

    /// One without steps.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// A stretch that stands as it is from a byte on.
    pub fn verbatim(text: Span, from: usize) -> Self {
        let mut trail = Self::new();
        trail.push(Step::verbatim(text.start(), from, text.len()));
        trail
    }

    /// Adds a step behind all others; one that goes on where a verbatim one stopped becomes part of it.
    pub fn push(&mut self, step: Step) {
        if step.text.is_empty() {
            return;
        }
        let full = self.0.len() >= Self::STEPS_MAX;
        match self.0.last_mut() {
            Some(last) if last.goes_on(step) => {
                last.text = last.text.cover(step.text);
                last.from = last.from.cover(step.from);
            }
            Some(last) if full => {
                last.text = last.text.cover(step.text);
                last.from = last.from.cover(step.from);
                last.likeness = Likeness::Rewritten;
            }
            _ => {
                debug_assert!(
                    self.0.last().is_none_or(|last| last.text.end() <= step.text.start()),
                    "steps overlap"
                );
                self.0.push(step);
            }
        }
    }

    /// All steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The steps a stretch of text is made of, cut where it begins and ends; one that is not verbatim gives all its bytes.
    pub fn of(&self, span: Span) -> impl Iterator<Item = Step> {
        let first = self.0.partition_point(|step| step.text.end() <= span.start());
        let touching = self.0[first..].iter().take_while(move |step| step.text.overlaps(span));
        touching.map(move |step| step.within(span))
    }

    /// The stretch from the first to the last byte that a stretch of text stands for.
    pub fn cover(&self, span: Span) -> Option<Span> {
        self.of(span).map(|step| step.from).reduce(Span::cover)
    }

    /// The steps of a stretch of text through this trail and then through another that leads on from it.
    pub fn through(&self, next: &Self, span: Span) -> Self {
        let onward = |step: Step| next.of(step.from).map(move |further| step.then(further));
        let mut found = Self::default();
        // A rewritten step can stand for several onward, all for the same text.
        for step in self.of(span).flat_map(onward) {
            match found.0.last_mut() {
                Some(last) if last.text.overlaps(step.text) => {
                    last.text = last.text.cover(step.text);
                    last.from = last.from.cover(step.from);
                    last.likeness = Likeness::Rewritten;
                }
                _ => found.push(step),
            }
        }
        found
    }
}

impl Step {
    /// A stretch that stands where it was taken from as it is.
    pub fn verbatim(text: usize, from: usize, length: usize) -> Self {
        Self {
            text: Span::new(text, text + length),
            from: Span::new(from, from + length),
            likeness: Likeness::Verbatim,
        }
    }

    fn goes_on(self, next: Self) -> bool {
        self.likeness == Likeness::Verbatim
            && next.likeness == Likeness::Verbatim
            && self.text.end() == next.text.start()
            && self.from.end() == next.from.start()
    }

    fn within(self, span: Span) -> Self {
        let text = Span::new(
            self.text.start().max(span.start()),
            self.text.end().min(span.end()).max(self.text.start().max(span.start())),
        );
        if self.likeness != Likeness::Verbatim {
            return Self { text, ..self };
        }
        let start = self.from.start() + (text.start() - self.text.start());
        Self::verbatim(text.start(), start, text.len())
    }

    /// This step, led on by one that begins at or within its bytes.
    fn then(self, next: Self) -> Self {
        if self.likeness != Likeness::Verbatim {
            let likeness = self.likeness.max(next.likeness);
            return Self { text: self.text, from: next.from, likeness };
        }
        let start = self.text.start() + (next.text.start() - self.from.start());
        Self {
            text: Span::new(start, start + next.text.len()),
            from: next.from,
            likeness: next.likeness,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: (usize, usize), from: (usize, usize), likeness: Likeness) -> Step {
        Step { text: Span::new(text.0, text.1), from: Span::new(from.0, from.1), likeness }
    }

    fn trail(steps: &[Step]) -> Trail {
        let mut trail = Trail::default();
        steps.iter().for_each(|step| trail.push(*step));
        trail
    }

    fn sample() -> Trail {
        trail(&[
            Step::verbatim(0, 10, 4),
            step((4, 5), (14, 19), Likeness::Rewritten),
            Step::verbatim(6, 30, 3),
        ])
    }

    fn check(start: usize, end: usize, expected: &[(usize, usize)]) {
        let found: Vec<_> = sample()
            .of(Span::new(start, end))
            .map(|step| (step.from.start(), step.from.end()))
            .collect();
        assert_eq!(found, expected, "{start}..{end}");
    }

    #[test]
    fn stretches_are_cut_where_the_bytes_are_the_words() {
        check(0, 4, &[(10, 14)]);
        check(1, 3, &[(11, 13)]);
        check(3, 5, &[(13, 14), (14, 19)]);
        check(5, 6, &[]);
        check(4, 8, &[(14, 19), (30, 32)]);
        assert_eq!(sample().cover(Span::new(2, 7)), Some(Span::new(12, 31)));
        assert_eq!(sample().cover(Span::new(5, 6)), None);
    }

    #[test]
    fn steps_that_go_on_are_one() {
        let joined = trail(&[Step::verbatim(0, 5, 2), Step::verbatim(2, 7, 3)]);
        assert_eq!(joined.steps(), [Step::verbatim(0, 5, 5)]);
        let apart = trail(&[Step::verbatim(0, 5, 2), Step::verbatim(3, 8, 3)]);
        assert_eq!(apart.steps().len(), 2);
    }

    #[test]
    fn a_trail_leads_through_another() {
        let before = trail(&[
            Step::verbatim(0, 2, 4),
            step((4, 6), (6, 9), Likeness::Rewritten),
            Step::verbatim(7, 9, 2),
        ]);
        let next = trail(&[
            Step::verbatim(0, 100, 4),
            step((4, 7), (104, 105), Likeness::Recoded),
            Step::verbatim(7, 110, 10),
        ]);
        let found = before.through(&next, Span::new(1, 9));
        let expected = [
            Step::verbatim(1, 103, 1),
            step((2, 4), (104, 105), Likeness::Recoded),
            step((4, 6), (104, 112), Likeness::Rewritten),
            Step::verbatim(7, 112, 2),
        ];
        assert_eq!(found.steps(), expected);
    }
}
