//! Takes a tree and its zones, gives its lines of text: the words between two borders of block elements.
//! Invariant: inline elements never break words; white space is collapsed, a `<br>` is a line feed, two are a border.

use super::{
    dom::{Dom, NodeIndex},
    names::Says,
    tag::Tag,
    tokens::Attribute,
    zones::{Zone, Zones},
};
use sulh_model::{
    origin::{Step, Trail},
    span::Span,
};

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// The element whose words these are.
    pub node: NodeIndex,
    /// The node of its first words.
    pub first: NodeIndex,
    pub zone: Zone,
    pub text: String,
    /// Where the text stands among the words of the page.
    pub trail: Trail,
    /// Bytes of it inside links.
    pub link_bytes: usize,
    /// Bytes it opens with in bold letters.
    pub strong_bytes: usize,
    /// It holds a name or a time marked as the report's.
    pub byline: bool,
    pub dateline: bool,
}

impl Leaf {
    /// A line without words yet.
    pub const fn new(node: NodeIndex, zone: Zone) -> Self {
        Self {
            node,
            first: node,
            zone,
            text: String::new(),
            trail: Trail::new(),
            link_bytes: 0,
            strong_bytes: 0,
            byline: false,
            dateline: false,
        }
    }

    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Appends a word that stands at a byte of the page's words.
    fn append(&mut self, word: &str, from: usize) {
        let text = self.text.len();
        let last = self.trail.steps().last();
        // The one blank between two words came along with them.
        let blank =
            last.is_some_and(|last| last.text.end() + 1 == text && last.from.end() + 1 == from);
        let back = usize::from(blank);
        self.trail.push(Step::verbatim(text - back, from - back, word.len() + back));
        self.text.push_str(word);
    }

    /// Takes off what a line opens with.
    pub fn cut(&mut self, length: usize) {
        let whole = self.text.len();
        let rest = self.text[length..].trim_start().to_owned();
        let taken = whole - rest.len();
        let mut trail = Trail::default();
        for step in self.trail.of(Span::new(taken, whole)) {
            let text = Span::new(step.text.start() - taken, step.text.end() - taken);
            trail.push(Step { text, ..step });
        }
        (self.text, self.trail) = (rest, trail);
    }

    /// Share of its bytes that are links.
    pub fn link_share(&self) -> f32 {
        self.link_bytes as f32 / self.text.len().max(1) as f32
    }
}

/// So many line breaks are a border of lines.
pub(super) const BREAKS: usize = 2;

/// The lines of a page. Nodes of `skipped` and what lies below are left out. Where a contribution begins, a line does.
pub(super) fn leaves(dom: &Dom, zones: &Zones, skipped: &[bool], breaks: usize) -> Vec<Leaf> {
    let mut run = Run { done: Vec::new(), leaf: None, space: false, breaks: 0, breaks_min: breaks };
    let mut starts = zones.items.iter().map(|item| item.start).peekable();
    // Block elements that are open, with their ends; links likewise.
    let mut blocks: Vec<(NodeIndex, NodeIndex)> = vec![(0, dom.nodes.len())];
    let mut link_until = 0;
    let mut skip_until = 0;
    let marks = Marks::of(dom, zones);
    for (at, node) in dom.nodes.iter().enumerate() {
        while blocks.len() > 1 && blocks.last().is_some_and(|(_, end)| *end <= at) {
            blocks.pop();
            run.flush();
        }
        while starts.next_if(|start| *start <= at).is_some() {
            run.flush();
        }
        if at < skip_until {
            continue;
        }
        if zones.zone[at] == Zone::Hidden || skipped[at] {
            skip_until = node.end;
            continue;
        }
        let Some(element) = dom.element(at) else {
            let block = blocks.last().map_or(0, |(block, _)| *block);
            let set = Set {
                linked: at < link_until,
                strong: matches!(dom.tag(node.parent), Some(Tag::B | Tag::Strong)),
            };
            run.words(dom, (block, at), zones.zone[at], set);
            run.mark(marks.byline[at] > 0, marks.dateline[at] > 0);
            continue;
        };
        // "<a>Old Salt</a><time>3 May</time>": two things set side by side, not one word.
        let glued =
            at > 0 && dom.element(at - 1).is_none() && dom.nodes[at - 1].parent != node.parent;
        let reads = zones.zone[at] == Zone::Readers || breaks == 1;
        if element.tag.is_block() {
            run.flush();
            blocks.push((at, node.end));
        } else if glued
            && reads
            && matches!(
                element.tag,
                Tag::Span
                    | Tag::A
                    | Tag::Time
                    | Tag::Small
                    | Tag::B
                    | Tag::Strong
                    | Tag::Em
                    | Tag::I
            )
        {
            run.flush();
        } else if element.tag == Tag::Br {
            run.line_break();
        } else if element.tag == Tag::A && dom.value(element, Attribute::Href).is_some() {
            link_until = link_until.max(node.end);
        }
    }
    run.flush();
    run.done
}

