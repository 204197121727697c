//! Takes any bytes as the content of a model file under a right checksum, gives whether loading and use hold.
//! Invariant: no panic; bytes that are no model are refused; what loads makes a tree of any words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use sulh_syntax::encoder::Encoder;
use sulh_syntax::linear::{Linear, train};

const WORDS: [&str; 7] = ["The", "guards", "said", "", "it", "held", "."];

fn encoder_file(content: &[u8]) -> Vec<u8> {
    let packed = zstd::bulk::compress(content, 1).expect("memory");
    let size = (content.len() as u64).to_le_bytes();
    let version = 1_u32.to_le_bytes();
    [b"sulh-enc".as_slice(), &version, &size, &Sha256::digest(&packed), &packed].concat()
}

fuzz_target!(|bytes: &[u8]| {
    let _ = (Linear::load(bytes), Encoder::load(bytes));
    let Some((kind, content)) = bytes.split_first() else { return };
    if kind % 2 == 0 {
        let Ok(model) = Linear::load(&train::sealed([0; 32], content)) else { return };
        assert!(model.parse(&WORDS).is_some());
        let _ = model.lemma("guards", sulh_syntax::Upos::Noun, sulh_syntax::Penn::Nns);
    } else {
        let Ok(model) = Encoder::load(&encoder_file(content)) else { return };
        let _ = model.parse(&WORDS);
    }
});
