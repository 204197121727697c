//! Takes a weighed cluster, gives the verdicts on its terms and their elements.
//! Invariant: a term says nothing its elements do not say.

use super::{Weighing, deadlines, told_flags};
use crate::{
    decision::Words,
    link::{ElementCluster, TermCluster},
    propositions::{Proposition, is_conditional},
    rules::{
        denial::Upheld,
        tracks::{Course, Folded, Folder, Move, Track, term_state},
        transition::{Duty, State, Transition},
        weigh::Weight,
    },
    verdict::{
        Agreed, DependsOn, ElementVerdict, Established, Flag, Graded, TermVerdict, Tracks, Version,
    },
    window::Window,
};
use std::collections::BTreeSet;
use sulh_model::{
    agreement::Stage,
    term::{DependencyHow, Element, Modality, Mode, Term, TermId},
};

/// The terms of an agreement, in the anchor's order.
pub(super) fn verdicts(weighing: &Weighing<'_>) -> Vec<TermVerdict> {
    let terms = weighing.cluster.terms.iter().enumerate();
    terms
        .filter_map(|(at, cluster)| {
            Some(verdict(weighing, at, cluster.term(weighing.scene.items)?))
        })
        .collect()
}

fn verdict(weighing: &Weighing<'_>, at: usize, term: &Term) -> TermVerdict {
    let cluster = &weighing.cluster.terms[at];
    let promised = weighing.explained(Proposition::Promised { term: at });
    let told = cluster.elements.iter().enumerate().filter_map(|(ordinal, told)| {
        let element = told.element(weighing.scene.items)?;
        Some(of_element(weighing, at, ordinal, term, told, element))
    });
    let (courses, elements): (Vec<Course>, Vec<ElementVerdict>) = told.unzip();
    let mut flags: BTreeSet<Flag> =
        elements.iter().flat_map(|element| element.flags.iter().copied()).collect();
    flags.extend(promised.iter().flat_map(|weighed| told_flags(&weighed.weight)));
    let on = |track| {
        let (value, upheld) = term_state(&courses, track);
        Graded { value, upheld }
    };
    if !cluster.contradicts.is_empty() {
        flags.insert(Flag::ContentDisputed);
    }
    // The words are those of the page that names the term first.
    let named_in = &weighing.scene.items[cluster.tellings[0].0];
    let reading = &named_in.root.reading;
    let content = reading.statement(term.statement).and_then(|statement| statement.content());
    TermVerdict {
        id: format!("t{}", at + 1),
        quotes: content.into_iter().map(|span| named_in.quote(span)).collect(),
        term: term.clone(),
        alternative_of: term.alternative_of.and_then(|id| local_id(weighing, cluster, id)),
        depends_on: term
            .depends_on
            .iter()
            .filter_map(|on| {
                Some(DependsOn { term: local_id(weighing, cluster, on.term)?, how: on.how })
            })
            .collect(),
        contradicts: cluster.contradicts.iter().map(|other| format!("t{}", other + 1)).collect(),
        versions: versions(weighing, cluster),
        delivered: weighing.gathered.delivered.get(&at).cloned().unwrap_or_default(),
        tracks: Tracks {
            reported: on(Track::Reported),
            claimed: on(Track::Claimed),
            established: all_established(&elements),
        },
        agreed: promised.map_or(Agreed { upheld: Upheld::None, version: vec![] }, |weighed| {
            Agreed {
                upheld: weighed.weight.upheld,
                version: weighed.lines.into_iter().filter_map(|line| line.voucher).collect(),
            }
        }),
        flags: flags.into_iter().collect(),
        elements,
        because: weighing.becauses(|proposition| match proposition {
            Proposition::Promised { term } | Proposition::Element { term, .. } => term == at,
            _ => false,
        }),
    }
}

/// The agreement's own id of a term of the reading that names another term first.
fn local_id(weighing: &Weighing<'_>, cluster: &TermCluster, id: TermId) -> Option<String> {
    let item = cluster.tellings.first()?.0;
    let mut terms = weighing.cluster.terms.iter();
    let at = terms.position(|term| term.tellings.contains(&(item, id)))?;
    Some(format!("t{}", at + 1))
}

