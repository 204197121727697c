//! The three clocks: what a question may see, and what finds it.

use super::one_page::page;
use crate::{
    FindError, Taken,
    report::Told,
    samples::{Page, ask, date, ledger, log, monitor},
    verdict::Question,
};
use sulh_model::statement::Factuality;

/// A page of one deal, told by a monitor.
fn deal(name: &str, published: Option<&str>, bytes: u8) -> Page {
    let mut page = Page::of("Coast Wire", "2022-03-10", bytes);
    page.report(|report| {
        report.published = published.and_then(date);
        report.archived = "2022-04-01".parse().unwrap();
    });
    let made = page.said(vec![monitor()], Factuality::Asserted);
    page.agreement(name, made);
    page
}

fn names(told: &[Told], question: Question) -> String {
    let found = ledger(told).agreements(question);
    let mut names: Vec<String> = found.into_iter().map(|summary| summary.name).collect();
    names.sort();
    names.join(", ")
}

#[test]
fn a_question_sees_what_was_published_and_recorded_in_time() {
    let told = [
        deal("Gao pact", Some("2022-03-10"), 1).told(),
        deal("Menaka pact", Some("2022-03"), 2).told(),
        deal("Kidal pact", None, 3).told(),
    ];
    let ask = |known_by, recorded_by| Question { recorded_by, ..ask("2022-12-31", known_by) };
    assert_eq!(names(&told, ask("2022-03-09", None)), "");
    assert_eq!(names(&told, ask("2022-03-10", None)), "Gao pact");
    assert_eq!(names(&told, ask("2022-03-31", None)), "Gao pact, Menaka pact");
    assert_eq!(names(&told, ask("2022-04-01", None)), "Gao pact, Kidal pact, Menaka pact");
    assert_eq!(names(&told, ask("2022-04-01", Some(1))), "Gao pact");
    let ledger = ledger(&told);
    let dossier = |wanted: &str, question| {
        ledger.dossier(&ledger.find(wanted, question).unwrap(), question).unwrap()
    };
    assert_eq!(dossier("gao", ask("2022-03-31", Some(1))).recorded_later, 1);
    assert_eq!(dossier("gao", ask("2022-03-10", Some(1))).recorded_later, 0);
    assert!(dossier("kidal", ask("2022-04-01", None)).possibly_known);
    assert!(!dossier("gao", ask("2022-04-01", None)).possibly_known);
}

#[test]
fn what_happened_later_is_not_so_yet() {
    let told = [page().told()];
    let ledger = ledger(&told);
    let question = ask("2021-02-06", "2021-02-07");
    let key = ledger.find("wadi nur", question).unwrap();
    let dossier = ledger.dossier(&key, question).unwrap();
    assert!(dossier.terms.iter().all(|term| term.tracks.claimed.value.code() == "not_agreed"));
    assert_eq!(dossier.agreement.stage.reported.value, None);
}

#[test]
fn a_newer_reader_supersedes_and_the_same_one_is_a_no_op() {
    let first = deal("Gao pact", Some("2022-03-10"), 1);
    let mut newer = deal("Gao truce", Some("2022-03-10"), 1);
    newer.report(|report| report.reader = "0.10.0".into());
    let mut older = deal("Gao deal", Some("2022-03-10"), 1);
    older.report(|report| report.reader = "0.9.0".into());
    let told = [first.told(), newer.told(), older.told(), first.told()];
    let mut ledger = crate::Ledger::new(crate::samples::registers());
    let taken: Vec<Taken> = log(&told).iter().map(|entry| ledger.take(entry).unwrap()).collect();
    use Taken::{Again, AnotherReader, New};
    assert_eq!(taken, [New, AnotherReader, AnotherReader, Again]);
    assert_eq!(ledger.holds(&told[3].report), Some(1));
    let question = ask("2022-12-31", "2022-12-31");
    assert_eq!(names(&told, question), "Gao truce");
    assert_eq!(names(&told, Question { recorded_by: Some(1), ..question }), "Gao pact");
}

#[test]
fn an_entry_out_of_order_is_refused() {
    let entries = log(&[deal("Gao pact", None, 1).told(), deal("Kidal pact", None, 2).told()]);
    let said = crate::Ledger::replay(crate::samples::registers(), &entries[1..]).err().unwrap();
    assert!(said.to_string().contains("entry 2 follows entry 0"), "{said}");
}

#[test]
fn an_agreement_is_found_by_part_of_its_name_and_never_guessed() {
    let told = [
        deal("Ghadāmis understanding", Some("2022-03-10"), 5).told(),
        deal("Sabha understanding", Some("2022-03-11"), 6).told(),
        page().told(),
    ];
    let ledger = ledger(&told);
    let question = ask("2022-12-31", "2022-12-31");
    let check = |wanted: &str, expected: &str| {
        let found = ledger.find(wanted, question).map(|key| {
            let summaries = ledger.agreements(question);
            summaries.into_iter().find(|one| one.key == key).unwrap().name
        });
        let said = found.unwrap_or_else(|problem| problem.to_string());
        assert!(said.contains(expected), "{wanted}: {said}");
    };
    check("ghadamis", "Ghadāmis understanding");
    check("GHADĀMIS", "Ghadāmis understanding");
    // Of two that fit, the one with terms.
    check("wadi nur", "Wadi Nur understanding");
    check("2018 settlement", "2018 Wadi Nur settlement");
    check("understanding", "Wadi Nur understanding");
    check("tobruk", "no agreement is called `tobruk`; there are ag-");
    check("", "no agreement is called");
    let summaries = ledger.agreements(question);
    check(summaries[0].key.as_str(), &summaries[0].name);
    let bare = crate::samples::ledger(&told[..2]);
    let several = bare.find("understanding", question);
    assert!(matches!(several, Err(FindError::Several { .. })), "{several:?}");
}
