//! Takes a page's text and spans of it with labels, gives the lines they stand in with the labels below.
//! Invariant: bytes are those of the page's text; what is printed is laid out to our width, with control and
//! direction marks spelt out, so its line numbers are those of the layout.

use super::{table::WIDTH, visible};
use ariadne::{CharSet, Color, Config, IndexType, Label, Report, ReportKind, Source};
use std::ops::Range;

/// Words with what they stand behind.
pub struct Labelled {
    /// Their bytes in the page's text.
    pub bytes: Range<usize>,
    /// What is written below them.
    pub label: String,
}

/// What numbers, frame and labels of a line take from its width.
const MARGIN: usize = 32;

/// The lines that hold the spans, with their labels.
pub fn labelled(name: &str, text: &str, labels: &[Labelled], colour: bool) -> String {
    let laid = Laid::out(text, labels);
    let Some(first) = labels.first() else { return String::new() };
    let at = laid.at(first.bytes.start);
    let mut report = Report::build(ReportKind::Advice, (name, at..at)).with_config(
        Config::new()
            .with_color(colour)
            .with_index_type(IndexType::Byte)
            .with_char_set(CharSet::Unicode),
    );
    for one in labels {
        let lines = laid.lines(laid.at(one.bytes.start)..laid.at(one.bytes.end));
        let last = lines.len().saturating_sub(1);
        for (line, bytes) in lines.into_iter().enumerate() {
            let label = Label::new((name, bytes)).with_color(Color::Cyan);
            // The label stands below the last of the lines the words run over.
            report.add_label(if line == last { label.with_message(&one.label) } else { label });
        }
    }
    let mut out = Vec::new();
    match report.finish().write((name, Source::from(laid.text.as_str())), &mut out) {
        // The first line names the kind of a compiler's message: there is none here.
        Ok(()) => String::from_utf8_lossy(&out)
            .lines()
            .skip(1)
            .map(|line| format!("{}\n", line.trim_end()))
            .collect(),
        // Writing to memory does not fail; were it to, the because above has the bytes.
        Err(_) => String::new(),
    }
}

/// A text laid out to a width, and where the bytes of the old one went.
struct Laid {
    text: String,
    /// Old and new byte of each border of a label, in order.
    borders: Vec<(usize, usize)>,
}

impl Laid {
    fn out(text: &str, labels: &[Labelled]) -> Self {
        let mut wanted: Vec<usize> =
            labels.iter().flat_map(|one| [one.bytes.start, one.bytes.end]).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let mut laid = Self { text: String::with_capacity(text.len()), borders: Vec::new() };
        let (mut columns, mut space) = (0, None);
        for (at, letter) in text.char_indices() {
            while let Some(border) = wanted.next_if(|border| *border <= at) {
                laid.borders.push((border, laid.text.len()));
            }
            if letter == '\n' {
                laid.text.push('\n');
                (columns, space) = (0, None);
                continue;
            }
            if letter == ' ' {
                space = Some((laid.text.len(), columns));
            }
            // One letter at a time: what cannot be seen becomes several that can.
            let shown = visible(letter.encode_utf8(&mut [0; 4]));
            laid.text.push_str(&shown);
            columns += shown.chars().count();
            if columns > WIDTH - MARGIN
                && let Some((byte, before)) = space.take()
            {
                laid.text.replace_range(byte..=byte, "\n");
                columns -= before + 1;
            }
        }
        let end = laid.text.len();
        laid.borders.extend(wanted.map(|border| (border, end)));
        laid
    }

    /// Where a border of a label is now.
    fn at(&self, byte: usize) -> usize {
        let found = self.borders.binary_search_by_key(&byte, |(old, _)| *old);
        found.ok().and_then(|at| self.borders.get(at)).map_or(0, |(_, new)| *new)
    }

    /// A stretch of the text, line by line, without the spaces around each.
    fn lines(&self, bytes: Range<usize>) -> Vec<Range<usize>> {
        let Some(words) = self.text.get(bytes.clone()) else { return Vec::new() };
        let mut start = bytes.start;
        let mut found = Vec::new();
        for line in words.split('\n') {
            let first = start + line.len() - line.trim_start().len();
            let last = start + line.trim_end().len();
            if first < last {
                found.push(first..last);
            }
            start += line.len() + 1;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &str) -> String {
        let start = text.find(words).unwrap();
        let labels = [Labelled { bytes: start..start + words.len(), label: "t1 begun".into() }];
        labelled("a.txt, 2021-02-10", text, &labels, false)
    }

    #[test]
    fn words_are_underlined_where_they_stand() {
        let out = shown("One line.\nThe siege is over.\nAnother.", "siege");
        assert!(out.contains("a.txt, 2021-02-10"), "{out}");
        let lines: Vec<&str> = out.lines().collect();
        let at = lines.iter().position(|line| line.contains("The siege is over.")).unwrap();
        let column = |line: &str, wanted: &str| line.split(wanted).next().unwrap().chars().count();
        assert_eq!(column(lines[at + 1], "─"), column(lines[at], "siege"), "{out}");
        assert!(out.contains("t1 begun") && !out.contains("Another."), "{out}");
    }

    #[test]
    fn long_paragraphs_are_broken_and_nothing_is_wider_than_our_text() {
        let text =
            format!("{} the siege of the town is over {}", "word ".repeat(40), "word ".repeat(40));
        let out = shown(&text, "the siege of the town is over");
        assert!(out.lines().all(|line| line.chars().count() <= WIDTH), "{out}");
        assert!(out.contains("siege of") && out.contains("t1 begun"), "{out}");
    }

    #[test]
    fn marks_that_change_what_is_seen_are_spelt_out_and_colour_is_asked_for() {
        let out = shown("safe\u{202e}txt \u{1b}[31mred siege", "siege");
        assert!(out.contains("safe\\u{202e}txt \\u{1b}[31mred siege"), "{out}");
        assert!(!out.contains('\u{1b}'), "{out}");
        let labels = [Labelled { bytes: 0..4, label: "t1".into() }];
        assert!(labelled("a", "safe", &labels, true).contains('\u{1b}'));
        assert_eq!(labelled("a", "safe", &[], true), "");
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        let out = shown("رفع الحصار عن كناكر", "الحصار");
        assert!(out.contains("رفع الحصار عن كناكر"), "{out}");
    }
}
