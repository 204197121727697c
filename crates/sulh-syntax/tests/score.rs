//! Takes a treebank and a system of a few words, gives scores counted by hand.
//! Invariant: what is the same scores everything.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use sulh_syntax::conllu::{Opens, Sentence, read};
use sulh_syntax::score::{OtherText, OtherWords, Score, raw, raw_text, trees};
use sulh_syntax::{Relation, Tree};

/// Sentences written as "form/UPOS/penn/head/relation" in order; the head is counted from 1, the lemma is the form.
/// A row "3-4 don't" names a token of more than one word, a row "|" ends a sentence.
fn sentences(rows: &[&str]) -> Vec<Sentence> {
    let mut text = String::new();
    let mut word = 0;
    for row in rows {
        if *row == "|" {
            text.push('\n');
            word = 0;
        } else if let Some((range, form)) = row.split_once(' ') {
            text.push_str(&format!("{range}\t{form}\t_\t_\t_\t_\t_\t_\t_\t_\n"));
        } else {
            word += 1;
            let [form, upos, penn, head, relation] =
                <[&str; 5]>::try_from(row.split('/').collect::<Vec<_>>()).unwrap();
            text.push_str(&format!(
                "{word}\t{form}\t{form}\t{upos}\t{penn}\t_\t{head}\t{relation}\t_\t_\n"
            ));
        }
    }
    read(&text).unwrap()
}

const fn score(gold: usize, system: usize, correct: usize) -> Score {
    Score { gold, system, correct }
}

const GOLD: [&str; 8] = [
    "They/PRON/PRP/4/nsubj",
    "2-3 don't",
    "do/AUX/VBP/4/aux",
    "n't/PART/RB/4/advmod",
    "agree/VERB/VB/0/root",
    "|",
    "Gunmen/NOUN/NNS/2/nsubj",
    "left/VERB/VBD/0/root",
];

#[test]
fn the_same_scores_everything() {
    let scores = raw(&sentences(&GOLD), &sentences(&GOLD)).unwrap();
    assert_eq!(scores.tokens, score(5, 5, 5));
    assert_eq!(scores.sentences, score(2, 2, 2));
    for all in [scores.words, scores.upos, scores.xpos, scores.lemmas, scores.uas, scores.las] {
        assert_eq!(all, score(6, 6, 6));
    }
}

#[test]
fn one_sentence_too_few_and_words_instead_of_a_token() {
    // "don't" is two tokens; "agree Gunmen left" is one sentence with another root, a tag and a subtype wrong.
    let system = sentences(&[
        "They/PRON/PRP/4/nsubj:pass",
        "do/AUX/VBP/4/aux",
        "n't/PART/RB/4/advmod",
        "agree/NOUN/VB/6/ccomp",
        "Gunmen/NOUN/NNS/6/obj",
        "left/VERB/VBD/0/root",
    ]);
    let scores = raw(&sentences(&GOLD), &system).unwrap();
    assert_eq!(scores.tokens, score(5, 6, 4));
    assert_eq!(scores.sentences, score(2, 1, 0));
    assert_eq!(scores.words, score(6, 6, 6));
    assert_eq!(scores.upos, score(6, 6, 5));
    assert_eq!(scores.xpos, score(6, 6, 6));
    // All heads but that of "agree", which is no root here.
    assert_eq!(scores.uas, score(6, 6, 5));
    // Of these "Gunmen" has the wrong relation; "nsubj:pass" is as good as "nsubj".
    assert_eq!(scores.las, score(6, 6, 4));
}

#[test]
fn a_word_cut_elsewhere_is_missed_and_so_is_what_hangs_on_it() {
    let gold = sentences(&["pro-army/ADJ/JJ/2/amod", "men/NOUN/NNS/0/root"]);
    let system = sentences(&[
        "pro/ADJ/JJ/4/amod",
        "-/PUNCT/HYPH/1/punct",
        "army/NOUN/NN/1/dep",
        "men/NOUN/NNS/0/root",
    ]);
    let scores = raw(&gold, &system).unwrap();
    assert_eq!(scores.tokens, score(2, 4, 1));
    assert_eq!(scores.las, score(2, 4, 1));
    let turned = raw(&system, &gold).unwrap();
    assert_eq!(turned.las, score(4, 2, 1));
    let f1 = scores.las.f1();
    assert!((f1 - 1.0 / 3.0).abs() < 1e-12 && scores.las.precision() < scores.las.recall(), "{f1}");
}

