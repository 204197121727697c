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

/// Lists of phrases, found by the first letters of their first words, so that a text is gone through once for all lists.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    lists: usize,
    by_start: BTreeMap<Start, Vec<(usize, Vec<Part>)>>,
}

/// The first two letters of a word; a stem has at least two.
type Start = (Option<char>, Option<char>);

impl Phrases {
    /// The lists keep the numbers of their order.
    pub fn new<'a>(lists: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut found = Self::default();
        for (list, phrases) in lists.into_iter().enumerate() {
            found.lists = list + 1;
            for phrase in phrases {
                let parts: Vec<Part> = phrase.split_whitespace().map(part).collect();
                if let Some(Part::Word(first) | Part::Stem(first)) = parts.first() {
                    found.by_start.entry(start(first)).or_default().push((list, parts));
                }
            }
        }
        found
    }

    /// For each list how many of its phrases stand in the words; no word belongs to two of one list.
    pub fn times(&self, words: &[String]) -> Vec<usize> {
        let mut times = vec![0; self.lists];
        // For each list the first word that belongs to none of its phrases yet.
        let mut free = vec![0; self.lists];
        for (at, word) in words.iter().enumerate() {
            let phrases = self.by_start.get(&start(word)).map_or(&[][..], Vec::as_slice);
            // The phrases of one list stand together.
            for phrases in phrases.chunk_by(|left, right| left.0 == right.0) {
                let list = phrases[0].0;
                let longest =
                    phrases.iter().filter_map(|(_, parts)| fits(parts, &words[at..])).max();
                if let Some(length) = longest.filter(|_| free[list] <= at) {
                    times[list] += 1;
                    free[list] = at + length;
                }
            }
        }
        times
    }
}

fn part(word: &str) -> Part {
    match (word, word.strip_suffix('*')) {
        ("…", _) => Part::Gap,
        (_, Some(stem)) => Part::Stem(stem.to_owned()),
        (word, None) => Part::Word(word.to_owned()),
    }
}

fn start(word: &str) -> Start {
    let mut letters = word.chars();
    (letters.next(), letters.next())
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
        let phrases = Phrases::new([[phrase.to_owned()].as_slice()]);
        assert_eq!(phrases.times(&words), [times], "{phrase}: {comment}");
    }

    #[test]
    fn each_list_counts_by_itself() {
        let lists = [vec!["new film".to_owned(), "film".to_owned()], vec!["film".to_owned()]];
        let words = super::super::unmask::unmask("a new film").words;
        assert_eq!(Phrases::new(lists.iter().map(Vec::as_slice)).times(&words), [1, 1]);
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
