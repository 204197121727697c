//! Takes a weighed cluster, gives the verdicts on its terms and their elements.
//! Invariant: a term says nothing its elements do not say.

use super::{Weighing, told_flags};
use crate::{
    link::{ElementCluster, TermCluster},
    propositions::{Proposition, is_conditional},
    rules::{
        denial::Upheld,
        tracks::{Folded, Move, Track, fold},
        transition::{Duty, State, Transition},
        weigh::Weighed,
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
    let promised = weighing.weighed.get(&Proposition::Promised { term: at });
    let elements: Vec<ElementVerdict> = weighing.cluster.terms[at]
        .elements
        .iter()
        .enumerate()
        .filter_map(|(ordinal, told)| {
            let element = told.element(weighing.scene.items)?;
            Some(of_element(weighing, at, ordinal, term, told, element))
        })
        .collect();
    let mut flags: BTreeSet<Flag> =
        elements.iter().flat_map(|element| element.flags.iter().copied()).collect();
    flags.extend(promised.into_iter().flat_map(told_flags));
    let named =
        |weighed: &Weighed| weighed.lines.iter().filter_map(|line| line.voucher.clone()).collect();
    let cluster = &weighing.cluster.terms[at];
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
        agreed: Agreed {
            upheld: promised.map_or(Upheld::None, |weighed| weighed.upheld),
            version: promised.map_or_else(Vec::new, named),
        },
        tracks: Tracks {
            reported: of_term(&elements, |element| element.tracks.reported),
            claimed: of_term(&elements, |element| element.tracks.claimed),
            established: None,
        },
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

/// The state of a term; its grade is the weakest among the elements that are in that state.
fn of_term(
    elements: &[ElementVerdict],
    track: impl Fn(&ElementVerdict) -> Graded<State>,
) -> Graded<State> {
    let states: Vec<Graded<State>> = elements.iter().map(track).collect();
    let values: Vec<State> = states.iter().map(|graded| graded.value).collect();
    let value = State::of_term(&values);
    let same = states.iter().filter(|graded| graded.value == value);
    let weakest = same.map(|graded| graded.upheld).min();
    let any = states.iter().map(|graded| graded.upheld).min();
    Graded { value, upheld: weakest.or(any).unwrap_or(Upheld::None) }
}

fn of_element(
    weighing: &Weighing<'_>,
    term: usize,
    element: usize,
    told: &Term,
    cluster: &ElementCluster,
    it: &Element,
) -> ElementVerdict {
    let duty = match (told.modality, it.mode) {
        (Modality::Permission, _) => Duty::Permission,
        (_, Mode::Maintain) => Duty::Maintain,
        (_, Mode::Achieve | Mode::Punctual) => Duty::Perform,
    };
    let weighed: Vec<(Transition, &Weighed)> = weighing
        .weighed
        .iter()
        .filter_map(|(proposition, weighed)| match *proposition {
            Proposition::Promised { term: of } if of == term => Some((Transition::Agreed, weighed)),
            Proposition::Element { term: of, element: which, transition, .. }
                if (of, which) == (term, element) =>
            {
                Some((transition, weighed))
            }
            _ => None,
        })
        .collect();
    let moves: Vec<Move> = weighed
        .iter()
        .filter_map(|(transition, weighed)| {
            let window = weighed.window?;
            Some(Move { window, transition: *transition, upheld: weighed.upheld })
        })
        .collect();
    let conditional = is_conditional(weighing.scene, weighing.cluster, term);
    let reported = fold(&moves, Track::Reported, duty, conditional);
    let claimed = fold(&moves, Track::Claimed, duty, conditional);
    let graded = |folded: &Folded| Graded { value: folded.state, upheld: folded.upheld };
    ElementVerdict {
        id: format!("t{}.{}", term + 1, element + 1),
        element: it.clone(),
        quote: weighing.scene.items[cluster.tellings[0].0].quote(it.span),
        duty,
        tracks: Tracks {
            reported: graded(&reported),
            claimed: graded(&claimed),
            established: None,
        },
        flags: flags(weighing, told, &weighed, &reported, &claimed),
        anomalies: claimed.anomalies,
    }
}

fn flags(
    weighing: &Weighing<'_>,
    term: &Term,
    weighed: &[(Transition, &Weighed)],
    reported: &Folded,
    claimed: &Folded,
) -> Vec<Flag> {
    let is_told = |wanted: Transition| {
        weighed.iter().any(|(transition, weighed)| {
            *transition == wanted && Track::Claimed.takes(weighed.upheld)
        })
    };
    let deadline = term.deadline.as_ref().and_then(UncertainDate::latest);
    let binding = reported.state == State::Binding || claimed.state == State::Binding;
    let over = deadline.is_some_and(|last| last < weighing.scene.as_of);
    let performed = weighed.iter().filter(|(transition, _)| *transition != Transition::Agreed);
    let mut flags: BTreeSet<Flag> = [
        (over && reported.state.is_live(), Flag::Overdue),
        (is_told(Transition::NotDone), Flag::NotDoneReported),
        (binding && !is_told(Transition::Observed), Flag::ObservanceNotReported),
        // On the reported track a claim that was left out can make the next report look illegal.
        (!claimed.anomalies.is_empty(), Flag::Anomaly),
    ]
    .into_iter()
    .filter_map(|(raised, flag)| raised.then_some(flag))
    .collect();
    flags.extend(performed.flat_map(|(_, weighed)| told_flags(weighed)));
    flags.into_iter().collect()
}
