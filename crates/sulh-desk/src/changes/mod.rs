//! Takes two dossiers of one agreement, gives what changed from the one to the other.
//! Invariant: pure comparison: nothing is weighed here; a dossier compared with itself has no changes.
//!
//! Cases: `tests.rs` beside this file, and `crates/sulh/tests/diff.rs`.

pub mod movement;
mod terms;
#[cfg(test)]
mod tests;
mod voices;

use crate::shapes::{
    diff::{Change, ChangePart},
    dossier::{
        AgreementPart, BecausePart, BreachPart, DossierShape, LinePart, PartyPart, SpanPart,
    },
};
use sulh_ledger::rules::tracks::Track;
use sulh_model::agreement::Stage;
use voices::{Voice, pairs};

/// What changed from the earlier dossier to the later one; without an earlier one, all of it is new.
pub fn changes(earlier: Option<&DossierShape>, later: &DossierShape) -> Vec<ChangePart> {
    let before = earlier.map(|earlier| &earlier.agreement);
    let after = &later.agreement;
    let mut found = Vec::new();
    if before.is_none() {
        found.push(part("agreement", after, Change::AgreementNew, of_making(after)));
    }
    found.extend(stages(before, after));
    if let Some(before) = before {
        found.extend(making(before, after));
        found.extend(flags(before, after));
    }
    found.extend(parties(before, after));
    found.extend(breaches(before, after));
    found.extend(terms::changes(earlier, later));
    found
}

fn part(subject: &str, of: &AgreementPart, change: Change, lines: Vec<LinePart>) -> ChangePart {
    let (subject, about) = (subject.to_owned(), of.name.clone());
    ChangePart { subject, about, change, lines, denials: Vec::new() }
}

fn of_making(agreement: &AgreementPart) -> Vec<LinePart> {
    let made = agreement.stage.because.iter().find(|part| part.proposition == "agreed");
    made.map_or_else(Vec::new, |part| part.lines.clone())
}

/// The stage on a track, with its grade.
fn stage(agreement: &AgreementPart, track: Track) -> (Option<&'static str>, &'static str) {
    match (track, agreement.claimed_stage) {
        (Track::Claimed, Some(claimed)) => (claimed.value, claimed.grade),
        (Track::Claimed, None) | (Track::Reported, _) => {
            (agreement.stage.value, agreement.stage.grade)
        }
    }
}

fn stages(before: Option<&AgreementPart>, after: &AgreementPart) -> Vec<ChangePart> {
    let mut found: Vec<ChangePart> = Vec::new();
    for track in [Track::Reported, Track::Claimed] {
        let (to, grade) = stage(after, track);
        let from = before.and_then(|before| stage(before, track).0);
        let told_with_reported = track == Track::Claimed && after.claimed_stage.is_none();
        if from == to || (told_with_reported && !found.is_empty()) {
            continue;
        }
        let parsed = |code: Option<&str>| code.and_then(Stage::from_code);
        let reversal = movement::of_stages(parsed(from), parsed(to));
        let told =
            to.and_then(|stage| last(&after.stage.because, &format!("stage {stage}"), grade));
        let change = Change::Stage {
            track: track.code(),
            from,
            to,
            grade,
            reversal: reversal.map(|reversal| reversal.code()),
        };
        let lines = told.map_or_else(Vec::new, |part| part.lines.clone());
        found.push(part("agreement", after, change, lines));
    }
    let said = |agreement: &AgreementPart| agreement.stage.established.clone();
    let (from, to) = (before.and_then(said), said(after));
    if from != to {
        let change = Change::Established {
            from: from.map(|said| said.state),
            to: to.map(|said| said.state),
        };
        found.push(part("agreement", after, change, Vec::new()));
    }
    found
}

/// The last time something came and stands like this.
fn last<'a>(because: &'a [BecausePart], told: &str, grade: &str) -> Option<&'a BecausePart> {
    because.iter().rfind(|part| part.is_on(told) && part.grade == grade)
}

