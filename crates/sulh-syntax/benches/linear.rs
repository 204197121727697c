//! Takes a text of ours, repeated, gives the words a second of the linear model, from words to trees and lemmas.
//! Invariant: nothing is asserted; the figures are for people.

#![expect(clippy::expect_used, reason = "without its model the bench has nothing to do")]

use divan::{Bencher, counter::ItemsCount};
use sulh_syntax::linear::Linear;

const TEXT: &str = "The two committees , which had met twice in the border town , agreed on Tuesday that the wounded \
would be let out first .\nBuses carrying more than 300 fighters and their families left the eastern quarter at dawn , a \
monitoring group said .\nThe governor denied reports that the road had been closed again after shots were fired at an aid \
convoy .\nUnder the deal , heavy weapons are to be handed over within ten days in exchange for the release of detainees .\n\
Officials have yet to confirm whether those who refuse to settle their status will be allowed to stay .";

fn main() {
    divan::main();
}

fn model() -> Linear {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/linear.sulh");
    Linear::load(&std::fs::read(file).expect("the shipped model")).expect("a whole model")
}

fn sentences() -> Vec<Vec<&'static str>> {
    let lines = TEXT.lines().map(|line| line.split_whitespace().collect());
    let lines: Vec<Vec<&str>> = lines.collect();
    lines.iter().cycle().take(500).cloned().collect()
}

#[divan::bench]
fn load(bencher: Bencher) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/linear.sulh");
    let bytes = std::fs::read(file).expect("the shipped model");
    bencher.bench(|| Linear::load(divan::black_box(&bytes)));
}

#[divan::bench]
fn tags(bencher: Bencher) {
    let (model, sentences) = (model(), sentences());
    let words: usize = sentences.iter().map(Vec::len).sum();
    bencher
        .counter(ItemsCount::new(words))
        .bench(|| sentences.iter().map(|sentence| model.tag(sentence).len()).sum::<usize>());
}

#[divan::bench]
fn trees_and_lemmas(bencher: Bencher) {
    let (model, sentences) = (model(), sentences());
    let words: usize = sentences.iter().map(Vec::len).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| {
        for sentence in &sentences {
            let Some(parsed) = model.parse(sentence) else { continue };
            for (word, node) in sentence.iter().zip(parsed.tree.nodes()) {
                divan::black_box(model.lemma(word, node.upos, node.penn));
            }
        }
    });
}
