//! Takes files of comments that people judged, gives them one by one.
//! Invariant: a comment of our own corpus lies in one half only, decided by its text.

use super::SpamError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A comment that somebody judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Where it stood: one film, one site. Comments of one set resemble each other.
    pub set: String,
    /// As it was posted.
    pub text: String,
    /// It is an advert.
    pub spam: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CorpusFile {
    advert: BTreeMap<String, Vec<String>>,
    reader: BTreeMap<String, Vec<String>>,
}

/// The half of `corpus/spam` that is learned from.
///
/// # Errors
/// The file is no list of comments.
pub fn own_train() -> Result<Vec<Judged>, SpamError> {
    parse("corpus/spam/train.toml", include_str!("../../../../corpus/spam/train.toml"))
}

/// The half of `corpus/spam` that is never learned from.
///
/// # Errors
/// The file is no list of comments.
pub fn own_test() -> Result<Vec<Judged>, SpamError> {
    parse("corpus/spam/test.toml", include_str!("../../../../corpus/spam/test.toml"))
}

fn parse(file: &'static str, text: &str) -> Result<Vec<Judged>, SpamError> {
    let corpus: CorpusFile = toml::from_str(text).map_err(|error| SpamError::toml(file, error))?;
    let judged = |kinds: BTreeMap<String, Vec<String>>, spam| {
        kinds.into_iter().flat_map(move |(kind, texts)| {
            texts.into_iter().map(move |text| Judged { set: kind.clone(), text, spam })
        })
    };
    Ok(judged(corpus.advert, true).chain(judged(corpus.reader, false)).collect())
}
