//! Takes a place in a run of text, gives where the link, address, host, file, hash tag, name or face ends that
//! begins there, if one does.
//! Invariant: no character is looked at for a link more than twice.

use super::words::Splitter;

/// The longest face.
const FACE_MAX: usize = 4;

impl Splitter<'_> {
    /// ":)" and the like: alone, or after a word and before nothing.
    pub fn face(&mut self, at: usize) -> Option<usize> {
        let first = self.run.c(at);
        let after_word = self.run.before(at).is_alphanumeric();
        if !matches!(first, ':' | ';' | '=' | '(' | '<' | '^' | '-' | '>')
            && (at > 0 || self.run.len() > 3)
        {
            return None;
        }
        (2..=FACE_MAX).rev().map(|len| at + len).find(|end| {
            let last = self.run.before(*end);
            let closed = !self.run.c(*end).is_alphanumeric()
                && (!last.is_alphanumeric() || *end == self.run.len());
            let opened = !after_word || !first.is_alphanumeric();
            *end <= self.run.len() && closed && opened && {
                self.run.lower(at, *end, &mut self.lower);
                self.lists.words.faces.contains(self.lower.as_str())
            }
        })
    }

    /// Links, e-mail addresses, hosts, files, hash tags and names of accounts.
    pub fn link(&mut self, at: usize) -> Option<usize> {
        let c = self.run.c(at);
        if matches!(c, '#' | '@') {
            return self.tag(at);
        }
        if c == '.' {
            return self.bare_file_ending(at);
        }
        if !c.is_alphanumeric() || at < self.looked_for_links {
            return None;
        }
        if self.has_scheme(at) {
            return Some(self.link_end(at, self.run.len()));
        }
        self.address(at)
    }

    fn has_scheme(&mut self, at: usize) -> bool {
        /// "mailto:" is the longest.
        const SCHEME_MAX: usize = 8;
        if !matches!(self.run.c(at), 'h' | 'H' | 'f' | 'F' | 'w' | 'W' | 'm' | 'M') {
            return false;
        }
        let head = self.lower(at, (at + SCHEME_MAX).min(self.run.len()));
        ["http://", "https://", "ftp://", "www.", "mailto:"]
            .iter()
            .any(|scheme| head.starts_with(scheme))
    }

    /// The end of a link without the marks of the sentence around it.
    fn link_end(&self, start: usize, mut end: usize) -> usize {
        if let Some(mark) =
            (start..end).find(|at| matches!(self.run.c(*at), '<' | '>' | '"' | '”' | '“'))
        {
            end = mark;
        }
        let opens = (start..end).any(|at| self.run.c(at) == '(');
        while end > start + 1 {
            match self.run.before(end) {
                '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '}' | '…' | '*' => {
                    end -= 1
                }
                ')' if !opens => end -= 1,
                _ => break,
            }
        }
        end
    }

    /// `name@host`, `host.org/page`, `plan.pdf`.
    fn address(&mut self, start: usize) -> Option<usize> {
        let inside =
            |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+' | '%' | '~');
        let run_end = self.run.skip(start, inside);
        self.looked_for_links = run_end;
        let mut end = run_end;
        while matches!(self.run.before(end), '.' | '-' | '_' | '~' | '%' | '+') {
            end -= 1;
        }
        let find = |wanted: char| (start..end).find(|at| self.run.c(*at) == wanted);
        if let Some(at) = find('@')
            && self.run.c(at + 1).is_alphabetic()
        {
            return Some(end);
        }
        let last_dot = (start..end).rev().find(|at| self.run.c(*at) == '.')?;
        find('@').is_none().then_some(())?;
        if !self.is_host_or_file(start, last_dot, end) {
            return None;
        }
        let path = matches!(self.run.c(end), '/' | '?' | '#') && end == run_end;
        Some(if path { self.link_end(start, self.run.len()) } else { end })
    }

    fn is_host_or_file(&mut self, start: usize, last_dot: usize, end: usize) -> bool {
        let lower_case = (last_dot + 1..end).all(|at| self.run.c(at).is_lowercase());
        let before = last_dot - start;
        let dots = (start..end).filter(|at| self.run.c(*at) == '.').count();
        // Groups of Usenet: "comp.sources.unix".
        let all_lower = || (start..end).all(|at| matches!(self.run.c(at), 'a'..='z' | '.' | '-'));
        let parts_are_words =
            || (start..last_dot).all(|at| self.run.c(at) != '.' || self.run.c(at + 1) != '.');
        if dots >= 2 && before > 4 && all_lower() && parts_are_words() {
            return true;
        }
        self.run.lower(last_dot + 1, end, &mut self.lower);
        let words = &self.lists.words;
        let ending = self.lower.as_str();
        if words.files.contains(ending) {
            return before > 0;
        }
        let clear = ending.len() > 2 || (lower_case && before >= 3);
        // "town.Com" is nobody's host.
        let capital =
            self.run.c(last_dot + 1).is_uppercase() && !self.run.c(end - 1).is_uppercase();
        words.hosts.contains(ending) && clear && !capital && before >= 2
    }

    /// ".doc" by itself.
    fn bare_file_ending(&mut self, at: usize) -> Option<usize> {
        if matches!(self.run.before(at), '.' | 'a'..='z') || !self.run.c(at + 1).is_alphabetic() {
            return None;
        }
        let end = self.run.skip(at + 1, char::is_alphanumeric);
        self.run.lower(at + 1, end, &mut self.lower);
        self.lists.words.files.contains(self.lower.as_str()).then_some(end)
    }

    /// "#truce" and "@account"; "#1" is two words.
    fn tag(&self, at: usize) -> Option<usize> {
        let mut end = self.run.skip(at + 1, |c| c.is_alphanumeric() || c == '_');
        while self.run.c(at) == '@' && self.run.c(end) == '.' && self.run.c(end + 1).is_lowercase()
        {
            end = self.run.skip(end + 1, |c| c.is_alphanumeric() || c == '_');
        }
        let free = !self.run.before(at).is_alphanumeric();
        (free && self.run.c(at + 1).is_alphabetic()).then_some(end)
    }
}
