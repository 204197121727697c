//! A ledger file from the outside: what was acknowledged is there, what is not a ledger is said to be none,
//! and no flipped bit goes unnoticed.

use crate::{Archived, LedgerStore, NewEntry, SqliteStore, StoreError, Writer, recover};
use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use sulh_ledger::{
    log::{Entry, EntryKind, RecordedAt},
    report::{Report, Told},
    stored::encode,
};
use sulh_model::{edtf::Edtf, page::CaptureId, reading::Reading, time::UncertainDate};

fn writer(pid: u32) -> Writer {
    Writer { pid, since: RecordedAt::parse("2023-05-01T08:00:00Z").unwrap() }
}

fn capture(number: u8) -> Archived {
    let bytes = format!("<p>report {number} on a truce in Taiz</p> ").repeat(9);
    Archived::capture(Some("text/html"), bytes.as_bytes())
}

fn text(number: u8) -> Archived {
    Archived::page_text(&format!("report {number} on a truce in Taiz\n").repeat(9))
}

/// What the entry of a number is read from.
fn read_from(number: u8) -> [Archived; 2] {
    [capture(number), text(number)]
}

fn entry(number: u8) -> NewEntry {
    let report = Report {
        capture: capture(number).address(),
        text: text(number).address(),
        source: format!("{number}.txt"),
        url: None,
        publisher: Some("Taiz Daily".into()),
        title: None,
        published: Edtf::parse("2023-04-30").map(|edtf| UncertainDate::given(edtf, "")),
        archived: "2023-05-01".parse().unwrap(),
        reader: "0.1.0".into(),
        language: None,
        signature: None,
    };
    let reading = Reading {
        statements: vec![],
        agreements: vec![],
        terms: vec![],
        events: vec![],
        stages: vec![],
        notes: vec![],
    };
    NewEntry {
        recorded_at: RecordedAt::parse("2023-05-01T08:00:01Z").unwrap(),
        kind: EntryKind::Report,
        payload: encode(&Told::new(report, &[], reading)).unwrap(),
        salt: [number; 32],
    }
}

/// A ledger of three entries in a new folder.
fn three() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sulh");
    let mut store = SqliteStore::create(&path, &writer(1)).unwrap();
    for number in 1..=3 {
        store.append(entry(number), &read_from(number)).unwrap();
    }
    (folder, path)
}

type Answer = (Vec<Entry>, Vec<Option<Archived>>);

fn answer(store: &SqliteStore) -> Result<Answer, StoreError> {
    let archived: Result<_, _> =
        (1..=3).flat_map(read_from).map(|one| store.archived(&one.address())).collect();
    Ok((store.entries()?, archived?))
}

/// What a statement of SQL, run by hand on the file, does to it.
fn by_hand(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
}

#[test]
fn what_was_acknowledged_is_there_after_opening_again() {
    let (_folder, path) = three();
    let mut store = SqliteStore::open(&path, &writer(2)).unwrap();
    let recorded = store.append(entry(4), &read_from(4)).unwrap();
    assert_eq!(recorded.seq, 4);
    let report = store.verify().unwrap();
    assert_eq!((report.entries, report.archived, report.problem), (4, 8, None));
    assert_eq!(report.root, recorded.root);
    drop(store);
    let store = SqliteStore::open_to_read(&path).unwrap();
    assert_eq!(store.entries().unwrap()[3].leaf_hash(), recorded.leaf_hash);
    for kept in read_from(4) {
        assert_eq!(store.archived(&kept.address()).unwrap(), Some(kept));
    }
    assert_eq!(store.archived(&CaptureId::from_digest(&[0; 32])).unwrap(), None);
}

#[test]
fn a_closed_ledger_is_one_file() {
    let (folder, _path) = three();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_creation_that_was_cut_short_stands_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.sulh");
    // What a process killed while it laid out a ledger leaves behind.
    fs::write(folder.path().join("ledger.sulh.unfinished-7"), "half").unwrap();
    SqliteStore::create(&path, &writer(7)).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let again = SqliteStore::create(&path, &writer(7)).unwrap_err();
    assert!(matches!(again, StoreError::Exists(_)), "{again}");
}

#[test]
fn a_payload_that_cannot_be_read_back_is_not_acknowledged() {
    let (_folder, path) = three();
    let mut store = SqliteStore::open(&path, &writer(2)).unwrap();
    let bad = NewEntry { payload: b"{}".to_vec(), ..entry(4) };
    let refused = store.append(bad, &read_from(4)).unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    assert_eq!(store.verify().unwrap().archived, 6);
}

