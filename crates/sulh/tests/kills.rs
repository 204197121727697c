//! Takes 500 runs of `sulh add` on one ledger and 40 that would make one, kills each at another moment of its life.
//! Invariant: what was acknowledged is there as the entry it was told to be, nothing is half there, and
//! the ledger goes on. No outcome hangs on how fast the machine is; only how many runs die early does.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use running::{Answer, Desk, REPORT, answer};
use std::{
    collections::BTreeMap,
    process::Stdio,
    time::{Duration, Instant},
};

const KILLS: u32 = 500;
const KILLS_OF_MAKERS: u32 = 40;

/// After so many kills the ledger is verified and the life of a run, which grows with the ledger, measured again.
const ROUND: u32 = 25;

/// Every tenth is a deal; the others are short, as each run replays all that is there.
fn report(number: u32) -> String {
    let text = if number.is_multiple_of(10) { REPORT } else { "Calm held in Tafas." };
    text.replace("Tafas", &format!("Tafas{number}"))
}

/// Starts a run and kills it after a while, which may be after its end.
fn killed(desk: &Desk, words: &[&str], after: Duration) -> Answer {
    let mut command = desk.command(words);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(after);
    running.kill().unwrap();
    answer(running.wait_with_output().unwrap())
}

/// Moments spread over a life and a little beyond, no two alike; every second one lies in its last third,
/// where the entry is written.
fn moment(number: u32, life: Duration) -> Duration {
    let part = (f64::from(number) * 0.618_033_988_75).fract();
    life.mul_f64(if number.is_multiple_of(2) { 1.15 * part } else { 0.65 + 0.45 * part })
}

/// The entry a run says it added; nothing when it was killed before it could say so.
fn acknowledged(answer: &Answer) -> Option<u64> {
    // A line that was cut short is no acknowledgement.
    let line = answer.out.split_inclusive('\n').next().filter(|line| line.ends_with('\n'))?;
    line.strip_prefix("entry ")?.split(':').next()?.parse().ok()
}

/// How many entries and how many archived texts `verify` counts, all of them whole.
fn verified(desk: &Desk) -> (u64, u64) {
    let told = desk.run(&["verify"]).good().out;
    let words: Vec<&str> = told.split_whitespace().collect();
    (words[1].parse().unwrap(), words[3].parse().unwrap())
}

/// How long a run takes that nobody kills, and what it acknowledged.
fn lived(desk: &Desk, name: &str) -> (Duration, u64) {
    let started = Instant::now();
    let whole = desk.run(&["add", name]).good();
    (started.elapsed(), acknowledged(&whole).unwrap())
}

#[test]
fn what_was_acknowledged_before_any_kill_is_there_and_nothing_is_half_there() {
    let desk = Desk::new();
    let mut told: BTreeMap<String, u64> = BTreeMap::new();
    let mut names = Vec::new();
    let mut life = Duration::ZERO;
    for number in 0..KILLS {
        if number % ROUND == 0 {
            let name = format!("whole{number}.txt");
            desk.write(&name, report(KILLS + number));
            let (time, seq) = lived(&desk, &name);
            life = time;
            told.insert(name.clone(), seq);
            names.push(name);
            verified(&desk);
        }
        let name = format!("{number}.txt");
        desk.write(&name, report(number));
        let answer = killed(&desk, &["add", &name], moment(number, life));
        assert_eq!(answer.err, "", "{name}");
        told.extend(acknowledged(&answer).map(|seq| (name.clone(), seq)));
        names.push(name);
    }
    let (entries, archived) = verified(&desk);
    // Each of these reports is its own page text: one thing archived for each entry, and none without.
    assert_eq!(entries, archived);
    let again =
        desk.run(&[vec!["add"], names.iter().map(String::as_str).collect()].concat()).good();
    let mut there = 0;
    for line in again.out.lines() {
        let (known, name) = line.split_once(": ").unwrap();
        let Some(seq) = known.strip_prefix("there already as entry ") else {
            assert_eq!(told.get(name), None, "acknowledged and not there: {name}");
            continue;
        };
        there += 1;
        assert!(told.get(name).is_none_or(|it| it.to_string() == seq), "{name} is entry {seq}");
    }
    assert_eq!(there, entries, "an entry is in the ledger that no report made");
    assert_eq!(verified(&desk), (names.len() as u64, names.len() as u64));
    let rounds = u64::from(KILLS / ROUND);
    assert!(told.len() as u64 > rounds, "every run was killed before it could write");
    assert!(entries < names.len() as u64, "no run was killed in time");
    println!("{} acknowledged, {entries} there, of {}", told.len(), names.len());
}

#[test]
fn a_run_that_is_killed_while_it_makes_a_ledger_leaves_a_ledger_or_none() {
    let trial = Desk::new();
    trial.write("a.txt", report(0));
    let (life, _) = lived(&trial, "a.txt");
    let mut made = 0;
    for number in 0..KILLS_OF_MAKERS {
        let desk = Desk::new();
        desk.write("a.txt", report(number));
        let answer = killed(&desk, &["add", "a.txt"], moment(number, life));
        assert_eq!(answer.err, "");
        if desk.path("ledger.sulh").exists() {
            made += 1;
            let (entries, archived) = verified(&desk);
            assert_eq!(entries, archived);
            assert!(acknowledged(&answer).is_none_or(|seq| seq == entries));
        } else {
            assert_eq!(acknowledged(&answer), None);
        }
        desk.run(&["add", "a.txt"]).good();
        assert_eq!(verified(&desk), (1, 1));
    }
    assert!(made < KILLS_OF_MAKERS, "no run was killed in time");
}
