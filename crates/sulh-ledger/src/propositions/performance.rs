//! Takes the events of a reading, gives what they say of the elements of terms: begun, completed, suspended,
//! observed, broken, taken back, not done.
//! Invariant: an event moves an element only where the words or the links between kinds say which; what is
//! about to happen moves none, and a part of what was promised completes nothing.

use super::{Delivered, Gathered, Gatherer, Incident, Proposition, Scene, Witness, witness};
use crate::{
    link::{Act, Bears, Cluster},
    rules::{
        eligible::{Bearing, Hedge, act_bearing, bearing},
        line::Evidence,
        transition::Transition,
    },
    window::Window,
};
use sulh_model::{
    event::{Aspect, Event, Relation},
    statement::{Factuality, Statement},
    term::{ElementId, Mode, Quantity},
    vocabulary::EventKind,
};

/// An element of a cluster: its term, its place in it, and how it is kept.
#[derive(Clone, Copy)]
struct Meant {
    term: usize,
    element: usize,
    mode: Mode,
}

/// A transition an event tells, and how the words bear on it.
type Told = (Transition, Option<Bearing>);

impl Gatherer<'_> {
    /// Events told as carrying a promise out, or as a promise not kept.
    pub(super) fn events(&self, gathered: &mut Gathered) {
        let reading = &self.told().reading;
        for event in &reading.events {
            let Some(statement) = reading.statement(event.statement) else { continue };
            let window = self.window(event.happened.as_ref().or(statement.happened.as_ref()));
            let elements = self.elements(event);
            // Of a term with several elements, the words must say which (R8).
            let told = match elements.as_slice() {
                _ if event.kind == EventKind::NonPerformance => not_done(statement),
                [one] => moved(event, statement, one.mode, self.promised(one.term)),
                _ => Vec::new(),
            };
            for one in &elements {
                for (transition, bears) in &told {
                    let proposition = one.proposition(*transition);
                    self.add(gathered, proposition, statement, *bears, window);
                    deliver(self.scene, gathered, self.telling.item, event, proposition, window);
                }
            }
        }
    }

    fn promised(&self, term: usize) -> Option<&Quantity> {
        self.cluster.terms.get(term)?.term(self.scene.items)?.quantity.as_ref()
    }

    /// The elements an event is told of: its own, or all of its term.
    fn elements(&self, event: &Event) -> Vec<Meant> {
        let is_meant = |id: ElementId| match event.element {
            Some(wanted) => wanted == id,
            None => event.term == Some(id.term),
        };
        let mode = |id: ElementId| {
            let elements = &self.told().reading.term(id.term)?.elements;
            elements.iter().find(|element| element.id == id).map(|element| element.mode)
        };
        let mut found = Vec::new();
        for (term, cluster) in self.cluster.terms.iter().enumerate() {
            for (element, told) in cluster.elements.iter().enumerate() {
                for (item, id) in &told.tellings {
                    if *item == self.telling.item && is_meant(*id) {
                        found.extend(mode(*id).map(|mode| Meant { term, element, mode }));
                    }
                }
            }
        }
        found
    }
}

impl Meant {
    const fn proposition(self, transition: Transition) -> Proposition {
        let Self { term, element, .. } = self;
        Proposition::Element { term, element, transition, occurrence: 0 }
    }
}

/// "Has not entered" carries a negation that is the event itself: only a denial denies it.
fn not_done(statement: &Statement) -> Vec<Told> {
    vec![(Transition::NotDone, bearing(statement.factuality))]
}

/// Which transitions an event tells of the element it bears on.
fn moved(
    event: &Event,
    statement: &Statement,
    mode: Mode,
    promised: Option<&Quantity>,
) -> Vec<Told> {
    let bears = act_bearing(statement);
    match (event.relation, event.aspect) {
        (_, Aspect::Prospective) | (Relation::LeadsTo | Relation::None, _) => Vec::new(),
        (Relation::Violates, _) => vec![(Transition::Breached, bears)],
        (Relation::Implements, aspect) => performed(event, aspect, bears, mode, promised),
    }
}

