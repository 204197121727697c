//! Takes nothing, gives the day, the moment, random bytes and the keys kept beside a ledger.
//! Invariant: keys never enter the ledger's file; a key file is readable by its owner alone and is never overwritten.

use crate::faults::Failure;
use jiff::{Timestamp, Zoned, civil::Date};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};
use sulh_desk::{RecordedAt, Writer};

/// Why the keys of a ledger cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("{}: the ledger's key file cannot be used ({problem}); check its permissions and its folder's", file.display())]
    File {
        /// The key file.
        file: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
    /// The ledger is there and its key file is not.
    #[error("{}: the key file of this ledger is missing, and pseudonyms of new comments would not match the old ones; \
             put the file back (a recovered ledger takes that of the ledger it was copied from), \
             or go on with another key by --new-key", file.display())]
    Missing {
        /// The key file.
        file: PathBuf,
    },
    /// A new key was asked for where there is one.
    #[error("{}: the key file is there and is not written over; leave --new-key out", file.display())]
    Exists {
        /// The key file.
        file: PathBuf,
    },
    /// The file is no key file.
    #[error("{}: this is no key file of sulh; put back the one that was made with the ledger", file.display())]
    Content {
        /// The key file.
        file: PathBuf,
    },
}

/// Today, where the user is.
pub fn today() -> Date {
    Zoned::now().date()
}

/// This moment.
pub fn now() -> Result<RecordedAt, Failure> {
    // Seconds are enough: the order of entries is their number, not their time.
    let now = Timestamp::now();
    let whole = Timestamp::from_second(now.as_second()).unwrap_or(now);
    Ok(RecordedAt::parse(&whole.to_string()).ok_or("the system's clock is out of order; set it")?)
}

/// This process, as others who wait for the ledger are told of it.
pub fn writer() -> Result<Writer, Failure> {
    Ok(Writer { pid: std::process::id(), since: now()? })
}

/// 32 random bytes.
pub fn random() -> Result<[u8; 32], Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|problem| format!("the system gives no random bytes ({problem}); try again"))?;
    Ok(bytes)
}

/// What is done where a ledger's key file is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyWhenMissing {
    /// A key is made: the ledger is new, and no pseudonym is in it yet.
    Make,
    /// A key is made, as the user said that the ledger's is lost.
    Replace,
    /// Nothing is added with another key than the ledger's.
    Refuse,
}

/// The pseudonym key of a ledger, from the file beside it.
pub fn pseudonym_key(ledger: &Path, missing: KeyWhenMissing) -> Result<[u8; 32], Failure> {
    let file = beside(ledger, ".keys");
    let failed = |problem| KeyError::File { file: file.clone(), problem };
    match (file.try_exists().map_err(failed)?, missing) {
        (true, KeyWhenMissing::Replace) => return Err(KeyError::Exists { file }.into()),
        (false, KeyWhenMissing::Refuse) => return Err(KeyError::Missing { file }.into()),
        (true, _) => {}
        (false, _) => make_keys(&file, &random()?).map_err(failed)?,
    }
    let mut text = String::new();
    let open = std::fs::File::open(&file).map_err(failed)?;
    open.take(4096).read_to_string(&mut text).map_err(failed)?;
    Ok(key_of(&text).ok_or(KeyError::Content { file: file.clone() })?)
}

/// Writes a key file as a whole or not at all: a run that is killed here leaves no half key behind,
/// and of two runs that make one at once, one wins and both use it.
fn make_keys(file: &Path, key: &[u8; 32]) -> std::io::Result<()> {
    let draft = beside(file, &format!(".{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut made = options.open(&draft)?;
    made.write_all(format!("{HEAD}{hex}\n").as_bytes())?;
    made.sync_all()?;
    put_in_place(&draft, file)
}

/// Gives a finished file its name, unless a file of that name is there: then that one stays.
pub fn put_in_place(draft: &Path, file: &Path) -> std::io::Result<()> {
    let linked = std::fs::hard_link(draft, file);
    std::fs::remove_file(draft)?;
    match linked {
        Err(problem) if problem.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// The path with an ending more.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

const HEAD: &str =
    "sulh keys 1: keep this file apart from the ledger; without it no pseudonym repeats\n";

fn key_of(text: &str) -> Option<[u8; 32]> {
    let hex = text.strip_prefix(HEAD)?.trim();
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(key)
}
