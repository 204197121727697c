//! Takes what a page says, gives the events it tells and what they are to its agreements.
//! Invariant: the one who reports is no actor; a breach needs the word; what was before the deal carries
//! nothing of it out.

mod aspects;
mod performance;
mod relations;

use performance::Promised;

use crate::Reader;
use crate::agreements::{Deal, Use, refer};
use crate::dates::Anchor;
use crate::scene::Scene;
use crate::told::{Telling, names_a_deal};
use sulh_model::actor::Who;
use sulh_model::agreement::{Agreement, AgreementId};
use sulh_model::event::{Event, EventId, Relation};
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
        let promised = Promised { deals, agreements, terms };
        let mut events: Vec<Event> = Vec::new();
        for at in 0..telling.told.len() {
            let told = &telling.told[at];
            if !told.voice.is_report() || told.kind == BlockKind::Headline {
                continue;
            }
            for (clause, kind) in self.event_clauses(telling, at, terms) {
                let event = self.event(telling, at, clause, kind, events.len());
                events.extend(self.not_kept(telling, promised, at, clause, event));
            }
            self.by_its_promise(telling, promised, at, &mut events);
            self.breaches(telling, deals, at, &mut events);
        }
        self.deny_again(telling, &mut events);
        for event in &mut events {
            self.relate(telling, promised, event);
        }
        self.taken_back(telling, promised, &mut events);
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
            if promised
                || !self.may_tell(telling, at, index)
                || scene.is_name(clause)
                || !self.tells(scene, index, &found)
            {
                continue;
            }
            let kind = self
                .event_frames
                .classify(scene, clause)
                .and_then(|fit| EventKind::from_code(&fit.file.kind))
                // "the deal reached in May": words that name a deal tell no further signing.
                .filter(|kind| {
                    !(*kind == EventKind::Signing && clause.role == ClauseRole::Relative)
                });
            found.extend(kind.map(|kind| (index, kind)));
        }
        found
    }

    /// Whether a clause says something by itself: no word of saying, and denied only where that is what is said.
    fn may_tell(&self, telling: &Telling<'_>, at: usize, index: usize) -> bool {
        let scene = &telling.told[at].scene;
        let is_cue = scene.sentence.reports.iter().any(|report| report.clause == Some(index));
        // "fighters who did not surrender": the statement is not about their not surrendering.
        let leads = telling.told[at].units.iter().any(|(unit, _)| unit.clauses.contains(&index));
        let denied_aside = scene.sentence.clauses[index].predicate.negation.is_some() && !leads;
        !is_cue && !denied_aside
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
            aspect: self.aspect(telling, at, index, kind, statement.factuality),
            actors: self.actors(scene, index),
            targets: self.targets(scene, clause, kind),
            place: scene.place_of(clause).cloned(),
            happened: happened(scene, clause)
                .or_else(|| statement.happened.clone().filter(|_| leading)),
            agreement: None,
            relation: Relation::None,
            term: None,
            element: None,
            reverses: self.event_frames.classify(scene, clause).and_then(|fit| fit.act),
            quantity: self.quantities.of(scene, clause),
            span: clause.span,
            statement: statement.id,
        }
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
    fn targets(&self, scene: &Scene<'_>, clause: &Clause, kind: EventKind) -> Vec<Who> {
        // "clashed with the army"; but those with whom one enters a town are no targets.
        let fights = matches!(kind, EventKind::Clash | EventKind::Attack);
        let against =
            |case: &str| matches!(case, "on" | "against" | "at") || (fights && case == "with");
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
