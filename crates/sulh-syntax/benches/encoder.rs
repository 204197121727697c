//! How long the encoder takes to load and to parse. Takes the model file that `SULH_ENCODER` names, gives figures.
//! Invariant: one thread and one sentence at a time, as the program parses. Run with
//! `SULH_ENCODER=$PWD/models/encoder.sulh.zst cargo bench -p sulh-syntax --bench encoder`.

use divan::{Bencher, counter::ItemsCount};
use sulh_syntax::encoder::Encoder;

const SENTENCE: &str = "The two sides agreed on Sunday to withdraw heavy weapons from the town , the council said , \
    but residents denied that any fighters had left .";

fn main() {
    divan::main();
}

fn file() -> Vec<u8> {
    let path = std::env::var_os("SULH_ENCODER").expect("SULH_ENCODER names the model file");
    std::fs::read(path).expect("the model file can be read")
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn load(bencher: Bencher<'_, '_>) {
    let file = file();
    bencher.bench_local(|| Encoder::load(&file));
}

/// Sentences of so many words.
#[divan::bench(args = [5, 13, 26, 52, 104], sample_count = 50, sample_size = 4)]
fn parse(bencher: Bencher<'_, '_>, length: usize) {
    let encoder = Encoder::load(&file()).expect("the model file is whole");
    let words: Vec<&str> = SENTENCE.split(' ').cycle().take(length).collect();
    bencher.counter(ItemsCount::new(length)).bench_local(|| encoder.parse(&words));
}
