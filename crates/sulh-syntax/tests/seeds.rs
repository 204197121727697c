//! Takes what the fuzz targets kept, gives whether text, treebanks and models still keep their promises on it.
//! Invariant: every kept input is run, and there are some.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::sync::Arc;
use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Depth, Parser, conllu};

fn seeds(of: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/../../fuzz/seeds/{of}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let seeds: Vec<Vec<u8>> = files.map(|file| std::fs::read(file).unwrap()).collect();
    assert!(seeds.len() > 20, "{folder} has lost its seeds");
    seeds
}

#[test]
fn text_is_read_and_what_is_printed_is_read_back() {
    let parsers = [Depth::Fast, Depth::Both].map(|depth| Parser::shipped(depth).unwrap());
    let analyzers = parsers.clone().map(|parser: Arc<Parser>| Analyzer::new(parser).unwrap());
    for seed in seeds("syntax") {
        let text = String::from_utf8_lossy(&seed);
        let whole = Span::new(0, text.len());
        for sentence in analyzers.iter().flat_map(|analyzer| analyzer.analyze(&text, whole)) {
            assert!(sentence.span.fits(&text));
            assert!(sentence.tokens.iter().all(|token| token.span.fits(&text)));
            assert!(sentence.clauses.iter().all(|clause| sentence.span.contains(clause.span)));
        }
        for (parser, depth) in parsers.iter().zip([Depth::Fast, Depth::Both]) {
            let sentences = parser.sentences(&text, whole).into_iter();
            let parsed = sentences.filter_map(|span| parser.parse(&text, span, depth));
            let written: Vec<_> = parsed.map(|parsed| parsed.written(&text)).collect();
            let again = conllu::read(&conllu::write(&written)).expect("what is written is read");
            let trees = |of: &[conllu::Sentence]| -> Vec<_> {
                of.iter().map(|sentence| sentence.tree().unwrap()).collect()
            };
            assert_eq!(trees(&again), trees(&written));
        }
    }
}

#[test]
fn treebanks_are_read_or_refused_and_written_back() {
    let mut read = 0;
    for seed in seeds("conllu") {
        let Ok(sentences) = conllu::read(&String::from_utf8_lossy(&seed)) else { continue };
        read += 1;
        let text = conllu::write(&sentences);
        let again = conllu::read(&text).expect("what is written is read");
        assert_eq!(conllu::write(&again), text);
    }
    assert!(read > 10, "{read} of the seeds are treebanks");
}
