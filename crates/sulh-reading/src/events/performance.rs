//! Takes what clauses tell and the promises of the page, gives what they say of their keeping: done, not done, undone.
//! Invariant: a promise not to do something is never told as done or not done here; what is undone is no breach.

use super::relations::{bearer_fits, is_after, place_fits};
use crate::Reader;
use crate::agreements::{Deal, bound_phrases};
use crate::governors::Telling as Governed;
use crate::told::Telling;
use sulh_model::agreement::{Agreement, AgreementId, Standing};
use sulh_model::event::{Aspect, Event, Relation};
use sulh_model::statement::{Factuality, Polarity};
use sulh_model::term::{Element, Modality, Term};
use sulh_model::vocabulary::{EventKind, TermKind};
use sulh_syntax::{ClauseRole, Tense};

/// What a page tells of its deals, to read events against.
#[derive(Clone, Copy)]
pub(super) struct Promised<'a> {
    pub deals: &'a [Deal],
    pub agreements: &'a [Agreement],
    pub terms: &'a [Term],
}

impl<'a> Promised<'a> {
    /// The report's own deal.
    pub fn current(self) -> Option<usize> {
        self.deals.iter().zip(self.agreements).position(|(deal, agreement)| {
            !deal.earlier && deal.reported && agreement.standing == Standing::Reported
        })
    }

    /// What the terms of a deal ask to be done.
    fn asked(self, deal: usize) -> impl Iterator<Item = (&'a Term, &'a Element)> {
        let id = self.agreements[deal].id;
        self.terms
            .iter()
            .filter(move |term| term.agreement == id && term.modality != Modality::Forbearance)
            .flat_map(|term| term.elements.iter().map(move |element| (term, element)))
    }
}

impl Reader {
    /// The deal a clause is bound to by its words: "under the truce", "as part of the accord".
    pub(super) fn bound_deal(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'_>,
        at: usize,
        index: usize,
    ) -> Option<usize> {
        let clauses = &telling.told[at].scene.sentence.clauses;
        let mut around = vec![index];
        while let Some(next) = around.last().and_then(|last| {
            let clause = &clauses[*last];
            let hangs = matches!(clause.role, ClauseRole::Complement | ClauseRole::Nominal);
            clause.joined_to.or(clause.parent.filter(|_| hangs))
        }) {
            if around.contains(&next) {
                break;
            }
            around.push(next);
        }
        let binds = |deal: &Deal| {
            deal.sightings.iter().filter(|sighting| sighting.told == at).any(|sighting| {
                around
                    .iter()
                    .flat_map(|clause| bound_phrases(&clauses[*clause]))
                    .any(|phrase| phrase.full_span().contains(sighting.mention.span))
            })
        };
        (0..promised.deals.len()).find(|deal| {
            let stands = promised.agreements[*deal].standing == Standing::Reported;
            stands && promised.deals[*deal].reported && binds(&promised.deals[*deal])
        })
    }

    /// "Has not released", "failed to withdraw", "without handing over": of a promise that the page tells, its
    /// non-performance. Nothing for an act told as not done that nobody promised, where the words only say it beside.
    pub(super) fn not_kept(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'_>,
        at: usize,
        index: usize,
        event: Event,
    ) -> Option<Event> {
        let scene = &telling.told[at].scene;
        if !self.governors.not_done(scene, index) {
            return Some(event);
        }
        let kind = event.kind;
        let fits = |element: &Element| {
            self.links.performs(kind, element.kind) && element.act.is_none_or(|act| act == kind)
        };
        let beside = scene.sentence.clauses[index].mark.as_deref() == Some("without");
        match self.promise_of(telling, promised, at, index, &event, &fits) {
            Some((term, element)) => Some(unkept(event, term, element)),
            None => Some(event).filter(|_| !beside),
        }
    }

