//! Takes the agreements of a question and the events that no page ties to a promise, gives what ties them
//! by rule: kind, doer, place and day.
//! Invariant: an event is tied to one element or to none; what could be two is a question for a person, and
//! so is every breach that no words speak of.

use super::{
    Cluster, Item, PossibleBreach, SeveralTerms,
    parties::{may_be_one_actor, may_be_one_in_a_deal},
    same::DAYS_MAX,
};
use crate::{
    place::{self, one_place},
    rules::eligible::{act_bearing, standpoint},
    window::Window,
};
use jiff::{ToSpan, civil::Date};
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{
    agreement::{AgreementId, PartyRole},
    event::{Aspect, Event, EventId, Relation},
    links::Links,
    statement::{Factuality, Polarity},
    term::{Element, Modality, Mode, Term},
    time::UncertainDate,
    vocabulary::EventKind,
};

/// What an event that was tied by rule does to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bears {
    /// It carries it out.
    Performs,
    /// It takes back what was done.
    Undoes,
    /// It is an incident inside a truce: without blame.
    Incident,
}

/// An event tied to an element by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Act {
    /// The item.
    pub item: usize,
    /// The event, in the item's reading.
    pub event: EventId,
    /// The term, by its place in the cluster.
    pub term: usize,
    /// The element, by its place in the term.
    pub element: usize,
    /// What it does to it.
    pub bears: Bears,
}

/// What events are tied to, and what has to be asked.
#[derive(Default)]
pub(super) struct Tied {
    pub(super) acts: Vec<(usize, Act)>,
    pub(super) several: Vec<SeveralTerms>,
    pub(super) breaches: Vec<PossibleBreach>,
}

/// Ties the events of the items to the clusters.
pub(super) fn tie(items: &[Item<'_>], clusters: &[Cluster], links: &Links) -> Tied {
    let scopes: Vec<Scope<'_>> =
        clusters.iter().enumerate().filter_map(|(at, it)| Scope::new(at, it, items)).collect();
    let found_by = FoundBy::of(&scopes);
    let mut tied = Tied::default();
    for (item, told) in items.iter().enumerate() {
        // A copy tells what its root tells.
        if told.is_copy {
            continue;
        }
        for event in &told.root.reading.events {
            let told = Told { items, item, event, links };
            let near: Vec<&Scope<'_>> = found_by
                .near(item, event)
                .into_iter()
                .map(|at| &scopes[at])
                .filter(|scope| told.is_within(scope))
                .collect();
            tie_event(&told, &near, &mut tied);
        }
    }
    tied
}

/// The agreements an event can be of, by what its words name: an agreement of its own page, or a place.
struct FoundBy {
    agreement: BTreeMap<(usize, AgreementId), Vec<usize>>,
    place: BTreeMap<String, Vec<usize>>,
}

impl FoundBy {
    fn of(scopes: &[Scope<'_>]) -> Self {
        let mut found = Self { agreement: BTreeMap::new(), place: BTreeMap::new() };
        for (at, scope) in scopes.iter().enumerate() {
            for telling in &scope.cluster.tellings {
                let told = (telling.item, telling.agreement);
                found.agreement.entry(told).or_default().push(at);
            }
            let agreement = scope.cluster.agreement(scope.items);
            let place = agreement.and_then(|told| told.place.as_ref());
            for name in place.map(place::found_by).into_iter().flatten() {
                found.place.entry(name).or_default().push(at);
            }
        }
        found
    }

    fn near(&self, item: usize, event: &Event) -> BTreeSet<usize> {
        if let Some(agreement) = event.agreement {
            return self.agreement.get(&(item, agreement)).into_iter().flatten().copied().collect();
        }
        let names = event.place.as_ref().map(place::found_by).unwrap_or_default();
        names.iter().filter_map(|name| self.place.get(name)).flatten().copied().collect()
    }
}

/// An event of an item.
struct Told<'a> {
    items: &'a [Item<'a>],
    item: usize,
    event: &'a Event,
    links: &'a Links,
}

