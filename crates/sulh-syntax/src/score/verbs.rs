//! Takes a treebank's tree and a parser's of the same words, gives how right what hangs on verbs is.
//! Invariant: every pair counts once in each tree; the words of saying are those of the shipped list.

use super::Score;
use crate::token::Upos;
use crate::tree::{Penn, Relation, Tree};
use std::collections::BTreeSet;

/// What hangs on verbs, over many sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verbs {
    /// From a verb of saying to the head of what is said.
    pub content: Score,
    /// The same, where a clause with a form of "be" is known by that form: treebanks hang such clauses on either.
    pub content_clause: Score,
    /// From a verb of saying to the head of who says it.
    pub source: Score,
    /// The same, where a name with its title is one, whichever of the two hangs on the verb.
    pub source_name: Score,
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
        let contents = [gold, found].map(|tree| contents(tree, &saying(tree)));
        let sources = [gold, found].map(|tree| sources(tree, &saying(tree), lemmas));
        count(&mut self.content, &contents);
        count(&mut self.source, &sources);
        count(&mut self.content_clause, &known_by([gold, found], &contents, of_clause));
        count(&mut self.source_name, &known_by([gold, found], &sources, of_name));
        for (verb, _) in gold.nodes().iter().enumerate().filter(|(_, node)| node.upos == Upos::Verb)
        {
            self.arguments.gold += 1;
            self.arguments.system += 1;
            self.arguments.correct += usize::from(arguments(gold, verb) == arguments(found, verb));
        }
    }
}

/// From a verb to a word.
type Pairs = BTreeSet<(usize, usize)>;

fn count(score: &mut Score, [gold, found]: &[Pairs; 2]) {
    score.gold += gold.len();
    score.system += found.len();
    score.correct += gold.intersection(found).count();
}

/// The same pairs with the word that a clause or a name is known by, in each of two trees.
fn known_by(trees: [&Tree; 2], pairs: &[Pairs; 2], by: fn(&Tree, usize) -> usize) -> [Pairs; 2] {
    let of = |tree: &Tree, pairs: &Pairs| -> Pairs {
        pairs.iter().map(|(verb, word)| (*verb, by(tree, *word))).collect()
    };
    [of(trees[0], &pairs[0]), of(trees[1], &pairs[1])]
}

/// A clause's form of "be", else its head. PUD hangs "is on its way" on "is", EWT on "way".
fn of_clause(tree: &Tree, head: usize) -> usize {
    let be = children(tree, head).find(|(_, relation)| *relation == Relation::Cop);
    be.map_or(head, |(be, _)| be)
}

/// The first head in a name with its title. EWT and PUD hang "spokesman" on the name without an article and the name
/// on "the spokesman"; GUM hangs the name on either.
fn of_name(tree: &Tree, head: usize) -> usize {
    let parts = children(tree, head).filter(|(part, relation)| {
        let apart = children(tree, *part).any(|(_, relation)| relation == Relation::Punct);
        match relation {
            Relation::Flat | Relation::NmodDesc => true,
            Relation::Appos => !apart,
            _ => false,
        }
    });
    parts.map(|(part, _)| part).chain([head]).min().unwrap_or(head)
}

fn children(tree: &Tree, head: usize) -> impl Iterator<Item = (usize, Relation)> {
    tree.nodes()
        .iter()
        .enumerate()
        .filter(move |(_, node)| node.head == Some(head))
        .map(|(at, node)| (at, node.relation))
}

/// What is said: the complement clause; or what a verb of saying with a subject of its own stands beside.
fn contents(tree: &Tree, verbs: &[usize]) -> Pairs {
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

/// Who says it: the subject, or whom "by" names after a passive. PUD has no `obl:agent`: "by" tells it there.
fn sources(tree: &Tree, verbs: &[usize], lemmas: &[&str]) -> Pairs {
    let by = |word: usize| {
        children(tree, word).any(|(at, relation)| relation == Relation::Case && lemmas[at] == "by")
    };
    let mut pairs = BTreeSet::new();
    for verb in verbs {
        let passive = tree.nodes()[*verb].penn == Penn::Vbn;
        let sources = children(tree, *verb).filter(|(word, relation)| match relation {
            Relation::Nsubj | Relation::OblAgent => true,
            Relation::Obl => passive && by(*word),
            _ => false,
        });
        pairs.extend(sources.map(|(source, _)| (*verb, source)));
    }
    pairs
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
    use crate::tree::Node;

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

    #[test]
    fn a_name_is_one_with_its_title_and_a_clause_is_known_by_its_be() {
        use Relation::{Case, Ccomp, Cop, Nmod, NmodDesc, Nsubj, Obl, Root};
        use Upos::{Adp, Aux, Noun, Propn, Verb};
        let lemmas = ["spokesman", "Ali", "say", "ice", "be", "on", "road"];
        let score = |gold: &Tree, found: &Tree| {
            let mut score = Verbs::default();
            score.add(gold, found, &lemmas, |lemma| lemma == "say");
            score
        };
        // "Spokesman Ali said ice is on roads": the name or the title speaks, "is" or "roads" is said.
        let by_name = tree(&[
            (Noun, 2, NmodDesc),
            (Propn, 3, Nsubj),
            (Verb, 0, Root),
            (Noun, 5, Nsubj),
            (Aux, 3, Ccomp),
            (Adp, 7, Case),
            (Noun, 5, Obl),
        ]);
        let by_title = tree(&[
            (Noun, 3, Nsubj),
            (Propn, 1, Relation::Flat),
            (Verb, 0, Root),
            (Noun, 7, Nsubj),
            (Aux, 7, Cop),
            (Adp, 7, Case),
            (Noun, 3, Ccomp),
        ]);
        let same = score(&by_name, &by_title);
        assert_eq!((same.source_name.correct, same.content_clause.correct), (1, 1));
        assert_eq!((same.source.correct, same.content.correct), (0, 0));
        // The ice speaks, and the title is its own.
        let other = tree(&[
            (Noun, 4, Nmod),
            (Propn, 1, Relation::Flat),
            (Verb, 0, Root),
            (Noun, 3, Nsubj),
            (Aux, 7, Cop),
            (Adp, 7, Case),
            (Noun, 3, Ccomp),
        ]);
        assert_eq!(score(&by_name, &other).source_name.correct, 0);
    }

    #[test]
    fn whom_by_names_after_a_passive_speaks() {
        use Relation::{AuxPass, Case, NsubjPass, Obl, OblAgent, Root};
        let node = |upos, penn, head: usize, relation| Node {
            upos,
            penn,
            head: head.checked_sub(1),
            relation,
        };
        let told = |relation| {
            let nodes = vec![
                node(Upos::Noun, Penn::Nns, 3, NsubjPass),
                node(Upos::Aux, Penn::Vbd, 3, AuxPass),
                node(Upos::Verb, Penn::Vbn, 0, Root),
                node(Upos::Adp, Penn::In, 5, Case),
                node(Upos::Noun, Penn::Nns, 3, relation),
            ];
            Tree::new(nodes).unwrap()
        };
        let mut score = Verbs::default();
        let lemmas = ["clash", "be", "report", "by", "elder"];
        score.add(&told(Obl), &told(OblAgent), &lemmas, |lemma| lemma == "report");
        assert_eq!(score.source, Score { gold: 1, system: 1, correct: 1 });
        let mut score = Verbs::default();
        let lemmas = ["clash", "be", "report", "near", "hill"];
        score.add(&told(Obl), &told(Obl), &lemmas, |lemma| lemma == "report");
        assert_eq!(score.source, Score::default());
    }
}
