//! Takes a place where a number begins, gives where it ends.
//! Invariant: dates, times, decimals and telephone numbers are one word, ranges ("10-15") are three.

use super::words::Splitter;

/// Marks that stand inside numbers.
const fn is_inside(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '-' | '‐' | '‑' | '٫' | '٬' | ';')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

impl Splitter<'_> {
    /// The sign of "+44" and the point of ".04", where no word stands before them.
    pub fn starts_number(&self, at: usize) -> bool {
        let free = !self.run.before(at).is_alphanumeric() && self.run.before(at) != self.run.c(at);
        free && self.run.c(at + 1).is_numeric()
    }

    /// The index after the number.
    pub fn number(&self, start: usize) -> usize {
        let mut at = self.run.skip(start + 1, char::is_numeric);
        let mut first_hyphen = None;
        let mut hyphens = 0;
        /// "00-963-11-222-3333": more hyphens are a row of numbers.
        const HYPHENS_MAX: usize = 6;
        // The last two groups of digits: (first digit, end).
        let mut groups = [(start, start), (start, at)];
        while is_inside(self.run.c(at)) && self.run.c(at + 1).is_numeric() && hyphens <= HYPHENS_MAX
        {
            if is_hyphen(self.run.c(at)) {
                hyphens += 1;
                first_hyphen.get_or_insert(at);
            } else if hyphens > 0 && self.run.c(at) != '/' {
                // "5:00-8:30" is no telephone number.
                break;
            }
            let digits = at + 1;
            at = self.run.skip(digits, char::is_numeric);
            groups = [groups[1], (digits, at)];
        }
        match first_hyphen {
            Some(hyphen) if !self.is_telephone(hyphens, groups, at) => hyphen,
            _ => at,
        }
    }

    /// "713-853-3989" and "2020-10-20", "345-9945" and "77415-0027"; not "1999-2001", "500-1000", "5-8:30".
    fn is_telephone(&self, hyphens: usize, groups: [(usize, usize); 2], end: usize) -> bool {
        if is_inside(self.run.c(end)) && self.run.c(end + 1).is_numeric() {
            return false;
        }
        let round = |end: usize| self.run.before(end) == '0';
        let [first, last] = groups.map(|(start, end)| end - start);
        let both_round = round(groups[0].1) && round(groups[1].1);
        hyphens >= 2 || (last == 4 && matches!(first, 1 | 3 | 5) && !both_round)
    }

    /// Whether what stands right after the digits is part of the word ("20th", "4A") and no measure ("50kg").
    pub fn is_suffixed(&mut self, digits: usize) -> bool {
        let next = self.run.c(digits);
        if matches!(next, '\'' | '’') {
            let end = self.run.skip(digits + 1, char::is_alphanumeric);
            return end == digits + 2 && matches!(self.run.c(digits + 1), 's' | 'S');
        }
        if !next.is_alphanumeric() {
            return next == '_';
        }
        let dotted = matches!(next, 'a' | 'p' | 'A' | 'P')
            && self.run.c(digits + 1) == '.'
            && matches!(self.run.c(digits + 2), 'm' | 'M');
        let end = self.run.skip(digits, char::is_alphanumeric);
        self.run.lower(digits, end, &mut self.lower);
        // "3G" and "4H" are names, "5K" and "3M" are numbers.
        if end == digits + 1 && next.is_uppercase() && !matches!(next, 'K' | 'M' | 'B') {
            return true;
        }
        !dotted && !self.lists.words.units.contains(self.lower.as_str())
    }
}
