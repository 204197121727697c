//! Takes a treebank and what a system made of its raw text, gives the measures of the CoNLL 2018 shared task.
//! Invariant: both are compared by the characters of the text that are not white space, so a word cut elsewhere
//! is a word missed and nothing more.
//!
//! The definitions are those of the task's own script, `conll18_ud_eval.py`:
//! <https://universaldependencies.org/conll18/evaluation.html>.

use super::Score;
use super::align::{Placed, align};
use crate::conllu::{Opens, Sentence, Word};
use std::ops::Range;

/// The measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RawScores {
    /// Tokens: words, and "don't" as one where it is written as one.
    pub tokens: Score,
    /// Sentences with the right beginning and end.
    pub sentences: Score,
    /// Words.
    pub words: Score,
    /// Words with the right universal part of speech.
    pub upos: Score,
    /// Words with the right Penn tag.
    pub xpos: Score,
    /// Words with the right lemma.
    pub lemmas: Score,
    /// Words with the right head.
    pub uas: Score,
    /// Words with the right head and relation, subtypes left out.
    pub las: Score,
}

/// A system that did not read the treebank's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "character {0} that is no white space differs between the treebank and the system; let it read the raw text of \
     this treebank"
)]
pub struct OtherText(pub usize);

/// The raw text of a treebank: its sentences parted by spaces, its paragraphs and documents by empty lines.
pub fn raw_text(sentences: &[Sentence]) -> String {
    let mut text = String::new();
    let mut space = false;
    for (at, sentence) in sentences.iter().enumerate() {
        match sentence.opens {
            _ if at == 0 => {}
            Opens::Nothing if space => text.push(' '),
            Opens::Nothing => {}
            Opens::Paragraph | Opens::Document => text.push_str("\n\n"),
        }
        text.push_str(sentence.text.trim());
        space = sentence.words.last().is_none_or(|word| word.space_after);
    }
    text.push('\n');
    text
}

/// Scores what a system made of the raw text of a treebank.
pub fn raw(gold: &[Sentence], system: &[Sentence]) -> Result<RawScores, OtherText> {
    let (gold, system) = (Placements::of(gold), Placements::of(system));
    if gold.characters != system.characters {
        let mut pairs = gold.characters.iter().zip(&system.characters);
        let same = pairs.position(|(gold, system)| gold != system);
        let shorter = gold.characters.len().min(system.characters.len());
        return Err(OtherText(same.unwrap_or(shorter)));
    }
    let mut matched = vec![None; system.words.len()];
    let pairs = align(&gold.words, &system.words);
    for (gold, system) in &pairs {
        matched[*system] = Some(*gold);
    }
    let count = |same: &dyn Fn(&InText<'_>, &InText<'_>) -> bool| Score {
        gold: gold.words.len(),
        system: system.words.len(),
        correct: pairs.iter().filter(|(g, s)| same(&gold.words[*g], &system.words[*s])).count(),
    };
    let same_head = |gold: &InText<'_>, system: &InText<'_>| match (gold.head, system.head) {
        (None, None) => true,
        (Some(head), Some(found)) => matched[found] == Some(head),
        _ => false,
    };
    let relation = |word: &InText<'_>| word.word.relation.universal();
    Ok(RawScores {
        tokens: spans(&gold.tokens, &system.tokens),
        sentences: spans(&gold.sentences, &system.sentences),
        words: count(&|_, _| true),
        upos: count(&|gold, system| gold.word.upos == system.word.upos),
        xpos: count(&|gold, system| gold.word.penn == system.word.penn),
        lemmas: count(&|gold, system| {
            gold.word.lemma == "_" || gold.word.lemma == system.word.lemma
        }),
        uas: count(&|gold, system| same_head(gold, system)),
        las: count(&|gold, system| same_head(gold, system) && relation(gold) == relation(system)),
    })
}

/// Stretches that are the same in both.
fn spans(gold: &[Range<usize>], system: &[Range<usize>]) -> Score {
    let (mut g, mut s, mut correct) = (0, 0, 0);
    while let (Some(wanted), Some(found)) = (gold.get(g), system.get(s)) {
        match found.start.cmp(&wanted.start) {
            std::cmp::Ordering::Less => s += 1,
            std::cmp::Ordering::Greater => g += 1,
            std::cmp::Ordering::Equal => {
                correct += usize::from(found.end == wanted.end);
                s += 1;
                g += 1;
            }
        }
    }
    Score { gold: gold.len(), system: system.len(), correct }
}

/// A word and where it stands among the characters that are not white space.
struct InText<'s> {
    word: &'s Word,
    form: String,
    characters: Range<usize>,
    in_multiword: bool,
    /// Its head among the words of the whole text.
    head: Option<usize>,
}

impl Placed for InText<'_> {
    fn characters(&self) -> &Range<usize> {
        &self.characters
    }

    fn in_multiword(&self) -> bool {
        self.in_multiword
    }

    fn form(&self) -> &str {
        &self.form
    }
}

/// All that can be compared in a text.
#[derive(Default)]
struct Placements<'s> {
    characters: Vec<char>,
    tokens: Vec<Range<usize>>,
    sentences: Vec<Range<usize>>,
    words: Vec<InText<'s>>,
}

impl<'s> Placements<'s> {
    fn of(sentences: &'s [Sentence]) -> Self {
        let mut placements = Self::default();
        for sentence in sentences {
            placements.take(sentence);
        }
        placements
    }

    fn take(&mut self, sentence: &'s Sentence) {
        let sentence_start = self.characters.len();
        let first_word = self.words.len();
        let mut multiwords = sentence.multiwords.iter().peekable();
        let mut inside_until = 0;
        let mut token = 0..0;
        for (at, word) in sentence.words.iter().enumerate() {
            let multiword = multiwords.next_if(|multiword| multiword.words.start == at);
            if let Some(multiword) = multiword {
                inside_until = multiword.words.end;
            }
            if multiword.is_some() || at >= inside_until {
                let form = multiword.map_or(&word.form, |multiword| &multiword.form);
                let start = self.characters.len();
                self.characters.extend(form.chars().filter(|c| !c.is_whitespace()));
                token = start..self.characters.len();
                self.tokens.push(token.clone());
            }
            self.words.push(InText {
                word,
                form: word.form.to_lowercase(),
                characters: token.clone(),
                in_multiword: at < inside_until,
                head: word.head.map(|head| first_word + head),
            });
        }
        self.sentences.push(sentence_start..self.characters.len());
    }
}
