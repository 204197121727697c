//! Takes what a parser or a treebank says of each word of a sentence, gives a tree.
//! Invariant: a `Tree` has exactly one root, every other word hangs on a word of it, and there is no cycle.

pub(crate) mod names;
mod penn;
mod relation;

pub use penn::{Penn, UnknownTag};
pub use relation::{Relation, UnknownRelation};

use crate::token::Upos;

/// One word of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub penn: Penn,
    /// The word it hangs on, counted from 0; nothing for the root.
    pub head: Option<usize>,
    /// What it is to that word; `Relation::Root` for the root and for nothing else.
    pub relation: Relation,
}

/// Why words do not make a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATree {
    /// No word, or more than one, hangs on nothing.
    #[error("{0} words are roots; a sentence has exactly one")]
    Roots(usize),
    /// A head outside the sentence.
    #[error("word {word} hangs on word {head}, which the sentence does not have")]
    NoSuchHead {
        /// The word.
        word: usize,
        /// Its head.
        head: usize,
    },
    /// A word that hangs on itself by way of others.
    #[error("word {0} hangs on itself")]
    Cycle(usize),
    /// `root` on a word with a head, or another relation on the root.
    #[error("word {0} has the relation of a root without being one, or is the root without it")]
    RootRelation(usize),
}

/// A sentence's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// The tree these words make. A sentence of no words is no tree.
    pub fn new(nodes: Vec<Node>) -> Result<Self, NotATree> {
        let roots = nodes.iter().filter(|node| node.head.is_none()).count();
        if roots != 1 {
            return Err(NotATree::Roots(roots));
        }
        for (word, node) in nodes.iter().enumerate() {
            if (node.relation == Relation::Root) != node.head.is_none() {
                return Err(NotATree::RootRelation(word));
            }
            if let Some(head) = node.head.filter(|head| *head >= nodes.len()) {
                return Err(NotATree::NoSuchHead { word, head });
            }
        }
        match first_in_a_cycle(&nodes) {
            Some(word) => Err(NotATree::Cycle(word)),
            None => Ok(Self { nodes }),
        }
    }

    /// Its words.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The root's index.
    pub fn root(&self) -> usize {
        self.nodes.iter().position(|node| node.head.is_none()).unwrap_or(0)
    }
}

/// Walks up from each word once: a walk that meets itself is a cycle. Linear in the number of words.
fn first_in_a_cycle(nodes: &[Node]) -> Option<usize> {
    const NEVER: usize = usize::MAX;
    let mut seen_from = vec![NEVER; nodes.len()];
    for start in 0..nodes.len() {
        let mut at = Some(start);
        while let Some(word) = at {
            if seen_from[word] == start {
                return Some(word);
            }
            if seen_from[word] != NEVER {
                break;
            }
            seen_from[word] = start;
            at = nodes[word].head;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(heads: &[Option<usize>], expected: Result<usize, NotATree>) {
        let node = |head: &Option<usize>| Node {
            upos: Upos::Noun,
            penn: Penn::Nn,
            head: *head,
            relation: if head.is_none() { Relation::Root } else { Relation::Dep },
        };
        let tree = Tree::new(heads.iter().map(node).collect());
        assert_eq!(tree.map(|tree| tree.root()), expected, "{heads:?}");
    }

    #[test]
    fn only_trees_are_trees() {
        check(&[Some(1), None, Some(1)], Ok(1));
        check(&[None], Ok(0));
        check(&[], Err(NotATree::Roots(0)));
        check(&[None, None], Err(NotATree::Roots(2)));
        check(&[None, Some(2), Some(1)], Err(NotATree::Cycle(1)));
        check(&[None, Some(1)], Err(NotATree::Cycle(1)));
        check(&[None, Some(7)], Err(NotATree::NoSuchHead { word: 1, head: 7 }));
    }
}
