//! Takes the shipped models and our own sentences that neither learned from, gives whether the committed figures hold.
//! Invariant: the files measured are the ones the model card names, byte for byte.

use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use sulh_syntax::score::{Treebank, suite};
use sulh_syntax::{Depth, Parser, conllu};

const CARD: &str = include_str!("../../../models/MODEL_CARD.md");
const SCOREBOARD: &str = include_str!("../../../scoreboard/syntax.txt");
const SENTENCES: &str = include_str!("../../../corpus/syntax/test.conllu");

/// How far a figure may lie from the committed one, in points: another processor rounds otherwise.
const POINTS: f64 = 0.25;

#[test]
fn the_card_names_the_shipped_files() {
    for file in [
        include_bytes!("../../../models/linear.sulh").as_slice(),
        include_bytes!("../../../models/encoder.sulh.zst"),
    ] {
        let hash: String = Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(CARD.contains(&hash), "models/MODEL_CARD.md does not name {hash}");
    }
}

#[test]
fn the_committed_figures_are_those_of_the_shipped_files() {
    let parser = Parser::shipped(Depth::Both).expect("the shipped models can be read");
    let sentences = conllu::read(SENTENCES).expect("our own sentences can be read");
    let bank = Treebank { name: "syntax-test".to_owned(), sentences };
    let measured = suite(&parser, &[bank]).expect("our own sentences are trees");
    let committed: BTreeMap<&str, f64> = SCOREBOARD
        .lines()
        .filter_map(|line| {
            let (measure, rest) = line.split_once(char::is_whitespace)?;
            let value = rest.split_whitespace().next()?.parse().ok()?;
            measure.starts_with("syntax-test/").then_some((measure, value))
        })
        .collect();
    assert!(committed.len() > 20, "the scoreboard has lost our own sentences");
    let apart: Vec<String> = committed
        .iter()
        .filter(|(measure, value)| {
            measured.get(**measure).is_none_or(|found| (found - **value).abs() > POINTS)
        })
        .map(|(measure, value)| format!("{measure}: {value} -> {:?}", measured.get(*measure)))
        .collect();
    assert!(apart.is_empty(), "{}", apart.join("\n"));
}
