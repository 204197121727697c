//! Takes the evidence for what can come more than once, gives it told apart by its days.
//! Invariant: no evidence is lost; of what can befall an element, overlapping days are one occurrence; what
//! achieves a promise, a stage and a consent are one proposition whatever their day, unless a reported reversal
//! lies between two tellings of it.

use super::Proposition;
use crate::{
    rules::{line::Evidence, stage, transition::Transition},
    window::Window,
};
use std::collections::BTreeMap;
use sulh_model::agreement::Assent;

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
            evidence.insert(proposition.again(at), group);
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
        if told.iter().all(|one| reversals_before(one, reversals) == 0) {
            continue;
        }
        for (occurrence, group) in parts(&evidence.remove(&whole).unwrap_or_default(), reversals) {
            let part = whole.again(occurrence);
            evidence.insert(part, group);
            changed.push(part);
        }
    }
    changed
}

/// Parts what is told of stages and of consent by what was reported of the contrary in between. What it
/// parts can be a contrary itself: ask again until nothing changes.
pub(crate) fn part_by_contraries(
    evidence: &mut Evidences,
    reported: &[(Proposition, Window)],
) -> Vec<Proposition> {
    let mut changed = Vec::new();
    let firsts: Vec<Proposition> =
        evidence.keys().copied().filter(|it| it.occurrence() == 0).collect();
    for first in firsts {
        let contraries: Vec<Window> = reported
            .iter()
            .filter(|(it, _)| is_contrary(*it, first))
            .map(|(_, day)| *day)
            .collect();
        if contraries.is_empty() {
            continue;
        }
        let times: Vec<&Vec<Evidence>> =
            (0..).map_while(|time| evidence.get(&first.again(time))).collect();
        let groups: Vec<Vec<Evidence>> =
            times.iter().flat_map(|told| parts(told, &contraries).into_values()).collect();
        if groups.len() > times.len() {
            for (time, group) in groups.into_iter().enumerate() {
                evidence.insert(first.again(time), group);
                changed.push(first.again(time));
            }
        }
    }
    changed
}

/// True when what is told first takes the other back: after it, the other can only have come again.
fn is_contrary(told: Proposition, other: Proposition) -> bool {
    match (told, other) {
        (Proposition::Stage { stage, .. }, Proposition::Stage { stage: other, .. }) => {
            stage::takes_back(stage, other)
        }
        (
            Proposition::Assent { party, assent, .. },
            Proposition::Assent { party: of, assent: other, .. },
        ) => party == of && is_refusal(assent) != is_refusal(other),
        _ => false,
    }
}

const fn is_refusal(assent: Assent) -> bool {
    matches!(assent, Assent::Rejects | Assent::Withdrew)
}

fn reversals_before(one: &Evidence, reversals: &[Window]) -> usize {
    let first = one.window.earliest;
    first.map_or(0, |first| reversals.iter().filter(|it| it.latest < first).count())
}

/// What is said, by how many reversals surely came before it; a denial goes to every part whose days it may
/// mean, or by its own days.
fn parts(told: &[Evidence], reversals: &[Window]) -> BTreeMap<usize, Vec<Evidence>> {
    let mut parts: BTreeMap<usize, Vec<Evidence>> = BTreeMap::new();
    for one in told.iter().filter(|one| !one.denies) {
        parts.entry(reversals_before(one, reversals)).or_default().push(*one);
    }
    let mut alone = Vec::new();
    for denial in told.iter().filter(|one| one.denies) {
        let meets = |one: &Evidence| !one.denies && one.window.may_overlap(denial.window);
        let mut meant = parts.values_mut().filter(|part| part.iter().any(meets)).peekable();
        if meant.peek().is_none() {
            alone.push(*denial);
        }
        meant.for_each(|part| part.push(*denial));
    }
    for denial in alone {
        parts.entry(reversals_before(&denial, reversals)).or_default().push(denial);
    }
    parts
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
