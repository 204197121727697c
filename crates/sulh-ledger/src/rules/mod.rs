//! Takes the evidence for propositions, gives grades and states: the rules of `sulh-rules/1`, one file each.
//! Invariant: every rule is a function of its arguments; none knows a report, a page or a place by name.
//!
//! R8 (nothing flows from an agreement down to its terms) and R10 (silence is not evidence) have no file:
//! they hold because `propositions` makes no proposition from either.

pub mod because;
pub mod denial;
pub mod eligible;
pub mod grade;
pub mod interest;
pub mod line;
pub mod stage;
pub mod strength;
pub mod tracks;
pub mod transition;
pub mod voucher;
pub mod vouchers;
pub mod weigh;

/// The version of the rules a verdict was made by.
pub const RULES_VERSION: &str = "sulh-rules/1";
