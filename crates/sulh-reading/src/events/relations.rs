//! Takes the events of a page, gives what they are to its agreement: what carries it out, leads to it, or presses for it.
//! Invariant: what was before the deal carries nothing of it out; kind, bearer and place of event and term must
//! not differ.

use super::performance::Promised;
use crate::Reader;
use crate::agreements::{Deal, Use, bound_by};
use crate::told::{Telling, Told};
use sulh_model::agreement::{Agreement, Pressure, PressureKind};
use sulh_model::event::{Aspect, Event, Relation};
use sulh_model::statement::{Factuality, Polarity, Target};
use sulh_model::term::{Element, ElementId, Term};
use sulh_model::time::UncertainDate;
use sulh_model::vocabulary::{EventKind, TermKind};

impl Reader {
    /// What an event is to the report's own deal.
    pub(super) fn relate(&self, telling: &Telling<'_>, promised: Promised<'_>, event: &mut Event) {
        if event.relation != Relation::None || event.kind == EventKind::NonPerformance {
            return;
        }
        let Some((at, clause)) = self.clause_of(telling, event) else { return };
        let bound = self.bound_deal(telling, promised, at, clause);
        for deal in self.deals_meant(telling, promised, at, clause) {
            if event.relation == Relation::None {
                self.relate_to(telling, promised, at, (deal, bound.is_some()), event);
            }
        }
    }

    /// What an event is to one deal, which its words bind it to or not.
    fn relate_to(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'_>,
        at: usize,
        (deal, bound): (usize, bool),
        event: &mut Event,
    ) {
        let agreement = &promised.agreements[deal];
        if leads_to(&promised.deals[deal], at, event) {
            event.relation = Relation::LeadsTo;
            event.agreement = Some(agreement.id);
            return;
        }
        let denied = telling.statements.iter().any(|statement| {
            statement.id == event.statement && statement.factuality == Factuality::Denied
        });
        // A denial of performance needs no date: it says that nothing of the kind was done.
        if event.aspect == Aspect::Prospective
            || !(bound || denied || is_after(telling, &promised.deals[deal], at, agreement, event))
        {
            return;
        }
        let element = promised
            .terms
            .iter()
            .filter(|term| term.agreement == agreement.id)
            .find_map(|term| self.performed(term, event));
        // Under the deal by its words: it carries it out, though the page does not list what was promised.
        let unlisted = bound && self.links.performed_by(event.kind).next().is_some();
        if element.is_none() && !unlisted {
            return;
        }
        event.relation = Relation::Implements;
        event.agreement = Some(agreement.id);
        event.term = element.map(|element| element.term);
        event.element = element;
    }

    /// The sentence and the clause an event was read from: of several with the same words the one that is of its kind.
    fn clause_of(&self, telling: &Telling<'_>, event: &Event) -> Option<(usize, usize)> {
        let holds = |told: &Told<'_>| told.scene.sentence.span.contains(event.span);
        let at = telling.told.iter().position(holds)?;
        let scene = &telling.told[at].scene;
        let clauses = &scene.sentence.clauses;
        let same = || (0..clauses.len()).filter(|index| clauses[*index].span == event.span);
        let of_kind = |index: &usize| {
            let fit = self.event_frames.classify(scene, &clauses[*index]);
            fit.is_some_and(|fit| fit.file.kind == event.kind.code())
        };
        same().find(of_kind).or_else(|| same().next()).map(|clause| (at, clause))
    }

    /// The element of a term an event carries out: kind, bearer and place must not conflict, and where the words of the
    /// element name an event, it is that one: "enter" is not done by setting up posts.
    fn performed(&self, term: &Term, event: &Event) -> Option<ElementId> {
        let fits = |element: &&Element| {
            self.links.performs(event.kind, element.kind)
                && element.act.is_none_or(|act| act == event.kind)
        };
        let element = term.elements.iter().find(fits)?;
        (bearer_fits(term, event) && place_fits(term, event)).then_some(element.id)
    }

