//! Takes one report of an initial deal with five terms, an unconfirmed claim and an older deal, checks its whole board.
//! Invariant: what is claimed never stands as reported, and every grade is on somebody's word.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::Desk;

/// Invented: a deal told through a monitor by an outlet that leans to one side.
const JASIM: &str = "\
Initial deal reached in Jasim

Government forces and notables of Jasim have reached an initial agreement to resume the settlement in the town, the Syrian Observatory for Human Rights (SOHR) reported on March 5.
Under the agreement, the following terms will be implemented:
- The army will suspend its planned operation in the town;
- Local militants will join the reconciliation and enlist in the Fifth Corps;
- Militants who refuse to join the reconciliation will be moved to opposition-held areas in the north;
- Army troops will enter Jasim and set up several posts inside the town;
- Army troops will carry out a search operation in the farms around the town.
Some opposition sources claimed that the deal is being implemented and that army troops are entering Jasim. However, this is yet to be confirmed.
Local militants attacked government checkpoints, violating the 2018 reconciliation agreement.
";

fn shown(words: &[&str]) -> String {
    let desk = Desk::new();
    desk.write("a.txt", JASIM);
    desk.run(&["add", "a.txt", "--published", "2021-03-05", "--publisher", "South Front"]).good();
    let clocks = ["show", "Jasim", "--as-of", "2021-03-05", "--known-by", "2021-03-05"];
    desk.run(&[clocks.as_slice(), words].concat()).good().out
}

#[test]
fn the_board_parts_what_is_reported_from_what_is_claimed() {
    let told: serde_json::Value = serde_json::from_str(&shown(&["--json"])).unwrap();
    let check = |pointer: &str, expected: &str| {
        let found = told.pointer(pointer).and_then(serde_json::Value::as_str);
        assert_eq!(found, Some(expected), "{pointer}");
    };
    check("/agreement/stage/value", "initial");
    check("/agreement/stage/grade", "supported");
    check("/agreement/concluded/edtf", "../2021-03-05");
    check("/agreement/claimed_stage/value", "in_force");
    check("/agreement/parties/0/assent/value", "reported_by_other");
    check("/agreement/stage/because/0/lines/0/voucher", "Syrian Observatory for Human Rights");
    for (at, kind, state) in [
        (0, "suspend_operation", "binding"),
        (1, "settle_status", "pending"),
        (2, "relocate_fighters", "waiting"),
        (3, "deploy_forces", "pending"),
        (4, "search", "pending"),
    ] {
        check(&format!("/terms/{at}/kind"), kind);
        check(&format!("/terms/{at}/reported/state"), state);
        check(&format!("/terms/{at}/reported/grade"), "supported");
    }
    check("/terms/1/elements/1/kind", "join_forces");
    check("/terms/2/alternative_of", "t2");
    check("/terms/2/voluntariness", "refusal_based");
    check("/terms/3/elements/0/claimed/state", "under_way");
    check("/terms/3/elements/0/claimed/grade", "claimed");
    check("/terms/3/elements/1/claimed/state", "pending");
    check("/agreement/breaches/0/incident/grade", "claimed");
    check("/agreement/breaches/0/responsible/grade", "claimed");
    check(
        "/agreement/breaches/0/agreement",
        told["agreement"]["predecessors"][0]["id"].as_str().unwrap(),
    );
    let flags = told["terms"][0]["flags"].to_string();
    for flag in ["voucher_inherited", "observance_not_reported", "original_not_seen"] {
        assert!(flags.contains(flag), "{flags}");
    }
}

#[test]
fn the_text_says_the_same_on_somebodys_word() {
    let text = shown(&[]);
    for words in [
        "initial, supported, on the word of Syrian Observatory for Human Rights",
        "claimed to be in force, claimed, on the word of unnamed (opposition side)",
        "reported binding",
        "reported waiting",
        "claimed under way",
        "begun: unnamed",
        "no report",
        "observance not",
        "voucher inherited",
        "going is refusal based",
        "Earlier agreement: 2018 reconciliation agreement",
        "breach, incident: claimed, on the word of South Front",
        "original not seen",
        "would change it: one more named source",
        "\"The army will suspend its planned operation in the town;\"",
    ] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}
