//! Takes what is told as breaking an agreement, gives breaches: what happened, and who is said to be to blame.
//! Invariant: no community and no civilians are ever responsible; where the kind of the accused is not
//! known, nobody is.

use crate::{
    link::Cluster,
    propositions::{Gathered, Proposition, Scene, Witness, witness},
    rules::{eligible::act_bearing, line::Evidence},
    verdict::Quote,
    window::Window,
};
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{
    actor::{ActorKind, Who},
    event::{Aspect, Event, Relation},
    place::Where,
    register::{Actor, folded},
    statement::Statement,
};

/// A breach of an agreement, as told.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// When.
    pub window: Window,
    /// Where.
    pub place: Option<Where>,
    /// Who is said to be to blame and may be.
    pub accused: Vec<Who>,
    /// Why others that are accused may not be.
    pub excused: BTreeSet<NobodyBecause>,
    /// The words that tell it first.
    pub quote: Quote,
}

sulh_model::codes! {
    /// Why nobody is held responsible for a breach.
    pub enum NobodyBecause {
        /// The words accuse nobody.
        NobodyAccused = "nobody_accused",
        /// A community is never responsible.
        Community = "community_never_responsible",
        /// It is not known what kind of actor is accused, and it may be a community.
        KindUnknown = "kind_of_actor_unknown",
    }
}

impl Breach {
    /// Why nobody is responsible; nothing where somebody may be.
    pub fn nobody_because(&self) -> Option<NobodyBecause> {
        let reason = || self.excused.iter().max().copied();
        self.accused.is_empty().then(|| reason().unwrap_or(NobodyBecause::NobodyAccused))
    }
}

/// Who it is, by the register: by the reader's id, else by name.
fn known<'a>(scene: Scene<'a>, who: &Who) -> Option<&'a Actor> {
    let actors = &scene.registers.actors;
    let by_id = who.register_id.as_deref().and_then(|id| actors.get(id));
    by_id.or_else(|| actors.find(&who.name))
}

fn excused(scene: Scene<'_>, who: &Who) -> Option<NobodyBecause> {
    match who.kind.or_else(|| known(scene, who).map(|it| it.kind)) {
        None => Some(NobodyBecause::KindUnknown),
        Some(ActorKind::Community | ActorKind::Civilians | ActorKind::Detainees) => {
            Some(NobodyBecause::Community)
        }
        Some(_) => None,
    }
}

struct Told<'a> {
    item: usize,
    event: &'a Event,
    statement: &'a Statement,
    window: Window,
}

/// Gathers the breaches of a cluster. One breach is what overlapping days and one place tell.
pub fn breaches(scene: Scene<'_>, cluster: &Cluster, gathered: &mut Gathered) {
    let conflict = cluster.agreement(scene.items).and_then(|told| told.conflict.as_deref());
    let mut events = told(scene, cluster);
    let capture = |told: &Told<'_>| scene.items[told.item].root.report.capture.clone();
    events.sort_by_key(|told| (told.window, capture(told), told.event.span));
    let mut groups: Vec<Breach> = Vec::new();
    let mut incidents: Vec<Vec<OfIncident>> = Vec::new();
    for told in events {
        let bears = act_bearing(told.statement);
        let vouchers = &mut gathered.vouchers;
        let witness =
            witness(scene, vouchers, told.item, conflict, told.statement, bears, told.window);
        let evidence = match witness {
            Witness::Says(evidence) => evidence,
            Witness::Lead => {
                gathered.leads.insert((told.item, told.statement.id));
                continue;
            }
            Witness::Later => continue,
        };
        let same = |breach: &Breach| {
            breach.window.may_overlap(told.window)
                && may_be_one_place(breach.place.as_ref(), told.event.place.as_ref())
        };
        let breach = groups.iter().position(same).unwrap_or(groups.len());
        if breach == groups.len() {
            groups.push(Breach {
                window: told.window,
                place: told.event.place.clone(),
                accused: Vec::new(),
                excused: BTreeSet::new(),
                quote: scene.items[told.item].quote(told.event.span),
            });
        }
        if breach == incidents.len() {
            incidents.push(Vec::new());
        }
        let group = &mut groups[breach];
        let mut blames = BTreeSet::new();
        for who in &told.event.actors {
            if let Some(reason) = excused(scene, who) {
                group.excused.insert(reason);
                continue;
            }
            let accused = place_of(scene, &mut group.accused, who);
            blames.insert(accused);
            let proposition = Proposition::Responsible { breach, accused };
            gathered.evidence.entry(proposition).or_default().push(evidence);
        }
        incidents[breach].push(OfIncident { evidence, blames });
    }
    for (breach, told) in incidents.iter().enumerate() {
        let bearing = told.iter().filter(|one| one.bears(told)).map(|one| one.evidence);
        gathered.evidence.entry(Proposition::Incident { breach }).or_default().extend(bearing);
    }
    gathered.breaches = groups;
}

/// What is said of a breach, and whom it blames, by their places among the accused.
struct OfIncident {
    evidence: Evidence,
    blames: BTreeSet<usize>,
}

impl OfIncident {
    /// "The front denied that it broke the truce" leaves alone what others tell without blaming the front: that
    /// the truce was broken, by whomever.
    fn bears(&self, told: &[Self]) -> bool {
        let without_it =
            |other: &Self| !other.evidence.denies && other.blames.is_disjoint(&self.blames);
        !self.evidence.denies || self.blames.is_empty() || !told.iter().any(without_it)
    }
}

fn told<'a>(scene: Scene<'a>, cluster: &Cluster) -> Vec<Told<'a>> {
    let mut found = Vec::new();
    for telling in &cluster.tellings {
        let root = scene.items[telling.item].root;
        let reading = &root.reading;
        let agreements: BTreeMap<_, _> =
            reading.terms.iter().map(|term| (term.id, term.agreement)).collect();
        for event in reading.events.iter().filter(|event| event.relation == Relation::Violates) {
            let of_term = event.term.and_then(|term| agreements.get(&term).copied());
            let meant = event.agreement.or(of_term) == Some(telling.agreement);
            if let (true, Some(statement)) = (meant, reading.statement(event.statement))
                && event.aspect != Aspect::Prospective
            {
                let happened = event.happened.as_ref().or(statement.happened.as_ref());
                let window = Window::new(happened, root.report.known_from().day);
                found.push(Told { item: telling.item, event, statement, window });
            }
        }
    }
    found
}

fn may_be_one_place(left: Option<&Where>, right: Option<&Where>) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return true };
    match (left.known(), right.known()) {
        (Some(left), Some(right)) if left.geonames.is_some() || right.geonames.is_some() => {
            left.geonames == right.geonames
        }
        _ => folded(&left.name) == folded(&right.name),
    }
}

/// Two names of one actor that the register knows are one accused, under the register's name where anybody uses it.
fn place_of(scene: Scene<'_>, accused: &mut Vec<Who>, who: &Who) -> usize {
    let register = known(scene, who);
    let id = |who: &Who| {
        let known = known(scene, who).map(|known| known.id.clone());
        known.or_else(|| who.register_id.clone())
    };
    let is_same = |other: &Who| match (id(other), id(who)) {
        (Some(left), Some(right)) => left == right,
        _ => folded(&other.name) == folded(&who.name),
    };
    let is_named =
        |who: &Who| register.is_some_and(|known| folded(&known.name) == folded(&who.name));
    match accused.iter().position(is_same) {
        Some(at) => {
            if is_named(who) && !is_named(&accused[at]) {
                accused[at] = who.clone();
            }
            at
        }
        None => {
            accused.push(who.clone());
            accused.len() - 1
        }
    }
}
