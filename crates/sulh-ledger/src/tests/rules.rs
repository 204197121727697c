//! One rule at a time, on the smallest page that shows it.

use crate::{
    report::Told,
    rules::denial::Upheld,
    samples::{Page, anonymous, army, ask, date, front, ledger, monitor, named},
    verdict::{Dossier, Flag},
};
use sulh_model::{
    agreement::{AgreementId, Stage},
    event::{Aspect, Relation},
    page::BlockKind,
    statement::{Factuality, Holder, HolderKind},
    term::{Modality, Mode, TermId},
    vocabulary::{EventKind, TermKind},
};

const DAY: &str = "2020-06-10";

/// A deal of a monitor's telling, with one term of one element, on the page of an outlet.
fn deal(publisher: &str, by_army: bool, kind: TermKind, mode: Mode) -> (Page, AgreementId, TermId) {
    let mut page = Page::of(publisher, DAY, 1);
    let made = page.said(vec![monitor()], Factuality::Asserted);
    let deal = page.agreement("Marsa accord", made);
    page.edit(deal, |deal| deal.concluded = date("2020-06-01"));
    let planned = page.said(vec![monitor()], Factuality::Planned);
    let bearer = if by_army { army() } else { front() };
    let term = page.term(deal, bearer, planned, &[(kind, mode)]);
    (page, deal, term)
}

fn dossier(told: &[Told]) -> Dossier {
    let ledger = ledger(told);
    let question = ask("2020-06-30", "2020-06-30");
    let key = ledger.find("Marsa", question).unwrap();
    ledger.dossier(&key, question).unwrap()
}

/// Expects `reported state, grade, claimed state, grade` of the first term.
fn check(page: &Page, expected: &str) -> Dossier {
    let dossier = dossier(&[page.told()]);
    let (reported, claimed) = (dossier.terms[0].tracks.reported, dossier.terms[0].tracks.claimed);
    let found =
        format!("{} {}, {} {}", reported.value, reported.upheld, claimed.value, claimed.upheld);
    assert_eq!(found, expected);
    dossier
}

#[test]
fn a_deal_without_a_day_was_made_before_what_the_words_around_an_event_date() {
    let (mut page, agreement, term) = deal("Coast Wire", true, TermKind::LiftSiege, Mode::Achieve);
    page.edit(agreement, |deal| deal.concluded = None);
    let said = page.said(vec![], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "2020-06-05", said).happened = None;
    let mut told = page.told();
    told.reading.statements.last_mut().unwrap().happened = date("2020-06-05");
    let ledger = ledger(&[told]);
    let question = ask("2020-06-06", "2020-06-30");
    let key = ledger.find("Marsa", question).unwrap();
    assert_eq!(ledger.dossier(&key, question).unwrap().agreement.agreed, Upheld::Supported);
}

fn raises(dossier: &Dossier, flag: Flag) -> bool {
    dossier.terms[0].flags.contains(&flag)
}

/// A page of an outlet on which somebody says that the army has entered, or has begun to.
fn entering(publisher: &str, aspect: Aspect, says: &[(Vec<Holder>, Factuality, bool)]) -> Page {
    let (mut page, _, term) = deal(publisher, true, TermKind::DeployForces, Mode::Punctual);
    for (chain, factuality, negative) in says {
        let said = page.said(chain.clone(), *factuality);
        if *negative {
            page.negate(said);
        }
        page.implements((term, 1), aspect, "2020-06-05", said);
    }
    page
}

fn says(chain: Vec<Holder>) -> (Vec<Holder>, Factuality, bool) {
    (chain, Factuality::Asserted, false)
}

fn party(name: &str) -> Holder {
    Holder { kind: HolderKind::Party, ..named(name) }
}

#[test]
fn a_friendly_outlet_only_claims_and_an_examined_one_supports() {
    let ongoing = Aspect::Ongoing;
    let page = entering("Harbour News", ongoing, &[says(vec![])]);
    check(&page, "pending supported, under_way claimed");
    let page = entering("Ridge Voice", ongoing, &[says(vec![])]);
    check(&page, "under_way supported, under_way supported");
    let page = entering("A Blog", ongoing, &[says(vec![])]);
    check(&page, "pending supported, under_way claimed");
    let page = entering("Copy Mill", ongoing, &[says(vec![])]);
    check(&page, "pending supported, under_way claimed");
}

#[test]
fn a_second_named_owner_corroborates_where_an_original_is_seen() {
    let ongoing = Aspect::Ongoing;
    let both = [says(vec![]), says(vec![named("Harbour News")])];
    check(
        &entering("Coast Wire", ongoing, &both),
        "under_way corroborated, under_way corroborated",
    );
    let relayed = [says(vec![monitor()]), says(vec![named("Harbour News")])];
    check(&entering("A Blog", ongoing, &relayed), "under_way supported, under_way supported");
    let unnamed = [says(vec![]), says(vec![anonymous("opposition")])];
    check(&entering("Coast Wire", ongoing, &unnamed), "under_way supported, under_way supported");
}

