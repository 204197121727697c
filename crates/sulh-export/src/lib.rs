//! What the ledger answers, in the formats of others: takes dossiers, gives files as text, one module a format.
//! Invariant: pure; every verdict is copied as it is, none is made here, and single persons have no name.

pub mod html;
mod visible;

pub use visible::visible;
