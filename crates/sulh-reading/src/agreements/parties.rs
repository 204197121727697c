//! Takes the clauses that make an agreement, gives who takes part in it and as what.
//! Invariant: the one who only reports is no party; a community is never one beside its own notables.

use super::gather::{Deal, Sighting};
use super::uses::Use;
use crate::Reader;
use crate::scene::Scene;
use crate::told::{Telling, Told};
use sulh_model::actor::{ActorKind, Who};
use sulh_model::agreement::{Assent, Party, PartyRole};
use sulh_model::statement::Factuality;
use sulh_syntax::{Clause, ClauseRole, Phrase};

impl Reader {
    /// The parties of a deal.
    pub(crate) fn parties(&self, telling: &Telling<'_>, deal: &Deal) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for sighting in &deal.sightings {
            let told = &telling.told[sighting.told];
            if !told.voice.is_report() && deal.reported {
                continue;
            }
            self.parties_of(telling, told, sighting, &mut parties);
        }
        merge_leaders(&mut parties);
        parties
    }

    fn parties_of(
        &self,
        telling: &Telling<'_>,
        told: &Told<'_>,
        sighting: &Sighting,
        parties: &mut Vec<Party>,
    ) {
        let scene = &told.scene;
        let clauses = &scene.sentence.clauses;
        let statement =
            &telling.statements[telling.statement_of(sighting.told, sighting.mention.span)];
        for (phrase, role, assent) in self.takers(scene, sighting) {
            let signed =
                assent == Some(Assent::Signed) && statement.factuality != Factuality::Asserted;
            for part in phrase.each().filter(|part| self.names.is_actor(scene, part)) {
                let who = self.names.who(scene, part);
                // Missions and courts announce deals of others; they are bound by none.
                if who.kind == Some(ActorKind::Organisation) && role == PartyRole::Party {
                    continue;
                }
                let speaks = statement
                    .named_holder()
                    .is_some_and(|holder| holder.name.contains(who.name.as_str()));
                let assent = match assent {
                    Some(Assent::ReportedByOther) if speaks => Some(Assent::Announced),
                    Some(Assent::Signed) if signed => Some(Assent::ReportedByOther),
                    other => other,
                };
                push(parties, Party { who, role, assent });
            }
        }
        let leaves = sighting.uses.iter().find_map(|use_| match use_ {
            Use::Refused(at) if clauses[*at].predicate.negation.is_none() => {
                Some((*at, Assent::Rejects))
            }
            Use::Left(at) => Some((*at, Assent::Withdrew)),
            _ => None,
        });
        let refuses = |at: usize| self.deals.refused.verbs.contains(&clauses[at].predicate.lemma);
        if let Some((at, assent)) = leaves
            && (assent == Assent::Withdrew || refuses(at))
            && let Some(doer) = clauses[at].doer()
        {
            for part in doer.each().filter(|part| self.names.is_actor(scene, part)) {
                push(
                    parties,
                    Party {
                        who: self.names.who(scene, part),
                        role: PartyRole::Party,
                        assent: Some(assent),
                    },
                );
            }
        }
        self.add_mediators(scene, sighting, parties);
    }

    /// The phrases of a sentence that say who takes part in a deal, as what, and with what assent.
    fn takers<'s>(
        &self,
        scene: &'s Scene<'_>,
        sighting: &Sighting,
    ) -> Vec<(&'s Phrase, PartyRole, Option<Assent>)> {
        let clauses = &scene.sentence.clauses;
        let mut found = Vec::new();
        if let Some(clause) = sighting.made_by().map(|at| &clauses[at]) {
            let mediates = self.deals.role.mediator.contains(&clause.predicate.lemma);
            let assent = if clause.predicate.lemma == "sign" {
                Assent::Signed
            } else {
                Assent::ReportedByOther
            };
            let (role, own) = if mediates {
                (PartyRole::Mediator, None)
            } else {
                (PartyRole::Party, Some(assent))
            };
            found.extend(clause.doer().map(|doer| (doer, role, own)));
            found.extend(
                with_whom(clause)
                    .into_iter()
                    .map(|phrase| (phrase, PartyRole::Party, Some(assent))),
            );
            let meetings = clauses.iter().filter(|other| {
                other.role == ClauseRole::Nominal
                    && other.predicate.lemma == "meet"
                    && clause.span.contains(other.span)
            });
            found.extend(
                meetings.flat_map(with_whom).map(|phrase| (phrase, PartyRole::Party, Some(assent))),
            );
        }
        let beside = between(scene, sighting.mention.head).into_iter();
        found
            .extend(beside.map(|phrase| (phrase, PartyRole::Party, Some(Assent::ReportedByOther))));
        found
    }

    /// "a deal brokered by tribal mediators", "under the auspices of the mission", "the Qatari-mediated truce".
    fn add_mediators(&self, scene: &Scene<'_>, sighting: &Sighting, parties: &mut Vec<Party>) {
        let head = sighting.mention.head;
        for clause in &scene.sentence.clauses {
            let about = clause
                .undergoer()
                .is_some_and(|phrase| phrase.words.0 <= head && head <= phrase.words.1);
            let verb = &clause.predicate.lemma;
            let role = match () {
                () if self.deals.role.guarantor.contains(verb) => Some(PartyRole::Guarantor),
                () if self.deals.role.mediator.contains(verb) => Some(PartyRole::Mediator),
                () => None,
            };
            if let (true, Some(role), Some(doer)) =
                (about && clause.predicate.passive, role, clause.doer())
            {
                for part in doer.each() {
                    push(parties, Party { who: self.names.who(scene, part), role, assent: None });
                }
            }
            for oblique in clause
                .obliques
                .iter()
                .filter(|oblique| self.is_mediation(scene, &oblique.case, &oblique.phrase))
            {
                let phrase = oblique.phrase.modifier("of").unwrap_or(&oblique.phrase);
                push(
                    parties,
                    Party {
                        who: self.names.who(scene, phrase),
                        role: PartyRole::Mediator,
                        assent: None,
                    },
                );
            }
        }
        if let Some(span) = sighting.mention.mediator {
            let who = Who {
                name: scene.of(span).to_owned(),
                register_id: None,
                kind: None,
                side: None,
                span,
            };
            push(parties, Party { who, role: PartyRole::Mediator, assent: None });
        }
    }

    fn is_mediation(&self, scene: &Scene<'_>, case: &str, phrase: &Phrase) -> bool {
        let head =
            scene.token(phrase.head).map_or(String::new(), |token| token.lemma.to_lowercase());
        let noun = self.deals.role.mediation.contains(&head)
            && matches!(case, "with" | "under" | "through" | "by" | "after" | "via");
        case == "under the auspices of" || noun
    }
}

