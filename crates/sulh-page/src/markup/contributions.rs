//! Takes the elements that are readers' contributions, gives each with its author, day, thread and the elements of its words.
//! Invariant: no contribution lies in another's own part; what names or dates a reader is not among the words.

use super::{
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    names::Says,
    tag::Tag,
    tokens::Attribute,
    zones::{Item, Zone, Zones},
};
use crate::{controls, published, signed, stamp};
use std::collections::BTreeMap;
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// Names are short; a longer text in an author's element is a biography.
const NAME_CHARS_MAX: usize = 60;

/// A box of answers lies this close around them.
const BOX_LEVELS_MAX: usize = 4;

/// A contribution opens with its name, its day, and what a reader can do with it.
const OPENING_LINES_MAX: usize = 4;

/// A name on a line of its own, "Comment by" before it.
const LINE_NAME_WORDS_MAX: usize = 6;

/// What stands between a contribution and the box of its answers is little.
const GAP_NODES_MAX: usize = 64;

/// More words without a link than these are no label.
const META_WORDS_MAX: usize = 4;

/// Words about a contribution ("3 days ago · reply") are short; a longer text is the contribution.
const META_CHARS_MAX: usize = 160;

/// One contribution.
#[derive(Debug)]
pub(super) struct Contribution {
    pub node: NodeIndex,
    /// Position of the contribution whose element it lies in.
    pub answers: Option<usize>,
    pub author: Option<String>,
    pub published: Option<UncertainDate>,
}

impl Contribution {
    /// Name and day in the first lines ("Old Salt", "3 May 2021", "Old Salt wrote:"); gives how many lines say nothing else.
    fn read_opening(&mut self, lines: &[&str]) -> usize {
        let text = |at: usize| lines.get(at).copied().unwrap_or_default();
        // A contribution has words of its own.
        let most = lines.len().saturating_sub(1).min(OPENING_LINES_MAX);
        for at in 0..most {
            let line = text(at);
            let stamped = at > 0 && stamp::is_stamp(text(at - 1)) || stamp::is_stamp(text(at + 1));
            if stamp::is_stamp(line) {
                self.stamp(line);
            } else if self.author.is_some() && reader_name(line) == self.author {
                // Told by its element already.
            } else if let Some(signature) = signed::read(line) {
                self.stamp(line);
                let name = reader_name(&line[signature.name]);
                self.author = self.author.take().or(name);
            } else if stamped
                && self.author.is_none()
                && line.split_whitespace().count() <= LINE_NAME_WORDS_MAX
            {
                let Some(name) = opening_name(line) else { return at };
                self.author = self.author.take().or(Some(name));
            } else if controls::are(line) {
                controls::stamped(line).into_iter().for_each(|part| self.stamp(part));
            } else {
                return at;
            }
        }
        most
    }

    fn stamp(&mut self, line: &str) {
        let day = stamp::day(line).map(|day| UncertainDate::given(Edtf::day(day), line));
        self.published = self.published.take().or(day);
    }
}

/// A name on a line of its own: "Old Salt", "#1 Comment by Old Salt".
fn opening_name(line: &str) -> Option<String> {
    let plain = !line.ends_with(['.', '!', '?', ':', ',', '…']);
    reader_name(stamp::without_number(line)).filter(|_| plain)
}

/// The contributions of a page.
pub(super) struct Contributions {
    pub all: Vec<Contribution>,
    /// Per node, the contribution it belongs to.
    pub of_node: Vec<Option<usize>>,
    /// Nodes that are no words of their contribution: names, days, buttons.
    pub skipped: Vec<bool>,
}

impl Contributions {
    pub fn of(dom: &Dom, zones: &Zones) -> Self {
        let items = units(dom, &zones.items);
        let mut found = Self {
            all: Vec::with_capacity(items.len()),
            of_node: vec![None; dom.nodes.len()],
            skipped: vec![false; dom.nodes.len()],
        };
        let mut open: Vec<usize> = Vec::new();
        let place: BTreeMap<NodeIndex, usize> =
            items.iter().enumerate().map(|(place, item)| (item.start, place)).collect();
        for at in 0..dom.nodes.len() {
            while open.last().is_some_and(|item| items[*item].end <= at) {
                open.pop();
            }
            if let Some(item) = place.get(&at) {
                let answers =
                    open.last().copied().or_else(|| before_box(dom, zones, &items, *item));
                found.all.push(Contribution { node: at, answers, author: None, published: None });
                open.push(*item);
            }
            found.of_node[at] = open.last().copied();
        }
        let own = found.own_nodes();
        for (item, nodes) in own.iter().enumerate() {
            found.describe(item, nodes, dom, zones);
        }
        found
    }

    /// Per contribution, the nodes that belong to it and to no answer inside it.
    fn own_nodes(&self) -> Vec<Vec<NodeIndex>> {
        let mut own = vec![Vec::new(); self.all.len()];
        for (node, item) in self.of_node.iter().enumerate() {
            if let Some(item) = item {
                own[*item].push(node);
            }
        }
        own
    }

