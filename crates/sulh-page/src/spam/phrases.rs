//! Takes phrases as they are written in the rule file, gives where they stand among the words of a comment.
//! Invariant: `…` in a phrase stands for at most `GAP_WORDS_MAX` words of one sentence, `*` for the rest of a word.

use super::unmask::BORDER;
use std::collections::BTreeMap;

/// "my … channel": "my brand new channel", not "my house stands by the channel".
const GAP_WORDS_MAX: usize = 2;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    Stem(String),
    Gap,
}

/// A list of phrases, found by the first letters of their first words.
#[derive(Debug, Default)]
pub(super) struct Phrases(BTreeMap<String, Vec<Vec<Part>>>);

impl Phrases {
    pub fn new(phrases: &[String]) -> Self {
        let mut by_start: BTreeMap<String, Vec<Vec<Part>>> = BTreeMap::new();
        for phrase in phrases {
            let parts: Vec<Part> = phrase.split_whitespace().map(part).collect();
            if let Some(Part::Word(first) | Part::Stem(first)) = parts.first() {
                by_start.entry(start(first)).or_default().push(parts);
            }
        }
        Self(by_start)
    }

    /// How many of the phrases stand in the words; no word belongs to two of them.
    pub fn times(&self, words: &[String]) -> usize {
        let (mut at, mut times) = (0, 0);
        while at < words.len() {
            let length = self.longest(&words[at..]);
            times += usize::from(length.is_some());
            at += length.unwrap_or(1);
        }
        times
    }

    fn longest(&self, words: &[String]) -> Option<usize> {
        let phrases = self.0.get(&start(words.first()?)).map_or(&[][..], Vec::as_slice);
        phrases.iter().filter_map(|parts| fits(parts, words)).max()
    }
}

fn part(word: &str) -> Part {
    match (word, word.strip_suffix('*')) {
        ("…", _) => Part::Gap,
        (_, Some(stem)) => Part::Stem(stem.to_owned()),
        (word, None) => Part::Word(word.to_owned()),
    }
}

/// A stem must have at least this many letters, so that every word it fits is found.
fn start(word: &str) -> String {
    word.chars().take(2).collect()
}

/// How many words the phrase takes up at the beginning of some words.
fn fits(parts: &[Part], words: &[String]) -> Option<usize> {
    let Some((part, parts)) = parts.split_first() else { return Some(0) };
    let fitting = match part {
        Part::Gap => {
            return (0..=GAP_WORDS_MAX.min(words.len()))
                .take_while(|gap| *gap == 0 || words[gap - 1] != BORDER)
                .find_map(|gap| Some(gap + fits(parts, &words[gap..])?));
        }
        Part::Word(word) => words.first() == Some(word),
        Part::Stem(stem) => words.first().is_some_and(|word| word.starts_with(stem)),
    };
    if fitting { Some(1 + fits(parts, &words[1..])?) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(phrase: &str, comment: &str, times: usize) {
        let words = super::super::unmask::unmask(comment).words;
        assert_eq!(Phrases::new(&[phrase.to_owned()]).times(&words), times, "{phrase}: {comment}");
    }

    #[test]
    fn phrases_are_found() {
        check("my … channel", "My brand new channel, my channel", 2);
        check("my … channel", "my house by the channel", 0);
        check("my … channel", "It is my town. Channel 4 said so", 0);
        check("subscri* to", "subscribing to it", 1);
        check(". vote", "Please. Vote!", 1);
        check(". vote", "They vote", 0);
    }
}