fn performed(
    event: &Event,
    aspect: Aspect,
    bears: Option<Bearing>,
    mode: Mode,
    promised: Option<&Quantity>,
) -> Vec<Told> {
    match (aspect, mode) {
        (Aspect::Suspended, _) => vec![(Transition::Suspended, bears)],
        (Aspect::Resumed, _) => vec![(Transition::Resumed, bears)],
        (_, Mode::Maintain) => vec![(Transition::Observed, bears)],
        _ => {
            let denies = bears.is_some_and(|bears| bears.denies);
            let completed = aspect == Aspect::Completed && !is_part(event, promised);
            let mut told = Vec::new();
            // What was completed had begun; what has not begun is not completed; and what is done
            // by one act has not begun when it was not done.
            if !completed || !denies || mode == Mode::Punctual {
                told.push((Transition::Begun, bears));
            }
            if completed || denies {
                told.push((Transition::Completed, bears));
            }
            told
        }
    }
}

/// "One of the two", "some of them": a number below the promised one, or no number at all.
fn is_part(event: &Event, promised: Option<&Quantity>) -> bool {
    let promised = promised.and_then(|quantity| quantity.value);
    event.quantity.as_ref().is_some_and(|quantity| match (quantity.value, promised) {
        (Some(told), Some(promised)) => told < promised,
        (None, _) => true,
        (Some(_), None) => false,
    })
}

/// Keeps how many were delivered, where an event that carries a promise out says so.
fn deliver(
    scene: Scene<'_>,
    gathered: &mut Gathered,
    item: usize,
    event: &Event,
    proposition: Proposition,
    window: Window,
) {
    let Proposition::Element { term, transition: Transition::Begun, .. } = proposition else {
        return;
    };
    let (Some(quantity), Some(evidence)) = (&event.quantity, gathered.evidence.get(&proposition))
    else {
        return;
    };
    // The evidence that was just added; a lead or a later thing added none.
    let statement = scene.items[item].root.reading.statement(event.statement);
    let span = statement.and_then(|statement| statement.content());
    let is_it = |last: &&Evidence| {
        (last.item as usize, last.span, last.window) == (item, span, window) && !last.denies
    };
    let added = evidence.last().filter(is_it);
    if let Some(added) = added {
        let name = gathered.vouchers.get(added.voucher).name;
        let voucher = name.map(|name| gathered.vouchers.text(name).to_owned());
        let quote = scene.items[item].quote(event.span);
        let quantity = quantity.clone();
        let delivered = Delivered { window, voucher, quantity, quote };
        gathered.delivered.entry(term).or_default().push(delivered);
    }
}

/// Events that are tied to elements by rule.
pub(super) fn acts(scene: Scene<'_>, cluster: &Cluster, gathered: &mut Gathered) {
    let conflict = cluster.conflict(scene.items);
    // What takes something back can only be told of what was completed before it.
    let mut acts = cluster.acts.clone();
    acts.sort_by_key(|act| act.bears);
    for act in acts {
        let told = scene.items[act.item].root;
        let (Some(event), Some(meant)) =
            (told.reading.event(act.event), meant(scene, cluster, act))
        else {
            continue;
        };
        let Some(statement) = told.reading.statement(event.statement) else { continue };
        let happened = event.happened.as_ref().or(statement.happened.as_ref());
        let window = Window::new(happened, told.report.known_from().day);
        let promised = cluster.terms[act.term].term(scene.items);
        let promised = promised.and_then(|term| term.quantity.as_ref());
        let bears = act_bearing(statement);
        let moves = match act.bears {
            Bears::Performs => performed(event, event.aspect, bears, meant.mode, promised),
            Bears::Undoes => taken_back(gathered, meant, window, bears),
            Bears::Incident => {
                incident(scene, gathered, &act, event, statement, window);
                Vec::new()
            }
        };
        for (transition, bears) in moves {
            let proposition = meant.proposition(transition);
            let vouchers = &mut gathered.vouchers;
            match witness(scene, vouchers, act.item, conflict, statement, bears, window) {
                Witness::Says(evidence) => {
                    gathered.evidence.entry(proposition).or_default().push(evidence);
                    gathered.by_rule.insert((act.term, act.element));
                    deliver(scene, gathered, act.item, event, proposition, window);
                    match act.bears {
                        Bears::Performs => {
                            promised_by(scene, cluster, gathered, act, event, evidence);
                        }
                        Bears::Undoes => put_before(gathered, meant, act.item, window),
                        Bears::Incident => {}
                    }
                }
                Witness::Lead => {
                    gathered.leads.insert((act.item, statement.id));
                }
                Witness::Later => {}
            }
        }
    }
}

