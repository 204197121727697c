//! Takes a ledger somebody else is writing to, gives who that is.
//! Invariant: rows of the `writer` table are a help for people; no lock hangs on them.

use crate::Writer;
use rusqlite::{Connection, ErrorCode, params};
use std::time::Duration;

/// How long a writer waits for another.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// Rows of processes that ended without a word are kept up to here.
const ROWS_MAX: u32 = 16;

/// Notes that a process has opened the ledger to write.
pub(crate) fn announce(connection: &Connection, writer: &Writer) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO writer VALUES (?1, ?2) ON CONFLICT (pid) DO UPDATE SET since = excluded.since",
        params![writer.pid, writer.since.as_str()],
    )?;
    connection.execute(
        "DELETE FROM writer WHERE pid NOT IN (SELECT pid FROM writer ORDER BY since DESC LIMIT ?1)",
        [ROWS_MAX],
    )?;
    Ok(())
}

/// Takes the note back.
pub(crate) fn leave(connection: &Connection, pid: u32) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM writer WHERE pid = ?1", [pid]).map(|_| ())
}

/// True when the error says that somebody else holds the lock.
pub(crate) fn is_busy(problem: &rusqlite::Error) -> bool {
    matches!(problem.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Who holds the ledger, as far as it says: the other process that opened it last.
pub(crate) fn holder(connection: &Connection, own_pid: u32) -> String {
    let other = connection.query_row(
        "SELECT pid, since FROM writer WHERE pid <> ?1 ORDER BY since DESC, pid LIMIT 1",
        [own_pid],
        |row| Ok((row.get::<_, u32>(0)?, row.get::<_, String>(1)?)),
    );
    match other {
        Ok((pid, since)) => format!("process {pid} (since {since})"),
        Err(_) => "another process".to_owned(),
    }
}
