//! Takes files, folders, lines and standard input, checks what `sulh read` says of them, and what it refuses.
//! Invariant: a bad report is one sentence and never hides the good ones.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Answer, Desk, REPORT, answer};
use std::{io::Write, process::Stdio};

fn json(answer: &Answer) -> Vec<serde_json::Value> {
    answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_command_has_help_with_an_example() {
    let desk = Desk::new();
    for command in [
        "read",
        "add",
        "agreements",
        "show",
        "why",
        "diff",
        "brief",
        "say",
        "source",
        "demo",
        "parse",
        "score",
        "verify",
    ] {
        let help = desk.run(&[command, "--help"]).good().out;
        assert!(help.contains(&format!("Example:\n  sulh {command}")), "{help}");
    }
    assert!(desk.run(&["--version"]).good().out.starts_with("sulh 0."));
    assert_eq!(desk.run(&["reed"]).code, Some(2));
}

#[test]
fn a_report_is_told_with_what_is_known_beside_it() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    let words =
        ["read", "--json", "a.txt", "--published", "2021-02-10", "--publisher", "Hauran Post"];
    let told = &json(&desk.run(&words).good())[0];
    assert_eq!(told["schema"], "sulh.reading/1");
    assert_eq!(told["page"]["source"], "a.txt");
    assert_eq!(told["page"]["publisher"], "Hauran Post");
    assert_eq!(told["page"]["published"]["latest"], "2021-02-10");
    let words = ["read", "a.txt", "--published", "2021-02", "--publisher", "Hauran Post"];
    let text = desk.run(&words).good().out;
    assert!(text.contains("Hauran Post, published 2021-02\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn every_key_of_the_shape_is_there_when_nothing_is_known() {
    let desk = Desk::new();
    desk.write("a.txt", "Rain is forecast for the coast.");
    let told = &json(&desk.run(&["read", "--json", "a.txt"]).good())[0];
    let keys = |value: &serde_json::Value| -> Vec<String> {
        value.as_object().unwrap().keys().cloned().collect()
    };
    let whole = [
        "schema",
        "reader",
        "page",
        "statements",
        "agreements",
        "terms",
        "events",
        "stages",
        "notes",
    ];
    assert_eq!(keys(told), whole);
    let page = [
        "id",
        "source",
        "url",
        "canonical",
        "title",
        "publisher",
        "authors",
        "published",
        "modified",
        "told_in",
        "language",
        "text",
        "capture",
        "blocks",
    ];
    assert_eq!(keys(&told["page"]), page);
    assert!(told["page"]["published"].is_null());
}

#[test]
fn a_side_file_is_used_and_options_win_over_it() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT).write(
        "a.txt.meta.json",
        r#"{"title":"Side","publisher":"Side Post","published":"2021-02-10"}"#,
    );
    let told = &json(&desk.run(&["read", "--json", "a.txt", "--publisher", "Other"]).good())[0];
    assert_eq!(told["page"]["title"], "Side");
    assert_eq!(told["page"]["publisher"], "Other");
    assert_eq!(told["page"]["published"]["edtf"], "2021-02-10");
}