/// How words are set.
struct Set {
    linked: bool,
    strong: bool,
}

struct Run {
    done: Vec<Leaf>,
    leaf: Option<Leaf>,
    space: bool,
    breaks: usize,
    breaks_min: usize,
}

impl Run {
    fn flush(&mut self) {
        self.space = false;
        self.breaks = 0;
        self.done.extend(self.leaf.take().filter(|leaf| !leaf.text.is_empty()));
    }

    fn words(&mut self, dom: &Dom, place: (NodeIndex, NodeIndex), zone: Zone, set: Set) {
        let (node, first) = place;
        let range = dom.words_at(first).unwrap_or(0..0);
        let words = &dom.text[range.clone()];
        // A border of zones inside a line ("<p>text <span class=ad>…") is a border of lines.
        if self.leaf.as_ref().is_some_and(|leaf| leaf.zone != zone && !leaf.text.is_empty())
            && !words.trim().is_empty()
        {
            self.flush();
        }
        let leaf = self.leaf.get_or_insert_with(|| Leaf::new(node, zone));
        if leaf.text.is_empty() {
            leaf.zone = zone;
            leaf.node = node;
            leaf.first = first;
        }
        let before = leaf.text.len();
        let mut at = range.start;
        for part in words.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            if !word.is_empty() {
                if !leaf.text.is_empty() {
                    if self.breaks > 0 {
                        leaf.text.push('\n');
                    } else if self.space {
                        leaf.text.push(' ');
                    }
                }
                (self.space, self.breaks) = (false, 0);
                leaf.append(word, at);
            }
            self.space |= word.len() < part.len();
            at += part.len();
        }
        if set.strong && leaf.strong_bytes == before {
            leaf.strong_bytes = leaf.text.len();
        }
        if set.linked {
            leaf.link_bytes += leaf.text.len() - before;
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        if self.breaks >= self.breaks_min {
            let node = self.leaf.as_ref().map(|leaf| leaf.node);
            self.flush();
            if let Some(node) = node {
                self.leaf = Some(Leaf::new(node, Zone::Content));
            }
        }
    }

    fn mark(&mut self, byline: bool, dateline: bool) {
        if let Some(leaf) = self.leaf.as_mut().filter(|leaf| !leaf.text.is_empty()) {
            leaf.byline |= byline;
            leaf.dateline |= dateline;
        }
    }
}

/// How many levels below an element its mark as byline or dateline still counts.
const MARK_LEVELS: u8 = 3;

/// Per node, how many levels further down a mark counts.
struct Marks {
    byline: Vec<u8>,
    dateline: Vec<u8>,
}

impl Marks {
    fn of(dom: &Dom, zones: &Zones) -> Self {
        let mut marks = Self {
            byline: Vec::with_capacity(dom.nodes.len()),
            dateline: Vec::with_capacity(dom.nodes.len()),
        };
        for (at, node) in dom.nodes.iter().enumerate() {
            let from =
                |levels: &[u8]| if at == 0 { 0 } else { levels[node.parent].saturating_sub(1) };
            let (mut byline, mut dateline) = (from(&marks.byline), from(&marks.dateline));
            if let Some(element) = dom.element(at) {
                // Whole pages are classed by author and day; their parts are not.
                let whole = matches!(
                    element.tag,
                    Tag::Html | Tag::Body | Tag::Main | Tag::Article | Tag::Section
                );
                if zones.said[at].says(Says::Byline) && !whole {
                    byline = MARK_LEVELS;
                }
                if element.tag == Tag::Time || zones.said[at].says(Says::Dateline) && !whole {
                    dateline = MARK_LEVELS;
                }
            }
            marks.byline.push(byline);
            marks.dateline.push(dateline);
        }
        marks
    }
}
