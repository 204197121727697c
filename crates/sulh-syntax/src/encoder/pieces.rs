//! Takes the words of a sentence, gives word pieces of the encoder's vocabulary and each word's shape.
//! Invariant: the same pieces and shapes as `tools/train-encoder/pieces.py`; a change here is a change there.

use super::file::{ModelError, Reader};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// More pieces than this do not fit the encoder's positions, its two marks included.
pub(super) const PIECES_MAX: usize = 512;
/// Case, digits, and whether a piece begins its word.
pub(super) const SHAPES: usize = 36;
const CHUNK_CHARS_MAX: usize = 100;
const WORD_CHARS_MAX: usize = 400;
const WORD_PIECES_MAX: usize = 12;
const BEGINS_WORD: u8 = 18;

/// A sentence as the network takes it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Input {
    /// The number of each piece, between the mark of the start and the mark of the end.
    pub pieces: Vec<usize>,
    /// The shape of each.
    pub shapes: Vec<u8>,
    /// The first and the last piece of the root, which is the mark of the start, and of each word.
    pub places: Vec<(usize, usize)>,
}

/// A vocabulary of word pieces.
pub(super) struct Pieces {
    /// Pieces that begin a stretch of letters.
    first: HashMap<Box<str>, usize>,
    /// Pieces that go on ("##ing"), without their mark.
    later: HashMap<Box<str>, usize>,
    unknown: usize,
    start: usize,
    end: usize,
}

impl Pieces {
    pub fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let list = std::str::from_utf8(reader.block()?).ok();
        list.and_then(Self::new).ok_or(ModelError::Content("vocabulary"))
    }

    /// The vocabulary in a list with one piece a line.
    fn new(list: &str) -> Option<Self> {
        let (mut first, mut later) = (HashMap::new(), HashMap::new());
        for (number, piece) in list.split('\n').enumerate() {
            match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => later.insert(rest.into(), number),
                _ => first.insert(Box::from(piece), number),
            };
        }
        let (unknown, start, end) =
            (*first.get("[UNK]")?, *first.get("[CLS]")?, *first.get("[SEP]")?);
        Some(Self { first, later, unknown, start, end })
    }

    pub fn len(&self) -> usize {
        self.first.len() + self.later.len()
    }

    /// The pieces of a sentence; nothing where they are too many.
    pub fn of_words(&self, words: &[&str]) -> Option<Input> {
        let mut input = Input { pieces: vec![self.start], shapes: vec![0], places: vec![(0, 0)] };
        for word in words {
            let begin = input.pieces.len();
            self.of_word(word, &mut input.pieces);
            let end = input.pieces.len();
            if end >= PIECES_MAX {
                return None;
            }
            let shape = shape(word);
            input.shapes.push(shape + BEGINS_WORD);
            input.shapes.resize(end, shape);
            input.places.push((begin, end - 1));
        }
        input.pieces.push(self.end);
        input.shapes.push(0);
        Some(input)
    }

    /// Adds the pieces of a word: at least one, and no more than a few.
    fn of_word(&self, word: &str, pieces: &mut Vec<usize>) {
        let begin = pieces.len();
        for chunk in chunks(word) {
            self.of_chunk(&chunk, pieces);
        }
        pieces.truncate(begin + WORD_PIECES_MAX);
        if pieces.len() == begin {
            pieces.push(self.unknown);
        }
    }

    /// Greedy, longest match first; where a rest matches nothing the whole chunk is unknown.
    fn of_chunk(&self, chunk: &str, pieces: &mut Vec<usize>) {
        let begin = pieces.len();
        let mut rest = chunk;
        if chunk.chars().count() > CHUNK_CHARS_MAX {
            pieces.push(self.unknown);
            return;
        }
        while !rest.is_empty() {
            let known = if pieces.len() == begin { &self.first } else { &self.later };
            let ends = rest.char_indices().rev().map(|(at, char)| at + char.len_utf8());
            let Some((end, number)) =
                ends.filter_map(|end| Some((end, *known.get(&rest[..end])?))).next()
            else {
                pieces.truncate(begin);
                pieces.push(self.unknown);
                return;
            };
            pieces.push(number);
            rest = &rest[end..];
        }
    }
}

/// Lower case without marks, cut at spaces; punctuation signs and ideographs stand alone.
fn chunks(word: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for char in word.chars().take(WORD_CHARS_MAX).flat_map(char::to_lowercase).nfd() {
        let group = char.general_category_group();
        if matches!(char, '\t' | '\n' | '\r') || group == GeneralCategoryGroup::Separator {
            found.push(String::new());
        } else if matches!(group, GeneralCategoryGroup::Mark | GeneralCategoryGroup::Other)
            || char == char::REPLACEMENT_CHARACTER
        {
        } else if group == GeneralCategoryGroup::Punctuation
            || char.is_ascii_punctuation()
            || is_ideograph(char)
        {
            found.extend([char.to_string(), String::new()]);
        } else if let Some(last) = found.last_mut() {
            last.push(char);
        }
    }
    found.retain(|chunk| !chunk.is_empty());
    found
}

