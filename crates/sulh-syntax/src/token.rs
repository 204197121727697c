//! Takes a stretch of text, gives its words with byte spans.
//! Invariant: tokens are in text order, do not overlap, and every one stands on character borders.

use crate::tree::{Penn, Relation};
use std::str::FromStr;
use sulh_model::span::Span;

/// Universal part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Upos {
    /// Adjective.
    Adj,
    /// Adposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary, modal verbs included.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Noun.
    Noun,
    /// Number.
    Num,
    /// Particle: "not", "to", the possessive.
    Part,
    /// Pronoun.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Verb.
    Verb,
    /// Anything else, foreign script included.
    X,
    /// Interjection.
    Intj,
}

/// A name that is no universal part of speech.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no universal part of speech; see https://universaldependencies.org/u/pos/")]
pub struct UnknownUpos(pub String);

impl Upos {
    /// All of them, with their names in a treebank.
    pub const ALL: &[(Self, &'static str)] = &[
        (Self::Adj, "ADJ"),
        (Self::Adp, "ADP"),
        (Self::Adv, "ADV"),
        (Self::Aux, "AUX"),
        (Self::Cconj, "CCONJ"),
        (Self::Det, "DET"),
        (Self::Noun, "NOUN"),
        (Self::Num, "NUM"),
        (Self::Part, "PART"),
        (Self::Pron, "PRON"),
        (Self::Propn, "PROPN"),
        (Self::Punct, "PUNCT"),
        (Self::Sconj, "SCONJ"),
        (Self::Sym, "SYM"),
        (Self::Verb, "VERB"),
        (Self::X, "X"),
        (Self::Intj, "INTJ"),
    ];

    /// Its name in a treebank.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(upos, _)| *upos == self).map_or("X", |(_, name)| name)
    }
}

impl FromStr for Upos {
    type Err = UnknownUpos;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.iter().find(|(_, known)| *known == name);
        known.map(|(upos, _)| *upos).ok_or_else(|| UnknownUpos(name.to_owned()))
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
