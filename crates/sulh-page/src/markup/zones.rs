//! Takes a tree, gives for every node the zone of the page it lies in.
//! Invariant: what is hidden stays hidden below; a zone's word comes from its outermost element that says so.

use super::{
    dom::{Dom, Element, NodeIndex},
    names::{Names, Said, Says},
    tag::Tag,
    tokens::Attribute,
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
}

/// An element with this share of the page's words is no frame, whatever its name ("layout-with-sidebar").
const FRAME_SHARE_MAX: f32 = 0.45;

/// Nor is one that holds a long text without links ("entry share"): frames are short or full of links.
const FRAME_BYTES_MAX: u32 = 700;
const FRAME_LINK_SHARE_MIN: f32 = 0.08;

impl Zones {
    pub fn of(dom: &Dom) -> Self {
        let names = Names::shipped();
        let weights = Weights::of(dom);
        let mut zones = Self {
            zone: Vec::with_capacity(dom.nodes.len()),
            said: Vec::with_capacity(dom.nodes.len()),
            items: Vec::new(),
        };
        for (at, node) in dom.nodes.iter().enumerate() {
            let above = if at == 0 { Zone::Content } else { zones.zone[node.parent] };
            let (zone, said) = match dom.element(at) {
                None => (above, Said::default()),
                Some(element) => {
                    let said = names.read(dom, element);
                    let zone = zone(dom, &weights, above, at, element, &said);
                    let inside = zones
                        .items
                        .last()
                        .is_some_and(|item: &NodeIndex| at < dom.nodes[*item].end);
                    // Sections of bare articles: each is a contribution, but not one inside another.
                    let bare = zone == Zone::Readers && !inside && element.tag == Tag::Article;
                    if zone != Zone::Hidden
                        && (bare || element.tag.is_item() && said.says(Says::CommentItem))
                        && !weights.has_title(dom, at)
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
        _ if is_hidden(dom, element) => Zone::Hidden,
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

fn is_hidden(dom: &Dom, element: &Element) -> bool {
    let by_name = element.tag.is_unshown() || element.tag == Tag::Noscript;
    let by_style = || {
        dom.value(element, Attribute::Style).is_some_and(|style| {
            let style: String = style
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
                .to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
    };
    by_name
        || dom.value(element, Attribute::Hidden).is_some()
        || dom.value(element, Attribute::AriaHidden) == Some("true")
        || by_style()
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

/// How many words lie before each node, and how many first headings: any subtree's are told by subtraction.
struct Weights {
    bytes: Vec<u32>,
    links: Vec<u32>,
    titles: Vec<u32>,
}

impl Weights {
    fn of(dom: &Dom) -> Self {
        let new = || Vec::with_capacity(dom.nodes.len() + 1);
        let (mut bytes, mut links, mut titles) = (new(), new(), new());
        let (mut sum, mut linked, mut heads) = (0_u32, 0_u32, 0_u32);
        // Scripts and hidden parts do not weigh.
        let (mut hidden_until, mut link_until) = (0, 0);
        for at in 0..dom.nodes.len() {
            bytes.push(sum);
            links.push(linked);
            titles.push(heads);
            if let Some(element) = dom.element(at) {
                if is_hidden(dom, element) {
                    hidden_until = hidden_until.max(dom.nodes[at].end);
                }
                if element.tag == Tag::A {
                    link_until = link_until.max(dom.nodes[at].end);
                }
                heads += u32::from(element.tag == Tag::H1);
            } else if at >= hidden_until {
                let length = dom.words(at).trim().len() as u32;
                sum += length;
                linked += if at < link_until { length } else { 0 };
            }
        }
        bytes.push(sum);
        links.push(linked);
        titles.push(heads);
        Self { bytes, links, titles }
    }

    fn bytes(&self, dom: &Dom, at: NodeIndex) -> u32 {
        self.bytes[dom.nodes[at].end] - self.bytes[at]
    }

    fn link_share(&self, dom: &Dom, at: NodeIndex) -> f32 {
        (self.links[dom.nodes[at].end] - self.links[at]) as f32 / self.bytes(dom, at).max(1) as f32
    }

    fn share(&self, dom: &Dom, at: NodeIndex) -> f32 {
        let all = self.bytes.last().copied().unwrap_or(0).max(1);
        self.bytes(dom, at) as f32 / all as f32
    }

    fn has_title(&self, dom: &Dom, at: NodeIndex) -> bool {
        self.titles[dom.nodes[at].end] > self.titles[at]
    }
}
