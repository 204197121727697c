//! Takes the shipped models and the text of our own sentences, gives how fast text becomes trees, and models load.
//! Invariant: one thread, a sentence at a time, as the program parses; nothing is asserted, the figures are for people.

#![expect(clippy::expect_used, reason = "without its models and texts the bench has nothing to do")]

use divan::{Bencher, counter::ItemsCount};
use sulh_model::span::Span;
use sulh_syntax::{Depth, Parser, encoder::Encoder, linear::Linear};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const LENGTHS: [usize; 5] = [5, 13, 26, 52, 104];

fn main() {
    divan::main();
}

fn file(path: &str) -> Vec<u8> {
    std::fs::read(format!("{FOLDER}/{path}")).expect("a file of the project")
}

/// The sentences of the corpus as running text, so often as is asked for.
fn running_text(times: usize) -> String {
    let of = |path: &str| {
        let corpus = String::from_utf8(file(path)).expect("text");
        let texts = corpus.lines().filter_map(|line| line.strip_prefix("# text = "));
        texts.map(|text| text.to_owned() + " ").collect::<String>()
    };
    (of("corpus/syntax/train.conllu") + &of("corpus/syntax/test.conllu")).repeat(times)
}

fn words(parser: &Parser, text: &str, depth: Depth) -> usize {
    let sentences = parser.sentences(text, Span::new(0, text.len())).into_iter();
    let parsed = sentences.filter_map(|sentence| parser.parse(text, sentence, depth));
    parsed.map(|parsed| divan::black_box(parsed).tokens.words.len()).sum()
}

/// Running text to sentences, words, trees and lemmas.
#[divan::bench(args = [Depth::Fast, Depth::Both], sample_count = 10, sample_size = 1)]
fn text_to_trees(bencher: Bencher<'_, '_>, depth: Depth) {
    let parser = Parser::shipped(depth).expect("the shipped models");
    let text = running_text(if depth == Depth::Fast { 4 } else { 1 });
    let count = words(&parser, &text, Depth::Fast);
    bencher.counter(ItemsCount::new(count)).bench_local(|| words(&parser, &text, depth));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn load_linear(bencher: Bencher<'_, '_>) {
    let model = file("models/linear.sulh");
    bencher.bench_local(|| Linear::load(divan::black_box(&model)));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn load_encoder(bencher: Bencher<'_, '_>) {
    let model = file("models/encoder.sulh.zst");
    bencher.bench_local(|| Encoder::load(divan::black_box(&model)));
}

/// The encoder alone, on sentences of so many words.
#[divan::bench(args = LENGTHS, sample_count = 50, sample_size = 4)]
fn encoder_by_length(bencher: Bencher<'_, '_>, length: usize) {
    let encoder = Encoder::load(&file("models/encoder.sulh.zst")).expect("a whole model");
    let text = running_text(1);
    let words: Vec<&str> = text.split_whitespace().take(length).collect();
    bencher.counter(ItemsCount::new(length)).bench_local(|| encoder.parse(&words));
}
