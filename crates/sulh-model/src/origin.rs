//! Takes stretches of a page's text, gives the bytes of the capture they come from.
//! Invariant: pieces stand in the order of the text and do not overlap; a piece that is not verbatim stands for the whole of its bytes.

use crate::{page::BlockId, span::Span};
use std::collections::BTreeMap;

/// A stretch of text and the bytes of the capture it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Bytes of `Page::text`.
    pub text: Span,
    /// Bytes of the capture.
    pub capture: Span,
    /// Character for character the same, charset aside. Entities of markup, replaced bytes and pseudonyms are not.
    pub verbatim: bool,
}

/// The element of markup a block was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementOrigin {
    /// The elements around the block, outermost of the last few first: `div#content > p.lead`.
    pub path: String,
    /// The byte of the capture at which the innermost one opens.
    pub start: usize,
}

/// Where the words of a page come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    pieces: Vec<Origin>,
    elements: BTreeMap<BlockId, ElementOrigin>,
}

impl Origins {
    /// From pieces in the order of the text, and the elements of blocks.
    pub fn new(pieces: Vec<Origin>, elements: BTreeMap<BlockId, ElementOrigin>) -> Self {
        let ordered = |pair: &[Origin]| pair[0].text.end() <= pair[1].text.start();
        debug_assert!(pieces.windows(2).all(ordered), "pieces overlap");
        Self { pieces, elements }
    }

    /// The pieces a stretch of text is made of. Where it begins or ends inside a verbatim piece of the same length
    /// the bytes are cut with it; a piece of other length is given whole.
    pub fn of(&self, span: Span) -> Vec<Origin> {
        let from = self.pieces.partition_point(|piece| piece.text.end() <= span.start());
        let touching =
            self.pieces[from..].iter().take_while(|piece| piece.text.start() < span.end());
        touching.map(|piece| piece.within(span)).collect()
    }

    /// The stretch of the capture from the first to the last byte of a stretch of text.
    pub fn cover(&self, span: Span) -> Option<Span> {
        self.of(span).into_iter().map(|piece| piece.capture).reduce(Span::cover)
    }

    /// The element a block was taken from; plain text has none.
    pub fn element(&self, block: BlockId) -> Option<&ElementOrigin> {
        self.elements.get(&block)
    }
}

impl Origin {
    fn within(self, span: Span) -> Self {
        if !self.verbatim || self.text.len() != self.capture.len() {
            return self;
        }
        let before = span.start().saturating_sub(self.text.start());
        let after = self.text.end().saturating_sub(span.end());
        Self {
            text: Span::new(self.text.start() + before, self.text.end() - after),
            capture: Span::new(self.capture.start() + before, self.capture.end() - after),
            verbatim: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> Origins {
        let piece = |text: (usize, usize), capture: (usize, usize), verbatim| Origin {
            text: Span::new(text.0, text.1),
            capture: Span::new(capture.0, capture.1),
            verbatim,
        };
        let pieces = vec![
            piece((0, 4), (10, 14), true),
            piece((4, 5), (14, 19), false),
            piece((6, 9), (30, 33), true),
        ];
        Origins::new(pieces, BTreeMap::new())
    }

    fn check(start: usize, end: usize, expected: &[(usize, usize)]) {
        let found = origins().of(Span::new(start, end));
        let found: Vec<_> =
            found.iter().map(|piece| (piece.capture.start(), piece.capture.end())).collect();
        assert_eq!(found, expected, "{start}..{end}");
    }

    #[test]
    fn stretches_are_cut_where_the_bytes_are_the_words() {
        check(0, 4, &[(10, 14)]);
        check(1, 3, &[(11, 13)]);
        check(3, 5, &[(13, 14), (14, 19)]);
        check(5, 6, &[]);
        check(4, 8, &[(14, 19), (30, 32)]);
        assert_eq!(origins().cover(Span::new(2, 7)), Some(Span::new(12, 31)));
        assert_eq!(origins().cover(Span::new(5, 6)), None);
    }
}
