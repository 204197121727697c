//! Takes the clauses of a promise, gives what it hangs on: conditions, refusals, exchanges.
//! Invariant: a condition is the page's own words, never a paraphrase.

use crate::rules::{RulesError, rule};
use crate::scene::Scene;
use serde::Deserialize;
use std::collections::BTreeSet;
use sulh_model::span::Span;
use sulh_model::term::DependencyHow;
use sulh_syntax::{Clause, ClauseRole};

/// Words of condition.
#[derive(Debug, Deserialize)]
pub(crate) struct ConditionWords {
    refuse: BTreeSet<String>,
    refuse_adjectives: BTreeSet<String>,
    wish: BTreeSet<String>,
    marks: BTreeSet<String>,
    after: BTreeSet<String>,
    before: BTreeSet<String>,
    exchange: BTreeSet<String>,
    pub permits: BTreeSet<String>,
    pub hands_on: BTreeSet<String>,
    pub may: BTreeSet<String>,
    pub forbids: BTreeSet<String>,
    pub opens_list: Vec<String>,
}

/// What a promise is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// The words.
    pub span: Span,
    /// Why it is one.
    pub how: ConditionHow,
    /// The clause that states it.
    pub clause: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConditionHow {
    /// "who refuse"
    Refusal,
    /// "who wish"
    Wish,
    /// "if", "unless", "once"
    Mark,
}

impl ConditionWords {
    /// The words that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        rule("conditions/conditions.toml")
    }

    /// The condition of a clause.
    pub fn of(&self, scene: &Scene<'_>, at: usize) -> Option<Condition> {
        let clauses = &scene.sentence.clauses;
        let bearers: Vec<(usize, usize)> =
            [&clauses[at].subject, &clauses[at].object, &clauses[at].agent]
                .into_iter()
                .flatten()
                .flat_map(|phrase| phrase.each().map(|part| part.words))
                .collect();
        (0..clauses.len()).find_map(|other| {
            let clause = &clauses[other];
            if other == at || clause.role == ClauseRole::Nominal {
                return None;
            }
            let describes = clause.role == ClauseRole::Relative
                && clause.subject.as_ref().is_some_and(|subject| bearers.contains(&subject.words));
            let how =
                if describes { self.restricts(scene, clause) } else { self.opens(clause, at) }?;
            Some(Condition { span: self.words_of(scene, clauses, other), how, clause: other })
        })
    }

    fn restricts(&self, scene: &Scene<'_>, clause: &Clause) -> Option<ConditionHow> {
        let lemma = &clause.predicate.lemma;
        let unwilling = clause
            .attribute
            .and_then(|word| scene.token(word))
            .is_some_and(|token| self.refuse_adjectives.contains(&token.lemma));
        let negated = clause.predicate.negation.is_some();
        if self.refuse.contains(lemma)
            || unwilling
            || (negated && (self.wish.contains(lemma) || lemma == "agree" || lemma == "accept"))
        {
            return Some(ConditionHow::Refusal);
        }
        self.wish.contains(lemma).then_some(ConditionHow::Wish)
    }

    fn opens(&self, clause: &Clause, at: usize) -> Option<ConditionHow> {
        let hangs = clause.role == ClauseRole::Adverbial
            && (clause.parent == Some(at) || clause.parent.is_none());
        let marked = clause.mark.as_ref().is_some_and(|mark| self.marks.contains(mark));
        (hangs && marked).then_some(ConditionHow::Mark)
    }

    /// The words of a condition with what opens it: "who refuse to settle", "if the army leaves".
    fn words_of(&self, scene: &Scene<'_>, clauses: &[Clause], at: usize) -> Span {
        let clause = &clauses[at];
        let tokens = &scene.sentence.tokens;
        let span = clause.span;
        let from_subject = clause
            .subject
            .as_ref()
            .filter(|_| clause.role == ClauseRole::Relative)
            .map(|subject| subject.own_span().end());
        let start = from_subject.unwrap_or(span.start()).min(clause.predicate.span.start());
        let first = tokens.iter().position(|token| token.span.start() >= start).unwrap_or(0);
        let opening = clause.mark.as_ref().map_or(0, |mark| mark.split(' ').count());
        let opened = first.checked_sub(opening).filter(|at| {
            opening > 0
                && clause
                    .mark
                    .as_ref()
                    .is_some_and(|mark| tokens[*at].lemma == *mark.split(' ').next().unwrap_or(""))
        });
        let from = tokens.get(opened.unwrap_or(first)).map_or(start, |token| token.span.start());
        let end = clauses
            .iter()
            .filter(|other| other.parent == Some(at))
            .map(|other| other.span.end())
            .fold(span.end(), usize::max);
        Span::new(from.min(end), end)
    }

    /// How a clause hangs on the promise at `at`, where it says which comes first.
    pub fn order(&self, clause: &Clause, at: usize) -> Option<DependencyHow> {
        let mark = clause
            .mark
            .as_ref()
            .filter(|_| clause.role == ClauseRole::Adverbial && clause.parent == Some(at))?;
        if self.after.contains(mark) {
            return Some(DependencyHow::After);
        }
        self.before.contains(mark).then_some(DependencyHow::Before)
    }

    /// True for "in exchange for".
    pub fn is_exchange(&self, case: &str) -> bool {
        self.exchange.contains(case)
    }
}
