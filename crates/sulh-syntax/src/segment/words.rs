//! Takes a sentence, gives the spans of its words and marks.
//! Invariant: every character that is not white space lies in exactly one span; each character is looked at a
//! bounded number of times.

use super::Tokens;
use super::atoms::Run;
use super::clitics::is_apostrophe;
use super::lists::Lists;
use sulh_model::span::Span;

/// The words of `sentence`.
pub fn tokens(text: &str, sentence: Span, lists: &Lists) -> Tokens {
    let stretch = sentence.of(text);
    let mut splitter = Splitter {
        lists,
        run: Run::default(),
        offset: sentence.start(),
        last_stop: last_stop(stretch),
        looked_for_links: 0,
        in_single_quotes: false,
        last_closing_quote: last_closing_quote(stretch),
        lower: String::new(),
        tokens: Tokens::default(),
    };
    let mut at = 0;
    while let Some(c) = stretch[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        splitter.run.read(stretch, at);
        splitter.split_run();
        at = splitter.run.end();
    }
    splitter.tokens
}

/// The byte of the stop that ends the sentence: nothing but closing marks follows it.
fn last_stop(sentence: &str) -> Option<usize> {
    let mut chars = sentence.char_indices().rev();
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']');
    chars.find(|(_, c)| !closing(*c)).filter(|(_, c)| *c == '.').map(|(at, _)| at)
}

/// The byte of the last sign that can close a single quotation: no letter follows it.
fn last_closing_quote(sentence: &str) -> Option<usize> {
    let mut after = ' ';
    let mut chars = sentence.char_indices().rev();
    chars.find_map(|(at, c)| {
        let closes = !std::mem::replace(&mut after, c).is_alphanumeric();
        (closes && matches!(c, '\'' | '’')).then_some(at)
    })
}

/// The state of splitting one sentence.
pub struct Splitter<'l> {
    pub lists: &'l Lists,
    /// The run of text without white space that is being split.
    pub run: Run,
    /// Where the sentence begins in the page.
    offset: usize,
    /// The byte of the stop that ends the sentence.
    pub last_stop: Option<usize>,
    /// Up to which index of the run no link begins, so that none is looked for twice.
    pub looked_for_links: usize,
    /// Whether a single quotation mark was opened and not closed.
    pub in_single_quotes: bool,
    /// The byte of the last sign that can close a single quotation.
    pub last_closing_quote: Option<usize>,
    /// A word in lower case: kept to save its memory.
    pub lower: String,
    pub tokens: Tokens,
}

