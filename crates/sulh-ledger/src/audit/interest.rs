//! R3. Takes a proposition and somebody's word on it, gives what that one has in being believed.
//! Invariant: an interest is never assumed away: a voucher of a side has an unknown one where the sides are unknown.

use super::{
    Case,
    word::{Leaning, Word},
};
use crate::{
    propositions::Proposition,
    rules::{interest::Interest, transition::Transition},
};
use sulh_model::{
    actor::Who,
    agreement::{Agreement, PartyRole, Stage},
    term::Term,
    vocabulary::Gain,
};

/// What a side has in a thing being so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Good,
    Bad,
    Nothing,
    Unknown,
}

/// The interest of a voucher.
pub(super) fn interest(case: Case<'_>, proposition: &Proposition, word: &Word) -> Interest {
    let side = match &word.leaning {
        Leaning::Neither => return Interest::None,
        Leaning::Unknown => return Interest::Unknown,
        Leaning::Side { side, .. } => side.as_str(),
    };
    let effect = match (effect(case, proposition, word, side), word.denies) {
        (Effect::Good, true) => Effect::Bad,
        (Effect::Bad, true) => Effect::Good,
        (effect, _) => effect,
    };
    match effect {
        Effect::Good => Interest::SelfServing,
        // A friendly outlet is not the party.
        Effect::Bad if word.organ => Interest::AgainstInterest,
        Effect::Bad | Effect::Nothing => Interest::None,
        Effect::Unknown => Interest::Unknown,
    }
}

fn effect(case: Case<'_>, proposition: &Proposition, word: &Word, side: &str) -> Effect {
    let agreement = agreement(case, 0);
    let mut parties: Vec<String> = Vec::new();
    for party in &agreement.parties {
        if party.role == PartyRole::Party {
            parties.extend(side_of(case, &party.who));
        }
    }
    match *proposition {
        Proposition::Agreed => bound(&parties, word, side),
        Proposition::Stage {
            stage: Stage::Proposed | Stage::Talks | Stage::Initial | Stage::Final,
            ..
        } => bound(&parties, word, side),
        Proposition::Stage {
            stage: Stage::InForce | Stage::Amended | Stage::Extended | Stage::Concluded,
            ..
        } => shared(&parties, side),
        Proposition::Stage { .. } => Effect::Unknown,
        Proposition::Assent { party, .. } => {
            let (telling, ordinal) = case.cluster.parties[party].tellings[0];
            let who = &self::agreement(case, telling).parties[ordinal].who;
            blamed(side_of(case, who).as_deref(), side)
        }
        Proposition::Promised { term } => blamed(bearer(case, term).as_deref(), side),
        Proposition::Element {
            term,
            transition: Transition::Breached | Transition::NotDone | Transition::Undone,
            ..
        } => blamed(bearer(case, term).as_deref(), side),
        Proposition::Element { term, element, .. } => {
            performed(case, &parties, (term, element), side)
        }
        Proposition::Incident { .. } | Proposition::Responsible { .. } => Effect::Unknown,
    }
}

/// `gain_if_done`: bearer, counterpart or both.
fn performed(
    case: Case<'_>,
    parties: &[String],
    (at, element): (usize, usize),
    side: &str,
) -> Effect {
    let Some(bearer) = bearer(case, at) else { return Effect::Unknown };
    let told = term(case, at);
    let mut involved = parties.to_vec();
    involved.push(bearer.clone());
    involved.extend(told.beneficiary.as_ref().and_then(|who| side_of(case, who)));
    let is_involved = involved.iter().any(|other| other == side);
    let (item, id) = case.cluster.terms[at].elements[element].tellings[0];
    let elements = &case.told(item).reading.term(id.term).unwrap().elements;
    let kind = elements.iter().find(|element| element.id == id).unwrap().kind;
    match kind.gain_if_done() {
        Gain::Both => shared(&involved, side),
        Gain::Bearer if bearer == side => Effect::Good,
        Gain::Bearer if is_involved => Effect::Bad,
        Gain::Bearer => Effect::Nothing,
        Gain::Counterpart => blamed(Some(&bearer), side),
    }
}

/// What one side has done wrong, must do or has granted: bad for it, good for the others.
fn blamed(whose: Option<&str>, side: &str) -> Effect {
    match whose {
        None => Effect::Unknown,
        Some(whose) if whose == side => Effect::Bad,
        Some(_) => Effect::Good,
    }
}

fn shared(sides: &[String], side: &str) -> Effect {
    if sides.is_empty() {
        Effect::Unknown
    } else if sides.iter().any(|other| other == side) {
        Effect::Good
    } else {
        Effect::Nothing
    }
}

/// A party's word on its own promise binds itself, and its denial frees it again. Whoever is merely friendly
/// to it gains from the deal when saying so, and frees it as well when denying.
fn bound(parties: &[String], word: &Word, side: &str) -> Effect {
    match shared(parties, side) {
        Effect::Good if word.organ || word.denies => Effect::Bad,
        other => other,
    }
}

fn term(case: Case<'_>, at: usize) -> &Term {
    let (item, id) = case.cluster.terms[at].tellings[0];
    case.told(item).reading.term(id).unwrap()
}

fn agreement(case: Case<'_>, telling: usize) -> &Agreement {
    let telling = &case.cluster.tellings[telling];
    case.told(telling.item).reading.agreement(telling.agreement).unwrap()
}

fn bearer(case: Case<'_>, at: usize) -> Option<String> {
    side_of(case, term(case, at).bearer.as_ref()?)
}

/// The side of somebody in the conflict, by the words or by the register on the anchor's day.
fn side_of(case: Case<'_>, who: &Who) -> Option<String> {
    if who.side.is_some() {
        return who.side.clone();
    }
    let conflict = agreement(case, 0).conflict.as_deref()?;
    let day = case
        .told(case.cluster.tellings[0].item)
        .report
        .published
        .as_ref()
        .and_then(|day| day.edtf.latest());
    let by_id = who.register_id.as_deref().and_then(|id| case.registers.actors.get(id));
    let actor = by_id.or_else(|| case.registers.actors.find(&who.name))?;
    actor.side(conflict, day).map(str::to_owned)
}
