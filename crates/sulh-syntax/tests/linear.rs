//! Takes the shipped linear model and words of every kind, gives whether trees come out.
//! Invariant: needs nothing but the model that comes with the program.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use proptest::prelude::*;
use std::sync::LazyLock;
use sulh_syntax::{
    Penn, Upos,
    linear::{Linear, ModelError},
};

static MODEL: LazyLock<Linear> = LazyLock::new(|| {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/linear.sulh");
    Linear::load(&std::fs::read(file).unwrap()).unwrap()
});

/// Each word with its tag, its relation and its head's form ("-" for the root).
fn check(sentence: &str, expected: &str) {
    let words: Vec<&str> = sentence.split(' ').collect();
    let parsed = MODEL.parse(&words).unwrap();
    let found: Vec<String> = parsed
        .tree
        .nodes()
        .iter()
        .zip(&words)
        .map(|(node, word)| {
            let head = node.head.map_or("-", |head| words[head]);
            format!("{word}/{}/{}/{head}", node.penn.as_str(), node.relation.as_str())
        })
        .collect();
    assert_eq!(found.join(" "), expected);
}

#[test]
fn plain_news_is_read() {
    check(
        "The rebels left the town on Monday .",
        "The/DT/det/rebels rebels/NNS/nsubj/left left/VBD/root/- the/DT/det/town town/NN/obj/left \
         on/IN/case/Monday Monday/NNP/obl/left ././punct/left",
    );
    check(
        "The road was opened by the army .",
        "The/DT/det/road road/NN/nsubj:pass/opened was/VBD/aux:pass/opened opened/VBN/root/- by/IN/case/army \
         the/DT/det/army army/NN/obl:agent/opened ././punct/opened",
    );
}

#[test]
fn lemmas_follow_the_tags() {
    let lemma = |word: &str, upos, penn| MODEL.lemma(word, upos, penn);
    assert_eq!(lemma("left", Upos::Verb, Penn::Vbd), "leave");
    assert_eq!(lemma("Families", Upos::Noun, Penn::Nns), "family");
    assert_eq!(lemma("shelled", Upos::Verb, Penn::Vbn), "shell");
    assert_eq!(lemma("n’t", Upos::Part, Penn::Rb), "not");
    assert_eq!(lemma("Homs", Upos::Propn, Penn::Nnp), "Homs");
    assert_eq!(lemma("was", Upos::Aux, Penn::Vbd), "be");
}

#[test]
fn no_words_no_tree() {
    assert!(MODEL.parse(&[]).is_none());
    assert!(MODEL.tag(&[]).is_empty());
    assert_eq!(MODEL.lemma("", Upos::X, Penn::Fw), "");
}

#[test]
fn hostile_words_make_trees_too() {
    let long = "ض".repeat(1_000_000);
    let many = vec!["("; 20_000];
    for words in [
        vec![long.as_str(), "said", long.as_str()],
        many,
        vec!["", " ", "\0", "\u{200f}"],
        vec!["الهدنة", "в", "𝔘𝔫", "e\u{301}", "'", "’"],
        vec!["said"; 3_000],
    ] {
        let parsed = MODEL.parse(&words).unwrap();
        assert_eq!(parsed.tree.nodes().len(), words.len());
        assert_eq!(parsed.certainty.len(), words.len());
        let tags = MODEL.tag(&words);
        for ((word, tag), node) in words.iter().zip(tags).zip(parsed.tree.nodes()).take(100) {
            assert_eq!((tag.upos, tag.penn), (node.upos, node.penn));
            assert!(word.is_empty() || !MODEL.lemma(word, tag.upos, tag.penn).is_empty());
        }
    }
}

#[test]
fn other_bytes_are_no_model() {
    for bytes in [b"".as_slice(), b"sulh", &[0; 200], &[0xff; 60]] {
        assert_eq!(Linear::load(bytes).err(), Some(ModelError::NotAModel));
    }
}

proptest! {
    #[test]
    fn any_words_make_a_tree(words in prop::collection::vec(".{0,12}", 1..40)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let parsed = MODEL.parse(&words);
        prop_assert_eq!(parsed.map(|parsed| parsed.tree.nodes().len()), Some(words.len()));
    }
}
