//! Takes decoded text, gives whether it is HTML or plain text.
//! Invariant: only the text decides; names and headers of files lie too often.

/// What a capture is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// HTML, whole or a fragment.
    Html,
    /// Text without markup.
    Plain,
}

/// Tags that only markup has; prose about markup seldom names several of them.
const TAGS: [&str; 14] = [
    "<p>", "<p ", "</p>", "<div", "</div", "<span", "<br", "<a href", "<h1", "<h2", "<li", "<td",
    "<body", "<script",
];

/// How much of the text is looked at.
const SAMPLE_CHARS_MAX: usize = 64 << 10;

/// Prose quotes a tag now and then; markup has one at least every so many bytes.
const BYTES_PER_TAG_MAX: usize = 2_000;

impl Format {
    pub(crate) fn of(text: &str) -> Self {
        let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let opens = ["<!doctype", "<html", "<head", "<body", "<?xml"]
            .iter()
            .any(|tag| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag)));
        if opens {
            return Self::Html;
        }
        let sample: String =
            text.chars().take(SAMPLE_CHARS_MAX).collect::<String>().to_ascii_lowercase();
        let start = sample.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let tags: usize = TAGS.iter().map(|tag| sample.matches(tag).count()).sum();
        let fragment = TAGS.iter().any(|tag| start.starts_with(tag));
        let dense = tags >= 4 && tags * BYTES_PER_TAG_MAX >= sample.len();
        if fragment || dense || sample.contains("<html") && tags > 0 {
            Self::Html
        } else {
            Self::Plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, format: Format) {
        assert_eq!(Format::of(text), format, "{text}");
    }

    #[test]
    fn the_bytes_tell() {
        check("  <!DOCTYPE html><p>x", Format::Html);
        check("<p>The truce in Taiz held.</p>", Format::Html);
        check("The truce in Taiz held.", Format::Plain);
        check("The losses were <5 per cent and a > b held.", Format::Plain);
        check("The page wrote <div> where it meant a list.", Format::Plain);
        check("", Format::Plain);
    }
}
