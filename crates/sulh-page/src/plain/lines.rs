//! Takes plain text, gives its paragraphs and list items as stretches of it.
//! Invariant: stretches are in order, disjoint, trimmed and never empty; together they hold every word.

use crate::{bullets, stamp, wording};
use std::ops::Range;

/// The longest threads met have some ten thousand lines; a text can have one every other byte.
const PARAGRAPHS_MAX: usize = 200_000;

/// The paragraphs of a text.
#[derive(Debug)]
pub(super) struct Paragraphs {
    pub all: Vec<Paragraph>,
    /// There were more than the limit: the last one holds the rest of the text.
    pub too_many: bool,
}

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
pub(super) fn paragraphs(text: &str) -> Paragraphs {
    let wrapped = is_hard_wrapped(text);
    let mut found: Vec<Paragraph> = Vec::new();
    let mut before: Option<Line<'_>> = None;
    for line in lines(text) {
        let words = line.words.trim();
        if words.is_empty() {
            before = None;
            continue;
        }
        // "4. Mai 2021" is a day and no fourth item.
        let mark = if stamp::is_stamp(words) { 0 } else { bullets::mark_length(line.words) };
        let end = line.start + line.words.trim_end().len();
        let joins = mark == 0
            && before.as_ref().is_some_and(|before| continues(before.words, line.words, wrapped));
        let too_many = found.len() >= PARAGRAPHS_MAX;
        match found.last_mut() {
            Some(last) if joins => last.range.end = end,
            Some(last) if too_many => {
                last.range.end = text.trim_end().len();
                return Paragraphs { all: found, too_many };
            }
            _ => {
                let lead = line.words.len() - line.words.trim_start().len();
                let start = line.start + if mark > 0 { mark } else { lead };
                found.push(Paragraph { range: start..end, listed: mark > 0 });
            }
        }
        before = Some(line);
    }
    Paragraphs { all: found, too_many: false }
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.split('\n').scan(0, |start, words| {
        let line = Line { words, start: *start };
        *start += words.len() + 1;
        Some(line)
    })
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
fn is_hard_wrapped(text: &str) -> bool {
    let (mut inner, mut broken, mut long) = (0_usize, 0_usize, 0_usize);
    for (line, next) in lines(text).zip(lines(text).skip(1)) {
        let (line, next) = (line.words.trim(), next.words.trim());
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
            paragraphs(text).all.into_iter().map(|paragraph| &text[paragraph.range]).collect();
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
    fn beyond_the_limit_the_last_paragraph_holds_the_rest() {
        let found = paragraphs(&"a\n".repeat(PARAGRAPHS_MAX + 2));
        assert!(found.too_many);
        assert_eq!(found.all.len(), PARAGRAPHS_MAX);
        assert_eq!(found.all.last().map(|last| last.range.len()), Some("a\na\na".len()));
        assert!(!paragraphs(&"a\n".repeat(PARAGRAPHS_MAX)).too_many);
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
