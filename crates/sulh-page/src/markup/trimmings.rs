//! Takes the lines of one contribution, gives those that are none of its words, and those it quotes.
//! Invariant: a contribution that has a line keeps one.

use super::{
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    parts::is_quotation,
    zones::Zones,
};
use crate::{controls, stamp, turns, wording};
use std::{collections::BTreeSet, ops::Range};

/// The subject stands above the words, under name and day at most.
const SUBJECT_LINES_MAX: usize = 4;

/// A subject of fewer words may be the first words of the contribution.
const SUBJECT_WORDS_MIN: usize = 3;

/// Counts of likes are short.
const COUNT_CHARS_MAX: usize = 6;

/// What is left of a head is short.
const LEFTOVER_CHARS_MAX: usize = 24;

/// What all contributions of a page are trimmed by.
pub(super) struct Trimmings<'a> {
    pub dom: &'a Dom,
    pub zones: &'a Zones,
    /// The page's title, in folded words.
    pub title: Vec<String>,
    /// Its authors, folded.
    pub authors: BTreeSet<Vec<String>>,
}

/// What is to be done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Words,
    Quoted,
    /// Nobody's words.
    Left,
}

impl Trimmings<'_> {
    /// What each line is; the first `opening` are known to say who and when.
    pub fn of(&self, item: NodeIndex, lines: &[&Leaf], opening: usize) -> Vec<Line> {
        let mut found: Vec<Line> = lines
            .iter()
            .map(|leaf| if self.quotes(item, leaf).is_some() { Line::Quoted } else { Line::Words })
            .collect();
        found[..opening].fill(Line::Left);
        self.leave_quotation_heads(lines, &mut found);
        for (at, leaf) in lines.iter().enumerate().take(opening + SUBJECT_LINES_MAX) {
            if found[at] == Line::Words && self.is_subject(&leaf.text) {
                found[at] = Line::Left;
            }
        }
        for (leaf, line) in lines.iter().zip(&mut found) {
            if *line == Line::Words && leaf.text.lines().all(|text| text.starts_with('>')) {
                *line = Line::Quoted;
            }
        }
        if let Some(at) = lines.iter().position(|leaf| leaf.text.starts_with("______")) {
            found[at..].fill(Line::Left);
        }
        for (at, leaf) in lines.iter().enumerate().take(opening + SUBJECT_LINES_MAX) {
            if found[at] == Line::Words && is_leftover(&leaf.text) {
                found[at] = Line::Left;
            }
        }
        leave_counts(lines, &mut found);
        if found.iter().all(|line| *line == Line::Left) && opening < found.len() {
            found[opening] = Line::Words;
        }
        found
    }

    /// The quotation a line stands in.
    fn quotes(&self, item: NodeIndex, leaf: &Leaf) -> Option<NodeIndex> {
        let around = self.dom.above(leaf.node).take_while(|(node, _)| *node >= item);
        around.map(|(node, _)| node).find(|node| is_quotation(self.dom, self.zones, *node))
    }

    /// "Old Salt wrote:" above or in a quotation; what stands in one element with such a line is quoted.
    fn leave_quotation_heads(&self, lines: &[&Leaf], found: &mut [Line]) {
        for at in 0..lines.len() {
            let text = lines[at].text.as_str();
            let quoted = found[at] == Line::Quoted;
            let next = found.get(at + 1) == Some(&Line::Quoted);
            let named = || {
                let name = text.strip_suffix(':').map(wording::words);
                name.is_some_and(|name| self.authors.contains(&name))
            };
            let strong = turns::opens_quotation(text);
            if found[at] != Line::Left
                && ((quoted || next) && (turns::heads_quotation(text) || named()) || strong)
            {
                found[at] = Line::Left;
                if strong && !quoted && !next {
                    let holder = self.dom.nodes[lines[at].node].parent;
                    let inside = holder..self.dom.nodes[holder].end;
                    let rest = lines.iter().zip(found.iter_mut()).skip(at + 1);
                    rest.take_while(|(leaf, _)| {
                        inside.contains(&leaf.first) && leaf.node != holder
                    })
                    .for_each(|(_, line)| *line = Line::Quoted);
                }
            } else if quoted && stamp::is_stamp(text) {
                found[at] = Line::Left;
            }
        }
    }

    /// The page's title again, or "Re:" and the title.
    fn is_subject(&self, line: &str) -> bool {
        let mut words = wording::words(line);
        if words.first().is_some_and(|word| matches!(word.as_str(), "re" | "aw" | "sv" | "antw")) {
            words.remove(0);
        }
        words.len() >= SUBJECT_WORDS_MIN && self.title.starts_with(&words)
    }
}

/// The lines a text quotes as mail does, each run with its stretch; a text that is all quotation has none.
pub(super) fn quoted_lines(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if line.starts_with('>') {
            match found.last_mut().filter(|run| run.end + 1 == at && at > 0) {
                Some(run) => run.end = at + line.len(),
                None => found.push(at..at + line.len()),
            }
        }
        at += line.len() + 1;
    }
    found.retain(|run| run.len() < text.len());
    found
}

/// What is left of a head when name and day are taken out of it: "Post by »".
fn is_leftover(line: &str) -> bool {
    let mut words = line.split_whitespace();
    wording::at_most_chars(line, LEFTOVER_CHARS_MAX)
        && words.all(|word| stamp::is_of_day(word) || stamp::hands_over(word))
}

/// Counts, marks and buttons at either end, and the day at the last: "12", "#3", "|", "2 h".
fn leave_counts(lines: &[&Leaf], found: &mut [Line]) {
    let count = |at: usize| {
        let text = lines[at].text.trim();
        controls::are(text)
            || wording::at_most_chars(text, COUNT_CHARS_MAX)
                && text.chars().all(|c| c.is_ascii_digit() || "#|·•–—-+[]()▲▼↑↓,.".contains(c))
    };
    let left = |at: &usize, found: &[Line]| found[*at] != Line::Left;
    let shown: Vec<usize> = (0..lines.len()).filter(|at| left(at, found)).collect();
    let first = shown.iter().take_while(|at| count(**at)).count();
    let day = |at: usize| stamp::is_stamp(&lines[at].text);
    let last = shown[first..].iter().rev().take_while(|at| count(**at) || day(**at)).count();
    if first + last < shown.len() {
        for at in shown[..first].iter().chain(&shown[shown.len() - last..]) {
            found[*at] = Line::Left;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_quoted_as_mail_quotes_them() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = quoted_lines(text).into_iter().map(|run| &text[run]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("> no guns\n> no toll\nWho says so?", &["> no guns\n> no toll"]);
        check("No.\n> no toll\nYes.\n> no guns", &["> no toll", "> no guns"]);
        check("> no guns", &[]);
        check("5 > 3", &[]);
    }

    #[test]
    fn what_is_left_of_heads() {
        assert!(is_leftover("Post by »") && is_leftover("on at"));
        assert!(!is_leftover("They lie.") && !is_leftover("By dawn they left"));
    }
}
