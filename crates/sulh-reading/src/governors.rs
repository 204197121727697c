//! Takes a clause and what governs it, gives whether the words tell its act as having happened.
//! Invariant: what is wanted, prevented or left open is never told as done.

use crate::rules::{RulesError, rule};
use crate::scene::Scene;
use serde::Deserialize;
use std::collections::BTreeSet;
use sulh_syntax::{Clause, ClauseRole, Phrase, Tense, VerbForm};

/// Words that decide over what they govern.
#[derive(Debug, Deserialize)]
pub(crate) struct Governors {
    wanted: BTreeSet<String>,
    wanted_nouns: BTreeSet<String>,
    prevented: BTreeSet<String>,
    beginning: BTreeSet<String>,
    halting: BTreeSet<String>,
    resuming: BTreeSet<String>,
    meant: BTreeSet<String>,
    implying: BTreeSet<String>,
    failing: BTreeSet<String>,
    open_marks: BTreeSet<String>,
    happening: BTreeSet<String>,
    past_prepositions: BTreeSet<String>,
}

/// How an act is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// As its own words tell it.
    AsItStands,
    /// As wanted, meant or awaited.
    Wanted,
    /// As kept from happening, or left open.
    NotDone,
}

/// How far words above an act say that it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// "began to leave"
    Begun,
    /// "the evacuation was halted"
    Halted,
    /// "the evacuation resumed"
    Resumed,
}