#[test]
fn a_wrong_side_file_is_refused_by_name_and_place() {
    let desk = Desk::new();
    let check = |side: &str, parts: &[&str]| {
        desk.write("a.txt", REPORT).write("a.txt.meta.json", side);
        desk.run(&["read", "a.txt"]).fails(parts);
    };
    check(r#"{"publishd":"2021"}"#, &["a.txt.meta.json", "publishd", "line 1 column"]);
    check(r#"{"published":"9 Feb"}"#, &["a.txt.meta.json", "`published`", "9 Feb", "write"]);
    check("{", &["a.txt.meta.json", "line 1"]);
}

#[test]
fn a_folder_gives_its_reports_in_order_without_side_files() {
    let desk = Desk::new();
    desk.write("in/b.txt", REPORT)
        .write("in/a.html", format!("<html><body><article><p>{REPORT}</p></article></body></html>"))
        .write("in/a.html.meta.json", "{}")
        .write("in/deep/c.htm", "<html><body><p>Calm.</p></body></html>")
        .write("in/notes.pdf", "no report");
    let told = json(&desk.run(&["read", "--json", "in"]).good());
    let sources: Vec<_> =
        told.iter().map(|page| page["page"]["source"].as_str().unwrap()).collect();
    assert_eq!(sources, ["in/a.html", "in/b.txt", "in/deep/c.htm"]);
}

#[test]
fn lines_are_read_one_by_one_and_a_bad_one_is_noted_with_its_number() {
    let desk = Desk::new();
    let good =
        r#"{"id":"one","text":"The truce in Taiz held.","published":"2018-12-01","lang":"en"}"#;
    let third = r#"{"url":"https://example.org/3","html":"<p>Calm in Hodeidah.</p>"}"#;
    desk.write("in.jsonl", format!("{good}\n{{\"id\":\"two\"}}\n\n{third}\n"));
    let answer = desk.run(&["read", "--json", "in.jsonl"]);
    assert_eq!(answer.code, Some(0));
    answer.notes(&["in.jsonl:2", "neither `text` nor `html`"]);
    let told = json(&answer);
    assert_eq!(told[0]["page"]["source"], "one");
    assert_eq!(told[0]["page"]["published"]["edtf"], "2018-12-01");
    assert_eq!(told[1]["page"]["source"], "https://example.org/3");
}

#[test]
fn standard_input_is_a_report() {
    let desk = Desk::new();
    let mut running = desk
        .command(&["read", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    running.stdin.take().unwrap().write_all(REPORT.as_bytes()).unwrap();
    let told = json(&answer(running.wait_with_output().unwrap()));
    assert_eq!(told[0]["page"]["source"], "-");
}

#[test]
fn what_cannot_be_read_is_told_in_one_sentence() {
    let desk = Desk::new();
    desk.write("empty/readme.md", "x").write("a.txt", REPORT).write("b.txt", REPORT);
    desk.write("none.txt", "").write("data.bin", [0_u8, 1, 2, 255, 0, 0, 7].repeat(99));
    desk.write("a.txt.meta.json", "{}").write("void.jsonl", "\n");
    let check = |words: &[&str], parts: &[&str]| {
        desk.run(&[&["read"], words].concat()).fails(parts);
    };
    check(&["gone.txt"], &["gone.txt", "check the path"]);
    check(&["empty"], &["empty", "holds no reports", ".html"]);
    check(&["none.txt"], &["none.txt", "holds no text"]);
    check(&["data.bin"], &["data.bin", "is not text"]);
    check(&["void.jsonl"], &["no reports"]);
    check(&["a.txt", "--published", "3 Oct"], &["--published", "`3 Oct` is no date", "write"]);
    check(&["a.txt", "--published", "2021-02-30"], &["2021-02-30"]);
    check(&["ftp://example.org/page"], &["begins with ftp:", "save the report"]);
    check(&["a.txt.meta.json"], &["is a side file"]);
    check(&["a.txt", "b.txt", "--title", "T"], &["--title and --url describe one report"]);
}

#[test]
fn a_bad_report_among_good_ones_is_noted_and_the_rest_goes_on() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    let answer = desk.run(&["read", "--json", "gone.txt", "a.txt"]);
    assert_eq!(answer.code, Some(0));
    answer.notes(&["gone.txt"]);
    assert_eq!(json(&answer).len(), 1);
}

#[test]
fn marks_that_change_what_is_seen_are_spelt_out() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    let title = "Truce \u{202e}in\u{1b}[31m Tafas";
    let text = desk.run(&["read", "a.txt", "--title", title]).good().out;
    assert!(text.contains("Truce \\u{202e}in\\u{1b}[31m Tafas"), "{text}");
}

#[test]
fn a_reader_that_goes_away_ends_us_quietly() {
    let desk = Desk::new();
    let many: String = (0..400)
        .map(|n| format!("{{\"id\":\"{n}\",\"text\":\"Calm held in Sirte.\"}}\n"))
        .collect();
    desk.write("in.jsonl", many);
    let mut running = desk
        .command(&["read", "--json", "in.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(running.stdout.take());
    let ended = answer(running.wait_with_output().unwrap());
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
}
