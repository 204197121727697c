//! Takes what went wrong with a ledger file, gives one sentence: what, in which file, what to do.
//! Invariant: no message suggests a step that would overwrite a ledger.

use std::path::PathBuf;

/// Why a ledger file could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No file.
    #[error("there is no ledger at {0}; add a report to make one, or correct the path")]
    Missing(PathBuf),
    /// A folder.
    #[error("{0} is a folder; give the path of a ledger file")]
    Directory(PathBuf),
    /// Something stands where a new file should go.
    #[error("{0} is there already and is not overwritten; give another path")]
    Exists(PathBuf),
    /// Not SQLite, or not ours.
    #[error("{0} is not a ledger; give the path of a ledger file")]
    NotALedger(PathBuf),
    /// A SQLite file of another program.
    #[error("{0} is a database of another program; give the path of a ledger file")]
    OtherApplication(PathBuf),
    /// A later layout.
    #[error(
        "{path} was written by a newer program (layout {found}, this one knows {known}); use that program"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its layout.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// It cannot be written to.
    #[error("{0} cannot be written to; change its permissions, or work on a copy")]
    ReadOnly(PathBuf),
    /// The file system said no.
    #[error("{path} cannot be opened: {problem}; check the path and its permissions")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
    /// Somebody else is writing.
    #[error("{path} is in use by {holder}: wait for it to end and run the command again")]
    InUse {
        /// The file.
        path: PathBuf,
        /// Who, as far as the file says.
        holder: String,
    },
    /// Something in it is not what was written.
    #[error(
        "{path} is damaged at {place}: {problem}; run `sulh verify` on it and recover what is whole into a new file"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Where in it.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// An entry that could not be read back.
    #[error("the entry was not added to {path}: {problem}")]
    Refused {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: String,
    },
    /// Anything else of SQLite's.
    #[error("{path} cannot be used: {problem}; check the disk and run `sulh verify` on it")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        problem: rusqlite::Error,
    },
}
