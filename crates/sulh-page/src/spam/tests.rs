//! Takes comments as they stand under reports, expects readers kept and adverts found.
//! Invariant: figures are those of `corpus/spam/test.toml`, which nothing was learned from.

use super::*;
use sha2::{Digest, Sha256};

fn check(comment: &str, advert: bool) {
    let judgement = judge(comment);
    assert_eq!(judgement.advert, advert, "{judgement:?}: {comment}");
}

#[test]
fn every_example_line_counts_as_it_should() {
    let tried = check_rules().unwrap();
    assert!(tried > 60, "only {tried} example lines were tried");
}

#[test]
fn every_sign_has_its_weight() {
    let (rules, model) = shipped().unwrap();
    let without: Vec<&str> =
        signs::names(&rules).filter(|sign| !model.signs.contains_key(*sign)).collect();
    assert_eq!(without, [""; 0], "learn again: cargo xtask train-spam");
    let unknown =
        rules.shapes.keys().find(|name| signs::SHAPES.iter().all(|shape| shape.0 != **name));
    assert_eq!(unknown, None, "no shape has this name");
    assert!(rules.shapes.len() == signs::SHAPES.len(), "each shape stands in {RULES_FILE}");
}

#[test]
fn readers_are_kept() {
    check("Source: https://monitor.example/2021/05/report-on-the-truce", false);
    check("Al Jazeera channel reported this before you did.", false);
    check("Few here subscribe to that view.", false);
    check("WHERE ARE OUR SONS", false);
    check("Please help, my brother was on the second bus.", false);
    check("The line for missing persons is 0800 555 0199.", false);
    check("Free movement of goods and services shall be guaranteed by both parties.", false);
    check("", false);
}

#[test]
fn adverts_are_found() {
    check("I make $80 an hour from home, see http://jobs.example >>>>", true);
    check("Do you need an urgent loan? Whatsapp +1 555 0100 123", true);
    check("go to cheap-watches . com, f\u{200b}ree shipping!", true);
    check("Subscribe to my channel please", true);
}

#[test]
fn a_sentence_that_may_be_the_reports_own_has_to_be_surer() {
    check("The casino reopened and its slots pay for the brigade.", false);
    check("the casino reopened and its slots pay for my brigade", true);
}

#[test]
fn our_own_half_for_tests_is_judged_well() {
    let figures = shipped_figures(&own_test().unwrap());
    assert!(figures.precision() >= 95.0, "{figures:?}");
    assert!(figures.recall() >= 90.0, "{figures:?}");
    assert!(figures.lost_readers() <= 2.0, "{figures:?}");
}

#[test]
fn a_comment_lies_in_the_half_its_text_decides() {
    for (half, comments) in [(0, own_train().unwrap()), (1, own_test().unwrap())] {
        for Judged { text, .. } in comments {
            assert_eq!(Sha256::digest(text.as_bytes())[0] % 2, half, "{text}");
        }
    }
}

#[test]
fn the_order_of_comments_does_not_matter() {
    let judged = |text: &str, spam| Judged { set: "a".to_owned(), text: text.to_owned(), spam };
    let mut some = vec![judged("watch my film", true), judged("they left", false)];
    let model = train(&some).unwrap();
    some.reverse();
    some.push(some[0].clone());
    assert_eq!(train(&some).unwrap(), model, "nor that one came twice");
    assert_eq!(Model::parse(&model.text().unwrap()).unwrap(), model);
}

#[test]
fn a_left_out_set_is_judged_by_what_the_others_taught() {
    let judged =
        |set: &str, text: &str, spam| Judged { set: set.to_owned(), text: text.to_owned(), spam };
    let sets = leave_one_set_out(&[
        judged("a", "subscribe to my channel", true),
        judged("b", "the bridge is closed again", false),
    ]);
    let sets = sets.unwrap();
    assert_eq!(sets[0], ("a".to_owned(), Figures { found: 1, ..Figures::default() }));
    assert_eq!(sets[1], ("b".to_owned(), Figures { kept: 1, ..Figures::default() }));
    assert_eq!(sets[0].1.with(sets[1].1).f1().to_string(), "100");
}
