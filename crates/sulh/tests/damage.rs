//! Takes ledgers that are cut off, damaged or in use, checks that nothing acknowledged is lost and nothing is overwritten.
//! Invariant: a run that is killed leaves whole entries only.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Desk, REPORT};
use std::{
    io::{BufRead, BufReader},
    process::Stdio,
    time::Duration,
};

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
