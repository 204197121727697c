//! Takes trees drawn at random over words drawn at random, gives whether the sentence keeps its promises.
//! Invariant: no panic, no stack that grows with the tree, parents in the list and in no circle.

use super::super::{Parse, sentence};
use crate::lexicon::Lexicon;
use crate::token::Upos;
use crate::tree::{Node, Penn, Relation, Tree};
use crate::{Phrase, Sentence};
use proptest::prelude::*;
use sulh_model::span::Span;

const WORDS: [&str; 40] = [
    "army",
    "said",
    "that",
    "to",
    "leave",
    "was",
    "killed",
    "who",
    "which",
    "and",
    "but",
    ",",
    "“",
    "”",
    "-",
    "in",
    "exchange",
    "for",
    "according",
    "of",
    "on",
    "condition",
    "is",
    "about",
    "yet",
    "not",
    "neither",
    "reportedly",
    "Tuesday",
    "May",
    "(",
    "SAA",
    ")",
    "accused",
    "quoted",
    "as",
    "there",
    "release",
    "be",
    "ل",
];

/// A tree with the given words, in which word `i` hangs on one before it in a shuffled order.
fn built(rows: &[(usize, usize, usize, usize, usize)], spaced: bool) -> (String, Vec<Span>, Tree) {
    let mut text = String::new();
    let mut words = Vec::new();
    let nodes = rows.iter().enumerate().map(|(at, (word, upos, penn, head, relation))| {
        if spaced && !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(WORDS[word % WORDS.len()]);
        words.push(Span::new(start, text.len()));
        let relation = Relation::ALL[relation % Relation::ALL.len()];
        // Odd words hang to the right, even ones to the left: arcs cross, and every walk up ends in the last word.
        let last = rows.len() - 1;
        let head = (at < last).then(|| at + 1 + head % (last - at));
        Node {
            upos: Upos::ALL[upos % Upos::ALL.len()],
            penn: Penn::ALL[penn % Penn::ALL.len()],
            head,
            relation: match (head, relation) {
                (None, _) => Relation::Root,
                (Some(_), Relation::Root) => Relation::Dep,
                (Some(_), other) => other,
            },
        }
    });
    let tree = Tree::new(nodes.collect()).unwrap();
    (text, words, tree)
}

fn phrases_hold(sentence: &Sentence, phrase: &Phrase, depth: usize) {
    assert!(depth < 64);
    assert!(phrase.words.0 <= phrase.head && phrase.head <= phrase.words.1);
    assert!(phrase.words.1 < sentence.tokens.len());
    let inner = phrase.modifiers.iter().map(|modifier| &modifier.phrase);
    for below in inner.chain(&phrase.conjuncts).chain(&phrase.appositions) {
        phrases_hold(sentence, below, depth + 1);
    }
}

fn holds(text: &str, words: &[Span], tree: &Tree) {
    let lexicon = Lexicon::shipped().unwrap();
    let whole = Span::new(0, text.len());
    let read = sentence(text, whole, Parse { words, lemmas: &[], tree, certainty: &[] }, &lexicon);
    let mut end = 0;
    for token in &read.tokens {
        assert!(token.span.start() >= end && token.span.fits(text));
        end = token.span.end();
    }
    for (at, clause) in read.clauses.iter().enumerate() {
        assert!(clause.span.fits(text) && clause.span.contains(clause.predicate.span));
        assert!(clause.predicate.word < read.tokens.len());
        assert!((0.0..=1.0).contains(&clause.confidence));
        for next in [|at: &crate::Clause| at.parent, |at: &crate::Clause| at.joined_to] {
            let (mut up, mut steps) = (Some(at), 0);
            while let Some(place) = up {
                up = next(&read.clauses[place]);
                steps += 1;
                assert!(steps <= read.clauses.len(), "a circle");
            }
        }
        let arguments = clause.subject.iter().chain(&clause.object).chain(&clause.agent);
        let obliques = clause.obliques.iter().map(|oblique| &oblique.phrase);
        arguments.chain(obliques).for_each(|phrase| phrases_hold(&read, phrase, 0));
    }
    for report in &read.reports {
        for content in &report.content {
            assert!(whole.contains(*content) && content.fits(text), "{text}");
            assert!(!content.overlaps(report.cue), "{text}");
        }
    }
}

proptest! {
    #[test]
    fn any_tree_over_any_words(
        rows in proptest::collection::vec((0..40_usize, 0..17_usize, 0..50_usize, 0..1000_usize, 0..60_usize), 1..40),
        spaced in any::<bool>(),
    ) {
        let (text, words, tree) = built(&rows, spaced);
        holds(&text, &words, &tree);
    }
}

/// The same row again and again, `far` words apart.
fn chain(count: usize, word: usize, upos: Upos, far: usize, relations: &[Relation]) {
    let place = Upos::ALL.iter().position(|known| *known == upos).unwrap();
    let of =
        |relation: Relation| Relation::ALL.iter().position(|known| *known == relation).unwrap();
    let rows: Vec<_> = (0..count)
        .map(|at| (word + at % 2, place, 20, far, of(relations[at % relations.len()])))
        .collect();
    let (text, words, tree) = built(&rows, true);
    holds(&text, &words, &tree);
}

#[test]
fn deep_and_wide_trees_of_ten_thousand_words_are_read() {
    for far in [0, usize::MAX / 2] {
        chain(10_000, 0, Upos::Noun, far, &[Relation::Nmod]);
        chain(10_000, 0, Upos::Noun, far, &[Relation::Conj, Relation::Appos]);
        chain(10_000, 1, Upos::Verb, far, &[Relation::Ccomp]);
        chain(10_000, 1, Upos::Verb, far, &[Relation::Conj]);
        chain(10_000, 1, Upos::Verb, far, &[Relation::Xcomp, Relation::Parataxis]);
        chain(10_000, 4, Upos::Verb, far, &[Relation::AclRelcl, Relation::Obj]);
    }
}
