//! Takes a treebank as CoNLL-U, gives its sentences.
//! Invariant: every sentence is a tree of tags and relations this program knows; others are counted, not kept.

use crate::{
    token::Upos,
    tree::{Node, Penn, Relation, Tree},
};

/// A sentence to learn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its words.
    pub forms: Vec<String>,
    /// Their dictionary forms.
    pub lemmas: Vec<String>,
    /// Its tree.
    pub tree: Tree,
}

/// The sentences of a treebank, and how many could not be used.
pub fn read(text: &str) -> (Vec<Example>, usize) {
    let mut examples = Vec::new();
    let mut refused = 0;
    for block in text.split("\n\n").filter(|block| !block.trim().is_empty()) {
        match example(block) {
            Some(example) => examples.push(example),
            None => refused += 1,
        }
    }
    (examples, refused)
}

fn example(block: &str) -> Option<Example> {
    let mut forms = Vec::new();
    let mut lemmas = Vec::new();
    let mut nodes = Vec::new();
    for line in block.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_digit()))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, form, lemma, upos, xpos, _, head, relation, ..] = columns.as_slice() else {
            return None;
        };
        // Ranges are written words made of several, numbers with a point are words that are not written.
        if number.contains(['-', '.']) {
            continue;
        }
        let head: usize = head.parse().ok()?;
        let upos: Upos = upos.parse().ok()?;
        let penn: Penn = xpos.parse().ok()?;
        let relation: Relation = relation.parse().ok()?;
        forms.push((*form).to_owned());
        lemmas.push((*lemma).to_owned());
        nodes.push(Node { upos, penn, head: head.checked_sub(1), relation });
    }
    let tree = Tree::new(nodes).ok()?;
    Some(Example { forms, lemmas, tree })
}
