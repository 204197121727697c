//! Takes the lines of a page, gives the contributions of a page of talk as wikis have them: each is signed at its end.
//! Invariant: a page without several such lines is none, and nothing of it is changed.

use super::{
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    zones::{Item, Zone, Zones},
};
use crate::signed;

/// A page of talk has several contributions, each a paragraph with its answers.
const TALK_LINES_MIN: usize = 2;
const TALK_NODES_MAX: usize = 2_000;

/// Adds the contributions and gives true; all else on such a page is the wiki's.
pub(super) fn find(dom: &Dom, zones: &mut Zones, leaves: &[Leaf]) -> bool {
    let signed = |leaf: &&Leaf| {
        leaf.zone == Zone::Content
            && dom.nodes[leaf.node].end - leaf.node <= TALK_NODES_MAX
            && signed::signs_off(&leaf.text).is_some()
    };
    let nodes: Vec<NodeIndex> = leaves.iter().filter(signed).map(|leaf| leaf.node).collect();
    if !zones.items.is_empty() || nodes.len() < TALK_LINES_MIN {
        return false;
    }
    for at in nodes {
        zones.items.push(Item { start: at, end: dom.nodes[at].end });
        zones.zone[at..dom.nodes[at].end].fill(Zone::Readers);
    }
    zones.is_forum = true;
    true
}
