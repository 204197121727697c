//! Takes a short line of a thread, gives whom it answers, and whether it heads a quotation or is a label.
//! Invariant: every wording stands in `rules/page/turns.toml`; a line of prose is none of these.

use crate::{stamp, wording};
use serde::Deserialize;
use std::sync::LazyLock;

/// Shipped with the crate; a test reads it and tries its lines. Were it unreadable, no line would be any of these.
static SHIPPED: LazyLock<Turns> = LazyLock::new(|| Turns::parse().unwrap_or_default());

/// A longer line is prose.
const LINE_CHARS_MAX: usize = 120;

/// Names are short.
const NAME_WORDS_MAX: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turns {
    answers: Wordings,
    quotes: Wordings,
    labels: Wordings,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wordings {
    #[serde(default)]
    opens: Vec<String>,
    #[serde(default)]
    lines: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are tried by a test"))]
    counts: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are tried by a test"))]
    counts_not: Vec<String>,
}

impl Turns {
    fn parse() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../../rules/page/turns.toml"))
    }
}

/// The name of the one a contribution answers: "In reply to Old Salt".
pub(crate) fn answered(line: &str) -> Option<&str> {
    let name = behind(&SHIPPED.answers.opens, line)?.trim_start_matches([':', '@', ' ']).trim();
    let short = (1..=NAME_WORDS_MAX).contains(&name.split_whitespace().count());
    (short && !name.ends_with(['.', '!', '?'])).then_some(name)
}

/// True for a line that opens with what only stands above a quotation: "Originally posted by Old Salt".
pub(crate) fn opens_quotation(line: &str) -> bool {
    wording::at_most_chars(line, LINE_CHARS_MAX)
        && !wording::ends_sentence(line.trim_end_matches(':'))
        && behind(&SHIPPED.quotes.opens, line).is_some_and(|rest| rest.len() != line.len())
        && is_head(line)
}

/// True for a line that says who is quoted and when, where a quotation follows: "Old Salt wrote:".
pub(crate) fn heads_quotation(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let said = || {
        let (at, length) = stamp::says_at(line)?;
        let rest = line[at + length..].trim_start_matches(|c: char| !c.is_alphanumeric());
        (rest.is_empty() || stamp::is_stamp(rest)).then_some(())
    };
    opens_quotation(line) || wording::at_most_chars(line, LINE_CHARS_MAX) && said().is_some()
}

/// "From:", "Date:".
pub(crate) fn is_label(line: &str) -> bool {
    let folded = line.trim().to_lowercase();
    SHIPPED.labels.lines.contains(&folded)
}

/// A head names somebody in a few words: "Quote me on that" goes on like a sentence.
fn is_head(line: &str) -> bool {
    let rest = behind(&SHIPPED.quotes.opens, line).unwrap_or(line).trim();
    let first = rest.split_whitespace().next().unwrap_or_default();
    rest.is_empty() || !matches!(first, "me" | "it" | "this" | "that" | "the" | "a" | "an")
}

/// What stands behind the words a line opens with; the longest of them count.
fn behind<'a>(opens: &[String], line: &'a str) -> Option<&'a str> {
    let line = line.trim_start();
    let rest = |open: &String| {
        let mut rest = line.chars();
        let same = open.chars().all(|c| rest.next().is_some_and(|own| own.to_lowercase().eq([c])));
        let rest = rest.as_str();
        (same && !rest.starts_with(char::is_alphanumeric)).then_some(rest)
    };
    opens.iter().filter_map(rest).min_by_key(|rest| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_rules_are_what_they_should_be() {
        fn check(list: &Wordings, is: fn(&str) -> bool) {
            assert!(!list.counts.is_empty() && !list.counts_not.is_empty());
            for line in &list.counts {
                assert!(is(line), "{line}");
            }
            for line in &list.counts_not {
                assert!(!is(line), "{line}");
            }
        }
        let turns = Turns::parse().unwrap();
        check(&turns.answers, |line| answered(line).is_some());
        check(&turns.quotes, opens_quotation);
        check(&turns.labels, is_label);
    }

    #[test]
    fn heads_of_quotations() {
        for line in
            ["Old Salt wrote: ↑", "On 11/19/2020 at 8:00 AM, reed_boat said:", "Quoting Ridge:"]
        {
            assert!(heads_quotation(line), "{line}");
        }
        for line in ["They wrote that it holds", "Nobody shot."] {
            assert!(!heads_quotation(line), "{line}");
        }
        assert_eq!(answered("In reply to Old Salt"), Some("Old Salt"));
    }
}
