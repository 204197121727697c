//! Takes a stretch of text, gives the spans of its sentences.
//! Invariant: sentences are in order and cover every character that is not white space; none is longer than twice
//! `SENTENCE_BYTES_MAX`, and none that has a space is much longer than it.

use super::atoms::is_unseen;
use super::lists::Lists;
use crate::sentences::SENTENCE_BYTES_MAX;
use sulh_model::span::Span;

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
            while let Some((_, stop)) =
                chars.next_if(|(_, next)| is_stop(*next) || is_unseen(*next))
            {
                end += stop.len_utf8();
            }
            let stops = end;
            while let Some((_, mark)) =
                chars.next_if(|(_, next)| is_closing(*next) || is_unseen(*next))
            {
                end += mark.len_utf8();
            }
            let (marks, note) = (end, note_mark(&stretch[end..]));
            for _ in stretch[end..end + note].chars() {
                end += chars.next().map_or(0, |(_, mark)| mark.len_utf8());
            }
            let place = Place {
                before: &stretch[start..at],
                stops: &stretch[at..stops],
                closing: &stretch[stops..marks],
                after: &stretch[end..],
            };
            place.ends_sentence(lists)
        } else {
            false
        };
        let too_long = end - start >= SENTENCE_BYTES_MAX
            && (c == ' ' || end - start >= 2 * SENTENCE_BYTES_MAX);
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

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。')
}

const fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']')
}

const fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '«' | '(' | '[' | '¿' | '¡' | '*' | '_')
}

/// Whether a line break inside a block ends the sentence. A line that was only wrapped goes on; a short line, an
/// empty one, or one that closes with a mark does not.
fn line_ends(line: &str, after: &str) -> bool {
    /// Wrapped lines are longer than this, headlines and items of lists often are not.
    const SHORT_LINE_BYTES: usize = 45;
    let line = line.trim_end();
    let next = after.trim_start_matches([' ', '\t', '\r']);
    let empty = line.is_empty() || next.is_empty() || next.starts_with('\n');
    let closes = line.ends_with([':', ';', '.', '!', '?', '…', '”', '"', '»']);
    let lower = next.starts_with(char::is_lowercase);
    empty || closes || (line.len() < SHORT_LINE_BYTES && !lower)
}

/// How many bytes the marks of notes after a stop take: " [17][18]". They belong to the sentence before them.
fn note_mark(after: &str) -> usize {
    const DIGITS_MAX: usize = 3;
    let mut rest = after;
    while let Some(inside) = rest.trim_start_matches(' ').strip_prefix('[') {
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=DIGITS_MAX).contains(&digits) || !inside[digits..].starts_with(']') {
            break;
        }
        rest = &inside[digits + 1..];
    }
    after.len() - rest.len()
}

/// A place where a sentence may end.
struct Place<'t> {
    /// The sentence up to the stop.
    before: &'t str,
    /// The stop or stops.
    stops: &'t str,
    /// Quotation marks and brackets closed after them.
    closing: &'t str,
    /// What follows.
    after: &'t str,
}