impl Splitter<'_> {
    fn split_run(&mut self) {
        self.looked_for_links = 0;
        let mut at = 0;
        while at < self.run.len() {
            // A rule that takes nothing would never end: one character is a mark.
            at = self.next(at).max(at + 1);
        }
    }

    /// Splits off what begins here; gives the index after it.
    fn next(&mut self, at: usize) -> usize {
        if let Some(end) = self.face(at).or_else(|| self.link(at)) {
            return self.push(at, end);
        }
        let c = self.run.c(at);
        if c.is_numeric() || (matches!(c, '+' | '.') && self.starts_number(at)) {
            let digits = self.number(at);
            return if self.is_suffixed(digits) {
                self.word(at, digits)
            } else {
                self.push(at, digits)
            };
        }
        if c.is_alphanumeric() {
            return self.word(at, at + 1);
        }
        if is_apostrophe(c)
            && let Some(end) = self.apostrophe(at)
        {
            return end;
        }
        self.mark(at)
    }

    /// Writes a word down; gives the index after it.
    pub fn push(&mut self, from: usize, to: usize) -> usize {
        let (start, end) = (self.run.byte(from), self.run.byte(to));
        self.tokens.words.push(Span::new(self.offset + start, self.offset + end));
        to
    }

    /// The characters between two indexes in lower case.
    pub fn lower(&mut self, from: usize, to: usize) -> &str {
        self.run.lower(from, to, &mut self.lower);
        &self.lower
    }

    /// Splits off a word whose first characters, up to `known`, are read already.
    pub fn word(&mut self, start: usize, known: usize) -> usize {
        let mut part = start;
        let mut at = known;
        loop {
            at = self.run.skip(at, char::is_alphanumeric);
            let (mark, next) = (self.run.c(at), self.run.c(at + 1));
            let joins = match mark {
                '_' => true,
                '*' => next.is_alphanumeric(),
                '.' => self.dot_joins(start, part, at),
                '&' => at - part <= 3 && self.run.before(at).is_uppercase() && next.is_uppercase(),
                '-' | '‐' | '‑' => next.is_alphanumeric() && self.is_prefix(part, at),
                '/' => self.stroke_joins(start, at),
                _ => is_apostrophe(mark) && next.is_alphanumeric(),
            };
            if !joins {
                break;
            }
            at += 1;
            part = at;
        }
        let end = self.dollars(start, at).or_else(|| self.own_stop(start, at));
        let end = end.or_else(|| self.broken_off(start, at)).unwrap_or(at);
        self.clitics(start, end)
    }

    /// "U.S", "Ph.D", "v2.0"; not "town.The".
    fn dot_joins(&mut self, start: usize, part: usize, at: usize) -> bool {
        let next = self.run.c(at + 1);
        let next_is_one = !self.run.c(at + 2).is_alphanumeric();
        let letters = self.run.before(at).is_alphabetic() && next.is_alphabetic();
        (letters && at - part == 1 && next_is_one)
            || (self.run.before(at).is_numeric() && next.is_numeric())
            || (letters && at - start <= 4 && {
                let end = self.run.skip(at + 1, char::is_alphanumeric);
                self.run.lower(start, end, &mut self.lower);
                self.lists.is_short_form(&self.lower, false)
            })
    }

    /// "anti-", "e-": no word by itself.
    fn is_prefix(&mut self, part: usize, at: usize) -> bool {
        // The e of "Naqsh-e-Jahan" stands after a hyphen.
        if self.run.before(part) == '-' {
            return false;
        }
        self.run.lower(part, at, &mut self.lower);
        self.lists.words.prefixes.contains(self.lower.as_str())
    }

    /// "l/c" and "w/o", not "and/or".
    fn stroke_joins(&mut self, start: usize, at: usize) -> bool {
        if at - start > 2 {
            return false;
        }
        let end = self.run.skip(at + 1, char::is_alphanumeric);
        if at - start == 1 && end - at == 2 && self.run.c(start).is_alphabetic() {
            return self.run.c(at + 1).is_alphabetic();
        }
        self.run.lower(start, end, &mut self.lower);
        self.lists.words.strokes.contains(self.lower.as_str())
    }

    /// The sign of "US$".
    fn dollars(&mut self, start: usize, at: usize) -> Option<usize> {
        if self.run.c(at) != '$' || at - start > 2 || !self.run.c(start).is_uppercase() {
            return None;
        }
        self.run.lower(start, at, &mut self.lower);
        self.lists.words.dollars.contains(self.lower.as_str()).then_some(at + 1)
    }

    /// The stop of "Gen.", "U.S." and "J."; of what ends the sentence, only that of "U.S." and "p.m.".
    fn own_stop(&mut self, start: usize, at: usize) -> Option<usize> {
        let next = self.run.c(at + 1);
        let ellipsis = next == '.' && self.run.c(at + 2) == '.';
        if self.run.c(at) != '.' || ellipsis {
            return None;
        }
        if self.is_acronym(start, at) {
            return Some(at + 1);
        }
        if Some(self.run.byte(at)) == self.last_stop {
            return None;
        }
        self.run.lower(start, at, &mut self.lower);
        let takes_stop = if next.is_alphabetic() {
            next.is_uppercase()
                && at - start > 1
                && self.lists.abbreviations.before_name.contains(&self.lower)
        } else {
            // "info., which": what goes on after a stop was cut short.
            let cut_short = matches!(next, ',' | ';' | ':');
            let initial = at - start == 1 && self.run.c(start).is_uppercase() && next != '.';
            let capital = self.run.c(start).is_uppercase();
            cut_short || initial || self.lists.is_short_form(&self.lower, capital)
        };
        takes_stop.then_some(at + 1)
    }

    /// "U.S", "a.m": letters one by one.
    fn is_acronym(&self, start: usize, at: usize) -> bool {
        at - start >= 3
            && (at - start) % 2 == 1
            && self.run.c(start).is_alphabetic()
            && (start + 1..at).step_by(2).all(|dot| self.run.c(dot) == '.')
    }

    /// The hyphen of a word broken off in speech: "w-", "th-". Where something follows, it is a compound.
    fn broken_off(&self, start: usize, at: usize) -> Option<usize> {
        if self.run.c(at) != '-' || start > 0 || at > 2 || at + 1 < self.run.len() {
            return None;
        }
        let vowel = |c: char| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u');
        let mut letters = (0..at).map(|at| self.run.c(at));
        let broken = letters.all(|c| c.is_alphabetic() && (at == 1 || !vowel(c)));
        broken.then_some(at + 1)
    }
}
