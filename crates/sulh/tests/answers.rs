//! Takes reports by several outlets, checks what `why`, `say`, `brief`, `source` and `diff` answer.
//! Invariant: no answer is more certain than the dossier, and a rating moves no question that does not see it.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Answer, Desk};
use serde_json::Value;

/// Invented: an initial deal told through a monitor, with a claim by nobody named.
const DEAL: &str = "\
Initial deal reached in Jasim

Government forces and notables of Jasim have reached an initial agreement, the Syrian Observatory for Human Rights (SOHR) reported on March 5.
Under the agreement, the following terms will be implemented:
- The army will lift the siege of the town;
- Army troops will enter Jasim and set up several posts inside the town.
Some opposition sources claimed that army troops are entering Jasim. However, this is yet to be confirmed.
";

/// Invented: an agency the next day, on two of the promises and in its own voice.
const AGENCY: &str = "\
Troops begin to enter Jasim

Government forces and notables of Jasim have reached an initial agreement. Under the agreement the army will lift the siege of the town and army troops will enter Jasim.
Army troops began entering Jasim on March 6, under the agreement.
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("deal.txt", DEAL);
    desk.run(&["add", "deal.txt", "--published", "2021-03-05", "--publisher", "South Front"])
        .good();
    desk
}

fn on<'a>(day: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    [words, &["--as-of", day, "--known-by", day]].concat()
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.out).unwrap()
}

#[track_caller]
fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is not in:\n{text}");
    }
}

