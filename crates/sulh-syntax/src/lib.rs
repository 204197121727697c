//! Text to sentences with words, clauses and reports.
//! Takes a stretch of a page's text, gives `Sentence`s whose spans count in that page.
//! Invariant: analysing never fails and never panics; what is not understood is a word without a clause.
//!
//! Reading sees only clauses and reports, never arcs, so that what works inside can be replaced without anything
//! above noticing: at present word lists and patterns; the trained parsers stand ready beside them.

mod calendar;
mod chunk;
mod clause;
mod clauses;
pub mod conllu;
pub mod encoder;
mod frames;
mod lexicon;
pub mod linear;
mod parser;
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
pub use parser::{Depth, Opinions, ParsedSentence, Parser, SyntaxError};
pub use phrase::{Oblique, Phrase};
pub use segment::SENTENCE_BYTES_MAX;
pub use token::{Token, UnknownUpos, Upos, VerbForm};
pub use tree::{Node, Penn, Relation, Tree};

use lexicon::Lexicon;
use std::sync::Arc;
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
    inside: Inside,
}

/// What finds words and clauses.
#[derive(Debug)]
enum Inside {
    /// Word lists and patterns.
    Patterns,
    /// The trained parsers.
    Trees(Arc<Parser>),
}

impl Analyzer {
    /// The analyser with the word lists and patterns that come with the program.
    pub fn patterns() -> Result<Self, LexiconError> {
        Ok(Self { lexicon: Lexicon::shipped()?, inside: Inside::Patterns })
    }

    /// The analyser with the word lists and the parsers that come with the program.
    pub fn shipped(depth: Depth) -> Result<Self, SyntaxError> {
        Self::new(Parser::shipped(depth)?)
    }

    /// The analyser with a parser of one's own.
    pub fn new(parser: Arc<Parser>) -> Result<Self, SyntaxError> {
        Ok(Self { lexicon: Lexicon::shipped()?, inside: Inside::Trees(parser) })
    }

    /// The sentences of a stretch of a page's text, read as deep as the parser can.
    pub fn analyze(&self, text: &str, within: Span) -> Vec<Sentence> {
        self.analyze_at(text, within, &|_| Depth::Both)
    }

    /// The sentences of a stretch of a page's text, each read as deep as is asked for, and as the parser can.
    pub fn analyze_at(
        &self,
        text: &str,
        within: Span,
        depth: &dyn Fn(Span) -> Depth,
    ) -> Vec<Sentence> {
        match &self.inside {
            Inside::Patterns => sentences::split(text, within, &self.lexicon)
                .into_iter()
                .map(|span| self.by_patterns(text, span))
                .collect(),
            Inside::Trees(parser) => parser
                .sentences(text, within)
                .into_iter()
                .map(|span| self.by_tree(parser, text, span, depth(span)))
                .collect(),
        }
    }

    fn by_tree(&self, parser: &Parser, text: &str, span: Span, depth: Depth) -> Sentence {
        match parser.parse(text, span, depth) {
            Some(parsed) => self.of_parse(
                text,
                span,
                Parse {
                    words: &parsed.tokens.words,
                    lemmas: &parsed.lemmas,
                    tree: &parsed.seen.tree,
                    certainty: &parsed.seen.certainty,
                },
            ),
            None => Sentence { span, tokens: Vec::new(), clauses: Vec::new(), reports: Vec::new() },
        }
    }

    fn by_patterns(&self, text: &str, span: Span) -> Sentence {
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

    /// The sentence that a parse of its words tells.
    pub fn of_parse(&self, text: &str, span: Span, parse: Parse<'_>) -> Sentence {
        frames::sentence(text, span, parse, &self.lexicon)
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