#[test]
fn the_counterparts_own_organ_acknowledges() {
    let page = entering("A Blog", Aspect::Completed, &[says(vec![party("Ridge Front")])]);
    check(&page, "done supported, done supported");
    let page = entering("A Blog", Aspect::Completed, &[says(vec![party("Valley Army")])]);
    check(&page, "pending supported, done claimed");
}

#[test]
fn what_is_only_planned_moves_nothing() {
    for aspect in Aspect::ALL {
        let planned = (vec![], Factuality::Planned, false);
        check(&entering("Coast Wire", *aspect, &[planned]), "pending supported, pending supported");
    }
    let prospective = entering("Coast Wire", Aspect::Prospective, &[says(vec![])]);
    check(&prospective, "pending supported, pending supported");
}

#[test]
fn a_third_partys_denial_disputes_and_a_partisan_one_does_not() {
    let denied = |who: Vec<Holder>| (who, Factuality::Asserted, true);
    let completed = Aspect::Completed;
    let page = entering("Coast Wire", completed, &[says(vec![]), denied(vec![monitor()])]);
    let dossier = check(&page, "pending supported, done disputed");
    assert!(raises(&dossier, Flag::Disputed));
    let page =
        entering("Coast Wire", completed, &[says(vec![]), denied(vec![party("Ridge Front")])]);
    let dossier = check(&page, "done supported, done supported");
    let marked = dossier.terms[0].because.iter().find(|because| because.mark.is_some()).unwrap();
    assert_eq!(marked.denials[0].voucher.as_deref(), Some("Ridge Front"));
}

#[test]
fn in_force_moves_the_agreement_and_no_term() {
    let (mut page, deal, _) = deal("Coast Wire", true, TermKind::DeployForces, Mode::Punctual);
    let said = page.said(vec![], Factuality::Asserted);
    page.stage(deal, Stage::InForce, said);
    let dossier = check(&page, "pending supported, pending supported");
    assert_eq!(dossier.agreement.stage.reported.value, Some(Stage::InForce));
}

