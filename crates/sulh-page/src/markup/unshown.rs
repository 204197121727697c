//! Takes the readers' contributions a page's data tell, gives those its markup does not show as blocks behind the others.
//! Invariant: a contribution is written once; what the data know of one that is shown fills only what was unknown.

use super::structured::StructuredComment;
use crate::{draft::Draft, reader_name::ReaderNames, register::Register};
use std::collections::BTreeMap;
use sulh_model::{
    origin::{Likeness, Step, Trail},
    page::{Block, BlockId, BlockKind},
    span::Span,
};

/// Contributions with their authors' pseudonyms, and the scripts they stand in.
pub(super) struct Unshown<'a> {
    pub told: &'a [StructuredComment],
    pub authors: &'a [Option<String>],
    /// Where the words of each script stand in the markup.
    pub scripts: &'a [Span],
    pub names: &'a ReaderNames<'a>,
}

impl Unshown<'_> {
    pub fn write(&self, draft: &mut Draft) {
        if self.told.is_empty() {
            return;
        }
        let mut shown = BTreeMap::new();
        for (at, block) in draft.blocks.iter().enumerate() {
            shown.entry(folded(block.span.of(&draft.text))).or_insert(BlockId(at as u32));
        }
        let mut placed: Vec<BlockId> = Vec::with_capacity(self.told.len());
        for (comment, author) in self.told.iter().zip(self.authors) {
            let words = folded(&self.names.without_names(&comment.text));
            let id = match shown.get(&words) {
                Some(id) => {
                    fill(&mut draft.blocks[id.0 as usize], comment, author);
                    *id
                }
                None => {
                    let answered = comment.answers.and_then(|answers| placed.get(answers)).copied();
                    let id = self.write_one(comment, author.clone(), answered, draft);
                    shown.insert(words, id);
                    id
                }
            };
            placed.push(id);
        }
    }

    fn write_one(
        &self,
        comment: &StructuredComment,
        author: Option<String>,
        answered: Option<BlockId>,
        draft: &mut Draft,
    ) -> BlockId {
        let script = self.scripts.get(comment.script).copied();
        let origin = |stretch: Span| {
            let mut trail = Trail::new();
            if let Some(from) = script {
                trail.push(Step { text: stretch, from, likeness: Likeness::Rewritten });
            }
            trail
        };
        let span = draft.write_line(&comment.text, self.names.names_in(&comment.text), origin);
        let advert = Register::shipped().is_advert(span.of(&draft.text));
        let kind = if advert { BlockKind::Advert } else { BlockKind::Comment };
        let is_reader = |id: &BlockId| {
            let block = draft.blocks.get(id.0 as usize);
            block.is_some_and(|block| matches!(block.kind, BlockKind::Comment | BlockKind::Advert))
        };
        let reply_to = answered.filter(is_reader).or_else(|| draft.addressed(span));
        let block = Block {
            reply_to,
            depth: draft.depth_below(reply_to),
            author,
            published: comment.published.clone(),
            ..Block::new(kind, span)
        };
        draft.place(block)
    }
}

fn fill(block: &mut Block, comment: &StructuredComment, author: &Option<String>) {
    if matches!(block.kind, BlockKind::Comment | BlockKind::Advert) {
        block.author = block.author.take().or_else(|| author.clone());
        block.published = block.published.take().or_else(|| comment.published.clone());
    }
}

/// Words as they are compared: markup and data space and mark them differently.
fn folded(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
