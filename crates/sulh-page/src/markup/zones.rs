//! Takes a tree, gives for every node the zone of the page it lies in.
//! Invariant: what is hidden stays hidden below; a zone's word comes from its outermost element that says so.

use super::{
    dom::{Dom, Element, NodeIndex},
    names::{Names, ReadNames, Said, Says},
    posts,
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

/// The nodes of one contribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub start: NodeIndex,
    /// One past its last node.
    pub end: NodeIndex,
}

/// Zones and names of all nodes.
pub(super) struct Zones {
    pub zone: Vec<Zone>,
    pub said: Vec<Said>,
    /// One contribution each, nested ones included, in the order of the page.
    pub items: Vec<Item>,
    /// The page is a topic of a forum: nothing but posts is said.
    pub is_forum: bool,
    pub weights: Weights,
}

/// An element with this share of the page's words is no frame, whatever its name ("layout-with-sidebar").
const FRAME_SHARE_MAX: f32 = 0.45;

/// Nor is one that holds a long text without links ("entry share"): frames are short or full of links.
const FRAME_BYTES_MAX: u32 = 700;
const FRAME_LINK_SHARE_MIN: f32 = 0.08;

/// Who and when take a line.
const HEAD_BYTES_MAX: u32 = 160;

/// What holds a body may link to its sources; a list of teasers is mostly links.
const REPORT_LINK_SHARE_MAX: f32 = 0.4;

impl Zones {
    pub fn of(dom: &Dom) -> Self {
        let names = Names::shipped();
        let mut known = ReadNames::new();
        let said = |at: NodeIndex| {
            dom.element(at)
                .map_or_else(Said::default, |element| names.read(dom, element, &mut known))
        };
        let said: Vec<Said> = (0..dom.nodes.len()).map(said).collect();
        let weights = Weights::of(dom, &said);
        let zone = Vec::with_capacity(dom.nodes.len());
        let mut zones = Self { zone, said, items: Vec::new(), is_forum: false, weights };
        let bodies = bodies(&zones.said);
        for (at, node) in dom.nodes.iter().enumerate() {
            let above = if at == 0 { Zone::Content } else { zones.zone[node.parent] };
            let zone = match dom.element(at) {
                None => above,
                Some(element) => {
                    let part = Part {
                        dom,
                        weights: &zones.weights,
                        at,
                        element,
                        said: &zones.said[at],
                        holds_body: bodies[node.end] > bodies[at + 1],
                        body_follows: bodies.last().copied().unwrap_or(0) > bodies[node.end],
                    };
                    part.zone(above)
                }
            };
            zones.zone.push(zone);
            zones.note_item(dom, at);
        }
        zones.note_posts(dom);
        zones.mark_items();
        zones
    }

    /// Notes an element that is one contribution.
    fn note_item(&mut self, dom: &Dom, at: NodeIndex) {
        let Some(element) = dom.element(at) else { return };
        let zone = self.zone[at];
        let inside = self.items.last().is_some_and(|item| at < item.end);
        // Sections of bare articles: each is a contribution, but not one inside another.
        let article = element.tag == Tag::Article
            || element.tag.is_item() && dom.value(element, Attribute::Role) == Some("article");
        let bare = zone == Zone::Readers && !inside && article;
        let named = element.tag.is_item() && self.said[at].says(Says::CommentItem);
        let boxed = || self.said[dom.nodes[at].parent].says(Says::CommentAnswers);
        let answer = zone == Zone::Readers
            && element.tag.is_item()
            && self.said[at].says(Says::CommentAnswer)
            && boxed();
        let asked = element.tag.is_item() && is_question(dom, element);
        if zone != Zone::Hidden
            && (bare || named || answer || asked)
            && !self.weights.has_title(dom, at)
        {
            self.items.push(Item { start: at, end: dom.nodes[at].end });
        }
    }

    /// Posts of a forum are contributions, and what is marked inside one is a part of it.
    fn note_posts(&mut self, dom: &Dom) {
        let posts = posts::find(dom, self);
        let inside = |item: &Item| {
            let next = posts.partition_point(|post| post.start <= item.start);
            next.checked_sub(1).is_some_and(|at| item.end <= posts[at].end)
        };
        self.items.retain(|item| !inside(item));
        self.is_forum = !posts.is_empty()
            || self.items.iter().any(|item| self.said[item.start].says(Says::ForumPost));
        self.items.extend(posts);
        self.items.sort_by_key(|item| (item.start, std::cmp::Reverse(item.end)));
    }