    /// Reads who and when from the lines a contribution opens and closes with, where no element tells it;
    /// gives the lines that say nothing else.
    pub fn read_lines(&mut self, leaves: &mut [Leaf]) -> Vec<bool> {
        let mut heads = vec![false; leaves.len()];
        let mut lines: Vec<Vec<usize>> = vec![Vec::new(); self.all.len()];
        for (at, leaf) in leaves.iter().enumerate() {
            if let Some(item) = self.of_node[leaf.first] {
                lines[item].push(at);
            }
        }
        for (contribution, lines) in self.all.iter_mut().zip(&lines) {
            let texts: Vec<&str> = lines.iter().map(|at| leaves[*at].text.as_str()).collect();
            let opening = contribution.read_opening(&texts);
            lines.iter().take(opening).for_each(|at| heads[*at] = true);
            if let Some(first) = lines.get(opening)
                && contribution.author.is_none()
                && let Some((signature, length)) = signed::heads_prose(&leaves[*first].text)
            {
                let line = leaves[*first].text.as_str();
                contribution.author = reader_name(&line[signature.name]);
                contribution.stamp(&line[..length]);
                // A head with nothing behind it is no contribution.
                heads[*first] = !line[length..].chars().any(char::is_alphanumeric);
                leaves[*first].cut(length);
            }
            if let [.., before, last] = lines[..]
                && !heads[before]
            {
                let line = &leaves[last].text;
                if stamp::is_stamp(line) {
                    contribution.stamp(line);
                    heads[last] = true;
                } else if controls::are(line) {
                    controls::stamped(line).into_iter().for_each(|part| contribution.stamp(part));
                }
            }
        }
        heads
    }

    fn describe(&mut self, item: usize, nodes: &[NodeIndex], dom: &Dom, zones: &Zones) {
        let best = nodes.iter().filter(|node| **node != self.all[item].node).filter_map(|node| {
            let rank = author_rank(dom, zones, *node)?;
            let name = reader_name(&dom.few_words(*node, META_CHARS_MAX)?)?;
            Some((rank, *node, name))
        });
        if let Some((_, _, name)) = best.min_by_key(|(rank, node, _)| (*rank, *node)) {
            self.all[item].author = Some(name);
        }
        self.all[item].published = nodes.iter().find_map(|node| posted(dom, zones, *node));
        let held = words_holder(self.all[item].node, nodes, dom, zones);
        if let Some((start, _)) = held {
            let before =
                nodes.iter().filter(|node| **node < start).map(|node| dom.words(*node).trim());
            let mut before: Vec<&str> = before.filter(|words| !words.is_empty()).collect();
            before.push("");
            self.all[item].read_opening(&before);
        }
        for node in nodes {
            let inside = held.is_none_or(|(start, end)| (start..end).contains(node));
            let above =
                held.is_some_and(|(start, end)| *node <= start && dom.nodes[*node].end >= end);
            let meta = *node != self.all[item].node && !above && is_meta(dom, zones, *node, held);
            let words_outside = !inside && dom.element(*node).is_none();
            self.skipped[*node] |= meta || words_outside;
        }
    }
}

/// A form readers write into; some sites wrap what was written in one, too.
fn is_input(dom: &Dom, node: NodeIndex) -> bool {
    dom.tag(node) == Some(Tag::Form)
        && (node..dom.nodes[node].end)
            .any(|at| matches!(dom.tag(at), Some(Tag::Input | Tag::Textarea)))
}

/// Elements that are one contribution each. An element marked as one that has no words beside marked elements inside it
/// only wraps them: the one inside is the contribution, save where others lie beside it in a box of their own. Those are
/// answers, and the wrapper is the contribution they answer.
fn units(dom: &Dom, items: &[Item]) -> Vec<Item> {
    let mut wraps = vec![true; items.len()];
    let mut inner: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for at in 0..dom.nodes.len() {
        while open.last().is_some_and(|item| items[*item].end <= at) {
            open.pop();
        }
        while items.get(next).is_some_and(|item| item.start == at) {
            if let Some(outer) = open.last() {
                inner[*outer].push(next);
            }
            open.push(next);
            next += 1;
        }
        if let Some(item) = open.last()
            && dom.words(at).chars().any(char::is_alphanumeric)
        {
            wraps[*item] = false;
        }
    }
    let mut keep = vec![true; items.len()];
    for (outer, inside) in inner.iter().enumerate().filter(|(outer, _)| wraps[*outer]) {
        let [first, rest @ ..] = &inside[..] else { continue };
        let parent = |item: &usize| dom.nodes[items[*item].start].parent;
        let answered = !rest.is_empty() && rest.iter().all(|item| parent(item) != parent(first));
        keep[if answered { *first } else { outer }] = false;
    }
    (0..items.len()).filter(|at| keep[*at]).map(|at| items[at]).collect()
}

