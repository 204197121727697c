//! Takes the words of a sentence with their tree, gives its arcs to walk: children, reach, order.
//! Invariant: every walk is a loop: a tree of any depth is walked in bounded stack, each word a bounded number of times.

use crate::token::{Token, Upos};
use crate::tree::{Penn, Relation};

/// The arcs of a sentence.
pub(super) struct Arcs<'a> {
    pub tokens: &'a [Token],
    lower: Vec<String>,
    certainty: &'a [f32],
    starts: Vec<usize>,
    children: Vec<usize>,
    top_down: Vec<usize>,
    reach: Vec<(usize, usize)>,
}

impl<'a> Arcs<'a> {
    pub fn new(text: &str, tokens: &'a [Token], certainty: &'a [f32]) -> Self {
        let lower = tokens.iter().map(|token| token.form(text).to_lowercase()).collect();
        let mut starts = vec![0; tokens.len() + 1];
        for head in tokens.iter().filter_map(|token| token.head) {
            starts[head + 1] += 1;
        }
        for at in 0..tokens.len() {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut children = vec![0; starts[tokens.len()]];
        for (at, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[next[head]] = at;
                next[head] += 1;
            }
        }
        let mut arcs = Self {
            tokens,
            lower,
            certainty,
            starts,
            children,
            top_down: Vec::with_capacity(tokens.len()),
            reach: (0..tokens.len()).map(|at| (at, at)).collect(),
        };
        arcs.top_down.extend((0..tokens.len()).filter(|at| tokens[*at].head.is_none()));
        let mut seen = 0;
        while let Some(at) = arcs.top_down.get(seen).copied() {
            let below = arcs.starts[at]..arcs.starts[at + 1];
            arcs.top_down.extend_from_slice(&arcs.children[below]);
            seen += 1;
        }
        for at in arcs.top_down.iter().rev() {
            if let Some(head) = tokens[*at].head {
                let (first, last) = arcs.reach[*at];
                let above = &mut arcs.reach[head];
                *above = (above.0.min(first), above.1.max(last));
            }
        }
        arcs
    }

    /// How many words there are.
    pub const fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The words, each after the one it hangs on.
    pub fn top_down(&self) -> &[usize] {
        &self.top_down
    }

    /// The word as written, in lower case; nothing past either end.
    pub fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    pub fn lemma(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lemma.as_str())
    }

    pub fn upos(&self, at: usize) -> Upos {
        self.tokens.get(at).map_or(Upos::X, |token| token.upos)
    }

    pub fn penn(&self, at: usize) -> Option<Penn> {
        self.tokens.get(at).and_then(|token| token.penn)
    }

    pub fn relation(&self, at: usize) -> Relation {
        self.tokens.get(at).and_then(|token| token.relation).unwrap_or(Relation::Dep)
    }

    pub fn head(&self, at: usize) -> Option<usize> {
        self.tokens.get(at).and_then(|token| token.head)
    }

    /// The words that hang on one, in the order of the text.
    pub fn children(&self, at: usize) -> &[usize] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.children[*from..*to],
            _ => &[],
        }
    }

    /// Those that hang on it by one of these relations.
    pub fn children_by<'s>(
        &'s self,
        at: usize,
        relations: &'s [Relation],
    ) -> impl DoubleEndedIterator<Item = usize> + 's {
        self.children(at)
            .iter()
            .copied()
            .filter(move |child| relations.contains(&self.relation(*child)))
    }

    /// The first that hangs on it by one of these relations.
    pub fn child_by(&self, at: usize, relations: &[Relation]) -> Option<usize> {
        self.children(at).iter().copied().find(|child| relations.contains(&self.relation(*child)))
    }

    /// The first and the last word of all that hangs on one, itself included.
    pub fn reach(&self, at: usize) -> (usize, usize) {
        self.reach.get(at).copied().unwrap_or((at, at))
    }

    /// How sure the arc above a word is.
    pub fn certainty(&self, at: usize) -> f32 {
        self.certainty.get(at).copied().unwrap_or(1.0)
    }

    /// A word with the words `fixed` to it, in lower case, joined by spaces: "because of".
    pub fn with_fixed(&self, at: usize) -> String {
        let fixed = self.children_by(at, &[Relation::Fixed, Relation::Goeswith]);
        fixed.fold(self.word(at).to_owned(), |words, next| words + " " + self.word(next))
    }
}
