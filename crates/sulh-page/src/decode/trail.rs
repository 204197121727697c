//! Takes bytes and their charset, gives where each stretch of the decoded text stands in the bytes.
//! Invariant: the steps cover the decoded text from its first byte to its last, in order.

use encoding_rs::{Encoding, UTF_8};
use sulh_model::{
    origin::{Likeness, Step, Trail},
    span::Span,
};

/// One byte gives no more than a few characters, those before it included.
const FED_BYTES_MAX: usize = 64;

/// The trail of a text decoded as `decode` does it; `skipped` bytes of the capture came before.
pub(super) fn trail(encoding: &'static Encoding, bytes: &[u8], skipped: usize) -> Trail {
    let mut pen = Pen { from: skipped, ..Pen::default() };
    if encoding == UTF_8 {
        for chunk in bytes.utf8_chunks() {
            pen.lines(chunk.valid());
            if !chunk.invalid().is_empty() {
                pen.step(
                    char::REPLACEMENT_CHARACTER.len_utf8(),
                    chunk.invalid().len(),
                    Likeness::Rewritten,
                );
            }
        }
    } else {
        pen.charset(encoding, bytes);
    }
    pen.trail
}

#[derive(Default)]
struct Pen {
    trail: Trail,
    text: usize,
    from: usize,
    /// Bytes of a carriage return that has not been written yet: a line feed may follow.
    held: usize,
}

impl Pen {
    fn step(&mut self, text: usize, from: usize, likeness: Likeness) {
        let step = Step {
            text: Span::new(self.text, self.text + text),
            from: Span::new(self.from, self.from + from),
            likeness,
        };
        if text > 0 {
            self.trail.push(step);
        }
        self.text += text;
        self.from += from;
    }

    /// Text of UTF-8: as it is, its line ends aside.
    fn lines(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('\r') {
            self.step(at, at, Likeness::Verbatim);
            let end = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
            self.step(1, end, Likeness::Rewritten);
            rest = &rest[at + end..];
        }
        self.step(rest.len(), rest.len(), Likeness::Verbatim);
    }

    /// Another charset, byte by byte. Words in one script are one step, what is ASCII in both stands as it is.
    fn charset(&mut self, encoding: &'static Encoding, bytes: &[u8]) {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut word = (0, 0, Likeness::Recoded);
        let mut pending = 0;
        let mut out = [0; FED_BYTES_MAX];
        for at in 0..=bytes.len() {
            let fed = bytes.get(at..=at).unwrap_or_default();
            let (_, read, written, replaced) =
                decoder.decode_to_utf8(fed, &mut out, fed.is_empty());
            pending += read;
            let told = &out[..written];
            if told.is_empty() {
                continue;
            }
            let likeness = if replaced { Likeness::Rewritten } else { Likeness::Recoded };
            let blank = told.len() == 1 && told[0].is_ascii_whitespace();
            let same = told == fed && pending == 1;
            if blank || same || self.held > 0 || word.2 != likeness {
                self.step(word.0, word.1, word.2);
                word = (0, 0, likeness);
            }
            match told {
                _ if blank || self.held > 0 || same => {
                    self.character(told, pending, same, likeness)
                }
                _ => word = (word.0 + told.len(), word.1 + pending, likeness),
            }
            pending = 0;
        }
        self.step(word.0, word.1, word.2);
        self.release(0);
    }

    /// A character by itself.
    fn character(&mut self, told: &[u8], bytes: usize, same: bool, likeness: Likeness) {
        match (self.held, told) {
            (0, b"\r") => self.held = bytes,
            (1.., b"\n") => self.release(bytes),
            (held, _) => {
                if held > 0 {
                    self.release(0);
                }
                if told == b"\r" {
                    self.held = bytes;
                } else {
                    self.step(told.len(), bytes, if same { Likeness::Verbatim } else { likeness });
                }
            }
        }
    }

    /// Writes the carriage return that was held back, with the line feed after it.
    fn release(&mut self, line_feed: usize) {
        let held = std::mem::take(&mut self.held);
        if held > 0 {
            self.step(1, held + line_feed, Likeness::Rewritten);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GB18030, ISO_2022_JP, UTF_16LE, WINDOWS_1251};
    use proptest::prelude::*;

    fn check(encoding: &'static Encoding, bytes: &[u8], expected: &[(&str, &[u8], Likeness)]) {
        let decoded = super::super::read(encoding, bytes);
        let trail = trail(encoding, bytes, 0);
        let told: Vec<_> = trail
            .steps()
            .iter()
            .map(|step| {
                (
                    step.text.of(&decoded.0),
                    &bytes[step.from.start()..step.from.end()],
                    step.likeness,
                )
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn words_stand_where_their_bytes_do() {
        use Likeness::{Recoded, Rewritten, Verbatim};
        check(
            UTF_8,
            b"a\r\nb\xFFc",
            &[
                ("a", b"a", Verbatim),
                ("\n", b"\r\n", Rewritten),
                ("b", b"b", Verbatim),
                ("\u{FFFD}", b"\xFF", Rewritten),
                ("c", b"c", Verbatim),
            ],
        );
        check(
            WINDOWS_1251,
            b"A \xCC\xE8\xF0 \xE4\r\nB",
            &[
                ("A ", b"A ", Verbatim),
                ("Мир", b"\xCC\xE8\xF0", Recoded),
                (" ", b" ", Verbatim),
                ("д", b"\xE4", Recoded),
                ("\n", b"\r\n", Rewritten),
                ("B", b"B", Verbatim),
            ],
        );
        check(
            UTF_16LE,
            b"a\0b\0 \0c\0\r\0\r\0\n\0",
            &[
                ("ab", b"a\0b\0", Recoded),
                (" ", b" \0", Recoded),
                ("c", b"c\0", Recoded),
                ("\n", b"\r\0", Rewritten),
                ("\n", b"\r\0\n\0", Rewritten),
            ],
        );
    }

    proptest! {
        #[test]
        fn the_whole_text_has_an_origin(bytes in prop::collection::vec(any::<u8>(), 0..200), charset in 0..5_usize) {
            let encoding = [UTF_8, WINDOWS_1251, UTF_16LE, GB18030, ISO_2022_JP][charset];
            let (text, _) = super::super::read(encoding, &bytes);
            let trail = trail(encoding, &bytes, 0);
            let mut at = (0, 0);
            for step in trail.steps() {
                prop_assert_eq!(step.text.start(), at.0);
                prop_assert!(step.from.start() >= at.1 && step.from.end() <= bytes.len());
                at = (step.text.end(), step.from.end());
                if step.likeness == Likeness::Verbatim {
                    prop_assert_eq!(step.text.of(&text).as_bytes(), &bytes[step.from.start()..step.from.end()]);
                }
            }
            prop_assert_eq!(at.0, text.len());
        }
    }
}