impl Governors {
    /// The words that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        rule("factuality/governors.toml")
    }

    /// Whether what governs an act says that it began, stopped for a time or went on again.
    pub fn phase(&self, scene: &Scene<'_>, at: usize) -> Option<Phase> {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let hands_on = matches!(clause.role, ClauseRole::Complement | ClauseRole::Nominal);
        let parent = clause.parent.filter(|parent| *parent != at && hands_on)?;
        let governor = &clauses[parent];
        let lemma = &governor.predicate.lemma;
        let told = !matches!(governor.predicate.tense, Tense::Future | Tense::None)
            && governor.predicate.negation.is_none()
            && governor.predicate.modal.is_none();
        let nominal = clause.role == ClauseRole::Nominal;
        if self.resuming.contains(lemma) && governor.predicate.tense != Tense::Future {
            return Some(Phase::Resumed);
        }
        // "stopped the evacuation", "stopped evacuating"; not "stopped them from leaving", nor "the planned entry".
        let itself = match nominal {
            true => [&governor.subject, &governor.object]
                .into_iter()
                .flatten()
                .flat_map(Phrase::each)
                .any(|part| part.head == clause.predicate.word && !self.is_meant(scene, part)),
            false => clause.mark.is_none() && clause.predicate.form == VerbForm::Gerund,
        };
        if told && itself && self.halting.contains(lemma) {
            return Some(Phase::Halted);
        }
        let begins = self.beginning.contains(lemma) && governor.predicate.tense != Tense::Future;
        begins.then_some(Phase::Begun)
    }

    /// Whether the words that tell an act as not done say that it was owed: "failed to leave", "has yet to leave".
    pub fn was_owed(&self, scene: &Scene<'_>, at: usize) -> bool {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let awaited = clause.predicate.modal.as_deref() == Some("yet to");
        awaited || self.failed(clauses, clause)
    }

    fn failed(&self, clauses: &[Clause], clause: &Clause) -> bool {
        let governor = clause.parent.map(|parent| &clauses[parent].predicate);
        clause.role == ClauseRole::Complement
            && governor.is_some_and(|governor| {
                self.failing.contains(&governor.lemma)
                    && governor.tense == Tense::Past
                    && governor.negation.is_none()
            })
    }

    /// Whether an act is told as not done: "has not left", "has yet to leave", "failed to leave", "without leaving".
    pub fn not_done(&self, scene: &Scene<'_>, at: usize) -> bool {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let predicate = &clause.predicate;
        let negated = predicate.negation.is_some() && predicate.tense == Tense::Past;
        let beside = clause.mark.as_deref() == Some("without");
        clause.role != ClauseRole::Nominal && (negated || beside || self.was_owed(scene, at))
    }

    /// "the planned evacuation"
    fn is_meant(&self, scene: &Scene<'_>, phrase: &Phrase) -> bool {
        scene.sentence.phrase_tokens(phrase).iter().any(|token| self.meant.contains(&token.lemma))
    }

    /// How the act of a clause is told, by everything above it.
    pub fn telling(&self, scene: &Scene<'_>, at: usize) -> Telling {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        if clause.mark.as_ref().is_some_and(|mark| self.open_marks.contains(mark)) {
            return Telling::NotDone;
        }
        let governed = match clause.role {
            ClauseRole::Nominal => self.noun(scene, clause),
            // "suspended the talks, accusing ...": only joined to the other act.
            ClauseRole::Adverbial if clause.mark.is_none() => Telling::AsItStands,
            ClauseRole::Complement | ClauseRole::Adverbial => self.verb(clauses, clause),
            ClauseRole::Main | ClauseRole::Relative => Telling::AsItStands,
        };
        match (governed, clause.parent.filter(|parent| *parent != at)) {
            (Telling::AsItStands, Some(parent))
                if clause.role != ClauseRole::Relative && clauses[parent].parent != Some(at) =>
            {
                self.inherited(scene, clause, parent)
            }
            (other, _) => other,
        }
    }

    /// An act inside an act that is not told as done is not told as done either, unless it has a tense of its own.
    fn inherited(&self, scene: &Scene<'_>, clause: &Clause, parent: usize) -> Telling {
        let own_tense = matches!(clause.predicate.tense, Tense::Past | Tense::Present);
        if own_tense { Telling::AsItStands } else { self.telling(scene, parent) }
    }

    fn verb(&self, clauses: &[Clause], clause: &Clause) -> Telling {
        let Some(parent) = clause.parent.map(|parent| &clauses[parent]) else {
            return Telling::AsItStands;
        };
        // "foresees that both sides pull back" tells no pulling back; "said that they are leaving" tells leaving.
        let bare_present =
            clause.predicate.tense == Tense::Present && !clause.predicate.progressive;
        if clause.predicate.tense == Tense::Past
            || (bare_present && clause.mark.is_none())
            || clause.predicate.progressive && clause.predicate.tense == Tense::Present
        {
            return Telling::AsItStands;
        }
        // "signed a deal to reopen the airport", "entered the town to search it": what an act is for is not done by it.
        let aim = clause.role == ClauseRole::Complement
            && clause.predicate.tense == Tense::None
            && clause.predicate.form == VerbForm::Base;
        let lemma = &parent.predicate.lemma;
        let carries_it =
            [&self.implying, &self.beginning, &self.resuming].iter().any(|set| set.contains(lemma));
        match self.by_lemma(parent, clause.mark.as_deref()) {
            Telling::AsItStands if aim && !carries_it => Telling::Wanted,
            other => other,
        }
    }

    fn by_lemma(&self, governor: &Clause, case: Option<&str>) -> Telling {
        let lemma = &governor.predicate.lemma;
        let bound = case.map(|case| format!("{lemma} {case}"));
        let in_set = |set: &BTreeSet<String>| {
            set.contains(lemma) || bound.as_ref().is_some_and(|bound| set.contains(bound))
        };
        if in_set(&self.prevented) {
            return Telling::NotDone;
        }
        if governor.predicate.negation.is_some() {
            return Telling::NotDone;
        }
        if in_set(&self.wanted) { Telling::Wanted } else { Telling::AsItStands }
    }

    /// A noun of action: by the noun it hangs on, the verb it belongs to, or the preposition before it.
    fn noun(&self, scene: &Scene<'_>, clause: &Clause) -> Telling {
        let word = clause.predicate.word;
        let clauses = &scene.sentence.clauses;
        let Some(governor) = clause.parent.map(|parent| &clauses[parent]) else {
            return Telling::Wanted;
        };
        let hangs_on_wanted = hosts(governor, word)
            .into_iter()
            .filter_map(|head| scene.token(head))
            .any(|host| self.wanted_nouns.contains(&host.lemma.to_lowercase()));
        if hangs_on_wanted {
            return Telling::Wanted;
        }
        let case = governor
            .obliques
            .iter()
            .find(|oblique| holds(&oblique.phrase, word))
            .map(|oblique| oblique.case.as_str());
        let by_verb = self.by_lemma(governor, case);
        match case {
            // "after the arrest": told as done whatever the verb is about.
            Some("after" | "following" | "since" | "during" | "amid" | "despite") => {
                Telling::AsItStands
            }
            Some(case)
                if by_verb == Telling::AsItStands && self.past_prepositions.contains(case) =>
            {
                Telling::AsItStands
            }
            Some(_) if by_verb == Telling::AsItStands => Telling::Wanted,
            None if by_verb == Telling::AsItStands
                && !self.happening.contains(&governor.predicate.lemma)
                && governor.role == ClauseRole::Main
                && governor.predicate.tense != Tense::Past =>
            {
                Telling::Wanted
            }
            _ => by_verb,
        }
    }
}

fn holds(phrase: &Phrase, word: usize) -> bool {
    phrase.each().any(|part| {
        (part.words.0 <= word && word <= part.words.1)
            || part.modifiers.iter().any(|modifier| holds(&modifier.phrase, word))
    })
}

/// The nouns a word hangs on inside a clause, outermost first.
fn hosts(clause: &Clause, word: usize) -> Vec<usize> {
    fn above(phrase: &Phrase, word: usize, found: &mut Vec<usize>) {
        for part in phrase.each() {
            if part.modifiers.iter().any(|modifier| holds(&modifier.phrase, word)) {
                found.push(part.head);
                part.modifiers.iter().for_each(|modifier| above(&modifier.phrase, word, found));
            }
        }
    }
    let mut found = Vec::new();
    let phrases = clause
        .subject
        .iter()
        .chain(&clause.object)
        .chain(clause.obliques.iter().map(|oblique| &oblique.phrase));
    phrases.for_each(|phrase| above(phrase, word, &mut found));
    found
}
