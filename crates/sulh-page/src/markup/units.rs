//! Takes the elements marked as contributions, gives those that are one each, and which one each answers.
//! Invariant: of an element and the one it only wraps, one is a contribution, never both.

use super::{
    dom::{Dom, NodeIndex},
    names::Says,
    parts::is_meta,
    tag::Tag,
    zones::{Item, Zones},
};

/// A box of answers lies this close around them.
const BOX_LEVELS_MAX: usize = 4;

/// What stands between a contribution and the box of its answers is little.
const GAP_NODES_MAX: usize = 64;

/// What a marked element holds of its own, outside marked elements inside it.
#[derive(Clone, Default)]
struct Own {
    /// Words that are no name, day or label.
    words: bool,
    /// Words of any kind.
    labels: bool,
    inner: Vec<usize>,
}

/// Elements that are one contribution each. An element marked as one that has no words beside marked elements inside it
/// only wraps them: the one inside is the contribution, save where others lie beside it in a box of their own. Those are
/// answers, and the wrapper is the contribution they answer. So it is where the wrapper says who, or what rank.
pub(super) fn units(dom: &Dom, zones: &Zones) -> Vec<Item> {
    let items = &zones.items;
    let own = own(dom, zones);
    let mut keep = vec![true; items.len()];
    for (outer, found) in own.iter().enumerate().filter(|(_, found)| !found.words) {
        let [first, rest @ ..] = &found.inner[..] else { continue };
        let parent = |item: &usize| dom.nodes[items[*item].start].parent;
        let answered = !rest.is_empty() && rest.iter().all(|item| parent(item) != parent(first));
        let labelled = rest.is_empty() && found.labels;
        keep[if answered || labelled { *first } else { outer }] = false;
    }
    (0..items.len()).filter(|at| keep[*at]).map(|at| items[at]).collect()
}

fn own(dom: &Dom, zones: &Zones) -> Vec<Own> {
    let items = &zones.items;
    let mut own = vec![Own::default(); items.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    let mut label_until = 0;
    for at in 0..dom.nodes.len() {
        while open.last().is_some_and(|item| items[*item].end <= at) {
            open.pop();
        }
        let mut starts = false;
        while items.get(next).is_some_and(|item| item.start == at) {
            if let Some(outer) = open.last() {
                own[*outer].inner.push(next);
            }
            open.push(next);
            next += 1;
            starts = true;
        }
        let Some(item) = open.last() else { continue };
        // What is marked inside begins anew: no label around it hides it.
        let holds_marked = items.get(next).is_some_and(|item| item.start < dom.nodes[at].end);
        if !starts && !holds_marked && at >= label_until && is_meta(dom, zones, at, None) {
            label_until = dom.nodes[at].end;
        }
        // "#3" numbers a contribution.
        let words = dom.words(at).chars().any(char::is_alphabetic);
        own[*item].labels |= words;
        own[*item].words |= words && at >= label_until;
    }
    own
}

/// The contribution that those in a box of answers answer: the one that ends right before the box.
pub(super) fn before_box(dom: &Dom, zones: &Zones, items: &[Item], item: usize) -> Option<usize> {
    let start = items[item].start;
    let around = dom.above(start).skip(1).take(BOX_LEVELS_MAX).map(|(node, _)| node);
    let answers = around.into_iter().find(|node| {
        zones.said[*node].says(Says::CommentAnswers) || is_answers_box(dom, items, *node)
    })?;
    let start_before = items.partition_point(|item| item.start < answers);
    let before = (0..start_before).rev().find(|at| items[*at].end <= answers)?;
    // What lies in the one before is answered with it.
    let holds = |at: &usize| items[*at].end >= items[before].end && items[*at].end <= answers;
    let before = (0..before).rev().take_while(|at| holds(at)).last().unwrap_or(before);
    // White space may stand between the two.
    let mut between = items[before].end..answers;
    let gap =
        between.len() <= GAP_NODES_MAX && between.all(|node| dom.words(node).trim().is_empty());
    gap.then_some(before)
}

/// True for an element that stands right behind a contribution, where nothing else stands beside the two, or another
/// contribution follows: it holds the answers to the first.
fn is_answers_box(dom: &Dom, items: &[Item], node: NodeIndex) -> bool {
    let is_item = |at: NodeIndex| items.binary_search_by_key(&at, |item| item.start).is_ok();
    let parent = dom.nodes[node].parent;
    let first_inside = items.partition_point(|item| item.start <= node);
    let Some(before) = items[..first_inside].iter().rev().find(|item| item.end <= node) else {
        return false;
    };
    if is_item(node) || dom.nodes[before.start].parent != parent {
        return false;
    }
    let follows = || {
        let next = items.partition_point(|item| item.start < dom.nodes[node].end);
        items.get(next).is_some_and(|item| dom.nodes[item.start].parent == parent)
    };
    let blank = |mut nodes: std::ops::Range<NodeIndex>| {
        nodes.len() <= GAP_NODES_MAX && nodes.all(|at| dom.words(at).trim().is_empty())
    };
    let alone =
        || blank(parent + 1..before.start) && blank(dom.nodes[node].end..dom.nodes[parent].end);
    // Wikis set what answers a paragraph in a list of definitions below it.
    dom.tag(node) == Some(Tag::Dl) || follows() || alone()
}