fn is_ideograph(char: char) -> bool {
    matches!(u32::from(char),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B820..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

/// Case and digits of a word, which the vocabulary of lower-case pieces does not show.
fn shape(word: &str) -> u8 {
    let (mut upper, mut lower, mut digits, mut length) = (0, 0, 0, 0);
    let mut begins_upper = false;
    for char in word.chars().take(WORD_CHARS_MAX) {
        if char.is_uppercase() {
            begins_upper |= upper == 0 && lower == 0;
            upper += 1;
        } else if char.is_lowercase() {
            lower += 1;
        } else if char.general_category() == GeneralCategory::DecimalNumber {
            digits += 1;
        }
        length += 1;
    }
    let case = match (upper, lower) {
        (0, 0) => 0,
        (0, _) => 1,
        (1, 0) => 4,
        (_, 0) => 3,
        (1, _) if begins_upper => 2,
        _ => 5,
    };
    let kind = if digits == 0 { 0 } else { 1 + u8::from(digits != length) };
    case + 6 * kind
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of the published vocabulary, with shorter ones that a greedy match must pass over.
    const VOCABULARY: &str = "[UNK] [CLS] [SEP] ceasefire cease signed sign q ##a ##ami ##am ##sh ##s ##li n ' t ’ u s . \
        al - sha ##dda ##di 10 30 € ##500 naive istanbul is has ##aka ا ##ل ##ح ##س ##ك ##ة 和 平 ab a ##b “ — ` demi \
        ##lita ##ris ##ation st ##raße ﬁ ##re co ##vid 19 3 , 000 α ##σ ² et ##e";

    fn vocabulary() -> Pieces {
        let list: Vec<&str> = VOCABULARY.split_whitespace().collect();
        Pieces::new(&list.join("\n")).unwrap()
    }

    /// Expectations are what the published tokeniser of the base model answers, word by word.
    fn check(word: &str, expected: &str) {
        let names: Vec<&str> = VOCABULARY.split_whitespace().collect();
        let mut pieces = Vec::new();
        vocabulary().of_word(word, &mut pieces);
        let found: Vec<&str> = pieces.iter().map(|piece| names[*piece]).collect();
        assert_eq!(found.join(" "), expected, "{word:?}");
    }

    #[test]
    fn words_are_cut_as_the_base_model_was_taught() {
        check("Ceasefire", "ceasefire");
        check("signed", "signed");
        check("Qamishli", "q ##ami ##sh ##li");
        check("n't", "n ' t");
        check("n’t", "n ’ t");
        check("U.S.", "u . s .");
        check("al-Shaddadi", "al - sha ##dda ##di");
        check("10.30", "10 . 30");
        check("€500", "€ ##500");
        check("demilitarisation", "demi ##lita ##ris ##ation");
        check("COVID-19", "co ##vid - 19");
        check("3,000", "3 , 000");
        check("...", ". . .");
        check("—", "—");
    }

    #[test]
    fn marks_and_other_scripts_are_cut_as_the_base_model_was_taught() {
        check("naïve", "naive");
        check("été", "et ##e");
        check("e\u{301}te\u{301}", "et ##e");
        check("İstanbul", "istanbul");
        check("Ḥasaka", "has ##aka");
        check("الحسكة", "ا ##ل ##ح ##س ##ك ##ة");
        check("和平", "和 平");
        check("cease\u{ad}fire", "ceasefire");
        check("a\u{200b}b", "ab");
        check("Straße", "st ##raße");
        check("ﬁre", "ﬁ ##re");
        check("ΑΣ", "α ##σ");
        check("²", "²");
        check("😀", "[UNK]");
    }

    #[test]
    fn a_word_has_at_least_one_piece_and_not_many() {
        check("", "[UNK]");
        check("\u{1}", "[UNK]");
        check("\u{a0}", "[UNK]");
        check(&"x".repeat(101), "[UNK]");
        check(&".".repeat(1_000_000), &[". "; 12].concat().trim_end());
    }

    #[test]
    fn the_case_and_digits_of_a_word_are_its_shape() {
        let check = |word: &str, expected: u8| assert_eq!(shape(word), expected, "{word}");
        check("...", 0);
        check("signed", 1);
        check("Qamishli", 2);
        check("U.S.", 3);
        check("A", 4);
        check("al-Shaddadi", 5);
        check("1999", 6);
        check("10.30", 12);
        check("3rd", 13);
        check("COVID-19", 15);
        check("الحسكة", 0);
        check("٣", 6);
    }

    #[test]
    fn a_sentence_stands_between_its_marks() {
        let input = vocabulary().of_words(&["U.S.", "10"]).unwrap();
        assert_eq!(input.pieces.len(), 7);
        assert_eq!(input.places, [(0, 0), (1, 4), (5, 5)]);
        assert_eq!(input.shapes, [0, 21, 3, 3, 3, 24, 0]);
        assert!(vocabulary().of_words(&["10"; 510]).is_some());
        assert_eq!(vocabulary().of_words(&["10"; 511]), None);
    }
}