    /// Contributions outside a marked section make their own.
    fn mark_items(&mut self) {
        let mut marked = 0;
        for item in &self.items {
            for zone in self.zone.iter_mut().take(item.end).skip(marked.max(item.start)) {
                if matches!(zone, Zone::Content | Zone::Frame) {
                    *zone = Zone::Readers;
                }
            }
            marked = marked.max(item.end);
        }
    }
}

/// The question that answers on its page are given to: named by its class and as the one of the page.
fn is_question(dom: &Dom, element: &Element) -> bool {
    let class = dom.value(element, Attribute::Class).unwrap_or_default();
    dom.value(element, Attribute::Id) == Some("question")
        && class.split_whitespace().any(|name| name == "question")
}

/// How many elements before each node say that they hold a report's body.
fn bodies(said: &[Said]) -> Vec<u32> {
    let mut found = Vec::with_capacity(said.len() + 1);
    let mut sum = 0;
    for said in said {
        found.push(sum);
        let reader = said.says(Says::CommentWords) || said.says(Says::CommentItem);
        sum += u32::from(said.says(Says::Body) && !reader);
    }
    found.push(sum);
    found
}

/// An element whose zone is asked for.
struct Part<'a> {
    dom: &'a Dom,
    weights: &'a Weights,
    at: NodeIndex,
    element: &'a Element,
    said: &'a Said,
    /// An element inside says that it holds the body of a report.
    holds_body: bool,
    /// An element behind it does.
    body_follows: bool,
}

impl Part<'_> {
    /// The zone of an element that lies in the zone `above`.
    fn zone(&self, above: Zone) -> Zone {
        let tag = self.element.tag;
        match above {
            Zone::Hidden => Zone::Hidden,
            _ if self.weights.hides(self.dom, self.at) => Zone::Hidden,
            Zone::Readers | Zone::Advert => above,
            _ if matches!(tag, Tag::Html | Tag::Body | Tag::Main) => above,
            _ if self.said.says(Says::CommentSection)
                && tag.is_holder()
                && !self.has_title()
                && !self.holds_body =>
            {
                Zone::Readers
            }
            Zone::Frame => Zone::Frame,
            Zone::Content if self.is_large() || self.is_report() => Zone::Content,
            // A paid link inside a paragraph is a word of it.
            Zone::Content
                if self.said.says(Says::Advert) && !matches!(tag, Tag::Article | Tag::A) =>
            {
                Zone::Advert
            }
            Zone::Content if self.is_named_frame() || self.is_frame() => Zone::Frame,
            Zone::Content => Zone::Content,
        }
    }

    fn is_large(&self) -> bool {
        self.weights.share(self.dom, self.at) > FRAME_SHARE_MAX
    }

    fn has_title(&self) -> bool {
        self.weights.has_title(self.dom, self.at)
    }

    /// What holds the body of a report and is not mostly links is no frame ("widget Blog").
    fn is_report(&self) -> bool {
        self.holds_body && self.weights.link_share(self.dom, self.at) < REPORT_LINK_SHARE_MAX
    }

    /// A long text without links.
    fn is_prose(&self) -> bool {
        self.weights.bytes(self.dom, self.at) > FRAME_BYTES_MAX
            && self.weights.link_share(self.dom, self.at) < FRAME_LINK_SHARE_MIN
    }

    fn is_named_frame(&self) -> bool {
        self.said.says(Says::Frame)
            && self.element.tag != Tag::Article
            && !self.said.says(Says::Body)
            && !self.is_prose()
    }

    fn is_frame(&self) -> bool {
        let tag = self.element.tag;
        let framed = matches!(
            tag,
            Tag::Nav | Tag::Footer | Tag::Aside | Tag::Menu | Tag::Label | Tag::Fieldset
        );
        let framed = framed && !(tag == Tag::Footer && self.is_head());
        let form = tag == Tag::Form && !self.is_prose();
        // A header inside an article holds its title and byline; one outside holds the site's.
        let header = tag == Tag::Header && !self.has_title() && !self.inside_article();
        let role = matches!(
            self.dom.value(self.element, Attribute::Role),
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
        framed || form || header || role && !self.has_title()
    }

    /// Some templates set who and when, between title and report, in a footer of the article.
    fn is_head(&self) -> bool {
        let named = |at: NodeIndex| self.dom.tag(at) == Some(Tag::Time);
        self.body_follows
            && self.inside_article()
            && self.weights.bytes(self.dom, self.at) <= HEAD_BYTES_MAX
            && (self.at..self.dom.nodes[self.at].end).any(named)
    }

    fn inside_article(&self) -> bool {
        self.dom
            .above(self.at)
            .any(|(at, tag)| at < self.at && matches!(tag, Tag::Article | Tag::Main))
    }
}
