//! Takes plain text, gives its paragraphs and list items as stretches of it.
//! Invariant: stretches are in order, disjoint, trimmed and never empty; together they hold every word.

use crate::{bullets, wording};
use std::ops::Range;

/// One paragraph or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Where it stands, without its bullet.
    pub range: Range<usize>,
    /// It opened with a bullet.
    pub listed: bool,
}

/// The width hard-wrapped lines stay within; wires and mail wrap at 60 to 80, some agencies at 100.
const WRAP_CHARS_MAX: usize = 105;
const WRAP_CHARS_MIN: usize = 40;

/// A shorter line that ends a sentence ends its paragraph, too.
const WRAP_SENTENCE_CHARS_MIN: usize = 54;

/// The lines of a text with where they stand.
struct Line<'a> {
    words: &'a str,
    start: usize,
}

/// Splits a text.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let wrapped = is_hard_wrapped(&lines);
    let mut found: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        let words = line.words.trim();
        if words.is_empty() {
            before = None;
            continue;
        }
        let mark = bullets::mark_length(line.words);
        let end = line.start + line.words.trim_end().len();
        let joins =
            mark == 0 && before.is_some_and(|before| continues(before.words, line.words, wrapped));
        match found.last_mut().filter(|_| joins) {
            Some(paragraph) => paragraph.range.end = end,
            None => {
                let lead = line.words.len() - line.words.trim_start().len();
                let start = line.start + if mark > 0 { mark } else { lead };
                found.push(Paragraph { range: start..end, listed: mark > 0 });
            }
        }
        before = Some(line);
    }
    found
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut found = Vec::new();
    for words in text.split('\n') {
        found.push(Line { words, start });
        start += words.len() + 1;
    }
    found
}

/// True when a line without a blank one before it goes on where the line before stopped.
fn continues(before: &str, line: &str, wrapped: bool) -> bool {
    let before = before.trim();
    let small = line.trim_start().starts_with(char::is_lowercase);
    let open = !wording::ends_sentence(before);
    if !wrapped {
        // A long line broken in the middle of a sentence.
        return small && open && !wording::at_most_chars(before, 60) && !before.contains("://");
    }
    // In wrapped text a paragraph ends early in its last line, or with a blank line.
    let full = if open { WRAP_CHARS_MIN } else { WRAP_SENTENCE_CHARS_MIN };
    small || !wording::at_most_chars(before, full)
}

/// Many lines of similar length that stop anywhere: wrapped by a machine.
fn is_hard_wrapped(lines: &[Line<'_>]) -> bool {
    let (mut inner, mut broken, mut long) = (0_usize, 0_usize, 0_usize);
    for pair in lines.windows(2) {
        let (line, next) = (pair[0].words.trim(), pair[1].words.trim());
        if line.is_empty() {
            continue;
        }
        long += usize::from(!wording::at_most_chars(line, WRAP_CHARS_MAX));
        if next.is_empty() || bullets::mark_length(next) > 0 {
            continue;
        }
        inner += 1;
        let wide = !wording::at_most_chars(line, WRAP_CHARS_MIN - 1);
        broken += usize::from(wide && !wording::ends_sentence(line));
    }
    inner >= 3 && broken * 10 >= inner * 6 && long * 10 <= inner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            paragraphs(text).into_iter().map(|paragraph| &text[paragraph.range]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn long_lines_are_paragraphs() {
        check(
            "One line.\nAnother line.\n\n- item one;\n- item two",
            &["One line.", "Another line.", "item one;", "item two"],
        );
        check("", &[]);
        check(" \n\t\n", &[]);
    }

    #[test]
    fn a_line_broken_inside_a_sentence_goes_on() {
        let text = "The convoy that left Severodonetsk in the morning reached the last\nvillage before dark.\nNobody was hurt.";
        check(text, &[&text[..text.len() - 17], "Nobody was hurt."]);
    }

    #[test]
    fn wrapped_text_is_joined_over_its_lines() {
        let first = "The two councils of the valley met in the school of the lower\nvillage and agreed that herders may pass the wells until the\nrains. They will meet again after the harvest, one of them\nsaid.";
        let second = "A third council did not come. It holds that the wells belong to\nthe upper village and to nobody else in the whole of the\nvalley.";
        check(&format!("{first}\n\n{second}"), &[first, second]);
    }
}
