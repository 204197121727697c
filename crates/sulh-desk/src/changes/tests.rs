//! Takes two dossiers, checks every change that is told between them.
//! Invariant: each test names all changes: one too many fails as one too few does.

use super::changes;
use crate::{
    samples::{because, dossier, term},
    shapes::{
        diff::{Change, ChangePart},
        dossier::{DossierShape, EstablishedPart, TermPart},
    },
};

fn promised(id: &str) -> crate::shapes::dossier::BecausePart {
    because(&format!("{id} agreed"), "supported", &["Valley Monitor"])
}

fn pending() -> TermPart {
    term("t1", "pending supported", "pending supported", vec![promised("t1")])
}

fn begun(grade: &'static str, reported: &'static str, voices: &[&str]) -> TermPart {
    let told = because("t1.1 begun", grade, voices);
    term("t1", reported, "under_way claimed", vec![promised("t1"), told])
}

/// A change in few words, with those on whose word it came.
fn words(part: &ChangePart) -> String {
    let what = match &part.change {
        Change::State { track, from, to, reversal } => format!(
            "{track} {} > {}{}",
            from.as_ref().map_or("", |from| from.state),
            to.state,
            reversal.map(|how| format!(" ({how})")).unwrap_or_default()
        ),
        Change::Grade { proposition, from, to, reversal } => format!(
            "{proposition} {from} > {to}{}",
            reversal.map(|how| format!(" ({how})")).unwrap_or_default()
        ),
        Change::Line { proposition, .. } => format!("{proposition} line"),
        Change::Denial { proposition, .. } => format!("{proposition} denial"),
        Change::LineOther { proposition, .. } => format!("{proposition} line other"),
        Change::LineGone { proposition, .. } => format!("{proposition} line gone"),
        Change::Repeated { proposition, from, to } => {
            format!("{proposition} {from} > {to} reports")
        }
        Change::Flag { flag, raised } => format!("{flag} {raised}"),
        Change::Stage { track, from, to, .. } => format!("{track} stage {from:?} > {to:?}"),
        other => format!("{other:?}").split([' ', '{']).next().unwrap_or_default().to_owned(),
    };
    let names = part.lines.iter().map(|line| line.voucher.clone().unwrap_or_default());
    let denials = part.denials.iter().map(|line| format!("no:{}", line.owner));
    let names: Vec<String> = names.chain(denials).collect();
    format!("{}: {what} [{}]", part.subject, names.join(", "))
}

#[track_caller]
fn check(before: &DossierShape, after: &DossierShape, expected: &[&str]) {
    let told: Vec<String> = changes(Some(before), after).iter().map(words).collect();
    assert_eq!(told, expected);
    assert!(changes(Some(after), after).is_empty(), "a dossier differs from itself");
}

#[test]
fn a_claim_moves_the_claimed_track_alone() {
    let after = dossier(vec![begun("claimed", "pending supported", &["Ford Daily"])]);
    check(
        &dossier(vec![pending()]),
        &after,
        &["t1: claimed pending > under_way [Ford Daily]", "t1: t1.1 begun line [Ford Daily]"],
    );
}

#[test]
fn a_second_source_raises_the_grade_and_both_tracks_meet() {
    let before = dossier(vec![begun("claimed", "pending supported", &["Ford Daily"])]);
    let voices = ["Ford Daily", "Hill Agency"];
    let after = dossier(vec![begun("corroborated", "under_way corroborated", &voices)]);
    check(
        &before,
        &after,
        &[
            "t1: reported pending > under_way [Ford Daily, Hill Agency]",
            "t1: t1.1 begun claimed > corroborated [Hill Agency]",
            "t1: t1.1 begun line [Hill Agency]",
        ],
    );
}

#[test]
fn a_denial_takes_the_reported_state_back_and_says_who_denies() {
    let before = dossier(vec![begun("supported", "under_way supported", &["Ford Daily"])]);
    let voices = ["Ford Daily", "no:Hill Agency"];
    let after = dossier(vec![begun("disputed", "pending supported", &voices)]);
    check(
        &before,
        &after,
        &[
            "t1: reported under_way > pending (fell_to_claimed) [no:hill agency]",
            "t1: t1.1 begun supported > disputed (disputed) [no:hill agency]",
            "t1: t1.1 begun denial [no:hill agency]",
        ],
    );
}

#[test]
fn a_repeated_report_is_no_new_word() {
    let mut repeated = pending();
    repeated.because[0].reports = 2;
    let after = dossier(vec![repeated]);
    check(&dossier(vec![pending()]), &after, &["t1: t1 agreed 1 > 2 reports []"]);
}

