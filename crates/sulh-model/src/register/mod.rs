//! Takes the registers as TOML, gives sources and actors that can be found by any of their names.
//! Invariant: one name leads to one entry; a register with a name twice, or a leaning without a basis, is refused.

mod actors;
mod names;
mod sources;

pub use actors::{Actor, ActorRegister, Side};
pub use names::folded;
pub use sources::{Leaning, LeaningSide, Source, SourceRegister};

use jiff::civil::Date;
use std::collections::BTreeMap;

/// Why a register was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// Not the TOML of a register.
    #[error("the register cannot be read: {0}; correct the entry it names")]
    Toml(#[from] Box<toml::de::Error>),
    /// A field that means nothing.
    #[error("register entry `{entry}`: {problem}; correct the entry")]
    Entry {
        /// The entry's id.
        entry: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A code that the vocabulary does not have.
    #[error("`{0}` is not in the vocabulary; correct the file it stands in")]
    UnknownCode(String),
}

/// An entry of a register.
pub trait Entry {
    /// Its id.
    fn id(&self) -> &str;

    /// All it is called by, its first name first.
    fn called(&self) -> impl Iterator<Item = &str>;
}

/// Entries that can be found by any of their names.
#[derive(Clone, Debug)]
pub struct Register<T> {
    entries: Vec<T>,
    by_name: BTreeMap<String, usize>,
}

impl<T: Entry> Register<T> {
    fn of(entries: impl Iterator<Item = Result<T, RegisterError>>) -> Result<Self, RegisterError> {
        let mut register = Self { entries: Vec::new(), by_name: BTreeMap::new() };
        for entry in entries {
            let entry = entry?;
            let at = register.entries.len();
            for name in entry.called() {
                if register.by_name.insert(folded(name), at).is_some_and(|other| other != at) {
                    return Err(RegisterError::Entry {
                        entry: entry.id().to_owned(),
                        problem: format!("the name `{name}` belongs to another entry too"),
                    });
                }
            }
            register.entries.push(entry);
        }
        Ok(register)
    }

    /// The place of the entry of a name or alias.
    fn place(&self, name: &str) -> Option<usize> {
        self.by_name.get(&folded(name)).copied()
    }

    fn entry_mut(&mut self, at: usize) -> Option<&mut T> {
        self.entries.get_mut(at)
    }

    /// Adds an entry, which keeps only those of its names that no other has; gives its place.
    fn add(&mut self, entry: T) -> usize {
        let at = self.entries.len();
        for name in entry.called() {
            self.by_name.entry(folded(name)).or_insert(at);
        }
        self.entries.push(entry);
        at
    }

    /// The entry of a name or alias.
    pub fn find(&self, name: &str) -> Option<&T> {
        self.by_name.get(&folded(name)).and_then(|at| self.entries.get(*at))
    }

    /// The entry of an id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.entries.iter().find(|entry| entry.id() == id)
    }

    /// Every entry, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.entries.iter()
    }
}

/// True when `day` lies between two optional days, both included. Without a day only undated periods hold:
/// a dated leaning must not be applied to a page of unknown date.
fn holds_on(from: Option<Date>, to: Option<Date>, day: Option<Date>) -> bool {
    match day {
        Some(day) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
        None => from.is_none() && to.is_none(),
    }
}

fn read_day(entry: &str, text: Option<&str>) -> Result<Option<Date>, RegisterError> {
    text.map(|text| {
        text.parse().map_err(|_| RegisterError::Entry {
            entry: entry.to_owned(),
            problem: format!("`{text}` is not a day written YYYY-MM-DD"),
        })
    })
    .transpose()
}
