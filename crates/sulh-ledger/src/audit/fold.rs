//! R7, the table of states and the stages. Takes how propositions stand, gives states on both tracks.
//! Invariant: what counts is applied by day, then by the rank of the transition, never by arrival.

use super::{Case, Finding, OnTracks};
use crate::{
    propositions::Proposition,
    rules::{
        denial::Upheld,
        transition::{State, Transition},
    },
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use sulh_model::{
    agreement::Stage,
    statement::Factuality,
    term::{DependencyHow, Modality, Mode, Term},
};

/// By which days, what, and how it stands.
type Moved = ((Date, Option<Date>), Transition, Upheld);
type Stands = BTreeMap<Proposition, Finding>;

/// R7: which propositions count, first on the reported track, then on the claimed one.
const TRACKS: [(usize, &[Upheld]); 2] = [
    (0, &[Upheld::Supported, Upheld::Corroborated]),
    (1, &[Upheld::Claimed, Upheld::Disputed, Upheld::Supported, Upheld::Corroborated]),
];

/// The stage; where only the making is told, none, with the grade of the making.
pub(super) fn stage(stands: &Stands) -> OnTracks<Option<Stage>> {
    TRACKS.map(|(track, counts)| {
        let mut moves = Vec::new();
        for (proposition, finding) in stands {
            if let Proposition::Stage { stage, .. } = proposition
                && counts.contains(&finding.upheld)
            {
                moves.push((finding.days[track].unwrap(), *stage, finding.upheld));
            }
        }
        moves.sort();
        let mut now = None;
        for (_, stage, upheld) in moves {
            if now.is_none_or(|(now, _)| may_follow(now, stage)) {
                now = Some((stage, upheld));
            }
        }
        let made = stands.get(&Proposition::Agreed).map_or(Upheld::None, |made| made.upheld);
        let made = if counts.contains(&made) { made } else { Upheld::None };
        now.map_or((None, made), |(stage, upheld)| (Some(stage), upheld))
    })
}

/// proposed -> talks -> initial -> final -> in_force -> (amended | extended)* -> an end; and suspended.
fn may_follow(now: Stage, next: Stage) -> bool {
    use Stage::*;
    let way = [Proposed, Talks, Initial, Final, InForce];
    let ends = [Concluded, Expired, Collapsed, Superseded];
    let on_way = |stage| way.iter().position(|other| *other == stage);
    if now == next || ends.contains(&now) {
        return false;
    }
    if ends.contains(&next) {
        return true;
    }
    match (on_way(now), on_way(next)) {
        (Some(now), Some(next)) => next > now,
        // Nothing was agreed yet that could be changed, prolonged or stopped.
        (Some(_), None) => !matches!(now, Proposed | Talks),
        // What was stopped goes on.
        (None, Some(_)) => now == Suspended && next == InForce,
        (None, None) => true,
    }
}

/// The terms with their elements.
pub(super) fn terms(
    case: Case<'_>,
    stands: &Stands,
) -> Vec<(OnTracks<State>, Vec<OnTracks<State>>)> {
    let mut terms = Vec::new();
    for at in 0..case.cluster.terms.len() {
        let (item, id) = case.cluster.terms[at].tellings[0];
        let told = case.told(item).reading.term(id).unwrap();
        let elements: Vec<OnTracks<State>> = (0..case.cluster.terms[at].elements.len())
            .map(|element| TRACKS.map(|track| state(case, stands, (at, element), told, track)))
            .collect();
        let both = [0, 1].map(|track| {
            let of: Vec<(State, Upheld)> = elements.iter().map(|element| element[track]).collect();
            of_term(&of)
        });
        terms.push((both, elements));
    }
    terms
}

fn state(
    case: Case<'_>,
    stands: &Stands,
    (term, element): (usize, usize),
    told: &Term,
    (track, counts): (usize, &[Upheld]),
) -> (State, Upheld) {
    let mut moves: Vec<Moved> = Vec::new();
    for (proposition, finding) in stands {
        let transition = match *proposition {
            Proposition::Promised { term: of } if of == term => Transition::Agreed,
            Proposition::Element { term: of, element: which, transition, .. }
                if of == term && which == element =>
            {
                transition
            }
            _ => continue,
        };
        if let (true, Some(days)) = (counts.contains(&finding.upheld), finding.days[track]) {
            moves.push((days, transition, finding.upheld));
        }
    }
    for (proposition, finding) in stands {
        // The end of an agreement is the end of its promises.
        let transition = match proposition {
            Proposition::Stage { stage: Stage::Expired, .. } => Transition::Expired,
            Proposition::Stage { stage: Stage::Collapsed, .. } => Transition::Collapsed,
            Proposition::Stage { stage: Stage::Superseded, .. } => Transition::Superseded,
            _ => continue,
        };
        if let (true, Some(days)) = (counts.contains(&finding.upheld), finding.days[track]) {
            moves.push((days, transition, finding.upheld));
        }
    }
    moves.extend(condition_met(case, stands, term, (track, counts)));
    // A promise whose days leave it open came before what was done about it.
    let acts = moves.iter().filter(|(_, transition, _)| *transition != Transition::Agreed);
    if let Some(first) = acts.map(|((latest, _), _, _)| *latest).min() {
        for ((latest, earliest), transition, _) in &mut moves {
            if *transition == Transition::Agreed && earliest.is_none_or(|day| day <= first) {
                *latest = first.min(*latest);
                *earliest = None;
            }
        }
    }
    moves.sort();
    let kind = Kind {
        conditional: is_conditional(case, term),
        permission: told.modality == Modality::Permission,
        lasting: mode(case, term, element) == Mode::Maintain,
    };
    let mut now = (State::NotAgreed, Upheld::None);
    for (_, transition, upheld) in moves {
        if let Some(next) = next(now.0, transition, kind) {
            now = (next, upheld);
        }
    }
    now
}

/// A promise that comes after another waits until every element of the other is done.
fn condition_met(
    case: Case<'_>,
    stands: &Stands,
    term: usize,
    (track, counts): (usize, &[Upheld]),
) -> Vec<Moved> {
    let cluster = &case.cluster.terms[term];
    let (item, id) = cluster.tellings[0];
    let mut met = Vec::new();
    for on in &case.told(item).reading.term(id).unwrap().depends_on {
        let other = case.cluster.terms.iter().position(|it| it.tellings.contains(&(item, on.term)));
        let (DependencyHow::After, Some(other)) = (on.how, other) else { continue };
        let mut done = Vec::new();
        for wanted in 0..case.cluster.terms[other].elements.len() {
            let mut times = Vec::new();
            for (proposition, finding) in stands {
                if let Proposition::Element {
                    term, element, transition: Transition::Completed, ..
                } = *proposition
                    && (term, element) == (other, wanted)
                    && counts.contains(&finding.upheld)
                {
                    times.extend(finding.days[track].map(|days| (days, finding.upheld)));
                }
            }
            done.push(times.into_iter().min());
        }
        let done: Option<Vec<_>> = done.into_iter().collect();
        if let Some(done) = done {
            let days = done.iter().map(|(days, _)| *days).max().unwrap();
            let weakest = done.iter().map(|(_, upheld)| *upheld).min().unwrap();
            met.push((days, Transition::ConditionMet, weakest));
        }
    }
    met
}

fn is_conditional(case: Case<'_>, term: usize) -> bool {
    case.cluster.terms[term].tellings.iter().any(|(item, id)| {
        let reading = &case.told(*item).reading;
        let told = reading.term(*id).unwrap();
        let act = reading.statement(told.statement).unwrap().factuality;
        told.condition.is_some() || act == Factuality::Conditional
    })
}

fn mode(case: Case<'_>, term: usize, element: usize) -> Mode {
    let (item, id) = case.cluster.terms[term].elements[element].tellings[0];
    let elements = &case.told(item).reading.term(id.term).unwrap().elements;
    elements.iter().find(|element| element.id == id).unwrap().mode
}

#[derive(Clone, Copy)]
struct Kind {
    conditional: bool,
    permission: bool,
    lasting: bool,
}

/// The table of the rules, row by row; nothing where a transition moves nothing.
fn next(now: State, transition: Transition, kind: Kind) -> Option<State> {
    use State::*;
    let due = match kind {
        Kind { permission: true, .. } => Unused,
        Kind { lasting: true, .. } => Binding,
        Kind { .. } => Pending,
    };
    let again = if kind.lasting { Binding } else { UnderWay };
    let ended = [EndedExpired, EndedDischarged, EndedFailed, NotAgreed, Done];
    let live = !ended.contains(&now);
    let done = if kind.permission { Used } else { Done };
    let begun = if kind.permission { Used } else { UnderWay };
    match (now, transition) {
        (NotAgreed, Transition::Agreed) if kind.conditional => Some(Waiting),
        (NotAgreed, Transition::Agreed) => Some(due),
        (Waiting, Transition::ConditionMet) => Some(due),
        (Waiting, Transition::ConditionLapsed) => Some(EndedDischarged),
        // A permission is unused, then used, and never broken.
        (Waiting | Unused, Transition::Begun | Transition::Completed) if kind.permission => {
            Some(done)
        }
        (Waiting | Pending | Violated, Transition::Begun) => Some(begun),
        (Waiting | Pending | UnderWay | Violated, Transition::Completed) if !kind.lasting => {
            Some(done)
        }
        (Pending | UnderWay | Binding, Transition::Suspended) => Some(Suspended),
        (Suspended | Violated, Transition::Resumed) if !kind.permission => Some(again),
        (Pending | UnderWay | Binding | Suspended | Done, Transition::Breached) => Some(Violated),
        (Violated, Transition::Remedied) => Some(again),
        (Done, Transition::Undone) => Some(UnderWay),
        (_, Transition::Expired) if live => Some(EndedExpired),
        (_, Transition::Waived | Transition::Superseded) if live => Some(EndedDischarged),
        (_, Transition::Collapsed) if live => Some(EndedFailed),
        _ => None,
    }
}

/// A term: violated if any element is; what all are if all are the same; over when all are done or over;
/// else under way.
fn of_term(elements: &[(State, Upheld)]) -> (State, Upheld) {
    let ends = [State::EndedExpired, State::EndedDischarged, State::EndedFailed];
    let states: Vec<State> = elements.iter().map(|(state, _)| *state).collect();
    let last_end = ends.into_iter().filter(|end| states.contains(end)).max();
    let over = |state: &State| ends.contains(state) || *state == State::Done;
    let state = if states.contains(&State::Violated) {
        State::Violated
    } else if states.iter().all(|state| *state == states[0]) {
        states[0]
    } else if let (Some(end), true) = (last_end, states.iter().all(over)) {
        end
    } else {
        State::UnderWay
    };
    // Its grade is the weakest of the elements that are in its state, or of all where none is.
    let in_it: Vec<Upheld> =
        elements.iter().filter(|(other, _)| *other == state).map(|(_, upheld)| *upheld).collect();
    let all: Vec<Upheld> = elements.iter().map(|(_, upheld)| *upheld).collect();
    let of = if in_it.is_empty() { all } else { in_it };
    (state, of.into_iter().min().unwrap())
}