#[test]
fn an_original_that_is_seen_now_is_told() {
    let mut unseen = pending();
    unseen.because[0].lines[0].original_seen = false;
    unseen.flags.push("original_not_seen");
    let before = dossier(vec![unseen]);
    check(
        &before,
        &dossier(vec![pending()]),
        &["t1: original_not_seen false []", "t1: t1 agreed line other [Valley Monitor]"],
    );
}

#[test]
fn what_a_person_decided_is_told() {
    let said = EstablishedPart {
        state: "done",
        by: "heron".to_owned(),
        day: "2021-02-10".to_owned(),
        reason: "went there".to_owned(),
    };
    let mut after = dossier(vec![pending()]);
    after.agreement.stage.established = Some(EstablishedPart { state: "final", ..said.clone() });
    after.terms[0].established = Some(said);
    let expected = ["agreement: Established []", "t1: Established []"];
    check(&dossier(vec![pending()]), &after, &expected);
}

#[test]
fn a_term_that_got_another_number_is_the_same_term() {
    let mut moved = pending();
    moved.id = "t2".to_owned();
    moved.elements[0].id = "t2.1".to_owned();
    moved.because[0].proposition = "t2 agreed".to_owned();
    let mut new = pending();
    new.because[0] = because("t1 agreed", "claimed", &["Ford Daily"]);
    new.because[0].spans[0].start = 7000;
    check(&dossier(vec![pending()]), &dossier(vec![new, moved]), &["t1: TermNew [Ford Daily]"]);
}

#[test]
fn a_term_that_is_told_of_no_more_is_named() {
    check(&dossier(vec![pending()]), &dossier(vec![]), &["t1: TermGone []"]);
}

#[test]
fn without_an_earlier_dossier_all_is_new_and_told_once() {
    let after = dossier(vec![begun("claimed", "pending supported", &["Ford Daily"])]);
    let told: Vec<String> = changes(None, &after).iter().map(words).collect();
    let expected = [
        "agreement: AgreementNew [Valley Monitor]",
        "agreement: reported stage None > Some(\"initial\") [Valley Monitor]",
        "t1: TermNew [Valley Monitor]",
        "t1: claimed  > under_way [Ford Daily]",
        "t1: t1.1 begun line [Ford Daily]",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_is_told_of_an_element_is_named_after_the_element() {
    let of_two = |because| {
        let mut told = term("t2", "pending supported", "pending supported", because);
        let mut second = told.elements[0].clone();
        (second.id, second.kind) = ("t2.2".to_owned(), "join_forces");
        told.elements.push(second);
        dossier(vec![told])
    };
    let not_done = because("t2.2 not_done", "supported", &["Hill Agency"]);
    let (before, after) = (of_two(vec![promised("t2")]), of_two(vec![promised("t2"), not_done]));
    let told = changes(Some(&before), &after);
    let named: Vec<(&str, &str)> =
        told.iter().map(|part| (part.subject.as_str(), part.about.as_str())).collect();
    assert_eq!(named, [("t2.2", "join_forces")]);
}

#[test]
fn a_stage_that_came_again_stands_on_the_words_of_its_last_time() {
    let at = |stage: &'static str, because| {
        let mut told = dossier(vec![]);
        told.agreement.stage.value = Some(stage);
        told.agreement.stage.because = because;
        told
    };
    let again = because("stage in_force (2)", "supported", &["Hill Agency"]);
    let told = vec![
        because("stage in_force", "supported", &["Valley Monitor"]),
        because("stage suspended", "supported", &["Valley Monitor"]),
    ];
    let after = [told.clone(), vec![again]].concat();
    check(
        &at("suspended", told),
        &at("in_force", after),
        &[
            "agreement: reported stage Some(\"suspended\") > Some(\"in_force\") [Hill Agency]",
            "agreement: stage in_force (2) line [Hill Agency]",
        ],
    );
}

#[test]
fn a_promise_that_was_kept_again_stands_on_the_words_of_its_last_time() {
    let first = vec![
        promised("t1"),
        because("t1.1 completed", "supported", &["Valley Monitor"]),
        because("t1.1 undone", "supported", &["Valley Monitor"]),
    ];
    let again = because("t1.1 completed (2)", "supported", &["Hill Agency"]);
    let after = [first.clone(), vec![again]].concat();
    check(
        &dossier(vec![term("t1", "under_way supported", "under_way supported", first)]),
        &dossier(vec![term("t1", "done supported", "done supported", after)]),
        &[
            "t1: reported under_way > done [Hill Agency]",
            "t1: t1.1 completed (2) line [Hill Agency]",
        ],
    );
}
