//! Takes a tree and what its names say, gives the posts of a forum: what stands around each panel that says who posted.
//! Invariant: a post holds one panel; posts never overlap, and a page with a single panel has none.

use super::{
    dom::{Dom, NodeIndex},
    names::Says,
    tag::Tag,
    zones::{Item, Zone, Zones},
};

/// One panel may be that of the reader who is logged in.
const PANELS_MIN: usize = 2;

/// A name stands this close below its cell.
const CELL_LEVELS_MAX: usize = 3;

/// Name, rank, day of joining, number of posts; an element with more is none, and one without words is a picture.
const PANEL_BYTES_MAX: u32 = 400;

/// The posts, in the order of the page.
pub(super) fn find(dom: &Dom, zones: &Zones) -> Vec<Item> {
    let mut panels = panels(dom, zones);
    if panels.is_empty() {
        panels = names(dom, zones);
    }
    if panels.len() < PANELS_MIN {
        return Vec::new();
    }
    let posts = panels.iter().map(|at| post(dom, zones, &panels, *at));
    posts.collect::<Option<Vec<Item>>>().unwrap_or_default()
}

/// The panels, outermost elements only.
fn panels(dom: &Dom, zones: &Zones) -> Vec<NodeIndex> {
    let mut found = Vec::new();
    let mut until = 0;
    for (at, _) in dom.elements() {
        if at >= until && zones.said[at].says(Says::Poster) && zones.zone[at] != Zone::Hidden {
            found.push(at);
            until = dom.nodes[at].end;
        }
    }
    found
}

/// The names beside the words of posts on boards laid out in tables: a name a row, and words beside each.
fn names(dom: &Dom, zones: &Zones) -> Vec<NodeIndex> {
    let spans = || {
        let shown = |(at, _): &(NodeIndex, _)| zones.zone[*at] != Zone::Hidden;
        let spans = dom.elements().filter(|(_, element)| element.tag == Tag::Span).filter(shown);
        spans.map(|(at, _)| at)
    };
    let names: Vec<NodeIndex> = spans()
        .filter(|at| zones.said[*at].says(Says::CommentAuthor))
        .filter(|at| dom.above(*at).take(CELL_LEVELS_MAX).any(|(_, tag)| tag == Tag::Td))
        .collect();
    let words = spans().filter(|at| zones.said[*at].says(Says::PostWords)).count();
    if words >= names.len() { names } else { Vec::new() }
}

/// The largest element around a panel that holds no other.
fn post(dom: &Dom, zones: &Zones, panels: &[NodeIndex], panel: NodeIndex) -> Option<Item> {
    let alone = |at: NodeIndex| {
        let first = panels.partition_point(|panel| *panel < at);
        panels.get(first + 1).is_none_or(|next| *next >= dom.nodes[at].end)
    };
    let around = dom.above(panel).skip(1).take_while(|(at, tag)| {
        *at > 0
            && !matches!(tag, Tag::Body | Tag::Html | Tag::Main)
            && alone(*at)
            && !zones.weights.has_title(dom, *at)
    });
    let (start, _) = around.filter(|(_, tag)| tag.is_item()).last()?;
    // What stands below a text signs it; outlets' own pieces are signed like that, though not in the words of boards.
    let named = zones.weights.bytes(dom, panel);
    let bytes = |from: NodeIndex, to: NodeIndex| zones.weights.between(from, to);
    let end = dom.nodes[start].end;
    let below = bytes(start, panel) > bytes(dom.nodes[panel].end, end);
    if !(1..=PANEL_BYTES_MAX).contains(&named)
        || below && !zones.said[panel].says(Says::BoardPoster)
    {
        return None;
    }
    Some(Item { start, end: dom.nodes[start].end })
}