    /// What is told as done, or as not done, in the very words of a promise: there is no other kind of event for it.
    pub(super) fn by_its_promise(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'_>,
        at: usize,
        events: &mut Vec<Event>,
    ) {
        let scene = &telling.told[at].scene;
        for (index, clause) in scene.sentence.clauses.iter().enumerate() {
            let not_done = self.governors.not_done(scene, index);
            let done = matches!(clause.predicate.tense, Tense::Past)
                && clause.predicate.negation.is_none()
                && self.governors.telling(scene, index) == Governed::AsItStands;
            let told = clause.role != ClauseRole::Nominal
                && (done || not_done)
                && self.may_tell(telling, at, index)
                && self.event_frames.classify(scene, clause).is_none();
            let kind = self
                .term_frames
                .classify(scene, clause)
                .filter(|_| told)
                .and_then(|fit| TermKind::from_code(&fit.file.kind));
            let Some(kind) = kind else { continue };
            let event = self.event(telling, at, index, EventKind::Other, events.len());
            let same = |element: &Element| element.kind == kind;
            let Some((term, element)) =
                self.promise_of(telling, promised, at, index, &event, &same)
            else {
                continue;
            };
            if not_done {
                events.push(unkept(event, term, element));
            } else if self.is_after_deal(telling, promised, at, index, term.agreement, &event) {
                events.push(Event {
                    relation: Relation::Implements,
                    agreement: Some(term.agreement),
                    term: Some(term.id),
                    element: Some(element.id),
                    ..event
                });
            }
        }
    }

    /// The promise an event speaks of: of the deal its words name, else of the report's own.
    fn promise_of<'a>(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'a>,
        at: usize,
        index: usize,
        event: &Event,
        fits: &dyn Fn(&Element) -> bool,
    ) -> Option<(&'a Term, &'a Element)> {
        let deal = self.bound_deal(telling, promised, at, index).or_else(|| promised.current())?;
        promised.asked(deal).find(|(term, element)| {
            fits(element) && bearer_fits(term, event) && place_fits(term, event)
        })
    }

    fn is_after_deal(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'_>,
        at: usize,
        index: usize,
        agreement: AgreementId,
        event: &Event,
    ) -> bool {
        self.bound_deal(telling, promised, at, index).is_some()
            || promised.agreements.iter().position(|known| known.id == agreement).is_some_and(
                |deal| {
                    is_after(telling, &promised.deals[deal], at, &promised.agreements[deal], event)
                },
            )
    }

    /// What takes back something that was done under the report's deal bears on that deal: the posts set up are left
    /// again. Which of several elements is meant only its own words say.
    pub(super) fn taken_back(
        &self,
        telling: &Telling<'_>,
        promised: Promised<'_>,
        events: &mut [Event],
    ) {
        let Some(deal) = promised.current() else { return };
        let agreement = &promised.agreements[deal];
        let mut kinds: Vec<TermKind> =
            promised.asked(deal).map(|(_, element)| element.kind).collect();
        for done in events.iter().filter(|event| event.agreement == Some(agreement.id)) {
            if done.relation == Relation::Implements {
                kinds.extend(self.links.performed_by(done.kind));
            }
        }
        for event in events.iter_mut() {
            let free = event.relation == Relation::None && event.agreement.is_none();
            let told = matches!(event.aspect, Aspect::Completed | Aspect::Ongoing);
            let undoes = kinds.iter().any(|kind| self.links.undoes(event.kind, *kind));
            let at =
                telling.told.iter().position(|told| told.scene.sentence.span.contains(event.span));
            let (true, true, true, Some(at)) = (free, told, undoes, at) else { continue };
            let plain = telling.statements.iter().any(|statement| {
                statement.id == event.statement
                    && statement.polarity == Polarity::Positive
                    && statement.factuality != Factuality::Denied
            });
            let here = same_place(agreement.place.as_ref(), event.place.as_ref());
            if plain && here && is_after(telling, &promised.deals[deal], at, agreement, event) {
                event.agreement = Some(agreement.id);
            }
        }
    }
}

/// The event a promise that was not kept is told by.
fn unkept(event: Event, term: &Term, element: &Element) -> Event {
    Event {
        kind: EventKind::NonPerformance,
        aspect: Aspect::Completed,
        agreement: Some(term.agreement),
        term: Some(term.id),
        element: Some(element.id),
        ..event
    }
}

fn same_place(
    one: Option<&sulh_model::place::Where>,
    two: Option<&sulh_model::place::Where>,
) -> bool {
    let (Some(one), Some(two)) = (one, two) else { return true };
    one.name == two.name
        || one
            .known()
            .zip(two.known())
            .is_some_and(|(a, b)| a.geonames.is_some() && a.geonames == b.geonames)
}
