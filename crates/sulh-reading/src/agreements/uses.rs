//! Takes a mention of an agreement and the clauses around it, gives what the sentence does with it.
//! Invariant: only a clause that makes, names or ends the agreement in so many words counts as doing so.

use super::mentions::{Mention, Which};
use super::words::DealWords;
use crate::scene::Scene;
use sulh_model::agreement::Stage;
use sulh_syntax::{Clause, ClauseRole, Phrase, Tense};

/// What a sentence does with an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// It is reached, signed, announced: by this clause.
    Made(usize),
    /// It is wanted, offered, talked about.
    Wanted { talks: bool },
    /// It is refused, or said not to be.
    Refused(usize),
    /// It reaches a stage as a whole.
    Reaches(usize, Stage),
    /// It is broken.
    Broken(usize),
    /// A party leaves it.
    Left(usize),
    /// It holds something.
    Stipulates(usize),
    /// Something is done or to be done under it.
    Under(usize),
    /// It is named and nothing more.
    Named,
}

/// Where a mention stands in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Subject,
    Object,
    Oblique(String),
    /// Hangs on a noun: "talks on a truce", by its preposition and the noun.
    OnNoun(usize),
}

/// All the sentence does with a mention, the most telling first.
pub(crate) fn uses_of(scene: &Scene<'_>, words: &DealWords, mention: &Mention) -> Vec<Use> {
    let clauses = &scene.sentence.clauses;
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let Some(place) = place_in(scene, clause, mention.head) else { continue };
        let one = use_in(scene, words, at, &place, mention);
        found.push(match one {
            Use::Made(at) => settled(scene, words, at, mention),
            Use::Broken(at) if is_supposed(&clauses[at]) => Use::Named,
            Use::Reaches(at, _) if is_not_so(&clauses[at]) => Use::Named,
            other => other,
        });
    }
    found.push(Use::Named);
    // "The deal, brokered by elders, was signed on Saturday": the sentence tells the signing.
    let describes =
        |use_: &Use| matches!(use_, Use::Made(at) if clauses[*at].role == ClauseRole::Relative);
    found.sort_by_key(|use_| (std::cmp::Reverse(rank(*use_)), describes(use_)));
    found
}

/// "unless the truce is broken": a breach that is only imagined.
fn is_supposed(clause: &Clause) -> bool {
    let supposed =
        matches!(clause.mark.as_deref(), Some("if" | "unless" | "in case" | "until" | "whether"));
    supposed || clause.predicate.tense == Tense::Future || clause.predicate.negation.is_some()
}

/// "expired without being extended", "has not collapsed"
fn is_not_so(clause: &Clause) -> bool {
    clause.predicate.negation.is_some()
        || matches!(clause.mark.as_deref(), Some("without" | "if" | "unless" | "whether"))
        || clause.predicate.modal.as_deref() == Some("yet to")
}

const fn rank(found: Use) -> u8 {
    match found {
        Use::Named => 0,
        Use::Under(_) => 1,
        Use::Wanted { .. } => 2,
        Use::Stipulates(_) => 3,
        Use::Reaches(..) => 4,
        Use::Made(_) => 5,
        Use::Refused(_) => 6,
        Use::Left(_) => 7,
        Use::Broken(_) => 8,
    }
}

/// A making that is denied, negated or still to come is none.
fn settled(scene: &Scene<'_>, words: &DealWords, at: usize, mention: &Mention) -> Use {
    let clause = &scene.sentence.clauses[at];
    let denied = scene.sentence.reports.iter().any(|report| {
        words.refused.verbs.contains(&report.cue_lemma)
            && report.content.iter().any(|content| content.contains(clause.predicate.span))
    });
    // "could not accept the truce yet": of a deal that is known, refusing it says nothing about its making.
    let negated = clause.predicate.negation.is_some();
    if negated && mention.which == Which::Known && !denied {
        return Use::Wanted { talks: false };
    }
    if denied || negated || mention.which == Which::None {
        return Use::Refused(at);
    }
    let to_come = clause.predicate.tense == Tense::Future
        || (clause.role == ClauseRole::Complement && clause.predicate.tense == Tense::None)
        || mention.which == Which::Any
        || matches!(clause.mark.as_deref(), Some("if" | "unless" | "until"));
    if to_come { Use::Wanted { talks: false } } else { Use::Made(at) }
}

