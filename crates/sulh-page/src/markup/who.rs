//! Takes the elements of one contribution, gives who wrote it and when, as its elements tell.
//! Invariant: what a quotation inside the contribution says of its own author and day is never taken.

use super::{
    dom::{Dom, NodeIndex},
    names::Says,
    parts::{META_CHARS_MAX, is_quotation},
    tag::Tag,
    tokens::Attribute,
    zones::Zones,
};
use crate::{controls, published, signed, stamp, turns, wording};
use sulh_model::{edtf::Edtf, time::UncertainDate};

/// Names are short; a longer text in an author's element is a biography.
const NAME_CHARS_MAX: usize = 60;

/// Elements with more bytes hold more than whom a contribution answers.
const ANSWERED_BYTES_MAX: u32 = 90;
const ANSWERED_NODES_MAX: usize = 64;

/// A day is among the first words of what says when.
const POSTED_NODES_MAX: usize = 12;

/// The button with the name is among the first.
const BUTTONS_MAX: usize = 4;

/// The elements of one contribution.
pub(super) struct Who<'a> {
    pub dom: &'a Dom,
    pub zones: &'a Zones,
    pub item: NodeIndex,
    /// Its nodes, those of answers inside it and of quotations left out.
    nodes: Vec<NodeIndex>,
}

impl<'a> Who<'a> {
    pub fn new(dom: &'a Dom, zones: &'a Zones, item: NodeIndex, nodes: &[NodeIndex]) -> Self {
        let mut quoted_until = 0;
        let own = |node: &&NodeIndex| {
            if **node != item && is_quotation(dom, zones, **node) {
                quoted_until = quoted_until.max(dom.nodes[**node].end);
            }
            **node >= quoted_until
        };
        let nodes = nodes.iter().filter(own).copied().collect();
        Self { dom, zones, item, nodes }
    }

    /// The name its elements give, the best marked first.
    pub fn author(&self) -> Option<String> {
        let best = self
            .nodes
            .iter()
            .filter(|node| **node != self.item && !self.zones.said[**node].says(Says::Poster))
            .filter_map(|node| {
                let rank = author_rank(self.dom, self.zones, *node)?;
                let name = reader_name(&self.name_in(*node)?)?;
                Some((rank, *node, name))
            });
        let best = best.min_by_key(|(rank, node, _)| (*rank, *node)).map(|(_, _, name)| name);
        let signed = || self.signed().map(|(name, _)| name);
        best.or_else(signed).or_else(|| self.panel()).or_else(|| self.button())
    }

    /// The day its elements give.
    pub fn published(&self) -> Option<UncertainDate> {
        let told = self.nodes.iter().find_map(|node| posted(self.dom, self.zones, *node));
        told.or_else(|| self.signed().and_then(|(_, day)| day))
    }

    /// The day in the words before those of the contribution, the panel of its author left out.
    pub fn published_before(&self, start: NodeIndex) -> Option<UncertainDate> {
        let mut panel_until = 0;
        let words = self.nodes.iter().take_while(|node| **node < start).filter_map(|node| {
            let said = &self.zones.said[*node];
            if said.says(Says::Poster) || said.says(Says::CommentBadge) {
                panel_until = panel_until.max(self.dom.nodes[*node].end);
            }
            Some(self.dom.words(*node).trim()).filter(|_| *node >= panel_until)
        });
        let mut stamps = words.filter(|words| stamp::is_stamp(words));
        stamps.find_map(|line| Some(UncertainDate::given(Edtf::day(stamp::day(line)?), line)))
    }

    /// The elements that say whom it answers, each with that name.
    pub fn answered(&self) -> Vec<(NodeIndex, String)> {
        let small = |node: &&NodeIndex| {
            let bytes = self.zones.weights.bytes(self.dom, **node);
            let nodes = self.dom.nodes[**node].end - **node;
            (1..=ANSWERED_BYTES_MAX).contains(&bytes) && (2..=ANSWERED_NODES_MAX).contains(&nodes)
        };
        let told = self.nodes.iter().filter(small).filter_map(|node| {
            let words = self.dom.few_words(*node, META_CHARS_MAX)?;
            Some((*node, reader_name(turns::answered(&words)?)?))
        });
        told.collect()
    }

