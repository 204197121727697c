//! Takes a path, gives a connection to the ledger there, or why there is none.
//! Invariant: opening writes nothing; a file that is not ours is never touched, and none is written over.

use crate::{
    Writer,
    error::StoreError,
    schema::{self, APPLICATION_ID, LAYOUT, set_up},
};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What a ledger is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read,
    Write,
}

/// Opens an existing ledger.
pub(crate) fn open(path: &Path, purpose: Purpose) -> Result<Connection, StoreError> {
    has_magic(path)?;
    let access = match purpose {
        Purpose::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Purpose::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    // `NO_MUTEX`: a connection is used by one thread at a time. No URI: a path is a path.
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(failed(path))?;
    set_up(&connection).map_err(failed(path))?;
    let pragma = |name| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failed(path))
    };
    if pragma("application_id")? != APPLICATION_ID {
        return Err(StoreError::OtherApplication(path.to_owned()));
    }
    let found = pragma("user_version")?;
    if found > LAYOUT {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: LAYOUT });
    }
    if found < LAYOUT {
        return Err(StoreError::NotALedger(path.to_owned()));
    }
    if purpose == Purpose::Write && connection.is_readonly("main").map_err(failed(path))? {
        return Err(StoreError::ReadOnly(path.to_owned()));
    }
    Ok(connection)
}

/// Lays out an empty ledger where nothing stands. It is made under another name and appears whole: a
/// process that is killed meanwhile leaves no file that is neither a ledger nor none.
pub(crate) fn create(path: &Path, writer: &Writer) -> Result<(), StoreError> {
    let unfinished = beside(path, &format!(".unfinished-{}", writer.pid));
    let file = |problem: std::io::Error| match problem.kind() {
        ErrorKind::AlreadyExists => StoreError::Exists(path.to_owned()),
        ErrorKind::PermissionDenied => StoreError::ReadOnly(path.to_owned()),
        _ => StoreError::File { path: path.to_owned(), problem },
    };
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    // Left by a process of the same number that is no more: no ledger ever has this name.
    remove(&unfinished);
    OpenOptions::new().write(true).create_new(true).open(&unfinished).map_err(file)?;
    let made = lay_out(&unfinished, writer).map_err(failed(path));
    let made = made.and_then(|()| appear(&unfinished, path).map_err(file));
    remove(&unfinished);
    made
}

/// Gives a file its name. A link and no renaming: it fails where somebody else was quicker, and never
/// writes over. Where the disk knows no links, the name is claimed first.
fn appear(unfinished: &Path, path: &Path) -> std::io::Result<()> {
    match fs::hard_link(unfinished, path) {
        Err(problem) if problem.kind() != ErrorKind::AlreadyExists => {
            OpenOptions::new().write(true).create_new(true).open(path)?;
            fs::rename(unfinished, path)
        }
        linked => linked,
    }
}

fn lay_out(path: &Path, writer: &Writer) -> rusqlite::Result<()> {
    let access = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, access)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    set_up(&connection)?;
    schema::lay_out(&mut connection, writer.since.as_str())?;
    connection.close().map_err(|(_, problem)| problem)
}

/// Removes a file this program made, and what SQLite put beside it.
pub(crate) fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        // A leftover is named in no ledger; there is nothing to do when it cannot be removed.
        let _ = fs::remove_file(beside(path, ending));
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn has_magic(path: &Path) -> Result<(), StoreError> {
    let io = |problem: std::io::Error| match problem.kind() {
        ErrorKind::NotFound => StoreError::Missing(path.to_owned()),
        _ => StoreError::File { path: path.to_owned(), problem },
    };
    if fs::metadata(path).map_err(io)?.is_dir() {
        return Err(StoreError::Directory(path.to_owned()));
    }
    let mut head = Vec::new();
    File::open(path).map_err(io)?.take(MAGIC.len() as u64).read_to_end(&mut head).map_err(io)?;
    if head == MAGIC { Ok(()) } else { Err(StoreError::NotALedger(path.to_owned())) }
}

/// What an error of SQLite means for a file.
pub(crate) fn failed(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
    move |problem| {
        use rusqlite::ErrorCode as Code;
        let path = path.to_owned();
        match problem.sqlite_error_code() {
            Some(Code::ReadOnly | Code::PermissionDenied) => StoreError::ReadOnly(path),
            Some(Code::NotADatabase) => StoreError::NotALedger(path),
            Some(Code::DatabaseCorrupt) => StoreError::Damaged {
                path,
                place: "a page of the file".to_owned(),
                problem: problem.to_string(),
            },
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
                StoreError::InUse { path, holder: "another process".to_owned() }
            }
            _ => StoreError::Sqlite { path, problem },
        }
    }
}