fn of_element(
    weighing: &Weighing<'_>,
    term: usize,
    element: usize,
    told: &Term,
    cluster: &ElementCluster,
    it: &Element,
) -> (Course, ElementVerdict) {
    let duty = match (told.modality, it.mode) {
        (Modality::Permission, _) => Duty::Permission,
        (_, Mode::Maintain) => Duty::Maintain,
        (_, Mode::Achieve | Mode::Punctual) => Duty::Perform,
    };
    let told_of: Vec<(Transition, Weight)> = weighing
        .judged
        .iter()
        .filter_map(|(proposition, judged)| match *proposition {
            Proposition::Promised { term: of } if of == term => {
                Some((Transition::Agreed, judged.weight))
            }
            Proposition::Element { term: of, element: which, transition, .. }
                if (of, which) == (term, element) =>
            {
                Some((transition, judged.weight))
            }
            _ => None,
        })
        .collect();
    let told_moves =
        told_of.iter().filter_map(|(transition, weight)| Move::new(*transition, weight));
    let moves: Vec<Move> =
        told_moves.chain(ends(weighing)).chain(conditions_met(weighing, term)).collect();
    let conditional = is_conditional(weighing.scene, weighing.cluster, term);
    let course = Folder::default().course(&moves, duty, conditional);
    let graded = |folded: &Folded| Graded { value: folded.state, upheld: folded.upheld };
    let verdict = ElementVerdict {
        id: format!("t{}.{}", term + 1, element + 1),
        element: it.clone(),
        quote: weighing.scene.items[cluster.tellings[0].0].quote(it.span),
        duty,
        tracks: Tracks {
            reported: graded(&course.reported),
            claimed: graded(&course.claimed),
            established: established(weighing, cluster, it),
        },
        flags: flags(weighing, (term, element), it.mode, &told_of, &course),
        anomalies: course.claimed.anomalies.as_slice().to_vec(),
        breaches: told_of
            .iter()
            .filter(|(transition, weight)| {
                *transition == Transition::Breached && weight.upheld.is_claimed()
            })
            .count(),
        incidents: weighing.gathered.incidents.get(&(term, element)).cloned().unwrap_or_default(),
    };
    (course, verdict)
}

fn flags(
    weighing: &Weighing<'_>,
    at: (usize, usize),
    mode: Mode,
    told_of: &[(Transition, Weight)],
    course: &Course,
) -> Vec<Flag> {
    let Course { reported, claimed } = course;
    let is_told = |wanted: Transition| {
        let mut told = told_of.iter().filter(|(transition, _)| *transition == wanted);
        told.any(|(_, weight)| Track::Claimed.takes(weight.upheld))
    };
    let deadline = deadlines::last(weighing, at.0);
    let binding = reported.state == State::Binding || claimed.state == State::Binding;
    let over = deadline.is_some_and(|last| last < weighing.scene.as_of);
    let performed = || told_of.iter().filter(|(transition, _)| *transition != Transition::Agreed);
    let timing_open = performed()
        .any(|(transition, weight)| happens_once(mode, *transition) && weight.days_apart);
    let mut flags: BTreeSet<Flag> = [
        (over && reported.state.is_live(), Flag::Overdue),
        (is_told(Transition::NotDone), Flag::NotDoneReported),
        (binding && !is_told(Transition::Observed), Flag::ObservanceNotReported),
        (timing_open, Flag::TimingOpen),
        (weighing.gathered.incidents.contains_key(&at), Flag::IncidentsReported),
        (weighing.gathered.by_rule.contains(&at), Flag::LinkedByRule),
        // On the reported track a claim that was left out can make the next report look illegal.
        (!claimed.anomalies.as_slice().is_empty(), Flag::Anomaly),
    ]
    .into_iter()
    .filter_map(|(raised, flag)| raised.then_some(flag))
    .collect();
    flags.extend(performed().flat_map(|(_, weight)| told_flags(weight)));
    flags.into_iter().collect()
}

/// True when reports of it on different days speak of one thing. What lasts is seen kept on many days, and
/// breaches of different days are different breaches.
const fn happens_once(mode: Mode, transition: Transition) -> bool {
    matches!(mode, Mode::Achieve | Mode::Punctual) && !matches!(transition, Transition::Breached)
}