fn tie_event(told: &Told<'_>, near: &[&Scope<'_>], tied: &mut Tied) {
    let event = told.event;
    let bound = event.term.is_some() || event.relation == Relation::Violates;
    if bound || event.aspect == Aspect::Prospective || event.relation == Relation::LeadsTo {
        return;
    }
    for bears in [Bears::Performs, Bears::Undoes] {
        let meant: Vec<(&Scope<'_>, usize, usize)> = near
            .iter()
            .flat_map(|scope| {
                let found = told.elements(scope, bears).into_iter();
                found.map(|(term, element)| (*scope, term, element))
            })
            .collect();
        match meant.as_slice() {
            [] => {}
            [(scope, term, element)] => tied.acts.push((
                scope.at,
                Act { item: told.item, event: event.id, term: *term, element: *element, bears },
            )),
            several => tied.several.push(SeveralTerms {
                quote: told.items[told.item].quote(event.span),
                window: told.window(),
                among: several
                    .iter()
                    .map(|(scope, term, _)| (scope.cluster.key.clone(), *term))
                    .collect(),
            }),
        }
    }
    for scope in near {
        told.breaches(scope, tied);
    }
}

/// An agreement that events can be tied to.
struct Scope<'a> {
    at: usize,
    cluster: &'a Cluster,
    items: &'a [Item<'a>],
    /// The last day on which it can have been made.
    made: Date,
    /// The days on which it was told of.
    told: BTreeSet<Date>,
}

impl<'a> Scope<'a> {
    fn new(at: usize, cluster: &'a Cluster, items: &'a [Item<'a>]) -> Option<Self> {
        let known = |item: usize| items[item].root.report.known_from().day;
        let made = |telling: &super::Telling| {
            let concluded = telling.agreement(items)?.concluded.as_ref();
            Some(Window::new(concluded, known(telling.item)).latest)
        };
        let told = cluster.tellings.iter().map(|telling| known(telling.item)).collect();
        let made = cluster.tellings.iter().filter_map(made).min()?;
        (!cluster.terms.is_empty()).then_some(Self { at, cluster, items, made, told })
    }

    /// The days within a fortnight after something was told of it.
    fn is_live_on(&self, day: Date) -> bool {
        self.told.iter().any(|told| {
            let last = told.checked_add(i64::from(DAYS_MAX).days());
            self.made <= day && last.is_ok_and(|last| day <= last)
        })
    }
}

impl Told<'_> {
    /// The days on which it can have happened.
    fn window(&self) -> Window {
        let told = self.items[self.item].root;
        let statement = told.reading.statement(self.event.statement);
        let happened = self.event.happened.as_ref();
        let happened = happened.or(statement.and_then(|told| told.happened.as_ref()));
        Window::new(happened, told.report.known_from().day)
    }

    /// True when the words say which agreement it is an event of, and it is this one.
    fn is_said_of(&self, scope: &Scope<'_>) -> bool {
        self.event.agreement.is_some_and(|agreement| scope.cluster.tells(self.item, agreement))
    }

    /// True when the event can be one of this agreement's: its words say so, or place and day do.
    fn is_within(&self, scope: &Scope<'_>) -> bool {
        if self.event.agreement.is_some() {
            return self.is_said_of(scope);
        }
        let Some(agreement) = scope.cluster.agreement(scope.items) else { return false };
        let place = self.event.place.as_ref().zip(agreement.place.as_ref());
        place.is_some_and(|(one, two)| one_place(one, two).is_some()) && self.is_after(scope)
    }

    /// True when the event surely did not come before the agreement, and came while it was told of.
    fn is_after(&self, scope: &Scope<'_>) -> bool {
        let told = self.items[self.item].root;
        let statement = told.reading.statement(self.event.statement);
        let happened = self.event.happened.as_ref();
        let happened = happened.or(statement.and_then(|told| told.happened.as_ref()));
        let known = told.report.known_from().day;
        let denied = statement.is_some_and(|told| {
            told.factuality == Factuality::Denied || told.polarity == Polarity::Negative
        });
        match happened.and_then(UncertainDate::earliest) {
            Some(first) => scope.is_live_on(first),
            // What is denied has no day of its own.
            None => denied && scope.is_live_on(known),
        }
    }

