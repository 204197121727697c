//! Takes the TOML of the register rules, gives lists of phrases and lines, and tries their examples.
//! Invariant: a list without an example that must count and one that must not is refused, save those that need a whole page.

use super::{Register, Sighting};
use crate::wording;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Why the rules were refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// Not the TOML of the rules.
    #[error("rules/page/{file} cannot be read: {error}; correct the entry it names")]
    Toml {
        /// The file's name.
        file: &'static str,
        /// What is wrong in it.
        error: Box<toml::de::Error>,
    },
    /// A sign the code does not know.
    #[error("rules/page/register.toml names the sign `{0}`, which is none; correct the name")]
    Unknown(String),
    /// An example line that is judged otherwise.
    #[error("rules/page, list `{list}`: `{line}` {verdict}; correct the list or the example")]
    Example {
        /// The list the example stands in.
        list: String,
        /// The example.
        line: String,
        /// What is wrong.
        verdict: &'static str,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Rules {
    pub sign: Vec<SignRule>,
    pub border: LineRule,
    pub furniture: LineRule,
    pub answer: LineRule,
    pub hand_over: PhraseRule,
    /// Phrases by language and sign.
    pub language: BTreeMap<String, BTreeMap<String, PhraseRule>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignRule {
    pub name: String,
    pub weight: f32,
    pub most: u32,
    #[serde(default)]
    pub voice: bool,
    #[serde(default)]
    pub shape: bool,
    #[serde(default)]
    pub phrases: Vec<String>,
    counts: Vec<String>,
    counts_not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineRule {
    pub lines: Vec<String>,
    counts: Vec<String>,
    counts_not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhraseRule {
    pub phrases: Vec<String>,
    counts: Vec<String>,
    counts_not: Vec<String>,
}

impl Rules {
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        toml::from_str(text)
            .map_err(|error| RulesError::Toml { file: "register.toml", error: Box::new(error) })
    }

    /// Tries every example; gives how many there are.
    pub fn check(&self, register: &Register) -> Result<usize, RulesError> {
        let mut tried = 0;
        for rule in &self.sign {
            let shows = |line: &str| register.shown(&Sighting::alone(line, None)).has(&rule.name);
            tried += examples(&rule.name, &rule.counts, &rule.counts_not, shows)?;
        }
        for (language, signs) in &self.language {
            for (name, rule) in signs {
                let shows =
                    |line: &str| register.shown(&Sighting::alone(line, Some(language))).has(name);
                tried += rule.check(&format!("{language}, {name}"), shows)?;
            }
        }
        let words = wording::words;
        let (border, furniture) = (&register.border, &register.furniture);
        tried += self.border.check("border", |line| border.matches(line))?;
        tried += self.answer.check("answer", |line| register.answer.matches(line))?;
        tried += self.furniture.check("furniture", |line| furniture.matches(line))?;
        let phrases = &register.hand_over;
        let hands_over = |line: &str| phrases.found(&words(line)).next().is_some();
        tried += self.hand_over.check("hand-over", hands_over)?;
        Ok(tried)
    }
}

impl LineRule {
    pub fn check(&self, list: &str, shows: impl Fn(&str) -> bool) -> Result<usize, RulesError> {
        examples(list, &self.counts, &self.counts_not, shows)
    }
}

impl PhraseRule {
    pub fn check(&self, list: &str, shows: impl Fn(&str) -> bool) -> Result<usize, RulesError> {
        examples(list, &self.counts, &self.counts_not, shows)
    }
}

fn examples(
    list: &str,
    counts: &[String],
    counts_not: &[String],
    shows: impl Fn(&str) -> bool,
) -> Result<usize, RulesError> {
    let wrong = |line: &String, verdict| RulesError::Example {
        list: list.to_owned(),
        line: line.clone(),
        verdict,
    };
    if let Some(line) = counts.iter().find(|line| !shows(line)) {
        return Err(wrong(line, "must count and does not"));
    }
    if let Some(line) = counts_not.iter().find(|line| shows(line)) {
        return Err(wrong(line, "must not count and does"));
    }
    Ok(counts.len() + counts_not.len())
}

/// Phrases by their first word, longest first, so that a text is gone through once.
#[derive(Debug, Default)]
pub(crate) struct Phrases(BTreeMap<String, Vec<Phrase>>);

#[derive(Debug)]
struct Phrase {
    whole: String,
    words: Vec<String>,
}

impl Phrases {
    pub(super) fn new(phrases: &[String]) -> Self {
        let mut by_first: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for whole in phrases {
            let words = wording::words(whole);
            if let Some(first) = words.first() {
                by_first
                    .entry(first.clone())
                    .or_default()
                    .push(Phrase { whole: whole.clone(), words });
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        Self(by_first)
    }

    /// The phrases that stand in the words, in order; no word belongs to two of them.
    pub fn found<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a str> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while at < words.len() {
                let rest = &words[at..];
                let phrases = self.0.get(&words[at]).map_or(&[][..], Vec::as_slice);
                if let Some(phrase) = phrases.iter().find(|phrase| rest.starts_with(&phrase.words))
                {
                    at += phrase.words.len();
                    return Some(phrase.whole.as_str());
                }
                at += 1;
            }
            None
        })
    }
}

/// Whole lines, by their first word: `#` stands for a number, `…` at the end for any words.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    by_first: BTreeMap<String, Vec<Vec<Piece>>>,
    /// Those that open with a number.
    numbered: Vec<Vec<Piece>>,
}

