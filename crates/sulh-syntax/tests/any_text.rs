//! Takes any text at all, gives whether the analysis holds its promises on it.
//! Invariant: no panic, spans on character borders and in order, parents inside the list, bounded time.

#![expect(clippy::expect_used, reason = "a helper of tests")]

use proptest::prelude::*;
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

fn analyze(text: &str) {
    let analyzer = Analyzer::shipped(Depth::Both).expect("the shipped word lists can be read");
    check(text, &analyzer.analyze(text, Span::new(0, text.len())));
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
fn a_word_without_end_and_a_sentence_without_stop_are_read_in_bounded_pieces() {
    let analyzer = Analyzer::shipped(Depth::Both).unwrap();
    let word = "x".repeat(1_000_000);
    check(&word, &analyzer.analyze(&word, Span::new(0, word.len())));
    let sentence = "the army said that ".repeat(20_000);
    let read = analyzer.analyze(&sentence, Span::new(0, sentence.len()));
    check(&sentence, &read);
    assert!(read.iter().all(|sentence| sentence.span.len() <= 2 * sulh_syntax::SENTENCE_BYTES_MAX));
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
