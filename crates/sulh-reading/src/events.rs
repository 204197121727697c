//! Takes what a page says, gives the events it tells and what they are to its agreements.
//! Invariant: the one who reports is no actor; a breach needs the word; what was before the deal carries
//! nothing of it out.

use crate::Reader;
use crate::agreements::{Deal, Use, bound_by, refer};
use crate::dates::Anchor;
use crate::governors::Telling as Governed;
use crate::scene::Scene;
use crate::told::{Telling, names_a_deal};
use sulh_model::actor::Who;
use sulh_model::agreement::{Agreement, AgreementId, Pressure, PressureKind, Standing};
use sulh_model::event::{Aspect, Event, EventId, Relation};
use sulh_model::page::BlockKind;
use sulh_model::statement::{Factuality, Polarity, RoleSpan, SpanRole, Target};
use sulh_model::term::{ElementId, Term};
use sulh_model::time::UncertainDate;
use sulh_model::vocabulary::{EventKind, TermKind};
use sulh_syntax::{Clause, ClauseRole, Phrase, Tense, Upos, VerbForm};

impl Reader {
    /// The events of a page's report.
    pub(crate) fn events(
        &self,
        telling: &mut Telling<'_>,
        deals: &[Deal],
        agreements: &[Agreement],
        terms: &[Term],
    ) -> Vec<Event> {
        let mut events: Vec<Event> = Vec::new();
        for at in 0..telling.told.len() {
            let told = &telling.told[at];
            if !told.voice.is_report() || told.kind == BlockKind::Headline {
                continue;
            }
            let found: Vec<(usize, EventKind)> = self.event_clauses(telling, at, terms);
            for (clause, kind) in found {
                let event = self.event(telling, at, clause, kind, events.len());
                events.push(event);
            }
            self.breaches(telling, deals, at, &mut events);
        }
        self.deny_again(telling, &mut events);
        for event in &mut events {
            self.relate(telling, deals, agreements, terms, event);
        }
        for event in &events {
            let statement =
                telling.statements.iter().position(|statement| statement.id == event.statement);
            if let Some(statement) = statement {
                refer(telling, statement, Target::Event(event.id));
            }
        }
        events
    }

    /// "but the rebels denied this": the events of the statement before, told once more, as denied.
    fn deny_again(&self, telling: &Telling<'_>, events: &mut Vec<Event>) {
        for told in telling.told.iter().filter(|told| told.voice.is_report()) {
            for (unit, statement) in &told.units {
                let denial = &telling.statements[*statement];
                let points = denial.spans.iter().any(|part: &RoleSpan| {
                    part.role == SpanRole::Content
                        && self.doubt.points_back(told.scene.of(part.span))
                });
                if denial.factuality != Factuality::Denied || !points || unit.clauses.is_empty() {
                    continue;
                }
                let Some(before) =
                    statement.checked_sub(1).map(|before| telling.statements[before].id)
                else {
                    continue;
                };
                let again: Vec<Event> =
                    events.iter().filter(|event| event.statement == before).cloned().collect();
                for event in again {
                    let id = EventId(u32::try_from(events.len() + 1).unwrap_or(u32::MAX));
                    events.push(Event { id, statement: denial.id, ..event });
                }
            }
        }
    }

    /// The clauses of a sentence that tell an event, with its kind.
    fn event_clauses(
        &self,
        telling: &Telling<'_>,
        at: usize,
        terms: &[Term],
    ) -> Vec<(usize, EventKind)> {
        let scene = &telling.told[at].scene;
        let clauses = &scene.sentence.clauses;
        let mut found: Vec<(usize, EventKind)> = Vec::new();
        for (index, clause) in clauses.iter().enumerate() {
            let promised = terms.iter().any(|term| {
                term.elements.iter().any(|element| element.span.contains(clause.predicate.span))
            }) && clause.predicate.tense != Tense::Past;
            let is_cue = scene.sentence.reports.iter().any(|report| report.clause == Some(index));
            // "fighters who did not surrender": the statement is not about their not surrendering.
            let leads =
                telling.told[at].units.iter().any(|(unit, _)| unit.clauses.contains(&index));
            let denied_aside = clause.predicate.negation.is_some() && !leads;
            if promised
                || is_cue
                || denied_aside
                || scene.is_name(clause)
                || !self.tells(scene, index, &found)
            {
                continue;
            }
            let kind = self
                .event_frames
                .classify(scene, clause)
                .and_then(|file| EventKind::from_code(&file.kind));
            found.extend(kind.map(|kind| (index, kind)));
        }
        found
    }

