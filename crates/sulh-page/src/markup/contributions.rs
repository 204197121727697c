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
use crate::{published, register::Register, signed, stamp};
use std::collections::BTreeMap;
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// Names are short; a longer text in an author's element is a biography.
const NAME_CHARS_MAX: usize = 60;

/// A contribution opens with its name, its day, and what a reader can do with it.
const OPENING_LINES_MAX: usize = 4;

/// A name on a line of its own, "Comment by" before it.
const LINE_NAME_WORDS_MAX: usize = 6;

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
            } else if !Register::shipped().furniture.matches(line) {
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
                let answers = open.last().copied();
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
    pub fn read_lines(&mut self, leaves: &[Leaf]) -> Vec<bool> {
        let mut heads = vec![false; leaves.len()];
        let mut lines: Vec<Vec<usize>> = vec![Vec::new(); self.all.len()];
        for (at, leaf) in leaves.iter().enumerate() {
            if let Some(item) = self.of_node[leaf.node] {
                lines[item].push(at);
            }
        }
        for (contribution, lines) in self.all.iter_mut().zip(&lines) {
            let texts: Vec<&str> = lines.iter().map(|at| leaves[*at].text.as_str()).collect();
            let opening = contribution.read_opening(&texts);
            lines.iter().take(opening).for_each(|at| heads[*at] = true);
            if let [.., before, last] = lines[..]
                && stamp::is_stamp(&leaves[last].text)
                && !heads[before]
            {
                contribution.stamp(&leaves[last].text);
                heads[last] = true;
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
        self.all[item].published = nodes.iter().find_map(|node| posted(dom, *node));
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

/// Elements that are one contribution each. An element marked as one that has no words beside marked elements inside it
/// only wraps them.
fn units(dom: &Dom, items: &[Item]) -> Vec<Item> {
    let mut wraps = vec![true; items.len()];
    let mut has_inner = vec![false; items.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for at in 0..dom.nodes.len() {
        while open.last().is_some_and(|item| items[*item].end <= at) {
            open.pop();
        }
        if items.get(next).is_some_and(|item| item.start == at) {
            if let Some(outer) = open.last() {
                has_inner[*outer] = true;
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
    let keep = |at: &usize| !(wraps[*at] && has_inner[*at]);
    (0..items.len()).filter(keep).map(|at| items[at]).collect()
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
    let mut name = words.trim();
    for end in [":", " says", " said", " wrote", " schreibt", " sagt", " dit", " dice", ","] {
        name = name.strip_suffix(end).unwrap_or(name).trim_end();
    }
    let name = stamp::without_opening(name);
    let good = !name.is_empty()
        && crate::wording::at_most_chars(name, NAME_CHARS_MAX)
        && name.chars().any(char::is_alphanumeric);
    good.then(|| name.to_owned())
}

fn posted(dom: &Dom, node: NodeIndex) -> Option<UncertainDate> {
    let element = dom.element(node)?;
    let wording = match element.tag {
        Tag::Time => dom.value(element, Attribute::Datetime),
        Tag::Abbr => dom.value(element, Attribute::Title),
        _ => dom
            .value(element, Attribute::Itemprop)
            .filter(|prop| prop.starts_with("date"))
            .and_then(|_| dom.value(element, Attribute::Content)),
    };
    published::read(wording?)
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
        return matches!(element.tag, Tag::Form);
    }
    if held.is_some_and(|(start, _)| start == node) {
        return false;
    }
    let named = zones.said[node].says(Says::CommentMeta) || author_rank(dom, zones, node).is_some();
    let by_element =
        matches!(element.tag, Tag::Time | Tag::Form | Tag::Header | Tag::Footer | Tag::Label)
            || zones.zone[node] == Zone::Hidden;
    // Some pages wrap name and words alike in the author's element: paragraphs are never meta.
    let prose = || {
        (node..dom.nodes[node].end)
            .any(|at| dom.element(at).is_some_and(|inner| inner.tag == Tag::P))
    };
    (named || by_element)
        && dom.few_words(node, META_CHARS_MAX).is_some()
        && (element.tag == Tag::Form || !prose())
}
