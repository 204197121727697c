//! Takes a page's lines, zones and body, gives the readers' contributions that no name of an element marks.
//! Invariant: only what stands beside or below the report can be a contribution; what holds most of the report never is.
//!
//! A readers' part is known by a name, or by a line that announces it ("3 comments"). Its contributions are elements of
//! one kind, each with words and with something that says who, when or what a reader can do with it.

use super::{
    body::Body,
    dom::{Dom, NodeIndex},
    flat,
    leaves::Leaf,
    signs::{Signs, forms, signs},
    tag::Tag,
    talk,
    tokens::Attribute,
    zones::{Item, Zone, Zones},
};
use crate::{controls, register::Register, signed, stamp};
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

/// Readers are announced when this share of the report has gone by.
const REPORT_SHARE_BEFORE_MIN: f32 = 0.6;

/// A report has a paragraph at least.
const PARAGRAPH_WORTH_MIN: f32 = 20.0;

/// Elements of one kind of which at least this share are contributions are a thread.
const CONTRIBUTIONS_SHARE_MIN: f32 = 0.6;

/// Of two kinds with about the same words the one with more elements is the contribution, the other wraps it.
const WORDS_SHARE_MIN: f32 = 0.75;

/// Contributions that are elements hold this share of a section's words.
const SECTION_SHARE_MIN: f32 = 0.75;

/// A part of the page that may be the readers'.
struct Section {
    nodes: Range<NodeIndex>,
    /// A name or a line says that it is theirs.
    known: bool,
    /// All of it is theirs, not just the contributions found in it.
    whole: bool,
}

/// Adds what names did not tell; true where there was something.
pub(super) fn find(dom: &Dom, zones: &mut Zones, leaves: &[Leaf], body: &Body) -> bool {
    if talk::find(dom, zones, leaves) {
        return true;
    }
    let sections = sections(dom, zones, leaves, body);
    // Where nothing says that there are readers, only lines that can be answered show them: most pages have none.
    let known = sections.iter().any(|section| section.known);
    if !known && !leaves.iter().any(|leaf| controls::answers(&leaf.text)) {
        return false;
    }
    let forms = forms(dom, zones);
    let signs = signs(dom, zones, leaves, &forms);
    let mut found = false;
    for section in sections {
        let items = items(dom, (&signs, &forms), leaves, &section);
        let whole = Item { start: section.nodes.start, end: section.nodes.end };
        for part in items.iter().chain(section.whole.then_some(&whole)) {
            for zone in &mut zones.zone[part.start..part.end] {
                if matches!(zone, Zone::Content | Zone::Frame) {
                    *zone = Zone::Readers;
                }
            }
            found = true;
        }
        zones.items.extend(items);
    }
    zones.items.sort_by_key(|item| (item.start, std::cmp::Reverse(item.end)));
    zones.items.dedup();
    found
}

/// Named sections without named contributions, then what lines announce, then what stands behind the report.
fn sections(dom: &Dom, zones: &Zones, leaves: &[Leaf], body: &Body) -> Vec<Section> {
    let mut found = Vec::new();
    let mut at = 1;
    while at < dom.nodes.len() {
        let end = dom.nodes[at].end;
        if zones.zone[at] == Zone::Readers && dom.element(at).is_some() {
            // The contributions stand in the order of the page.
            let first = zones.items.partition_point(|item| item.start < at);
            if zones.items.get(first).is_none_or(|item| item.start >= end) {
                found.push(Section { nodes: at..end, known: true, whole: true });
            }
            at = end;
        } else {
            at += 1;
        }
    }
    if !zones.items.is_empty() || !found.is_empty() {
        return found;
    }
    found.extend(announced(dom, leaves, body));
    if !found.iter().any(|section: &Section| section.whole) {
        found.push(Section { nodes: 1..dom.nodes.len(), known: false, whole: false });
    }
    found
}

