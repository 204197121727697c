//! Takes a new connection, lays out a ledger in it.
//! Invariant: entries and what is archived can be added and never changed or removed, not even by hand.

use rusqlite::Connection;

/// "sulh" in ASCII: how `file` and SQLite itself tell a ledger from other databases.
pub(crate) const APPLICATION_ID: i64 = 0x7375_6c68;

/// The layout of the tables.
pub(crate) const LAYOUT: i64 = 1;

const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY NOT NULL,
    recorded_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    salt BLOB NOT NULL,
    commitment BLOB NOT NULL,
    payload BLOB NOT NULL,
    leaf_hash BLOB NOT NULL
) STRICT;
CREATE TABLE archive (
    sha256 BLOB PRIMARY KEY NOT NULL,
    media TEXT,
    bytes BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;
CREATE TABLE tree (
    only INTEGER PRIMARY KEY NOT NULL CHECK (only = 1),
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    root BLOB NOT NULL
) STRICT;
CREATE TABLE writer (pid INTEGER PRIMARY KEY NOT NULL, since TEXT NOT NULL) STRICT;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
CREATE TRIGGER archive_stays BEFORE UPDATE ON archive
    BEGIN SELECT RAISE(ABORT, 'what is archived is never changed'); END;
CREATE TRIGGER archive_remains BEFORE DELETE ON archive
    BEGIN SELECT RAISE(ABORT, 'what is archived is never removed'); END;
";

/// Lays out an empty ledger.
pub(crate) fn lay_out(connection: &mut Connection, created_at: &str) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    transaction.execute_batch(TABLES)?;
    transaction.execute("INSERT INTO meta VALUES ('created_at', ?1)", [created_at])?;
    crate::rows::write_tree(&transaction, &sulh_ledger::log::merkle::Tree::default())?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", LAYOUT)?;
    transaction.commit()
}

/// Sets a connection up: what is acknowledged is on the disk.
pub(crate) fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(crate::busy::PATIENCE)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A value that a flipped bit made up must not be trusted on sight.
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)
}
