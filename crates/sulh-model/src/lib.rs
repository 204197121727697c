//! The words of sulh: what a page, a statement, an agreement, a term, an event and a date are.
//! Takes nothing, gives types. Invariant: no input or output, no clock, nothing of ours imported,
//! and nothing here is serialisable: stored, printed and exported shapes are types of their own.
//!
//! `docs/glossary.md` is the judge of every name.

mod codes;

pub mod actor;
pub mod agreement;
pub mod edtf;
pub mod event;
pub mod imprint;
pub mod links;
pub mod note;
pub mod origin;
pub mod page;
pub mod place;
pub mod reading;
pub mod register;
pub mod signature;
pub mod span;
pub mod statement;
pub mod term;
pub mod time;
pub mod vocabulary;
