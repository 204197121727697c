//! Takes sentences in which parties agree to do something without naming a deal, gives the deals they make.
//! Invariant: only where the report names no deal of its own, and where somebody who can act agrees.

use super::gather::{Deal, Sighting};
use super::mentions::{Mention, Which};
use super::uses::Use;
use crate::Reader;
use crate::told::Telling;
use sulh_syntax::{Clause, ClauseRole, Tense};

/// The deals of a page with those that are made but never named.
pub(crate) fn with_unnamed(
    reader: &Reader,
    telling: &Telling<'_>,
    mut deals: Vec<Deal>,
) -> Vec<Deal> {
    let named = deals.iter().any(|deal| deal.reported && !deal.out_of_scope && !deal.earlier);
    if named {
        return deals;
    }
    for (at, told) in telling.told.iter().enumerate().filter(|(_, told)| told.voice.is_report()) {
        let clauses = &told.scene.sentence.clauses;
        let made = (0..clauses.len()).find(|clause| makes_a_deal(reader, &told.scene, *clause));
        if let Some(clause) = made {
            let predicate = &clauses[clause].predicate;
            let span = clauses
                .iter()
                .filter(|other| {
                    other.parent == Some(clause) && other.role == ClauseRole::Complement
                })
                .map(|other| other.span)
                .fold(predicate.span, sulh_model::span::Span::cover);
            let mention = Mention {
                span,
                head: predicate.word,
                first: predicate.word,
                which: Which::New,
                set_apart: false,
                kind: None,
                stage: None,
                date: None,
                out_of_scope: false,
                singled_out: true,
                mediator: None,
            };
            deals.push(Deal {
                sightings: vec![Sighting {
                    told: at,
                    mention,
                    name: String::new(),
                    made_on: None,
                    words: String::new(),
                    finalises: false,
                    uses: vec![Use::Made(clause)],
                }],
                earlier: false,
                out_of_scope: false,
                reported: true,
            });
            break;
        }
    }
    deals
}

/// "The two sides agreed to exchange prisoners": parties, a word of agreeing, and a promise we know.
fn makes_a_deal(reader: &Reader, scene: &crate::scene::Scene<'_>, at: usize) -> bool {
    let clause: &Clause = &scene.sentence.clauses[at];
    let agrees = clause.predicate.lemma == "agree"
        && clause.predicate.negation.is_none()
        && clause.predicate.tense == Tense::Past;
    let by_actor = clause.doer().is_some_and(|doer| reader.names.is_actor(scene, doer));
    let promise = scene.sentence.clauses.iter().any(|other| {
        other.parent == Some(at)
            && other.role != ClauseRole::Adverbial
            && reader.term_frames.classify(scene, other).is_some()
    });
    agrees && by_actor && promise
}