#[test]
fn an_entry_without_what_it_was_read_from_is_not_acknowledged() {
    let (_folder, path) = three();
    let mut store = SqliteStore::open(&path, &writer(2)).unwrap();
    for lacking in [&[] as &[Archived], &[capture(4)], &[text(4)]] {
        let refused = store.append(entry(4), lacking).unwrap_err().to_string();
        assert!(refused.contains("neither archived nor given"), "{refused}");
    }
    let report = store.verify().unwrap();
    assert_eq!((report.entries, report.archived, report.problem), (3, 6, None));
}

#[test]
fn what_is_archived_already_is_kept_once() {
    let (_folder, path) = three();
    let mut store = SqliteStore::open(&path, &writer(2)).unwrap();
    store.append(NewEntry { salt: [9; 32], ..entry(3) }, &read_from(3)).unwrap();
    store.append(NewEntry { salt: [8; 32], ..entry(3) }, &[]).unwrap();
    let report = store.verify().unwrap();
    assert_eq!((report.entries, report.archived, report.problem), (5, 6, None));
}

#[test]
fn what_is_archived_is_found_by_its_key_and_not_by_reading_every_row() {
    let (_folder, path) = three();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let sql = format!("EXPLAIN QUERY PLAN {}", crate::rows::ARCHIVED);
    let plan: String =
        connection.query_row(&sql, [capture(1).bytes], |row| row.get("detail")).unwrap();
    assert!(plan.starts_with("SEARCH archive USING INDEX"), "{plan}");
}

#[test]
fn a_transaction_that_was_dropped_leaves_nothing() {
    let (_folder, path) = three();
    let before = answer(&SqliteStore::open_to_read(&path).unwrap()).unwrap();
    {
        let mut connection = rusqlite::Connection::open(&path).unwrap();
        let transaction = connection.transaction().unwrap();
        let half = "INSERT INTO entries SELECT 4, recorded_at, kind, salt, commitment, payload, \
                    leaf_hash FROM entries WHERE seq = 3";
        transaction.execute_batch(half).unwrap();
    }
    let store = SqliteStore::open_to_read(&path).unwrap();
    assert_eq!(answer(&store).unwrap(), before);
    assert_eq!(store.verify().unwrap().problem, None);
}

#[test]
fn entries_and_archive_can_be_neither_changed_nor_removed() {
    let (_folder, path) = three();
    let connection = rusqlite::Connection::open(&path).unwrap();
    for sql in [
        "UPDATE entries SET recorded_at = ''",
        "DELETE FROM entries",
        "UPDATE archive SET media = ''",
        "DELETE FROM archive",
    ] {
        let refused = connection.execute_batch(sql).unwrap_err().to_string();
        assert!(refused.contains("never"), "{sql}: {refused}");
    }
}

#[test]
fn verify_names_the_first_bad_entry() {
    let check = |sql: &str, expected: &str| {
        let (_folder, path) = three();
        let unlocked = "DROP TRIGGER entries_stay; DROP TRIGGER entries_remain;
                        DROP TRIGGER archive_stays; DROP TRIGGER archive_remains;";
        by_hand(&path, &format!("{unlocked} {sql}"));
        let report = SqliteStore::open_to_read(&path).unwrap().verify().unwrap();
        let problem = report.problem.map(|problem| problem.to_string()).unwrap_or_default();
        assert!(problem.contains(expected), "{sql}: {problem}");
    };
    check("UPDATE entries SET salt = zeroblob(32) WHERE seq >= 2", "entry 2: its payload is not");
    check(
        "UPDATE entries SET recorded_at = '2023-05-01T08:00:02Z' WHERE seq = 3",
        "entry 3: its leaf",
    );
    check("DELETE FROM entries WHERE seq = 2", "entry 2: it is missing; entry 3 stands");
    check("DELETE FROM entries WHERE seq = 3", "entry 3: it is missing; the log ends");
    check("UPDATE entries SET kind = 'gossip' WHERE seq = 1", "entry 1: `gossip`");
    check("UPDATE archive SET bytes = x'00' WHERE rowid = 3", "entry 2: its capture sha256:");
    check("UPDATE archive SET bytes = x'00' WHERE rowid = 4", "entry 2: its page text sha256:");
    check("UPDATE archive SET media = 'text' WHERE rowid = 6", "entry 3: its page text sha256:");
    check("DELETE FROM archive WHERE rowid = 2", "entry 1: its page text sha256:");
    check("UPDATE tree SET root = zeroblob(32)", "the head of the tree");
    check("DELETE FROM tree", "the head of the tree is missing");
}

/// Unused room is all zeros, and at least so long.
const ROOM_BYTES_MIN: usize = 16;

/// The bits that are flipped, as byte and mask: every bit of every byte that holds something, and of unused
/// room one bit in every eighth byte.
fn flips(whole: &[u8]) -> Vec<(usize, u8)> {
    let mut flips = Vec::new();
    let mut at = 0;
    while at < whole.len() {
        let zeros = whole[at..].iter().take_while(|byte| **byte == 0).count();
        if zeros >= ROOM_BYTES_MIN {
            flips.extend((at..at + zeros).step_by(8).map(|at| (at, 1 << (at / 8 % 8))));
            at += zeros;
        } else {
            flips.extend((0..8).map(|bit| (at, 1 << bit)));
            at += 1;
        }
    }
    flips
}

