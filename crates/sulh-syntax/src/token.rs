//! Takes a stretch of text, gives its words with byte spans.
//! Invariant: tokens are in text order, do not overlap, and every one stands on character borders.

use crate::tree::names::named;
use crate::tree::{Penn, Relation};
use sulh_model::span::Span;

/// A name that is no universal part of speech.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no universal part of speech; see https://universaldependencies.org/u/pos/")]
pub struct UnknownUpos(pub String);

named! {
/// Universal part of speech.
Upos, UnknownUpos {
    /// Adjective.
    Adj = "ADJ",
    /// Adposition.
    Adp = "ADP",
    /// Adverb.
    Adv = "ADV",
    /// Auxiliary, modal verbs included.
    Aux = "AUX",
    /// Coordinating conjunction.
    Cconj = "CCONJ",
    /// Determiner.
    Det = "DET",
    /// Noun.
    Noun = "NOUN",
    /// Number.
    Num = "NUM",
    /// Particle: "not", "to", the possessive.
    Part = "PART",
    /// Pronoun.
    Pron = "PRON",
    /// Proper noun.
    Propn = "PROPN",
    /// Punctuation.
    Punct = "PUNCT",
    /// Subordinating conjunction.
    Sconj = "SCONJ",
    /// Symbol.
    Sym = "SYM",
    /// Verb.
    Verb = "VERB",
    /// Anything else, foreign script included.
    X = "X",
    /// Interjection.
    Intj = "INTJ",
}
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbForm {
    /// "enter"
    Base,
    /// "enters"
    Present,
    /// "entered", as a predicate by itself
    Past,
    /// "entered", after "have" or "be", or after the noun it describes
    PastParticiple,
    /// "entering"
    Gerund,
}

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the page.
    pub span: Span,
    /// Its dictionary form, in lower case except for names.
    pub lemma: String,
    /// Its part of speech.
    pub upos: Upos,
    /// For verbs and auxiliaries: its form.
    pub verb_form: Option<VerbForm>,
    /// Its Penn tag; nothing while no tree was built.
    pub penn: Option<Penn>,
    /// The word it depends on; nothing for the root, and everywhere while no tree was built.
    pub head: Option<usize>,
    /// The UD relation to the head; nothing while no tree was built.
    pub relation: Option<Relation>,
}

impl Token {
    /// The word as the page writes it.
    pub fn form<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }

    /// True for nouns, names, pronouns and numbers: what a noun phrase can end in.
    pub const fn is_nominal(&self) -> bool {
        matches!(self.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
    }
}
