//! Takes start tags, end tags and words, gives the tree.
//! Invariant: ends in time proportional to the markup whatever is nested or left open; knows fewer repairs than the standard.
//!
//! The standard's tree builder asks the whole stack of open elements at every tag, which a page of a million nested tags
//! turns into hours; this one knows fewer repairs and always ends.

use super::{
    dom::{Dom, Element, Node, NodeIndex, What},
    tag::Tag,
    tokens::{StartTag, raw_state},
};
use html5gum::State;
use std::ops::Range;
use sulh_model::{
    origin::{Likeness, Step},
    span::Span,
};

/// Browsers stop at 512; pages by hand or machine stay below 100.
const DEPTH_MAX: usize = 512;

/// The largest pages met have 60,000. Every line costs some 30 microseconds to judge: this ends the worst page of
/// 64 MiB within seconds, and keeps what is known of it below some 500 MiB.
const NODES_MAX: usize = 500_000;

/// Structured data of a page that is looked at.
const DATA_BYTES_MAX: usize = 2 << 20;

/// An element that is open: its node, and its name (unknown names are told apart by their hash).
struct Open {
    node: NodeIndex,
    tag: Tag,
    name: u32,
}

/// A tree being built.
pub(super) struct Builder {
    dom: Dom,
    text: Vec<u8>,
    values: Vec<u8>,
    open: Vec<Open>,
    /// Names of elements opened beyond the depth limit.
    beyond: Vec<u32>,
    /// The words of a script of structured data.
    data: Option<(Vec<u8>, Span)>,
    /// How many bytes of such scripts were taken so far: a page can have a million of them.
    data_bytes: usize,
}

impl Builder {
    pub fn new() -> Self {
        let root = Element { tag: Tag::Html, at: 0, attributes: 0..0 };
        let nodes = vec![Node { parent: 0, end: 1, what: What::Element(root) }];
        let dom = Dom { nodes, ..Dom::default() };
        Self {
            dom,
            text: Vec::new(),
            values: Vec::new(),
            open: vec![Open { node: 0, tag: Tag::Html, name: hash(b"html") }],
            beyond: Vec::new(),
            data: None,
            data_bytes: 0,
        }
    }

    pub fn start(&mut self, start: &StartTag) -> Option<State> {
        self.end_data();
        let tag = Tag::of(&start.name);
        // Beyond the limit there is no tree to be built: what is open no longer says where words belong.
        if self.dom.nodes.len() < NODES_MAX {
            self.close_implied(tag);
        }
        let in_svg = matches!(tag, Tag::Title | Tag::Textarea) && self.is_open(Tag::Svg);
        let raw = raw_state(tag).filter(|_| !in_svg);
        let void = start.self_closing && (raw.is_none() && !tag.is_block()) || tag.is_void();
        if self.dom.nodes.len() >= NODES_MAX {
            self.dom.too_many = true;
        } else if self.open.len() >= DEPTH_MAX && !void {
            self.dom.too_deep = true;
            self.beyond.push(hash(&start.name));
        } else {
            let node = self.element(tag, start);
            if tag == Tag::Script && self.dom.is_data(node, &self.values) {
                self.data = Some((Vec::new(), Span::new(start.at, start.at)));
            }
            if !void {
                self.open.push(Open { node, tag, name: hash(&start.name) });
            }
        }
        raw
    }

    fn element(&mut self, tag: Tag, start: &StartTag) -> NodeIndex {
        let base = self.values.len();
        self.values.extend(&start.values);
        let first = self.dom.attributes.len() as u32;
        let mut from = base;
        for (attribute, end) in &start.attributes {
            let to = base + end;
            self.dom.attributes.push((*attribute, from as u32..to as u32));
            from = to;
        }
        let attributes = first..self.dom.attributes.len() as u32;
        self.append(What::Element(Element { tag, at: start.at as u32, attributes }))
    }

    pub fn end(&mut self, name: &[u8]) {
        self.end_data();
        let hash = hash(name);
        if let Some(last) = self.beyond.last() {
            if *last == hash {
                self.beyond.pop();
            }
            return;
        }
        let tag = Tag::of(name);
        if matches!(tag, Tag::Html | Tag::Body | Tag::Br) {
            return;
        }
        let Some(at) = self.open.iter().rposition(|open| open.name == hash).filter(|at| *at > 0)
        else {
            return;
        };
        let inside = &self.open[at + 1..];
        let fence = inside.iter().any(|open| open.tag.is_fence());
        let blocks_inside = inside.iter().any(|open| open.tag.is_block());
        if tag.is_block() || tag.is_fence() {
            // A stray end tag inside a table cell does not close what lies around the table.
            if !fence || tag.is_fence() {
                self.open.truncate(at);
            }
        } else if blocks_inside {
            // "<b><p>..</b>": the paragraph stays open, only the bold ends.
            self.open.remove(at);
        } else {
            self.open.truncate(at);
        }
    }