fn use_in(
    scene: &Scene<'_>,
    words: &DealWords,
    at: usize,
    place: &Place,
    mention: &Mention,
) -> Use {
    let clause = &scene.sentence.clauses[at];
    let verbs = verb_phrases(scene, clause);
    let any =
        |known: &std::collections::BTreeSet<String>| verbs.iter().any(|verb| known.contains(verb));
    // "shelled the town in breach of the truce"
    if let Place::Oblique(case) = place
        && breaks(case)
        && clause.role != ClauseRole::Nominal
    {
        return Use::Broken(at);
    }
    let undergoes = match place {
        Place::Object => !clause.predicate.passive,
        Place::Subject => clause.predicate.passive,
        Place::Oblique(case) => {
            clause.role != ClauseRole::Nominal
                && words.made.verbs.contains(&format!("{} {case}", clause.predicate.lemma))
        }
        Place::OnNoun(_) => false,
    };
    if let Place::OnNoun(noun) = place {
        return on_noun(scene, words, *noun);
    }
    if undergoes && any(&words.broken.verbs) {
        return Use::Broken(at);
    }
    // "fighters who reject the truce" are not a party that rejects it.
    if undergoes && any(&words.refused.verbs) && clause.role != ClauseRole::Relative {
        return Use::Refused(at);
    }
    let verb_stage = verbs.iter().find_map(|verb| words.stage_after(verb));
    if undergoes
        && words.made.verbs.iter().any(|known| verbs.contains(known))
        && !matches!(verb_stage, Some(Stage::InForce))
        && !(verb_stage == Some(Stage::Extended) && mention.which == Which::Known)
    {
        return Use::Made(at);
    }
    if undergoes && any(&words.wanted.verbs) {
        return Use::Wanted { talks: clause.predicate.lemma == "discuss" };
    }
    let subject = *place == Place::Subject && !clause.predicate.passive;
    // "The deal ended the siege", "the final deal completes the initial one": not the end of a deal.
    let on_another = clause.object.is_some()
        && !verbs.iter().any(|verb| verb.contains(' ') && words.stage_after(verb).is_some());
    let by_deal = undergoes && clause.doer().is_some_and(|doer| is_deal(scene, words, doer));
    let verb_stage = verb_stage.filter(|_| !(by_deal || subject && on_another));
    if let Some(stage) = verb_stage.filter(|_| subject || undergoes) {
        return Use::Reaches(at, stage);
    }
    if subject && any(&words.stipulates.verbs) && clause.role != ClauseRole::Nominal {
        return Use::Stipulates(at);
    }
    match place {
        Place::Oblique(case)
            if matches!(case.as_str(), "from")
                && matches!(clause.predicate.lemma.as_str(), "withdraw" | "pull out" | "leave") =>
        {
            Use::Left(at)
        }
        Place::Oblique(case) if bound_by(case) && clause.role != ClauseRole::Nominal => {
            Use::Under(at)
        }
        Place::Oblique(case)
            if matches!(case.as_str(), "for" | "on") && any(&words.wanted.verbs) =>
        {
            Use::Wanted { talks: false }
        }
        Place::Oblique(_) if clause.role == ClauseRole::Nominal => {
            nominal_use(scene, words, clause, mention)
        }
        _ => Use::Named,
    }
}

fn is_deal(scene: &Scene<'_>, words: &DealWords, phrase: &Phrase) -> bool {
    scene.token(phrase.head).is_some_and(|token| words.nouns.contains(&token.lemma.to_lowercase()))
}

fn breaks(case: &str) -> bool {
    matches!(case, "in breach of" | "in violation of" | "in contravention of")
}

/// "in breach of the truce": said of what the clause tells.
pub(crate) fn breaks_by_preposition(clause: &Clause) -> bool {
    clause.obliques.iter().any(|oblique| breaks(&oblique.case))
}

/// Prepositions that bind what a clause says to a deal.
pub(crate) fn bound_by(case: &str) -> bool {
    matches!(
        case,
        "under"
            | "according to"
            | "in accordance with"
            | "as part of"
            | "in line with"
            | "per"
            | "pursuant to"
            | "in implementation of"
            | "in compliance with"
            | "in keeping with"
            | "within the framework of"
    )
}

