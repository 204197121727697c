//! Takes a tree, gives for every node the zone of the page it lies in.
//! Invariant: what is hidden stays hidden below; a zone's word comes from its outermost element that says so.

use super::{
    dom::{Dom, Element, NodeIndex},
    names::{Names, Said, Says},
    tag::Tag,
    tokens::Attribute,
    weights::Weights,
};

/// A part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// May be the report.
    Content,
    /// Menus, forms, teasers, notices.
    Frame,
    /// Advertising.
    Advert,
    /// The readers' part.
    Readers,
    /// Never shown.
    Hidden,
}

/// Zones and names of all nodes.
pub(super) struct Zones {
    pub zone: Vec<Zone>,
    pub said: Vec<Said>,
    /// Elements that are one contribution each, nested ones included.
    pub items: Vec<NodeIndex>,
    pub weights: Weights,
}

/// An element with this share of the page's words is no frame, whatever its name ("layout-with-sidebar").
const FRAME_SHARE_MAX: f32 = 0.45;

/// Nor is one that holds a long text without links ("entry share"): frames are short or full of links.
const FRAME_BYTES_MAX: u32 = 700;
const FRAME_LINK_SHARE_MIN: f32 = 0.08;

impl Zones {
    pub fn of(dom: &Dom) -> Self {
        let names = Names::shipped();
        let mut zones = Self {
            zone: Vec::with_capacity(dom.nodes.len()),
            said: Vec::with_capacity(dom.nodes.len()),
            items: Vec::new(),
            weights: Weights::of(dom),
        };
        for (at, node) in dom.nodes.iter().enumerate() {
            let above = if at == 0 { Zone::Content } else { zones.zone[node.parent] };
            let (zone, said) = match dom.element(at) {
                None => (above, Said::default()),
                Some(element) => {
                    let said = names.read(dom, element);
                    let zone = zone(dom, &zones.weights, above, at, element, &said);
                    let inside = zones
                        .items
                        .last()
                        .is_some_and(|item: &NodeIndex| at < dom.nodes[*item].end);
                    // Sections of bare articles: each is a contribution, but not one inside another.
                    let bare = zone == Zone::Readers && !inside && element.tag == Tag::Article;
                    if zone != Zone::Hidden
                        && (bare || element.tag.is_item() && said.says(Says::CommentItem))
                        && !zones.weights.has_title(dom, at)
                    {
                        zones.items.push(at);
                    }
                    (zone, said)
                }
            };
            zones.zone.push(zone);
            zones.said.push(said);
        }
        zones.mark_items(dom);
        zones
    }

    /// Contributions outside a marked section make their own.
    fn mark_items(&mut self, dom: &Dom) {
        for item in &self.items {
            for at in *item..dom.nodes[*item].end {
                if matches!(self.zone[at], Zone::Content | Zone::Frame) {
                    self.zone[at] = Zone::Readers;
                }
            }
        }
    }
}

fn zone(
    dom: &Dom,
    weights: &Weights,
    above: Zone,
    at: NodeIndex,
    element: &Element,
    said: &Said,
) -> Zone {
    let large = weights.share(dom, at) > FRAME_SHARE_MAX;
    let prose = || {
        weights.bytes(dom, at) > FRAME_BYTES_MAX
            && weights.link_share(dom, at) < FRAME_LINK_SHARE_MIN
    };
    let whole = matches!(element.tag, Tag::Html | Tag::Body | Tag::Main);
    let article = element.tag == Tag::Article;
    match above {
        Zone::Hidden => Zone::Hidden,
        _ if weights.hides(dom, at) => Zone::Hidden,
        Zone::Readers | Zone::Advert => above,
        _ if whole => above,
        _ if said.says(Says::CommentSection)
            && element.tag.is_holder()
            && !weights.has_title(dom, at) =>
        {
            Zone::Readers
        }
        Zone::Frame => Zone::Frame,
        Zone::Content if large => Zone::Content,
        Zone::Content if said.says(Says::Advert) && !article => Zone::Advert,
        Zone::Content
            if said.says(Says::Frame) && !article && !said.says(Says::Body) && !prose() =>
        {
            Zone::Frame
        }
        Zone::Content if element.tag == Tag::Form && prose() => Zone::Content,
        Zone::Content if is_frame(dom, weights, at, element) => Zone::Frame,
        Zone::Content => Zone::Content,
    }
}

fn is_frame(dom: &Dom, weights: &Weights, at: NodeIndex, element: &Element) -> bool {
    let framed = matches!(
        element.tag,
        Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form | Tag::Menu | Tag::Label | Tag::Fieldset
    );
    // A header inside an article holds its title and byline; one outside holds the site's.
    let header =
        element.tag == Tag::Header && !weights.has_title(dom, at) && !inside_article(dom, at);
    let role = matches!(
        dom.value(element, Attribute::Role),
        Some(
            "navigation"
                | "banner"
                | "contentinfo"
                | "complementary"
                | "search"
                | "dialog"
                | "menu"
        )
    );
    framed || header || role && !weights.has_title(dom, at)
}

fn inside_article(dom: &Dom, at: NodeIndex) -> bool {
    let mut node = at;
    while node > 0 {
        node = dom.nodes[node].parent;
        if dom.element(node).is_some_and(|e| matches!(e.tag, Tag::Article | Tag::Main)) {
            return true;
        }
    }
    false
}
