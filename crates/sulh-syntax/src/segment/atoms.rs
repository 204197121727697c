//! Takes a run of text without white space, gives its characters as the rules see them.
//! Invariant: marks nobody sees are part of the character before them, or of the one after them where they open
//! the run; the atoms cover the whole run.

/// One character with the marks that belong to it: its bytes end where the next atom begins.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    pub c: char,
    pub at: usize,
}

/// A run of text without white space. `run` outside its ends is the NUL character, which no rule asks for.
#[derive(Debug, Default)]
pub struct Run {
    atoms: Vec<Atom>,
    end: usize,
}

impl Run {
    /// Reads the run that begins at `start` and goes on to the next white space.
    pub fn read(&mut self, text: &str, start: usize) {
        self.atoms.clear();
        self.end = text.len();
        for (at, c) in text[start..].char_indices() {
            if c.is_whitespace() {
                self.end = start + at;
                return;
            }
            match self.atoms.last_mut() {
                // Marks that open the run: the first character seen takes their place.
                Some(first) if first.at == start && is_unseen(first.c) => first.c = c,
                Some(_) if is_unseen(c) => {}
                _ => self.atoms.push(Atom { c, at: start + at }),
            }
        }
    }

    /// How many atoms it has.
    pub const fn len(&self) -> usize {
        self.atoms.len()
    }

    /// One past its last byte.
    pub const fn end(&self) -> usize {
        self.end
    }

    /// The character at an index, or NUL.
    pub fn c(&self, at: usize) -> char {
        self.atoms.get(at).map_or('\0', |atom| atom.c)
    }

    /// The character before an index, or NUL.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\0', |at| self.c(at))
    }

    /// The first byte of an index.
    pub fn byte(&self, at: usize) -> usize {
        self.atoms.get(at).map_or(self.end, |atom| atom.at)
    }

    /// The characters from one index up to another, in lower case. At most `LOOKED_UP_MAX` of them: what is longer
    /// is in no list.
    pub fn lower(&self, from: usize, to: usize, into: &mut String) {
        /// The longest entry of a list has fewer characters.
        const LOOKED_UP_MAX: usize = 24;
        into.clear();
        let atoms = self.atoms.get(from..to).unwrap_or(&[]);
        if atoms.len() > LOOKED_UP_MAX {
            return;
        }
        for atom in atoms {
            match atom.c {
                '’' | '‘' | '`' | 'ʼ' => into.push('\''),
                c if c.is_ascii() => into.push(c.to_ascii_lowercase()),
                c => into.extend(c.to_lowercase()),
            }
        }
    }

    /// The first index from `from` on that is not of the kind.
    pub fn skip(&self, from: usize, kind: impl Fn(char) -> bool) -> usize {
        let rest = self.atoms.get(from..).unwrap_or(&[]);
        from + rest.iter().position(|atom| !kind(atom.c)).unwrap_or(rest.len())
    }
}

/// Marks nobody sees by themselves: controls, combining marks, zero-width and direction marks, soft hyphens, and
/// what changes the look of an emoji.
pub fn is_unseen(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !c.is_whitespace();
    }
    matches!(c,
        '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}'
        | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{600}'..='\u{605}'
        | '\u{610}'..='\u{61a}' | '\u{61c}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dd}'
        | '\u{6df}'..='\u{6e4}' | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{70f}' | '\u{711}'
        | '\u{730}'..='\u{74a}' | '\u{7a6}'..='\u{7b0}' | '\u{8d3}'..='\u{902}' | '\u{93c}' | '\u{94d}'
        | '\u{9bc}' | '\u{9cd}' | '\u{a3c}' | '\u{a4d}' | '\u{abc}' | '\u{acd}' | '\u{b3c}' | '\u{b4d}'
        | '\u{bcd}' | '\u{c4d}' | '\u{cbc}' | '\u{ccd}' | '\u{d4d}' | '\u{e38}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}
