//! Takes what was read and judged, gives it in the shapes that are printed as JSON.
//! Invariant: every key of a shape is always present, null where unknown; a change of a key needs a new schema name.

pub mod agreement;
pub mod brief;
pub mod copies;
pub mod day;
pub mod diff;
pub mod dossier;
pub mod parts;
pub mod reading;
pub mod report;
pub mod sentence;
pub mod source;
pub mod why;
