//! Takes the steps of the arc-hybrid machine, gives the tree they build.
//! Invariant: only steps that are allowed change anything, and from every state a whole tree with one root is reached.

/// No word.
pub(super) const NONE: u32 = u32::MAX;

/// What a step does, the relation aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Move {
    /// The next word goes on the stack.
    Shift,
    /// The word on top of the stack hangs on the next word, or is the root when no word is left.
    Left,
    /// The word on top of the stack hangs on the one below it.
    Right,
}

/// A word and what hangs on it so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Built {
    pub(super) head: u32,
    pub(super) relation: u8,
    /// The outermost and the last but one word on either side.
    pub(super) left: [u32; 2],
    pub(super) right: [u32; 2],
    pub(super) lefts: u8,
    pub(super) rights: u8,
    /// The relations on either side, one bit each, folded to 32.
    pub(super) left_set: u32,
    pub(super) right_set: u32,
}

const BARE: Built = Built {
    head: NONE,
    relation: 0,
    left: [NONE; 2],
    right: [NONE; 2],
    lefts: 0,
    rights: 0,
    left_set: 0,
    right_set: 0,
};

/// A sentence being parsed.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) stack: Vec<u32>,
    /// The next word; the number of words when all were taken.
    pub(super) next: u32,
    pub(super) words: u32,
    pub(super) built: Vec<Built>,
}

impl State {
    /// The start, in the space of a sentence before.
    pub(super) fn start(&mut self, words: u32) {
        self.stack.clear();
        self.next = 0;
        self.words = words;
        self.built.clear();
        self.built.resize(words as usize, BARE);
    }

    /// Counted from the top.
    pub(super) fn stacked(&self, depth: usize) -> u32 {
        let at = self.stack.len().checked_sub(depth + 1);
        at.and_then(|at| self.stack.get(at)).copied().unwrap_or(NONE)
    }

    pub(super) fn is_done(&self) -> bool {
        self.next == self.words && self.stack.is_empty()
    }

    /// Whether only the root is left to be named.
    pub(super) fn is_closing(&self) -> bool {
        self.next == self.words && self.stack.len() == 1
    }

    pub(super) fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.words,
            Move::Left => !self.stack.is_empty() && self.next < self.words,
            Move::Right => self.stack.len() > 1,
        }
    }

    pub(super) fn shift(&mut self) {
        self.stack.push(self.next);
        self.next += 1;
    }

    pub(super) fn left(&mut self, relation: u8) {
        if let Some(word) = self.stack.pop() {
            self.attach(word, self.next, relation);
        }
    }

    pub(super) fn right(&mut self, relation: u8) {
        if let Some(word) = self.stack.pop() {
            self.attach(word, self.stacked(0), relation);
        }
    }

    /// The last word of the stack becomes the root: its head stays `NONE`.
    pub(super) fn close(&mut self) {
        self.stack.pop();
    }

    fn attach(&mut self, word: u32, head: u32, relation: u8) {
        let built = &mut self.built[word as usize];
        built.head = head;
        built.relation = relation;
        let bit = 1 << (relation & 31);
        let of = &mut self.built[head as usize];
        if word < head {
            of.left = [word, of.left[0]];
            of.lefts = of.lefts.saturating_add(1);
            of.left_set |= bit;
        } else {
            of.right = [word, of.right[0]];
            of.rights = of.rights.saturating_add(1);
            of.right_set |= bit;
        }
    }
}
