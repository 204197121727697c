//! Takes what a page says, gives the events it tells and what they are to its agreements.
//! Invariant: the one who reports is no actor; a breach needs the word; what was before the deal carries
//! nothing of it out.

mod relations;

use crate::Reader;
use crate::agreements::{Deal, Use, refer};
use crate::dates::Anchor;
use crate::governors::Telling as Governed;
use crate::scene::Scene;
use crate::told::{Telling, names_a_deal};
use sulh_model::actor::Who;
use sulh_model::agreement::{Agreement, AgreementId};
use sulh_model::event::{Aspect, Event, EventId, Relation};
use sulh_model::page::BlockKind;
use sulh_model::statement::{Factuality, RoleSpan, SpanRole, Target};
use sulh_model::term::Term;
use sulh_model::time::UncertainDate;
use sulh_model::vocabulary::EventKind;
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