#[test]
fn of_a_term_with_two_elements_the_words_must_say_which() {
    let (mut page, deal, _) = deal("Coast Wire", true, TermKind::Search, Mode::Achieve);
    let planned = page.said(vec![monitor()], Factuality::Planned);
    let elements =
        [(TermKind::DeployForces, Mode::Punctual), (TermKind::DeployForces, Mode::Achieve)];
    let two = page.term(deal, army(), planned, &elements);
    let said = page.said(vec![], Factuality::Asserted);
    page.implements((two, 0), Aspect::Completed, "", said);
    let states = |page: &Page| {
        let dossier = dossier(&[page.told()]);
        let elements = dossier.terms[1].elements.iter();
        elements.map(|one| one.tracks.reported.value.code()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(states(&page), "pending pending");
    page.implements((two, 1), Aspect::Completed, "", said);
    assert_eq!(states(&page), "done pending");
}

#[test]
fn a_promise_told_as_not_kept_is_a_flag_and_silence_is_none() {
    let (mut page, _, term) = deal("Coast Wire", true, TermKind::ReleaseDetainees, Mode::Achieve);
    let silent = check(&page, "pending supported, pending supported");
    assert!(!raises(&silent, Flag::NotDoneReported));
    let said = page.said(vec![], Factuality::Asserted);
    let event = page.implements((term, 0), Aspect::Completed, "", said);
    (event.kind, event.relation) = (EventKind::NonPerformance, Relation::None);
    let told = check(&page, "pending supported, pending supported");
    assert!(raises(&told, Flag::NotDoneReported));
}

#[test]
fn a_deadline_that_passed_is_overdue_until_done() {
    let (mut page, _, term) = deal("Coast Wire", true, TermKind::DeployForces, Mode::Punctual);
    page.edit_term(term, |term| term.deadline = date("2020-06-20"));
    assert!(raises(&check(&page, "pending supported, pending supported"), Flag::Overdue));
    page.edit_term(term, |term| term.deadline = date("2020-06-30"));
    assert!(!raises(&check(&page, "pending supported, pending supported"), Flag::Overdue));
    page.edit_term(term, |term| term.deadline = date("2020-06-20"));
    let said = page.said(vec![monitor()], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "2020-06-08", said);
    assert!(!raises(&check(&page, "done supported, done supported"), Flag::Overdue));
}

#[test]
fn a_truce_is_binding_and_says_nothing_of_its_observance() {
    let (mut page, _, term) = deal("Coast Wire", true, TermKind::CeaseHostilities, Mode::Maintain);
    let silent = check(&page, "binding supported, binding supported");
    assert!(raises(&silent, Flag::ObservanceNotReported));
    let said = page.said(vec![monitor()], Factuality::Asserted);
    page.implements((term, 1), Aspect::Ongoing, "", said);
    let observed = check(&page, "binding supported, binding supported");
    assert!(!raises(&observed, Flag::ObservanceNotReported));
}

#[test]
fn a_breach_of_a_term_in_so_many_words_violates_it() {
    let (mut page, deal, term) = deal("Coast Wire", true, TermKind::NoAdvance, Mode::Maintain);
    let said = page.said(vec![], Factuality::Asserted);
    let event = page.event(deal, Relation::Violates, "2020-06-08", said);
    (event.term, event.actors) = (Some(term), vec![army()]);
    let dossier = check(&page, "violated supported, violated supported");
    assert_eq!(dossier.agreement.breaches.len(), 1);
    let denied = page.said(vec![party("Valley Army")], Factuality::Denied);
    let event = page.event(deal, Relation::Violates, "2020-06-08", denied);
    (event.term, event.actors) = (Some(term), vec![army()]);
    let dossier = check(&page, "violated supported, violated supported");
    assert_eq!(dossier.agreement.breaches[0].incident.upheld, Upheld::Supported);
    assert_eq!(dossier.agreement.breaches[0].incident.denials.len(), 1);
}

#[test]
fn a_headline_that_repeats_the_body_adds_no_voucher() {
    let (mut page, _, term) = deal("Coast Wire", true, TermKind::DeployForces, Mode::Punctual);
    let headline = page.nested(&[BlockKind::Headline]);
    let loud = page.statement(headline, vec![], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "", loud);
    check(&page, "done supported, done supported");
    let said = page.said(vec![anonymous("government")], Factuality::Unconfirmed);
    page.implements((term, 1), Aspect::Completed, "", said);
    check(&page, "pending supported, done claimed");
}

#[test]
fn a_comment_is_a_lead_whatever_it_quotes() {
    let (mut page, _, term) = deal("Coast Wire", true, TermKind::DeployForces, Mode::Punctual);
    let quoted = page.nested(&[BlockKind::Comment, BlockKind::Quotation]);
    let said = page.statement(quoted, vec![monitor()], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "", said);
    let dossier = check(&page, "pending supported, pending supported");
    assert_eq!(dossier.agreement.leads.len(), 1);
}

#[test]
fn what_is_allowed_is_unused_and_then_used() {
    let (mut page, _, term) = deal("Coast Wire", false, TermKind::SafePassage, Mode::Achieve);
    page.edit_term(term, |term| term.modality = Modality::Permission);
    check(&page, "unused supported, unused supported");
    let said = page.said(vec![], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "", said);
    check(&page, "used supported, used supported");
}

#[test]
fn days_that_may_be_one_are_one_breach() {
    let breaches = |days: [&str; 2]| {
        let (mut page, deal, _) = deal("Coast Wire", true, TermKind::NoAdvance, Mode::Maintain);
        for (day, chain) in days.into_iter().zip([vec![], vec![monitor()]]) {
            let said = page.said(chain, Factuality::Asserted);
            page.event(deal, Relation::Violates, day, said).actors = vec![army()];
        }
        let breaches = dossier(&[page.told()]).agreement.breaches;
        let grades = breaches.iter().map(|breach| breach.incident.upheld.code());
        grades.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(breaches(["2020-06-08", "2020-06"]), "corroborated");
    assert_eq!(breaches(["2020-06-08", "2020-06-09"]), "supported, supported");
}

#[test]
fn what_one_side_announces_alone_is_flagged() {
    let flags = |chain: Vec<Holder>| {
        let mut page = Page::of("A Blog", DAY, 1);
        let made = page.said(chain, Factuality::Asserted);
        page.agreement("Marsa accord", made);
        let dossier = dossier(&[page.told()]);
        let alone = dossier.agreement.flags.contains(&Flag::AnnouncedByOneSide);
        (dossier.agreement.agreed.code(), alone)
    };
    assert_eq!(flags(vec![party("Valley Army")]), ("supported", true));
    assert_eq!(flags(vec![named("Harbour News")]), ("claimed", true));
    assert_eq!(flags(vec![monitor()]), ("supported", false));
}

#[test]
fn a_performance_nobody_was_heard_to_promise_is_an_anomaly() {
    let (mut page, _, term) = deal("Coast Wire", true, TermKind::DeployForces, Mode::Punctual);
    page.edit_term(term, |term| term.agreed = Factuality::Prediction);
    let said = page.said(vec![], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "", said);
    let dossier = check(&page, "not_agreed none, not_agreed none");
    assert!(raises(&dossier, Flag::Anomaly));
}

#[test]
fn a_page_of_the_20th_does_not_put_the_deal_on_the_20th() {
    let (mut page, deal, term) = deal("Coast Wire", true, TermKind::DeployForces, Mode::Punctual);
    page.edit(deal, |deal| deal.concluded = None);
    let said = page.said(vec![], Factuality::Asserted);
    page.implements((term, 1), Aspect::Completed, "2020-06-05", said);
    let ledger = ledger(&[page.told()]);
    let question = ask("2020-06-06", "2020-06-30");
    let key = ledger.find("Marsa", question).unwrap();
    let dossier = ledger.dossier(&key, question).unwrap();
    assert_eq!(dossier.terms[0].tracks.reported.value.code(), "done");
}
