//! Takes block texts in their order, gives a page's text with spans over it.
//! Invariant: every span lies on character borders of `text`; blocks stand in text order, parents before children.

use crate::reader_name::PSEUDONYM_OPENING;
use sulh_model::{
    note::Note,
    page::{Block, BlockId, BlockKind},
    span::Span,
};

/// How far back an answered comment is looked for; threads without markup are shorter.
const THREAD_BLOCKS_MAX: usize = 2_000;

/// A page being written.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub text: String,
    pub blocks: Vec<Block>,
    pub notes: Vec<Note>,
}

impl Draft {
    /// Writes a block on lines of its own.
    pub fn write(&mut self, kind: BlockKind, words: &str) -> BlockId {
        let span = self.write_line(words);
        self.place(Block::new(kind, span))
    }

    /// Writes words on lines of their own; they belong to no block yet.
    pub fn write_line(&mut self, words: &str) -> Span {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// Adds a block over text that is already there.
    pub fn place(&mut self, block: Block) -> BlockId {
        debug_assert!(block.span.fits(&self.text), "{} is no stretch of the text", block.span);
        self.blocks.push(block);
        BlockId(self.blocks.len() as u32 - 1)
    }

    /// The comment that words opening with "@reader-…" answer: the last one of that reader.
    pub fn addressed(&self, words: Span) -> Option<BlockId> {
        let address = words.of(&self.text).strip_prefix('@')?;
        // A thread of a million that address nobody known is not gone back through for each.
        if !address.starts_with(PSEUDONYM_OPENING) {
            return None;
        }
        let by = |author: &String| address.starts_with(author.as_str());
        let mut recent = self.blocks.iter().enumerate().rev().take(THREAD_BLOCKS_MAX);
        let (at, _) = recent.find(|(_, block)| block.author.as_ref().is_some_and(by))?;
        u32::try_from(at).ok().map(BlockId)
    }

    /// How deep in its thread a comment is that answers another.
    pub fn depth_below(&self, answered: Option<BlockId>) -> u32 {
        answered.and_then(|id| self.blocks.get(id.0 as usize)).map_or(0, |block| block.depth + 1)
    }
}