    /// Under what pressure the report's own deal came about.
    pub(crate) fn pressure(
        &self,
        telling: &Telling<'_>,
        deal: &Deal,
        events: &[Event],
        agreement: &Agreement,
    ) -> Vec<Pressure> {
        let mut found: Vec<Pressure> = Vec::new();
        let unrelated =
            |event: &&Event| event.relation == Relation::None && event.agreement.is_none();
        for event in events.iter().filter(unrelated) {
            let promised = telling.statements.iter().any(|statement| {
                statement.id == event.statement
                    && (statement.polarity == Polarity::Negative
                        || statement
                            .refers_to
                            .iter()
                            .any(|target| matches!(target, Target::Term(_))))
            });
            let concluded = agreement.concluded.as_ref().and_then(UncertainDate::latest);
            let happened = event.happened.as_ref().and_then(UncertainDate::earliest);
            let told_after = telling
                .told
                .iter()
                .position(|told| told.scene.sentence.span.contains(event.span))
                .is_some_and(|at| said_after(telling, deal, at));
            let later = told_after || happened.zip(concluded).is_some_and(|(day, made)| day > made);
            let breach = events.iter().any(|other| {
                other.relation == Relation::Violates && other.statement == event.statement
            });
            if promised || later || breach {
                continue;
            }
            let words = event
                .span
                .of(telling.told.first().map_or("", |told| told.scene.text))
                .to_lowercase();
            let prospective = event.aspect == Aspect::Prospective;
            let kind = match event.kind {
                EventKind::Siege if !prospective => PressureKind::Siege,
                EventKind::ThreatUltimatum => PressureKind::Ultimatum,
                EventKind::Shelling | EventKind::AirStrike | EventKind::Bombing if !prospective => {
                    PressureKind::Bombardment
                }
                EventKind::Deployment if words.contains("reinforcement") => {
                    PressureKind::Reinforcement
                }
                EventKind::Attack
                | EventKind::Entry
                | EventKind::Shelling
                | EventKind::AirStrike
                    if prospective =>
                {
                    PressureKind::ThreatenedOperation
                }
                _ => continue,
            };
            let elsewhere = match (&event.place, &agreement.place) {
                (Some(one), Some(two)) => {
                    one.name != two.name
                        && one.known().map(|known| known.name.clone())
                            != two.known().map(|known| known.name.clone())
                }
                _ => false,
            };
            if !elsewhere && !found.iter().any(|known| known.kind == kind) {
                found.push(Pressure { kind, statement: event.statement, span: event.span });
            }
        }
        found
    }
}

/// "reached after a meeting between": what the making clause says came before it.
fn leads_to(deal: &Deal, at: usize, event: &Event) -> bool {
    event.kind == EventKind::Meeting
        && deal.sightings.iter().any(|sighting| sighting.told == at && sighting.made_by().is_some())
}

/// Whether an event surely comes after the deal: said to be under it or after it, or dated after it, or
/// going on while the report tells of the deal as made.
pub(super) fn is_after(
    telling: &Telling<'_>,
    deal: &Deal,
    at: usize,
    agreement: &Agreement,
    event: &Event,
) -> bool {
    let bound = said_after(telling, deal, at);
    let implemented = deal
        .sightings
        .iter()
        .any(|sighting| sighting.told == at && matches!(sighting.use_(), Use::Reaches(..)));
    let concluded = agreement.concluded.as_ref().and_then(UncertainDate::latest);
    let dated = match (event.happened.as_ref().and_then(UncertainDate::earliest), concluded) {
        (Some(happened), Some(concluded)) => happened >= concluded,
        _ => false,
    };
    let goes_on = matches!(event.aspect, Aspect::Ongoing | Aspect::Suspended | Aspect::Resumed);
    bound || implemented || dated || goes_on
}

/// Whether a sentence tells what it tells as under a deal or after it: "a week after the ceasefire".
fn said_after(telling: &Telling<'_>, deal: &Deal, at: usize) -> bool {
    let scene = &telling.told[at].scene;
    deal.sightings.iter().any(|sighting| {
        sighting.told == at
            && scene.sentence.clauses.iter().any(|clause| {
                clause.obliques.iter().any(|oblique| {
                    let holds = oblique.phrase.full_span().contains(sighting.mention.span);
                    holds
                        && (bound_by(&oblique.case)
                            || matches!(
                                oblique.case.as_str(),
                                "after" | "following" | "since" | "in line with"
                            ))
                })
            })
    })
}

pub(super) fn bearer_fits(term: &Term, event: &Event) -> bool {
    let Some(bearer) = &term.bearer else { return true };
    let people =
        event.actors.iter().chain(event.targets.iter().filter(|_| {
            matches!(term.kind, TermKind::RelocateFighters | TermKind::RelocateCivilians)
        }));
    let mut any = false;
    for who in people {
        any = true;
        let by_id = who.register_id.is_some() && who.register_id == bearer.register_id;
        let open = who.register_id.is_none() || bearer.register_id.is_none();
        let by_kind = who.kind.is_none() || bearer.kind.is_none() || who.kind == bearer.kind;
        let by_side = who.side.is_none() || bearer.side.is_none() || who.side == bearer.side;
        if by_id || (open && by_kind && by_side) {
            return true;
        }
    }
    !any
}

pub(super) fn place_fits(term: &Term, event: &Event) -> bool {
    match (&term.place, &event.place) {
        (Some(one), Some(two)) => {
            one.name == two.name
                || one
                    .known()
                    .zip(two.known())
                    .is_some_and(|(a, b)| a.geonames.is_some() && a.geonames == b.geonames)
                || two.known().is_some_and(|known| known.precision.value() >= 4)
        }
        _ => true,
    }
}
