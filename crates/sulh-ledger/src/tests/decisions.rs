//! Takes reports and decisions of the same log, checks what decisions do to answers and when.
//! Invariant: a decision changes no answer about the log before it, and a withdrawn one changes none.

use crate::{
    Ledger,
    decision::{Decided, Decision, Examined, Rating, Words, encode},
    log::{Entry, RecordedAt},
    report::Told,
    samples::{Page, ask, log, monitor, named, registers},
    verdict::{Question, Summary},
};
use sulh_model::{
    agreement::AgreementKind,
    place::{Resolution, Where},
    register::LeaningSide,
    span::Span,
    statement::{Factuality, Holder},
    term::Mode,
    vocabulary::TermKind,
};

fn place(name: &str) -> Where {
    Where { name: name.into(), resolution: Resolution::Unknown, span: Span::new(0, 4) }
}

/// A page on a deal of Tel Safi with these kinds of terms.
pub(super) fn deal(
    (outlet, published, bytes): (&str, &str, u8),
    chain: Vec<Holder>,
    kinds: &[TermKind],
) -> Told {
    let mut page = Page::of(outlet, published, bytes);
    let said = page.said(chain, Factuality::Asserted);
    let agreement = page.agreement("the deal", said);
    page.edit(agreement, |deal| deal.place = Some(place("Tel Safi")));
    for kind in kinds {
        page.term(agreement, crate::samples::army(), said, &[(*kind, Mode::Achieve)]);
    }
    page.told()
}

pub(super) fn words(told: &Told) -> Words {
    let agreement = &told.reading.agreements[0];
    let kind = AgreementKind::code(agreement.kind).to_owned();
    Words { capture: told.report.capture.clone(), span: agreement.span, kind }
}

fn decide(entries: &mut Vec<Entry>, what: Decided) {
    let decision = Decision {
        by: "heron".to_owned(),
        day: "2020-07-01".parse().unwrap(),
        reason: "seen by hand".to_owned(),
        what,
    };
    let at = RecordedAt::parse("2024-01-02T00:00:00Z").unwrap();
    let seq = entries.len() as u64 + 1;
    let payload = encode(&decision).unwrap();
    entries.push(Entry::new(seq, at, decision.what.entry_kind(), payload, [9; 32]));
}

fn agreements(entries: &[Entry], question: Question) -> Vec<Summary> {
    Ledger::replay(registers(), entries).unwrap().agreements(question)
}

fn counts(entries: &[Entry], question: Question) -> Vec<usize> {
    agreements(entries, question).iter().map(|one| one.reports).collect()
}

#[test]
fn tellings_of_one_agreement_are_joined_by_rule() {
    use TermKind::{DeployForces, LiftSiege, Search};
    let check = |other: Told, expected: &[usize]| {
        let first = deal(("Coast Wire", "2020-06-03", 1), vec![], &[LiftSiege, Search]);
        let told = [first, other];
        assert_eq!(counts(&log(&told), ask("2020-07-10", "")), expected);
        let [first, second] = told;
        assert_eq!(counts(&log(&[second, first]), ask("2020-07-10", "")), expected);
    };
    let far = ("Ridge Voice", "2020-06-30", 2);
    let near = ("Ridge Voice", "2020-06-10", 2);
    check(deal(near, vec![], &[LiftSiege, Search]), &[2]);
    check(deal(near, vec![], &[LiftSiege, DeployForces]), &[1, 1]);
    check(deal(far, vec![], &[LiftSiege, Search]), &[1, 1]);
    check(deal(near, vec![named("Coast Wire")], &[]), &[2]);
    let mut new = deal(near, vec![], &[LiftSiege, Search]);
    new.reading.agreements[0].told_as_new = true;
    check(new, &[1, 1]);
    let mut elsewhere = deal(near, vec![], &[LiftSiege, Search]);
    elsewhere.reading.agreements[0].place = Some(place("Tel Dan"));
    check(elsewhere, &[1, 1]);
}

