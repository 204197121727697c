//! Takes a line of a page, gives whether it is what a reader can do with a contribution: "Like · Reply · 2 h".
//! Invariant: a line with any other word in it is none.

use crate::{register::Register, stamp, wording};

/// A row of buttons is short.
const ROW_CHARS_MAX: usize = 80;

/// A line of buttons, counts and stamps alone.
pub(crate) fn are(line: &str) -> bool {
    if Register::shipped().furniture.matches(line) {
        return true;
    }
    if !wording::at_most_chars(line, ROW_CHARS_MAX) {
        return false;
    }
    let mut buttons = 0;
    let all = parts(line).all(|part| {
        let button = is_button(part);
        buttons += usize::from(button);
        button || is_count(part) || stamp::is_stamp(part)
    });
    all && buttons > 0
}

/// One of the buttons answers.
pub(crate) fn answers(line: &str) -> bool {
    let register = Register::shipped();
    register.answer.matches(line) || parts(line).any(|part| register.answer.matches(part))
}

/// The part of a row that says when.
pub(crate) fn stamped(line: &str) -> Option<&str> {
    parts(line).find(|part| stamp::is_stamp(part))
}

/// What stands between the marks of a row, and words that were set without a space ("ReportLike").
fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(['·', '•', '|', '—', '–', '\n', '/']).map(str::trim).filter(|part| !part.is_empty())
}

fn is_button(part: &str) -> bool {
    let furniture = &Register::shipped().furniture;
    // "👍 3 Reply"
    let mark = |word: &str| is_count(word) || !word.contains(char::is_alphanumeric);
    furniture.matches(part)
        || glued(part)
        || part.split_whitespace().any(|word| furniture.matches(word))
            && part.split_whitespace().all(|word| furniture.matches(word) || mark(word))
}

/// "ReportLike", "Like Reply": words of buttons with nothing between.
fn glued(part: &str) -> bool {
    let furniture = &Register::shipped().furniture;
    let border = |(at, c): (usize, char)| at > 0 && c.is_uppercase();
    let mut start = 0;
    let cuts: Vec<usize> =
        part.char_indices().filter(|found| border(*found)).map(|(at, _)| at).collect();
    !cuts.is_empty()
        && cuts.into_iter().chain([part.len()]).all(|end| {
            let word = part[start..end].trim();
            start = end;
            furniture.matches(word)
        })
}

fn is_count(part: &str) -> bool {
    part.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, '+' | '-' | '−' | '.' | ',' | ' ' | '#' | '▲' | '▼' | '↑' | '↓')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_buttons() {
        for line in [
            "Reply",
            "Like · Reply · 2 h",
            "ReportLike Reply",
            "Like Reply Share",
            "▲ 12 ▼ | Reply",
            "Antworten | Melden",
            "👍 3 Reply",
        ] {
            assert!(are(line), "{line}");
        }
        for line in ["Reply came at noon.", "12", "3 May 2021", "I like it", "Peace | War"] {
            assert!(!are(line), "{line}");
        }
        assert!(answers("Like · Reply") && !answers("Like · Share"));
        assert_eq!(stamped("Like · 3 May 2021 · Reply"), Some("3 May 2021"));
    }
}