/// "with the militia", "between the two tribes": the phrases of a clause that say with whom.
fn with_whom(clause: &Clause) -> Vec<&Phrase> {
    clause
        .obliques
        .iter()
        .filter(|oblique| matches!(oblique.case.as_str(), "with" | "between" | "by"))
        .map(|oblique| &oblique.phrase)
        .chain(clause.object.iter().filter(|_| clause.role == ClauseRole::Nominal))
        .chain(clause.subject.iter().filter(|_| clause.role == ClauseRole::Nominal))
        .collect()
}

/// "an agreement between A and B", "a deal with C": what hangs on the noun itself.
fn between<'a>(scene: &'a Scene<'_>, head: usize) -> Vec<&'a Phrase> {
    fn search<'a>(phrase: &'a Phrase, head: usize, found: &mut Vec<&'a Phrase>) {
        for part in phrase.each() {
            for modifier in &part.modifiers {
                if part.words.0 <= head
                    && head <= part.words.1
                    && matches!(modifier.case.as_str(), "between" | "with" | "among")
                {
                    found.push(&modifier.phrase);
                }
                search(&modifier.phrase, head, found);
            }
        }
    }
    let mut found = Vec::new();
    for clause in scene.sentence.clauses.iter().filter(|clause| clause.role != ClauseRole::Nominal)
    {
        let phrases = clause
            .subject
            .iter()
            .chain(&clause.object)
            .chain(clause.obliques.iter().map(|oblique| &oblique.phrase));
        for phrase in phrases {
            search(phrase, head, &mut found);
        }
    }
    found
}

/// Adds a party unless it is there: by its entry in the register, or by its words.
fn push(parties: &mut Vec<Party>, party: Party) {
    let same = |other: &Party| {
        let by_id =
            other.who.register_id.is_some() && other.who.register_id == party.who.register_id;
        let by_name = other.who.name.eq_ignore_ascii_case(&party.who.name);
        (by_id || by_name || contains_words(&other.who.name, &party.who.name))
            && (other.role == party.role || party.role == PartyRole::Party)
    };
    match parties.iter_mut().find(|other| same(other)) {
        Some(known) => known.assent = stronger(known.assent, party.assent),
        None => parties.push(party),
    }
}

/// "army" is the "Syrian army" already named.
fn contains_words(known: &str, words: &str) -> bool {
    let known = known.to_lowercase();
    let words = words.to_lowercase();
    known.ends_with(&format!(" {words}"))
}

const fn stronger(one: Option<Assent>, other: Option<Assent>) -> Option<Assent> {
    match (one, other) {
        (Some(Assent::ReportedByOther) | None, Some(_)) => other,
        _ => one,
    }
}

/// Where notables and the people they speak for are both named, the notables are the party: a community is
/// bound by nothing it did not sign.
fn merge_leaders(parties: &mut Vec<Party>) {
    let leads = |party: &Party| {
        party.role == PartyRole::Party && party.who.kind == Some(ActorKind::LocalLeaders)
    };
    if !parties.iter().any(leads) {
        return;
    }
    parties.retain(|party| {
        let crowd = matches!(party.who.kind, Some(ActorKind::Community | ActorKind::Civilians));
        !(crowd && party.role == PartyRole::Party)
    });
}
