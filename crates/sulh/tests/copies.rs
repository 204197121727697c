//! Takes reports that have words in common, checks what `sulh copies` and `sulh score copies` print of them.
//! Invariant: nothing is stored, and what cannot be read is one sentence.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::Desk;

const TOLD: &str = "The elders of both valleys walked to the bridge at dawn, counted the families who wished to \
    come home, and wrote each name into two books.\n\nOne book stays with the priest and one with the teacher, \
    so that nobody can be forgotten when the trucks come. The drivers asked for bread and for an escort.";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("r/first.txt", TOLD);
    desk.write("r/first.txt.meta.json", r#"{"published":"2020-10-01","publisher":"Valley Post"}"#);
    desk.write("r/again.txt", format!("Read this with us, dear friends.\n\n{TOLD}\n"));
    desk.write("r/again.txt.meta.json", r#"{"published":"2020-10-02"}"#);
    desk.write(
        "r/own.txt",
        "A well was dug in the upper village, and the school has its roof again.\n",
    );
    desk
}

#[test]
fn a_copy_is_told_with_what_it_copies() {
    let answer = desk().run(&["copies", "r"]).good();
    assert_eq!(
        answer.out,
        "r/again.txt (2020-10-02)\n  copy      of r/first.txt (Valley Post, 2020-10-01): 90 % of it stands there\n"
    );
}

#[test]
fn the_json_points_to_the_words() {
    let answer = desk().run(&["copies", "--json", "r"]).good();
    let lines: Vec<serde_json::Value> =
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{}", answer.out);
    let again = &lines[1];
    assert_eq!(again["schema"], "sulh.copies/1");
    assert_eq!(again["cluster"]["root"]["source"], "r/first.txt");
    assert_eq!(again["shares"][0]["relation"], "copy");
    assert_eq!(again["shares"][0]["passages"][0]["there"]["start"], 0);
}

#[test]
fn reports_with_nothing_in_common_are_said_to_have_nothing() {
    let answer = desk().run(&["copies", "r/own.txt", "r/first.txt"]).good();
    assert_eq!(answer.out, "No two reports have a passage in common.\n");
}

#[test]
fn the_suite_names_a_line_it_cannot_read() {
    let desk = Desk::new();
    desk.write("d/timebank-x.jsonl", "{\"text\":\"so\"}\n{\"text\":\n");
    let answer = desk.run(&["score", "copies", "--data", "d"]);
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("timebank-x.jsonl, line 2: is no page"), "{}", answer.err);
}
