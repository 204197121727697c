//! Takes any bytes as text, gives whether both parsers and what is read from their trees keep their promises.
//! Invariant: no panic; spans fit, in order; what is printed as CoNLL-U is read back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Depth, Parser, conllu};

static ANALYZERS: LazyLock<[Analyzer; 2]> = LazyLock::new(|| {
    [Depth::Fast, Depth::Both].map(|depth| Analyzer::shipped(depth).expect("the shipped models"))
});
static PARSER: LazyLock<std::sync::Arc<Parser>> =
    LazyLock::new(|| Parser::shipped(Depth::Fast).expect("the shipped model"));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let whole = Span::new(0, text.len());
    let read = |analyzer: &Analyzer| {
        let mut end = 0;
        for sentence in analyzer.analyze(&text, whole) {
            assert!(sentence.span.fits(&text) && sentence.span.start() >= end);
            end = sentence.span.end();
            let mut last = sentence.span.start();
            for token in &sentence.tokens {
                assert!(token.span.fits(&text) && token.span.start() >= last);
                last = token.span.end();
            }
            for report in &sentence.reports {
                assert!(report.content.iter().all(|content| sentence.span.contains(*content)));
                assert!(!report.content.iter().any(|content| content.overlaps(report.cue)));
            }
            for clause in &sentence.clauses {
                assert!(sentence.span.contains(clause.span));
                assert!((0.0..=1.0).contains(&clause.confidence));
            }
        }
    };
    read(&ANALYZERS[0]);
    // The encoder takes a fifth of a millisecond a word: short texts find more in the same time.
    if bytes.len() <= 400 {
        read(&ANALYZERS[1]);
    }
    let sentences = PARSER.sentences(&text, whole).into_iter();
    let written: Vec<_> = sentences
        .filter_map(|span| PARSER.parse(&text, span, Depth::Fast))
        .map(|parsed| parsed.written(&text))
        .collect();
    let again = conllu::read(&conllu::write(&written)).expect("what is written is read");
    assert_eq!(again.len(), written.len());
    for (again, written) in again.iter().zip(&written) {
        assert_eq!(again.tree(), written.tree());
    }
});
