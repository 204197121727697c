//! Takes a page's lines, zones and body, gives the readers' contributions that no name of an element marks.
//! Invariant: only what stands beside or below the report can be a contribution; what holds most of the report never is.
//!
//! A readers' part is known by a name, or by a line that announces it ("3 comments"). Its contributions are elements of
//! one kind, each with words and with something that says who, when or what a reader can do with it.

use super::{
    body::Body,
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    names::Says,
    tag::Tag,
    tokens::Attribute,
    zones::{Item, Zone, Zones},
};
use crate::{
    controls,
    register::{Furniture, Register},
    signed, stamp,
};
use std::{collections::BTreeMap, ops::Range};

/// Readers are announced when this share of the report has gone by.
const REPORT_SHARE_BEFORE_MIN: f32 = 0.6;

/// A report has a paragraph at least.
const PARAGRAPH_WORTH_MIN: f32 = 20.0;

/// Elements of one kind of which at least this share are contributions are a thread.
const CONTRIBUTIONS_SHARE_MIN: f32 = 0.6;

/// Of two kinds with about the same words the one with more elements is the contribution, the other wraps it.
const WORDS_SHARE_MIN: f32 = 0.75;

/// A name is short.
const NAME_WORDS_MAX: usize = 4;

/// What the lines of an element say for its being a contribution.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    /// Words that are no name, day or button.
    words: u32,
    /// Lines that say when.
    stamps: u32,
    /// Lines or elements that say who.
    names: u32,
    /// "Like", "Report", "Share".
    buttons: u32,
    /// "Reply": an outlet's own entries have no such button.
    answers: u32,
}

impl Signs {
    fn add(&mut self, other: Self) {
        self.words += other.words;
        self.stamps += other.stamps;
        self.names += other.names;
        self.buttons += other.buttons;
        self.answers += other.answers;
    }

    /// Words, or a second short line that is no name after all ("Thank you").
    fn has_words(self) -> bool {
        self.words > 0 || self.names >= 2
    }

    fn is_contribution(self) -> bool {
        self.has_words() && (self.stamps > 0 || self.buttons > 0 || self.names > 0)
    }

    /// Two signs of three, for a contribution that stands alone.
    fn is_sure(self) -> bool {
        let shown = [self.stamps, self.buttons, self.names].iter().filter(|n| **n > 0).count();
        self.has_words() && shown >= 2
    }

    /// The signs of several contributions: it wraps them.
    fn is_several(self) -> bool {
        self.stamps >= 2 && (self.names >= 2 || self.buttons >= 2)
    }

