//! Takes the lines of the report's element, gives which stretches of it are lists of other pages and notices.
//! Invariant: only lines of the report's own element are taken out of it, never its headline.
//!
//! Below the report's element a line of elements leads down to the one that holds most of the text: the spine. What hangs
//! beside the spine is a region: a box, a list, a teaser. A heading such as "Related" takes its whole region with it.

use super::{
    body::Body,
    dom::{Dom, NodeIndex},
    leaves::Leaf,
};
use crate::{register::Furniture, wording};
use std::ops::Range;
use sulh_model::page::BlockKind;

/// The spine goes on as long as one child holds this share of the text.
const SPINE_SHARE_MIN: f32 = 0.5;

/// A region with a larger share of the report's worth is the report, whatever heads it.
const REGION_SHARE_MAX: f32 = 0.35;

/// A paragraph this long without links ends a list of other pages.
const PROSE_WORDS_MIN: usize = 12;

pub(super) struct Regions<'a> {
    body: &'a Body,
    /// Nodes of the spine, the report's element first: in the order of the page.
    spine: Vec<NodeIndex>,
    /// Lines of the report's element.
    lines: Range<usize>,
}

impl<'a> Regions<'a> {
    pub fn of(dom: &Dom, leaves: &[Leaf], body: &'a Body) -> Self {
        let inside = |leaf: &Leaf| body.holds(dom, leaf.node);
        let start = leaves.iter().position(inside).unwrap_or(leaves.len());
        let end = leaves.iter().rposition(inside).map_or(start, |last| last + 1);
        Self { body, spine: spine(dom, body), lines: start..end }
    }

    /// Marks what belongs to lists of other pages as boilerplate.
    pub fn drop_others(
        &self,
        dom: &Dom,
        leaves: &[Leaf],
        kinds: &mut [BlockKind],
        headline: Option<usize>,
    ) {
        let furniture = Furniture::shipped();
        let mut at = self.lines.start;
        while at < self.lines.end {
            let leaf = &leaves[at];
            let heads = Some(at) != headline
                && is_text(kinds[at]) | (kinds[at] == BlockKind::Boilerplate)
                && self.body.holds(dom, leaf.node)
                && furniture.heads_others(&leaf.text);
            if !heads {
                at += 1;
                continue;
            }
            let end = self.end_of_others(dom, leaves, kinds, at);
            for kind in &mut kinds[at..end] {
                if is_text(*kind) {
                    *kind = BlockKind::Boilerplate;
                }
            }
            at = end;
        }
    }

    /// One past the last line that belongs to a list of other pages headed by the line `at`.
    fn end_of_others(&self, dom: &Dom, leaves: &[Leaf], kinds: &[BlockKind], at: usize) -> usize {
        let region = self.region(dom, leaves[at].node);
        if let Some(region) = region
            && self.body.worth[region] < REGION_SHARE_MAX * self.body.worth[self.body.root]
        {
            let inside = |leaf: &Leaf| (region..dom.nodes[region].end).contains(&leaf.node);
            let length = leaves[at..self.lines.end].iter().take_while(|leaf| inside(leaf)).count();
            if length > 1 {
                return at + length.max(1);
            }
        }
        // The heading stands alone among paragraphs: what is linked below it goes with it.
        let goes_on = |(leaf, kind): (&Leaf, &BlockKind)| {
            let prose = leaf.words() >= PROSE_WORDS_MIN && leaf.link_share() < 0.5
                || leaf.link_share() < 0.2 && wording::ends_sentence(&leaf.text);
            !(prose && is_text(*kind))
        };
        let rest = leaves[at + 1..self.lines.end].iter().zip(&kinds[at + 1..self.lines.end]);
        at + 1 + rest.take_while(|line| goes_on(*line)).count()
    }

    /// The highest element around a node that hangs beside the spine.
    fn region(&self, dom: &Dom, node: NodeIndex) -> Option<NodeIndex> {
        let mut below = None;
        for (at, _) in dom.above(node) {
            if self.spine.binary_search(&at).is_ok() {
                return below;
            }
            below = Some(at);
        }
        None
    }
}

/// Kinds that make up the report's text.
const fn is_text(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation | BlockKind::Headline
    )
}

fn spine(dom: &Dom, body: &Body) -> Vec<NodeIndex> {
    let mut spine = vec![body.root];
    let mut at = body.root;
    let least = body.worth[body.root] * SPINE_SHARE_MIN;
    loop {
        let mut child = at + 1;
        let mut next = None;
        while child < dom.nodes[at].end {
            if dom.element(child).is_some() && body.worth[child] > least {
                next = Some(child);
                break;
            }
            child = dom.nodes[child].end;
        }
        match next {
            Some(next) => {
                spine.push(next);
                at = next;
            }
            None => return spine,
        }
    }
}
