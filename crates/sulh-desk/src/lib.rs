//! The one facade: takes captured reports, gives what they say, keeps it in a ledger and answers questions of it.
//! Invariant: the only place where reading meets ledger; pure but for the store it is handed:
//! days, times, salts and keys are arguments.
//!
//! Cases: `casebook/`, run by `tests/casebook`.

mod brief;
pub mod changes;
mod copies;
mod excerpt;
mod ledger;
mod meant;
mod memory;
mod quotes;
mod record;
mod reports;
#[cfg(test)]
mod samples;
mod sentence;
pub mod shapes;
mod trees;

pub use copies::{CopyDesk, CopyDeskError, LeftOut, page_of};
pub use ledger::RatingError;
pub use ledger::{Added, DeskError, Filter, LedgerDesk, Moment};
pub use meant::TermError;
pub use memory::MemoryStore;
pub use quotes::quotable;
pub use record::record;
pub use reports::{ReportDesk, ReportError, nothing_to_read};
pub use shapes::parts::{DateRefused, date_given, first_day_given, last_day_given};
pub use sulh_ledger::{
    decision::{Examined, Rating, Reliability},
    log::RecordedAt,
    verdict::Question,
};
pub use sulh_model::page::Page;
pub use sulh_model::{page::PageAbout, register::LeaningSide, time::UncertainDate};
pub use sulh_page::copies::trial;
pub use sulh_page::{Arrival, Transport, archive, feed, plain_trial, score as page_score, spam};
pub use sulh_reading::Effort;
pub use sulh_store::{LedgerStore, SqliteStore, StoreError, VerifyReport, Writer, recover};
pub use sulh_syntax::{Depth, Parser, SyntaxError, conllu, score};
pub use trees::trees;