/// Flips each of these bits in a file of its own, one at a time; how many of them `verify` or opening finds.
/// What it does not find must leave every answer as it is.
fn noticed(flipped: &Path, whole: &[u8], flips: &[(usize, u8)], expected: &Answer) -> usize {
    fs::write(flipped, whole).unwrap();
    let mut file = fs::OpenOptions::new().write(true).open(flipped).unwrap();
    let mut put = |at: usize, byte: u8| {
        file.seek(SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    let mut noticed = 0;
    for (at, mask) in flips {
        put(*at, whole[*at] ^ mask);
        let store = SqliteStore::open_to_read(flipped);
        match store.ok().filter(|store| store.verify().unwrap().problem.is_none()) {
            // All that is shown and listed is a function of these entries and archived texts.
            Some(store) => {
                let answer = answer(&store).ok();
                assert_eq!(answer.as_ref(), Some(expected), "byte {at}, bit {mask:#x}");
            }
            None => noticed += 1,
        }
        put(*at, whole[*at]);
    }
    noticed
}

#[test]
fn no_flipped_bit_changes_an_answer_unnoticed() {
    let (folder, path) = three();
    let whole = fs::read(&path).unwrap();
    let expected = answer(&SqliteStore::open_to_read(&path).unwrap()).unwrap();
    let flips = flips(&whole);
    let halves = flips.split_at(flips.len() / 2);
    let run = |name: &str, flips: &[(usize, u8)]| {
        noticed(&folder.path().join(name), &whole, flips, &expected)
    };
    let found = std::thread::scope(|scope| {
        let first = scope.spawn(|| run("first.sulh", halves.0));
        run("second.sulh", halves.1) + first.join().unwrap()
    });
    // What is found is what the hashes and the file's own structure cover: most of what is not unused room.
    assert!(found > flips.len() / 3, "only {found} of {} flips were noticed", flips.len());
}

#[test]
fn a_damaged_ledger_is_recovered_up_to_the_first_bad_entry() {
    let (folder, path) = three();
    by_hand(
        &path,
        "DROP TRIGGER entries_stay; UPDATE entries SET salt = zeroblob(32) WHERE seq = 3",
    );
    let before = fs::read(&path).unwrap();
    let new = folder.path().join("new.sulh");
    let recovered = recover(&path, &new, &writer(3)).unwrap();
    assert_eq!(recovered.entries, 2);
    assert_eq!(recovered.problem.unwrap().seq, Some(3));
    let report = SqliteStore::open_to_read(&new).unwrap().verify().unwrap();
    assert_eq!((report.entries, report.archived, report.problem), (2, 6, None));
    assert_eq!(fs::read(&path).unwrap(), before);
    let again = recover(&path, &new, &writer(3)).unwrap_err();
    assert!(matches!(again, StoreError::Exists(_)), "{again}");
}

#[test]
fn a_second_writer_is_told_who_the_first_is() {
    let (_folder, path) = three();
    let first = SqliteStore::open(&path, &writer(41)).unwrap();
    let mut second = SqliteStore::open(&path, &writer(42)).unwrap();
    let lock = rusqlite::Connection::open(&path).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = second.append(entry(4), &read_from(4)).unwrap_err().to_string();
    let expected = "is in use by process 41 (since 2023-05-01T08:00:00Z): wait for it to end";
    assert!(refused.contains(expected), "{refused}");
    lock.execute_batch("ROLLBACK").unwrap();
    drop(first);
    assert_eq!(second.append(entry(4), &read_from(4)).unwrap().seq, 4);
}

#[test]
fn what_is_no_ledger_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let check = |path: &Path, expected: &str| {
        let said = SqliteStore::open(path, &writer(1)).unwrap_err().to_string();
        assert!(said.contains(expected) && !said.contains('\n'), "{said}");
    };
    check(&at("none.sulh"), "there is no ledger at");
    check(folder.path(), "is a folder");
    fs::write(at("text.sulh"), "some words").unwrap();
    check(&at("text.sulh"), "is not a ledger");
    fs::write(at("empty.sulh"), "").unwrap();
    check(&at("empty.sulh"), "is not a ledger");
    by_hand(&at("other.db"), "CREATE TABLE notes (words)");
    check(&at("other.db"), "database of another program");
    let (_kept, newer) = three();
    by_hand(&newer, "PRAGMA user_version = 99");
    check(&newer, "newer program (layout 99, this one knows 1)");
    let exists = SqliteStore::create(&newer, &writer(1)).unwrap_err();
    assert!(matches!(exists, StoreError::Exists(_)), "{exists}");
}