/// The contribution that those in a box of answers answer: the one that ends right before the box.
fn before_box(dom: &Dom, zones: &Zones, items: &[Item], item: usize) -> Option<usize> {
    let start = items[item].start;
    let is_box = |node: &NodeIndex| zones.said[*node].says(Says::CommentAnswers);
    let around = dom.above(start).skip(1).take(BOX_LEVELS_MAX).map(|(node, _)| node);
    let answers = around.into_iter().find(is_box)?;
    let start_before = items.partition_point(|item| item.start < answers);
    let before = (0..start_before).rev().find(|at| items[*at].end <= answers)?;
    // White space may stand between the two.
    let mut between = items[before].end..answers;
    let gap =
        between.len() <= GAP_NODES_MAX && between.all(|node| dom.words(node).trim().is_empty());
    gap.then_some(before)
}

fn author_rank(dom: &Dom, zones: &Zones, node: NodeIndex) -> Option<usize> {
    let element = dom.element(node)?;
    let by_schema = || {
        dom.value(element, Attribute::Rel).is_some_and(|rel| rel.contains("author")).then_some(1)
    };
    let by_element = || (element.tag == Tag::Cite).then_some(2);
    zones.said[node]
        .rank(Says::CommentAuthor)
        .filter(|rank| *rank < usize::MAX)
        .or_else(by_schema)
        .or_else(by_element)
}

/// A name without the words around it ("Samira says:").
fn reader_name(words: &str) -> Option<String> {
    let name = stamp::without_opening(stamp::without_closing(words.trim()));
    let good = !name.is_empty()
        && crate::wording::at_most_chars(name, NAME_CHARS_MAX)
        && name.chars().any(char::is_alphanumeric);
    good.then(|| name.to_owned())
}

fn posted(dom: &Dom, zones: &Zones, node: NodeIndex) -> Option<UncertainDate> {
    let element = dom.element(node)?;
    let wording = match element.tag {
        Tag::Time => dom.value(element, Attribute::Datetime),
        Tag::Abbr => dom.value(element, Attribute::Title),
        _ => dom
            .value(element, Attribute::Itemprop)
            .filter(|prop| prop.starts_with("date"))
            .and_then(|_| dom.value(element, Attribute::Content)),
    };
    wording.and_then(published::read).or_else(|| {
        let dated = element.tag == Tag::Time || zones.said[node].says(Says::CommentMeta);
        let shown = dated.then(|| dom.few_words(node, META_CHARS_MAX))??;
        let title = dom.value(element, Attribute::Title);
        let told = [title, Some(shown.as_str())].into_iter().flatten();
        let mut stamps = told.filter(|line| stamp::is_stamp(line));
        stamps
            .find_map(|line| stamp::day(line).map(|day| UncertainDate::given(Edtf::day(day), line)))
    })
}

/// The element that holds the contribution's words, if one says so: the fullest, since some pages mark a title, too.
fn words_holder(
    item: NodeIndex,
    nodes: &[NodeIndex],
    dom: &Dom,
    zones: &Zones,
) -> Option<(NodeIndex, NodeIndex)> {
    let holder = |node: &&NodeIndex| {
        **node != item
            && zones.said[**node].says(Says::CommentWords)
            && dom.element(**node).is_some()
    };
    let length = |node: NodeIndex| zones.weights.bytes(dom, node);
    let (length, node) = nodes
        .iter()
        .filter(holder)
        .map(|node| (length(*node), *node))
        .max_by_key(|(length, node)| (*length, std::cmp::Reverse(*node)))?;
    (length > 0).then_some((node, dom.nodes[node].end))
}

fn is_meta(
    dom: &Dom,
    zones: &Zones,
    node: NodeIndex,
    held: Option<(NodeIndex, NodeIndex)>,
) -> bool {
    let Some(element) = dom.element(node) else { return false };
    // Inside the words themselves only what no prose holds is left out.
    if held.is_some_and(|(start, end)| start < node && node < end) {
        return is_input(dom, node);
    }
    if held.is_some_and(|(start, _)| start == node) {
        return false;
    }
    let named = zones.said[node].says(Says::CommentMeta) || author_rank(dom, zones, node).is_some();
    let by_element = matches!(element.tag, Tag::Time | Tag::Header | Tag::Footer | Tag::Label)
        || is_input(dom, node)
        || zones.zone[node] == Zone::Hidden;
    // Some pages wrap name and words alike in the author's element: paragraphs are never meta.
    let prose = || {
        (node..dom.nodes[node].end)
            .any(|at| dom.element(at).is_some_and(|inner| inner.tag == Tag::P))
    };
    if !(named || by_element) {
        return false;
    }
    let Some(words) = dom.few_words(node, META_CHARS_MAX) else { return false };
    // "Yes, and they broke it" in a box called reply is the reply.
    let says_something = element.tag.is_item()
        && words.split_whitespace().count() > META_WORDS_MAX
        && zones.weights.link_share(dom, node) < 0.3
        && !stamp::is_stamp(&words)
        && author_rank(dom, zones, node).is_none();
    !says_something && (element.tag == Tag::Form || !prose())
}
