//! Takes the words of a sentence with their tags, gives what a parser asks of them, scouts' hints included.
//! Invariant: past either end of the sentence there is a word that is nothing, and at its end the root.

use super::{state::NONE, weights::UNIT, words::Word};

/// What the parser knows of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Input {
    pub(super) form: u32,
    pub(super) tag: u32,
    pub(super) upos: u32,
    pub(super) fine: u32,
    pub(super) middle: u32,
    pub(super) coarse: u32,
    pub(super) says: u32,
}

/// What there is of commas, joining words and verbs before a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    pub(super) commas: u32,
    pub(super) joins: u32,
    pub(super) verbs: u32,
    pub(super) quotes: u32,
    pub(super) brackets: u32,
    pub(super) next_verb: u32,
}

/// What a tag is to the counts between words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing counted.
    #[default]
    Other,
    /// A comma, colon or the like.
    Comma,
    /// "and", "or".
    Join,
    /// A verb with a tense.
    Verb,
    /// A quotation mark.
    Quote,
    /// A bracket opens.
    Opens,
    /// A bracket closes.
    Closes,
}

/// A word's tag, and what it is to the counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) tag: u8,
    pub(super) upos: u8,
    pub(super) kind: Kind,
}

/// How far a scout's step is ahead when it is usually right, and when nearly always.
const SURE: i32 = 20 * UNIT;
const VERY_SURE: i32 = 60 * UNIT;

/// What a scout says of a word: a parser that read the sentence from its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hint {
    /// `NONE` for the root.
    pub(super) head: u32,
    pub(super) relation: u32,
    pub(super) sure: u32,
    /// The last of the words that hang on it.
    pub(super) last: u32,
}

/// The words of a sentence as the parser sees them.
pub(super) struct Inputs {
    words: Vec<Input>,
    pub(super) before: Vec<Before>,
    pub(super) hints: Vec<Hint>,
}

impl Inputs {
    pub(super) fn new<'w>(words: impl Iterator<Item = (&'w Word, Reading)>) -> Self {
        let mut inputs = Vec::with_capacity(words.size_hint().0);
        let mut before = Vec::with_capacity(words.size_hint().0 + 1);
        let mut sums = Before::default();
        for (word, Reading { tag, upos, kind }) in words {
            let [fine, middle, coarse, _, says] = word.classes.map(u32::from);
            inputs.push(Input {
                form: word.form,
                tag: 1 + u32::from(tag),
                upos: 1 + u32::from(upos),
                fine,
                middle,
                coarse,
                says,
            });
            before.push(sums);
            match kind {
                Kind::Other => {}
                Kind::Comma => sums.commas += 1,
                Kind::Join => sums.joins += 1,
                Kind::Verb => sums.verbs += 1,
                Kind::Quote => sums.quotes += 1,
                Kind::Opens => sums.brackets += 1,
                Kind::Closes => sums.brackets = sums.brackets.saturating_sub(1),
            }
        }
        before.push(sums);
        let mut next_verb = NONE;
        for (at, place) in before.iter_mut().enumerate().rev() {
            // The sum after the word tells whether the word itself was counted.
            if place.verbs < sums.verbs {
                next_verb = u32::try_from(at).unwrap_or(NONE);
            }
            sums.verbs = place.verbs;
            place.next_verb = next_verb;
        }
        Self { words: inputs, before, hints: Vec::new() }
    }

    /// Takes what a scout found, from the last word to the first.
    pub(super) fn hint(&mut self, scouted: &[Placed]) {
        let turned = |word: u32| if word == NONE { NONE } else { self.len() - 1 - word };
        let hints = scouted.iter().rev().map(|placed| Hint {
            head: turned(placed.head),
            relation: 1 + u32::from(placed.relation),
            sure: 1 + u32::from(placed.ahead > SURE) + u32::from(placed.ahead > VERY_SURE),
            last: 0,
        });
        let mut hints: Vec<Hint> = hints.collect();
        for word in 0..hints.len() {
            if let Some(head) = hints.get(hints[word].head as usize).map(|_| hints[word].head) {
                hints[head as usize].last = u32::try_from(word).unwrap_or(NONE);
            }
        }
        self.hints = hints;
    }

    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(NONE - 1)
    }

    pub(super) fn word(&self, at: u32) -> Input {
        const ROOT: Input =
            Input { form: 1, tag: 1000, upos: 1000, fine: 0, middle: 0, coarse: 0, says: 0 };
        match self.words.get(at as usize) {
            Some(word) => *word,
            None if at as usize == self.words.len() => ROOT,
            None => Input::default(),
        }
    }

    pub(super) fn before(&self, at: u32) -> Before {
        self.before.get(at as usize).copied().unwrap_or_default()
    }
}

/// A word's place in the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    /// `NONE` for the root.
    pub(super) head: u32,
    pub(super) relation: u8,
    /// How far the step that hung it was ahead.
    pub(super) ahead: i32,
}