/// The phrases a clause is bound to, by itself or through a noun of it: "lifted the siege under the deal".
pub(crate) fn bound_phrases(clause: &Clause) -> Vec<&Phrase> {
    fn below<'p>(phrase: &'p Phrase, found: &mut Vec<&'p Phrase>) {
        for modifier in phrase.each().flat_map(|part| &part.modifiers) {
            if bound_by(&modifier.case) {
                found.push(&modifier.phrase);
            }
            below(&modifier.phrase, found);
        }
    }
    let mut found = Vec::new();
    for oblique in &clause.obliques {
        if bound_by(&oblique.case) {
            found.push(&oblique.phrase);
        }
        below(&oblique.phrase, &mut found);
    }
    for phrase in clause.subject.iter().chain(&clause.object) {
        below(phrase, &mut found);
    }
    found
}

fn nominal_use(scene: &Scene<'_>, words: &DealWords, clause: &Clause, _mention: &Mention) -> Use {
    on_noun(scene, words, clause.predicate.word)
}

/// "talks on a truce", "calls for a ceasefire".
fn on_noun(scene: &Scene<'_>, words: &DealWords, noun: usize) -> Use {
    let lemma = scene.token(noun).map_or(String::new(), |token| token.lemma.to_lowercase());
    if words.wanted.nouns.contains(&lemma) {
        Use::Wanted { talks: lemma.starts_with("talk") || lemma.starts_with("negotiation") }
    } else {
        Use::Named
    }
}

/// A verb by itself and with what completes it: "take effect", "enter into force", "agree on".
pub(crate) fn verb_phrases(scene: &Scene<'_>, clause: &Clause) -> Vec<String> {
    let lemma = &clause.predicate.lemma;
    let head = |phrase: &Phrase| {
        scene.token(phrase.head).map_or(String::new(), |token| token.lemma.to_lowercase())
    };
    let mut phrases = vec![lemma.clone()];
    phrases.extend(clause.object.iter().map(|object| format!("{lemma} {}", head(object))));
    for oblique in &clause.obliques {
        phrases.push(format!("{lemma} {}", oblique.case));
        phrases.push(format!("{lemma} {} {}", oblique.case, head(&oblique.phrase)));
    }
    phrases
}

fn place_in(scene: &Scene<'_>, clause: &Clause, head: usize) -> Option<Place> {
    let within = |part: &Phrase| part.words.0 <= head && head <= part.words.1;
    // "part of the deal" stands where the deal stands.
    let holds =
        |phrase: &Phrase| phrase.each().any(|part| within(part) || within(scene.core(part)));
    if clause.subject.as_ref().is_some_and(holds) {
        return Some(Place::Subject);
    }
    if clause.object.as_ref().is_some_and(holds) {
        return Some(Place::Object);
    }
    if let Some(oblique) = clause.obliques.iter().find(|oblique| holds(&oblique.phrase)) {
        return Some(Place::Oblique(oblique.case.clone()));
    }
    let phrases = clause
        .subject
        .iter()
        .chain(&clause.object)
        .chain(clause.obliques.iter().map(|oblique| &oblique.phrase));
    for phrase in phrases {
        if let Some((noun, case)) = on_noun_of(phrase, head) {
            // "under the terms of the deal" binds like "under the deal".
            let bound = clause
                .obliques
                .iter()
                .find(|oblique| oblique.phrase.words == phrase.words && case == "of");
            return Some(match bound {
                Some(oblique) => Place::Oblique(oblique.case.clone()),
                // "lifted the siege in line with the deal": the noun only stands nearer.
                None if bound_by(&case) => Place::Oblique(case),
                None => Place::OnNoun(noun),
            });
        }
    }
    None
}

/// The noun a mention hangs on, with its preposition.
fn on_noun_of(phrase: &Phrase, head: usize) -> Option<(usize, String)> {
    for part in phrase.each() {
        for modifier in &part.modifiers {
            if modifier.phrase.each().any(|inner| inner.words.0 <= head && head <= inner.words.1) {
                return Some((part.head, modifier.case.clone()));
            }
            if let Some(found) = on_noun_of(&modifier.phrase, head) {
                return Some(found);
            }
        }
    }
    None
}
