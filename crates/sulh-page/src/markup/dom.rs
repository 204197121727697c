//! Takes HTML text, gives its elements and words as a flat tree.
//! Invariant: nodes stand in document order, so a node's subtree is the stretch `node..end`; words know their bytes in the markup.

use super::{
    build::Builder,
    tag::Tag,
    tokens::{Attribute, Tokens},
};
use html5gum::Tokenizer;
use std::ops::Range;
use sulh_model::{origin::Trail, span::Span};

/// Position of a node in `Dom::nodes`.
pub(super) type NodeIndex = usize;

/// Few words are no longer, the white space of indented markup included.
const FEW_BYTES_MAX: usize = 16 << 10;

/// Names and marks of elements are no longer, or say nothing to a person.
const LABEL_CHARS_MAX: usize = 40;

/// A parsed page.
#[derive(Default)]
pub(super) struct Dom {
    pub nodes: Vec<Node>,
    /// The words of all text nodes.
    pub text: String,
    /// Where they come from, in order.
    pub trail: Trail,
    /// The page's scripts of structured data (JSON-LD), as written.
    pub data: Vec<String>,
    /// Where each of them stands in the markup.
    pub data_spans: Vec<Span>,
    /// Elements deeper than the limit were laid flat.
    pub too_deep: bool,
    /// Elements beyond the limit were left out; their words are kept.
    pub too_many: bool,
    /// Attributes of all elements with the stretches of `values` that hold theirs.
    pub attributes: Vec<(Attribute, Range<u32>)>,
    pub values: String,
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
    Words(Range<u32>),
}

pub(super) struct Element {
    pub tag: Tag,
    /// Where its tag stands in the markup.
    pub at: u32,
    /// Positions in `Dom::attributes`.
    pub attributes: Range<u32>,
}

impl Dom {
    pub fn parse(html: &str) -> Self {
        let mut builder = Builder::new();
        let tokens = Tokens::new(&mut builder, html);
        let Ok(()) = Tokenizer::new_with_emitter(html, tokens).finish();
        builder.finish()
    }

    pub fn element(&self, node: NodeIndex) -> Option<&Element> {
        match &self.nodes.get(node)?.what {
            What::Element(element) => Some(element),
            What::Words(_) => None,
        }
    }

    pub fn tag(&self, node: NodeIndex) -> Option<Tag> {
        self.element(node).map(|element| element.tag)
    }

    pub fn attribute(&self, node: NodeIndex, wanted: Attribute) -> Option<&str> {
        self.value(self.element(node)?, wanted)
    }

    pub fn value(&self, element: &Element, wanted: Attribute) -> Option<&str> {
        self.value_range(element, wanted).and_then(|range| self.values.get(range))
    }

    fn value_range(&self, element: &Element, wanted: Attribute) -> Option<Range<usize>> {
        let own = element.attributes.start as usize..element.attributes.end as usize;
        let (_, range) = self.attributes.get(own)?.iter().find(|(found, _)| *found == wanted)?;
        Some(range.start as usize..range.end as usize)
    }

    /// True for a script of structured data; `values` are those read so far.
    pub fn is_data(&self, node: NodeIndex, values: &[u8]) -> bool {
        let range = self.element(node).and_then(|at| self.value_range(at, Attribute::Type));
        let value = range.and_then(|range| values.get(range)).unwrap_or_default();
        value.to_ascii_lowercase().windows(7).any(|window| window == b"ld+json")
    }

    pub fn words(&self, node: NodeIndex) -> &str {
        self.words_at(node).map_or("", |range| &self.text[range])
    }

    /// Where a node's own words stand in `text`.
    pub fn words_at(&self, node: NodeIndex) -> Option<Range<usize>> {
        match &self.nodes[node].what {
            What::Element(_) => None,
            What::Words(range) => Some(range.start as usize..range.end as usize)
                .filter(|range| self.text.get(range.clone()).is_some()),
        }
    }

    /// Elements with their positions, in document order.
    pub fn elements(&self) -> impl Iterator<Item = (NodeIndex, &Element)> {
        self.nodes.iter().enumerate().filter_map(|(at, node)| match &node.what {
            What::Element(element) => Some((at, element)),
            What::Words(_) => None,
        })
    }

    /// The elements around a node, itself first.
    pub fn above(&self, node: NodeIndex) -> impl Iterator<Item = (NodeIndex, Tag)> {
        let mut next = Some(node);
        let chain = std::iter::from_fn(move || {
            let at = next?;
            next = (at > 0).then(|| self.nodes[at].parent);
            Some(at)
        });
        chain.filter_map(|at| self.tag(at).map(|tag| (at, tag)))
    }