#[test]
fn a_merge_joins_a_later_parting_parts_and_a_withdrawal_takes_it_back() {
    let one = deal(("Coast Wire", "2020-06-03", 1), vec![], &[TermKind::LiftSiege]);
    let two = deal(("Ridge Voice", "2020-06-20", 2), vec![], &[TermKind::Search]);
    let (left, right) = (words(&one), words(&two));
    let mut entries = log(&[one, two]);
    let question = ask("2020-07-10", "");
    assert_eq!(counts(&entries, question), [1, 1]);
    decide(&mut entries, Decided::Merged(left.clone(), right.clone()));
    assert_eq!(counts(&entries, question), [2]);
    decide(&mut entries, Decided::Parted(right, left));
    assert_eq!(counts(&entries, question), [1, 1]);
    decide(&mut entries, Decided::Withdrawn { seq: 4 });
    assert_eq!(counts(&entries, question), [2]);
    decide(&mut entries, Decided::Withdrawn { seq: 5 });
    assert_eq!(counts(&entries, question), [1, 1]);
    let before = Question { recorded_by: Some(3), ..question };
    assert_eq!(counts(&entries, before), [2], "a later decision changed an earlier answer");
}

#[test]
fn conflicting_merges_follow_the_later_one() {
    let kinds = [TermKind::LiftSiege, TermKind::Search];
    let one = deal(("Coast Wire", "2020-05-03", 1), vec![], &kinds);
    let two = deal(("Ridge Voice", "2020-06-03", 2), vec![], &kinds);
    let three = deal(("A Daily", "2020-06-30", 3), vec![], &kinds);
    let (a, b, c) = (words(&one), words(&two), words(&three));
    let mut entries = log(&[one, two, three]);
    let question = ask("2020-07-10", "");
    assert_eq!(counts(&entries, question), [1, 1, 1]);
    decide(&mut entries, Decided::Merged(c.clone(), a));
    decide(&mut entries, Decided::Merged(c, b));
    let ledger = Ledger::replay(registers(), &entries).unwrap();
    let mut found: Vec<(String, usize)> = ledger
        .dossiers(question)
        .iter()
        .map(|dossier| (dossier.agreement.page.to_string(), dossier.agreement.reports))
        .collect();
    found.sort();
    let pages: Vec<usize> = found.iter().map(|(_, reports)| *reports).collect();
    assert_eq!(pages, [1, 2], "the third telling follows its later merge");
}

#[test]
fn a_rating_changes_where_a_source_stands_from_its_entry_on() {
    let told = deal(("A Daily", "2020-06-03", 1), vec![], &[]);
    let mut entries = log(&[told]);
    let question = ask("2020-07-10", "");
    let grade = |entries: &[Entry], question| {
        let ledger = Ledger::replay(registers(), entries).unwrap();
        ledger.dossiers(question)[0].agreement.agreed.code()
    };
    assert_eq!(grade(&entries, question), "claimed");
    let conflict = "valley".to_owned();
    decide(
        &mut entries,
        Decided::Rated(Rating {
            source: "A Daily".to_owned(),
            reliability: None,
            examined: Some(Examined { conflict, side: LeaningSide::Neither, from: None }),
        }),
    );
    assert_eq!(grade(&entries, question), "supported");
    assert_eq!(grade(&entries, Question { recorded_by: Some(1), ..question }), "claimed");
}

#[test]
fn what_was_misread_is_a_lead() {
    let told = deal(("Coast Wire", "2020-06-03", 1), vec![monitor()], &[]);
    let statement = &told.reading.statements[0];
    let span = statement.content().unwrap();
    let words = Words { capture: told.report.capture.clone(), span, kind: "statement".to_owned() };
    let mut entries = log(&[told]);
    decide(&mut entries, Decided::Rejected(words));
    let ledger = Ledger::replay(registers(), &entries).unwrap();
    let dossier = &ledger.dossiers(ask("2020-07-10", ""))[0];
    assert_eq!(dossier.agreement.agreed.code(), "none");
    assert_eq!(dossier.agreement.leads.len(), 1);
}