impl Place<'_> {
    fn ends_sentence(&self, lists: &Lists) -> bool {
        let next = self.after.trim_start();
        let Some(first) = next.chars().find(|c| !is_opening(*c) && !is_unseen(*c)) else {
            return true;
        };
        if next.len() == self.after.len() {
            return self.ends_without_space(first, next);
        }
        // ". . ." is one mark.
        if matches!(first, ',' | ';' | ':' | ')' | ']') || is_stop(first) {
            return false;
        }
        let lower = first.is_lowercase() && !is_link(next);
        match self.stops {
            "." => self.stop_ends(next, lower, lists),
            _ if lower => self.closing.is_empty() && !self.stops.starts_with(['…', '.']),
            stops if stops.starts_with(['…', '.']) => true,
            // "the film Viva! (1965)"
            _ if next.starts_with("(1") || next.starts_with("(2") => false,
            _ => self.closing.is_empty() || !is_said(next),
        }
    }

    /// "town.The next": the space was forgotten. Not "U.S", "3.5" or a host.
    fn ends_without_space(&self, first: char, next: &str) -> bool {
        let last = self.before.chars().next_back().unwrap_or(' ');
        if !self.closing.is_empty()
            || !first.is_uppercase()
            || !(last.is_lowercase() || last == ')')
        {
            return false;
        }
        let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let capitalised = word.chars().skip(1).all(char::is_lowercase);
        let rest = &next[word.len()..];
        let is_name = rest.starts_with(['.', '@', '/', '_']) && !rest.starts_with("..");
        let linked = last_word(self.before).contains(['.', '@', '/', '_']);
        capitalised && !is_name && !linked
    }

    fn stop_ends(&self, next: &str, lower: bool, lists: &Lists) -> bool {
        if !self.closing.is_empty() {
            return !lower;
        }
        let word = last_word(self.before);
        let folded = word.to_lowercase();
        let short = &lists.abbreviations;
        let digit = next.starts_with(|c: char| c.is_numeric() || c == '#');
        if self.is_item_number(word) {
            return false;
        }
        let initial =
            word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && word != "I";
        if initial || short.before_name.contains(&folded) {
            return false;
        }
        if lower {
            let ordinary = word.len() > 1 && word.chars().all(char::is_alphabetic);
            return ordinary && !lists.is_short_form(&folded);
        }
        if short.before_number.contains(&folded) {
            return !digit;
        }
        if short.days.contains(&folded)
            || short.sometimes_last.contains(&folded)
            || is_acronym(word)
        {
            return !digit && opens_sentence(next, lists);
        }
        true
    }

    /// "1. Opening of the road", "comments: 1. The second": the number of an item.
    fn is_item_number(&self, word: &str) -> bool {
        let digits = word.len() <= 2 && word.bytes().all(|c| c.is_ascii_digit());
        let roman = word.len() <= 4 && word.bytes().all(|c| matches!(c, b'I' | b'V' | b'X'));
        let letter = word.len() == 1 && word.bytes().all(|c| c.is_ascii_alphabetic());
        let before = self.before[..self.before.len() - word.len()].trim_end();
        !word.is_empty()
            && (digits || roman || letter)
            && (before.is_empty() || before.ends_with([':', ';', '*', '•', '\n']))
    }
}

/// Whether a link begins here: it has no capital to open its sentence with.
fn is_link(next: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|head| next.starts_with(head))
}

/// The word before a stop, with the marks inside it.
fn last_word(before: &str) -> &str {
    /// A longer word is in no list; looking back further would take time by the square of the text.
    const LOOKED_BACK_BYTES_MAX: usize = 64;
    let mut from = before.len().saturating_sub(LOOKED_BACK_BYTES_MAX);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let tail = &before[from..];
    let start = tail
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace() || is_opening(*c) || matches!(c, '-' | '–' | '—' | '/'));
    start.map_or(tail, |(at, c)| &tail[at + c.len_utf8()..])
}

/// "U.S", "a.m": letters one by one.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

/// Whether the first word of `next` is one that opens sentences and follows no short form inside one.
fn opens_sentence(next: &str, lists: &Lists) -> bool {
    let next = next.trim_start_matches(|c| is_opening(c) || is_unseen(c));
    let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.len() > 1 && word.len() <= 16 && lists.abbreviations.openers.contains(&word.to_lowercase())
}

/// Whether what follows a quotation that asks or calls out says who spoke: "“Stop!” Ahmad said".
fn is_said(next: &str) -> bool {
    /// A name and its titles.
    const WORDS_MAX: usize = 5;
    let mut words =
        next.split_whitespace().take(WORDS_MAX).map(|word| word.trim_end_matches([',', '.', ':']));
    words.any(|word| {
        matches!(
            word,
            "said" | "says" | "asked" | "asks" | "told" | "added" | "wrote" | "replied" | "shouted"
        )
    })
}
