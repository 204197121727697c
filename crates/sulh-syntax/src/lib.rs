//! Text to sentences with words, clauses and reports.
//! Takes a stretch of a page's text, gives `Sentence`s whose spans count in that page.
//! Invariant: analysing never fails and never panics; what is not understood is a word without a clause.
//!
//! Inside works a tokeniser, word lists and patterns. Reading sees only what this module shows, so that a
//! trained parser can take their place without anything above noticing.

mod calendar;
mod chunk;
mod clause;
mod clauses;
pub mod conllu;
pub mod encoder;
mod frames;
mod lexicon;
pub mod linear;
mod phrase;
mod reports;
pub mod score;

pub mod segment;
mod sentences;
mod tag;
mod token;
mod tokenise;
pub mod tree;
pub mod witness;

pub use clause::{Clause, ClauseRole, Predicate, Report, ReportPosition, Tense};
pub use frames::Parse;
pub use lexicon::LexiconError;
pub use phrase::{Oblique, Phrase};
pub use sentences::SENTENCE_BYTES_MAX;
pub use token::{Token, UnknownUpos, Upos, VerbForm};
pub use tree::{Node, Penn, Relation, Tree};

use lexicon::Lexicon;
use sulh_model::span::Span;

/// One sentence, analysed.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Where it stands in the page.
    pub span: Span,
    /// Its words.
    pub tokens: Vec<Token>,
    /// Its clauses: those with verbs in the order of the verbs, then nouns of action.
    pub clauses: Vec<Clause>,
    /// Who is made to say what in it.
    pub reports: Vec<Report>,
}

impl Sentence {
    /// The words of a phrase without what hangs on it, as tokens.
    pub fn phrase_tokens(&self, phrase: &Phrase) -> &[Token] {
        self.tokens.get(phrase.words.0..=phrase.words.1).unwrap_or(&[])
    }

    /// The head word of a phrase.
    pub fn head(&self, phrase: &Phrase) -> &Token {
        &self.tokens[phrase.head]
    }
}

/// Analyses text. Built once, used for every page.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
}

impl Analyzer {
    /// The analyser with the word lists that come with the program.
    pub fn shipped() -> Result<Self, LexiconError> {
        Ok(Self { lexicon: Lexicon::shipped()? })
    }

    /// The sentences of a stretch of a page's text.
    pub fn analyze(&self, text: &str, within: Span) -> Vec<Sentence> {
        sentences::split(text, within, &self.lexicon)
            .into_iter()
            .map(|span| self.sentence(text, span))
            .collect()
    }

    /// The sentence that a parse of its words tells.
    pub fn of_parse(&self, text: &str, span: Span, parse: Parse<'_>) -> Sentence {
        frames::sentence(text, span, parse, &self.lexicon)
    }

    fn sentence(&self, text: &str, span: Span) -> Sentence {
        let words = tokenise::words(text, span);
        let tokens = tag::tag(text, &words, &self.lexicon);
        let chunks = chunk::chunks(text, &tokens, &self.lexicon);
        let mut clauses = clauses::clauses(&tokens, &chunks, &self.lexicon);
        let lone = if clauses.is_empty() { lone_phrases(&tokens, &chunks) } else { Vec::new() };
        let nominal = clauses::nominal_clauses(&tokens, &clauses, &lone, &self.lexicon);
        let reports = reports::reports(text, span, &tokens, &clauses, &self.lexicon);
        clauses.extend(nominal);
        Sentence { span, tokens, clauses, reports }
    }
}

/// The noun phrases of a sentence without a verb, each with what a preposition hangs on it: list items and
/// headlines ("Release of all detainees").
fn lone_phrases(tokens: &[Token], chunks: &[chunk::Chunk]) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut case: Option<String> = None;
    for chunk in chunks {
        match chunk {
            chunk::Chunk::Noun(group) | chunk::Chunk::Time(group) => {
                let phrase = Phrase {
                    head: group.head,
                    words: (group.first, group.last),
                    span: tokens[group.first].span.cover(tokens[group.last].span),
                    modifiers: Vec::new(),
                    conjuncts: Vec::new(),
                    appositions: Vec::new(),
                };
                match (case.take(), phrases.last_mut()) {
                    (Some(case), Some(host)) => {
                        // "the exchange of the bodies of fighters": "of" binds to the noun right before it.
                        let place = match host.modifiers.last_mut() {
                            Some(inner) if case == "of" => &mut inner.phrase.modifiers,
                            _ => &mut host.modifiers,
                        };
                        place.push(Oblique { case, phrase });
                    }
                    _ => phrases.push(phrase),
                }
            }
            chunk::Chunk::Preposition { case: word, .. } => case = Some(word.clone()),
            _ => case = None,
        }
    }
    phrases
}