/// What each page that tells the promise says of it.
fn versions(weighing: &Weighing<'_>, cluster: &TermCluster) -> Vec<Version> {
    let version = |(item, id): &(usize, TermId)| {
        let item = &weighing.scene.items[*item];
        let reading = &item.root.reading;
        let term = reading.term(*id)?;
        Some(Version {
            quote: item.quote(reading.statement(term.statement)?.content()?),
            quantity: term.quantity.clone(),
            deadline: term.deadline.clone(),
            destination: term.destination.clone(),
            condition: term.condition.clone(),
        })
    };
    cluster.tellings.iter().filter_map(version).collect()
}

/// What a person said of an element.
fn established(
    weighing: &Weighing<'_>,
    cluster: &ElementCluster,
    it: &Element,
) -> Option<Established<State>> {
    let items = weighing.scene.items;
    let is_meant = |words: &Words| {
        cluster.tellings.iter().any(|(item, id)| {
            let told = items[*item].root;
            let term = told.reading.term(id.term);
            let element = term.and_then(|term| term.elements.iter().find(|one| one.id == *id));
            words.capture == told.report.capture
                && words.kind == it.kind.code()
                && element.is_some_and(|element| element.span == words.span)
        })
    };
    weighing.scene.decisions.state(is_meant, weighing.scene.as_of)
}

/// What a person's words on each element say of the term; nothing while one element has none.
fn all_established(elements: &[ElementVerdict]) -> Option<Established<State>> {
    let said: Option<Vec<&Established<State>>> =
        elements.iter().map(|element| element.tracks.established.as_ref()).collect();
    let said = said?;
    let states: Vec<State> = said.iter().map(|one| one.value).collect();
    let last = said.into_iter().max_by_key(|one| one.day)?;
    Some(Established { value: State::of_term(states.into_iter()), ..last.clone() })
}

/// The end of the agreement ends its terms.
fn ends<'w>(weighing: &'w Weighing<'_>) -> impl Iterator<Item = Move> + 'w {
    weighing.judged.iter().filter_map(|(proposition, judged)| {
        let transition = match proposition {
            Proposition::Stage { stage: Stage::Collapsed, .. } => Transition::Collapsed,
            Proposition::Stage { stage: Stage::Expired, .. } => Transition::Expired,
            Proposition::Stage { stage: Stage::Superseded, .. } => Transition::Superseded,
            _ => return None,
        };
        Move::new(transition, &judged.weight)
    })
}

/// A term that waits for another is due when every element of the other is done: no sooner than the last of
/// them, and as well attested as the weakest.
fn conditions_met(weighing: &Weighing<'_>, at: usize) -> Vec<Move> {
    let Some(cluster) = weighing.cluster.terms.get(at) else { return Vec::new() };
    let Some(term) = cluster.term(weighing.scene.items) else { return Vec::new() };
    let item = cluster.tellings[0].0;
    let after = term.depends_on.iter().filter(|on| on.how == DependencyHow::After);
    let met = after.filter_map(|on| {
        let mut terms = weighing.cluster.terms.iter();
        terms.position(|other| other.tellings.contains(&(item, on.term)))
    });
    let on_tracks = |other: usize| {
        [Track::Reported, Track::Claimed].map(|track| all_done(weighing, other, track))
    };
    met.flat_map(|other| on_tracks(other).into_iter().flatten()).collect()
}

/// When the last element of a term was done for the first time, as a track has it; nothing while one is not.
fn all_done(weighing: &Weighing<'_>, term: usize, track: Track) -> Option<Move> {
    let first = |wanted: usize| {
        let times = weighing.judged.iter().filter_map(|(proposition, judged)| match *proposition {
            Proposition::Element {
                term: of, element, transition: Transition::Completed, ..
            } if (of, element) == (term, wanted) && track.takes(judged.weight.upheld) => {
                Some((judged.weight.window_on(track)?, judged.weight.upheld))
            }
            _ => None,
        });
        times.min()
    };
    let elements = weighing.cluster.terms[term].elements.len();
    let done: Option<Vec<(Window, Upheld)>> = (0..elements).map(first).collect();
    let done = done?;
    let window = done.iter().map(|(window, _)| *window).max()?;
    let upheld = done.iter().map(|(_, upheld)| *upheld).min()?;
    Some(Move { window, firm: window, transition: Transition::ConditionMet, upheld })
}