    /// Takes words, the bytes of the markup they stand for, and whether they stand there as they are.
    pub fn words(&mut self, words: &[u8], markup: Range<usize>, verbatim: bool) {
        if let Some((data, span)) = &mut self.data {
            if self.data_bytes < DATA_BYTES_MAX {
                self.data_bytes += words.len();
                data.extend(words);
                *span = span.cover(Span::new(markup.start, markup.end));
            }
            return;
        }
        // A NUL is no character of a page; it would end the words in many a program after us.
        let mut at = 0;
        for part in words.split(|byte| *byte == 0) {
            let own = markup.start + at..markup.start + at + part.len();
            if !part.is_empty() {
                self.some_words(part, if verbatim { own } else { markup.clone() }, verbatim);
            }
            at += part.len() + 1;
        }
    }

    fn some_words(&mut self, words: &[u8], markup: Range<usize>, verbatim: bool) {
        let start = self.text.len();
        self.text.extend(words);
        let end = self.text.len();
        self.dom.trail.push(Step {
            text: Span::new(start, end),
            from: Span::new(markup.start, markup.end),
            likeness: if verbatim { Likeness::Verbatim } else { Likeness::Rewritten },
        });
        let (start, end) = (start as u32, end as u32);
        let parent = self.parent();
        let many = self.dom.nodes.len() >= NODES_MAX;
        match self.dom.nodes.last_mut() {
            Some(Node { parent: before, what: What::Words(range), .. })
                if (*before == parent || many) && range.end == start =>
            {
                range.end = end;
            }
            _ => {
                self.append(What::Words(start..end));
            }
        }
    }

    fn end_data(&mut self) {
        if let Some((data, span)) = self.data.take() {
            self.dom.data.push(String::from_utf8_lossy(&data).into_owned());
            self.dom.data_spans.push(span);
        }
    }

    fn append(&mut self, what: What) -> NodeIndex {
        let at = self.dom.nodes.len();
        let parent = self.parent();
        self.dom.nodes.push(Node { parent, end: at + 1, what });
        at
    }

    fn parent(&self) -> NodeIndex {
        self.open.last().map_or(0, |open| open.node)
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.open.iter().any(|open| open.tag == tag)
    }

    /// Closes what the standard closes without an end tag: `<p>` at the next block, `<li>` at the next `<li>` and so on.
    fn close_implied(&mut self, tag: Tag) {
        let (closed, stop): (&[Tag], &[Tag]) = match tag {
            Tag::Li => (&[Tag::Li], &[Tag::Ul, Tag::Ol, Tag::Menu]),
            Tag::Dt | Tag::Dd => (&[Tag::Dt, Tag::Dd], &[Tag::Dl]),
            Tag::Td | Tag::Th => (&[Tag::Td, Tag::Th], &[Tag::Tr, Tag::Table]),
            Tag::Tr => (&[Tag::Tr], &[Tag::Table, Tag::Tbody]),
            Tag::Option => (&[Tag::Option], &[Tag::Select]),
            Tag::Body => (&[Tag::Head], &[]),
            _ if tag.is_block() => (&[Tag::P], &[Tag::Button]),
            _ => return,
        };
        let in_table = matches!(tag, Tag::Tr | Tag::Td | Tag::Th);
        for at in (1..self.open.len()).rev() {
            let open = self.open[at].tag;
            if closed.contains(&open) {
                self.open.truncate(at);
                return;
            }
            // A paragraph is closed through inline elements only.
            let barred = closed[0] == Tag::P && open.is_block();
            if stop.contains(&open) || open.is_fence() && !in_table || barred {
                return;
            }
        }
    }

    pub fn finish(mut self) -> Dom {
        self.end_data();
        for at in (1..self.dom.nodes.len()).rev() {
            let (parent, end) = (self.dom.nodes[at].parent, self.dom.nodes[at].end);
            let above = &mut self.dom.nodes[parent];
            above.end = above.end.max(end);
        }
        self.dom.text = text(self.text);
        self.dom.values = text(self.values);
        self.dom
    }
}

/// The tokenizer hands UTF-8 through as it is, so nothing is ever lost here.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
}

/// FNV-1a of 32 bits.
fn hash(name: &[u8]) -> u32 {
    name.iter()
        .fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
