//! Takes a stop and what stands around it, gives whether the sentence ends there.
//! Invariant: no more is looked at than the word before the stop and the few words after it.

use super::atoms::is_unseen;
use super::lists::Lists;

/// Whether a mark can end a sentence.
pub const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '。')
}

const fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']')
}

const fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '«' | '(' | '[' | '¿' | '¡' | '*' | '_')
}

/// How many bytes a face made of marks takes that stands after a stop: " :)". It belongs to the sentence before it.
fn face(after: &str, lists: &Lists) -> usize {
    let face = without_space(after);
    if !face.starts_with([':', ';', '=', '^', '<', '-']) {
        return 0;
    }
    let len = face.bytes().take(5).take_while(|c| !c.is_ascii_whitespace() && c.is_ascii()).count();
    let known = lists.words.faces.contains(&face[..len].to_ascii_lowercase());
    if known { after.len() - face.len() + len } else { 0 }
}

/// How many bytes the marks of notes after a stop take: " [17][18]". They belong to the sentence before them.
fn note_mark(after: &str) -> usize {
    const NOTES_MAX: usize = 8;
    const DIGITS_MAX: usize = 3;
    let mut rest = after;
    for _ in 0..NOTES_MAX {
        let Some(inside) = without_space(rest).strip_prefix('[') else { break };
        let digits = inside.bytes().take(DIGITS_MAX).take_while(u8::is_ascii_digit).count();
        if digits == 0 || !inside[digits..].starts_with(']') {
            break;
        }
        rest = &inside[digits + 1..];
    }
    after.len() - rest.len()
}

fn without_space(text: &str) -> &str {
    text.strip_prefix(' ').unwrap_or(text)
}

/// A place where a sentence may end.
pub struct Stop<'t> {
    /// The sentence up to the stop.
    before: &'t str,
    /// The stop or stops.
    stops: &'t str,
    /// Quotation marks and brackets closed after them.
    closing: &'t str,
    /// How many bytes the stops take with all that belongs to the sentence after them.
    len: usize,
    /// What follows.
    after: &'t str,
}

impl<'t> Stop<'t> {
    /// The stop that `rest` begins with, with all that belongs to the sentence: at most about `bytes_max` of it.
    pub fn read(before: &'t str, rest: &'t str, bytes_max: usize, lists: &Lists) -> Self {
        let run = |from: usize, kind: fn(char) -> bool| {
            let wanted = |(at, c): &(usize, char)| from + at < bytes_max && kind(*c);
            let taken = rest[from..].char_indices().take_while(wanted);
            from + taken.map(|(_, c)| c.len_utf8()).sum::<usize>()
        };
        let stops = run(0, |c| is_stop(c) || is_unseen(c));
        let marks = run(stops, |c| is_closing(c) || is_unseen(c));
        let note = marks + note_mark(&rest[marks..]);
        let len = note + face(&rest[note..], lists);
        Self {
            before,
            stops: &rest[..stops],
            closing: &rest[stops..marks],
            len,
            after: &rest[len..],
        }
    }

    /// How many bytes it takes.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether the sentence ends here.
    pub fn ends_sentence(&self, lists: &Lists) -> bool {
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
        match self.stops.trim_end_matches(is_unseen) {
            "." => self.stop_ends(next, lower, lists),
            _ if lower => self.closing.is_empty() && !self.stops.starts_with(['…', '.']),
            stops if stops.starts_with(['…', '.']) => true,
            // "the film Viva! (1965)"
            _ if next.starts_with("(1") || next.starts_with("(2") => false,
            _ => self.closing.is_empty() || !is_said(next, lists),
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
        let letters = word.chars().count();
        let before = self.before[..self.before.len() - word.len()].trim_end();
        let measured = before.ends_with(char::is_numeric);
        let unit = lists.words.units.contains(&folded);
        // "Mm." and "I am." are no measures: no number stands before them.
        if unit && !measured && letters > 1 {
            return !lower;
        }
        let initial = letters == 1 && word.chars().all(char::is_alphabetic) && word != "I";
        let initial = initial && !(unit && measured);
        if initial || short.before_name.contains(&folded) {
            return false;
        }
        let capital = word.starts_with(char::is_uppercase);
        if lower {
            let ordinary = word.len() > 1 && word.chars().all(char::is_alphabetic);
            return ordinary && !lists.is_short_form(&folded, capital);
        }
        if short.before_number.contains(&folded) {
            return !digit;
        }
        if matches!(folded.as_str(), "a.m" | "p.m" | "am" | "pm") {
            return !digit && !goes_on_after_hour(next, lists);
        }
        let short_name = capital && lists.is_short_name(&folded);
        if unit || short_name || short.sometimes_last.contains(&folded) || is_acronym(word) {
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
    let parts = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '“' | '«' | '(' | '[' | '-' | '–' | '—' | '/')
    };
    let word = tail.rsplit(parts).next().unwrap_or(tail);
    word.trim_start_matches(is_opening)
}

/// "U.S", "a.m": letters one by one.
fn is_acronym(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
}

/// Whether an hour goes on: "5 p.m. Monday", "5 p.m. GMT", "5 p.m. Damascus time".
fn goes_on_after_hour(next: &str, lists: &Lists) -> bool {
    /// "local time", "Eastern Daylight Time".
    const WORDS_MAX: usize = 3;
    let mut words = next.split_whitespace().map(|word| word.trim_end_matches(['.', ',', ')', ';']));
    let first = words.clone().next().unwrap_or("");
    let zone = first.len() > 1 && first.len() <= 4 && first.chars().all(char::is_uppercase);
    let short = first.len() <= 16 && lists.abbreviations.after_hour.contains(&first.to_lowercase());
    zone || short
        || words.by_ref().take(WORDS_MAX).skip(1).any(|word| word.eq_ignore_ascii_case("time"))
}

/// Whether the first word of `next` is one that opens sentences and follows no short form inside one.
fn opens_sentence(next: &str, lists: &Lists) -> bool {
    let next = next.trim_start_matches(|c| is_opening(c) || is_unseen(c));
    let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    word.len() > 1 && word.len() <= 16 && lists.abbreviations.openers.contains(&word.to_lowercase())
}

/// Whether what follows a quotation that asks or calls out says who spoke: "“Stop!” Ahmad said".
fn is_said(next: &str, lists: &Lists) -> bool {
    /// A name and its titles.
    const WORDS_MAX: usize = 5;
    let mut words =
        next.split_whitespace().take(WORDS_MAX).map(|word| word.trim_end_matches([',', '.', ':']));
    words.any(|word| lists.abbreviations.after_quotation.contains(word))
}
