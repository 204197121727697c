//! Takes paragraphs, gives the words outside quotation marks and the paragraphs that are nothing but quotation.
//! Invariant: a quotation runs over several paragraphs only when its closing mark is found; a stray mark ends with its paragraph.

use std::ops::Range;

/// No report quotes more paragraphs in one breath; a stray mark must not swallow a page.
const RUN_PARAGRAPHS_MAX: usize = 60;

/// What quotation marks make of some paragraphs.
#[derive(Debug)]
pub(crate) struct Quoted {
    /// Per paragraph, the words outside quotation marks.
    pub outside: Vec<String>,
    /// Runs of paragraphs that are quotation and nothing else, in order.
    pub runs: Vec<Range<usize>>,
}

impl Quoted {
    /// The run a paragraph lies in.
    pub fn run_around(&self, paragraph: usize) -> Option<&Range<usize>> {
        let after = self.runs.partition_point(|run| run.end <= paragraph);
        self.runs.get(after).filter(|run| run.contains(&paragraph))
    }

    /// The run that starts with a paragraph.
    pub fn run_from(&self, paragraph: usize) -> Option<&Range<usize>> {
        self.run_around(paragraph).filter(|run| run.start == paragraph)
    }
}

/// A pair of quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Curly,
    Straight,
    Angle,
}

/// Reads the marks of some paragraphs in order.
pub(crate) fn quoted(paragraphs: &[&str]) -> Quoted {
    let mut found = Quoted { outside: Vec::with_capacity(paragraphs.len()), runs: Vec::new() };
    let mut carried = None;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let from_before = carried.is_some();
        let (outside, open) = scan(paragraph, carried);
        carried = open.filter(|mark| closes_later(&paragraphs[at + 1..], *mark));
        let words = |text: &str| text.chars().any(char::is_alphanumeric);
        if words(paragraph) && !words(&outside) {
            match found.runs.last_mut().filter(|run| from_before && run.end == at) {
                Some(run) => run.end = at + 1,
                None => found.runs.push(at..at + 1),
            }
        }
        found.outside.push(outside);
    }
    found
}

/// The words of a line that stand outside quotation marks.
pub(crate) fn outside(line: &str) -> String {
    scan(line, None).0
}

/// The words outside marks, and the mark that is still open at the end.
fn scan(text: &str, carried: Option<Mark>) -> (String, Option<Mark>) {
    let mut outside = String::new();
    let mut open = carried;
    let mut before = ' ';
    // A line quoted as mail quotes it.
    if carried.is_none() && text.starts_with('>') && !text.starts_with(">>>") {
        return (outside, None);
    }
    let mut chars = text.chars().peekable();
    // Each paragraph of a long quotation may open anew: "We left. / "We came back."
    if carried.is_some() && chars.peek().is_some_and(|c| opening(*c).is_some()) {
        chars.next();
    }
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        match open {
            None => match opening(c)
                .filter(|mark| *mark != Mark::Straight || opens_straight(before, next))
            {
                Some(mark) => {
                    open = Some(mark);
                    outside.push(' ');
                }
                None => outside.push(c),
            },
            Some(mark) if closing(c, mark, next) => open = None,
            Some(_) => {}
        }
        before = c;
    }
    (outside, open)
}

pub(crate) fn opening(c: char) -> Option<Mark> {
    match c {
        '“' | '„' | '‟' => Some(Mark::Curly),
        '"' => Some(Mark::Straight),
        '«' => Some(Mark::Angle),
        _ => None,
    }
}

/// An inch mark (12") or a mark before a space opens nothing.
pub(crate) fn opens_straight(before: char, next: char) -> bool {
    !before.is_ascii_digit() && !next.is_whitespace()
}

pub(crate) fn closing(c: char, mark: Mark, next: char) -> bool {
    match mark {
        // „so“ closes with the mark that opens “so”.
        Mark::Curly => {
            c == '”' || c == '“' && !next.is_alphanumeric() || c == '"' && !next.is_alphanumeric()
        }
        Mark::Straight => c == '"',
        Mark::Angle => c == '»',
    }
}

fn closes_later(paragraphs: &[&str], mark: Mark) -> bool {
    for paragraph in paragraphs.iter().take(RUN_PARAGRAPHS_MAX) {
        let reopened = paragraph.chars().next().and_then(opening) == Some(mark);
        let mut before = 'x';
        for c in paragraph.chars().skip(usize::from(reopened)) {
            match mark {
                Mark::Curly if c == '”' => return true,
                Mark::Angle if c == '»' => return true,
                Mark::Straight if c == '"' => return !before.is_whitespace(),
                _ if opening(c) == Some(mark) => return false,
                _ => before = c,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, outside: &[&str], runs: &[(usize, usize)]) {
        let paragraphs: Vec<&str> = text.split('\n').collect();
        let found = quoted(&paragraphs);
        let words = |text: &String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(found.outside.iter().map(words).collect::<Vec<_>>(), outside, "{text}");
        let found: Vec<_> = found.runs.iter().map(|run| (run.start, run.end)).collect();
        assert_eq!(found, runs, "{text}");
    }

    #[test]
    fn marks_inside_a_paragraph() {
        check("He said “we left” and \"rested\".", &["He said and ."], &[]);
        check("a 12\" shell hit", &["a 12\" shell hit"], &[]);
        check("“We left,” he said, “and rested.”", &["he said,"], &[]);
        check("„Wir gehen“ sagte er", &["sagte er"], &[]);
    }

    #[test]
    fn whole_paragraphs() {
        check("“We left.”\nso what", &["", "so what"], &[(0, 1)]);
        check("“We left.\nWe rested.\nWe slept.”\nso what", &["", "", "", "so what"], &[(0, 3)]);
        check("\"We left.\n\"We rested.\"", &["", ""], &[(0, 2)]);
        check("> We left.\nso what", &["", "so what"], &[(0, 1)]);
    }

    #[test]
    fn a_stray_mark_ends_with_its_paragraph() {
        check("so “we left\nThey came.\nHe “smiled”.", &["so", "They came.", "He ."], &[]);
    }
}