/// What a line such as "3 comments" announces. Above the report such a line only leads there; where the report is short
/// beside what is said of it, the contributions themselves must show that they are some.
fn announced(dom: &Dom, leaves: &[Leaf], body: &Body) -> Option<Section> {
    let register = Register::shipped();
    let worth = |leaf: &Leaf| {
        let inside = body.holds(dom, leaf.node);
        if inside { super::body::line_worth(dom, leaf).max(0.0) } else { 0.0 }
    };
    let whole: f32 = leaves.iter().map(worth).sum();
    // A page can announce a million times what does not come: lines are looked for by their place.
    let lines_of = |wanted: fn(&Leaf) -> bool| {
        let mut nodes: Vec<NodeIndex> =
            leaves.iter().filter(|leaf| wanted(leaf)).map(|leaf| leaf.first).collect();
        nodes.sort_unstable();
        nodes
    };
    let is_signed = |leaf: &Leaf| stamp::is_stamp(&leaf.text) || signed::read(&leaf.text).is_some();
    let (filled, mut told) = (lines_of(|_| true), None);
    let mut before = 0.0;
    let mut found = None;
    for (at, leaf) in leaves.iter().enumerate() {
        let shown = matches!(leaf.zone, Zone::Content | Zone::Frame);
        if shown && before > 0.0 && leaf.link_share() < 0.9 && register.border.matches(&leaf.text) {
            let passed = before >= REPORT_SHARE_BEFORE_MIN * whole;
            // The heading may be a line among others of one element.
            let own_end = match leaves.get(at + 1) {
                Some(next) if next.first < dom.nodes[leaf.node].end => next.first,
                _ => dom.nodes[leaf.node].end,
            };
            let nodes = behind(dom, body, leaf.node, own_end);
            if holds(&filled, &nodes) {
                // Behind a paragraph at least, what says who and when is the readers', however short the report is.
                let passed = passed
                    || before >= PARAGRAPH_WORTH_MIN
                        && leaf.link_share() < 0.5
                        && holds(told.get_or_insert_with(|| lines_of(is_signed)), &nodes);
                let section = Section { nodes, known: true, whole: passed };
                if passed {
                    return found.or(Some(section));
                }
                found = found.or(Some(section));
            }
        }
        before += worth(leaf);
    }
    found
}

/// True when one of the nodes, which stand in order, lies in the range.
fn holds(nodes: &[NodeIndex], range: &Range<NodeIndex>) -> bool {
    let first = nodes.partition_point(|node| *node < range.start);
    nodes.get(first).is_some_and(|node| *node < range.end)
}

/// The nodes behind a heading that belong to it: the rest of the box it stands in, or what follows it beside the report.
fn behind(dom: &Dom, body: &Body, node: NodeIndex, own_end: NodeIndex) -> Range<NodeIndex> {
    let most = body.worth[body.root] * 0.5;
    let holds_report = |at: NodeIndex| body.worth[at] > most && body.worth[at] > 0.0;
    if holds_report(node) {
        return own_end..dom.nodes[node].end;
    }
    let mut around = node;
    let mut above = dom.nodes[node].parent;
    while above > 0 && !holds_report(above) && dom.tag(above) != Some(Tag::Body) {
        around = above;
        above = dom.nodes[above].parent;
    }
    if dom.nodes[around].end > own_end {
        own_end..dom.nodes[around].end
    } else {
        own_end..dom.nodes[above].end
    }
}