#[test]
fn why_shows_lines_and_the_words_where_they_stand() {
    let desk = desk();
    let text = desk.run(&on("2021-03-05", &["why", "Jasim", "t2.1"])).good().out;
    holds(
        &text,
        &[
            "Army troops: deploy forces",
            "claimed under way",
            "on the word of Syrian Observatory for Human Rights (leans to neither side",
            "on the word of unnamed (opposition side)",
            "would change it: one more named source",
            "deal.txt, South Front, 2021-03-05:",
            "army troops are entering Jasim",
            "t2.1 begun",
        ],
    );
    assert!(!text.contains("t2.2") && !text.contains('\u{1b}'), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let told = json(&desk.run(&on("2021-03-05", &["why", "Jasim", "siege", "--json"])).good());
    assert_eq!((&told["schema"], &told["term"]["id"]), (&"sulh.why/1".into(), &"t1".into()));
    assert_eq!(told["reports"][0]["publisher"], "South Front");
}

#[test]
fn a_term_that_is_none_or_several_is_refused_with_what_there_is() {
    let desk = desk();
    desk.run(&["why", "Jasim", "corridor"]).fails(&["`corridor`", "t1 (lift siege), t2"]);
    desk.run(&["say", "Jasim", "army"]).fails(&["`army` can mean", "t1", "t2"]);
    desk.run(&["why", "Jasim", "t9.1"]).fails(&["`t9.1`"]);
}

#[test]
fn a_sentence_is_as_sure_as_the_ledger_and_silent_where_it_is() {
    let desk = desk();
    let said = json(&desk.run(&on("2021-03-05", &["say", "Jasim", "t2", "--json"])).good());
    holds(
        said["sentence"].as_str().unwrap(),
        &[
            "As of 2021-03-05, according to Syrian Observatory for Human Rights (as relayed) alone [1]",
            "unnamed opposition sources (counted as one) claimed [2], unconfirmed, that",
            "nobody has reported whether",
        ],
    );
    assert_eq!(said["footnotes"][0]["voucher"], "Syrian Observatory for Human Rights");
    assert_eq!(said["footnotes"][0]["published"], "2021-03-05");
    assert_eq!(said["footnotes"][1]["quote"], "army troops are entering Jasim");
    let text = desk.run(&on("2021-03-05", &["say", "Jasim", "t1"])).good().out;
    holds(&text, &["nobody has reported whether it has begun.", "[1] Syrian Observatory"]);
}

#[test]
fn a_brief_tells_what_moved_what_is_quiet_and_what_would_settle_the_rest() {
    let desk = desk();
    let words = ["brief", "--since", "2021-03-05", "--until", "2021-03-05", "--json"];
    let told = json(&desk.run(&words).good());
    assert_eq!((&told["schema"], &told["agreements"]), (&"sulh.brief/1".into(), &1.into()));
    assert_eq!(told["changed"][0]["reports"][0]["publisher"], "South Front");
    assert_eq!(told["quiet"].as_array().unwrap().len(), 0);
    assert_eq!(told["open"][0]["proposition"], "t2.1 begun");
    let later = desk.run(&["brief", "--since", "2021-03-15", "--until", "2021-03-19"]).good().out;
    holds(&later, &["nothing went back", "nothing moved", "nothing is due", "14 days, since 2021"]);
    desk.run(&["brief", "--since", "2021-03-15", "--until", "2021-03-01"])
        .fails(&["--since", "is after"]);
}

#[test]
fn the_next_days_agency_moves_the_reported_track_on_its_word() {
    let desk = desk();
    desk.write("agency.txt", AGENCY);
    desk.run(&["add", "agency.txt", "--published", "2021-03-06", "--publisher", "Reuters"]).good();
    let words = ["diff", "Jasim", "--known-by", "2021-03-05", "--and", "2021-03-06", "--json"];
    let told = json(&desk.run(&words).good());
    let moved = |change: &&Value| change["change"] == "state" && change["track"] == "reported";
    let moved = told["changes"].as_array().unwrap().iter().find(moved).unwrap();
    assert_eq!((&moved["subject"], &moved["to"]["state"]), (&"t2.1".into(), &"under_way".into()));
    let vouchers: Vec<&str> = moved["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|line| line["voucher"].as_str())
        .collect();
    assert_eq!(vouchers, ["Reuters"]);
    let before = on("2021-03-05", &["why", "Jasim", "t2.1", "--json"]);
    assert_eq!(json(&desk.run(&before).good())["term"]["reported"]["state"], "pending");
}

#[test]
fn a_rating_is_an_entry_and_counts_from_there_on() {
    let desk = desk();
    let known = desk.run(&["source", "SOHR"]).good().out;
    holds(&known, &["Syrian Observatory for Human Rights", "monitor", "leans to neither side"]);
    let new = desk.run(&["source", "Hauran Post"]).good().out;
    holds(&new, &["is not in the register", "not examined", "not neutral"]);
    let rate = [
        "source",
        "SOHR",
        "--reliability",
        "b",
        "--side",
        "opposition",
        "--conflict",
        "syria",
        "--by",
        "heron",
        "--reason",
        "a finding made up for this test",
    ];
    holds(
        &desk.run(&rate).good().out,
        &["entry 2  syria: leans to opposition, reliability B (a tag), by heron on"],
    );
    let side = |seq: &str| {
        let words = ["why", "Jasim", "t1", "--json", "--recorded-by", seq];
        json(&desk.run(&words).good())["term"]["because"][0]["lines"][0]["side"].clone()
    };
    assert_eq!((side("1"), side("2")), ("neither".into(), "opposition".into()));
    let before = json(&desk.run(&["source", "SOHR", "--recorded-by", "1", "--json"]).good());
    assert_eq!(before["ratings"].as_array().unwrap().len(), 0);
    desk.run(&["verify"]).good();
}

#[test]
fn a_rating_without_a_reason_or_of_an_unknown_side_is_refused_and_nothing_is_written() {
    let desk = desk();
    let signed = ["--by", "heron", "--reason", "a test"];
    let check = |words: &[&str], parts: &[&str]| {
        desk.run(&[&["source", "SOHR"], words, signed.as_slice()].concat()).fails(parts);
    };
    check(&["--reliability", "G"], &["--reliability", "`G`"]);
    check(&["--side", "martians", "--conflict", "syria"], &["`martians`", "opposition"]);
    check(&["--side", "neither", "--conflict", "mars"], &["`mars`", "syria"]);
    check(&["--side", "neither", "--conflict", "syria", "--from", "x"], &["--from", "`x`"]);
    check(&[], &["--reliability", "--side"]);
    let blank = ["source", "SOHR", "--reliability", "B", "--by", "heron", "--reason", " "];
    desk.run(&blank).fails(&["--reason"]);
    assert_eq!(desk.run(&["source", "SOHR", "--reliability", "B"]).code, Some(2));
    assert!(desk.run(&["verify"]).good().out.contains(": 1 entries"));
}
