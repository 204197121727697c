//! Takes the drafts of a sentence, gives its clauses in the order of their verbs.
//! Invariant: a draft without a verb gives no clause, and passes what hangs on it to its own parent.

use super::{Builder, Draft};
use crate::clause::{Clause, Predicate};
use crate::phrase::Phrase;
use crate::token::Upos;
use sulh_model::span::Span;

impl Builder<'_> {
    pub(super) fn finish(self) -> Vec<Clause> {
        let kept: Vec<usize> =
            (0..self.drafts.len()).filter(|draft| self.drafts[*draft].verb.is_some()).collect();
        let mut order = kept.clone();
        order.sort_by_key(|draft| self.drafts[*draft].verb.as_ref().map_or(0, |verb| verb.main));
        let place = |draft: usize| order.iter().position(|other| *other == draft);
        // A parent without a verb passes its children to its own parent.
        let parent_of = |draft: usize| {
            let mut next = self.drafts[draft].parent;
            let mut steps = 0;
            while let Some(parent) = next {
                if self.drafts[parent].verb.is_some() && parent != draft {
                    return place(parent);
                }
                next = self.drafts[parent].parent;
                steps += 1;
                if steps > self.drafts.len() {
                    break;
                }
            }
            None
        };
        let mut clauses: Vec<Clause> = order
            .iter()
            .filter_map(|draft| {
                let joined = self.drafts[*draft].joined_to.and_then(place);
                self.clause(&self.drafts[*draft], parent_of(*draft), joined)
            })
            .collect();
        stretch_over_children(&mut clauses);
        clauses
    }

    pub(super) fn clause(
        &self,
        draft: &Draft,
        parent: Option<usize>,
        joined_to: Option<usize>,
    ) -> Option<Clause> {
        let verb = draft.verb.clone()?;
        let mut obliques = draft.obliques.clone();
        let by = obliques.iter().position(|oblique| verb.passive && oblique.case == "by");
        let agent = by.map(|index| obliques.remove(index).phrase);
        let (first, last) = draft.words.unwrap_or((verb.first, verb.last));
        let mut span = self.tokens[first].span.cover(self.tokens[last].span);
        for phrase in draft.object.iter().chain(obliques.iter().map(|o| &o.phrase)).chain(&agent) {
            span = span.cover(phrase.full_span()).cover(span);
        }
        let negation = verb.negation.map(|at| self.tokens[at].span).or_else(|| {
            draft.subject.as_ref().and_then(|subject| self.negative_determiner(subject)).or_else(
                || draft.object.as_ref().and_then(|object| self.negative_determiner(object)),
            )
        });
        let finite_without_subject = verb.is_finite() && draft.subject.is_none();
        let mut confidence: f32 = if finite_without_subject { 0.5 } else { 0.8 };
        if draft.indirect_object.is_some() {
            confidence -= 0.1;
        }
        Some(Clause {
            role: draft.role,
            parent,
            joined_to,
            describes: None,
            shared_subject: false,
            predicate: Predicate {
                word: verb.main,
                span: self.tokens[verb.first].span.cover(self.tokens[verb.last].span),
                lemma: verb.lemma,
                form: verb.form,
                tense: verb.tense,
                perfect: verb.perfect,
                progressive: verb.progressive,
                passive: verb.passive,
                modal: verb.modal,
                negation,
                adverbs: verb.adverbs,
            },
            subject: draft.subject.clone(),
            object: draft.object.clone(),
            indirect_object: draft.indirect_object.clone(),
            agent,
            obliques,
            attribute: draft.attribute,
            mark: draft.mark.clone(),
            span,
            confidence,
        })
    }

    /// "No fighters surrendered", "nobody came", "none of them left": the negation stands on the noun.
    fn negative_determiner(&self, phrase: &Phrase) -> Option<Span> {
        let first = &self.tokens[phrase.words.0];
        let head = &self.tokens[phrase.head];
        let determiner = matches!(first.upos, Upos::Det | Upos::Adv)
            && matches!(first.lemma.as_str(), "no" | "neither");
        let pronoun =
            matches!(head.lemma.as_str(), "nobody" | "none" | "nothing" | "noone" | "neither");
        let no_one = first.lemma == "no" && head.lemma == "one";
        (determiner || pronoun || no_one).then_some(first.span)
    }
}

/// A clause reaches over the clauses that hang on it, relative ones before its verb included.
fn stretch_over_children(clauses: &mut [Clause]) {
    for _ in 0..3 {
        for at in 0..clauses.len() {
            if let Some(parent) = clauses[at].parent.filter(|parent| *parent != at) {
                let child = clauses[at].span;
                clauses[parent].span = clauses[parent].span.cover(child);
            }
        }
    }
}
