//! The three clocks: what a question may see, and what finds it.

use super::one_page::page;
use crate::{
    FindError, Taken,
    report::Told,
    samples::{Page, ask, date, ledger, log, monitor},
    verdict::{Question, Quote},
};
use sulh_model::{
    page::{BlockKind, CaptureId},
    span::Span,
    statement::Factuality,
};

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

#[track_caller]
fn check_found(ledger: &crate::Ledger, wanted: &str, expected: &str) {
    let question = ask("2022-12-31", "2022-12-31");
    let found = ledger.find(wanted, question).map(|key| {
        let summaries = ledger.agreements(question);
        summaries.into_iter().find(|one| one.key == key).unwrap().name
    });
    let said = found.unwrap_or_else(|problem| problem.to_string());
    assert!(said.contains(expected), "{wanted}: {said}");
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
    let check = |wanted: &str, expected: &str| check_found(&ledger, wanted, expected);
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

#[test]
fn whole_words_are_meant_before_parts_of_words_and_numbers_are_never_cut() {
    let names = ["Kanakir7 truce", "Kanakir70 truce", "Truce", "Wad pact"];
    let mut told: Vec<Told> = (11..)
        .zip(names)
        .map(|(bytes, name)| deal(name, Some("2022-03-10"), bytes).told())
        .collect();
    // It has terms, and "wad" only as a part of a word.
    told.push(page().told());
    let all = ledger(&told);
    let check = |wanted: &str, expected: &str| check_found(&all, wanted, expected);
    check("kanakir7", "Kanakir7 truce");
    check("kanakir70", "Kanakir70 truce");
    check("truce kanakir7", "Kanakir7 truce");
    check("kir7 tr", "Kanakir7 truce");
    check("truce", "Truce");
    check("kanakir", "`kanakir` can mean");
    check("wad", "Wad pact");
    check("wadi", "Wadi Nur understanding");
    check_found(&ledger(&told[1..2]), "kanakir7", "no agreement is called");
}

#[test]
fn the_blocks_of_a_quote_are_those_of_the_text_it_stands_in() {
    let read = |reader: &str, kind, text: u8| {
        let mut page = deal("Gao pact", None, 1);
        page.report(|report| {
            report.reader = reader.into();
            report.text = CaptureId::from_digest(&[text; 32]);
        });
        let id = page.nested(&[kind]);
        (page.told(), id)
    };
    let (old, at) = read("0.1.0", BlockKind::Paragraph, 50);
    let (same_text, _) = read("0.10.0", BlockKind::Comment, 50);
    let (other_text, _) = read("0.20.0", BlockKind::Advert, 51);
    let ledger = ledger(&[old, same_text, other_text]);
    let kind = |text: u8| {
        let quote = Quote {
            page: CaptureId::from_digest(&[1; 32]),
            text: CaptureId::from_digest(&[text; 32]),
            span: Span::new(0, 1),
        };
        ledger.blocks(&quote).map(|blocks| blocks[at.0 as usize].kind)
    };
    assert_eq!(kind(50), Some(BlockKind::Comment), "the newest reader of that text knows best");
    assert_eq!(kind(51), Some(BlockKind::Advert));
    assert_eq!(kind(52), None);
}
