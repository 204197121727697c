//! Takes a page's lines with their zones, gives the draft: one block a line, one a contribution.
//! Invariant: blocks follow the order of the page; a contribution stands before the answers inside it.

use super::{
    contributions::Contributions,
    kinds::ABOVE_LEVELS_MAX,
    leaves::Leaf,
    names::Says,
    trimmings::{Line, quoted_lines},
    zones::{Zone, Zones},
};
use crate::{controls, draft::Draft, reader_name::ReaderNames, register::Register};
use std::ops::Range;
use sulh_model::{
    page::{Block, BlockId, BlockKind},
    span::Span,
};

/// Everything writing needs to see.
pub(super) struct Sheet<'a> {
    pub zones: &'a Zones,
    pub contributions: &'a Contributions,
    pub leaves: &'a [Leaf],
    /// What each line is to its contribution.
    pub lines: &'a [Line],
    /// What each line is.
    pub kinds: Vec<BlockKind>,
    /// Pseudonyms by contribution.
    pub authors: Vec<Option<String>>,
    pub names: &'a ReaderNames<'a>,
}

impl Sheet<'_> {
    pub fn write(&self) -> Draft {
        let mut draft = Draft::default();
        let mut lines_of: Vec<Vec<usize>> = vec![Vec::new(); self.contributions.all.len()];
        for (at, leaf) in self.leaves.iter().enumerate() {
            if let Some(item) = self.contributions.of_node[leaf.first]
                .filter(|_| leaf.zone != Zone::Hidden && self.lines[at] != Line::Left)
            {
                lines_of[item].push(at);
            }
        }
        let mut written: Vec<Option<Option<BlockId>>> = vec![None; self.contributions.all.len()];
        let mut within = false;
        for (at, leaf) in self.leaves.iter().enumerate() {
            match self.contributions.of_node[leaf.first] {
                Some(item) => {
                    within = true;
                    self.contribution_chain(item, &lines_of, &mut written, &mut draft);
                }
                None => {
                    let kind = self.kinds[at];
                    within |= !matches!(kind, BlockKind::Boilerplate | BlockKind::Advert);
                    draft.write(kind, &self.line_text(leaf, kind, within));
                }
            }
        }
        draft
    }

    /// `within`: what stands above headline and report is the outlet's own, its name included.
    fn line_text(&self, leaf: &Leaf, kind: BlockKind, within: bool) -> String {
        // Readers are named in side bars, too.
        let framed = kind == BlockKind::Boilerplate && within;
        // Who opened a topic is a reader, too.
        let opened =
            self.zones.is_forum && matches!(kind, BlockKind::Boilerplate | BlockKind::Byline);
        if framed || opened {
            self.names.frame_without_names(&leaf.text)
        } else if matches!(kind, BlockKind::Comment | BlockKind::Advert) {
            self.names.without_names(&leaf.text)
        } else {
            leaf.text.clone()
        }
    }

    /// Writes a contribution, those it answers first.
    fn contribution_chain(
        &self,
        item: usize,
        lines_of: &[Vec<usize>],
        written: &mut [Option<Option<BlockId>>],
        draft: &mut Draft,
    ) {
        let mut chain = vec![item];
        while let Some(answers) =
            chain.last().and_then(|item| self.contributions.all[*item].answers)
        {
            if written[answers].is_some() {
                break;
            }
            chain.push(answers);
        }
        for item in chain.into_iter().rev() {
            if written[item].is_none() {
                let reply_to = self.answered(item, written);
                written[item] = Some(self.contribution(item, reply_to, &lines_of[item], draft));
            }
        }
    }

    /// The nearest contribution around one that has words.
    fn answered(&self, item: usize, written: &[Option<Option<BlockId>>]) -> Option<BlockId> {
        let around = std::iter::successors(self.contributions.all[item].answers, |item| {
            self.contributions.all[*item].answers
        });
        around.take(ABOVE_LEVELS_MAX).find_map(|item| written[item].flatten())
    }

    fn contribution(
        &self,
        item: usize,
        reply_to: Option<BlockId>,
        lines: &[usize],
        draft: &mut Draft,
    ) -> Option<BlockId> {
        let contribution = &self.contributions.all[item];
        let mut whole: Option<Span> = None;
        let mut quotations = Vec::new();
        for (at, leaf) in lines.iter().map(|at| (*at, &self.leaves[*at])) {
            if controls::are(&leaf.text) {
                continue;
            }
            let span = draft.write_line(&self.names.without_names(&leaf.text));
            whole = Some(whole.map_or(span, |whole| whole.cover(span)));
            if self.lines[at] == Line::Quoted {
                quotations.push(span);
            } else {
                let inside = |quoted: Range<usize>| {
                    Span::new(span.start() + quoted.start, span.start() + quoted.end)
                };
                quotations.extend(quoted_lines(span.of(&draft.text)).into_iter().map(inside));
            }
        }
        let span = whole?;
        let reply_to = reply_to.or_else(|| draft.addressed(span));
        let sold = self.zones.said[contribution.node].says(Says::Advert);
        let advert = sold || Register::shipped().is_advert(span.of(&draft.text));
        let kind = if advert { BlockKind::Advert } else { BlockKind::Comment };
        let block = Block {
            reply_to,
            // An outer contribution without words of its own is no step of the thread.
            depth: draft.depth_below(reply_to),
            author: self.authors[item].clone(),
            published: contribution.published.clone(),
            ..Block::new(kind, span)
        };
        let id = draft.place(block);
        for quotation in quotations {
            draft.place(Block { parent: Some(id), ..Block::new(BlockKind::Quotation, quotation) });
        }
        Some(id)
    }
}