/// Who says that it was made, and that it reached its stages.
fn making(before: &AgreementPart, after: &AgreementPart) -> Vec<ChangePart> {
    let name = |part: &BecausePart| part.proposition.clone();
    let (left, right) = (because(&before.stage.because), because(&after.stage.because));
    let pairs = pairs(&left, &right, name, name);
    pairs.iter().flat_map(|pair| pair.changes("agreement", &after.name)).collect()
}

fn because(parts: &[BecausePart]) -> Vec<&BecausePart> {
    parts.iter().collect()
}

fn flags(before: &AgreementPart, after: &AgreementPart) -> Vec<ChangePart> {
    let raised = after.flags.iter().filter(|flag| !before.flags.contains(flag));
    let dropped = before.flags.iter().filter(|flag| !after.flags.contains(flag));
    let told = |flag: &'static str, raised| {
        part("agreement", after, Change::Flag { flag, raised }, vec![])
    };
    let raised = raised.map(|flag| told(flag, true));
    raised.chain(dropped.map(|flag| told(flag, false))).collect()
}

fn parties(before: Option<&AgreementPart>, after: &AgreementPart) -> Vec<ChangePart> {
    let Some(before) = before else { return Vec::new() };
    let assent = |party: &PartyPart| party.assent.as_ref().map(|assent| assent.value);
    let mut found = Vec::new();
    for (at, party) in after.parties.iter().enumerate() {
        let known = before.parties.iter().find(|known| known.who.name == party.who.name);
        let (from, to) = (known.and_then(assent), assent(party));
        if from != to {
            let told = format!("party {} {}", at + 1, to.unwrap_or_default());
            let grade = party.assent.as_ref().map_or("none", |assent| assent.grade);
            let told = last(&after.because, &told, grade);
            let change = Change::Assent { from, to, grade };
            let lines = told.map_or_else(Vec::new, |part| part.lines.clone());
            let (subject, about) = ("party".to_owned(), party.who.name.clone());
            found.push(ChangePart { subject, about, change, lines, denials: Vec::new() });
        }
    }
    found
}

fn breaches(before: Option<&AgreementPart>, after: &AgreementPart) -> Vec<ChangePart> {
    let known = before.map_or(&[][..], |before| &before.breaches);
    let mut found = Vec::new();
    for breach in &after.breaches {
        let told = breach_because(breach);
        let lines = |voice| {
            let of = |part: &&BecausePart| match voice {
                Voice::Says => part.lines.clone(),
                Voice::Denies => part.denials.clone(),
            };
            breach.incident.because.iter().collect::<Vec<_>>().iter().flat_map(of).collect()
        };
        match known.iter().find(|known| is_same(known, breach)) {
            Some(known) => {
                let name = |part: &BecausePart| without_number(&part.proposition);
                let pairs = pairs(&breach_because(known), &told, name, name);
                found.extend(pairs.iter().flat_map(|pair| pair.changes("breach", &after.name)));
            }
            None => found.push(ChangePart {
                subject: "breach".to_owned(),
                about: after.name.clone(),
                change: Change::BreachNew { grade: breach.incident.grade },
                lines: lines(Voice::Says),
                denials: lines(Voice::Denies),
            }),
        }
    }
    found
}

/// True where words tell of both: which of them is quoted can change with a report more.
fn is_same(known: &BreachPart, breach: &BreachPart) -> bool {
    let told = |breach: &BreachPart| -> Vec<SpanPart> {
        breach.incident.because.iter().flat_map(|part| part.spans.clone()).collect()
    };
    let (before, after) = (told(known), told(breach));
    known.span == breach.span || before.iter().any(|span| after.contains(span))
}

fn breach_because(breach: &BreachPart) -> Vec<&BecausePart> {
    breach.incident.because.iter().chain(&breach.responsible.because).collect()
}

/// "breach 2 incident" is "breach 1 incident" where an earlier breach came to be known.
fn without_number(proposition: &str) -> String {
    let mut words: Vec<&str> = proposition.split(' ').collect();
    if words.len() > 1 {
        words.remove(1);
    }
    words.join(" ")
}
