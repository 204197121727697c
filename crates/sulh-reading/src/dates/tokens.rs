//! Takes a stretch of text, gives its words, numbers and marks with their bytes.
//! Invariant: tokens are in order, lie on character borders, and each character is looked at a
//! bounded number of times, whatever the text is.

use super::words::{self, MonthName, Role, Unit, Word};
use sulh_model::{edtf::Season, span::Span};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Mark,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    pub start: usize,
    pub kind: Kind,
    /// No white space before it.
    pub glued: bool,
    /// A new sentence begins here.
    pub opens_sentence: bool,
    pub word: Option<&'static Word>,
}

impl Token<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// The tokens of a text. Every question about a place past either end is answered with "no".
pub(super) struct Tokens<'t>(Vec<Token<'t>>);

impl<'t> Tokens<'t> {
    pub(super) fn read(text: &'t str, within: Span) -> Self {
        let mut tokens: Vec<Token<'t>> = Vec::new();
        let stretch = within.of(text);
        let mut rest = stretch;
        let mut lines = 0;
        let mut glued = false;
        while let Some(first) = rest.chars().next() {
            if first.is_whitespace() {
                lines += usize::from(first == '\n');
                glued = false;
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let (kind, length) = measure(rest, first);
            let (token, left) = rest.split_at(length);
            let start = within.start() + (stretch.len() - rest.len());
            let opens_sentence = !glued && opens_sentence(&tokens, first, lines);
            let word = if kind == Kind::Word { words::look_up(token) } else { None };
            tokens.push(Token { text: token, start, kind, glued, opens_sentence, word });
            glued = true;
            lines = 0;
            rest = left;
        }
        Self(tokens)
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Token<'t>> {
        self.0.get(at)
    }

    /// The token `back` places before `at`.
    pub(super) fn before(&self, at: usize, back: usize) -> Option<&Token<'t>> {
        at.checked_sub(back).and_then(|at| self.get(at))
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.get(at).is_some_and(|token| token.text.eq_ignore_ascii_case(word))
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    pub(super) fn before_is(&self, at: usize, back: usize, words: &[&str]) -> bool {
        at.checked_sub(back).is_some_and(|at| self.is_any(at, words))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'static Word> {
        self.get(at)?.word
    }

    pub(super) fn has(&self, at: usize, role: Role) -> bool {
        self.word(at).is_some_and(|word| word.is(role))
    }

    pub(super) fn before_has(&self, at: usize, back: usize, role: Role) -> bool {
        at.checked_sub(back).is_some_and(|at| self.has(at, role))
    }

    pub(super) fn month(&self, at: usize) -> Option<MonthName> {
        self.word(at)?.month
    }

    pub(super) fn season(&self, at: usize) -> Option<Season> {
        self.word(at)?.season
    }

    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        self.word(at)?.unit
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::capital)
    }

    pub(super) fn is_dash(&self, at: usize) -> bool {
        self.is_any(at, &["-", "–", "—", "‑"])
    }

    /// The token is glued to the one before it.
    pub(super) fn glued(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.glued)
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Number)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|token| token.kind == Kind::Word)
    }

    /// The value of a number of at most four digits that is not part of something longer
    /// ("1,200", "T-72", "3:10", "2000-strong").
    pub(super) fn number(&self, at: usize) -> Option<i64> {
        let token = self.get(at)?;
        let short = token.kind == Kind::Number && token.text.len() <= 4;
        (short && self.free_before(at) && self.free_after(at)).then(|| token.text.parse().ok())?
    }

    /// The stretch from the token `first` up to, not including, the token `end`.
    pub(super) fn span(&self, first: usize, end: usize) -> Span {
        match (self.get(first), self.before(end, 1)) {
            (Some(from), Some(to)) if first < end => Span::new(from.start, to.end()),
            _ => Span::new(0, 0),
        }
    }

    fn free_before(&self, at: usize) -> bool {
        if !self.glued(at) {
            return true;
        }
        let Some(mark) = self.before(at, 1) else { return true };
        if mark.kind != Kind::Mark || "$€£#%+=_&@\\".contains(mark.text) {
            return false;
        }
        if !mark.glued {
            return true;
        }
        match self.before(at, 2) {
            Some(left) if left.kind == Kind::Number => self.is_dash(at - 1),
            // "mid-2018" and "June-2018" are dates, "T-72" is a tank.
            Some(left) if left.kind == Kind::Word && self.is_dash(at - 1) => {
                left.word.is_some_and(|word| word.month.is_some() || word.is(Role::MonthLead))
            }
            _ => true,
        }
    }

    fn free_after(&self, at: usize) -> bool {
        if !self.glued(at + 1) {
            return true;
        }
        match self.get(at + 1) {
            Some(next) if next.kind == Kind::Word => is_ordinal_suffix(next.text),
            Some(next) if "%$€£_".contains(next.text) => false,
            Some(_) if self.is_dash(at + 1) => {
                // "2000-strong", but "3-October-2020" and "2012-2014".
                !self.glued(at + 2) || self.is_number(at + 2) || self.month(at + 2).is_some()
            }
            Some(next) if [",", ".", "/", ":"].contains(&next.text) => {
                !(self.glued(at + 2) && self.is_number(at + 2))
            }
            _ => true,
        }
    }
}

pub(super) fn is_ordinal_suffix(text: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|suffix| text.eq_ignore_ascii_case(suffix))
}

fn measure(rest: &str, first: char) -> (Kind, usize) {
    let run = |inside: fn(char) -> bool| rest.find(|c| !inside(c)).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        (Kind::Number, run(|c| c.is_ascii_digit()))
    } else if first.is_alphabetic() {
        (Kind::Word, run(char::is_alphabetic))
    } else {
        (Kind::Mark, first.len_utf8())
    }
}

/// A blank line, or a stop before a capital, ends a sentence; the stop of "Oct." or "Lt." does not.
fn opens_sentence(tokens: &[Token<'_>], first: char, lines: usize) -> bool {
    let Some(last) = tokens.last() else { return true };
    if lines > 1 || (lines == 1 && "-•*–".contains(first)) {
        return true;
    }
    let mut before = tokens.iter().rev().take(3).skip_while(|token| "\"”’')".contains(token.text));
    match before.next() {
        Some(stop) if stop.text == "?" || stop.text == "!" => true,
        Some(stop) if stop.text == "." => {
            let short = before.next().is_some_and(|token| {
                token.text.chars().count() == 1 && token.kind == Kind::Word
                    || ["Lt", "Gen", "Col", "Maj", "Dr", "St", "Mr", "Mrs", "No"]
                        .contains(&token.text)
                    || token.word.is_some_and(|word| word.month.is_some_and(|month| month.short))
            });
            !short && !first.is_lowercase()
        }
        _ => lines == 1 && last.text == ":",
    }
}
