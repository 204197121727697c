//! Takes the events of a page, gives what they are to its agreement: what carries it out, leads to it, or presses for it.
//! Invariant: what was before the deal carries nothing of it out; kind, bearer and place of event and term must
//! not differ.

use crate::Reader;
use crate::agreements::{Deal, Use, bound_by};
use crate::scene::Scene;
use crate::told::Telling;
use sulh_model::agreement::{Agreement, Pressure, PressureKind, Standing};
use sulh_model::event::{Aspect, Event, Relation};
use sulh_model::statement::{Factuality, Polarity, Target};
use sulh_model::term::{ElementId, Term};
use sulh_model::time::UncertainDate;
use sulh_model::vocabulary::{EventKind, TermKind};

impl Reader {
    /// What an event is to the report's own deal.
    pub(super) fn relate(
        &self,
        telling: &Telling<'_>,
        deals: &[Deal],
        agreements: &[Agreement],
        terms: &[Term],
        event: &mut Event,
    ) {
        if event.relation != Relation::None {
            return;
        }
        let current = deals.iter().zip(agreements).find(|(deal, agreement)| {
            !deal.earlier && deal.reported && agreement.standing == Standing::Reported
        });
        let Some((deal, agreement)) = current else { return };
        let Some(at) =
            telling.told.iter().position(|told| told.scene.sentence.span.contains(event.span))
        else {
            return;
        };
        if leads_to(deal, at, event) {
            event.relation = Relation::LeadsTo;
            event.agreement = Some(agreement.id);
            return;
        }
        let scene = &telling.told[at].scene;
        let performed = terms
            .iter()
            .filter(|term| term.agreement == agreement.id)
            .find_map(|term| self.performed(scene, term, event).map(|element| (term.id, element)));
        let Some((term, element)) = performed else { return };
        let denied = telling.statements.iter().any(|statement| {
            statement.id == event.statement && statement.factuality == Factuality::Denied
        });
        // A denial of performance needs no date: it says that nothing of the kind was done.
        if event.aspect == Aspect::Prospective
            || !(denied || is_after(telling, deal, at, agreement, event))
        {
            return;
        }
        event.relation = Relation::Implements;
        event.agreement = Some(agreement.id);
        event.term = Some(term);
        event.element = Some(element);
    }

    /// The element of a term an event carries out: kind, bearer and place must not conflict.
    fn performed(&self, scene: &Scene<'_>, term: &Term, event: &Event) -> Option<ElementId> {
        let fits = |kind: TermKind| self.links.performs(event.kind, kind);
        let fitting: Vec<_> = term.elements.iter().filter(|element| fits(element.kind)).collect();
        if fitting.is_empty() || !bearer_fits(term, event) || !place_fits(term, event) {
            return None;
        }
        // Of two elements of a kind the one told with the same verb: "enter" against "set up posts".
        let verb = |span: sulh_model::span::Span| {
            span.of(scene.text)
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.len() > 3)
                .map(|word| word.to_lowercase())
                .map(|word| word.chars().take(5).collect::<String>())
                .collect::<Vec<_>>()
        };
        let event_words = verb(event.span);
        let best = fitting.iter().max_by_key(|element| {
            let shared =
                verb(element.span).iter().filter(|word| event_words.contains(word)).count();
            (shared, std::cmp::Reverse(element.id.ordinal))
        });
        best.map(|element| element.id)
    }

    /// Under what pressure the report's own deal came about.
    pub(crate) fn pressure(
        &self,
        telling: &Telling<'_>,
        events: &[Event],
        agreement: &Agreement,
    ) -> Vec<Pressure> {
        let mut found: Vec<Pressure> = Vec::new();
        for event in events.iter().filter(|event| event.relation == Relation::None) {
            let promised = telling.statements.iter().any(|statement| {
                statement.id == event.statement
                    && (statement.polarity == Polarity::Negative
                        || statement
                            .refers_to
                            .iter()
                            .any(|target| matches!(target, Target::Term(_))))
            });
            if promised {
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
fn is_after(
    telling: &Telling<'_>,
    deal: &Deal,
    at: usize,
    agreement: &Agreement,
    event: &Event,
) -> bool {
    let scene = &telling.told[at].scene;
    let bound = deal.sightings.iter().any(|sighting| {
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
    });
    let implemented = deal
        .sightings
        .iter()
        .any(|sighting| sighting.told == at && matches!(sighting.use_(), Use::Reaches(..)));
    let concluded = agreement.concluded.as_ref().and_then(UncertainDate::latest);
    let dated = match (event.happened.as_ref().and_then(UncertainDate::earliest), concluded) {
        (Some(happened), Some(concluded)) => happened >= concluded,
        _ => false,
    };
    bound || implemented || dated || event.aspect == Aspect::Ongoing
}

fn bearer_fits(term: &Term, event: &Event) -> bool {
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

fn place_fits(term: &Term, event: &Event) -> bool {
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
