//! Takes a page's lines with their zones, gives the draft: one block a line, one a contribution.
//! Invariant: blocks follow the order of the page; a contribution stands before the answers inside it.

use super::{
    contributions::Contributions,
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    names::Says,
    tag::Tag,
    zones::{Zone, Zones},
};
use crate::{draft::Draft, reader_name::ReaderNames, register::Register, wording};
use sulh_model::{
    page::{Block, BlockId, BlockKind},
    span::Span,
};

/// Lines of heads are short.
const HEAD_WORDS_MAX: usize = 18;

/// A line in the report that is nearly all links and this short points elsewhere.
const POINTER_WORDS_MAX: usize = 25;
const POINTER_SHARE_MIN: f32 = 0.8;

/// A standfirst is a sentence or two.
const STANDFIRST_WORDS_MIN: usize = 10;

/// A longer line of frame between heading and text says that the heading is the frame's.
const FRAME_LINE_BYTES_MAX: usize = 200;

/// Lines this short that are no sentence are labels ("Categories", "Photo:").
const LABEL_WORDS_MAX: usize = 4;

/// How far up an element is looked for around a line.
const ABOVE_LEVELS_MAX: usize = 24;

/// Everything writing needs to see.
pub(super) struct Sheet<'a> {
    pub dom: &'a Dom,
    pub zones: &'a Zones,
    pub contributions: &'a Contributions,
    pub leaves: &'a [Leaf],
    /// The element that holds the report.
    pub body: NodeIndex,
    /// Pseudonyms by contribution.
    pub authors: Vec<Option<String>>,
    pub title: Option<String>,
    pub names: &'a ReaderNames<'a>,
}

