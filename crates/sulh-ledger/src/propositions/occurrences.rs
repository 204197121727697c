//! Takes the evidence for what can befall an element more than once, gives it told apart by its days.
//! Invariant: no evidence is lost; what is told of overlapping days is one occurrence; what achieves a
//! promise is one proposition whatever its day, unless a reported reversal lies between two tellings of it.

use super::Proposition;
use crate::{
    rules::{line::Evidence, transition::Transition},
    window::Window,
};
use std::collections::BTreeMap;

type Evidences = BTreeMap<Proposition, Vec<Evidence>>;

/// True for what can befall an element again.
const fn recurs(transition: Transition) -> bool {
    matches!(
        transition,
        Transition::Breached
            | Transition::Suspended
            | Transition::Resumed
            | Transition::Remedied
            | Transition::Undone
    )
}

/// True for what sets an element back, so that it can be performed once more.
pub(crate) const fn is_reversal(transition: Transition) -> bool {
    matches!(transition, Transition::Breached | Transition::Undone)
}

/// Tells the occurrences of what recurs apart.
pub(super) fn tell_apart(evidence: &mut Evidences) {
    let recurring: Vec<Proposition> = evidence
        .keys()
        .copied()
        .filter(
            |told| matches!(told, Proposition::Element { transition, .. } if recurs(*transition)),
        )
        .collect();
    for proposition in recurring {
        let told = evidence.remove(&proposition).unwrap_or_default();
        for (at, group) in by_days(told).into_iter().enumerate() {
            evidence.insert(again(proposition, at), group);
        }
    }
}

/// Parts what is told as begun or completed by the reversals that surely lie between: what was taken back
/// and is told as done afterwards was done again.
pub(crate) fn part_by_reversals(
    evidence: &mut Evidences,
    (term, element): (usize, usize),
    reversals: &[Window],
) -> Vec<Proposition> {
    let mut changed = Vec::new();
    for transition in [Transition::Begun, Transition::Completed] {
        let whole = Proposition::Element { term, element, transition, occurrence: 0 };
        let Some(told) = evidence.get(&whole) else { continue };
        let after = |one: &Evidence| {
            let first = one.window.earliest;
            first.map_or(0, |first| reversals.iter().filter(|it| it.latest < first).count())
        };
        if told.iter().all(|one| after(one) == 0) {
            continue;
        }
        let mut parts: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
        for one in evidence.remove(&whole).unwrap_or_default() {
            parts.entry(after(&one)).or_default().push(one);
        }
        for (occurrence, group) in parts {
            let part = again(whole, occurrence);
            evidence.insert(part, group);
            changed.push(part);
        }
    }
    changed
}

fn again(proposition: Proposition, occurrence: usize) -> Proposition {
    match proposition {
        Proposition::Element { term, element, transition, .. } => {
            Proposition::Element { term, element, transition, occurrence }
        }
        other => other,
    }
}

/// What is said, in groups whose days overlap, the earlier first; a denial goes to every group whose days it
/// may mean, or stands alone.
fn by_days(mut told: Vec<Evidence>) -> Vec<Vec<Evidence>> {
    told.sort_by_key(|one| (one.denies, one.window));
    let mut groups: Vec<Vec<Evidence>> = Vec::new();
    for one in told {
        let meets =
            |group: &Vec<Evidence>| group.iter().any(|other| other.window.may_overlap(one.window));
        let mut near: Vec<&mut Vec<Evidence>> =
            groups.iter_mut().filter(|group| meets(group)).collect();
        match near.as_mut_slice() {
            [] => groups.push(vec![one]),
            [first, rest @ ..] if one.denies => {
                for group in rest {
                    group.push(one);
                }
                first.push(one);
            }
            [first, ..] => first.push(one),
        }
    }
    groups
}