    /// An element as reviewers look for it in a page's source: its name as written there, with `marks` its id or first class.
    pub fn label(&self, node: NodeIndex, html: &str, marks: bool) -> String {
        let at = self.element(node).map_or(0, |element| element.at as usize);
        let tag = html[at..].strip_prefix('<').unwrap_or_default();
        let name: String = tag
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .take(LABEL_CHARS_MAX)
            .collect();
        let name = name.to_ascii_lowercase();
        let mark = |attribute, sign: &str| {
            let value = self.attribute(node, attribute)?.split_whitespace().next()?;
            crate::wording::at_most_chars(value, LABEL_CHARS_MAX)
                .then(|| format!("{name}{sign}{value}"))
        };
        let marked =
            marks.then(|| mark(Attribute::Id, "#").or_else(|| mark(Attribute::Class, ".")));
        marked.flatten().unwrap_or(name)
    }

    /// The words of a subtree that has at most so many characters, white space collapsed. Longer ones are not gone
    /// through: hundreds of elements can stand around one text, and each may be asked.
    pub fn few_words(&self, node: NodeIndex, chars_max: usize) -> Option<String> {
        let mut words = String::new();
        let mut bytes = 0;
        for at in node..self.nodes[node].end {
            bytes += self.words(at).len();
            if bytes > FEW_BYTES_MAX {
                return None;
            }
            words.push_str(self.words(at));
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        crate::wording::at_most_chars(&words, chars_max).then_some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sulh_model::origin::Likeness;

    fn shape(html: &str) -> String {
        let dom = Dom::parse(html);
        let mut out = String::new();
        let mut open: Vec<NodeIndex> = Vec::new();
        for (at, node) in dom.nodes.iter().enumerate().skip(1) {
            while open.last().is_some_and(|end| *end <= at) {
                open.pop();
                out.push(')');
            }
            match &node.what {
                What::Element(element) => {
                    out.push_str(&format!("{:?}(", element.tag).to_lowercase());
                    open.push(node.end);
                }
                What::Words(_) => out.push_str(dom.words(at)),
            }
        }
        out.push_str(&")".repeat(open.len()));
        out
    }

    #[test]
    fn trees_are_built() {
        assert_eq!(shape("<p>a<p>b"), "p(a)p(b)");
        assert_eq!(shape("<ul><li>a<li>b</ul>c"), "ul(li(a)li(b))c");
        assert_eq!(shape("<b><p>a</b>b</p>"), "b(p(ab))");
        assert_eq!(shape("<table><tr><td>a</div>b<td>c</table>"), "table(tr(td(ab)td(c)))");
        assert_eq!(shape("<script>if (a</b>) {}</script>x"), "script(if (a</b>) {})x");
        assert_eq!(shape("<x-a>1</x-b>2</x-a>3"), "custom(12)3");
        assert_eq!(shape("a < b &amp; <i>c\0d"), "a < b & i(cd)");
    }

    fn check_pieces(html: &str) {
        let dom = Dom::parse(html);
        let mut at = 0;
        for step in dom.trail.steps() {
            assert_eq!(step.text.start(), at, "{html:?}");
            at = step.text.end();
            assert!(step.from.end() <= html.len(), "{html:?}");
            if step.likeness == Likeness::Verbatim {
                assert_eq!(step.text.of(&dom.text), step.from.of(html), "{html:?}");
            }
        }
        assert_eq!(at, dom.text.len(), "{html:?}");
        for (_, element) in dom.elements().skip(1) {
            assert_eq!(html.as_bytes()[element.at as usize], b'<', "{html:?}");
        }
    }

    #[test]
    fn words_know_their_bytes() {
        let html = "<p>Tom &amp; Ayn</p>\n<p>1 < 2 &copy</p>";
        check_pieces(html);
        let dom = Dom::parse(html);
        let told: Vec<_> = dom
            .trail
            .steps()
            .iter()
            .map(|step| (step.text.of(&dom.text), step.from.of(html)))
            .collect();
        let expected = [
            ("Tom ", "Tom "),
            ("&", "&amp;"),
            (" Ayn", " Ayn"),
            ("\n", "\n"),
            ("1 < 2 ", "1 < 2 "),
            ("©", "&copy"),
        ];
        assert_eq!(told, expected);
    }

    proptest! {
        #[test]
        fn whatever_the_markup_words_know_their_bytes(html in "([<>&;/pb \"'=!-]|amp|é|<p>|</p>|<!--|-->|<script>|&#x41;|\r\n|\u{0}|x)*") {
            check_pieces(&html);
        }
    }
}
