//! Takes the clauses of a sentence, gives its units: the things it says, each to be one statement.
//! Invariant: a sentence has at least one unit; the words of saying are in none.

use crate::scene::Scene;
use sulh_model::span::Span;
use sulh_syntax::{Clause, ClauseRole};

/// One thing a sentence says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Its words.
    pub span: Span,
    /// Its clauses: the leading one first, then those joined to it with the same subject.
    pub clauses: Vec<usize>,
}

/// The units of a sentence, in order.
pub(crate) fn units(scene: &Scene<'_>) -> Vec<Unit> {
    let clauses = &scene.sentence.clauses;
    let mut units: Vec<Unit> = Vec::new();
    for at in 0..clauses.len() {
        if !says(scene, at) {
            continue;
        }
        let host =
            clauses[at].joined_to.filter(|host| shares_subject(&clauses[*host], &clauses[at]));
        let joined =
            host.and_then(|host| units.iter_mut().find(|unit| unit.clauses.contains(&host)));
        match joined {
            Some(unit) => {
                unit.span = unit.span.cover(clauses[at].span);
                unit.clauses.push(at);
            }
            None => {
                units.push(Unit { span: without_charge(scene, at), clauses: vec![at] });
            }
        }
    }
    drop_inner(&mut units);
    match units.as_mut_slice() {
        [] => vec![Unit { span: scene.sentence.span, clauses: Vec::new() }],
        // One thing said in the outlet's own voice: the whole sentence is its words.
        [only] if scene.sentence.reports.is_empty() => {
            only.span = scene.sentence.span;
            units
        }
        _ => units,
    }
}

/// The words of a clause without the accusation that closes it: "suspended the talks, accusing ...".
fn without_charge(scene: &Scene<'_>, at: usize) -> Span {
    let clauses = &scene.sentence.clauses;
    let own = clauses[at].span;
    let charge = clauses.iter().find(|other| {
        other.parent == Some(at)
            && other.role == ClauseRole::Adverbial
            && other.predicate.lemma == "accuse"
            && other.span.start() > clauses[at].predicate.span.end()
    });
    charge.map_or(own, |charge| {
        let words = Span::new(own.start(), charge.span.start());
        let kept = scene.of(words).trim_end_matches([',', ' ', '\n']).len();
        Span::new(own.start(), own.start() + kept)
    })
}

/// Whether a clause says something by itself: a main clause, or what somebody is made to say.
fn says(scene: &Scene<'_>, at: usize) -> bool {
    let clauses = &scene.sentence.clauses;
    let clause = &clauses[at];
    let is_cue = scene.sentence.reports.iter().any(|report| {
        report.clause == Some(at)
            && clauses.iter().any(|other| {
                other.role != ClauseRole::Nominal
                    && other.predicate.word != clause.predicate.word
                    && report.content.iter().any(|content| content.contains(other.predicate.span))
            })
    });
    if is_cue {
        return false;
    }
    // "..., accusing the rebels of violations": said by the one who accuses, not by the outlet.
    let charges = clause.role == ClauseRole::Adverbial
        && clause.predicate.lemma == "accuse"
        && clause.parent.is_some();
    if charges && scene.sentence.reports.iter().any(|report| report.clause == Some(at)) {
        return true;
    }
    let outermost_said = scene.sentence.reports.iter().any(|report| {
        let said = |span: Span| report.content.iter().any(|content| content.contains(span));
        report.clause.is_some()
            && said(clause.predicate.span)
            && clause.parent.is_none_or(|parent| !said(clauses[parent].predicate.span))
    });
    match clause.role {
        ClauseRole::Main => true,
        ClauseRole::Adverbial => outermost_said && clause.mark.as_deref() == Some("of"),
        ClauseRole::Complement => clause.parent.is_none_or(|parent| {
            scene.sentence.reports.iter().any(|report| report.clause == Some(parent))
        }),
        ClauseRole::Relative | ClauseRole::Nominal => false,
    }
}

fn shares_subject(host: &Clause, clause: &Clause) -> bool {
    let subject = |clause: &Clause| clause.subject.as_ref().map(|phrase| phrase.words);
    subject(host) == subject(clause)
}

/// A unit inside another is part of it.
fn drop_inner(units: &mut Vec<Unit>) {
    let spans: Vec<Span> = units.iter().map(|unit| unit.span).collect();
    let mut at = 0;
    units.retain(|unit| {
        let inside = spans.iter().enumerate().any(|(other, span)| {
            other != at && span.contains(unit.span) && (*span != unit.span || other < at)
        });
        at += 1;
        !inside
    });
}

/// What a unit's words of saying leave as said: of "denied the attack", the attack; else the unit itself.
pub(crate) fn said_in(scene: &Scene<'_>, unit: &Unit) -> Option<Span> {
    let leading = unit.clauses.first()?;
    let report = scene.sentence.reports.iter().find(|report| report.clause == Some(*leading))?;
    let own = scene.sentence.clauses[*leading].predicate.span;
    report.content.iter().copied().find(|content| !content.overlaps(own))
}
