//! Takes a clause and the words of saying around it, gives how sure the page is of it.
//! Invariant: a doubt once met is never softened; of several the most cautious stands.

use crate::actors::ActorNames;
use crate::rules::{RulesError, rule};
use crate::scene::Scene;
use serde::Deserialize;
use std::collections::BTreeSet;
use sulh_model::span::Span;
use sulh_model::statement::{Factuality, Polarity};
use sulh_syntax::{Clause, ClauseRole, Tense};

/// What the program knows of doubt.
#[derive(Debug)]
pub(crate) struct Doubt {
    cues: Cues,
    hedges: Hedges,
}

#[derive(Debug, Deserialize)]
struct Cues {
    claimed: BTreeSet<String>,
    denied: BTreeSet<String>,
    planned: BTreeSet<String>,
    predicted: BTreeSet<String>,
    opinion: BTreeSet<String>,
    demanded: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
struct Hedges {
    back: Vec<String>,
    own: Vec<String>,
    pointers: Vec<String>,
}

/// How sure a stretch is, and the words that make it unsure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sureness {
    pub factuality: Factuality,
    pub polarity: Polarity,
    pub hedge: Option<Span>,
}

impl Doubt {
    /// The rules that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        Ok(Self { cues: rule("factuality/cues.toml")?, hedges: rule("factuality/hedges.toml")? })
    }

    /// How sure the page is of a clause; without a clause, of a stretch.
    pub fn of(
        &self,
        scene: &Scene<'_>,
        clause: Option<usize>,
        stretch: Span,
        names: &ActorNames,
    ) -> Sureness {
        let act = clause.map_or(Factuality::Asserted, |at| self.of_act(scene, at, names));
        let (said, cue) = self.of_saying(scene, stretch);
        let own = self.own_hedge(scene);
        let mut factuality = most_cautious(act, said);
        if own.is_some() {
            factuality = most_cautious(factuality, Factuality::Unconfirmed);
        }
        let negated = clause.is_some_and(|at| {
            let predicate = &scene.sentence.clauses[at].predicate;
            predicate.negation.is_some() || predicate.modal.as_deref() == Some("yet to")
        });
        Sureness {
            factuality,
            polarity: if negated { Polarity::Negative } else { Polarity::Positive },
            hedge: own.or(cue),
        }
    }

    /// How sure the words of saying around a stretch leave it, whatever the act's own form.
    pub fn of_saying(&self, scene: &Scene<'_>, stretch: Span) -> (Factuality, Option<Span>) {
        let around = scene
            .sentence
            .reports
            .iter()
            .filter(|report| report.content.iter().any(|content| content.contains(stretch)));
        let mut said = Factuality::Asserted;
        let mut hedge = None;
        for report in around {
            let one = self.of_cue(&report.cue_lemma, report.cue_negated);
            if most_cautious(said, one) != said {
                said = one;
                hedge = Some(report.cue);
            }
        }
        (said, hedge.filter(|_| !matches!(said, Factuality::Asserted)))
    }

    fn of_cue(&self, lemma: &str, negated: bool) -> Factuality {
        let cues = &self.cues;
        if cues.denied.contains(lemma) {
            // "did not deny" is no denial, and no assertion either.
            return if negated { Factuality::Claimed } else { Factuality::Denied };
        }
        if negated {
            return Factuality::Unconfirmed;
        }
        if cues.planned.contains(lemma) || cues.demanded.contains(lemma) {
            return Factuality::Planned;
        }
        if cues.predicted.contains(lemma) {
            return Factuality::Prediction;
        }
        if cues.opinion.contains(lemma) {
            return Factuality::Opinion;
        }
        if cues.claimed.contains(lemma) { Factuality::Claimed } else { Factuality::Asserted }
    }

    /// How sure the form of the act itself is.
    fn of_act(&self, scene: &Scene<'_>, at: usize, names: &ActorNames) -> Factuality {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let conditions = clauses.iter().any(|other| {
            matches!(
                other.mark.as_deref(),
                Some(
                    "if" | "unless"
                        | "provided that"
                        | "on condition that"
                        | "in case"
                        | "providing that"
                        | "in the event that"
                        | "on the condition that"
                        | "only if"
                )
            ) && other.role == ClauseRole::Adverbial
                && (other.parent == Some(at) || std::ptr::eq(other, clause))
        });
        if conditions {
            return Factuality::Conditional;
        }
        // "It is unclear whether ...": nothing is said to be so.
        if clauses
            .iter()
            .any(|other| other.parent == Some(at) && other.mark.as_deref() == Some("whether"))
        {
            return Factuality::Hypothetical;
        }
        if scene.of(scene.sentence.span).ends_with('?') {
            return Factuality::Hypothetical;
        }
        let doer = clause.doer().or(clause.undergoer());
        let by_actor = doer.is_some_and(|phrase| names.is_actor(scene, phrase));
        match (clause.predicate.tense, clause.predicate.modal.as_deref()) {
            (_, Some("may" | "might" | "could" | "can")) => Factuality::Prediction,
            (_, Some("should" | "must")) => Factuality::Opinion,
            (_, Some("would")) => Factuality::Planned,
            // "Has yet to leave" tells that it has not left.
            (Tense::Future, Some("yet to")) => Factuality::Asserted,
            (Tense::Future, _) if by_actor || clause.predicate.passive => Factuality::Planned,
            (Tense::Future, _) => Factuality::Prediction,
            (Tense::None, _) if self.is_wanted(clauses, clause) => Factuality::Planned,
            _ => Factuality::Asserted,
        }
    }

    /// "agreed to leave", "wants to leave": what is only meant.
    fn is_wanted(&self, clauses: &[Clause], clause: &Clause) -> bool {
        let infinitive = clause.role == ClauseRole::Complement;
        let begun = clause.parent.is_some_and(|parent| {
            matches!(
                clauses[parent].predicate.lemma.as_str(),
                "begin" | "start" | "continue" | "resume" | "manage" | "help" | "finish"
            )
        });
        infinitive && !begun
    }

    /// Words of doubt in the sentence itself.
    fn own_hedge(&self, scene: &Scene<'_>) -> Option<Span> {
        find_words(scene, &self.hedges.own)
    }

    /// Whether words only point back at something said: "this", "the accusation".
    pub fn points_back(&self, words: &str) -> bool {
        let words = words.trim().to_lowercase();
        self.hedges.pointers.contains(&words)
    }

    /// Words of doubt in a stretch that point back at what was said before it.
    pub fn back_hedge(&self, scene: &Scene<'_>, stretch: Span) -> Option<Span> {
        let hedge =
            find_words(scene, &self.hedges.back).filter(|hedge| stretch.contains(*hedge))?;
        let words = scene.of(stretch).to_lowercase();
        let opening = words
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .trim_start_matches("however")
            .trim_start_matches("but")
            .trim_start_matches("so far")
            .trim_start_matches("meanwhile")
            .trim_start_matches(|c: char| !c.is_alphanumeric());
        let points = self.hedges.pointers.iter().any(|pointer| {
            opening
                .strip_prefix(pointer.as_str())
                .is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
        });
        // "could not verify the report": the pointer may also be what is doubted.
        let doubted = [
            "the report",
            "the claim",
            "these claims",
            "this claim",
            "the account",
            "the information",
        ];
        (points || doubted.iter().any(|object| words.contains(object))).then_some(hedge)
    }
}

fn find_words(scene: &Scene<'_>, known: &[String]) -> Option<Span> {
    let sentence = scene.sentence.span;
    let words = scene.of(sentence);
    // Lower-casing ASCII only keeps every byte where it was.
    let lower = words.to_ascii_lowercase();
    known.iter().find_map(|hedge| {
        let at = lower.find(hedge.as_str())?;
        let start = sentence.start() + at;
        Some(Span::new(start, start + hedge.len()))
    })
}

/// Of two degrees the one that lets less through.
pub(crate) fn most_cautious(one: Factuality, other: Factuality) -> Factuality {
    const fn rank(factuality: Factuality) -> u8 {
        match factuality {
            Factuality::Asserted => 0,
            Factuality::Claimed => 1,
            Factuality::Unconfirmed => 2,
            Factuality::Prediction => 3,
            Factuality::Opinion => 4,
            Factuality::Planned => 5,
            Factuality::Hypothetical => 6,
            Factuality::Conditional => 7,
            Factuality::Denied => 8,
        }
    }
    if rank(other) > rank(one) { other } else { one }
}
