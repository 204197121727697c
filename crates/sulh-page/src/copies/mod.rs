//! Takes pages, gives which is a copy of which, which holds words of which, and where.
//! Invariant: the answer does not depend on the order the pages come in; a copy is a copy of its root itself,
//! never of another copy alone.
//!
//! How it is done, its borders and its figures: decision record 0014.

mod clusters;
mod collection;
mod compare;
mod passages;
mod sketch;
#[cfg(test)]
mod tests;
pub mod trial;
mod words;

pub use clusters::{Cluster, Clusters, Link, Member, Root, clusters};
pub use collection::{Collection, CollectionError, Cut, PAGES_MAX, PageNumber, Pair};
pub use compare::{Likeness, Passage, Relation, Shared, compare};
pub use sketch::{FOUND_WORDS, Sketch};
pub use words::{ArticleWords, WORDS_MAX};
