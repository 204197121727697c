//! Takes the words of two articles, gives what they have in common: where, how much of each, and what that makes them.
//! Invariant: what the second is to the first, the first is to the second the other way round.

use super::{
    passages::{Common, covered, exact, exchanged, joined, particulars},
    words::ArticleWords,
};
use std::ops::Range;
use sulh_model::span::Span;

/// So many of the same words make a stretch a passage.
const PASSAGE_WORDS: usize = 20;

/// Shorter stretches, edits inside them allowed, are chance and formulas of the trade.
const STRETCH_WORDS: usize = 10;

/// An article is wholly in another when so much of it stands there, and both are nearly the same when each is.
const WHOLE_SHARE: f32 = 0.75;

/// Shorter articles are copies of nothing: a formula makes them.
const ARTICLE_WORDS_MIN: usize = 30;

/// Where others stand for so great a share of the names and figures, two texts are one form filled in twice. Who rewords
/// a text does not pick them: one in ten is gone where three words in twenty are.
const FORM_SHARE: f32 = 0.18;

/// A single one may have been corrected.
const FORM_CHANGES_MIN: usize = 2;

sulh_model::codes! {
    /// What an article is to another that was there first.
    pub enum Relation {
        /// Nearly the same text.
        Copy = "copy",
        /// Its text stands in the other, which says more.
        Excerpt = "excerpt",
        /// The other's text stands in it, and it says more.
        Extends = "extends",
        /// They have a passage in common, and both have much of their own.
        Passages = "passages",
        /// The words in common stand inside quotation marks: both heard the same, or one quotes the other.
        Quotation = "quotation",
        /// One form filled in twice, as bulletins of two days are: the words agree, the names and figures do not.
        Form = "form",
    }
}

impl Relation {
    /// What the other is to this one.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Excerpt => Self::Extends,
            Self::Extends => Self::Excerpt,
            Self::Copy | Self::Passages | Self::Quotation | Self::Form => self,
        }
    }

    /// The whole text is another's.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::Copy | Self::Excerpt)
    }
}

/// How alike two articles are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// What the second is to the first.
    pub relation: Relation,
    /// Which share of the first's words stands in the second: 0 to 1.
    pub first_share: f32,
    /// Which share of the second's words stands in the first: 0 to 1.
    pub second_share: f32,
}

/// A passage two pages have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the first page's text.
    pub first: Span,
    /// Where it stands in the second page's text.
    pub second: Span,
    /// How many words are the same.
    pub words: usize,
    /// One of the pages, or both, put it inside quotation marks.
    pub quoted: bool,
}

/// What two articles have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// How alike they are.
    pub likeness: Likeness,
    /// The passages, in the order of the second page; a copy too short for one has none.
    pub passages: Vec<Passage>,
}

/// What the second article has in common with the first; nothing when each is its own.
pub fn compare(first: &ArticleWords, second: &ArticleWords) -> Option<Shared> {
    let numbers =
        |article: &ArticleWords| article.words.iter().map(|word| word.number).collect::<Vec<_>>();
    if (first.len(), numbers(first)) > (second.len(), numbers(second)) {
        return compared(second, first).map(turned);
    }
    compared(first, second)
}

fn turned(shared: Shared) -> Shared {
    let Likeness { relation, first_share, second_share } = shared.likeness;
    let likeness = Likeness {
        relation: relation.reversed(),
        first_share: second_share,
        second_share: first_share,
    };
    let turn =
        |passage: Passage| Passage { first: passage.second, second: passage.first, ..passage };
    let mut passages: Vec<Passage> = shared.passages.into_iter().map(turn).collect();
    passages.sort_by_key(|passage| (passage.second, passage.first));
    Shared { likeness, passages }
}

fn compared(first: &ArticleWords, second: &ArticleWords) -> Option<Shared> {
    let exact = exact(first, second);
    let mut stretches = joined(&exact, |_, _| true);
    stretches.retain(|stretch| stretch.same >= STRETCH_WORDS);
    if stretches.is_empty() {
        return None;
    }
    let share = |article: &ArticleWords, range: fn(&Common) -> Range<usize>| {
        covered(stretches.iter().map(range).collect()) as f32 / article.len().max(1) as f32
    };
    let first_share = share(first, |stretch| stretch.first.clone());
    let second_share = share(second, |stretch| stretch.second.clone());
    let passages = passages(first, second, &exact);
    let long = first.len().min(second.len()) >= ARTICLE_WORDS_MIN;
    let whole = (long && first_share >= WHOLE_SHARE, long && second_share >= WHOLE_SHARE);
    let all_quoted = !passages.is_empty() && passages.iter().all(|passage| passage.quoted);
    let relation = match whole {
        (false, false) if passages.is_empty() => return None,
        _ if is_form(&exact, first, second) => Relation::Form,
        (true, true) => Relation::Copy,
        _ if all_quoted => Relation::Quotation,
        (true, false) => Relation::Extends,
        (false, true) => Relation::Excerpt,
        (false, false) => Relation::Passages,
    };
    Some(Shared { likeness: Likeness { relation, first_share, second_share }, passages })
}

/// True when the stretches in common name other places, days and numbers.
fn is_form(exact: &[Common], first: &ArticleWords, second: &ArticleWords) -> bool {
    let (others, kept) = particulars(exact, first, second);
    others >= FORM_CHANGES_MIN && others as f32 >= FORM_SHARE * (others + kept) as f32
}

/// The passages: an edit that changes a name or a figure parts them, for then the two do not say the same.
fn passages(first: &ArticleWords, second: &ArticleWords, exact: &[Common]) -> Vec<Passage> {
    let same = joined(exact, |one, other| {
        let (one, other) = (&first.words[one.clone()], &second.words[other.clone()]);
        exchanged(one, other) == 0
    });
    let long = same.into_iter().filter(|stretch| stretch.same >= PASSAGE_WORDS);
    let passage = |stretch: Common| Passage {
        first: first.span(stretch.first.start, stretch.first.end),
        second: second.span(stretch.second.start, stretch.second.end),
        words: stretch.same,
        quoted: is_quoted(first, &stretch.first) || is_quoted(second, &stretch.second),
    };
    long.map(passage).collect()
}

/// True when hardly a word of a stretch stands outside quotation marks: "he said" inside a quotation does.
fn is_quoted(article: &ArticleWords, stretch: &Range<usize>) -> bool {
    let outside = article.words[stretch.clone()].iter().filter(|word| !word.quoted).count();
    outside <= 2 + stretch.len() / 12
}