fn meant(scene: Scene<'_>, cluster: &Cluster, act: Act) -> Option<Meant> {
    let element = cluster.terms.get(act.term)?.elements.get(act.element)?;
    let mode = element.element(scene.items)?.mode;
    Some(Meant { term: act.term, element: act.element, mode })
}

/// "The siege was lifted under the agreement" says that the agreement promised it: no later than it was made.
fn promised_by(
    scene: Scene<'_>,
    cluster: &Cluster,
    gathered: &mut Gathered,
    act: Act,
    event: &Event,
    evidence: Evidence,
) {
    let told = scene.items[act.item].root;
    let said = event.agreement.filter(|agreement| {
        event.relation == Relation::Implements && cluster.tells(act.item, *agreement)
    });
    let agreement = said.and_then(|agreement| told.reading.agreement(agreement));
    if let (Some(agreement), false) = (agreement, evidence.denies) {
        let made = Window::new(agreement.concluded.as_ref(), evidence.window.latest);
        let window = Window { latest: made.latest.min(evidence.window.latest), ..made };
        let known = gathered.evidence.entry(Proposition::Promised { term: act.term }).or_default();
        let same = |one: &Evidence| (one.item, one.span) == (evidence.item, evidence.span);
        if !known.iter().any(same) {
            known.push(Evidence { window, ..evidence });
        }
    }
}

/// True when what is told as completed may have been so before a reversal.
fn may_precede(one: &Evidence, reversal: Window) -> bool {
    !one.denies && one.window.earliest.is_none_or(|first| first <= reversal.latest)
}

/// A page that tells a reversal puts what it tells as done without a day before it: "the posts it had set up".
fn put_before(gathered: &mut Gathered, meant: Meant, item: usize, reversal: Window) {
    for transition in [Transition::Begun, Transition::Completed] {
        let told = gathered.evidence.get_mut(&meant.proposition(transition));
        for one in told.into_iter().flatten() {
            if one.item as usize == item && may_precede(one, reversal) {
                one.window.latest = one.window.latest.min(reversal.latest);
            }
        }
    }
}

/// Taken back is what somebody tells as completed before.
fn taken_back(
    gathered: &Gathered,
    meant: Meant,
    window: Window,
    bears: Option<Bearing>,
) -> Vec<Told> {
    let completed = gathered.evidence.get(&meant.proposition(Transition::Completed));
    let before = completed.is_some_and(|told| told.iter().any(|one| may_precede(one, window)));
    if before { vec![(Transition::Undone, bears)] } else { Vec::new() }
}

/// An asserted clash inside the truce's place, period and parties, without blame.
fn incident(
    scene: Scene<'_>,
    gathered: &mut Gathered,
    act: &Act,
    event: &Event,
    statement: &Statement,
    window: Window,
) {
    let bears = act_bearing(statement);
    let asserted = statement.factuality == Factuality::Asserted
        && bears.is_some_and(|bears| !bears.denies && bears.hedge == Hedge::Plain);
    let vouchers = &mut gathered.vouchers;
    let witness = witness(scene, vouchers, act.item, None, statement, bears, window);
    if let (true, Witness::Says(_)) = (asserted, witness) {
        let incident = Incident { window, quote: scene.items[act.item].quote(event.span) };
        gathered.incidents.entry((act.term, act.element)).or_default().push(incident);
    }
}

/// True when the act of a term is told as hanging on something.
pub(crate) fn is_conditional(scene: Scene<'_>, cluster: &Cluster, term: usize) -> bool {
    let tellings = cluster.terms.get(term).map_or(&[][..], |term| &term.tellings);
    tellings.iter().any(|(item, id)| {
        let reading = &scene.items[*item].root.reading;
        reading.term(*id).is_some_and(|term| {
            let act = reading.statement(term.statement).map(|statement| statement.factuality);
            term.condition.is_some() || act == Some(Factuality::Conditional)
        })
    })
}
