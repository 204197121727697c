//! Takes reports of several days, checks what is told to have changed between two of them, and the demo's story.
//! Invariant: a question compared with itself has no changes.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Desk, REPORT};
use serde_json::Value;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("a.txt", REPORT);
    desk.run(&["add", "a.txt", "--published", "2021-02-10", "--publisher", "South Front"]).good();
    desk
}

fn diff(desk: &Desk, days: [&str; 2]) -> Value {
    let words = ["diff", "Tafas", "--json", "--known-by", days[0], "--and", days[1]];
    serde_json::from_str(&desk.run(&words).good().out).unwrap()
}

fn of_kind<'a>(told: &'a Value, kind: &str) -> Vec<&'a Value> {
    told["changes"].as_array().unwrap().iter().filter(|one| one["change"] == kind).collect()
}

#[test]
fn what_came_to_be_known_is_told_with_its_report_and_vouchers() {
    let told = diff(&desk(), ["2021-02-09", "2021-02-10"]);
    assert_eq!((&told["schema"], &told["known_earlier"]), (&"sulh.diff/1".into(), &false.into()));
    assert_eq!(told["reports"][0]["publisher"], "South Front");
    assert_eq!(of_kind(&told, "term_new").len(), 2);
    let stage = of_kind(&told, "stage")[0];
    assert_eq!((&stage["to"], &stage["grade"]), (&"initial".into(), &"supported".into()));
    assert_eq!(stage["lines"][0]["voucher"], "Syrian Observatory for Human Rights");
}

#[test]
fn a_mirror_adds_a_report_and_nobodys_word() {
    let desk = desk();
    desk.run(&["add", "a.txt", "--published", "2021-02-12", "--url", "https://mirror.example/a"])
        .good();
    let told = diff(&desk, ["2021-02-10", "2021-02-12"]);
    assert_eq!(told["reports"][0]["is_copy"], true);
    for change in told["changes"].as_array().unwrap() {
        assert_eq!(change["change"], "repeated", "{change}");
    }
}

#[test]
fn nothing_changed_is_said_plainly_in_whichever_order_the_days_are_typed() {
    let desk = desk();
    let words = ["diff", "Tafas", "--known-by", "2021-03-01", "--and", "2021-02-11"];
    let text = desk.run(&words).good().out;
    assert!(text.contains("known by 2021-02-11 (as of 2021-02-11) to"), "{text}");
    assert!(text.contains("Nothing changed, and no new report tells of it."), "{text}");
}

#[test]
fn what_cannot_be_compared_is_told_in_one_sentence() {
    let desk = desk();
    let check = |days: [&str; 2], parts: &[&str]| {
        desk.run(&["diff", "Tafas", "--known-by", days[0], "--and", days[1]]).fails(parts);
    };
    check(["soon", "2021-02-10"], &["--known-by", "`soon` is no date"]);
    check(["2021-02-10", "later"], &["--and", "`later` is no date"]);
    check(["2020-01-01", "2020-02-01"], &["Tafas"]);
}

#[test]
fn the_demo_tells_each_day_and_each_report_once() {
    let desk = Desk::new();
    let out = desk.run(&["demo", "--json"]).good().out;
    let days: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let named: Vec<&str> = days.iter().map(|day| day["day"].as_str().unwrap()).collect();
    assert!(named.is_sorted() && !named.is_empty(), "{named:?}");
    let entries: Vec<u64> = days
        .iter()
        .flat_map(|day| day["reports"].as_array().unwrap())
        .map(|report| report["entry"].as_u64().unwrap())
        .collect();
    assert_eq!(entries, (1..=entries.len() as u64).collect::<Vec<_>>());
    assert_eq!(days[0]["reports"][0]["adds"], "line");
    assert!(std::fs::read_dir(desk.path(".")).unwrap().next().is_none(), "it writes nothing");
}

#[test]
fn the_demo_keeps_its_ledger_where_it_is_told_and_nowhere_twice() {
    let desk = Desk::new();
    let text = desk.run(&["demo", "--ledger", "demo.sulh"]).good().out;
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    assert!(text.contains("--ledger demo.sulh"), "{text}");
    desk.run(&["verify", "--ledger", "demo.sulh"]).good();
    desk.run(&["demo", "--ledger", "demo.sulh"]).fails(&["demo.sulh", "is there already"]);
}
