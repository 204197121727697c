//! The ledger of sulh: an append-only log of reports and decisions, and the rules that make verdicts of them.
//! Takes entries (bytes, salt and time come from the caller), gives dossiers in which every state carries
//! its lines and the words they rest on. Invariant: pure. A verdict is a function of a prefix of the log,
//! the registers and the version of the rules.
//!
//! The way of a question: `ledger` picks the reports and decisions it may see, `link` makes items and clusters
//! of the reports and ties events to promises, `propositions` and `breach` gather evidence, `rules` weigh and
//! fold it, `dossier` writes it down. `audit` does the same a second time, slowly, for the tests.

mod dossier;
mod find;
pub mod place;
mod stakes;

pub mod breach;
pub mod decision;
pub mod ledger;
pub mod link;
pub mod log;
pub mod propositions;
pub mod report;
pub mod rules;
pub mod stored;
pub mod verdict;
pub mod window;

pub use find::FindError;
pub use ledger::{Ledger, ReplayError, Taken};
pub use rules::{RULES_VERSION, voucher::Registers};

#[cfg(test)]
mod audit;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
