//! Takes a page's lines, zones and body, gives the readers' contributions that no name of an element marks.
//! Invariant: only what stands beside or below the report can be a contribution; what holds most of the report never is.
//!
//! A readers' part is known by a name, or by a line that announces it ("3 comments"). Its contributions are elements of
//! one kind, each with words and with something that says who, when or what a reader can do with it.

use super::{
    body::Body,
    contributions::strong_name,
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    names::Says,
    parts::is_input,
    tag::Tag,
    tokens::Attribute,
    zones::{Item, Zone, Zones},
};
use crate::{
    controls,
    register::{Furniture, Register},
    signed, stamp, turns,
};
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

/// A last line with a larger share of links leads elsewhere.
const CLOSING_LINK_SHARE_MIN: f32 = 0.8;

/// So many elements can stand between an element and its first words.
const AROUND_NODES_MAX: usize = 16;

/// A page of talk has several contributions, each a paragraph with its answers.
const TALK_LINES_MIN: usize = 2;
const TALK_NODES_MAX: usize = 2_000;

/// Contributions that are elements hold this share of a section's words.
const SECTION_SHARE_MIN: f32 = 0.75;

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
    /// Lines that open with a name in bold letters.
    signed: u32,
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
        self.signed += other.signed;
    }

    /// Words, or a second short line that is no name after all ("Thank you").
    fn has_words(self) -> bool {
        self.words > 0 || self.names >= 2
    }

    fn is_contribution(self) -> bool {
        self.has_words()
            && (self.stamps > 0 || self.buttons > 0 || self.names > 0 || self.signed > 0)
    }

    /// Two signs of three, for a contribution that stands alone.
    fn is_sure(self) -> bool {
        let shown = [self.stamps, self.buttons, self.names].iter().filter(|n| **n > 0).count();
        self.has_words() && (shown >= 2 || self.signed > 0)
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
    if let Some(found) = talk(dom, zones, leaves) {
        return found;
    }
    let forms = forms(dom, zones);
    let signs = signs(dom, zones, leaves, &forms);
    let mut found = false;
    for section in sections(dom, zones, leaves, body) {
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

/// Contributions to a page of talk: each is signed at its end. All else there is the wiki's.
fn talk(dom: &Dom, zones: &mut Zones, leaves: &[Leaf]) -> Option<bool> {
    let signed = |leaf: &&Leaf| {
        leaf.zone == Zone::Content
            && dom.nodes[leaf.node].end - leaf.node <= TALK_NODES_MAX
            && signed::signs_off(&leaf.text).is_some()
    };
    let nodes: Vec<NodeIndex> = leaves.iter().filter(signed).map(|leaf| leaf.node).collect();
    if !zones.items.is_empty() || nodes.len() < TALK_LINES_MIN {
        return None;
    }
    for at in nodes {
        zones.items.push(Item { start: at, end: dom.nodes[at].end });
        zones.zone[at..dom.nodes[at].end].fill(Zone::Readers);
    }
    zones.is_forum = true;
    Some(true)
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

/// What each element's lines say, its own subtree's together.
fn signs(dom: &Dom, zones: &Zones, leaves: &[Leaf], forms: &[Range<NodeIndex>]) -> Vec<Signs> {
    let furniture = Furniture::shipped();
    let border = &Register::shipped().border;
    let mut signs = vec![Signs::default(); dom.nodes.len()];
    // What asks readers to write, and the form they write in, is none of theirs.
    let said = |leaf: &&Leaf| {
        leaf.zone != Zone::Advert && !border.matches(&leaf.text) && !lies_in(forms, leaf.node)
    };
    for leaf in leaves.iter().filter(said) {
        let words = leaf.words() as u32;
        let mut own = Signs::default();
        if controls::are(&leaf.text) {
            own.buttons = 1;
            own.answers = u32::from(controls::answers(&leaf.text));
            own.stamps = u32::from(controls::stamped(&leaf.text).is_some());
        } else if signed::read(&leaf.text).is_some() {
            (own.names, own.stamps) = (1, 1);
        } else if strong_name(leaf).is_some() {
            (own.signed, own.words) = (1, words);
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

/// The forms that readers write in, in the order of the page.
fn forms(dom: &Dom, zones: &Zones) -> Vec<Range<NodeIndex>> {
    let form = |at: &NodeIndex| is_input(dom, *at) || zones.said[*at].says(Says::CommentForm);
    let forms = dom.elements().map(|(at, _)| at).filter(form);
    forms.map(|at| at..dom.nodes[at].end).collect()
}

/// True for a node in one of some ranges that stand in order.
fn lies_in(ranges: &[Range<NodeIndex>], node: NodeIndex) -> bool {
    let next = ranges.partition_point(|range| range.start <= node);
    next.checked_sub(1).is_some_and(|at| ranges[at].contains(&node))
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
    let flat = || flat(dom, leaves, forms, section);
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

/// What opens a contribution that is no element of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Opens {
    Day,
    Name,
    NameAndDay,
}

/// Contributions that are no element of their own: a line that says who or when, and what follows it up to the next.
/// Where several open with name and day, a line with less is no opening; so it is with a name.
fn flat(dom: &Dom, leaves: &[Leaf], forms: &[Range<NodeIndex>], section: &Section) -> Vec<Item> {
    // Lines stand in the order of their first words; a page can have a section a line.
    let start = leaves.partition_point(|leaf| leaf.first < section.nodes.start);
    let inside = leaves[start..].iter().take_while(|leaf| leaf.first < section.nodes.end);
    let lines: Vec<&Leaf> = inside.filter(|leaf| leaf.zone != Zone::Advert).collect();
    let (lines, close) = lines.split_at(lines.len() - closing(&lines));
    let found: Vec<Option<Opens>> = (0..lines.len()).map(|at| opening(lines, at)).collect();
    let several = |wanted| found.iter().filter(|opens| **opens == Some(wanted)).count() >= 2;
    let least = [Opens::NameAndDay, Opens::Name].into_iter().find(|wanted| several(*wanted));
    let opens =
        |at: &usize| found[*at].is_some_and(|opens| least.is_none_or(|least| opens >= least));
    let mut starts: Vec<NodeIndex> =
        (0..lines.len()).filter(opens).map(|at| around(dom, section, lines[at].first)).collect();
    starts.dedup();
    // Behind the last of them stands the form to write in, and the foot of the page.
    let last = (0..lines.len()).rev().find(opens).unwrap_or(lines.len());
    let written = lines.iter().skip(last).position(|leaf| lies_in(forms, leaf.first));
    let (lines, close) = match written {
        Some(at) => lines.split_at(last + at),
        None => (lines, close),
    };
    let end = lines.last().map_or(section.nodes.end, |last| {
        let end = close.first().map_or(section.nodes.end, |first| first.first);
        dom.nodes[last.node].end.max(last.first + 1).min(end)
    });
    let ends = starts.iter().skip(1).copied().chain([end]);
    let items = starts.iter().zip(ends).filter(|(start, end)| **start < *end);
    items.map(|(start, end)| Item { start: *start, end }).collect()
}

/// The outermost element of a section that opens with some words: it may say whose the line is.
fn around(dom: &Dom, section: &Section, first: NodeIndex) -> NodeIndex {
    let mut start = first;
    loop {
        let parent = dom.nodes[start].parent;
        let blank = || (parent..start).all(|at| dom.words(at).trim().is_empty());
        if parent < section.nodes.start || start - parent > AROUND_NODES_MAX || !blank() {
            return start;
        }
        start = parent;
    }
}

/// How a line opens a contribution.
fn opening(lines: &[&Leaf], at: usize) -> Option<Opens> {
    let whole = lines[at].text.as_str();
    let text = whole.lines().next().unwrap_or_default();
    let stamped = |at: usize| lines.get(at).is_some_and(|leaf| stamp::is_stamp(&leaf.text));
    let words = text.split_whitespace().count();
    let label = |at: usize| lines.get(at).is_some_and(|leaf| turns::is_label(&leaf.text));
    if label(at) {
        // "From:", a name, "Date:", a day: the first label opens.
        let first = !(at >= 2 && label(at - 2));
        return (first && label(at + 2) && stamped(at + 3)).then_some(Opens::NameAndDay);
    }
    if at > 0 && label(at - 1) {
        return None;
    }
    let signature = signed::read(text)
        .or_else(|| signed::read_by(text))
        .or_else(|| signed::heads_prose(whole).map(|(signature, _)| signature));
    match signature {
        Some(signature) if signature.published.is_some() => Some(Opens::NameAndDay),
        Some(_) if stamped(at + 1) => Some(Opens::NameAndDay),
        Some(_) => Some(Opens::Name),
        None if words <= NAME_WORDS_MAX && is_name(text, words) && stamped(at + 1) => {
            Some(Opens::NameAndDay)
        }
        None if strong_name(lines[at]).is_some() => Some(Opens::Name),
        None if stamped(at) && !(at > 0 && is_name(&lines[at - 1].text, words)) => Some(Opens::Day),
        None => None,
    }
}

/// How many of the last lines close a section: links, and what asks readers to write.
fn closing(lines: &[&Leaf]) -> usize {
    let register = Register::shipped();
    let closes = |leaf: &&&Leaf| {
        let link = leaf.link_share() > CLOSING_LINK_SHARE_MIN && !stamp::is_stamp(&leaf.text);
        link || register.border.matches(&leaf.text) || Furniture::shipped().is_notice(&leaf.text)
    };
    lines.iter().rev().take_while(closes).count()
}
