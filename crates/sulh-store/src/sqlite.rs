//! Takes a path, gives a ledger on SQLite.
//! Invariant: one entry, its capture, its page text and the new head of the tree are one transaction; what
//! `append` returned is on the disk, and no entry lacks what it was read from.

use crate::{
    Archived, LedgerStore, NewEntry, Recorded, StoreError, VerifyReport, Writer, busy,
    file::{self, Purpose, failed},
    rows, verify,
};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use sulh_ledger::{
    log::{Entry, merkle::Tree},
    stored::{Carried, carried},
};
use sulh_model::page::CaptureId;

/// A ledger file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    writer: Option<u32>,
}

impl SqliteStore {
    /// Makes a new ledger where no file stands.
    pub fn create(path: &Path, writer: &Writer) -> Result<Self, StoreError> {
        file::create(path, writer)?;
        Self::open(path, writer)
    }

    /// Opens a ledger to read and write.
    pub fn open(path: &Path, writer: &Writer) -> Result<Self, StoreError> {
        Self::announced(file::open(path, Purpose::Write)?, path, writer)
    }

    /// Opens a ledger to read only; any number of readers can, beside a writer.
    pub fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let connection = file::open(path, Purpose::Read)?;
        Ok(Self { connection, path: path.to_owned(), writer: None })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn announced(connection: Connection, path: &Path, writer: &Writer) -> Result<Self, StoreError> {
        let store = Self { connection, path: path.to_owned(), writer: Some(writer.pid) };
        busy::announce(&store.connection, writer).map_err(|problem| store.failed(problem))?;
        Ok(store)
    }

    fn failed(&self, problem: rusqlite::Error) -> StoreError {
        if busy::is_busy(&problem) {
            let holder = busy::holder(&self.connection, self.writer.unwrap_or(0));
            return StoreError::InUse { path: self.path.clone(), holder };
        }
        failed(&self.path)(problem)
    }

    fn damaged(&self, place: impl Into<String>, problem: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), place: place.into(), problem }
    }

    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        if let Some(pid) = self.writer {
            // Nothing to be done when it fails: the row is only a help for those who wait.
            let _ = busy::leave(&self.connection, pid);
        }
    }
}

impl LedgerStore for SqliteStore {
    fn append(&mut self, new: NewEntry, read_from: &[Archived]) -> Result<Recorded, StoreError> {
        let refused = |problem| StoreError::Refused { path: self.path.clone(), problem };
        // What cannot be read back must not be acknowledged.
        let carried =
            carried(new.kind, &new.payload).map_err(|problem| refused(problem.to_string()))?;
        let transaction = match rusqlite::Transaction::new_unchecked(
            &self.connection,
            TransactionBehavior::Immediate,
        ) {
            Ok(transaction) => transaction,
            Err(problem) => return Err(self.failed(problem)),
        };
        let (mut tree, root) =
            rows::tree(&transaction).map_err(|problem| self.damaged("the tree", problem))?;
        if tree.root() != root {
            return Err(self.damaged("the tree", "its root is not that of its nodes".to_owned()));
        }
        let entry = Entry::new(tree.size() + 1, new.recorded_at, new.kind, new.payload, new.salt);
        let recorded = write(&transaction, &mut tree, &entry, read_from)
            .map_err(|problem| self.failed(problem))?;
        let lacking = match &carried {
            Carried::Report(told) => {
                let needed = [&told.report.capture, &told.report.text];
                rows::lacking(&transaction, needed).map_err(|problem| self.failed(problem))?
            }
            Carried::Decision(_) => None,
        };
        if let Some(id) = lacking {
            return Err(refused(format!(
                "{id}, which it was read from, is neither archived nor given with it"
            )));
        }
        transaction.commit().map_err(|problem| self.failed(problem))?;
        Ok(recorded)
    }

    fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        let sql = format!("SELECT {} FROM entries ORDER BY seq", rows::ENTRY);
        let failed = |problem| self.failed(problem);
        let mut statement = self.connection.prepare_cached(&sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let place = || format!("entry {}", entries.len() + 1);
            let (entry, _) = rows::entry(row).map_err(|problem| self.damaged(place(), problem))?;
            entries.push(entry);
        }
        Ok(entries)
    }

    fn archived(&self, id: &CaptureId) -> Result<Option<Archived>, StoreError> {
        let failed = |problem| self.failed(problem);
        let mut statement = self.connection.prepare_cached(rows::ARCHIVED).map_err(failed)?;
        let mut rows = statement.query([rows::address(id)]).map_err(failed)?;
        let Some(row) = rows.next().map_err(failed)? else { return Ok(None) };
        let (_, archived) =
            rows::archived(row).map_err(|problem| self.damaged(id.to_string(), problem))?;
        Ok(Some(archived))
    }

    fn verify(&self) -> Result<VerifyReport, StoreError> {
        Ok(verify::verify(&self.connection))
    }
}

/// Writes an entry, what it was read from and the head of the tree with it.
pub(crate) fn write(
    connection: &Connection,
    tree: &mut Tree,
    entry: &Entry,
    read_from: &[Archived],
) -> rusqlite::Result<Recorded> {
    for archived in read_from {
        rows::archive(connection, archived)?;
    }
    rows::write_entry(connection, entry)?;
    let leaf_hash = entry.leaf_hash();
    tree.push(leaf_hash);
    rows::write_tree(connection, tree)?;
    Ok(Recorded { seq: entry.seq, leaf_hash, root: tree.root() })
}
