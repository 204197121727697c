//! Takes the paragraphs of a page, gives which of them repeat an earlier one word for word, and which change the subject.
//! Invariant: a paragraph echoes only what stands before it.

use crate::wording;
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// Words in a row that two writers hardly share by chance.
const SHINGLE_WORDS: usize = 6;

/// No page of reports has more words; what stands behind them neither echoes nor changes a subject.
const WORDS_MAX: usize = 1_000_000;

/// A paragraph says within so many bytes what it is about.
const PARAGRAPH_BYTES_MAX: usize = 64 << 10;

/// Words shorter than this say little of a subject.
const SUBJECT_CHARS_MIN: usize = 6;

/// Which paragraphs repeat which.
#[derive(Debug, Default)]
pub(super) struct Echoes {
    sources: BTreeMap<usize, usize>,
    off_topic: BTreeSet<usize>,
}

impl Echoes {
    pub fn new(paragraphs: &[&str]) -> Self {
        let mut found = Self::default();
        // Shingle to the first paragraph that has it.
        let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
        let mut subjects: BTreeSet<String> = BTreeSet::new();
        let mut words_seen = 0;
        for (at, paragraph) in paragraphs.iter().enumerate() {
            if words_seen > WORDS_MAX {
                break;
            }
            let words = wording::words(wording::opening(paragraph, PARAGRAPH_BYTES_MAX));
            words_seen += words.len();
            let shingles: Vec<u64> = words.windows(SHINGLE_WORDS).map(hash).collect();
            let known: Vec<usize> =
                shingles.iter().filter_map(|shingle| seen.get(shingle).copied()).collect();
            // A word may be left out or misspelt: nearly all of them must be there.
            if let Some(last) =
                known.iter().max().filter(|_| known.len() * 10 >= shingles.len() * 9)
            {
                found.sources.insert(at, *last);
            }
            for shingle in shingles {
                seen.entry(shingle).or_insert(at);
            }
            let heavy = words
                .into_iter()
                .filter(|word| !wording::at_most_chars(word, SUBJECT_CHARS_MIN - 1));
            let heavy: BTreeSet<String> = heavy.collect();
            if at > 0 && heavy.len() >= 5 && heavy.is_disjoint(&subjects) {
                found.off_topic.insert(at);
            }
            subjects.extend(heavy);
        }
        found
    }

    /// The paragraph whose words this one repeats.
    pub fn source(&self, at: usize) -> Option<usize> {
        self.sources.get(&at).copied()
    }

    /// True when it shares no word of weight with what stands before.
    pub fn is_off_topic(&self, at: usize) -> bool {
        self.off_topic.contains(&at)
    }
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_sentence_points_at_its_source() {
        let check = |paragraphs: &[&str], sources: &[(usize, usize)]| {
            let found = Echoes::new(paragraphs);
            assert_eq!(found.sources.into_iter().collect::<Vec<_>>(), sources);
        };
        let article = "On Monday the herders left the lower wells. Nobody knows for how long they will stay away.";
        check(&[article, "So.", "“Nobody knows for how long they will stay away.”"], &[(2, 0)]);
        check(&[article, "Nobody knows who will stay and who will go from the wells."], &[]);
    }

    #[test]
    fn another_subject_is_noticed() {
        let found = Echoes::new(&[
            "The herders of the valley met.",
            "Graphics cards nowadays require enormous amounts of electricity.",
        ]);
        assert!(found.is_off_topic(1));
    }
}
