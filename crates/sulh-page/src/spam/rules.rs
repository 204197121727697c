//! Takes the TOML of the signs of adverts, gives its lists of phrases and tries their examples.
//! Invariant: a list without a line that must show it and one that must not is refused.

use super::{RULES_FILE, SpamError, phrases::Phrases, unmask::unmask};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The signs of adverts.
#[derive(Debug)]
pub(super) struct Rules {
    /// Those that are lists of phrases.
    pub signs: Vec<SignRule>,
    /// Their phrases.
    pub phrases: Phrases,
    /// What each shape weighs before anything is learned.
    pub shapes: BTreeMap<String, f64>,
    /// Those that are several signs in one comment.
    pub together: Vec<Together>,
}

/// Signs that say another thing together than each by itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Together {
    pub name: String,
    /// What it weighs before anything is learned.
    prior: f64,
    pub of: Vec<String>,
}

/// A sign that is a list of phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignRule {
    pub name: String,
    /// What it weighs before anything is learned.
    prior: f64,
    /// More than so many times says no more.
    pub most: usize,
    phrases: Vec<String>,
    counts: Vec<String>,
    counts_not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    shapes: BTreeMap<String, f64>,
    sign: Vec<SignRule>,
    together: Vec<Together>,
}

impl Rules {
    /// What a sign weighs before anything is learned.
    pub fn prior(&self, sign: &str) -> f64 {
        let phrases = self.signs.iter().find(|rule| rule.name == sign).map(|rule| rule.prior);
        let together = self.together.iter().find(|rule| rule.name == sign).map(|rule| rule.prior);
        phrases.or(together).or_else(|| self.shapes.get(sign).copied()).unwrap_or(0.0)
    }
}

/// Reads the rule file.
pub(super) fn parse(text: &str) -> Result<Rules, SpamError> {
    let RulesFile { shapes, sign: signs, together } =
        toml::from_str(text).map_err(|error| SpamError::toml(RULES_FILE, error))?;
    let phrases = Phrases::new(signs.iter().map(|sign| sign.phrases.as_slice()));
    Ok(Rules { signs, phrases, shapes, together })
}

/// Tries every example line; gives how many there are.
pub(super) fn check(rules: &Rules) -> Result<usize, SpamError> {
    let mut tried = 0;
    for (at, rule) in rules.signs.iter().enumerate() {
        let shows = |line: &String| rules.phrases.times(&unmask(line).words)[at] > 0;
        let wrong = |line: &str, verdict| SpamError::Example {
            list: rule.name.clone(),
            line: line.to_owned(),
            verdict,
        };
        if rule.counts.is_empty() || rule.counts_not.is_empty() {
            return Err(wrong("", "lacks an example"));
        }
        if let Some(line) = rule.counts.iter().find(|line| !shows(line)) {
            return Err(wrong(line, "must count and does not"));
        }
        if let Some(line) = rule.counts_not.iter().find(|line| shows(line)) {
            return Err(wrong(line, "must not count and does"));
        }
        tried += rule.counts.len() + rule.counts_not.len();
    }
    Ok(tried)
}
