//! Takes a page's lines with their zones, gives the draft: one block a line, one a contribution.
//! Invariant: blocks follow the order of the page; a contribution stands before the answers inside it.

use super::{
    contributions::Contributions,
    dom::{Dom, NodeIndex},
    kinds::{ABOVE_LEVELS_MAX, chain},
    leaves::Leaf,
    names::Says,
    tag::Tag,
    zones::{Zone, Zones},
};
use crate::{controls, draft::Draft, reader_name::ReaderNames, register::Register};
use sulh_model::{
    origin::ElementOrigin,
    page::{Block, BlockId, BlockKind},
    span::Span,
};

/// So many elements tell where a block stands.
const PATH_ELEMENTS_MAX: usize = 5;

/// Everything writing needs to see.
pub(super) struct Sheet<'a> {
    pub html: &'a str,
    pub dom: &'a Dom,
    pub zones: &'a Zones,
    pub contributions: &'a Contributions,
    pub leaves: &'a [Leaf],
    /// Lines that only say who wrote a contribution, and when.
    pub heads: &'a [bool],
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
                .filter(|_| leaf.zone != Zone::Hidden && !self.heads[at])
            {
                lines_of[item].push(at);
            }
        }
        let mut written: Vec<Option<Option<BlockId>>> = vec![None; self.contributions.all.len()];
        for (at, leaf) in self.leaves.iter().enumerate() {
            match self.contributions.of_node[leaf.first] {
                Some(item) => self.contribution_chain(item, &lines_of, &mut written, &mut draft),
                None => {
                    let kind = self.kinds[at];
                    // Readers are named in side bars, too.
                    let framed = matches!(
                        kind,
                        BlockKind::Comment | BlockKind::Advert | BlockKind::Boilerplate
                    );
                    let span = self.line(leaf, framed.then_some(self.names), &mut draft);
                    let id = draft.place(Block::new(kind, span));
                    draft
                        .elements
                        .extend(self.element(leaf.node, framed).map(|element| (id, element)));
                }
            }
        }
        draft
    }

    fn line(&self, leaf: &Leaf, names: Option<&ReaderNames<'_>>, draft: &mut Draft) -> Span {
        let origin = |stretch| leaf.trail.through(&self.dom.trail, stretch);
        draft.write_line(&leaf.text, names, origin)
    }

    /// The element of a block. Classes and the like can hold a reader's name: of readers' blocks only kinds are told.
    fn element(&self, node: NodeIndex, readers: bool) -> Option<ElementOrigin> {
        let start = self.dom.element(node).filter(|_| node > 0)?.at as usize;
        let around = self.dom.above(node).filter(|(node, _)| *node > 0).take(PATH_ELEMENTS_MAX);
        let mut path: Vec<String> =
            around.map(|(node, _)| self.dom.label(node, self.html, !readers)).collect();
        path.reverse();
        Some(ElementOrigin { path: path.join(" > "), start })
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
        for leaf in lines.iter().map(|at| &self.leaves[*at]) {
            if controls::are(&leaf.text) {
                continue;
            }
            let span = self.line(leaf, Some(self.names), draft);
            whole = Some(whole.map_or(span, |whole| whole.cover(span)));
            if chain(self.dom, leaf.node)
                .any(|(node, name)| node >= contribution.node && name == Tag::Blockquote)
            {
                quotations.push((span, leaf.node));
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
        draft.elements.extend(self.element(contribution.node, true).map(|element| (id, element)));
        for (quotation, node) in quotations {
            let block = Block { parent: Some(id), ..Block::new(BlockKind::Quotation, quotation) };
            let inner = draft.place(block);
            draft.elements.extend(self.element(node, true).map(|element| (inner, element)));
        }
        Some(id)
    }
}
