//! Takes a page's lines, their zones and the element that holds the report, gives what each line is.
//! Invariant: a line is judged by its element, its own words and its neighbours alone; readers' contributions are judged elsewhere.

use super::{
    body::Body,
    dom::{Dom, NodeIndex},
    headline, heads,
    leaves::Leaf,
    names::Says,
    regions::Regions,
    tag::Tag,
    zones::{Zone, Zones},
};
use crate::{
    register::{Furniture, Register},
    stamp, wording,
};
use std::collections::BTreeMap;
use sulh_model::page::BlockKind;

/// Lines of heads are short.
const HEAD_WORDS_MAX: usize = 18;

/// A line in the report that is nearly all links and this short points elsewhere.
const POINTER_WORDS_MAX: usize = 25;
const POINTER_SHARE_MIN: f32 = 0.8;

/// A standfirst is a sentence or two.
const STANDFIRST_WORDS_MIN: usize = 10;

/// Lines this short that are no sentence are labels ("Categories", "Photo:").
const LABEL_WORDS_MAX: usize = 4;

/// Captions are short: an element of that name with more words holds text beside its picture.
const CAPTION_BYTES_MAX: u32 = 400;

/// A table of data has several cells, each with a few words.
const DATA_CELLS_MIN: u32 = 4;
const CELL_BYTES_MAX: u32 = 80;

/// A longer line of frame between heading and text says that the heading is the frame's.
const FRAME_LINE_BYTES_MAX: usize = 200;

/// A heading that is a sentence of so many words is the report's first paragraph.
const LEAD_WORDS_MIN: usize = 14;

/// What a board says of itself is worth no more.
const BOARD_WORTH_MAX: f32 = 45.0;

/// How far up an element is looked for around a line.
pub(super) const ABOVE_LEVELS_MAX: usize = 24;

/// Everything judging needs to see.
pub(super) struct Judge<'a> {
    pub dom: &'a Dom,
    pub zones: &'a Zones,
    pub leaves: &'a [Leaf],
    pub body: &'a Body,
    /// The page's title, by which its headline is known.
    pub title: Option<&'a str>,
}

