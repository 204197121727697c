//! Takes byte offsets, gives a stretch of `page.text`.
//! Invariant: `start <= end`; a span counts UTF-8 bytes of the page's decoded text and nothing else.

/// A stretch of a page's text: half-open, in UTF-8 bytes of `Page::text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The longest text a span can reach into, in bytes. Pages are cut well below it.
    pub const TEXT_BYTES_MAX: usize = u32::MAX as usize;

    /// A span from `start` up to, not including, `end`. A reversed pair gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} is reversed");
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True when it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers, or nothing when it does not fit the text (wrong page, or inside a character).
    pub fn of(self, text: &str) -> &str {
        text.get(self.start()..self.end()).unwrap_or("")
    }

    /// True when it lies on character borders inside the text.
    pub fn fits(self, text: &str) -> bool {
        text.get(self.start()..self.end()).is_some()
    }

    /// True when `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span over both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch without the white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        let lead = words.len() - words.trim_start().len();
        Self::new(self.start() + lead, self.start() + lead + words.trim().len())
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_inside_a_character_has_no_words() {
        let text = "كناكر";
        assert_eq!(Span::new(0, 2).of(text), "ك");
        assert_eq!(Span::new(0, 1).of(text), "");
        assert!(!Span::new(0, 1).fits(text));
        assert!(!Span::new(0, 400).fits(text));
    }

    #[test]
    fn trimming_leaves_the_words() {
        let text = "a  word  b";
        assert_eq!(Span::new(1, 9).trimmed(text).of(text), "word");
        assert_eq!(Span::new(1, 3).trimmed(text), Span::new(3, 3));
    }
}
