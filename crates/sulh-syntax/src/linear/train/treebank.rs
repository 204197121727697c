//! Takes a treebank as CoNLL-U, gives its sentences to learn from.
//! Invariant: every sentence is a tree of tags and relations this program knows.

use crate::{conllu, tree::Tree};

/// A sentence to learn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its words.
    pub forms: Vec<String>,
    /// Their dictionary forms.
    pub lemmas: Vec<String>,
    /// Its tree.
    pub tree: Tree,
    /// How often it is read in one round: what is most like the texts to come may count more.
    pub times: usize,
}

/// The sentences of a treebank, each to be read so many times in one round.
pub fn read(text: &str, times: usize) -> Result<Vec<Example>, conllu::ReadError> {
    let sentences = conllu::read(text)?;
    // What was read is a tree already: strict reading refuses anything else.
    Ok(sentences.into_iter().filter_map(|sentence| example(sentence, times)).collect())
}

fn example(sentence: conllu::Sentence, times: usize) -> Option<Example> {
    let tree = sentence.tree().ok()?;
    let (forms, lemmas) = sentence.words.into_iter().map(|word| (word.form, word.lemma)).unzip();
    Some(Example { forms, lemmas, tree, times })
}