impl Judge<'_> {
    /// What each line is; what a reader's line is, is told where contributions are written.
    pub fn kinds(&self) -> Vec<BlockKind> {
        let headline = headline::find(self.dom, self.leaves, self.title);
        let mut kinds: Vec<BlockKind> = self
            .leaves
            .iter()
            .enumerate()
            .map(|(at, leaf)| match headline {
                Some(head) if head == at => BlockKind::Headline,
                head => self.kind(leaf, head.is_some_and(|head| at > head)),
            })
            .collect();
        let regions = Regions::of(self.dom, self.leaves, self.body);
        regions.drop_others(self.dom, self.leaves, &mut kinds, headline);
        if !self.is_board() {
            self.keep_list_openings(&mut kinds);
            self.keep_short_lines(&mut kinds);
        }
        self.drop_empty_headings(&mut kinds, headline);
        heads::mark(self.leaves, &mut kinds, headline);
        kinds
    }

    fn kind(&self, leaf: &Leaf, after_headline: bool) -> BlockKind {
        match leaf.zone {
            Zone::Advert => BlockKind::Advert,
            Zone::Readers => self.kind_among_readers(leaf),
            Zone::Frame | Zone::Hidden => BlockKind::Boilerplate,
            // Between the posts of a forum the board itself speaks.
            Zone::Content if self.is_board() => {
                let head = self.head(leaf).filter(|kind| *kind == BlockKind::Dateline);
                head.unwrap_or(BlockKind::Boilerplate)
            }
            Zone::Content if self.in_body(leaf) => self.kind_in_body(leaf),
            Zone::Content if after_headline && leaf.node < self.body.root => {
                self.kind_before_body(leaf)
            }
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
        let heading = self.dom.tag(leaf.node).is_some_and(Tag::is_heading);
        let prose =
            leaf.words() >= 5 && leaf.link_share() < 0.5 && !heading && self.zones.items.is_empty();
        let framed = register.border.matches(&leaf.text) || register.furniture.matches(&leaf.text);
        match () {
            () if self.asks_to_write(leaf) => BlockKind::Boilerplate,
            () if !prose || framed || self.zones.said[leaf.node].says(Says::CommentMeta) => {
                BlockKind::Boilerplate
            }
            () if register.is_advert(&leaf.text) => BlockKind::Advert,
            () => BlockKind::Comment,
        }
    }

    fn asks_to_write(&self, leaf: &Leaf) -> bool {
        chain(self.dom, leaf.node).any(|(node, _)| self.zones.said[node].says(Says::CommentForm))
    }

    fn kind_in_body(&self, leaf: &Leaf) -> BlockKind {
        if let Some(head) = self.head(leaf).filter(|head| !self.is_entry(leaf, *head)) {
            return head;
        }
        let (register, furniture) = (Register::shipped(), Furniture::shipped());
        let pointer = leaf.words() < POINTER_WORDS_MAX && leaf.link_share() > POINTER_SHARE_MIN;
        if register.furniture.matches(&leaf.text)
            || register.border.matches(&leaf.text)
            || pointer && !wording::ends_sentence(&leaf.text)
            || furniture.is_pointer(&leaf.text)
            || furniture.is_notice(&leaf.text)
        {
            return BlockKind::Boilerplate;
        }
        if let Some(kind) = self.kind_by_elements(leaf) {
            return kind;
        }
        let label = leaf.words() <= LABEL_WORDS_MAX
            && (leaf.text.ends_with(':') || !wording::ends_sentence(&leaf.text));
        match () {
            () if furniture.is_credit(&leaf.text) => BlockKind::Caption,
            () if label => BlockKind::Boilerplate,
            () => BlockKind::Paragraph,
        }
    }

    /// What the elements around a line inside the body say it is.
    fn kind_by_elements(&self, leaf: &Leaf) -> Option<BlockKind> {
        for (node, tag) in self.dom.above(leaf.node).take(ABOVE_LEVELS_MAX) {
            let small = self.zones.weights.bytes(self.dom, node) <= CAPTION_BYTES_MAX;
            if tag == Tag::Figcaption || small && self.zones.said[node].says(Says::Caption) {
                return Some(BlockKind::Caption);
            }
            match tag {
                Tag::Blockquote => return Some(BlockKind::Quotation),
                Tag::Li => return Some(BlockKind::ListItem),
                _ if tag.is_heading() && !is_lead(leaf) => return Some(BlockKind::Headline),
                _ if node <= self.body.root => break,
                _ => {}
            }
        }
        None
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

    /// A topic of a forum without a report: boards have articles, too, marked as one or worth as much.
    fn is_board(&self) -> bool {
        self.zones.is_forum
            && !self.zones.said[self.body.root].says(Says::Body)
            && self.body.worth[self.body.root] <= BOARD_WORTH_MAX
    }

    /// A day and what happened on it in a list is an entry of the list, not the report's day.
    fn is_entry(&self, leaf: &Leaf, head: BlockKind) -> bool {
        let listed = || {
            let around = self.dom.above(leaf.node).take_while(|(node, _)| *node > self.body.root);
            around.into_iter().any(|(_, tag)| tag == Tag::Li)
        };
        head == BlockKind::Dateline && !stamp::is_stamp(&leaf.text) && listed()
    }

    fn in_body(&self, leaf: &Leaf) -> bool {
        self.body.holds(self.dom, leaf.node)
    }

    /// "Its terms:" is short as a label, but opens the list below it.
    fn keep_list_openings(&self, kinds: &mut [BlockKind]) {
        for at in 1..kinds.len() {
            let opens = self.leaves[at - 1].text.trim_end().ends_with(':');
            if kinds[at] == BlockKind::ListItem
                && kinds[at - 1] == BlockKind::Boilerplate
                && opens
                && self.in_body(&self.leaves[at - 1])
            {
                kinds[at - 1] = BlockKind::Paragraph;
            }
        }
    }

    /// A short line between paragraphs of one element is one of them ("Then silence"), and so is a cell of a table in the report.
    fn keep_short_lines(&self, kinds: &mut [BlockKind]) {
        let before = kinds.to_vec();
        let text = |at: usize| matches!(before[at], BlockKind::Paragraph | BlockKind::ListItem);
        // The last line of text in each element: what is short and stands behind it signs off.
        let mut last: BTreeMap<NodeIndex, usize> = BTreeMap::new();
        for at in (0..before.len()).filter(|at| text(*at)) {
            last.insert(self.holder(self.leaves[at].node), at);
        }
        let between = |at: usize| {
            let holder = self.holder(self.leaves[at].node);
            let beside =
                |other: usize| text(other) && self.holder(self.leaves[other].node) == holder;
            let next_to = at > 0 && beside(at - 1) || at + 1 < before.len() && beside(at + 1);
            next_to && last.get(&holder).is_some_and(|last| *last > at)
        };
        let mut tables = BTreeMap::new();
        for at in 0..kinds.len() {
            let leaf = &self.leaves[at];
            let label = before[at] == BlockKind::Boilerplate
                && leaf.zone == Zone::Content
                && self.in_body(leaf)
                && self.is_label(leaf);
            let in_data = |tables: &mut BTreeMap<NodeIndex, bool>| {
                let table = self.table(leaf);
                table.is_some_and(|table| {
                    *tables.entry(table).or_insert_with(|| self.is_data(table))
                })
            };
            if label && (between(at) || in_data(&mut tables)) {
                kinds[at] = BlockKind::Paragraph;
            }
        }
    }

    /// A short line that is no sentence and no furniture either.
    fn is_label(&self, leaf: &Leaf) -> bool {
        let (register, furniture) = (Register::shipped(), Furniture::shipped());
        leaf.words() <= LABEL_WORDS_MAX
            && leaf.link_share() < 0.5
            && !leaf.text.ends_with(':')
            && leaf.text.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && !register.furniture.matches(&leaf.text)
            && !register.border.matches(&leaf.text)
            && !furniture.is_pointer(&leaf.text)
            && !furniture.heads_others(&leaf.text)
            && !furniture.is_notice(&leaf.text)
    }

    /// The element that holds the element of a line.
    fn holder(&self, node: NodeIndex) -> NodeIndex {
        self.dom.nodes[node].parent
    }

    /// The table of data around a line inside the report's element; tables that lay out a page hold paragraphs.
    fn table(&self, leaf: &Leaf) -> Option<NodeIndex> {
        chain(self.dom, leaf.node)
            .take_while(|(node, _)| *node > self.body.root)
            .find(|(_, tag)| *tag == Tag::Table)
            .map(|(table, _)| table)
    }

    /// True for a table of short cells without links.
    fn is_data(&self, table: NodeIndex) -> bool {
        let nodes = table..self.dom.nodes[table].end;
        let cells =
            nodes.filter(|at| matches!(self.dom.tag(*at), Some(Tag::Td | Tag::Th))).count() as u32;
        cells >= DATA_CELLS_MIN
            && self.zones.weights.bytes(self.dom, table) / cells <= CELL_BYTES_MAX
            && self.zones.weights.link_share(self.dom, table) < 0.2
    }

    /// A heading above nothing of the report ("More on this") heads a frame. The page's own headline stays.
    fn drop_empty_headings(&self, kinds: &mut [BlockKind], headline: Option<usize>) {
        let mut heads_something = false;
        for (at, kind) in kinds.iter_mut().enumerate().rev() {
            match kind {
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation => {
                    heads_something = true;
                }
                BlockKind::Headline if Some(at) != headline => {
                    if !heads_something {
                        *kind = BlockKind::Boilerplate;
                    }
                    heads_something = false;
                }
                BlockKind::Boilerplate => {
                    heads_something &= self.leaves[at].text.len() < FRAME_LINE_BYTES_MAX;
                }
                _ => {}
            }
        }
    }
}

/// Several sentences, or a long one, set as a heading: a standfirst.
fn is_lead(leaf: &Leaf) -> bool {
    leaf.words() >= LEAD_WORDS_MIN && leaf.text.trim_end().ends_with(['.', '!', '?', '…'])
}

/// The stretch of elements around a node that are no part of `root`'s own line: itself first.
pub(super) fn chain(dom: &Dom, node: NodeIndex) -> impl Iterator<Item = (NodeIndex, Tag)> {
    dom.above(node).take(ABOVE_LEVELS_MAX)
}
