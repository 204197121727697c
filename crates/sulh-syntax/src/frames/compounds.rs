//! Takes the words of a sentence, gives the runs that act as one preposition or one opening: "in exchange for".
//! Invariant: a run ends in the word that the tree, too, takes for a preposition or an opening.

use super::arcs::Arcs;
use crate::lexicon::Lexicon;
use crate::tree::Relation;

/// A run of words that act as one.
#[derive(Clone, Debug)]
pub(super) struct Compound {
    /// Its first word; the last is the one it is kept under.
    pub first: usize,
    /// The words, in lower case.
    pub words: String,
}

/// The runs of a sentence.
pub(super) struct Compounds {
    ending: Vec<Option<Compound>>,
    inside: Vec<bool>,
}

impl Compounds {
    pub fn find(arcs: &Arcs<'_>, lexicon: &Lexicon) -> Self {
        let mut found = Self { ending: vec![None; arcs.len()], inside: vec![false; arcs.len()] };
        let closed = &lexicon.closed;
        let subordinators = closed.compound_subordinators.iter().map(|words| (words, true));
        let prepositions = closed.compound_prepositions.iter().map(|words| (words, false));
        let lists: Vec<(&String, bool)> = subordinators.chain(prepositions).collect();
        for at in 0..arcs.len() {
            let longest = lists
                .iter()
                .filter(|(words, opens)| fits(arcs, at, words) && binds(arcs, at, words, *opens))
                .max_by_key(|(words, _)| words.len());
            let Some((words, _)) = longest.filter(|_| !found.inside[at]) else { continue };
            let last = last_word(at, words);
            found.inside[at..=last].fill(true);
            found.ending[last] = Some(Compound { first: at, words: (*words).clone() });
        }
        found
    }

    /// The run that ends in a word.
    pub fn ending(&self, at: usize) -> Option<&Compound> {
        self.ending.get(at).and_then(Option::as_ref)
    }

    /// Whether a word is part of a run: "exchange" in "in exchange for".
    pub fn hold(&self, at: usize) -> bool {
        self.inside.get(at).copied().unwrap_or(false)
    }
}

fn fits(arcs: &Arcs<'_>, at: usize, words: &str) -> bool {
    words.split(' ').enumerate().all(|(i, word)| arcs.word(at + i) == word)
}

fn last_word(at: usize, words: &str) -> usize {
    at + words.split(' ').count() - 1
}

/// Whether the tree takes the last word for what binds or opens: not the "to" of "up to 300".
fn binds(arcs: &Arcs<'_>, at: usize, words: &str, opens: bool) -> bool {
    let last = last_word(at, words);
    let relation = match arcs.relation(last) {
        Relation::Fixed => arcs.head(last).map_or(Relation::Fixed, |head| arcs.relation(head)),
        other => other,
    };
    relation == Relation::Mark || (!opens && relation == Relation::Case)
}
