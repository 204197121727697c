//! Takes a stretch of text, gives its words with byte spans.
//! Invariant: tokens are in text order, do not overlap, and every one stands on character borders.

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
    /// The word it depends on; nothing for the root, and everywhere while no tree was built.
    pub head: Option<usize>,
    /// The UD relation to the head; nothing while no tree was built.
    pub relation: Option<String>,
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
