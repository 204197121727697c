//! Takes the elements of one contribution, gives which of them hold its words and which only say who, when and what can
//! be done with it.
//! Invariant: an element that holds words marked as the contribution's is no label; a quotation is told by element or name.

use super::{
    dom::{Dom, NodeIndex},
    names::Says,
    tag::Tag,
    tokens::Attribute,
    who::{author_rank, names_or_dates},
    zones::{Zone, Zones},
};
use crate::{signed, stamp, turns};

/// More words without a link than these are no label.
const META_WORDS_MAX: usize = 4;

/// Words about a contribution ("3 days ago · reply") are short; a longer text is the contribution.
pub(super) const META_CHARS_MAX: usize = 160;

/// The element that holds the contribution's words, if one says so: the fullest that holds no name and day of the
/// contribution, since some pages mark a title, and some the whole.
pub(super) fn words_holder(
    item: NodeIndex,
    nodes: &[NodeIndex],
    dom: &Dom,
    zones: &Zones,
) -> Option<(NodeIndex, NodeIndex)> {
    let mut quoted_until = 0;
    let mut heads: Vec<NodeIndex> = Vec::new();
    for node in nodes {
        if is_quotation(dom, zones, *node) {
            quoted_until = quoted_until.max(dom.nodes[*node].end);
        }
        if *node >= quoted_until && names_or_dates(dom, zones, *node) {
            heads.push(*node);
        }
    }
    let headed = |node: NodeIndex| {
        let first = heads.partition_point(|head| *head <= node);
        heads.get(first).is_some_and(|head| *head < dom.nodes[node].end)
    };
    let holder = |node: &&NodeIndex| {
        **node != item
            && zones.said[**node].says(Says::CommentWords)
            && dom.element(**node).is_some()
            && !headed(**node)
    };
    let length_of = |node: NodeIndex| zones.weights.bytes(dom, node);
    let (length, node) = nodes
        .iter()
        .filter(holder)
        .map(|node| (length_of(*node), *node))
        .max_by_key(|(length, node)| (*length, std::cmp::Reverse(*node)))?;
    let end = dom.nodes[node].end;
    // Words in parts, quotations between them: all of it is the contribution.
    let class = |node: NodeIndex| (dom.tag(node), dom.attribute(node, Attribute::Class));
    let part = |other: &NodeIndex| {
        !(node..end).contains(other) && class(*other) == class(node) && length_of(*other) > 0
    };
    let whole = !nodes.iter().filter(holder).any(part);
    (length > 0 && whole).then_some((node, end))
}

/// True for an element that quotes another text. Some boards set their own posts in one, and say so by its name.
pub(super) fn is_quotation(dom: &Dom, zones: &Zones, node: NodeIndex) -> bool {
    let said = &zones.said[node];
    let block = dom.tag(node).is_some_and(Tag::is_block);
    let own = said.says(Says::Body) || said.says(Says::CommentWords);
    block && (said.says(Says::Quotation) || dom.tag(node) == Some(Tag::Blockquote) && !own)
}

/// A heading or line named as the title of what stands below it.
pub(super) fn is_title(dom: &Dom, zones: &Zones, node: NodeIndex) -> bool {
    let line = dom.tag(node).is_some_and(|tag| tag.is_heading() || tag == Tag::P);
    line && zones.said[node].says(Says::CommentTitle)
}

/// A form readers write into; some sites wrap what was written in one, too.
pub(super) fn is_input(dom: &Dom, node: NodeIndex) -> bool {
    dom.tag(node) == Some(Tag::Form)
        && (node..dom.nodes[node].end)
            .any(|at| matches!(dom.tag(at), Some(Tag::Input | Tag::Textarea)))
}

/// "Old Salt wrote:" set as the source of a quotation.
fn heads_quotation(dom: &Dom, node: NodeIndex) -> bool {
    dom.tag(node) == Some(Tag::Cite)
        && dom.few_words(node, META_CHARS_MAX).is_some_and(|words| turns::heads_quotation(&words))
}

/// True for an element whose words are none of the contribution's; `held` is where those stand, if it is known.
pub(super) fn is_meta(
    dom: &Dom,
    zones: &Zones,
    node: NodeIndex,
    held: Option<(NodeIndex, NodeIndex)>,
) -> bool {
    let Some(element) = dom.element(node) else { return false };
    // Inside the words themselves only what no prose holds is left out.
    if held.is_some_and(|(start, end)| start < node && node < end) {
        return is_input(dom, node)
            || zones.said[node].says(Says::Signature)
            || heads_quotation(dom, node);
    }
    if held.is_some_and(|(start, _)| start == node) {
        return false;
    }
    let said = &zones.said[node];
    if said.says(Says::Poster) || said.says(Says::Signature) || heads_quotation(dom, node) {
        return true;
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
        && signed::read_by(&words).is_none()
        && author_rank(dom, zones, node).is_none();
    !says_something && (element.tag == Tag::Form || !prose())
}
