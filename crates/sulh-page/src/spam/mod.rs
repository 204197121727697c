//! Takes the text of a reader's comment, gives how likely it is an advert.
//! Invariant: nothing is looked up or fetched; the same text has the same score on every page and machine.
//!
//! Signs are named in `rules/page/spam.toml` and `signs.rs`; what they weigh is learned from comments that people
//! judged and stands in `models/spam.toml`. Why it is built so: `docs/decisions/0015-spam-comments.md`.

mod corpus;
mod figures;
mod links;
mod phrases;
mod rules;
mod signs;
#[cfg(test)]
mod tests;
mod train;
mod unmask;

pub use corpus::{Judged, own_test, own_train};
pub use figures::{Figures, leave_one_set_out, shipped_figures};
pub use train::train;

use rules::Rules;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::LazyLock};
use unmask::{BORDER, LINK, Unmasked};

/// From this score on a comment is an advert: a little above one half, so that where the two are as likely the reader is
/// kept. A reader called an advert is lost as a lead; an advert called a comment witnesses nothing, as no comment does.
/// Not higher: on films left out precision hardly grows above it, and recall falls.
pub const ADVERT_SCORE_MIN: f32 = 0.55;
/// The same for a sentence that may be the report's own: a paragraph lost is evidence lost.
pub const ADVERT_SCORE_MIN_IN_REPORT: f32 = 0.9;

const RULES_FILE: &str = "rules/page/spam.toml";
const MODEL_FILE: &str = "models/spam.toml";

/// What ships with the crate; a test reads it. Were it unreadable, no comment would be an advert.
static SHIPPED: LazyLock<Option<(Rules, Model)>> = LazyLock::new(|| shipped().ok());

/// Why a file of the judge of adverts was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpamError {
    /// Not the TOML it should be.
    #[error("{file} cannot be read: {problem}; correct the entry it names")]
    Toml {
        /// Which file.
        file: &'static str,
        /// What is wrong.
        problem: Box<toml::de::Error>,
    },
    /// An example line that is judged otherwise.
    #[error("{RULES_FILE}, `{list}`: `{line}` {verdict}; correct the list or the example")]
    Example {
        /// The sign the example stands under.
        list: String,
        /// The example.
        line: String,
        /// What is wrong.
        verdict: &'static str,
    },
    /// The model cannot be written.
    #[error("{MODEL_FILE} cannot be written: {0}; this is a fault of the program")]
    Write(#[from] toml::ser::Error),
}

impl SpamError {
    fn toml(file: &'static str, problem: toml::de::Error) -> Self {
        Self::Toml { file, problem: Box::new(problem) }
    }
}

/// What signs and words weigh, by name, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What a comment weighs that shows nothing.
    bias: f32,
    /// Above zero for an advert.
    signs: BTreeMap<String, f32>,
    /// Words, and pairs of words that follow each other.
    words: BTreeMap<String, f32>,
}

impl Model {
    /// Reads `models/spam.toml`.
    ///
    /// # Errors
    /// The text is not that of a model.
    pub fn parse(text: &str) -> Result<Self, SpamError> {
        toml::from_str(text).map_err(|error| SpamError::toml(MODEL_FILE, error))
    }

    /// The text of `models/spam.toml`.
    ///
    /// # Errors
    /// A weight cannot be written as TOML.
    pub fn text(&self) -> Result<String, SpamError> {
        Ok(format!("{HEAD}\n{}", toml::to_string(self)?))
    }

    fn judge(&self, rules: &Rules, comment: &str) -> Judgement {
        let seen = unmask::unmask(comment);
        let signs = signs::shown(&seen, rules);
        let intent = intends(&signs, signs::words(&seen), comment);
        let signs: f32 =
            signs.iter().map(|(name, value)| self.signs.get(*name).unwrap_or(&0.0) * value).sum();
        let mut words: BTreeMap<&str, f32> = BTreeMap::new();
        each_term(&seen, |term| {
            if let Some((word, weight)) = self.words.get_key_value(term) {
                words.insert(word, *weight);
            }
        });
        let words: f32 = words.values().sum();
        let score = probability(self.bias + signs + words);
        let least = if signs::may_be_of_the_report(&seen) {
            ADVERT_SCORE_MIN_IN_REPORT
        } else {
            ADVERT_SCORE_MIN
        };
        Judgement { score, advert: score >= least && intent }
    }
}

/// Signs that say what an advert wants, not just how it looks.
const INTENTS: [&str; 7] = [
    "asks-",
    "own-",
    "offers-",
    "gives-a-contact",
    "speaks-of-subscribing",
    "speaks-of-trade",
    "praises-the-",
];

/// Fewer words have no language.
const LANGUAGE_WORDS_MIN: usize = 12;

/// So many words that want next to nothing are a contribution.
const MANY_WORDS_MIN: usize = 90;

/// True when a text may be called an advert by its weights: in languages nothing was learned from, and where it is long,
/// it must also say what it wants. A link beside a reader's own German sentence is no advert.
fn intends(signs: &[(&str, f32)], words: usize, comment: &str) -> bool {
    let intent = |name: &str| INTENTS.iter().any(|intent| name.starts_with(intent));
    let intents = signs.iter().filter(|(name, value)| *value > 0.0 && intent(name)).count();
    match words {
        0..LANGUAGE_WORDS_MIN => true,
        LANGUAGE_WORDS_MIN..MANY_WORDS_MIN => intents >= 2 || !is_foreign(comment),
        _ => intents >= 3,
    }
}

fn is_foreign(comment: &str) -> bool {
    whatlang::detect(unmask::judged(comment))
        .is_some_and(|found| found.lang() != whatlang::Lang::Eng)
}

const HEAD: &str = "\
# How much each sign and word speaks for an advert (above zero) or a reader (below). Made by `cargo xtask train-spam`,
# never by hand; where from and under which licence: models/ORIGIN.md.
";

/// What is thought of a comment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// How likely it is an advert, from 0 to 1.
    pub score: f32,
    /// It is called one.
    pub advert: bool,
}

/// Judges a comment by the shipped model.
pub fn judge(comment: &str) -> Judgement {
    let unread = Judgement { score: 0.0, advert: false };
    SHIPPED.as_ref().map_or(unread, |(rules, model)| model.judge(rules, comment))
}

/// Reads the shipped rules and tries every example line in them; gives how many there are.
///
/// # Errors
/// A file is not readable, or a line does not show what it should, or shows what it should not.
pub fn check_rules() -> Result<usize, SpamError> {
    rules::check(&shipped()?.0)
}

fn shipped_rules() -> Result<Rules, SpamError> {
    rules::parse(include_str!("../../../../rules/page/spam.toml"))
}

fn shipped() -> Result<(Rules, Model), SpamError> {
    Ok((shipped_rules()?, Model::parse(include_str!("../../../../models/spam.toml"))?))
}

fn probability(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

/// The words and pairs of neighbouring words of a comment. What a link says is said by its signs: counted again as a
/// word it would outweigh what stands beside it.
fn each_term(seen: &Unmasked, mut take: impl FnMut(&str)) {
    let mut pair = String::new();
    let mut before: Option<&String> = None;
    for word in &seen.words {
        if word == LINK {
            before = None;
            continue;
        }
        if word != BORDER {
            take(word);
        }
        if let Some(before) = before {
            pair.clear();
            pair.extend([before.as_str(), " ", word.as_str()]);
            take(&pair);
        }
        before = Some(word);
    }
}