/// What kind of element a node is: its name and the first two of its classes, numbers and turns left out.
fn kind(dom: &Dom, node: NodeIndex) -> Option<(u8, u64)> {
    let element = dom.element(node)?;
    if !(element.tag.is_item() || matches!(element.tag, Tag::P | Tag::Pre | Tag::Blockquote)) {
        return None;
    }
    let classes = dom.value(element, Attribute::Class).unwrap_or_default();
    let stems = classes
        .split_whitespace()
        .map(|class| class.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_')))
        .filter(|stem| {
            !matches!(*stem, "" | "odd" | "even" | "first" | "last" | "alt" | "active" | "depth")
        });
    let hash = stems.take(2).flat_map(str::bytes).fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Some((element.tag as u8, hash))
}

/// The contributions of a section.
fn items(
    dom: &Dom,
    (signs, forms): (&[Signs], &[Range<NodeIndex>]),
    leaves: &[Leaf],
    section: &Section,
) -> Vec<Item> {
    let mut groups: BTreeMap<(NodeIndex, u8, u64), Vec<NodeIndex>> = BTreeMap::new();
    // The element of a section is no contribution itself.
    let Range { start, end } = section.nodes;
    let own = section.whole && dom.nodes[start].end == end;
    for at in start + usize::from(own)..end {
        if let Some((tag, hash)) = kind(dom, at) {
            groups.entry((dom.nodes[at].parent, tag, hash)).or_default().push(at);
        }
    }
    let good = |nodes: &[NodeIndex]| {
        let contributions = nodes.iter().filter(|at| signs[**at].is_contribution()).count();
        let sure = nodes.iter().filter(|at| signs[**at].is_sure()).count();
        let certain = nodes.iter().filter(|at| signs[**at].is_certain()).count();
        let share = |count: usize| count as f32 / nodes.len() as f32;
        let wraps = |at: &&NodeIndex| signs[**at].is_several() && !holds_its_kind(dom, **at);
        if nodes.iter().filter(wraps).count() * 2 > nodes.len() {
            return false;
        }
        match (section.known, nodes.len()) {
            (true, 1) => sure == 1,
            (true, _) => share(contributions) >= CONTRIBUTIONS_SHARE_MIN && sure > 0,
            (false, 1) => false,
            (false, _) => share(certain) >= CONTRIBUTIONS_SHARE_MIN && certain >= 2,
        }
    };
    let words = |nodes: &[NodeIndex]| nodes.iter().map(|at| signs[*at].words).sum::<u32>();
    let candidates: Vec<_> = groups.into_iter().filter(|(_, nodes)| good(nodes)).collect();
    let most = candidates.iter().map(|(_, nodes)| words(nodes)).max().unwrap_or(0);
    let chosen = candidates
        .iter()
        .filter(|(_, nodes)| words(nodes) as f32 >= most as f32 * WORDS_SHARE_MIN)
        .max_by_key(|((parent, ..), nodes)| (nodes.len(), std::cmp::Reverse(*parent)));
    // Boards without elements for contributions have some in a box of answers only.
    let flat = || flat::items(dom, leaves, forms, &section.nodes);
    let rest = if section.known { words_in(dom, signs, &section.nodes) } else { 0 };
    if (most as f32) < rest as f32 * SECTION_SHARE_MIN {
        let flat = flat();
        if flat.len() > chosen.map_or(1, |(_, nodes)| nodes.len()) {
            return flat;
        }
    }
    match chosen {
        Some(((_, tag, hash), _)) => {
            let same = |at: &NodeIndex| {
                kind(dom, *at) == Some((*tag, *hash)) && signs[*at].is_contribution()
            };
            let whole = |at: NodeIndex| Item { start: at, end: dom.nodes[at].end };
            let mut found: Vec<NodeIndex> = section.nodes.clone().filter(same).collect();
            found.extend(beside(dom, signs, section, &found));
            found.sort_unstable();
            found.into_iter().map(whole).collect()
        }
        None if section.known => flat(),
        None => Vec::new(),
    }
}

/// The words of a stretch of nodes, those of its outermost elements together.
fn words_in(dom: &Dom, signs: &[Signs], nodes: &Range<NodeIndex>) -> u32 {
    let mut at = nodes.start;
    let mut words = 0;
    while at < nodes.end {
        words += signs[at].words;
        at = dom.nodes[at].end;
    }
    words
}

/// Elements of other names between those found that are as surely contributions: an author's answer is set apart.
fn beside(dom: &Dom, signs: &[Signs], section: &Section, found: &[NodeIndex]) -> Vec<NodeIndex> {
    let parents: BTreeSet<NodeIndex> = found.iter().map(|at| dom.nodes[*at].parent).collect();
    let tags = |at: NodeIndex| dom.tag(at).filter(|tag| tag.is_item());
    let Some(tag) = found.first().and_then(|at| tags(*at)) else { return Vec::new() };
    let other = |at: &NodeIndex| {
        found.binary_search(at).is_err()
            && dom.tag(*at) == Some(tag)
            && parents.contains(&dom.nodes[*at].parent)
            && signs[*at].is_sure()
            && !signs[*at].is_several()
    };
    section.nodes.clone().filter(other).collect()
}

/// True for an element with another of its kind inside: a contribution with its answers.
fn holds_its_kind(dom: &Dom, at: NodeIndex) -> bool {
    let own = kind(dom, at);
    (at + 1..dom.nodes[at].end).any(|inner| kind(dom, inner) == own)
}
