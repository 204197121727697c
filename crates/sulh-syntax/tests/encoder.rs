//! Takes weights that mean nothing, gives whether the encoder holds its promises whatever the weights are.
//! Invariant: the same words give the same parse, no words make it fail, a wrong file is refused in one sentence.

#![expect(clippy::unwrap_used, reason = "a test's helper that fails is a test that fails")]

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use sulh_syntax::encoder::{Encoder, ModelError};
use sulh_syntax::{Penn, Relation, Upos};

const PIECES: [&str; 12] =
    ["[UNK]", "[CLS]", "[SEP]", "the", "fighter", "##s", "sign", "##ed", "a", "deal", ".", "##x"];
const WIDTH: usize = 384;

/// Weights as if at random, always the same.
struct Content {
    bytes: Vec<u8>,
    seed: u32,
}

impl Content {
    fn next(&mut self) -> u32 {
        self.seed = self.seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.seed >> 16
    }

    fn block(&mut self, block: &[u8]) {
        self.bytes.extend(u32::try_from(block.len()).unwrap().to_le_bytes());
        self.bytes.extend(block);
    }

    fn whole(&mut self, count: usize) {
        for _ in 0..count {
            let value = i32::try_from(self.next() % 129).unwrap() - 64;
            self.bytes.push(i8::try_from(value).unwrap().cast_unsigned());
        }
    }

    fn real(&mut self, count: usize, value: f32) {
        self.bytes.extend(value.to_le_bytes().repeat(count));
    }

    fn table(&mut self, rows: usize) {
        self.whole(rows * WIDTH);
        self.real(rows, 0.02);
    }

    fn norm(&mut self) {
        self.real(WIDTH, 1.0);
        self.real(WIDTH, 0.0);
    }

    fn dense(&mut self, inputs: usize, outputs: usize) {
        self.whole(inputs * outputs);
        self.real(outputs, 0.001);
        self.real(outputs, 0.0);
    }
}

/// A model file laid out as the export lays out the trained one.
fn file(relations: &[&str]) -> Vec<u8> {
    let mut content = Content { bytes: Vec::new(), seed: 7 };
    let upos: Vec<&str> = Upos::ALL.iter().map(|upos| upos.as_str()).collect();
    let penn: Vec<&str> = Penn::ALL.iter().map(|tag| tag.as_str()).collect();
    let inventory = serde_json::json!({ "upos": upos, "xpos": penn, "labels": relations });
    content.block(inventory.to_string().as_bytes());
    content.block(PIECES.join("\n").as_bytes());
    content.table(PIECES.len());
    content.table(512);
    content.real(36 * WIDTH, 0.0);
    content.norm();
    for _ in 0..6 {
        content.dense(WIDTH, 3 * WIDTH);
        content.dense(WIDTH, WIDTH);
        content.norm();
        content.dense(WIDTH, 4 * WIDTH);
        content.dense(4 * WIDTH, WIDTH);
        content.norm();
    }
    content.real(14, 0.14);
    content.dense(WIDTH, 80);
    content.dense(WIDTH, 736);
    content.dense(256, 256);
    content.dense(112, relations.len() * 112);
    packed(&content.bytes)
}

fn packed(content: &[u8]) -> Vec<u8> {
    let packed = zstd::bulk::compress(content, 1).unwrap();
    let size = u64::try_from(content.len()).unwrap().to_le_bytes();
    [b"sulh-enc".as_slice(), &1_u32.to_le_bytes(), &size, &Sha256::digest(&packed), &packed]
        .concat()
}

static FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let relations: Vec<&str> = Relation::ALL.iter().map(|relation| relation.as_str()).collect();
    file(&relations)
});
static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::load(&FILE).unwrap());

#[test]
fn the_same_sentence_gives_the_same_tree_in_any_order_of_calls() {
    let short = ["the", "fighters", "signed", "a", "deal", "."];
    let long = short.repeat(8);
    let first = ENCODER.parse(&short).unwrap();
    let other = ENCODER.parse(&long).unwrap();
    assert_ne!(first.tree.nodes()[0], first.tree.nodes()[2]);
    for _ in 0..2 {
        assert_eq!(ENCODER.parse(&long).unwrap(), other);
        assert_eq!(ENCODER.parse(&short).unwrap(), first);
    }
    assert_eq!(Encoder::load(&FILE).unwrap().parse(&short).unwrap(), first);
    std::thread::scope(|scope| {
        let parses: Vec<_> = (0..3).map(|_| scope.spawn(|| ENCODER.parse(&short))).collect();
        for parse in parses {
            assert_eq!(parse.join().unwrap().unwrap(), first);
        }
    });
}

#[test]
fn hostile_words_are_parsed_or_left_to_the_linear_parser() {
    let check = |words: &[&str], expected: Option<usize>| {
        let parse = ENCODER.parse(words);
        assert_eq!(parse.map(|parse| parse.tree.nodes().len()), expected);
    };
    check(&[], None);
    check(&[""], Some(1));
    check(&["\u{0}", "\u{feff}", "\u{202e}x", "\u{fffd}"], Some(4));
    check(&[&"the".repeat(400_000), "signed"], Some(2));
    check(&[&".".repeat(1_000_000)], Some(1));
    check(&["the"; 510], Some(510));
    check(&["the"; 511], None);
    check(&["fighters"; 100_000], None);
    check(&["وقف", "إطلاق", "النار", "和平", "🏳"], Some(5));
}

#[test]
fn a_file_of_other_content_is_refused_in_one_sentence() {
    let check = |bytes: &[u8], expected: ModelError| {
        assert_eq!(Encoder::load(bytes).unwrap_err(), expected);
        assert!(!expected.to_string().contains('\n'));
    };
    check(&FILE[..FILE.len() / 2], ModelError::Damaged);
    check(&[FILE.as_slice(), b"more"].concat(), ModelError::Damaged);
    check(&packed(b""), ModelError::Content("size"));
    check(
        &packed(&[4, 0, 0, 0, b'n', b'u', b'l', b'l']),
        ModelError::Content("list of tags and relations"),
    );
    check(&file(&["root", "nsubj:nonsense"]), ModelError::Content("relation"));
    check(&file(&["nsubj", "obj"]), ModelError::Content("relation"));
    let mut longer = zstd::bulk::decompress(&FILE[52..], 64 << 20).unwrap();
    longer.push(0);
    check(&packed(&longer), ModelError::Content("size"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_words_have_places_and_shares(words in proptest::collection::vec(any::<String>(), 1..20)) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let parse = ENCODER.parse(&words).unwrap();
        prop_assert_eq!(parse.tree.nodes().len(), words.len());
        prop_assert_eq!(parse.certainty.len(), words.len());
        for certainty in parse.certainty {
            for share in [certainty.upos, certainty.head, certainty.relation] {
                prop_assert!((0.0..=1.0).contains(&share));
            }
        }
    }
}
