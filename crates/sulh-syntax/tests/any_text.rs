//! Takes any text at all, gives whether the analysis holds its promises on it.
//! Invariant: no panic, spans on character borders and in order, parents inside the list, bounded time.

#![expect(clippy::expect_used, reason = "a helper of tests")]

use proptest::prelude::*;
use std::sync::OnceLock;
use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Depth, Sentence};

fn check(text: &str, sentences: &[Sentence]) {
    for sentence in sentences {
        assert!(sentence.span.fits(text));
        let mut end = sentence.span.start();
        for token in &sentence.tokens {
            assert!(token.span.fits(text) && token.span.start() >= end, "{:?}", token.span);
            end = token.span.end();
        }
        for clause in &sentence.clauses {
            assert!(clause.span.fits(text) && sentence.span.contains(clause.span));
            assert!(clause.parent.is_none_or(|parent| parent < sentence.clauses.len()));
            assert!(clause.predicate.word < sentence.tokens.len());
        }
        for report in &sentence.reports {
            assert!(report.content.iter().all(|content| sentence.span.contains(*content)));
            assert!(!report.content.iter().any(|content| content.overlaps(report.cue)), "{text}");
        }
    }
}

/// By the linear parser, and by both parsers.
fn analyzers() -> &'static [Analyzer; 2] {
    static ANALYZERS: OnceLock<[Analyzer; 2]> = OnceLock::new();
    ANALYZERS.get_or_init(|| {
        let shipped = |depth| Analyzer::shipped(depth).expect("the shipped models can be read");
        [shipped(Depth::Fast), shipped(Depth::Both)]
    })
}

fn analyze(text: &str) -> Vec<Vec<Sentence>> {
    let whole = Span::new(0, text.len());
    let read: Vec<_> = analyzers().iter().map(|analyzer| analyzer.analyze(text, whole)).collect();
    for sentences in &read {
        check(text, sentences);
    }
    read
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " \n\n ",
        "...!!!???",
        "“”‘’''\"\"",
        "that that that that",
        "to to to be be been",
        "and , and , and",
        "\u{202e}abc\u{0}def",
        "قالت المصادر إن القوات دخلت البلدة.",
        "Said, said, said the army, said.",
        "According to",
        "who which that whom whose",
        "(SAA) (SAA (SAA",
    ] {
        analyze(text);
    }
}

#[test]
fn what_neither_parser_was_taught_costs_no_more_than_the_fast_one() {
    let read = analyze("قالت المصادر إن القوات دخلت البلدة. Армия ушла из города.");
    assert!(!read[0].is_empty());
    assert_eq!(read[0], read[1]);
}

#[test]
fn a_word_without_end_and_a_sentence_without_stop_are_read_in_bounded_pieces() {
    analyze(&"x".repeat(1_000_000));
    for sentences in analyze(&"the army said that ".repeat(20_000)) {
        let longest = sentences.iter().map(|sentence| sentence.span.len()).max();
        assert!(longest.unwrap_or(0) <= 2 * sulh_syntax::SENTENCE_BYTES_MAX);
    }
}

proptest! {
    #[test]
    fn any_string(text in "\\PC{0,200}") {
        analyze(&text);
    }

    #[test]
    fn words_in_any_order(words in proptest::collection::vec(proptest::sample::select(vec![
        "the", "army", "said", "that", "will", "enter", "and", ",", "if", "militants", "who", "refuse", "to",
        "leave", "agreement", "was", "reached", "by", "of", "in", "Homs", "according", ".", "“", "”", "not",
        "claimed", "release", "detainees", "(", ")", "SAA", "’s", "about", "yet", "be", "has", "been", "reportedly",
    ]), 0..40)) {
        analyze(&words.join(" "));
    }
}
