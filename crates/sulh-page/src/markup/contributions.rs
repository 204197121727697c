//! Takes the elements that are readers' contributions, gives each with its author, day, thread and the elements of its words.
//! Invariant: no contribution lies in another's own part; what names or dates a reader is not among the words.

use super::{
    dom::{Dom, NodeIndex},
    kinds::ABOVE_LEVELS_MAX,
    leaves::Leaf,
    parts::{is_meta, is_title, words_holder},
    tag::Tag,
    tokens::Attribute,
    trimmings::{Line, Trimmings},
    units::{before_box, units},
    who::{Who, reader_name},
    zones::Zones,
};
use crate::{controls, signed, stamp, turns, wording};
use std::collections::BTreeMap;
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// A contribution opens with its name, its day, and what a reader can do with it.
const OPENING_LINES_MAX: usize = 4;

/// A name on a line of its own, "Comment by" before it.
const LINE_NAME_WORDS_MAX: usize = 6;

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
            } else if turns::is_label(line) {
                // "From:", and the name below it.
            } else if turns::opens_quotation(line) {
                return at;
            } else if at > 0 && turns::is_label(text(at - 1)) && self.author.is_none() {
                self.author = opening_name(line);
            } else if self.author.is_some() && reader_name(line) == self.author {
                // Told by its element already.
            } else if let Some(signature) = signed::read(line).or_else(|| signed::read_by(line)) {
                self.stamp(line);
                let name = reader_name(&line[signature.name]);
                self.author = self.author.take().or(name);
            } else if stamped
                && self.author.is_none()
                && line.split_whitespace().count() <= LINE_NAME_WORDS_MAX
            {
                let Some(name) = opening_name(line) else { return at };
                self.author = self.author.take().or(Some(name));
            } else if at == 0
                && let Some(name) = stamp::behind_head(line).and_then(opening_name)
                && name.split_whitespace().count() <= LINE_NAME_WORDS_MAX
            {
                self.author = self.author.take().or(Some(name));
            } else if controls::are(line) {
                controls::stamped(line).into_iter().for_each(|part| self.stamp(part));
            } else {
                return at;
            }
        }
        most
    }

    /// Reads the lines it opens and closes with; gives how many of the first say nothing but who and when.
    fn read_ends(&mut self, dom: &Dom, lines: &[usize], leaves: &mut [Leaf]) -> usize {
        let texts: Vec<&str> = lines.iter().map(|at| leaves[*at].text.as_str()).collect();
        let mut opening = self.read_opening(&texts);
        if let [.., before, last] = texts[..]
            && opening < lines.len() - 1
            && !before.is_empty()
        {
            if stamp::is_stamp(last) {
                self.stamp(last);
            } else if controls::are(last) {
                controls::stamped(last).into_iter().for_each(|part| self.stamp(part));
            }
        }
        let Some(first) = lines.get(opening).copied() else { return opening };
        if let Some((signature, start)) = signed::signs_off(&leaves[first].text) {
            let line = leaves[first].text.clone();
            self.author = self.author.take().or_else(|| reader_name(&line[signature.name]));
            self.stamp(&line[start..]);
            leaves[first].text.truncate(line[..start].trim_end().len());
        }
        if self.author.is_some() {
            return opening;
        }
        // A link with a few words, a day or buttons below the rest: "Old Salt", "They lie.", "2 h".
        let below = lines[opening + 1..].iter().skip(1).map(|at| leaves[*at].text.as_str());
        let told_below = || below.clone().any(|text| stamp::is_stamp(text) || controls::are(text));
        let linked = leaves[first].link_share() > 0.9
            || dom
                .above(dom.nodes[leaves[first].first].parent)
                .take(3)
                .any(|(_, tag)| tag == Tag::A);
        if linked
            && leaves[first].words() <= LINE_NAME_WORDS_MAX
            && told_below()
            && let Some(name) = opening_name(&leaves[first].text)
        {
            self.author = Some(name);
            return opening + 1;
        }
        if let Some((name, length)) = strong_name(&leaves[first]) {
            self.author = reader_name(name);
            leaves[first].cut(length);
            return opening;
        }
        if let Some((signature, length)) = signed::heads_prose(&leaves[first].text) {
            let line = leaves[first].text.as_str();
            self.author = reader_name(&line[signature.name]);
            self.stamp(&line[..length]);
            // A head with nothing behind it is no contribution.
            opening += usize::from(!line[length..].chars().any(char::is_alphanumeric));
            leaves[first].cut(length);
        }
        opening
    }

    fn stamp(&mut self, line: &str) {
        let day = stamp::day(line).map(|day| UncertainDate::given(Edtf::day(day), line));
        self.published = self.published.take().or(day);
    }
}

/// How far to the right the words of a contribution are set by the elements around them.
fn margin(dom: &Dom, nodes: &[NodeIndex]) -> Option<u32> {
    let words = nodes.iter().find(|node| !dom.words(**node).trim().is_empty())?;
    let around = dom.above(dom.nodes[*words].parent).take(ABOVE_LEVELS_MAX);
    let left = |(node, _): (NodeIndex, Tag)| {
        let style = dom.attribute(node, Attribute::Style)?;
        let (_, width) = style.split_once("margin-left:")?;
        let width = width.trim_start();
        let digits = width.len() - width.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        width[..digits].parse::<u32>().ok()
    };
    Some(around.filter_map(left).fold(0, u32::saturating_add))
}

