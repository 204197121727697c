//! Text to sentences with words, clauses and reports.
//! Takes a stretch of a page's text, gives `Sentence`s whose spans count in that page.
//! Invariant: analysing never fails and never panics; what is not understood is a word without a clause.
//!
//! Inside work two trained parsers; reading sees only clauses and reports, never arcs, so that a better parser can
//! take their place without anything above noticing.

mod calendar;
mod clause;
pub mod conllu;
pub mod encoder;
mod frames;
mod guidelines;
mod lexicon;
pub mod linear;
mod parser;
mod phrase;
pub mod score;

pub mod segment;
mod token;
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
    /// Whether it is a piece of a sentence longer than is read at once; the last piece tells nothing of it.
    pub const fn is_cut(&self) -> bool {
        segment::is_cut(self.span)
    }

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
    parser: Arc<Parser>,
}

impl Analyzer {
    /// The analyser with the word lists and the parsers that come with the program.
    pub fn shipped(depth: Depth) -> Result<Self, SyntaxError> {
        Self::new(Parser::shipped(depth)?)
    }

    /// The analyser with a parser of one's own.
    pub fn new(parser: Arc<Parser>) -> Result<Self, SyntaxError> {
        Ok(Self { lexicon: Lexicon::shipped()?, parser })
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
        let sentences = self.parser.sentences(text, within);
        sentences.into_iter().map(|span| self.sentence(text, span, depth(span))).collect()
    }

    fn sentence(&self, text: &str, span: Span, depth: Depth) -> Sentence {
        match self.parser.parse(text, span, depth) {
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

    /// The sentence that a parse of its words tells.
    pub fn of_parse(&self, text: &str, span: Span, parse: Parse<'_>) -> Sentence {
        frames::sentence(text, span, parse, &self.lexicon)
    }
}
