//! Takes HTML text, gives its elements and words as a flat tree.
//! Invariant: nodes stand in document order, so a node's subtree is the stretch `node..end`; built without recursion, within limits.
//!
//! The tokenizer is html5ever's; the tree is ours. The standard's tree builder asks the whole stack of open elements at
//! every tag, which a page of a million nested tags turns into hours; ours knows fewer repairs and always ends.

use html5ever::{
    LocalName, local_name,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, CharacterTokens, Tag, TagKind, TagToken, Token, TokenSink, TokenSinkResult,
        Tokenizer, states::RawKind,
    },
};
use std::cell::RefCell;

/// Browsers stop at 512; pages by hand or machine stay below 100.
const DEPTH_MAX: usize = 512;

/// Keeps the tree of one page below some 200 MiB; the largest pages met have 60,000.
const NODES_MAX: usize = 1_500_000;

/// Structured data of a page that is looked at for dates.
const DATA_BYTES_MAX: usize = 256 << 10;

/// Position of a node in `Dom::nodes`.
pub(super) type NodeIndex = usize;

/// A parsed page.
pub(super) struct Dom {
    pub nodes: Vec<Node>,
    /// The words of all text nodes.
    pub text: String,
    /// The page's JSON-LD, as written.
    pub data: String,
    /// Elements deeper than the limit were laid flat.
    pub too_deep: bool,
    /// Elements beyond the limit were left out; their words are kept.
    pub too_many: bool,
}

/// An element or a stretch of words.
pub(super) struct Node {
    pub parent: NodeIndex,
    /// One past the last node of its subtree.
    pub end: NodeIndex,
    pub what: What,
}

pub(super) enum What {
    Element(Element),
    /// Bytes of `Dom::text`.
    Words(std::ops::Range<usize>),
}

pub(super) struct Element {
    pub name: LocalName,
    attributes: Box<[(LocalName, StrTendril)]>,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(attribute, _)| &**attribute == name)
            .map(|(_, value)| &**value)
    }
}

impl Dom {
    pub fn parse(html: &str) -> Self {
        let sink = Sink(RefCell::new(Builder::new()));
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        let tokenizer = Tokenizer::new(sink, Default::default());
        // A script's end hands control back to a browser; there is none, so the tokenizer is just asked to go on.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        tokenizer.end();
        tokenizer.sink.0.into_inner().finish()
    }

    pub fn element(&self, node: NodeIndex) -> Option<&Element> {
        match &self.nodes.get(node)?.what {
            What::Element(element) => Some(element),
            What::Words(_) => None,
        }
    }

    pub fn words(&self, node: NodeIndex) -> &str {
        match &self.nodes[node].what {
            What::Element(_) => "",
            What::Words(range) => &self.text[range.clone()],
        }
    }

    /// Elements with their positions, in document order.
    pub fn elements(&self) -> impl Iterator<Item = (NodeIndex, &Element)> {
        self.nodes.iter().enumerate().filter_map(|(at, node)| match &node.what {
            What::Element(element) => Some((at, element)),
            What::Words(_) => None,
        })
    }