/// The name a line opens with in bold letters, a colon behind it, and how long both are.
pub(super) fn strong_name(leaf: &Leaf) -> Option<(&str, usize)> {
    let strong = leaf.text.get(..leaf.strong_bytes)?.trim_end();
    let rest = &leaf.text[strong.len()..];
    let name =
        strong.strip_suffix(':').or(Some(strong).filter(|_| rest.trim_start().starts_with(':')))?;
    let length = leaf.text.find(':')? + 1;
    let short = (1..=LINE_NAME_WORDS_MAX).contains(&name.split_whitespace().count());
    let words = leaf.text[length..].chars().any(char::is_alphanumeric);
    (short && words && length >= name.len()).then_some((name, length))
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
        let items = units(dom, zones);
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
        found.read_indents(&own, dom);
        let mut by_author: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for (item, nodes) in own.iter().enumerate() {
            found.describe(item, nodes, dom, zones, &by_author);
            let name = found.all[item].author.as_deref().map(wording::words);
            name.and_then(|name| by_author.insert(name, item));
        }
        found
    }

    /// Boards that set all contributions side by side tell by an indent which one each answers.
    fn read_indents(&mut self, own: &[Vec<NodeIndex>], dom: &Dom) {
        let mut open: Vec<(usize, u32)> = Vec::new();
        for (item, nodes) in own.iter().enumerate() {
            let told = |node: &NodeIndex| dom.attribute(*node, Attribute::Indent)?.parse().ok();
            let Some(indent) = nodes.iter().find_map(told).or_else(|| margin(dom, nodes)) else {
                continue;
            };
            while open.last().is_some_and(|(_, before)| *before >= indent) {
                open.pop();
            }
            self.all[item].answers = self.all[item].answers.or(open.last().map(|(at, _)| *at));
            open.push((item, indent));
        }
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

    /// Reads who and when from the lines a contribution opens and closes with, where no element tells it; gives what
    /// each line of the page is to its contribution.
    pub fn read_lines(
        &mut self,
        dom: &Dom,
        zones: &Zones,
        title: Option<&str>,
        leaves: &mut [Leaf],
    ) -> Vec<Line> {
        let mut lines: Vec<Vec<usize>> = vec![Vec::new(); self.all.len()];
        for (at, leaf) in leaves.iter().enumerate() {
            if let Some(item) = self.of_node[leaf.first] {
                lines[item].push(at);
            }
        }
        let openings: Vec<usize> = self
            .all
            .iter_mut()
            .zip(&lines)
            .map(|(contribution, lines)| contribution.read_ends(dom, lines, leaves))
            .collect();
        let names = self.all.iter().filter_map(|c| c.author.as_deref());
        let trimmings = Trimmings {
            dom,
            zones,
            title: title.map(wording::words).unwrap_or_default(),
            authors: names.map(wording::words).collect(),
        };
        let mut found = vec![Line::Words; leaves.len()];
        for ((contribution, own), opening) in self.all.iter().zip(&lines).zip(openings) {
            let own_leaves: Vec<&Leaf> = own.iter().map(|at| &leaves[*at]).collect();
            let told = trimmings.of(contribution.node, &own_leaves, opening);
            for (at, line) in own.iter().zip(told) {
                found[*at] = line;
            }
        }
        found
    }

    fn describe(
        &mut self,
        item: usize,
        nodes: &[NodeIndex],
        dom: &Dom,
        zones: &Zones,
        by_author: &BTreeMap<Vec<String>, usize>,
    ) {
        let node = self.all[item].node;
        let who = Who::new(dom, zones, node, nodes);
        self.all[item].author = who.author();
        self.all[item].published = who.published();
        let own = self.all[item].author.as_deref().map(wording::words);
        for (label, name) in who.answered() {
            let name = wording::words(&name);
            // "Reply to Old Salt" below what Old Salt wrote is a button.
            let answered =
                by_author.get(&name).filter(|_| own.as_ref().is_some_and(|own| *own != name));
            self.skipped[label] |= answered.is_some();
            self.all[item].answers = self.all[item].answers.or(answered.copied());
        }
        let held = words_holder(node, nodes, dom, zones);
        if let Some((start, _)) = held {
            let before =
                nodes.iter().filter(|node| **node < start).map(|node| dom.words(*node).trim());
            let mut before: Vec<&str> = before.filter(|words| !words.is_empty()).collect();
            before.push("");
            self.all[item].read_opening(&before);
            let told = self.all[item].published.take();
            self.all[item].published = told.or_else(|| who.published_before(start));
        }
        let mut title_until = 0;
        for at in nodes {
            if held.is_some_and(|(start, _)| *at < start) && is_title(dom, zones, *at) {
                title_until = dom.nodes[*at].end;
            }
            let inside = held.is_none_or(|(start, end)| (start..end).contains(at));
            let above = held.is_some_and(|(start, end)| *at <= start && dom.nodes[*at].end >= end);
            let next = self.all.partition_point(|inner| inner.node <= *at);
            let holds_answers =
                self.all.get(next).is_some_and(|inner| inner.node < dom.nodes[*at].end);
            let meta = *at != node && !above && !holds_answers && is_meta(dom, zones, *at, held);
            let words_outside = !inside && *at >= title_until && dom.element(*at).is_none();
            self.skipped[*at] |= meta || words_outside;
        }
    }
}