    /// The elements of an agreement that the event bears on.
    fn elements(&self, scope: &Scope<'_>, bears: Bears) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize, bool)> = Vec::new();
        for (at, cluster) in scope.cluster.terms.iter().enumerate() {
            let Some(term) = cluster.term(scope.items) else { continue };
            // Where the page tells the promise itself, its reader judged what its events carry out.
            let judged = bears == Bears::Performs && cluster.is_told_by(self.item);
            if judged || term.modality == Modality::Forbearance || !self.fits(scope, term) {
                continue;
            }
            for (ordinal, element) in cluster.elements.iter().enumerate() {
                let Some(element) = element.element(scope.items) else { continue };
                if self.bears_on(element, bears) {
                    found.push((at, ordinal, self.names(element, bears)));
                }
            }
        }
        // The words of one name the very act.
        if found.iter().any(|(_, _, exact)| *exact) {
            found.retain(|(_, _, exact)| *exact);
        }
        found.into_iter().map(|(term, element, _)| (term, element)).collect()
    }

    /// True when the words of both name the very act.
    fn names(&self, element: &Element, bears: Bears) -> bool {
        let act = match bears {
            Bears::Undoes => self.event.reverses,
            Bears::Performs | Bears::Incident => Some(self.event.kind),
        };
        act.is_some() && element.act == act
    }

    fn bears_on(&self, element: &Element, bears: Bears) -> bool {
        let kind = self.event.kind;
        match bears {
            Bears::Performs => {
                self.links.performs(kind, element.kind) && element.act.is_none_or(|act| act == kind)
            }
            Bears::Undoes => {
                self.links.undoes(kind, element.kind) && element.mode != Mode::Maintain
            }
            Bears::Incident => self.links.may_breach(kind, element.kind),
        }
    }

    /// True when the doer is the one who promised. Words that name no doer fit where they name the agreement.
    fn fits(&self, scope: &Scope<'_>, term: &Term) -> bool {
        let apart = self.event.place.as_ref().zip(term.place.as_ref());
        if apart.is_some_and(|(one, two)| one_place(one, two).is_none()) {
            return false;
        }
        match &term.bearer {
            Some(bearer) if !self.event.actors.is_empty() => {
                let is_one =
                    if self.is_said_of(scope) { may_be_one_in_a_deal } else { may_be_one_actor };
                self.event.actors.iter().any(|actor| is_one(actor, bearer))
            }
            _ => self.is_said_of(scope),
        }
    }

    /// True when a party is among those the words name, or they name nobody.
    fn is_between_parties(&self, scope: &Scope<'_>) -> bool {
        let named = || self.event.actors.iter().chain(&self.event.targets);
        let parties = scope
            .cluster
            .parties
            .iter()
            .filter_map(|party| party.party(&scope.cluster.tellings, scope.items));
        named().next().is_none()
            || parties
                .filter(|party| party.role == PartyRole::Party)
                .any(|party| named().any(|who| may_be_one_actor(who, &party.who)))
    }

    /// What may break a promise: an incident where it is fighting inside a truce, and a question for a person.
    /// What is said not to have happened broke nothing.
    fn breaches(&self, scope: &Scope<'_>, tied: &mut Tied) {
        let event = self.event;
        let told = self.items[self.item].root;
        let Some(statement) = told.reading.statement(event.statement) else { return };
        let witnesses = standpoint(told, statement).is_some()
            && act_bearing(statement).is_some_and(|bears| !bears.denies);
        if !witnesses || !self.is_between_parties(scope) {
            return;
        }
        for (at, cluster) in scope.cluster.terms.iter().enumerate() {
            for (ordinal, element) in cluster.elements.iter().enumerate() {
                let Some(element) = element.element(scope.items) else { continue };
                if !self.bears_on(element, Bears::Incident) {
                    continue;
                }
                if element.mode == Mode::Maintain && is_fighting(event.kind) {
                    let bears = Bears::Incident;
                    let act =
                        Act { item: self.item, event: event.id, term: at, element: ordinal, bears };
                    tied.acts.push((scope.at, act));
                }
                tied.breaches.push(PossibleBreach {
                    agreement: scope.cluster.key.clone(),
                    term: at,
                    element: ordinal,
                    quote: self.items[self.item].quote(event.span),
                    window: self.window(),
                });
            }
        }
    }
}

const fn is_fighting(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Clash
            | EventKind::Attack
            | EventKind::Shelling
            | EventKind::AirStrike
            | EventKind::Bombing
    )
}