impl Sheet<'_> {
    pub fn write(&self) -> Draft {
        let mut draft = Draft::default();
        let headline = self.headline();
        let mut lines_of: Vec<Vec<usize>> = vec![Vec::new(); self.contributions.all.len()];
        for (at, leaf) in self.leaves.iter().enumerate() {
            if let Some(item) =
                self.contributions.of_node[leaf.node].filter(|_| leaf.zone != Zone::Hidden)
            {
                lines_of[item].push(at);
            }
        }
        let mut written: Vec<Option<Option<BlockId>>> = vec![None; self.contributions.all.len()];
        for (at, leaf) in self.leaves.iter().enumerate() {
            match self.contributions.of_node[leaf.node] {
                Some(item) => self.contribution_chain(item, &lines_of, &mut written, &mut draft),
                None => {
                    let kind = if headline == Some(at) {
                        BlockKind::Headline
                    } else {
                        self.kind(leaf, headline.is_some_and(|h| at > h))
                    };
                    draft.write(kind, &self.line_text(leaf, kind));
                }
            }
        }
        keep_list_openings(&mut draft);
        drop_empty_headings(&mut draft, headline.is_some());
        draft
    }

    fn line_text(&self, leaf: &Leaf, kind: BlockKind) -> String {
        if kind == BlockKind::Comment {
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
        for leaf in lines.iter().map(|at| &self.leaves[*at]) {
            if Register::shipped().furniture.matches(&leaf.text) {
                continue;
            }
            let span = draft.write_line(&self.names.without_names(&leaf.text));
            whole = Some(whole.map_or(span, |whole| whole.cover(span)));
            if self
                .above(leaf.node)
                .any(|(node, name)| node >= contribution.node && name == Tag::Blockquote)
            {
                quotations.push(span);
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

    fn kind(&self, leaf: &Leaf, after_headline: bool) -> BlockKind {
        match leaf.zone {
            Zone::Advert => BlockKind::Advert,
            Zone::Readers => self.kind_among_readers(leaf),
            Zone::Frame | Zone::Hidden => BlockKind::Boilerplate,
            Zone::Content if self.in_body(leaf) => self.kind_in_body(leaf),
            Zone::Content if after_headline && leaf.node < self.body => self.kind_before_body(leaf),
            Zone::Content => BlockKind::Boilerplate,
        }
    }

    /// Between headline and body stand byline, day and the standfirst.
    fn kind_before_body(&self, leaf: &Leaf) -> BlockKind {
        let prose = leaf.words() >= STANDFIRST_WORDS_MIN && leaf.link_share() < 0.2;
        let fallback = if prose { self.kind_in_body(leaf) } else { BlockKind::Boilerplate };
        self.head(leaf).unwrap_or(if fallback == BlockKind::Headline {
            BlockKind::Paragraph
        } else {
            fallback
        })
    }

    /// A line of a readers' section in which no contribution is marked.
    fn kind_among_readers(&self, leaf: &Leaf) -> BlockKind {
        let register = Register::shipped();
        let heading = self.above(leaf.node).next().is_some_and(|(_, name)| name.is_heading());
        let prose =
            leaf.words() >= 5 && leaf.link_share() < 0.5 && !heading && self.zones.items.is_empty();
        let framed = register.border.matches(&leaf.text) || register.furniture.matches(&leaf.text);
        match () {
            () if !prose || framed || self.zones.said[leaf.node].says(Says::CommentMeta) => {
                BlockKind::Boilerplate
            }
            () if register.is_advert(&leaf.text) => BlockKind::Advert,
            () => BlockKind::Comment,
        }
    }

    fn kind_in_body(&self, leaf: &Leaf) -> BlockKind {
        if let Some(head) = self.head(leaf) {
            return head;
        }
        let register = Register::shipped();
        let pointer = leaf.words() < POINTER_WORDS_MAX && leaf.link_share() > POINTER_SHARE_MIN;
        if register.furniture.matches(&leaf.text)
            || register.border.matches(&leaf.text)
            || pointer && !wording::ends_sentence(&leaf.text)
        {
            return BlockKind::Boilerplate;
        }
        for (node, name) in self.above(leaf.node) {
            let caption = name == Tag::Figcaption || self.zones.said[node].says(Says::Caption);
            match name {
                _ if caption => return BlockKind::Caption,
                Tag::Blockquote => return BlockKind::Quotation,
                Tag::Li => return BlockKind::ListItem,
                _ if name.is_heading() => return BlockKind::Headline,
                _ if node <= self.body => break,
                _ => {}
            }
        }
        let label = leaf.words() <= LABEL_WORDS_MAX
            && (leaf.text.ends_with(':') || !wording::ends_sentence(&leaf.text));
        match () {
            () if register.is_advert(&leaf.text) => BlockKind::Advert,
            () if label => BlockKind::Boilerplate,
            () => BlockKind::Paragraph,
        }
    }

    fn head(&self, leaf: &Leaf) -> Option<BlockKind> {
        let short =
            leaf.words() <= HEAD_WORDS_MAX && !(leaf.words() > 8 && leaf.text.ends_with('.'));
        let by = leaf.text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "))
            && leaf.words() <= 8;
        match () {
            () if short && (leaf.byline || by && !leaf.text.ends_with('.')) => {
                Some(BlockKind::Byline)
            }
            () if short && leaf.dateline => Some(BlockKind::Dateline),
            () => None,
        }
    }

    /// The first `h1` that has most words of the page's title; the line that is the title, where no `h1` is.
    fn headline(&self) -> Option<usize> {
        let title: Vec<String> = self.title.as_deref().map(wording::words).unwrap_or_default();
        let shown =
            |leaf: &Leaf| matches!(leaf.zone, Zone::Content | Zone::Frame) && leaf.words() <= 40;
        let mut best: Option<(usize, f32)> = None;
        for (at, leaf) in self.leaves.iter().enumerate().filter(|(_, leaf)| shown(leaf)) {
            let words = wording::words(&leaf.text);
            let common = words.iter().filter(|word| title.contains(word)).count() as f32;
            let share = common / words.len().max(title.len()).max(1) as f32;
            let first = self.above(leaf.node).take(3).any(|(_, name)| name == Tag::H1);
            let heading = self.above(leaf.node).take(2).any(|(_, name)| name.is_heading());
            let likeness = match (first, heading) {
                (true, _) if leaf.zone == Zone::Content => 0.6 + share,
                (true, _) => 0.3 + share,
                (false, true) if share >= 0.6 => share,
                _ => continue,
            };
            if best.is_none_or(|(_, before)| likeness > before + 0.05) {
                best = Some((at, likeness));
            }
        }
        best.map(|(at, _)| at)
    }

    fn in_body(&self, leaf: &Leaf) -> bool {
        (self.body..self.dom.nodes[self.body].end).contains(&leaf.node)
    }

    /// The elements around a node, itself first.
    fn above(&self, node: NodeIndex) -> impl Iterator<Item = (NodeIndex, Tag)> {
        self.dom.above(node).take(ABOVE_LEVELS_MAX)
    }
}

/// "Its terms:" is short as a label, but opens the list below it.
fn keep_list_openings(draft: &mut Draft) {
    for at in 1..draft.blocks.len() {
        let opens = draft.blocks[at - 1].span.of(&draft.text).trim_end().ends_with(':');
        if draft.blocks[at].kind == BlockKind::ListItem
            && draft.blocks[at - 1].kind == BlockKind::Boilerplate
            && opens
        {
            draft.blocks[at - 1].kind = BlockKind::Paragraph;
        }
    }
}

/// A heading above nothing of the report ("More on this") heads a frame. The first headline is the report's own.
fn drop_empty_headings(draft: &mut Draft, has_headline: bool) {
    let mut heads_something = false;
    let first = draft
        .blocks
        .iter()
        .position(|block| block.kind == BlockKind::Headline)
        .filter(|_| has_headline);
    for (at, block) in draft.blocks.iter_mut().enumerate().rev() {
        match block.kind {
            BlockKind::Paragraph | BlockKind::ListItem => heads_something = true,
            BlockKind::Quotation if block.parent.is_none() => heads_something = true,
            BlockKind::Headline if Some(at) != first => {
                if !heads_something {
                    block.kind = BlockKind::Boilerplate;
                }
                heads_something = false;
            }
            BlockKind::Boilerplate => {
                heads_something = heads_something && block.span.len() < FRAME_LINE_BYTES_MAX
            }
            _ => {}
        }
    }
}
