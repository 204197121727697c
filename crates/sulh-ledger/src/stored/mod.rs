//! Takes a report with its reading, gives the payload of a log entry (`sulh.entry/1`), and back.
//! Invariant: `decode(encode(told)) == told`, and bytes that are no such payload are refused, never trusted:
//! what comes out has whole spans, known codes and ids that point at things inside.

mod form;
mod shapes;
mod whole;

pub use form::Flaw;

use crate::{
    decision::{self, Decision},
    log::EntryKind,
    report::Told,
};
use form::Stored;
use serde::{Deserialize, Serialize};
use shapes::ToldForm;

/// The schema of the payload of a report.
pub const ENTRY_SCHEMA: &str = "sulh.entry/1";

/// Why a payload was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// Not JSON of this shape.
    #[error("the payload is not `{ENTRY_SCHEMA}`: {0}; restore the ledger from a copy")]
    Json(#[from] serde_json::Error),
    /// A shape of another version.
    #[error("the payload is `{0}` and this program reads `{ENTRY_SCHEMA}`; use a newer program")]
    Schema(String),
    /// The right shape with a value that means nothing.
    #[error("the payload is damaged: {0}; restore the ledger from a copy")]
    Flaw(#[from] Flaw),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    schema: String,
    told: ToldForm,
}

/// What an entry carries, read.
#[derive(Clone, Debug, PartialEq)]
pub enum Carried {
    /// A report with its reading.
    Report(Box<Told>),
    /// A decision of a person.
    Decision(Decision),
}

/// Reads the payload of an entry of a kind; a decision of another kind than its entry is refused.
pub fn carried(kind: EntryKind, payload: &[u8]) -> Result<Carried, PayloadError> {
    if kind == EntryKind::Report {
        return Ok(Carried::Report(Box::new(decode(payload)?)));
    }
    let decision = decision::decode(payload)?;
    if decision.what.entry_kind() != kind {
        return Err(Flaw::new("decision of its kind", kind).into());
    }
    Ok(Carried::Decision(decision))
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

/// Writes a payload. The same report gives the same bytes; a reading whose ids point at nothing is
/// refused here already, so that it never stands in a log that cannot be read back.
pub fn encode(told: &Told) -> Result<Vec<u8>, PayloadError> {
    whole::check(told)?;
    let payload = Payload { schema: ENTRY_SCHEMA.to_owned(), told: told.form() };
    Ok(serde_json::to_vec(&payload)?)
}

/// Reads a payload.
pub fn decode(bytes: &[u8]) -> Result<Told, PayloadError> {
    // The schema first: a newer payload must be told apart from a damaged one.
    let head: Head = serde_json::from_slice(bytes)?;
    if head.schema != ENTRY_SCHEMA {
        return Err(PayloadError::Schema(head.schema));
    }
    let payload: Payload = serde_json::from_slice(bytes)?;
    let told = Told::restored(payload.told)?;
    whole::check(&told)?;
    Ok(told)
}
