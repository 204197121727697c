//! Takes a word or an apostrophe, gives the words it is written from: "do" and "n't", "party" and "'s".
//! Invariant: the parts cover the word; a name such as "Sha'ab" or "Sa'd" is never cut.

use super::words::Splitter;

/// Signs used for an apostrophe. The Arabic letters ʿ and ʾ are letters and need no rule.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ' | '´')
}

/// Endings that are words of their own: how many characters, whatever the sign.
const ENDINGS: [&str; 6] = ["'s", "'re", "'ll", "'ve", "'m", "'d"];

impl Splitter<'_> {
    /// Writes the words down that stand between two indexes, and the apostrophe after them where it is a clitic;
    /// gives the index after them.
    pub fn clitics(&mut self, start: usize, end: usize) -> usize {
        let mut cuts = [end; 4];
        let mut count = 0;
        let mut host_end = end;
        while count < cuts.len()
            && let Some(cut) = self.last_clitic(start, host_end)
        {
            cuts[count] = cut;
            count += 1;
            host_end = cut;
        }
        let genitive = count == 0 && self.is_genitive(start, end);
        let first = self.tokens.words.len();
        let mut at = self.push(start, host_end);
        for cut in (0..count).rev() {
            let next = if cut == 0 { end } else { cuts[cut - 1] };
            at = self.push(at, next);
        }
        if genitive {
            at = self.push(end, end + 1);
        }
        if self.tokens.words.len() > first + 1 {
            self.tokens.multiwords.push(first..self.tokens.words.len());
        }
        at
    }

    /// Where the last clitic of the word begins.
    fn last_clitic(&mut self, start: usize, end: usize) -> Option<usize> {
        /// "n't", "'ll", "'ve" and "'re" are the longest.
        const CLITIC_MAX: usize = 3;
        let tail = end.saturating_sub(CLITIC_MAX).max(start);
        let sign = (tail..end).rev().find(|at| is_apostrophe(self.run.c(*at)));
        let Some(sign) = sign.filter(|sign| *sign > start) else {
            return self.contraction(start, end);
        };
        if self.run.before(sign).eq_ignore_ascii_case(&'n')
            && self.run.c(sign + 1).eq_ignore_ascii_case(&'t')
            && end == sign + 2
        {
            return (sign - 1 > start).then_some(sign - 1);
        }
        self.run.lower(sign, end, &mut self.lower);
        let host = self.run.before(sign);
        let cuts = match self.lower.as_str() {
            "'m" => sign == start + 1 && host.eq_ignore_ascii_case(&'i'),
            "'d" => {
                self.run.lower(start, sign, &mut self.lower);
                self.lists.words.would.contains(self.lower.as_str())
            }
            // "the 1990's" is one word, "2003's" is two.
            "'s" if host.is_numeric() => host != '0' && sign - start > 2,
            "'s" => !self.is_name_in_s(start, sign),
            ending => ENDINGS.contains(&ending) && host.is_alphabetic(),
        };
        cuts.then_some(sign)
    }

    /// "Ra's al-Ayn"; not "RA's".
    fn is_name_in_s(&mut self, start: usize, sign: usize) -> bool {
        if !self.run.c(start).is_uppercase() || !self.run.before(sign).is_lowercase() {
            return false;
        }
        self.run.lower(start, sign, &mut self.lower);
        self.lists.words.names_in_s.contains(self.lower.as_str())
    }

    /// "cannot", "gonna", "dont".
    fn contraction(&mut self, start: usize, end: usize) -> Option<usize> {
        /// "should" and "nt".
        const CONTRACTION_MAX: usize = 8;
        if !(2..=CONTRACTION_MAX).contains(&(end - start)) {
            return None;
        }
        self.run.lower(start, end, &mut self.lower);
        self.lists.contraction(&self.lower).map(|first| start + first)
    }

    /// The apostrophe of "the parties' representatives": after an s, and no quotation is open that it could close.
    fn is_genitive(&self, start: usize, end: usize) -> bool {
        let sign = self.run.c(end);
        matches!(sign, '\'' | '’')
            && !self.in_single_quotes
            && end > start + 1
            && matches!(self.run.before(end), 's' | 'S' | 'z')
            && !is_apostrophe(self.run.c(end + 1))
            && !self.run.c(end + 1).is_alphanumeric()
    }

    /// An apostrophe that begins a word: "'s" after a bracket or alone, "'em", "'72". Nothing when it is a
    /// quotation mark.
    pub fn apostrophe(&mut self, at: usize) -> Option<usize> {
        let end = self.run.skip(at + 1, char::is_alphanumeric);
        if end == at + 1 {
            return None;
        }
        self.run.lower(at + 1, end, &mut self.lower);
        let word = self.lower.as_str();
        let year = word.len() >= 2
            && word.bytes().take(2).all(|c| c.is_ascii_digit())
            && matches!(&word[2..], "" | "s");
        if year || self.lists.words.elisions.contains(word) {
            return Some(self.push(at, end));
        }
        self.lower.insert(0, '\'');
        let clitic = ENDINGS.contains(&self.lower.as_str()) || self.lower == "'t";
        // " 'd" opens a quotation of a word of one letter more likely than it stands for "would".
        let follows = at > 0 || end == self.run.len();
        if clitic && follows && !self.in_single_quotes {
            return Some(self.push(at, end));
        }
        // The letter ayn of "‘Afrin" and "'Ain Issa": a quotation mark that is never closed is none.
        let name = self.run.c(at + 1).is_uppercase() && !self.run.before(at).is_alphanumeric();
        let never_closed = self.last_closing_quote.is_none_or(|last| last <= self.run.byte(at));
        (name && never_closed).then(|| self.word(at, at + 1))
    }
}
