//! Takes a stretch of text, gives the spans of its sentences.
//! Invariant: sentences are in order and cover every character that is not white space; none is longer than twice
//! `SENTENCE_BYTES_MAX`, and none that has a space is much longer than it.

use super::lists::Lists;
use super::stops::{Stop, is_stop};
use sulh_model::span::Span;

/// A longer "sentence" is a table, a list without stops or an attack: it is cut at a space.
/// The longest sentences of news and of treaty prose stay below 2,000 bytes.
pub const SENTENCE_BYTES_MAX: usize = 4_000;

/// A sentence without spaces is cut here, inside a word.
const LONGEST: usize = 2 * SENTENCE_BYTES_MAX;

/// What the marks of notes and a face after a stop take at most, and the longest character.
const NOTES_BYTES: usize = 64;

/// Whether a sentence this long was cut: none is longer by itself, for it is cut at the next space.
pub const fn is_cut(sentence: Span) -> bool {
    sentence.len() + 1 >= SENTENCE_BYTES_MAX
}

/// The sentences of `within`.
pub fn split(text: &str, within: Span, lists: &Lists) -> Vec<Span> {
    let stretch = within.of(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut line_start = 0;
    let mut chars = stretch.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let ends = if c == '\n' {
            let line = &stretch[line_start.max(start)..at];
            line_start = end;
            line_ends(line, &stretch[end..])
        } else if is_stop(c) {
            // A run of marks without end is cut like any other text.
            let room = LONGEST.saturating_sub(NOTES_BYTES + at - start).max(1);
            let stop = Stop::read(&stretch[start..at], &stretch[at..], room, lists);
            while let Some((at, mark)) = chars.next_if(|(next, _)| *next < at + stop.len()) {
                end = at + mark.len_utf8();
            }
            stop.ends_sentence(lists)
        } else {
            false
        };
        let len = end - start;
        let too_long = len >= LONGEST - NOTES_BYTES || (c == ' ' && len >= SENTENCE_BYTES_MAX);
        if ends || too_long {
            push(&mut sentences, text, within.start() + start, within.start() + end);
            start = end;
        }
    }
    push(&mut sentences, text, within.start() + start, within.end());
    sentences
}

fn push(sentences: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let span = Span::new(start, end.max(start)).trimmed(text);
    if !span.is_empty() {
        sentences.push(span);
    }
}

/// Whether a line break inside a block ends the sentence. A line that was only wrapped goes on; a short line, an
/// empty one, or one that closes with a mark does not. Lines with a stop were judged at the stop.
fn line_ends(line: &str, after: &str) -> bool {
    /// Wrapped lines are longer than this, headlines and items of lists often are not.
    const SHORT_LINE_BYTES: usize = 45;
    let line = line.trim_end();
    let next = after.trim_start_matches([' ', '\t', '\r']);
    let lower = next.starts_with(char::is_lowercase);
    let empty = line.is_empty() || next.is_empty() || next.starts_with('\n');
    let opens_list = line.ends_with([':', ';']) || is_item(next);
    let closes = line.ends_with(['”', '"', '»', '!', '?', '…']) && !lower;
    let short = line.len() < SHORT_LINE_BYTES && !line.ends_with('.') && !lower;
    empty || opens_list || closes || short
}

/// Whether the line is an item of a list: "- Release", "• Release", "2. Release", "b) Release".
fn is_item(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix(['-', '–', '—', '•', '*', '·', '▪', '●']) {
        return rest.starts_with(char::is_whitespace);
    }
    let number = line.bytes().take(3).take_while(u8::is_ascii_alphanumeric).count();
    let counted = line[..number].bytes().all(|c| c.is_ascii_digit()) || number == 1;
    let rest = &line[number..];
    (1..=2).contains(&number) && counted && (rest.starts_with(". ") || rest.starts_with(") "))
}
