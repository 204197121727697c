//! Takes treebanks in CoNLL-U, prints how well words and sentences are found in their raw text, as the CoNLL 2018
//! shared task counts, and the speed.
//! Invariant: words are scored twice, inside the treebank's own sentences and inside those found.
//!
//! `cargo run --release -p sulh-syntax --example score_segment -- [--show N] FILE...`; `--show` prints the first
//! `N` places where a word differs, and as many where a sentence does.

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::time::Instant;
use sulh_model::span::Span;
use sulh_syntax::conllu::{Multiword, Opens, Sentence, Word, read};
use sulh_syntax::score::{raw, raw_text};
use sulh_syntax::segment::{Segmenter, Tokens};
use sulh_syntax::{Penn, Relation, Upos};

fn main() -> Result<(), Box<dyn Error>> {
    let mut show = 0;
    let mut arguments = std::env::args().skip(1);
    let segmenter = Segmenter::shipped()?;
    while let Some(argument) = arguments.next() {
        if argument == "--show" {
            show = arguments.next().unwrap_or_default().parse()?;
            continue;
        }
        let gold = read(&std::fs::read_to_string(&argument)?)?;
        score(&argument, &gold, &segmenter, show)?;
    }
    Ok(())
}

fn score(
    file: &str,
    gold: &[Sentence],
    segmenter: &Segmenter,
    show: usize,
) -> Result<(), Box<dyn Error>> {
    let text = raw_text(gold);
    let began = Instant::now();
    let spans = segmenter.sentences(&text, Span::new(0, text.len()));
    let tokens: Vec<Tokens> = spans.iter().map(|span| segmenter.tokens(&text, *span)).collect();
    let took = began.elapsed().as_secs_f64();
    let words = tokens.iter().map(|tokens| tokens.words.len()).sum::<usize>();
    let found: Vec<Sentence> = tokens.iter().map(|tokens| sentence(&text, tokens)).collect();
    let given: Vec<Sentence> = gold
        .iter()
        .map(|gold| {
            let whole = Span::new(0, gold.text.len());
            sentence(&gold.text, &segmenter.tokens(&gold.text, whole))
        })
        .collect();
    let (scores, in_given) = (raw(gold, &found)?, raw(gold, &given)?);
    #[expect(clippy::cast_precision_loss, reason = "a treebank is small")]
    let per_second = words as f64 / took;
    println!(
        "{file}: tokens {:.2} words {:.2} sentences {:.2} (P {:.2} R {:.2}); in the treebank's sentences tokens {:.2} \
         words {:.2}; {per_second:.0} words/s",
        100.0 * scores.tokens.f1(),
        100.0 * scores.words.f1(),
        100.0 * scores.sentences.f1(),
        100.0 * scores.sentences.precision(),
        100.0 * scores.sentences.recall(),
        100.0 * in_given.tokens.f1(),
        100.0 * in_given.words.f1(),
    );
    show_words(gold, &given, show);
    show_sentences(gold, &text, &spans, show);
    Ok(())
}

/// Words as a sentence; its tree is none, because nobody asks for it.
fn sentence(text: &str, tokens: &Tokens) -> Sentence {
    let word = |span: &Span| Word {
        form: span.of(text).to_owned(),
        lemma: String::new(),
        upos: Upos::X,
        penn: Penn::Xx,
        head: None,
        relation: Relation::Dep,
        space_after: true,
        span: Some(*span),
    };
    let multiword = |words: &std::ops::Range<usize>| Multiword {
        words: words.clone(),
        form: tokens.words[words.start].cover(tokens.words[words.end - 1]).of(text).to_owned(),
    };
    Sentence {
        id: String::new(),
        text: String::new(),
        opens: Opens::Nothing,
        words: tokens.words.iter().map(word).collect(),
        multiwords: tokens.multiwords.iter().map(multiword).collect(),
    }
}

fn forms(sentence: &Sentence) -> Vec<&str> {
    sentence.words.iter().map(|word| word.form.as_str()).collect()
}

fn show_words(gold: &[Sentence], found: &[Sentence], show: usize) {
    let differing = gold.iter().zip(found).filter(|(gold, found)| forms(gold) != forms(found));
    for (gold, found) in differing.take(show) {
        let (gold, found) = (forms(gold), forms(found));
        let start = gold.iter().zip(&found).take_while(|(gold, found)| gold == found).count();
        let end = gold
            .iter()
            .rev()
            .zip(found.iter().rev())
            .take_while(|(gold, found)| gold == found)
            .count();
        let part = |words: &[&str]| {
            let end = words.len().saturating_sub(end).max(start);
            words[start..end].join(" ")
        };
        let before = gold[start.saturating_sub(2)..start].join(" ");
        println!("  word  {before} [ {} ] found [ {} ]", part(&gold), part(&found));
    }
}

fn show_sentences(gold: &[Sentence], text: &str, found: &[Span], show: usize) {
    // The ends of sentences, counted in characters that are not white space.
    let mut at = 0;
    let mut wanted = std::collections::BTreeSet::new();
    for sentence in gold {
        at += sentence.text.chars().filter(|c| !c.is_whitespace()).count();
        wanted.insert(at);
    }
    let mut place = 0;
    let mut ends = std::collections::BTreeSet::new();
    for span in found {
        place += span.of(text).chars().filter(|c| !c.is_whitespace()).count();
        ends.insert(place);
    }
    let bytes: Vec<usize> =
        text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at).collect();
    for at in wanted.symmetric_difference(&ends).take(show) {
        let around = |from: usize, to: usize| {
            let byte = |at: usize| bytes.get(at).copied().unwrap_or(text.len());
            text[byte(from)..byte(to)].replace('\n', "|")
        };
        let what = if wanted.contains(at) { "missed" } else { "extra " };
        println!("  {what} {} || {}", around(at.saturating_sub(36), *at), around(*at, at + 30));
    }
}