    fn is_certain(self) -> bool {
        self.has_words() && self.stamps > 0 && self.answers > 0 && self.names > 0
    }
}

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
    let signs = signs(dom, zones, leaves);
    let mut found = false;
    for section in sections(dom, zones, leaves, body) {
        let items = items(dom, &signs, leaves, &section);
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
                Some(next) if next.node == leaf.node => next.first,
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

/// What each element's lines say, its own subtree's together.
fn signs(dom: &Dom, zones: &Zones, leaves: &[Leaf]) -> Vec<Signs> {
    let furniture = Furniture::shipped();
    let mut signs = vec![Signs::default(); dom.nodes.len()];
    for leaf in leaves.iter().filter(|leaf| leaf.zone != Zone::Advert) {
        let words = leaf.words() as u32;
        let mut own = Signs::default();
        if controls::are(&leaf.text) {
            own.buttons = 1;
            own.answers = u32::from(controls::answers(&leaf.text));
            own.stamps = u32::from(controls::stamped(&leaf.text).is_some());
        } else if signed::read(&leaf.text).is_some() {
            (own.names, own.stamps) = (1, 1);
        } else if stamp::is_stamp(&leaf.text) {
            own.stamps = 1;
        } else if is_name(&leaf.text, words as usize) {
            own.names = 1;
        } else if leaf.link_share() < 0.5 && !furniture.is_notice(&leaf.text) {
            own.words = words;
        }
        signs[leaf.node].add(own);
    }
    for (at, element) in dom.elements() {
        if zones.zone[at] == Zone::Hidden {
            continue;
        }
        let dated = element.tag == Tag::Time || dom.value(element, Attribute::Datetime).is_some();
        signs[at].stamps += u32::from(dated);
        signs[at].names += u32::from(zones.said[at].says(Says::CommentAuthor));
    }
    for at in (1..dom.nodes.len()).rev() {
        let own = signs[at];
        signs[dom.nodes[at].parent].add(own);
    }
    signs
}

/// A few words that are no sentence, or words that hand over to a name ("#1 Comment by Old Salt").
fn is_name(text: &str, words: usize) -> bool {
    let rest = stamp::without_number(text);
    let handed = stamp::without_opening(rest).len() < rest.len();
    (words <= NAME_WORDS_MAX || handed && words <= NAME_WORDS_MAX + 2)
        && rest.chars().next().is_some_and(char::is_alphanumeric)
        && !text.ends_with(['.', '!', '?'])
        && text.chars().any(char::is_alphabetic)
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
fn items(dom: &Dom, signs: &[Signs], leaves: &[Leaf], section: &Section) -> Vec<Item> {
    let mut groups: BTreeMap<(NodeIndex, u8, u64), Vec<NodeIndex>> = BTreeMap::new();
    for at in section.nodes.clone() {
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
    match chosen {
        Some(((_, tag, hash), _)) => {
            let same = |at: &NodeIndex| {
                kind(dom, *at) == Some((*tag, *hash)) && signs[*at].is_contribution()
            };
            let whole = |at: NodeIndex| Item { start: at, end: dom.nodes[at].end };
            section.nodes.clone().filter(same).map(whole).collect()
        }
        None if section.known => flat(dom, leaves, section),
        None => Vec::new(),
    }
}

/// True for an element with another of its kind inside: a contribution with its answers.
fn holds_its_kind(dom: &Dom, at: NodeIndex) -> bool {
    let own = kind(dom, at);
    (at + 1..dom.nodes[at].end).any(|inner| kind(dom, inner) == own)
}

/// Contributions that are no element of their own: a line that says who or when, and what follows it up to the next.
fn flat(dom: &Dom, leaves: &[Leaf], section: &Section) -> Vec<Item> {
    // Lines stand in the order of their first words; a page can have a section a line.
    let start = leaves.partition_point(|leaf| leaf.first < section.nodes.start);
    let inside = leaves[start..].iter().take_while(|leaf| leaf.first < section.nodes.end);
    let lines: Vec<&Leaf> = inside.filter(|leaf| leaf.zone != Zone::Advert).collect();
    let stamped = |at: usize| lines.get(at).is_some_and(|leaf| stamp::is_stamp(&leaf.text));
    let opens = |at: usize| {
        let text = lines[at].text.lines().next().unwrap_or_default();
        let named = signed::read(text).is_some() || signed::heads_prose(&lines[at].text).is_some();
        let words = text.split_whitespace().count();
        let over = words <= NAME_WORDS_MAX && is_name(text, words) && stamped(at + 1);
        named || over || stamped(at) && !(at > 0 && is_name(&lines[at - 1].text, words))
    };
    let mut starts: Vec<NodeIndex> =
        (0..lines.len()).filter(|at| opens(*at)).map(|at| lines[at].first).collect();
    starts.dedup();
    let end = lines.last().map_or(section.nodes.end, |last| {
        dom.nodes[last.node].end.max(last.first + 1).min(section.nodes.end)
    });
    let ends = starts.iter().skip(1).copied().chain([end]);
    let items = starts.iter().zip(ends).filter(|(start, end)| **start < *end);
    items.map(|(start, end)| Item { start: *start, end }).collect()
}
