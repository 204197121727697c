//! Takes a tree, gives for every node the zone of the page it lies in.
//! Invariant: what is hidden stays hidden below; a zone's word comes from its outermost element that says so.

use super::{
    dom::{Dom, Element, NodeIndex},
    names::{Names, Said, Says},
};
use html5ever::{LocalName, local_name};

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
                    let said = names.read(element);
                    let zone = zone(dom, &weights, above, at, element, &said);
                    let inside = zones
                        .items
                        .last()
                        .is_some_and(|item: &NodeIndex| at < dom.nodes[*item].end);
                    // Sections of bare articles: each is a contribution, but not one inside another.
                    let bare =
                        zone == Zone::Readers && !inside && element.name == local_name!("article");
                    if zone != Zone::Hidden
                        && (bare || is_item(element, &said))
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
    let whole =
        matches!(element.name, local_name!("html") | local_name!("body") | local_name!("main"));
    let article = element.name == local_name!("article");
    match above {
        Zone::Hidden => Zone::Hidden,
        _ if is_hidden(element) => Zone::Hidden,
        Zone::Readers | Zone::Advert => above,
        _ if whole => above,
        _ if said.says(Says::CommentSection)
            && is_holder(&element.name)
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
        Zone::Content if is_frame(dom, weights, at, element) => Zone::Frame,
        Zone::Content => Zone::Content,
    }
}

fn is_hidden(element: &Element) -> bool {
    let by_name = matches!(
        element.name,
        local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("noscript")
            | local_name!("title")
            | local_name!("select")
            | local_name!("option")
            | local_name!("textarea")
            | local_name!("button")
            | local_name!("svg")
            | local_name!("math")
            | local_name!("canvas")
            | local_name!("object")
            | local_name!("iframe")
            | local_name!("audio")
            | local_name!("video")
            | local_name!("datalist")
            | local_name!("dialog")
            | local_name!("xmp")
            | local_name!("noembed")
            | local_name!("noframes")
    );
    let by_style = || {
        element.attribute("style").is_some_and(|style| {
            let style: String = style
                .chars()
                .filter(|c| !c.is_whitespace())
                .collect::<String>()
                .to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
    };
    by_name
        || element.attribute("hidden").is_some()
        || element.attribute("aria-hidden") == Some("true")
        || by_style()
}

fn is_frame(dom: &Dom, weights: &Weights, at: NodeIndex, element: &Element) -> bool {
    let framed = matches!(
        element.name,
        local_name!("nav")
            | local_name!("footer")
            | local_name!("aside")
            | local_name!("form")
            | local_name!("menu")
            | local_name!("label")
            | local_name!("fieldset")
    );
    // A header inside an article holds its title and byline; one outside holds the site's.
    let header = element.name == local_name!("header")
        && !weights.has_title(dom, at)
        && !inside_article(dom, at);
    let role = matches!(
        element.attribute("role"),
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
        if dom
            .element(node)
            .is_some_and(|e| matches!(e.name, local_name!("article") | local_name!("main")))
        {
            return true;
        }
    }
    false
}

/// Elements that hold others; a link named "comments" holds none.
fn is_holder(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("div")
            | local_name!("section")
            | local_name!("ul")
            | local_name!("ol")
            | local_name!("aside")
            | local_name!("article")
            | local_name!("table")
            | local_name!("dl")
            | local_name!("details")
            | local_name!("footer")
    ) || name.contains('-')
}

fn is_item(element: &Element, said: &Said) -> bool {
    let holds = matches!(
        element.name,
        local_name!("div")
            | local_name!("li")
            | local_name!("article")
            | local_name!("section")
            | local_name!("dl")
            | local_name!("dd")
            | local_name!("tr")
            | local_name!("td")
            | local_name!("table")
    ) || element.name.contains('-');
    holds && said.says(Says::CommentItem)
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
                if is_hidden(element) {
                    hidden_until = hidden_until.max(dom.nodes[at].end);
                }
                if element.name == local_name!("a") {
                    link_until = link_until.max(dom.nodes[at].end);
                }
                heads += u32::from(element.name == local_name!("h1"));
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
