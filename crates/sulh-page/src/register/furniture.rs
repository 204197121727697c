//! Takes a line among the paragraphs of a report, gives whether it speaks of the page or of other pages instead of the news.
//! Invariant: every wording stands in `rules/page/furniture.toml`; a line of more than so many words is never judged by its words.

use super::{
    Lines, Phrases, RulesError,
    rules::{LineRule, PhraseRule},
};
use crate::wording;
use serde::Deserialize;
use std::sync::LazyLock;

/// Checked by [`super::check_rules`]; were it unreadable, nothing would be taken for furniture.
static SHIPPED: LazyLock<Furniture> =
    LazyLock::new(|| Rules::parse().map(|rules| Furniture::from_rules(&rules)).unwrap_or_default());

/// A longer line that sends the reader elsewhere says something, too.
const POINTER_WORDS_MAX: usize = 30;

/// A heading is short.
const HEADING_WORDS_MAX: usize = 9;

/// Who made a picture is told in a few words; a caption before it may take a sentence.
const CREDIT_WORDS_MAX: usize = 30;

/// A longer paragraph that names a newsletter may be about it.
const NOTICE_WORDS_MAX: usize = 45;

/// Lines that stand among paragraphs and belong to none.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    pointer: Lines,
    related: Lines,
    credit: Lines,
    notice: Phrases,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    pointer: LineRule,
    related: LineRule,
    credit: LineRule,
    notice: PhraseRule,
}

impl Rules {
    fn parse() -> Result<Self, RulesError> {
        let text = include_str!("../../../../rules/page/furniture.toml");
        toml::from_str(text)
            .map_err(|error| RulesError::Toml { file: "furniture.toml", error: Box::new(error) })
    }
}

/// Tries every example of the shipped rules; gives how many there are.
pub(super) fn check() -> Result<usize, RulesError> {
    let rules = Rules::parse()?;
    let known = Furniture::from_rules(&rules);
    Ok(rules.pointer.check("pointer", |line| known.is_pointer(line))?
        + rules.related.check("related", |line| known.heads_others(line))?
        + rules.credit.check("credit", |line| known.is_credit(line))?
        + rules.notice.check("notice", |line| known.is_notice(line))?)
}

impl Furniture {
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn from_rules(rules: &Rules) -> Self {
        Self {
            pointer: Lines::new(&rules.pointer.lines),
            related: Lines::new(&rules.related.lines),
            credit: Lines::new(&rules.credit.lines),
            notice: Phrases::new(&rules.notice.phrases),
        }
    }

    /// Sends the reader to one other page.
    pub fn is_pointer(&self, line: &str) -> bool {
        at_most_words(line, POINTER_WORDS_MAX) && self.pointer.opens(line)
    }

    /// Heads a list of other pages.
    pub fn heads_others(&self, line: &str) -> bool {
        at_most_words(line, HEADING_WORDS_MAX) && !line.ends_with('.') && self.related.opens(line)
    }

    /// Says who made a picture.
    pub fn is_credit(&self, line: &str) -> bool {
        at_most_words(line, CREDIT_WORDS_MAX)
            && (line.starts_with('©') || self.credit.opens(line) || self.ends_in_credit(line))
    }

    /// "The convoy near Gharyan. (Photo: town council)", "... | © Harbour Press"
    fn ends_in_credit(&self, line: &str) -> bool {
        let marks = ['(', '|', '©', '[', '/'];
        let tail = line.rfind(marks).and_then(|at| line.get(at..));
        tail.is_some_and(|tail| {
            tail.starts_with('©') || self.credit.opens(tail.trim_start_matches(marks).trim_start())
        })
    }

    /// Speaks of the page, the outlet or the reader's browser.
    pub fn is_notice(&self, line: &str) -> bool {
        at_most_words(line, NOTICE_WORDS_MAX)
            && self.notice.found(&wording::words(line)).next().is_some()
    }
}

fn at_most_words(line: &str, most: usize) -> bool {
    line.split_whitespace().nth(most).is_none()
}
