//! Takes a ledger, gives whether everything in it is what was recorded.
//! Invariant: it never fails and never writes; it names the first thing that is wrong, by its entry where it has one.

use crate::{Archived, rows};
use rusqlite::Connection;
use std::collections::BTreeSet;
use sulh_ledger::{
    log::{
        Entry,
        merkle::{Digest, Tree},
    },
    report::Report,
    stored::{Carried, carried},
};
use sulh_model::page::CaptureId;

/// Something that is not what was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The entry, where it is one.
    pub seq: Option<u64>,
    /// What is wrong, as a clause.
    pub what: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.seq {
            Some(seq) => write!(f, "entry {seq}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many entries are whole, counted from the first.
    pub entries: u64,
    /// How many captures and page texts are whole.
    pub archived: u64,
    /// The root over the whole entries.
    pub root: Digest,
    /// The first problem; nothing when all is well.
    pub problem: Option<Problem>,
}

/// Checks a ledger: entries first, so that the first bad entry is named before what follows from it.
pub(crate) fn verify(connection: &Connection) -> VerifyReport {
    let mut tree = Tree::default();
    let mut archived = BTreeSet::new();
    let problem = check_archive(connection, &mut archived);
    let problem = check_entries(connection, &mut tree, &archived)
        .or(problem)
        .or_else(|| check_tree(connection, &tree))
        .or_else(|| check_file(connection));
    VerifyReport {
        entries: tree.size(),
        archived: archived.len() as u64,
        root: tree.root(),
        problem,
    }
}

fn check_entries(
    connection: &Connection,
    tree: &mut Tree,
    archived: &BTreeSet<CaptureId>,
) -> Option<Problem> {
    let mut problem = None;
    let read = whole_entries(connection, |entry, outcome| {
        let outcome = outcome.and_then(|()| match carried(entry.kind, &entry.payload) {
            Ok(Carried::Report(told)) => whole(&told.report, archived),
            Ok(Carried::Decision(_)) => Ok(()),
            Err(flaw) => Err(flaw.to_string()),
        });
        match outcome {
            Ok(()) => tree.push(entry.leaf_hash()),
            Err(what) => problem = Some(Problem { seq: Some(tree.size() + 1), what }),
        }
        problem.is_none()
    });
    let torn = read.err().map(|what| Problem { seq: Some(tree.size() + 1), what });
    problem.or(torn)
}

/// Whether what a report was read from is there and whole.
fn whole(report: &Report, archived: &BTreeSet<CaptureId>) -> Result<(), String> {
    for (what, id) in [("capture", &report.capture), ("page text", &report.text)] {
        if !archived.contains(id) {
            return Err(format!("its {what} {id} is missing or damaged"));
        }
    }
    Ok(())
}

/// Hands every entry over, with what its own hashes say of it, until `go_on` says no or a row cannot be read.
pub(crate) fn whole_entries(
    connection: &Connection,
    mut go_on: impl FnMut(Entry, Result<(), String>) -> bool,
) -> Result<(), String> {
    let sql = format!("SELECT {} FROM entries ORDER BY seq", rows::ENTRY);
    let mut statement = connection.prepare(&sql).map_err(rows::said)?;
    let mut rows = statement.query([]).map_err(rows::said)?;
    let mut expected = 1;
    while let Some(row) = rows.next().map_err(rows::said)? {
        let (entry, kept) = rows::entry(row)?;
        let outcome = if entry.seq != expected {
            Err(format!("it is missing; entry {} stands in its place", entry.seq))
        } else if !entry.commitment_holds() {
            Err("its payload is not the one it was recorded with".to_owned())
        } else if entry.leaf_hash() != kept {
            Err("its leaf is not the one it was recorded with".to_owned())
        } else {
            Ok(())
        };
        expected += 1;
        if !go_on(entry, outcome) {
            break;
        }
    }
    Ok(())
}

fn check_archive(connection: &Connection, whole: &mut BTreeSet<CaptureId>) -> Option<Problem> {
    let mut first = None;
    let read = every_archived(connection, |read| match read {
        Ok((id, _)) => {
            whole.insert(id);
        }
        Err(what) => first = first.take().or(Some(what)),
    });
    first.or(read.err()).map(|what| Problem { seq: None, what })
}

/// Hands over everything that is archived, whole or with what is wrong with it, until a row cannot be read.
pub(crate) fn every_archived(
    connection: &Connection,
    mut take: impl FnMut(Result<(CaptureId, Archived), String>),
) -> Result<(), String> {
    // By row and not by index: a damaged index must not hide a row.
    let sql = "SELECT sha256, media, bytes, seal FROM archive NOT INDEXED ORDER BY rowid";
    let mut statement = connection.prepare(sql).map_err(rows::said)?;
    let mut rows = statement.query([]).map_err(rows::said)?;
    while let Some(row) = rows.next().map_err(rows::said)? {
        take(rows::archived(row));
    }
    Ok(())
}

fn check_tree(connection: &Connection, tree: &Tree) -> Option<Problem> {
    let what = match rows::tree(connection) {
        Err(what) => what,
        Ok((kept, _)) if kept.size() > tree.size() => {
            let what = "it is missing; the log ends before it".to_owned();
            return Some(Problem { seq: Some(tree.size() + 1), what });
        }
        Ok((kept, root)) if kept != *tree || root != tree.root() => {
            "the head of the tree is not that of the entries".to_owned()
        }
        Ok(_) => return None,
    };
    Some(Problem { seq: None, what })
}

fn check_file(connection: &Connection) -> Option<Problem> {
    let found = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0))
        .unwrap_or_else(|problem| problem.to_string());
    (found != "ok").then(|| Problem { seq: None, what: format!("the file is damaged: {found}") })
}
