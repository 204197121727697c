//! Takes a word as written, gives what features know of it: hashes of its form and of its ends, its shape, its classes.
//! Invariant: bounded work for a word of any length; the same word gives the same numbers everywhere.

#[cfg(feature = "train")]
use super::file::Writer;
use super::{
    features::mixed,
    file::{Broken, Reader},
};
use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// Characters looked at from either end: longer words are told apart by their ends alone.
const CHARACTERS_HALF: usize = 24;
/// Endings known of a word, of one character and up.
pub(super) const ENDINGS: usize = 5;
/// Beginnings known of a word, of one character and up.
pub(super) const BEGINNINGS: usize = 3;
/// Ways in which words are classed: three fineness steps of meaning, the tags seen, verbs of saying.
pub(super) const CLASSINGS: usize = 5;

/// Classes of one word, 0 where nothing is known.
pub(super) type Classes = [u16; CLASSINGS];

/// What features know of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub(super) form: u32,
    pub(super) endings: [u32; ENDINGS],
    pub(super) beginnings: [u32; BEGINNINGS],
    pub(super) shape: u32,
    pub(super) classes: Classes,
}

/// The word's characters in one spelling: lower case, straight quotes, every digit as 0. At most twice
/// `CHARACTERS_HALF` of them.
pub(super) struct Spelling {
    characters: [char; 2 * CHARACTERS_HALF],
    count: usize,
    shape: u32,
}

impl Spelling {
    pub(super) fn new(form: &str) -> Self {
        let mut spelling = Self { characters: ['\0'; 2 * CHARACTERS_HALF], count: 0, shape: 0 };
        let is_long = form.chars().nth(2 * CHARACTERS_HALF).is_some();
        let mut last = ['\0'; CHARACTERS_HALF];
        if is_long {
            for (place, character) in last.iter_mut().rev().zip(form.chars().rev()) {
                *place = character;
            }
            form.chars().take(CHARACTERS_HALF).for_each(|character| spelling.push(character));
            last.into_iter().for_each(|character| spelling.push(character));
        } else {
            form.chars().for_each(|character| spelling.push(character));
        }
        spelling
    }

    fn push(&mut self, character: char) {
        let (kind, plain) = plain(character);
        // The first character's kind, the kinds of all, and whether capitals follow the first.
        if self.count == 0 {
            self.shape = kind << 8;
        } else if kind == UPPER {
            self.shape |= 1 << 16;
        }
        self.shape |= kind;
        if let Some(place) = self.characters.get_mut(self.count) {
            *place = plain;
            self.count += 1;
        }
    }

    pub(super) fn characters(&self) -> &[char] {
        &self.characters[..self.count]
    }

    /// The hash of the whole.
    pub(super) fn form(&self) -> u32 {
        hash(FORM, self.characters())
    }
}

const UPPER: u32 = 1;
const LOWER: u32 = 2;
const DIGIT: u32 = 4;
const HYPHEN: u32 = 8;
const QUOTE_OPEN: u32 = 16;
const QUOTE_CLOSE: u32 = 32;
const OTHER_SCRIPT: u32 = 64;
const MARK: u32 = 128;

fn plain(character: char) -> (u32, char) {
    match character {
        'a'..='z' => (LOWER, character),
        'A'..='Z' => (UPPER, character.to_ascii_lowercase()),
        '0'..='9' => (DIGIT, '0'),
        '‘' => (QUOTE_OPEN, '\''),
        '’' => (QUOTE_CLOSE, '\''),
        '“' | '«' => (QUOTE_OPEN, '"'),
        '”' | '»' => (QUOTE_CLOSE, '"'),
        '-' => (HYPHEN, '-'),
        '–' | '—' => (HYPHEN, '–'),
        _ if character.is_ascii() => (MARK, character),
        _ if character.is_uppercase() => {
            (UPPER, character.to_lowercase().next().unwrap_or(character))
        }
        _ if character.is_lowercase() => (LOWER, character),
        _ if character.is_alphanumeric() => (OTHER_SCRIPT, character),
        _ => (MARK, character),
    }
}

const FORM: u64 = 1;
const ENDING: u64 = 2;
const BEGINNING: u64 = 3;

/// A hash of characters; never 0, which stands for "no word".
pub(super) fn hash(kind: u64, characters: &[char]) -> u32 {
    let mut sum = kind;
    for character in characters {
        sum = (sum ^ u64::from(u32::from(*character))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        sum ^= sum >> 29;
    }
    let hash = (mixed(sum) >> 32) as u32;
    hash.max(1)
}

#[cfg(feature = "train")]
/// The hash under which a word's classes are kept.
pub(super) fn form(word: &str) -> u32 {
    Spelling::new(word).form()
}

/// The words whose classes are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct WordClasses {
    known: HashMap<u32, Classes, BuildHasherDefault<AsIs>>,
}

/// Its keys are hashes already.
#[derive(Clone, Copy, Default)]
pub(super) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) ^ u64::from(*byte);
        }
    }

    fn write_u32(&mut self, number: u32) {
        // The map takes its buckets from the low bits and its tags from the high ones.
        self.0 = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl WordClasses {
    #[cfg(feature = "train")]
    pub(super) fn new(known: impl IntoIterator<Item = (u32, Classes)>) -> Self {
        Self { known: known.into_iter().collect() }
    }

    #[cfg(feature = "train")]
    /// Each word with its classes, in the order of their hashes.
    pub(super) fn sorted(&self) -> Vec<(u32, Classes)> {
        let mut sorted: Vec<_> = self.known.iter().map(|(form, of)| (*form, *of)).collect();
        sorted.sort_unstable();
        sorted
    }

    /// What features know of a word.
    pub(super) fn word(&self, form: &str) -> Word {
        let spelling = Spelling::new(form);
        let characters = spelling.characters();
        let form = spelling.form();
        let mut word = Word { form, shape: spelling.shape, ..Word::default() };
        for (length, ending) in (1..).zip(&mut word.endings) {
            let from = characters.len().saturating_sub(length);
            *ending = hash(ENDING, &characters[from..]);
        }
        for (length, beginning) in (1..).zip(&mut word.beginnings) {
            *beginning = hash(BEGINNING, &characters[..characters.len().min(length)]);
        }
        word.classes = self.known.get(&form).copied().unwrap_or_default();
        word
    }

    #[cfg(feature = "train")]
    pub(super) fn write(&self, to: &mut Writer) {
        let sorted = self.sorted();
        to.count(sorted.len());
        for (form, classes) in sorted {
            to.u32(form);
            classes.into_iter().for_each(|class| to.u16(class));
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Broken> {
        let count = from.count(4 + 2 * CLASSINGS)?;
        let mut known = HashMap::with_capacity_and_hasher(count, BuildHasherDefault::default());
        for _ in 0..count {
            let form = from.u32()?;
            let mut classes = Classes::default();
            for class in &mut classes {
                *class = from.u16()?;
            }
            known.insert(form, classes);
        }
        Ok(Self { known })
    }
}
