//! Takes a sentence of a block, gives it with everything that can be said of its words alone:
//! classes, named actors, places, times.
//! Invariant: built once a sentence; every later step reads it and none changes it.

use crate::actors::{ActorMention, ActorNames};
use crate::classes::{ClassSet, Classes};
use crate::dates::TimeMention;
use crate::places::PlaceMention;
use std::ops::Range;
use sulh_model::page::BlockId;
use sulh_model::place::Where;
use sulh_model::span::Span;
use sulh_syntax::{Clause, ClauseRole, Phrase, Sentence, Token, Upos};

/// A sentence with what its words name.
#[derive(Debug)]
pub(crate) struct Scene<'p> {
    /// The page's text.
    pub text: &'p str,
    /// The block it stands in.
    pub block: BlockId,
    /// The sentence.
    pub sentence: Sentence,
    /// Named actors.
    pub actors: Vec<ActorMention>,
    /// Places.
    pub places: Vec<PlaceMention>,
    /// Times.
    pub times: Vec<TimeMention>,
    classes: Vec<ClassSet>,
}

/// Nouns that only count what follows "of": "a number of posts".
const QUANTITIES: [&str; 27] = [
    "number", "dozen", "hundred", "thousand", "score", "group", "batch", "majority", "rest",
    "part", "member", "pair", "couple", "series", "lot", "list", "one", "half", "some", "most",
    "many", "several", "few", "any", "none", "all", "each",
];

impl<'p> Scene<'p> {
    /// Looks at every word of a sentence once.
    pub fn new(
        text: &'p str,
        block: BlockId,
        sentence: Sentence,
        names: &ActorNames,
        classes: &Classes,
        places: Vec<PlaceMention>,
        times: Vec<TimeMention>,
    ) -> Self {
        let actors = names.mentions(text, &sentence);
        let mut sets: Vec<ClassSet> = sentence
            .tokens
            .iter()
            .map(|token| classes.of_word(&token.lemma.to_lowercase()))
            .collect();
        for mention in &actors {
            for set in &mut sets[mention.words.0..=mention.words.1] {
                *set = set.with(classes.of_kind(mention.kind));
            }
        }
        if let Some(place_class) = classes.named("place") {
            for mention in &places {
                for set in &mut sets[mention.words.0..=mention.words.1] {
                    *set = set.with(place_class);
                }
            }
        }
        Self { text, block, sentence, actors, places, times, classes: sets }
    }

    /// "the Houthi movement": a noun of action that is part of a name.
    pub fn is_name(&self, clause: &Clause) -> bool {
        let word = clause.predicate.word;
        let named = |words: (usize, usize)| words.0 <= word && word <= words.1;
        clause.role == ClauseRole::Nominal && self.actors.iter().any(|mention| named(mention.words))
    }

    /// The words of a stretch.
    pub fn of(&self, span: Span) -> &'p str {
        span.of(self.text)
    }

    /// Indices of the tokens inside a stretch.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let tokens = &self.sentence.tokens;
        let first = tokens.partition_point(|token| token.span.start() < span.start());
        let last = tokens.partition_point(|token| token.span.end() <= span.end());
        first..last.max(first)
    }

    /// The token at an index.
    pub fn token(&self, at: usize) -> Option<&Token> {
        self.sentence.tokens.get(at)
    }

    /// Whether the token at an index is this word, in its own or its dictionary form.
    pub fn is_word(&self, at: usize, word: &str) -> bool {
        self.token(at).is_some_and(|token| {
            token.lemma.eq_ignore_ascii_case(word)
                || token.form(self.text).eq_ignore_ascii_case(word)
        })
    }

    /// The dictionary form of the word after this one.
    pub fn word_after(&self, at: usize) -> Option<&str> {
        self.token(at + 1).map(|token| token.lemma.as_str())
    }

    /// The classes of one token.
    pub fn classes_at(&self, at: usize) -> ClassSet {
        self.classes.get(at).copied().unwrap_or_default()
    }

    /// The noun a phrase is about: "posts" in "a number of posts".
    pub fn core<'a>(&self, phrase: &'a Phrase) -> &'a Phrase {
        let counts = self.token(phrase.head).is_some_and(|token| {
            token.upos == Upos::Num || QUANTITIES.contains(&token.lemma.to_lowercase().as_str())
        });
        match phrase.modifier("of") {
            Some(inner) if counts => inner,
            _ => phrase,
        }
    }

    /// The classes of the noun a phrase is about, and of the names in it.
    pub fn phrase_classes(&self, phrase: &Phrase) -> ClassSet {
        let core = self.core(phrase);
        let named = self
            .actors
            .iter()
            .filter(|mention| mention.words.0 <= core.head && core.head <= mention.words.1);
        let own = self.classes_at(core.head);
        named.fold(own, |set, mention| set.with(self.classes_at(mention.words.0)))
    }

    /// The places inside a stretch.
    pub fn places_in(&self, span: Span) -> impl Iterator<Item = &PlaceMention> {
        self.places.iter().filter(move |mention| span.contains(mention.place.span))
    }

    /// The first place of a clause that is where it happens, not where it leads or whence.
    pub fn place_of(&self, clause: &Clause) -> Option<&Where> {
        let whence_or_whither = |case: &Option<String>| {
            matches!(case.as_deref(), Some("to" | "from" | "for" | "towards" | "toward"))
        };
        // What a relative clause says of a noun is not where the deed is done.
        let described: Vec<Span> = self
            .sentence
            .clauses
            .iter()
            .filter(|other| {
                other.role == ClauseRole::Relative && other.predicate.word != clause.predicate.word
            })
            .map(|other| {
                other.subject.as_ref().map_or(other.span, |subject| {
                    let behind = subject.own_span().end().max(other.span.start());
                    Span::new(behind.min(other.span.end()), other.span.end())
                })
            })
            .collect();
        let own = |mention: &&PlaceMention| {
            !described.iter().any(|span| {
                span.contains(mention.place.span) && !span.contains(clause.predicate.span)
            })
        };
        let inside = || self.places_in(clause.span).filter(own);
        inside()
            .find(|mention| !whence_or_whither(&mention.case))
            .or_else(|| inside().find(|mention| mention.case.as_deref() == Some("from")))
            .map(|mention| &mention.place)
    }

    /// The times inside a stretch.
    pub fn times_in(&self, span: Span) -> impl Iterator<Item = &TimeMention> {
        self.times.iter().filter(move |time| time.date.span.is_some_and(|at| span.contains(at)))
    }

    /// The innermost clause with a verb that a stretch lies in.
    pub fn clause_around(&self, span: Span) -> Option<usize> {
        let clauses = &self.sentence.clauses;
        (0..clauses.len())
            .filter(|at| {
                clauses[*at].role != ClauseRole::Nominal && clauses[*at].span.contains(span)
            })
            .min_by_key(|at| clauses[*at].span.len())
    }
}
