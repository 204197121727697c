//! Takes reports into a ledger, checks what is listed, shown and verified; and what is refused.
//! Invariant: the same report again changes nothing; a damaged ledger is never written to.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Desk, REPORT};

const WORDS: [&str; 4] = ["--published", "2021-02-10", "--publisher", "South Front"];

/// A desk with one report in its ledger.
fn with_report() -> Desk {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    desk.run(&[&["add", "a.txt"], WORDS.as_slice()].concat()).good();
    desk
}

fn dossier(desk: &Desk, words: &[&str]) -> serde_json::Value {
    let answer = desk.run(&[&["show", "--json", "Tafas"], words].concat()).good();
    serde_json::from_str(&answer.out).unwrap()
}

#[test]
fn a_report_is_added_listed_shown_and_verified() {
    let desk = with_report();
    let listed = desk.run(&["agreements", "--json", "--place", "tafas"]).good().out;
    let listed: serde_json::Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!((&listed["schema"], &listed["terms"]), (&"sulh.agreement/1".into(), &2.into()));
    let told = dossier(&desk, &["--as-of", "2021-02-10", "--known-by", "2021-02-10"]);
    assert_eq!(told["schema"], "sulh.dossier/1");
    assert_eq!(told["agreement"]["stage"]["value"], "initial");
    assert_eq!(told["agreement"]["stage"]["grade"], "supported");
    assert_eq!(told["terms"][0]["reported"]["state"], "pending");
    assert_eq!(told["terms"][1]["reported"]["state"], "waiting");
    let text = desk.run(&["show", "Tafas"]).good().out;
    for words in
        ["initial, supported", "lift siege", "lift the siege of the town", "would change it"]
    {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    desk.run(&["verify"]).good();
}

#[test]
fn the_same_report_again_changes_nothing() {
    let desk = with_report();
    let before = dossier(&desk, &[]);
    let again = desk.run(&[&["add", "a.txt"], WORDS.as_slice()].concat()).good();
    assert!(again.out.contains("there already as entry 1"), "{}", again.out);
    assert_eq!(dossier(&desk, &[]), before);
}

#[test]
fn what_is_known_by_a_day_is_not_moved_by_what_was_published_later() {
    let desk = with_report();
    let clocks = ["--as-of", "2021-02-10", "--known-by", "2021-02-10", "--recorded-by", "1"];
    let before = desk.run(&[&["show", "Tafas", "--json"], clocks.as_slice()].concat()).good().out;
    desk.write("b.txt", REPORT.replace("9 February", "11 February"));
    desk.run(&["add", "b.txt", "--published", "2021-02-12", "--publisher", "Reuters"]).good();
    let after = desk.run(&[&["show", "Tafas", "--json"], clocks.as_slice()].concat()).good().out;
    assert_eq!(before, after);
}

#[test]
fn the_keys_of_pseudonyms_lie_beside_the_ledger_for_its_owner_alone() {
    let desk = with_report();
    let keys = desk.path("ledger.sulh.keys");
    let first = std::fs::read(&keys).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o600);
    }
    desk.write("c.txt", "Calm held in Sirte.");
    desk.run(&["add", "c.txt"]).good();
    assert_eq!(std::fs::read(&keys).unwrap(), first, "a second run keeps the keys");
    desk.write("ledger.sulh.keys", "nonsense");
    desk.run(&["add", "c.txt"]).fails(&["ledger.sulh.keys", "no key file of sulh"]);
}

#[test]
fn a_ledger_whose_keys_are_lost_takes_nothing_more_until_a_new_key_is_asked_for() {
    let desk = with_report();
    let keys = desk.path("ledger.sulh.keys");
    let first = std::fs::read(&keys).unwrap();
    std::fs::remove_file(&keys).unwrap();
    desk.write("c.txt", "Calm held in Sirte.");
    let asks = ["ledger.sulh.keys", "is missing", "put the file back", "--new-key"];
    desk.run(&["add", "c.txt"]).fails(&asks);
    assert!(!keys.exists(), "a refusal makes no keys");
    assert!(desk.run(&["verify"]).good().out.contains(": 1 entries"), "nothing was added");
    desk.run(&["add", "c.txt", "--new-key"]).good();
    assert_ne!(std::fs::read(&keys).unwrap(), first);
    desk.run(&["add", "c.txt"]).good();
    desk.run(&["add", "c.txt", "--new-key"]).fails(&["ledger.sulh.keys", "is not written over"]);
    desk.run(&["add", "c.txt", "--ledger", "other.sulh", "--new-key"]).good();
}

#[test]
fn the_words_behind_a_verdict_are_those_of_the_text_that_was_read() {
    let desk = Desk::new();
    // The lines end in CR LF and the capture is not its own text: its spans count in the decoded one.
    desk.write("a.txt", REPORT.replace('\n', "\r\n"));
    desk.run(&[&["add", "a.txt"], WORDS.as_slice()].concat()).good();
    assert!(desk.run(&["verify"]).good().out.contains("1 entries, 2 captures and page texts"));
    let told = dossier(&desk, &[]);
    let span = &told["terms"][0]["because"][0]["spans"][0];
    assert_ne!(span["page"], span["page_text"]);
    let shown = desk.run(&["show", "Tafas"]).good().out;
    assert!(shown.contains("\"The army will lift the siege of the town;\""), "{shown}");
}

#[test]
fn what_cannot_be_answered_is_told_in_one_sentence() {
    let desk = with_report();
    let check = |words: &[&str], parts: &[&str]| {
        desk.run(words).fails(parts);
    };
    check(&["show", "Atlantis"], &["Atlantis", "ag-"]);
    check(&["show", "Tafas", "--as-of", "soon"], &["--as-of", "`soon` is no date"]);
    check(&["show", "Tafas", "--known-by", "2020-01-01"], &["Tafas"]);
    check(&["agreements", "--from", "x"], &["--from", "`x` is no date"]);
    check(&["show", "Tafas", "--ledger", "gone.sulh"], &["gone.sulh"]);
    check(&["verify", "--ledger", "gone.sulh"], &["gone.sulh"]);
    desk.write(
        "note.txt.sulh",
        "this is a note and no ledger at all, and long enough to be one. ".repeat(40),
    );
    check(&["verify", "--ledger", "note.txt.sulh"], &["note.txt.sulh"]);
    check(&["add", "a.txt", "--ledger", "note.txt.sulh"], &["note.txt.sulh"]);
    check(&["agreements", "--ledger", "."], &["."]);
    assert!(!desk.path("gone.sulh").exists(), "a question never makes a ledger");
}

#[test]
fn a_name_of_two_agreements_is_refused_with_both() {
    let desk = with_report();
    let other = REPORT.replace("lift the siege", "withdraw its tanks from the edge");
    desk.write("b.txt", other.replace("9 February", "9 May"));
    desk.run(&["add", "b.txt", "--published", "2021-05-10", "--publisher", "Reuters"]).good();
    let refused = desk.run(&["show", "Tafas"]);
    refused.fails(&["`Tafas` can mean", "give the id"]);
    let id = refused.err.split("ag-").nth(2).unwrap();
    let id = format!("ag-{}", &id[..10]);
    assert!(desk.run(&["show", &id]).good().out.contains(&id));
}
