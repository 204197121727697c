//! Takes a stretch of a page's text, gives the spans of its sentences and of the words of a sentence.
//! Invariant: every character that is not white space lies in exactly one sentence and in exactly one word; spans
//! are in order and on borders of characters; the time is linear in the text. Cases: `tests/segment.rs`.
//!
//! Words are those of the English treebanks (EWT, GUM), because the parsers learn from them: hyphens and strokes
//! part words, clitics are words of their own, prices and measures are parted ("$ 5 m"), dates, addresses and
//! telephone numbers are one word. Sentences come first: whether the stop of "5 p.m." is a mark of its own is
//! known only at the end of a sentence.
//!
//! **Marks nobody sees** (combining marks, zero-width and direction marks, soft hyphens, other controls) belong
//! to the character before them in the same run of text, and to the one after them where they open it. They never
//! part a word, never make one beside others, and the rules do not see them: "don\u{200b}'t" is read as "don't".

mod atoms;
mod clitics;
mod links;
mod lists;
mod marks;
mod numbers;
mod sentences;
mod stops;
mod words;

pub use sentences::{SENTENCE_BYTES_MAX, is_cut};

use crate::lexicon::LexiconError;
use lists::Lists;
use std::ops::Range;
use sulh_model::span::Span;

/// Splits text. Built once, used for every page.
#[derive(Debug)]
pub struct Segmenter {
    lists: Lists,
}

/// The words of a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// The words, in order.
    pub words: Vec<Span>,
    /// Tokens of more than one word ("do" and "n't"), as ranges of `words`.
    pub multiwords: Vec<Range<usize>>,
}

impl Segmenter {
    /// The segmenter with the word lists that come with the program.
    pub fn shipped() -> Result<Self, LexiconError> {
        Ok(Self { lists: Lists::shipped()? })
    }

    /// The sentences of `within`. A span that does not fit the text has none.
    pub fn sentences(&self, text: &str, within: Span) -> Vec<Span> {
        sentences::split(text, within, &self.lists)
    }

    /// The words of a sentence. A span that does not fit the text has none.
    pub fn words(&self, text: &str, sentence: Span) -> Vec<Span> {
        self.tokens(text, sentence).words
    }

    /// The words of a sentence, and which of them are written as one token.
    pub fn tokens(&self, text: &str, sentence: Span) -> Tokens {
        words::tokens(text, sentence, &self.lists)
    }
}
