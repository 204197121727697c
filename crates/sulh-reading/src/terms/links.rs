//! Takes the terms of a page, gives what stands in for what and what hangs on what.
//! Invariant: a link points at another term of the same agreement, and only on words that say so.

use crate::Reader;
use crate::told::Telling;
use sulh_model::term::{Dependency, DependencyHow, Term, TermId};
use sulh_model::vocabulary::TermKind;
use sulh_syntax::ClauseRole;

impl Reader {
    /// Fills `alternative_of` and `depends_on`.
    pub(super) fn link_terms(&self, telling: &Telling<'_>, terms: &mut [Term]) {
        for at in 0..terms.len() {
            let Some((told, clause)) = place_of(telling, &terms[at]) else { continue };
            if let Some(kinds) = self.refused_kinds(telling, told, clause) {
                terms[at].alternative_of = refused_term(&terms[..at], &terms[at], &kinds);
            }
            for dependency in self.dependencies(telling, told, clause, terms, at) {
                if !terms[at].depends_on.contains(&dependency) {
                    terms[at].depends_on.push(dependency);
                }
            }
        }
    }

    /// What those a promise holds for refuse: the kinds of it, none where the words leave it open.
    fn refused_kinds(
        &self,
        telling: &Telling<'_>,
        told: usize,
        clause: usize,
    ) -> Option<Vec<TermKind>> {
        let scene = &telling.told[told].scene;
        let condition = self.conditions.of(scene, clause)?;
        if condition.how != super::conditions::ConditionHow::Refusal {
            return None;
        }
        let clauses = &scene.sentence.clauses;
        let inside = (0..clauses.len()).filter(|other| {
            clauses[*other].parent == Some(condition.clause) || *other == condition.clause
        });
        let kinds = inside
            .filter_map(|other| self.term_frames.classify(scene, &clauses[other]))
            .filter_map(|fit| TermKind::from_code(&fit.file.kind));
        Some(kinds.collect())
    }

    fn dependencies(
        &self,
        telling: &Telling<'_>,
        told: usize,
        clause: usize,
        terms: &[Term],
        at: usize,
    ) -> Vec<Dependency> {
        let scene = &telling.told[told].scene;
        let clauses = &scene.sentence.clauses;
        let mut found = Vec::new();
        for (index, other) in clauses.iter().enumerate() {
            let order = self.conditions.order(other, clause);
            let kind = order
                .and_then(|_| self.term_frames.classify(scene, &clauses[index]))
                .and_then(|fit| TermKind::from_code(&fit.file.kind));
            if let (Some(how), Some(kind)) = (order, kind) {
                let known = terms.iter().find(|term| {
                    term.agreement == terms[at].agreement
                        && term.id != terms[at].id
                        && term.elements.iter().any(|element| element.kind == kind)
                });
                found.extend(known.map(|term| Dependency { term: term.id, how }));
            }
        }
        // Both halves of "... in exchange for ..." stand in one sentence.
        let exchanges =
            clauses.iter().filter(|clause| clause.role != ClauseRole::Nominal).any(|clause| {
                clause.obliques.iter().any(|oblique| self.conditions.is_exchange(&oblique.case))
                    || clause.mark.as_ref().is_some_and(|mark| self.conditions.is_exchange(mark))
            });
        if exchanges {
            let others = terms.iter().filter(|term| {
                term.id != terms[at].id
                    && term.agreement == terms[at].agreement
                    && place_of(telling, term).is_some_and(|(other, _)| other == told)
            });
            found.extend(
                others.map(|term| Dependency { term: term.id, how: DependencyHow::InExchange }),
            );
        }
        found
    }
}

/// The sentence and clause a term's first element stands in.
fn place_of(telling: &Telling<'_>, term: &Term) -> Option<(usize, usize)> {
    let span = term.elements.first()?.span;
    let told = telling.told.iter().position(|told| told.scene.sentence.span.contains(span))?;
    let clauses = &telling.told[told].scene.sentence.clauses;
    let clause = (0..clauses.len())
        .filter(|at| span.contains(clauses[*at].predicate.span))
        .min_by_key(|at| {
            (
                clauses[*at].role == ClauseRole::Nominal,
                clauses[*at].parent.is_some(),
                clauses[*at].predicate.span,
            )
        })?;
    Some((told, clause))
}

/// The nearest earlier term that is refused: one of the kinds said, else a settlement or enlistment.
fn refused_term(earlier: &[Term], term: &Term, kinds: &[TermKind]) -> Option<TermId> {
    let offers = [TermKind::SettleStatus, TermKind::JoinForces, TermKind::HandOverWeapons];
    let wanted: &[TermKind] = if kinds.is_empty() { &offers } else { kinds };
    earlier
        .iter()
        .rev()
        .find(|other| {
            other.agreement == term.agreement
                && other.elements.iter().any(|element| wanted.contains(&element.kind))
        })
        .map(|other| other.id)
}
