//! Takes a treebank's tree and a parser's of the same words, gives how right what hangs on verbs is.
//! Invariant: every pair counts once in each tree; the words of saying are those of the shipped list.

use super::Score;
use crate::token::Upos;
use crate::tree::{Relation, Tree};
use std::collections::BTreeSet;

/// What hangs on verbs, over many sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verbs {
    /// From a verb of saying to the head of what is said.
    pub content: Score,
    /// From a verb of saying to the head of who says it.
    pub source: Score,
    /// Verbs of the treebank, and of these those whose subject, passive subject and object are all right, and no
    /// other was found.
    pub arguments: Score,
}

impl Verbs {
    /// Adds a sentence. `lemmas` are the treebank's; `says` tells which of them are verbs of saying.
    pub fn add(&mut self, gold: &Tree, found: &Tree, lemmas: &[&str], says: impl Fn(&str) -> bool) {
        let saying = |tree: &Tree| -> Vec<usize> {
            let verbs = tree.nodes().iter().zip(lemmas).enumerate();
            verbs
                .filter(|(_, (node, lemma))| node.upos == Upos::Verb && says(lemma))
                .map(|(at, _)| at)
                .collect()
        };
        let (gold_verbs, found_verbs) = (saying(gold), saying(found));
        count(&mut self.content, &contents(gold, &gold_verbs), &contents(found, &found_verbs));
        count(&mut self.source, &sources(gold, &gold_verbs), &sources(found, &found_verbs));
        for (verb, _) in gold.nodes().iter().enumerate().filter(|(_, node)| node.upos == Upos::Verb)
        {
            self.arguments.gold += 1;
            self.arguments.system += 1;
            self.arguments.correct += usize::from(arguments(gold, verb) == arguments(found, verb));
        }
    }
}

fn count(score: &mut Score, gold: &BTreeSet<(usize, usize)>, found: &BTreeSet<(usize, usize)>) {
    score.gold += gold.len();
    score.system += found.len();
    score.correct += gold.intersection(found).count();
}

fn children(tree: &Tree, head: usize) -> impl Iterator<Item = (usize, Relation)> {
    tree.nodes()
        .iter()
        .enumerate()
        .filter(move |(_, node)| node.head == Some(head))
        .map(|(at, node)| (at, node.relation))
}

/// What is said: the complement clause; or what a verb of saying with a subject of its own stands beside.
fn contents(tree: &Tree, verbs: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut pairs = BTreeSet::new();
    for verb in verbs {
        pairs.extend(
            children(tree, *verb)
                .filter(|(_, relation)| *relation == Relation::Ccomp)
                .map(|(content, _)| (*verb, content)),
        );
        let node = tree.nodes()[*verb];
        let speaks = children(tree, *verb).any(|(_, relation)| relation == Relation::Nsubj);
        if let Some(head) = node.head.filter(|_| speaks && node.relation == Relation::Parataxis) {
            pairs.insert((*verb, head));
        }
    }
    pairs
}

/// Who says it: the subject, or the agent of a passive.
fn sources(tree: &Tree, verbs: &[usize]) -> BTreeSet<(usize, usize)> {
    verbs
        .iter()
        .flat_map(|verb| {
            children(tree, *verb)
                .filter(|(_, relation)| matches!(relation, Relation::Nsubj | Relation::OblAgent))
                .map(|(source, _)| (*verb, source))
        })
        .collect()
}

fn arguments(tree: &Tree, verb: usize) -> BTreeSet<(usize, Relation)> {
    children(tree, verb)
        .filter(|(_, relation)| {
            matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Node, Penn};

    fn tree(words: &[(Upos, usize, Relation)]) -> Tree {
        let node = |(upos, head, relation): &(Upos, usize, Relation)| Node {
            upos: *upos,
            penn: Penn::Nn,
            head: head.checked_sub(1),
            relation: *relation,
        };
        Tree::new(words.iter().map(node).collect()).unwrap()
    }

    #[test]
    fn sources_contents_and_arguments_are_counted() {
        use Relation::{Aux, Ccomp, Nsubj, Obj, Parataxis, Root};
        use Upos::{Noun, Verb};
        // "Elders said rebels will keep posts"
        let lemmas = ["elder", "say", "rebel", "will", "keep", "post"];
        let gold = tree(&[
            (Noun, 2, Nsubj),
            (Verb, 0, Root),
            (Noun, 5, Nsubj),
            (Upos::Aux, 5, Aux),
            (Verb, 2, Ccomp),
            (Noun, 5, Obj),
        ]);
        // The parser makes the rebels the object of saying.
        let found = tree(&[
            (Noun, 2, Nsubj),
            (Verb, 0, Root),
            (Noun, 2, Obj),
            (Upos::Aux, 5, Aux),
            (Verb, 2, Parataxis),
            (Noun, 5, Obj),
        ]);
        let mut score = Verbs::default();
        score.add(&gold, &gold, &lemmas, |lemma| lemma == "say");
        assert_eq!(score.content, Score { gold: 1, system: 1, correct: 1 });
        assert_eq!((score.arguments.gold, score.arguments.correct), (2, 2));
        let mut score = Verbs::default();
        score.add(&gold, &found, &lemmas, |lemma| lemma == "say");
        assert_eq!(score.content, Score { gold: 1, system: 0, correct: 0 });
        assert_eq!(score.source, Score { gold: 1, system: 1, correct: 1 });
        assert_eq!((score.arguments.gold, score.arguments.correct), (2, 0));
        assert_eq!((score.source.precision(), score.content.recall()), (1.0, 0.0));
    }

    #[test]
    fn a_verb_of_saying_beside_what_it_says_counts() {
        use Relation::{Nsubj, Parataxis, Root};
        // "Posts remain, elders said"
        let gold = tree(&[
            (Upos::Noun, 2, Nsubj),
            (Upos::Verb, 0, Root),
            (Upos::Noun, 4, Nsubj),
            (Upos::Verb, 2, Parataxis),
        ]);
        let mut score = Verbs::default();
        score.add(&gold, &gold, &["post", "remain", "elder", "say"], |lemma| lemma == "say");
        assert_eq!(score.content.correct, 1);
    }
}
