//! Takes block texts in their order, gives a page's text with spans over it.
//! Invariant: every span lies on character borders of `text`; blocks stand in text order, parents before children.

use crate::reader_name::{PSEUDONYM_OPENING, ReaderNames};
use std::collections::BTreeMap;
use sulh_model::{
    note::Note,
    origin::{ElementOrigin, Likeness, Step, Trail},
    page::{Block, BlockId},
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
    /// Where the text comes from in what was decoded.
    pub trail: Trail,
    /// The elements of blocks; their places are those in what was decoded.
    pub elements: BTreeMap<BlockId, ElementOrigin>,
}

impl Draft {
    /// Writes words on lines of their own, pseudonyms in place of the names of `names`; they belong to no block yet.
    /// `origin` gives the steps of a stretch of the words.
    pub fn write_line(
        &mut self,
        words: &str,
        names: Option<&ReaderNames<'_>>,
        origin: impl Fn(Span) -> Trail,
    ) -> Span {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        let mut at = 0;
        for (name, pseudonym) in names.map_or_else(Vec::new, |names| names.names_in(words)) {
            self.copy(words, Span::new(at, name.start), &origin);
            self.replace(pseudonym, &origin(Span::new(name.start, name.end)));
            at = name.end;
        }
        self.copy(words, Span::new(at, words.len()), &origin);
        Span::new(start, self.text.len())
    }

    /// Appends a stretch of words as it is.
    pub fn copy(&mut self, words: &str, stretch: Span, origin: impl Fn(Span) -> Trail) {
        let start = self.text.len();
        self.text.push_str(stretch.of(words));
        for step in origin(stretch).steps() {
            let text = start + (step.text.start() - stretch.start());
            self.trail.push(Step { text: Span::new(text, text + step.text.len()), ..*step });
        }
    }

    /// Appends words that stand for others.
    pub fn replace(&mut self, words: &str, replaced: &Trail) {
        let start = self.text.len();
        self.text.push_str(words);
        if let Some(from) = replaced.steps().iter().map(|step| step.from).reduce(Span::cover) {
            let text = Span::new(start, self.text.len());
            self.trail.push(Step { text, from, likeness: Likeness::Rewritten });
        }
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
