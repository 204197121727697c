//! Takes a place where no word begins, gives where the mark that stands there ends.
//! Invariant: at least one character is taken; runs of one mark are one word, brackets and quotation marks are
//! not.

use super::clitics::is_apostrophe;
use super::words::Splitter;

impl Splitter<'_> {
    /// Splits off the mark that begins here; gives the index after it.
    pub fn mark(&mut self, at: usize) -> usize {
        let c = self.run.c(at);
        let same = |this: &Self| this.run.skip(at, |other| other == c);
        let end = match c {
            '.' => self.stops(at),
            '!' | '?' | '؟' => self.run.skip(at, |c| matches!(c, '!' | '?' | '؟')),
            '…' => self.run.skip(at, |c| matches!(c, '…' | '.')),
            '-' | '=' => {
                let end = self.run.skip(at, |c| matches!(c, '-' | '='));
                end + usize::from(self.run.c(end) == '>')
            }
            '*' | '+' | '_' | '~' | '#' | '<' | '>' | '—' | '–' | '‐' | '‑' | '|' | '•' | '$' => {
                same(self)
            }
            _ if is_apostrophe(c) => self.single_quote(at),
            // The letters of a flag stand in pairs.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                at + 1 + usize::from(matches!(self.run.c(at + 1), '\u{1f1e6}'..='\u{1f1ff}'))
            }
            _ => at + 1,
        };
        self.push(at, end)
    }

    /// ".", "..." and ".?".
    fn stops(&self, at: usize) -> usize {
        let end = self.run.skip(at, |c| c == '.');
        let asks = end == at + 1 && matches!(self.run.c(end), '!' | '?');
        if asks { self.run.skip(end, |c| matches!(c, '!' | '?')) } else { end }
    }

    /// A single quotation mark, or two that stand for a double one.
    fn single_quote(&mut self, at: usize) -> usize {
        let c = self.run.c(at);
        let end = at + 1 + usize::from(self.run.c(at + 1) == c);
        if end == at + 1 {
            let opens =
                c == '‘' || (!self.run.before(at).is_alphanumeric() && self.run.c(end) != '\0');
            self.in_single_quotes = opens && !matches!(self.run.before(at), '.' | ',' | '!' | '?');
        }
        end
    }
}
