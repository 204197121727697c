//! Takes the registers as TOML, gives sources and actors that can be found by any of their names.
//! Invariant: one name leads to one entry; a register with a name twice, or a leaning without a basis, is refused.

mod actors;
mod names;
mod sources;

pub use actors::{Actor, ActorRegister, Side};
pub use names::folded;
pub use sources::{Leaning, LeaningSide, Source, SourceRegister};

use jiff::civil::Date;

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