#[derive(Debug)]
enum Piece {
    /// A word, and whether a colon must stand behind it.
    Word(String, bool),
    Number,
    Rest,
}

/// The folded words of a line, each with whether a colon stands behind it.
fn marked(line: &str) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    for token in line.split_whitespace() {
        let colon = token.ends_with(':');
        match wording::words(token).pop() {
            Some(word) => found.push((word, colon)),
            // French has a space before its colon.
            None if colon => {
                if let Some((_, before)) = found.last_mut() {
                    *before = true;
                }
            }
            None => {}
        }
    }
    found
}

/// Longer lines are prose.
const LINE_CHARS_MAX: usize = 100;

impl Lines {
    pub(super) fn new(lines: &[String]) -> Self {
        let piece = |(word, colon): (String, bool)| match word.as_str() {
            "#" => Piece::Number,
            _ => Piece::Word(word, colon),
        };
        let mut known = Self::default();
        for line in lines {
            let rest = line.strip_suffix('…');
            let mut pieces: Vec<Piece> =
                marked(rest.unwrap_or(line)).into_iter().map(piece).collect();
            pieces.extend(rest.map(|_| Piece::Rest));
            match pieces.first() {
                Some(Piece::Word(first, _)) => {
                    known.by_first.entry(first.clone()).or_default().push(pieces);
                }
                _ => known.numbered.push(pieces),
            }
        }
        known
    }

    /// True when the line is one of these and nothing more.
    pub fn matches(&self, line: &str) -> bool {
        wording::at_most_chars(line, LINE_CHARS_MAX) && self.opens(line)
    }

    /// The same, however long the words are that `…` stands for.
    pub fn opens(&self, line: &str) -> bool {
        // Nearly every line differs in its first word: the others are folded only where it does not.
        let first = line.split_whitespace().find_map(|token| wording::words(token).pop());
        let Some(first) = first else { return false };
        let known = self.by_first.get(&first).map_or(&[][..], Vec::as_slice);
        let numbered = if is_number(&first) { &self.numbered[..] } else { &[] };
        if known.is_empty() && numbered.is_empty() {
            return false;
        }
        let words = marked(line);
        known.iter().chain(numbered).any(|pieces| fits(pieces, &words))
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
}

fn fits(pieces: &[Piece], words: &[(String, bool)]) -> bool {
    for (at, piece) in pieces.iter().enumerate() {
        let good = match (piece, words.get(at)) {
            (Piece::Rest, _) => return words.len() > at,
            (Piece::Word(wanted, colon), Some((word, marked))) => {
                wanted == word && (*marked || !colon)
            }
            (Piece::Number, Some((word, _))) => is_number(word),
            (_, None) => false,
        };
        if !good {
            return false;
        }
    }
    pieces.len() == words.len()
}