    /// "Submitted by Old Salt on 3 May 2021" in an element that says so.
    fn signed(&self) -> Option<(String, Option<UncertainDate>)> {
        let meta = |node: &&NodeIndex| self.zones.said[**node].says(Says::CommentMeta);
        self.nodes.iter().filter(meta).find_map(|node| {
            let words = self.dom.few_words(*node, META_CHARS_MAX)?;
            let signature = signed::read_by(&words)?;
            let day = signature.published.map(|day| UncertainDate::given(Edtf::day(day), &words));
            Some((reader_name(&words[signature.name])?, day))
        })
    }

    /// The first words of the panel that says who posted.
    fn panel(&self) -> Option<String> {
        let panel = self.nodes.iter().find(|node| self.zones.said[**node].says(Says::Poster))?;
        let mut words =
            (*panel..self.dom.nodes[*panel].end).map(|node| self.dom.words(node).trim());
        words.find(|words| !words.is_empty()).and_then(reader_name)
    }

    /// A button that shows a name: a day stands behind it.
    fn button(&self) -> Option<String> {
        let buttons = self.nodes.iter().filter(|node| self.dom.tag(**node) == Some(Tag::Button));
        buttons.take(BUTTONS_MAX).find_map(|button| {
            let name = self.dom.few_words(*button, NAME_CHARS_MAX)?;
            let behind = self.nodes.iter().filter(|node| **node >= self.dom.nodes[*button].end);
            let mut words = behind.map(|node| self.dom.words(*node).trim());
            let next = words.find(|words| words.chars().any(char::is_alphanumeric))?;
            (!controls::are(&name) && stamp::is_stamp(next)).then(|| reader_name(&name))?
        })
    }

    /// The words of an element that names an author, without what it says of the author besides.
    fn name_in(&self, node: NodeIndex) -> Option<String> {
        let badge = |at: &NodeIndex| *at != node && self.zones.said[*at].says(Says::CommentBadge);
        let whole = self.dom.few_words(node, META_CHARS_MAX)?;
        let Some(badge) = (node..self.dom.nodes[node].end).find(badge) else { return Some(whole) };
        let words: String = (node..badge).map(|at| self.dom.words(at)).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(if words.is_empty() { whole } else { words })
    }
}

/// True for an element that says who or when.
pub(super) fn names_or_dates(dom: &Dom, zones: &Zones, node: NodeIndex) -> bool {
    dom.tag(node) == Some(Tag::Time)
        || dom.tag(node) != Some(Tag::Cite) && author_rank(dom, zones, node).is_some()
}

/// How well an element says that it holds the author's name: the lower, the better.
pub(super) fn author_rank(dom: &Dom, zones: &Zones, node: NodeIndex) -> Option<usize> {
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
pub(super) fn reader_name(words: &str) -> Option<String> {
    let name = stamp::without_opening(stamp::without_closing(words.trim()));
    let good = !name.is_empty()
        && wording::at_most_chars(name, NAME_CHARS_MAX)
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
        let dated = matches!(element.tag, Tag::Time | Tag::Abbr)
            || zones.said[node].says(Says::CommentMeta);
        let shown = dated.then(|| dom.few_words(node, META_CHARS_MAX))??;
        let title = dom.value(element, Attribute::Title);
        let few = node..dom.nodes[node].end.min(node + POSTED_NODES_MAX);
        let parts = few.map(|at| dom.words(at).trim());
        let told = [title, Some(shown.as_str())].into_iter().flatten().chain(parts);
        let mut stamps = told.filter(|line| stamp::is_stamp(line));
        stamps
            .find_map(|line| stamp::day(line).map(|day| UncertainDate::given(Edtf::day(day), line)))
    })
}