    /// The words of a subtree, white space collapsed.
    pub fn all_words(&self, node: NodeIndex) -> String {
        let mut words = String::new();
        for at in node..self.nodes[node].end {
            words.push_str(self.words(at));
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == TagKind::StartTag => return builder.start(tag),
            TagToken(tag) => builder.end(&tag.name),
            CharacterTokens(words) => builder.words(&words),
            // Doctypes, comments, NULs and parse errors say nothing.
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

struct Builder {
    dom: Dom,
    open: Vec<(NodeIndex, LocalName)>,
    /// Names of elements opened beyond the depth limit.
    beyond: Vec<LocalName>,
    in_data: bool,
}

impl Builder {
    fn new() -> Self {
        let root = Element { name: local_name!("html"), attributes: Box::default() };
        let nodes = vec![Node { parent: 0, end: 1, what: What::Element(root) }];
        let dom = Dom {
            nodes,
            text: String::new(),
            data: String::new(),
            too_deep: false,
            too_many: false,
        };
        Self { dom, open: vec![(0, local_name!("html"))], beyond: Vec::new(), in_data: false }
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        self.in_data = false;
        self.close_implied(&tag.name);
        let raw = match tag.name {
            local_name!("script") => Some(RawKind::ScriptData),
            local_name!("style")
            | local_name!("iframe")
            | local_name!("xmp")
            | local_name!("noembed")
            | local_name!("noframes") => Some(RawKind::Rawtext),
            local_name!("title") | local_name!("textarea")
                if !self.is_open(&local_name!("svg")) =>
            {
                Some(RawKind::Rcdata)
            }
            _ => None,
        };
        let void =
            tag.self_closing && (raw.is_none() && !is_block(&tag.name)) || is_void(&tag.name);
        if tag.name == local_name!("script") {
            self.in_data = tag
                .attrs
                .iter()
                .any(|a| a.name.local == local_name!("type") && a.value.contains("ld+json"));
        }
        if self.dom.nodes.len() >= NODES_MAX {
            self.dom.too_many = true;
        } else if self.open.len() >= DEPTH_MAX && !void {
            self.dom.too_deep = true;
            self.beyond.push(tag.name.clone());
        } else {
            let node = self
                .append(What::Element(Element { name: tag.name.clone(), attributes: kept(&tag) }));
            if !void {
                self.open.push((node, tag.name.clone()));
            }
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    fn end(&mut self, name: &LocalName) {
        self.in_data = false;
        if let Some(last) = self.beyond.last() {
            if last == name {
                self.beyond.pop();
            }
            return;
        }
        if matches!(*name, local_name!("html") | local_name!("body") | local_name!("br")) {
            return;
        }
        let found = self.open.iter().rposition(|(_, open)| open == name);
        let Some(at) = found.filter(|at| *at > 0) else { return };
        let fence = self.open[at + 1..].iter().any(|(_, open)| is_fence(open));
        let blocks_inside = self.open[at + 1..].iter().any(|(_, open)| is_block(open));
        if is_block(name) || is_fence(name) {
            // A stray end tag inside a table cell does not close what lies around the table.
            if !fence || is_fence(name) {
                self.open.truncate(at);
            }
        } else if blocks_inside {
            // "<b><p>..</b>": the paragraph stays open, only the bold ends.
            self.open.remove(at);
        } else {
            self.open.truncate(at);
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_data {
            if self.dom.data.len() + words.len() <= DATA_BYTES_MAX {
                self.dom.data.push_str(words);
            }
            return;
        }
        let start = self.dom.text.len();
        self.dom.text.push_str(words);
        let (parent, end) = (self.parent(), self.dom.text.len());
        let many = self.dom.nodes.len() >= NODES_MAX;
        match self.dom.nodes.last_mut() {
            Some(Node { parent: before, what: What::Words(range), .. })
                if (*before == parent || many) && range.end == start =>
            {
                range.end = end
            }
            _ => {
                self.append(What::Words(start..end));
            }
        }
    }

    fn append(&mut self, what: What) -> NodeIndex {
        let at = self.dom.nodes.len();
        let parent = self.parent();
        self.dom.nodes.push(Node { parent, end: at + 1, what });
        at
    }

    fn parent(&self) -> NodeIndex {
        self.open.last().map_or(0, |(node, _)| *node)
    }

    fn is_open(&self, name: &LocalName) -> bool {
        self.open.iter().any(|(_, open)| open == name)
    }

    /// Closes what the standard closes without an end tag: `<p>` at the next block, `<li>` at the next `<li>` and so on.
    fn close_implied(&mut self, name: &LocalName) {
        let (closed, stop): (&[LocalName], &[LocalName]) = match *name {
            local_name!("li") => {
                (&[local_name!("li")], &[local_name!("ul"), local_name!("ol"), local_name!("menu")])
            }
            local_name!("dt") | local_name!("dd") => {
                (&[local_name!("dt"), local_name!("dd")], &[local_name!("dl")])
            }
            local_name!("td") | local_name!("th") => (
                &[local_name!("td"), local_name!("th")],
                &[local_name!("tr"), local_name!("table")],
            ),
            local_name!("tr") => {
                (&[local_name!("tr")], &[local_name!("table"), local_name!("tbody")])
            }
            local_name!("option") => (&[local_name!("option")], &[local_name!("select")]),
            local_name!("body") => (&[local_name!("head")], &[]),
            _ if is_block(name) => (&[local_name!("p")], &[local_name!("button")]),
            _ => return,
        };
        for at in (1..self.open.len()).rev() {
            let open = &self.open[at].1;
            if closed.contains(open) {
                self.open.truncate(at);
                return;
            }
            if stop.contains(open)
                || is_fence(open)
                    && !matches!(*name, local_name!("tr") | local_name!("td") | local_name!("th"))
            {
                return;
            }
            // A paragraph is closed through inline elements only.
            if closed[0] == local_name!("p") && is_block(open) {
                return;
            }
        }
    }

    fn finish(mut self) -> Dom {
        for at in (1..self.dom.nodes.len()).rev() {
            let (parent, end) = (self.dom.nodes[at].parent, self.dom.nodes[at].end);
            let above = &mut self.dom.nodes[parent];
            above.end = above.end.max(end);
        }
        self.dom
    }
}

/// The attributes that say what an element is; the others may be megabytes of script and pictures.
fn kept(tag: &Tag) -> Box<[(LocalName, StrTendril)]> {
    const KEPT: [&str; 16] = [
        "class",
        "id",
        "rel",
        "role",
        "itemprop",
        "itemtype",
        "datetime",
        "title",
        "style",
        "hidden",
        "aria-hidden",
        "href",
        "content",
        "property",
        "name",
        "type",
    ];
    let good = |attribute: &&html5ever::Attribute| {
        KEPT.contains(&&*attribute.name.local) && attribute.value.len() <= 4096
    };
    tag.attrs.iter().filter(good).map(|a| (a.name.local.clone(), a.value.clone())).collect()
}

fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("br")
            | local_name!("img")
            | local_name!("hr")
            | local_name!("input")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("wbr")
            | local_name!("source")
            | local_name!("area")
            | local_name!("base")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("track")
            | local_name!("param")
    )
}

fn is_fence(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("table") | local_name!("td") | local_name!("th") | local_name!("caption")
    )
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("head")
            | local_name!("header")
            | local_name!("hgroup")
            | local_name!("hr")
            | local_name!("html")
            | local_name!("li")
            | local_name!("main")
            | local_name!("nav")
            | local_name!("ol")
            | local_name!("p")
            | local_name!("pre")
            | local_name!("section")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("tr")
            | local_name!("ul")
            | local_name!("title")
            | local_name!("option")
            | local_name!("select")
            | local_name!("textarea")
    )
}
