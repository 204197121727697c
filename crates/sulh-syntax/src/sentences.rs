//! Takes a stretch of text, gives the spans of its sentences.
//! Invariant: sentences are in order and cover every character that is not white space; none is longer
//! than `SENTENCE_BYTES_MAX`.

use crate::lexicon::Lexicon;
use crate::segment::SENTENCE_BYTES_MAX;
use sulh_model::span::Span;

/// The sentences of `within`.
pub fn split(text: &str, within: Span, lexicon: &Lexicon) -> Vec<Span> {
    let stretch = within.of(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = stretch.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let ends = match c {
            '\n' => line_ends(&stretch[start..at], &stretch[end..]),
            '.' => stop_ends(&stretch[start..at], &stretch[end..], lexicon),
            '!' | '?' | '…' | '؟' | '。' => next_opens(&stretch[end..]),
            _ => false,
        };
        let too_long = end - start >= SENTENCE_BYTES_MAX
            && (c == ' ' || end - start >= 2 * SENTENCE_BYTES_MAX);
        if !ends && !too_long {
            continue;
        }
        let mut close = end;
        while let Some((_, mark)) =
            chars.next_if(|(_, mark)| ends && c != '\n' && is_closing(*mark))
        {
            close += mark.len_utf8();
        }
        push(&mut sentences, text, within.start() + start, within.start() + close);
        start = close;
    }
    push(&mut sentences, text, within.start() + start, within.end());
    sentences
}

/// Whether a line break inside a block ends the sentence. A line that was only wrapped goes on; a short line, an
/// empty one, or one that closes with a mark does not.
fn line_ends(line: &str, after: &str) -> bool {
    const SHORT_LINE_BYTES: usize = 45;
    let line = line.rsplit('\n').next().unwrap_or(line).trim_end();
    let next = after.trim_start_matches([' ', '\t']);
    let empty = line.is_empty() || next.is_empty() || next.starts_with('\n');
    let closes = line.ends_with([':', ';', '.', '!', '?', '…', '”', '"', '»']);
    let lower = next.starts_with(char::is_lowercase);
    empty || closes || (line.len() < SHORT_LINE_BYTES && !lower)
}

fn push(sentences: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    if start >= end {
        return;
    }
    let span = Span::new(start, end).trimmed(text);
    if !span.is_empty() {
        sentences.push(span);
    }
}

const fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '.' | '!' | '?' | '…')
}

/// Whether a full stop ends the sentence: not after an abbreviation or an initial, not inside "10.30".
fn stop_ends(before: &str, after: &str, lexicon: &Lexicon) -> bool {
    let first = after.chars().find(|c| !is_closing(*c));
    match first {
        None => return true,
        Some(c) if !c.is_whitespace() => return false,
        Some(_) => {}
    }
    if !next_opens(after) {
        return false;
    }
    let word_start = before.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1);
    let word = before.get(word_start..).unwrap_or("").trim_start_matches(['“', '"', '‘']);
    let folded = word.to_lowercase();
    if lexicon.ends_sentence_often(&folded) {
        return true;
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    !initial && !lexicon.is_abbreviation(&folded)
}

/// Whether what follows can open a sentence: anything but a lower-case letter.
fn next_opens(after: &str) -> bool {
    let mut rest = after.trim_start_matches(is_closing).chars();
    if rest.clone().next().is_some_and(|c| !c.is_whitespace()) {
        return false;
    }
    rest.find(|c| !c.is_whitespace()).is_none_or(|c| !c.is_lowercase())
}
