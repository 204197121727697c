//! Takes the example reports through the demo, checks what the ledger makes of a case that goes on.
//! Invariant: what is asked of an earlier day or an earlier entry is not moved by anything later.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::Desk;
use serde_json::Value;
use std::path::Path;

/// The whole story in one ledger, and what the demo told of each day.
fn told() -> (Desk, Vec<Value>) {
    let desk = Desk::new();
    let lines = desk.run(&["demo", "--ledger", "story.sulh", "--json"]).good().out;
    let days = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (desk, days)
}

fn show(desk: &Desk, ledger: &str, words: &[&str]) -> Value {
    let mut all = vec!["show", "initial", "--ledger", ledger, "--json"];
    all.extend(words);
    serde_json::from_str(&desk.run(&all).good().out).unwrap()
}

fn on(desk: &Desk, day: &str) -> Value {
    show(desk, "story.sulh", &["--as-of", day, "--known-by", day])
}

fn element<'d>(dossier: &'d Value, kind: &str, at: usize) -> &'d Value {
    let elements = dossier["terms"].as_array().unwrap().iter();
    let mut elements = elements.flat_map(|term| term["elements"].as_array().unwrap());
    elements.by_ref().filter(|element| element["kind"] == kind).nth(at).unwrap()
}

/// The state and grade of an element on a track.
#[track_caller]
fn check(element: &Value, track: &str, expected: &str) {
    let told = &element[track];
    let found = format!("{} {}", told["state"].as_str().unwrap(), told["grade"].as_str().unwrap());
    assert_eq!(found, expected, "{}", element["id"]);
}

/// The named vouchers behind a proposition of an element.
fn vouchers(dossier: &Value, element: &Value, transition: &str) -> Vec<String> {
    let wanted = format!("{} {transition}", element["id"].as_str().unwrap());
    let terms = dossier["terms"].as_array().unwrap().iter();
    let mut told = terms.flat_map(|term| term["because"].as_array().unwrap());
    let part = told.find(|part| part["proposition"] == wanted.as_str()).unwrap();
    let lines = part["lines"].as_array().unwrap().iter();
    lines.filter_map(|line| line["voucher"].as_str().map(str::to_owned)).collect()
}

#[test]
fn an_entry_claimed_on_the_first_day_is_corroborated_on_the_second() {
    let (desk, _) = told();
    let first = on(&desk, "2020-10-03");
    let deploy = first["terms"].as_array().unwrap().iter().find(|it| it["kind"] == "deploy_forces");
    assert_eq!(deploy.unwrap()["reported"]["state"], "pending");
    assert_eq!(deploy.unwrap()["claimed"]["state"], "under_way");
    let second = on(&desk, "2020-10-04");
    let entry = element(&second, "deploy_forces", 0);
    check(entry, "reported", "under_way corroborated");
    assert_eq!(vouchers(&second, entry, "begun"), ["Al-Watan", "Enab Baladi"]);
    check(element(&second, "deploy_forces", 1), "reported", "pending corroborated");
}

#[test]
fn who_cites_adds_a_report_and_who_copies_adds_nothing_else() {
    let (_, days) = told();
    let reports = days.iter().flat_map(|day| day["reports"].as_array().unwrap());
    let adds = |wanted: &str| {
        let mut found = reports.clone().filter(|report| report["publisher"] == wanted);
        found.next().unwrap()["adds"].as_str().unwrap().to_owned()
    };
    assert_eq!(adds("Enab Baladi"), "line");
    assert_eq!(adds("Horan Free League"), "report");
    assert_eq!(adds("Levant Mirror"), "copy");
    assert_eq!(adds("News Scoop 24"), "report");
}

#[test]
fn the_final_deal_and_what_came_of_it_stand_on_named_words() {
    let (desk, days) = told();
    let eighth = on(&desk, "2020-10-08");
    assert_eq!(eighth["agreement"]["stage"]["value"], "final");
    for kind in ["lift_siege", "release_detainees"] {
        let done = element(&eighth, kind, 0);
        assert_eq!(done["claimed"]["state"], "done", "{kind}");
        assert_eq!(vouchers(&eighth, done, "completed"), ["Enab Baladi"]);
        let ninth = on(&desk, "2020-10-09");
        check(element(&ninth, kind, 0), "reported", "done corroborated");
    }
    let reversed = days.iter().filter(|day| day.to_string().contains("\"reversal\":\"undone\""));
    assert_eq!(reversed.map(|day| day["day"].clone()).collect::<Vec<_>>(), ["2020-11-15"]);
}

#[test]
fn to_settle_without_enlisting_leaves_enlisting_open() {
    let (desk, _) = told();
    let last = on(&desk, "2021-12-31");
    check(element(&last, "settle_status", 0), "claimed", "under_way claimed");
    let join = element(&last, "join_forces", 0);
    check(join, "reported", "pending supported");
    check(join, "claimed", "pending supported");
    assert!(join["flags"].as_array().unwrap().contains(&"not_done_reported".into()));
}

#[test]
fn earlier_days_and_entries_answer_as_they_did() {
    let (desk, _) = told();
    let example = |name: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../examples")
            .join(name)
            .display()
            .to_string()
    };
    desk.run(&["add", "--ledger", "first.sulh", &example("kanakir-initial-deal.html")]);
    let days = ["--as-of", "2020-10-03", "--known-by", "2020-10-03"];
    let at_first = [&days[..], &["--recorded-by", "1"]].concat();
    let mut then = show(&desk, "first.sulh", &at_first);
    let mut now = show(&desk, "story.sulh", &at_first);
    // The one field that says that there is more now, and never what.
    assert_eq!((then["recorded_later"].take(), now["recorded_later"].take()), (0.into(), 2.into()));
    assert_eq!(then.to_string(), now.to_string());
    for name in ["kanakir-initial-deal.txt", "kanakir-troops-enter.txt"] {
        desk.run(&["add", "--ledger", "first.sulh", &example(name)]);
    }
    let known = |ledger| show(&desk, ledger, &days).to_string();
    assert_eq!(known("first.sulh"), known("story.sulh"));
}