#[test]
fn words_of_tokens_are_aligned_by_the_longest_common_row() {
    // One token each: "canot" as "can" "ot", and as "ca" "n't" "ot": only "ot" is in both.
    let gold = sentences(&["1-2 canot", "can/AUX/MD/2/aux", "ot/PART/RB/0/root"]);
    let system =
        sentences(&["1-3 canot", "ca/AUX/MD/3/aux", "n't/PART/RB/3/dep", "Ot/PART/RB/0/root"]);
    let scores = raw(&gold, &system).unwrap();
    assert_eq!(scores.tokens, score(1, 1, 1));
    assert_eq!((scores.words, scores.uas), (score(2, 3, 1), score(2, 3, 1)));
    assert_eq!(scores.lemmas, score(2, 3, 0), "the lemma is `Ot`");
}

#[test]
fn a_gold_lemma_left_open_is_always_right() {
    let mut gold = sentences(&["wit/NOUN/NN/0/root"]);
    gold[0].words[0].lemma = "_".to_owned();
    assert_eq!(raw(&gold, &sentences(&["wit/X/NN/0/root"])).unwrap().lemmas, score(1, 1, 1));
}

#[test]
fn other_texts_are_refused() {
    let (one, other) = (sentences(&["left/VERB/VB/0/root"]), sentences(&["lent/VERB/VB/0/root"]));
    assert_eq!(raw(&one, &other), Err(OtherText(2)));
    assert_eq!(raw(&one, &[]), Err(OtherText(0)));
}

#[test]
fn raw_text_has_the_paragraphs_of_the_treebank() {
    let mut gold = sentences(&[
        "A/X/FW/0/root",
        "|",
        "b/X/FW/0/root",
        "|",
        "c/X/FW/0/root",
        "|",
        "d/X/FW/0/root",
    ]);
    gold[0].opens = Opens::Document;
    gold[1].words[0].space_after = false;
    gold[3].opens = Opens::Paragraph;
    assert_eq!(raw_text(&gold), "A bc\n\nd\n");
    assert_eq!(raw_text(&[]), "\n");
}

fn tree(rows: &[&str]) -> Tree {
    sentences(rows)[0].tree().unwrap()
}

#[test]
fn trees_over_the_same_words() {
    let gold = tree(&["He/PRON/PRP/2/nsubj:pass", "left/VERB/VBD/0/root", "it/PRON/PRP/2/obj"]);
    let system = tree(&["He/PRON/PRP/2/nsubj", "left/VERB/VBN/0/root", "it/DET/PRP/1/obj"]);
    let scores = trees([(&gold, &system)]).unwrap();
    assert_eq!(scores.upos, score(3, 3, 2));
    assert_eq!(scores.xpos, score(3, 3, 2));
    assert_eq!((scores.uas, scores.las), (score(3, 3, 2), score(3, 3, 2)));
    assert_eq!(scores.las_subtypes, score(3, 3, 1));
    assert_eq!(scores.relations[&Relation::Root], score(1, 1, 1));
    assert_eq!(scores.relations[&Relation::NsubjPass], score(1, 0, 0));
    assert_eq!(scores.relations[&Relation::Nsubj], score(0, 1, 0));
    assert_eq!(scores.relations[&Relation::Obj], score(1, 1, 0));
    let short = tree(&["left/VERB/VBD/0/root"]);
    let other = OtherWords { pair: 1, gold: 3, system: 1 };
    assert_eq!(trees([(&gold, &gold), (&gold, &short)]), Err(other));
}

#[test]
fn nothing_scores_nothing() {
    let nothing = Score::default();
    assert_eq!([nothing.precision(), nothing.recall(), nothing.f1()], [0.0; 3]);
}
