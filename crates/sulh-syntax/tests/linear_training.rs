//! Takes a tiny treebank of our own, gives whether training repeats, learns and is kept from damage.
//! Invariant: needs nothing but this file; run with `--features train`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "what fails here fails the test")]

use sulh_syntax::linear::{
    Linear,
    train::{Example, Knowledge, Options, TrainError, read, sealed, train},
};

/// A sentence a line, each word as form/lemma/upos/penn/head/relation.
const TREEBANK: &str = "\
The/the/DET/DT/2/det rebels/rebel/NOUN/NNS/3/nsubj left/leave/VERB/VBD/0/root the/the/DET/DT/5/det town/town/NOUN/NN/3/obj ././PUNCT/./3/punct
A/a/DET/DT/2/det convoy/convoy/NOUN/NN/3/nsubj entered/enter/VERB/VBD/0/root the/the/DET/DT/5/det valley/valley/NOUN/NN/3/obj ././PUNCT/./3/punct
The/the/DET/DT/2/det army/army/NOUN/NN/3/nsubj denied/deny/VERB/VBD/0/root it/it/PRON/PRP/3/obj ././PUNCT/./3/punct
The/the/DET/DT/2/det road/road/NOUN/NN/4/nsubj:pass was/be/AUX/VBD/4/aux:pass opened/open/VERB/VBN/0/root by/by/ADP/IN/7/case the/the/DET/DT/7/det army/army/NOUN/NN/4/obl:agent ././PUNCT/./4/punct
Officials/official/NOUN/NNS/2/nsubj said/say/VERB/VBD/0/root the/the/DET/DT/4/det truce/truce/NOUN/NN/5/nsubj held/hold/VERB/VBD/2/ccomp ././PUNCT/./2/punct
The/the/DET/DT/2/det truce/truce/NOUN/NN/5/nsubj will/will/AUX/MD/5/aux not/not/PART/RB/5/advmod hold/hold/VERB/VB/0/root ././PUNCT/./5/punct
Buses/bus/NOUN/NNS/2/nsubj carried/carry/VERB/VBD/0/root the/the/DET/DT/4/det families/family/NOUN/NNS/2/obj of/of/ADP/IN/6/case fighters/fighter/NOUN/NNS/4/nmod ././PUNCT/./2/punct
They/they/PRON/PRP/2/nsubj agreed/agree/VERB/VBD/0/root to/to/PART/TO/4/mark leave/leave/VERB/VB/2/xcomp on/on/ADP/IN/6/case Monday/Monday/PROPN/NNP/4/obl ././PUNCT/./2/punct
The/the/DET/DT/2/det families/family/NOUN/NNS/3/nsubj left/leave/VERB/VBD/0/root ,/,/PUNCT/,/6/punct and/and/CCONJ/CC/6/cc stayed/stay/VERB/VBD/3/conj away/away/ADV/RB/6/advmod ././PUNCT/./3/punct
No/no/DET/DT/2/det aid/aid/NOUN/NN/4/nsubj has/have/AUX/VBZ/4/aux entered/enter/VERB/VBN/0/root the/the/DET/DT/7/det besieged/besieged/ADJ/JJ/7/amod town/town/NOUN/NN/4/obj ././PUNCT/./4/punct
";

fn treebank() -> Vec<Example> {
    let mut text = String::new();
    for (number, line) in TREEBANK.lines().enumerate() {
        let words: Vec<Vec<&str>> =
            line.split(' ').map(|word| word.rsplitn(6, '/').collect()).collect();
        let forms: Vec<&str> = words.iter().map(|word| word[5]).collect();
        text.push_str(&format!("# sent_id = {number}\n# text = {}\n", forms.join(" ")));
        for (at, word) in words.iter().enumerate() {
            let [relation, head, penn, upos, lemma, form] = word.as_slice() else {
                panic!("six parts: {word:?}")
            };
            let at = at + 1;
            text.push_str(&format!(
                "{at}\t{form}\t{lemma}\t{upos}\t{penn}\t_\t{head}\t{relation}\t_\t_\n"
            ));
        }
        text.push('\n');
    }
    read(&text, 1).unwrap()
}

fn trained(examples: &[Example], options: &Options) -> Vec<u8> {
    train(examples, &Knowledge::default(), options, &mut |_| {}).unwrap()
}

/// With so few sentences no feature is too rare, and none is held back.
fn taught() -> Options {
    Options {
        tagger_rare: 1,
        parser_rare: 1,
        folds: 1,
        tagger_epochs: 8,
        parser_epochs: 12,
        ..Options::default()
    }
}

/// A model too small to be right, but whole.
fn stump() -> Vec<u8> {
    let options = Options { tagger_room: 1, scout_room: 1, parser_room: 1, ..taught() };
    trained(&treebank(), &options)
}

#[test]
fn training_repeats_and_learns() {
    let examples = treebank();
    let options = taught();
    let file = trained(&examples, &options);
    assert!(file == trained(&examples, &options), "two trainings, two models");
    let other = Options { seed: 2, ..options };
    assert!(file != trained(&examples, &other), "the seed decides nothing");
    let model = Linear::load(&file).unwrap();
    for example in &examples {
        let words: Vec<&str> = example.forms.iter().map(String::as_str).collect();
        let parsed = model.parse(&words).unwrap();
        assert_eq!(parsed.tree, example.tree, "{words:?}");
        for ((word, lemma), node) in words.iter().zip(&example.lemmas).zip(example.tree.nodes()) {
            assert_eq!(&model.lemma(word, node.upos, node.penn), lemma, "{words:?}");
        }
    }
}

#[test]
fn too_little_is_refused() {
    let learned = train(&[], &Knowledge::default(), &Options::default(), &mut |_| {});
    assert_eq!(learned, Err(TrainError::TooLittle));
}

#[test]
fn every_changed_byte_is_noticed() {
    let file = stump();
    assert!(Linear::load(&file).is_ok());
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 0x55;
        // The digest of what it was trained from is under the checksum too.
        assert!(Linear::load(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn every_cut_is_noticed() {
    let file = stump();
    for length in 0..file.len() {
        assert!(Linear::load(&file[..length]).is_err(), "{length} bytes");
    }
    let mut longer = file.clone();
    longer.push(0);
    assert!(Linear::load(&longer).is_err());
}

/// What the fuzz target `model` kept: contents under a right checksum.
#[test]
fn any_content_under_a_right_checksum_is_a_model_or_refused() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds/model");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        seen += 1;
        if let Ok(model) = Linear::load(&sealed([0; 32], &content)) {
            assert!(model.parse(&["The", "guards", "", "left", "."]).is_some());
        }
    }
    assert!(seen > 20, "{folder} has lost its seeds");
}
