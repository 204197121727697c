//! Takes the lines of a page, gives the element that holds the report.
//! Invariant: an element of the page is always found; where nothing reads like a report it is the root.
//!
//! Every line is worth its words when it reads like prose, and costs when it is links or a label. The report is the
//! element whose lines are worth most together: menus and teasers around it make every larger one cheaper.

use super::{
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    names::Says,
    tag::Tag,
    zones::{Zone, Zones},
};
use crate::wording;

/// One long paragraph must not outweigh an article.
const LINE_WORTH_MAX: f32 = 90.0;

/// A part marked as the body must hold this share of the best part's worth to be believed.
const MARKED_SHARE_MIN: f32 = 0.5;

/// The element that holds the report.
pub(super) struct Body {
    pub root: NodeIndex,
    /// What the lines of each node are worth together.
    pub worth: Vec<f32>,
}

impl Body {
    /// True for nodes of the report's element.
    pub fn holds(&self, dom: &Dom, node: NodeIndex) -> bool {
        (self.root..dom.nodes[self.root].end).contains(&node)
    }
}

/// Finds the element that holds the report.
pub(super) fn find(dom: &Dom, zones: &Zones, leaves: &[Leaf]) -> Body {
    let mut worth = vec![0.0_f32; dom.nodes.len()];
    for leaf in leaves.iter().filter(|leaf| leaf.zone == Zone::Content) {
        worth[leaf.node] += line_worth(dom, leaf);
    }
    for at in (1..dom.nodes.len()).rev() {
        let sum = worth[at];
        worth[dom.nodes[at].parent] += sum;
    }
    let (mut best, mut marked) = (0, None);
    for (at, element) in dom.elements() {
        if worth[at] >= worth[best] && worth[at] > 0.0 {
            best = at;
        }
        let said = zones.said[at].says(Says::Body) && zones.zone[at] == Zone::Content;
        if said || matches!(element.tag, Tag::Article | Tag::Main) {
            let better = marked.is_none_or(|before: NodeIndex| {
                worth[at] > worth[before] * if said { 0.9 } else { 1.1 }
            });
            marked = if better { Some(at) } else { marked };
        }
    }
    let root = match marked {
        Some(marked) if worth[marked] > worth[best] * MARKED_SHARE_MIN => marked,
        _ => best,
    };
    Body { root, worth }
}

/// What a line says for the report being here.
pub(super) fn line_worth(dom: &Dom, leaf: &Leaf) -> f32 {
    let words = leaf.words() as f32;
    let links = leaf.link_share();
    let heading = matches!(dom.tag(leaf.node), Some(Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4));
    if links > 0.5 {
        -(2.0 + words * 0.5)
    } else if heading {
        if links > 0.0 { -1.0 } else { 0.5 }
    } else if words >= 12.0 || words >= 5.0 && wording::ends_sentence(&leaf.text) {
        (words * (1.0 - links)).min(LINE_WORTH_MAX)
    } else {
        -1.0
    }
}
