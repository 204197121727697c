//! Takes a page's scripts of structured data (JSON-LD), gives what they say of the page and its readers' contributions.
//! Invariant: nothing is executed; what cannot be read is left out, and its neighbours are read all the same.

mod article;
mod comments;
mod json;
mod object;
mod words;

pub(super) use article::{Article, Known};
use comments::Found;
pub(super) use comments::StructuredComment;
use serde_json::Value;

/// Scripts beyond these many describe nothing.
const SCRIPTS_MAX: usize = 200;

/// What the data of a page hold.
pub(super) struct Structured {
    values: Vec<Value>,
}

impl Structured {
    pub fn of(data: &[String]) -> Self {
        Self {
            values: data.iter().take(SCRIPTS_MAX).flat_map(|script| json::values(script)).collect(),
        }
    }

    /// What they say of the page.
    pub fn article(&self, known: Known<'_>) -> Article {
        article::of_values(&self.values, known)
    }
}

/// The readers' contributions in a page's scripts, each behind the one it answers.
pub(super) fn comments(data: &[String]) -> Vec<StructuredComment> {
    let mut found = Found::default();
    for (at, script) in data.iter().take(SCRIPTS_MAX).enumerate() {
        found.read(at, &json::values(script));
    }
    found.comments
}

#[cfg(test)]
mod tests;