    /// Whether a clause can tell an event of its own: not the object of one already told, nor a bare "the attack".
    fn tells(&self, scene: &Scene<'_>, at: usize, found: &[(usize, EventKind)]) -> bool {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        if clause.role != ClauseRole::Nominal {
            let condition = matches!(clause.mark.as_deref(), Some("if" | "unless"));
            return !condition;
        }
        let word = clause.predicate.word;
        let inside_told = found.iter().any(|(other, _)| {
            let verb = &clauses[*other];
            *other != at
                && verb.object.iter().chain(&verb.subject).any(|phrase| {
                    phrase.each().any(|part| part.words.0 <= word && word <= part.words.1)
                })
        });
        let with_arguments =
            clause.subject.is_some() || clause.object.is_some() || !clause.obliques.is_empty();
        let plural = scene
            .token(word)
            .is_some_and(|token| token.form(scene.text).to_lowercase() != token.lemma);
        let adjectives =
            word > 0 && scene.token(word - 1).is_some_and(|token| token.upos == Upos::Adj);
        !inside_told && (with_arguments || plural || adjectives)
    }

    fn event(
        &self,
        telling: &Telling<'_>,
        at: usize,
        index: usize,
        kind: EventKind,
        before: usize,
    ) -> Event {
        let scene = &telling.told[at].scene;
        let clause = &scene.sentence.clauses[index];
        let statement = &telling.statements[telling.statement_of(at, clause.predicate.span)];
        let leading =
            telling.told[at].units.iter().any(|(unit, _)| unit.clauses.first() == Some(&index));
        Event {
            id: EventId(u32::try_from(before + 1).unwrap_or(u32::MAX)),
            kind,
            aspect: self.aspect(telling, at, index, statement.factuality),
            actors: self.actors(scene, index),
            targets: self.targets(scene, clause),
            place: scene.place_of(clause).cloned(),
            happened: happened(scene, clause)
                .or_else(|| statement.happened.clone().filter(|_| leading)),
            agreement: None,
            relation: Relation::None,
            term: None,
            element: None,
            quantity: None,
            span: clause.span,
            statement: statement.id,
        }
    }

    /// How far it has come: what is wanted, prevented or left open has not begun.
    fn aspect(
        &self,
        telling: &Telling<'_>,
        at: usize,
        index: usize,
        factuality: Factuality,
    ) -> Aspect {
        let scene = &telling.told[at].scene;
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[index];
        if self.governors.telling(scene, index) != Governed::AsItStands {
            return Aspect::Prospective;
        }
        let parent = clause.parent.map(|parent| &clauses[parent].predicate);
        let begins = |predicate: &sulh_syntax::Predicate| {
            matches!(predicate.lemma.as_str(), "begin" | "start" | "resume" | "continue" | "keep")
                && predicate.tense != Tense::Future
        };
        let hands_on = matches!(clause.role, ClauseRole::Complement | ClauseRole::Nominal);
        if clause.predicate.progressive || (hands_on && parent.is_some_and(begins)) {
            return Aspect::Ongoing;
        }
        let tense = clause.predicate.tense;
        let planned = matches!(
            factuality,
            Factuality::Planned
                | Factuality::Conditional
                | Factuality::Prediction
                | Factuality::Hypothetical
        );
        let item = telling.told[at].kind == BlockKind::ListItem && tense != Tense::Past;
        let bare = clause.role == ClauseRole::Main && tense == Tense::None;
        let governed_future = clause.role == ClauseRole::Nominal
            && parent.is_some_and(|parent| parent.tense == Tense::Future);
        let open = planned && clause.role != ClauseRole::Relative && tense != Tense::Past;
        if tense == Tense::Future || item || bare || governed_future || open {
            return Aspect::Prospective;
        }
        Aspect::Completed
    }

    /// Who did it: the doer; for a noun of action the one held responsible, or whose act the clause says it is.
    fn actors(&self, scene: &Scene<'_>, at: usize) -> Vec<Who> {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let responsible = || {
            let parent = clause
                .parent
                .map(|parent| &clauses[parent])
                .filter(|_| clause.role == ClauseRole::Nominal)?;
            let held = parent.predicate.lemma == "be"
                && parent
                    .attribute
                    .and_then(|word| scene.token(word))
                    .is_some_and(|token| token.lemma == "responsible");
            parent.subject.as_ref().filter(|_| held)
        };
        let doer = clause.doer().or_else(responsible);
        // "a meeting between officers and elders": those who meet.
        let met = clause.obliques.iter().filter(|oblique| {
            clause.predicate.lemma == "meet"
                && matches!(oblique.case.as_str(), "between" | "of" | "with")
        });
        doer.into_iter()
            .chain(met.map(|oblique| &oblique.phrase))
            .flat_map(Phrase::each)
            .filter(|phrase| self.names.is_actor(scene, phrase) && !is_pronoun(scene, phrase))
            .map(|phrase| self.names.who(scene, phrase))
            .collect()
    }

    /// To whom: the one it is done to, or "on", "against" whom.
    fn targets(&self, scene: &Scene<'_>, clause: &Clause) -> Vec<Who> {
        let against = |case: &str| matches!(case, "on" | "against" | "at" | "with");
        let direct = clause.undergoer();
        let obliques = clause
            .obliques
            .iter()
            .filter(|oblique| against(&oblique.case))
            .map(|oblique| &oblique.phrase);
        let on_object = direct
            .into_iter()
            .flat_map(|phrase| phrase.modifiers.iter())
            .filter(|modifier| against(&modifier.case))
            .map(|modifier| &modifier.phrase);
        direct
            .into_iter()
            .chain(obliques)
            .chain(on_object)
            .flat_map(Phrase::each)
            .filter(|phrase| self.names.is_actor(scene, phrase) && !is_pronoun(scene, phrase))
            .map(|phrase| self.names.who(scene, phrase))
            .collect()
    }

    /// "violating the agreement": the act told beside it is the breach; without one the allegation itself is the event.
    fn breaches(&self, telling: &Telling<'_>, deals: &[Deal], at: usize, events: &mut Vec<Event>) {
        for (deal, sighting) in deals
            .iter()
            .enumerate()
            .flat_map(|(deal, known)| known.sightings.iter().map(move |sighting| (deal, sighting)))
        {
            let broken = sighting
                .uses
                .iter()
                .find_map(|use_| if let Use::Broken(clause) = use_ { Some(*clause) } else { None });
            let Some(clause) = broken else { continue };
            if sighting.told != at {
                continue;
            }
            let scene = &telling.told[at].scene;
            let clauses = &scene.sentence.clauses;
            let mut above = clauses[clause].parent;
            let mut spans = vec![];
            while let Some(parent) = above {
                spans.push(clauses[parent].predicate.span);
                above = clauses[parent].parent.filter(|next| *next != parent);
                if spans.len() > clauses.len() {
                    break;
                }
            }
            let participle = clauses[clause].predicate.form == VerbForm::Gerund;
            let is_act = |event: &Event| {
                participle
                    && event.kind != EventKind::ViolationAlleged
                    && spans.iter().any(|span| event.span.contains(*span))
            };
            // The innermost act around the words of the breach.
            let act = events
                .iter_mut()
                .filter(|event| is_act(event))
                .min_by_key(|event| event.span.len());
            let agreement = AgreementId(u32::try_from(deal + 1).unwrap_or(u32::MAX));
            match act {
                Some(event) => {
                    event.relation = Relation::Violates;
                    event.agreement = Some(agreement);
                }
                None => {
                    let mut event =
                        self.event(telling, at, clause, EventKind::ViolationAlleged, events.len());
                    event.targets = Vec::new();
                    event.relation = Relation::Violates;
                    event.agreement = Some(agreement);
                    events.push(event);
                }
            }
        }
    }

    /// What an event is to the report's own deal.
    fn relate(
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
        if leads_to(telling, deal, at, event) {
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

fn is_pronoun(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    scene.token(phrase.head).is_some_and(|token| token.upos == Upos::Pron)
}

fn happened(scene: &Scene<'_>, clause: &Clause) -> Option<UncertainDate> {
    let own = |span: sulh_model::span::Span| {
        scene.clause_around(span).is_none_or(|around| {
            scene.sentence.clauses[around].predicate.word == clause.predicate.word
                || clause.role == ClauseRole::Nominal && clause.span.contains(span)
        })
    };
    scene
        .times_in(clause.span)
        .find(|time| {
            matches!(time.anchor, Anchor::At)
                && time.date.span.is_some_and(|span| own(span) && !names_a_deal(scene, span))
        })
        .map(|time| time.date.clone())
}

/// "reached after a meeting between": what the making clause says came before it.
fn leads_to(_telling: &Telling<'_>, deal: &Deal, at: usize, event: &Event) -> bool {
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
