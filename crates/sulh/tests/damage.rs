//! Takes ledgers that are cut off, damaged or in use, checks that nothing acknowledged is lost and nothing is overwritten.
//! Invariant: a run that is killed leaves whole entries only.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Desk, REPORT};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
    time::Duration,
};
use sulh_desk::{Filter, LedgerDesk, LedgerStore, Question, SqliteStore};

const REPORTS: usize = 60;
const KILLS: u64 = 15;

fn many(desk: &Desk) {
    for number in 0..REPORTS {
        desk.write(
            &format!("in/{number:03}.txt"),
            REPORT.replace("Tafas", &format!("Tafas{number}")),
        );
    }
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there_and_whole() {
    let desk = Desk::new();
    many(&desk);
    let mut acknowledged = 0;
    for round in 0..KILLS {
        let mut running = desk
            .command(&["add", "in"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(running.stdout.take().unwrap());
        // Kill after another number of acknowledgements each time, and a little into the next one.
        for line in out.lines().map_while(Result::ok).take(round as usize % 5 + 1) {
            let seq = line.split("entry ").nth(1).unwrap().split(':').next().unwrap();
            acknowledged = acknowledged.max(seq.parse::<u64>().unwrap());
        }
        std::thread::sleep(Duration::from_micros(round * 700));
        running.kill().unwrap();
        running.wait().unwrap();
        let verified = desk.run(&["verify"]);
        assert_eq!(verified.code, Some(0), "round {round}: {}", verified.err);
    }
    assert!(acknowledged > 0);
    let whole = desk.run(&["add", "in"]);
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    let kept = whole.out.lines().filter(|line| line.starts_with("there already")).count() as u64;
    assert!(kept >= acknowledged, "{kept} of {acknowledged} are there");
    desk.run(&["verify"]).good();
}

#[test]
fn two_runs_at_once_lose_nothing() {
    let desk = Desk::new();
    many(&desk);
    let mut first = desk.command(&["add", "in"]).stdout(Stdio::null()).spawn().unwrap();
    let second = desk.run(&["add", "in"]);
    let first = first.wait().unwrap();
    assert!(first.success() || second.code == Some(0), "{}", second.err);
    if second.code != Some(0) {
        assert!(second.err.contains("in use by process"), "{}", second.err);
    }
    desk.run(&["verify"]).good();
    let after = desk.run(&["add", "in"]).good().out;
    assert_eq!(after.lines().filter(|line| line.starts_with("there already")).count(), REPORTS);
}

#[test]
fn a_damaged_ledger_is_named_and_recovered_into_a_new_file() {
    let desk = Desk::new();
    many(&desk);
    desk.run(&["add", "in"]).good();
    let file = desk.path("ledger.sulh");
    let mut bytes = std::fs::read(&file).unwrap();
    // Inside the payload of an entry, which is stored as text.
    let needle = b"Tafas31";
    let at = bytes.windows(needle.len()).rposition(|words| words == needle).unwrap();
    bytes[at] ^= 0x01;
    std::fs::write(&file, &bytes).unwrap();
    desk.run(&["verify"]).fails(&["ledger.sulh", "entry"]);
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "verify writes nothing");
    let recovered = desk.run(&["verify", "--recover", "new.sulh"]);
    assert!(recovered.err.contains("entry") || recovered.out.contains("entr"), "{}", recovered.out);
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "recovery writes nothing to the old file");
    desk.run(&["verify", "--ledger", "new.sulh"]).good();
    desk.run(&["verify", "--recover", "new.sulh"]).fails(&["new.sulh"]);
}

/// All that can be listed and shown, with the words behind it; nothing where the ledger cannot be opened or asked.
fn every_answer(file: &Path) -> Option<String> {
    let day = "2021-03-01".parse().unwrap();
    let question =
        Question { as_of: day, known_by: "2021-03-01".parse().unwrap(), recorded_by: None };
    let desk = LedgerDesk::open(SqliteStore::open_to_read(file).ok()?).ok()?;
    let mut answers = String::new();
    for summary in desk.agreements(question, &Filter::default()) {
        let shown = desk.show(&summary.id, question).ok()?;
        for span in shown.terms.iter().flat_map(|term| &term.because).flat_map(|it| &it.spans) {
            answers.push_str(&desk.quote(span)?);
        }
        answers.push_str(&serde_json::to_string(&(summary, shown)).unwrap());
    }
    Some(answers)
}

/// Which share of the bits is flipped here, over the whole file. The store's own test flips every bit that
/// holds something, and compares entries and archived texts, of which the answers are a function.
const FLIP_STEP: usize = 61;

#[test]
fn a_flipped_bit_is_found_or_every_answer_is_the_same_to_the_byte() {
    let desk = Desk::new();
    desk.write("a.txt", REPORT).write("b.txt", REPORT.replace("Tafas", "Inkhil"));
    desk.run(&["add", "a.txt", "b.txt", "--published", "2021-02-10"]).good();
    let file = desk.path("ledger.sulh");
    let whole = std::fs::read(&file).unwrap();
    let expected = every_answer(&file).unwrap();
    assert!(expected.contains("lift the siege") && expected.contains("Inkhil"), "{expected}");
    let (mut found, mut harmless) = (0, 0);
    for bit in (0..whole.len() * 8).step_by(FLIP_STEP) {
        let at = bit / 8;
        // Of room that is not used, a few bits are enough.
        if whole[at..].iter().take(16).all(|byte| *byte == 0) && bit % 16 != 0 {
            continue;
        }
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (bit % 8);
        std::fs::write(&file, &bytes).unwrap();
        let store = SqliteStore::open_to_read(&file).ok();
        if store.is_none_or(|store| store.verify().unwrap().problem.is_some()) {
            found += 1;
            continue;
        }
        harmless += 1;
        assert_eq!(every_answer(&file).as_ref(), Some(&expected), "byte {at}, bit {}", bit % 8);
    }
    assert!(found > 300 && harmless > 50, "{found} found, {harmless} harmless");
}
