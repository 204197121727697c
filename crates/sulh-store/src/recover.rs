//! Takes a damaged ledger and the path of a new one, copies every entry before the first bad one.
//! Invariant: the damaged file is only read; an existing file is never written over; an unfinished copy is removed.

use crate::{
    Problem, StoreError, Writer,
    file::{self, Purpose, failed},
    rows,
    sqlite::{SqliteStore, write},
    verify::{self, every_archived, whole_entries},
};
use rusqlite::Connection;
use std::path::Path;
use sulh_ledger::log::merkle::Tree;

/// What was recovered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// How many entries were copied.
    pub entries: u64,
    /// Why the copy ends there; nothing when the whole ledger was well.
    pub problem: Option<Problem>,
}

/// Copies what is whole into a new ledger.
pub fn recover(damaged: &Path, new: &Path, writer: &Writer) -> Result<Recovered, StoreError> {
    let source = file::open(damaged, Purpose::Read)?;
    let report = verify::verify(&source);
    let target = SqliteStore::create(new, writer)?;
    match copy(&source, damaged, &target, report.entries) {
        Ok(()) => Ok(Recovered { entries: report.entries, problem: report.problem }),
        Err(problem) => {
            drop(target);
            file::remove(new);
            Err(problem)
        }
    }
}

fn copy(
    source: &Connection,
    damaged: &Path,
    target: &SqliteStore,
    entries: u64,
) -> Result<(), StoreError> {
    let connection = target.connection();
    let failed_to_write = failed(target.path());
    let transaction = connection.unchecked_transaction().map_err(&failed_to_write)?;
    let mut written = Ok(());
    // Rows after the last whole one may be torn: that is why it is recovered. What was read until
    // then is kept, captures without an entry included.
    let _ = every_archived(source, |read| {
        if let (Ok((_, archived)), Ok(())) = (read, &written) {
            written = rows::archive(connection, &archived);
        }
    });
    let mut tree = Tree::default();
    let _ = whole_entries(source, |entry, _| {
        if written.is_ok() && tree.size() < entries {
            written = write(connection, &mut tree, &entry, &[]).map(|_| ());
        }
        written.is_ok() && tree.size() < entries
    });
    written.map_err(&failed_to_write)?;
    if tree.size() < entries {
        return Err(StoreError::Damaged {
            path: damaged.to_owned(),
            place: format!("entry {}", tree.size() + 1),
            problem: "it changed while it was read".to_owned(),
        });
    }
    transaction.commit().map_err(failed_to_write)
}
