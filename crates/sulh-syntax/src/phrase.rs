//! Takes tagged words, gives noun phrases with what hangs on them.
//! Invariant: a phrase's head lies inside its own words; modifiers and conjuncts follow the head.

use sulh_model::span::Span;

/// A noun phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Index of the head word in the sentence.
    pub head: usize,
    /// The words of the phrase itself, without what hangs on it: first to last, both included.
    pub words: (usize, usize),
    /// Where those words stand.
    pub span: Span,
    /// Prepositional phrases that hang on it: "officers *of the fourth division*".
    pub modifiers: Vec<Oblique>,
    /// Phrases joined to it: "the army *and the elders*".
    pub conjuncts: Vec<Phrase>,
    /// Phrases that say the same of it: "the governor, *a former officer*".
    pub appositions: Vec<Phrase>,
}

/// A phrase with the preposition that binds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oblique {
    /// The preposition in lower case, words of a compound one joined by spaces; empty for a bare time phrase.
    pub case: String,
    /// The phrase.
    pub phrase: Phrase,
}

impl Phrase {
    /// The phrase with everything that hangs on it, conjuncts included.
    pub fn full_span(&self) -> Span {
        let conjuncts = self.conjuncts.iter().map(Self::full_span);
        conjuncts.fold(self.own_span(), Span::cover)
    }

    /// The phrase with its modifiers, without its conjuncts.
    pub fn own_span(&self) -> Span {
        self.modifiers
            .iter()
            .map(|modifier| modifier.phrase.full_span())
            .fold(self.span, Span::cover)
    }

    /// The phrase and its conjuncts, each by itself.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.conjuncts.iter())
    }

    /// The modifier bound by a preposition.
    pub fn modifier(&self, case: &str) -> Option<&Self> {
        self.modifiers
            .iter()
            .find(|modifier| modifier.case == case)
            .map(|modifier| &modifier.phrase)
    }
}
