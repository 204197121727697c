//! Takes a weighed cluster, gives the verdicts on its terms and their elements.
//! Invariant: a term says nothing its elements do not say.

use super::{Weighing, told_flags};
use crate::{
    propositions::{Proposition, is_conditional},
    rules::{
        denial::Upheld,
        tracks::{Course, Folded, Folder, Move, Track, term_state},
        transition::{Duty, State, Transition},
        weigh::Weight,
    },
    verdict::{Agreed, DependsOn, ElementVerdict, Flag, Graded, TermVerdict, Tracks},
};
use std::collections::BTreeSet;
use sulh_model::{
    term::{Element, Modality, Mode, Term, TermId},
    time::UncertainDate,
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
    let promised = weighing.explained(Proposition::Promised { term: at });
    let told = term.elements.iter().enumerate();
    let told = told.map(|(ordinal, element)| of_element(weighing, at, ordinal, term, element));
    let (courses, elements): (Vec<Course>, Vec<ElementVerdict>) = told.unzip();
    let mut flags: BTreeSet<Flag> =
        elements.iter().flat_map(|element| element.flags.iter().copied()).collect();
    flags.extend(promised.iter().flat_map(|weighed| told_flags(&weighed.weight)));
    let on = |track| {
        let (value, upheld) = term_state(&courses, track);
        Graded { value, upheld }
    };
    let anchor = weighing.anchor();
    let reading = &anchor.root.reading;
    let content = reading.statement(term.statement).and_then(|statement| statement.content());
    TermVerdict {
        id: format!("t{}", at + 1),
        quotes: content.into_iter().map(|span| anchor.quote(span)).collect(),
        term: term.clone(),
        alternative_of: term.alternative_of.and_then(|id| local_id(weighing, id)),
        depends_on: term
            .depends_on
            .iter()
            .filter_map(|on| Some(DependsOn { term: local_id(weighing, on.term)?, how: on.how }))
            .collect(),
        tracks: Tracks {
            reported: on(Track::Reported),
            claimed: on(Track::Claimed),
            established: None,
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

/// The agreement's own id of a term of the anchor's reading.
fn local_id(weighing: &Weighing<'_>, id: TermId) -> Option<String> {
    let anchor = weighing.cluster.anchor().item;
    let mut terms = weighing.cluster.terms.iter();
    let at = terms.position(|term| term.tellings.contains(&(anchor, id)))?;
    Some(format!("t{}", at + 1))
}

fn of_element(
    weighing: &Weighing<'_>,
    term: usize,
    element: usize,
    told: &Term,
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
            Proposition::Element { term: of, element: which, transition }
                if (of, which) == (term, element) =>
            {
                Some((transition, judged.weight))
            }
            _ => None,
        })
        .collect();
    let moves: Vec<Move> =
        told_of.iter().filter_map(|(transition, weight)| Move::new(*transition, weight)).collect();
    let conditional = is_conditional(weighing.scene, weighing.cluster, term);
    let course = Folder::default().course(&moves, duty, conditional);
    let graded = |folded: &Folded| Graded { value: folded.state, upheld: folded.upheld };
    let verdict = ElementVerdict {
        id: format!("t{}.{}", term + 1, element + 1),
        element: it.clone(),
        quote: weighing.anchor().quote(it.span),
        duty,
        tracks: Tracks {
            reported: graded(&course.reported),
            claimed: graded(&course.claimed),
            established: None,
        },
        flags: flags(weighing, told, it.mode, &told_of, &course),
        anomalies: course.claimed.anomalies.as_slice().to_vec(),
    };
    (course, verdict)
}

fn flags(
    weighing: &Weighing<'_>,
    term: &Term,
    mode: Mode,
    told_of: &[(Transition, Weight)],
    course: &Course,
) -> Vec<Flag> {
    let Course { reported, claimed } = course;
    let is_told = |wanted: Transition| {
        let mut told = told_of.iter().filter(|(transition, _)| *transition == wanted);
        told.any(|(_, weight)| Track::Claimed.takes(weight.upheld))
    };
    let deadline = term.deadline.as_ref().and_then(UncertainDate::latest);
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
