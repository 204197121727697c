//! Takes a tree, gives what its elements claim about the page: `meta`, `link`, `time` and marked elements.
//! Invariant: a claim keeps the words it was made with; readers' contributions and what is hidden claim nothing.

use super::super::{
    dom::{Dom, Element, NodeIndex},
    names::Says,
    tag::Tag,
    tokens::Attribute,
    zones::{Zone, Zones},
};
use crate::stamp;
use sulh_model::imprint::ToldIn;

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tells {
    Title,
    Publisher,
    Author,
    Published,
    Modified,
    Canonical,
}

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    pub tells: Tells,
    pub told_in: ToldIn,
    /// Among claims of one part of the page: the lower, the more trusted.
    pub rank: usize,
    pub words: String,
}

/// More claims than these are lists of other pages.
const CLAIMS_MAX: usize = 400;

/// A claim is a name, a title or a day; longer text is something else.
const CLAIM_BYTES_MAX: usize = 600;

/// An element with more nodes is a part of the page.
const CLAIM_NODES_MAX: usize = 100;

/// Names of `meta` for sharing, the most trusted of each kind first.
const SHARED: &[(&str, Tells)] = &[
    ("og:title", Tells::Title),
    ("twitter:title", Tells::Title),
    ("og:site_name", Tells::Publisher),
    ("article:author", Tells::Author),
    ("og:article:author", Tells::Author),
    ("og:author", Tells::Author),
    ("article:published_time", Tells::Published),
    ("og:article:published_time", Tells::Published),
    ("og:published_time", Tells::Published),
    ("article:published", Tells::Published),
    ("og:pubdate", Tells::Published),
    ("article:modified_time", Tells::Modified),
    ("og:article:modified_time", Tells::Modified),
    ("og:modified_time", Tells::Modified),
    ("article:modified", Tells::Modified),
    ("og:updated_time", Tells::Modified),
    ("og:url", Tells::Canonical),
];

/// Other names of `meta`, likewise.
const NAMED: &[(&str, Tells)] = &[
    ("parsely-title", Tells::Title),
    ("sailthru.title", Tells::Title),
    ("citation_title", Tells::Title),
    ("dc.title", Tells::Title),
    ("dcterms.title", Tells::Title),
    ("headline", Tells::Title),
    ("citation_journal_title", Tells::Publisher),
    ("dc.publisher", Tells::Publisher),
    ("dcterms.publisher", Tells::Publisher),
    ("citation_publisher", Tells::Publisher),
    ("application-name", Tells::Publisher),
    ("publisher", Tells::Publisher),
    ("citation_author", Tells::Author),
    ("parsely-author", Tells::Author),
    ("sailthru.author", Tells::Author),
    ("author", Tells::Author),
    ("authors", Tells::Author),
    ("byl", Tells::Author),
    ("dc.creator", Tells::Author),
    ("dcterms.creator", Tells::Author),
    ("datepublished", Tells::Published),
    ("rnews:datepublished", Tells::Published),
    ("parsely-pub-date", Tells::Published),
    ("sailthru.date", Tells::Published),
    ("citation_online_date", Tells::Published),
    ("citation_publication_date", Tells::Published),
    ("dcterms.issued", Tells::Published),
    ("dc.date.issued", Tells::Published),
    ("cxenseparse:recs:publishtime", Tells::Published),
    ("publication_date", Tells::Published),
    ("publishdate", Tells::Published),
    ("publish-date", Tells::Published),
    ("publish_date", Tells::Published),
    ("pubdate", Tells::Published),
    ("published", Tells::Published),
    ("dc.date", Tells::Published),
    ("dc.date.created", Tells::Published),
    ("dcterms.date", Tells::Published),
    ("dcterms.created", Tells::Published),
    ("date", Tells::Published),
    ("datemodified", Tells::Modified),
    ("dcterms.modified", Tells::Modified),
    ("dc.date.modified", Tells::Modified),
    ("last-modified", Tells::Modified),
    ("last_modified", Tells::Modified),
    ("lastmod", Tells::Modified),
    ("revised", Tells::Modified),
];

/// All claims of a page's elements, in the order of the page.
pub(super) fn of(dom: &Dom, zones: &Zones) -> Vec<Claim> {
    let mut claims = Claims { dom, zones, found: Vec::new() };
    for (at, element) in dom.elements() {
        if claims.found.len() >= CLAIMS_MAX {
            break;
        }
        let shown = zones.zone[at] == Zone::Content;
        match element.tag {
            Tag::Title => claims.add(Tells::Title, ToldIn::WindowTitle, 0, &claims.words(at)),
            Tag::Meta => claims.meta(element, shown),
            Tag::Link => claims.link(element),
            _ if shown => claims.marked(at, element),
            // An author's page is often linked from the report's foot.
            _ if zones.zone[at] == Zone::Frame => claims.author_link(at, element),
            _ => {}
        }
    }
    claims.found
}

struct Claims<'a> {
    dom: &'a Dom,
    zones: &'a Zones,
    found: Vec<Claim>,
}

impl Claims<'_> {
    fn add(&mut self, tells: Tells, told_in: ToldIn, rank: usize, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && words.len() <= CLAIM_BYTES_MAX {
            self.found.push(Claim { tells, told_in, rank, words });
        }
    }

    fn meta(&mut self, element: &Element, shown: bool) {
        let value = |attribute| self.dom.value(element, attribute);
        let Some(content) = value(Attribute::Content) else { return };
        let names = [value(Attribute::Property), value(Attribute::Name)];
        for name in names.into_iter().flatten() {
            let name = name.trim().to_ascii_lowercase();
            for (list, told_in) in [(SHARED, ToldIn::OpenGraph), (NAMED, ToldIn::Meta)] {
                if let Some(rank) = list.iter().position(|(known, _)| *known == name) {
                    return self.add(list[rank].1, told_in, rank, content);
                }
            }
        }
        let marked = value(Attribute::Itemprop).filter(|_| shown).and_then(day_mark);
        if let Some(tells) = marked {
            self.add(tells, ToldIn::Microdata, 0, content);
        }
    }

    fn link(&mut self, element: &Element) {
        let canonical = self.dom.value(element, Attribute::Rel).is_some_and(|rel| {
            rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("canonical"))
        });
        if let Some(address) = self.dom.value(element, Attribute::Href).filter(|_| canonical) {
            self.add(Tells::Canonical, ToldIn::Link, 0, address);
        }
    }

    /// Elements with `itemprop`, `time` elements, links to an author.
    fn marked(&mut self, at: NodeIndex, element: &Element) {
        let value = |attribute| self.dom.value(element, attribute);
        if let Some(mark) = value(Attribute::Itemprop) {
            let machine = value(Attribute::Datetime).or(value(Attribute::Content));
            if let Some(tells) = day_mark(mark) {
                let words = machine.map_or_else(|| self.words(at), str::to_owned);
                return self.add(tells, ToldIn::Microdata, 0, &words);
            }
            if has_word(mark, "author") {
                let words = self.name_in(at);
                return self.add(Tells::Author, ToldIn::Microdata, 0, &words);
            }
        }
        if element.tag == Tag::Time {
            if let Some(day) = value(Attribute::Datetime) {
                let named =
                    |part: &str| value(Attribute::Class).is_some_and(|class| class.contains(part));
                let tells = match named("updated") || named("modified") {
                    true if !named("published") => Tells::Modified,
                    _ => Tells::Published,
                };
                // One whose name says what it is goes before one that only is there.
                let rank = usize::from(!(named("publish") || named("entry-date")));
                self.add(tells, ToldIn::TimeElement, rank, day);
            }
        } else if self.zones.said[at].says(Says::Dateline) {
            let words = self.words(at);
            let (posted, changed) = stamp::parts(&words);
            let parts = [(posted, Tells::Published), (changed, Tells::Modified)];
            for (part, tells) in parts.into_iter().filter_map(|(part, tells)| Some((part?, tells)))
            {
                self.add(tells, ToldIn::Dateline, 0, part);
            }
        } else {
            self.author_link(at, element);
        }
    }

    fn author_link(&mut self, at: NodeIndex, element: &Element) {
        if self.dom.value(element, Attribute::Rel).is_some_and(|rel| has_word(rel, "author")) {
            let words = self.words(at);
            // "View my complete profile" names nobody.
            let upper = |word: &str| word.starts_with(|c: char| !c.is_lowercase());
            if words.split_whitespace().count() == 1
                || words.split_whitespace().last().is_some_and(upper)
            {
                self.add(Tells::Author, ToldIn::Link, 0, &words);
            }
        }
    }

    /// The words of a small element; none of one that holds more than a claim.
    fn words(&self, at: NodeIndex) -> String {
        let end = self.dom.nodes[at].end;
        let mut words = String::new();
        for node in at..end.min(at + CLAIM_NODES_MAX) {
            words.push_str(self.dom.words(node));
            if words.len() > 2 * CLAIM_BYTES_MAX {
                return String::new();
            }
        }
        if end > at + CLAIM_NODES_MAX { String::new() } else { words }
    }

    /// The words marked as a name inside an element, else all of its words.
    fn name_in(&self, at: NodeIndex) -> String {
        let inside = at + 1..self.dom.nodes[at].end.min(at + CLAIM_NODES_MAX);
        let named = inside.into_iter().find(|inner| {
            self.dom
                .attribute(*inner, Attribute::Itemprop)
                .is_some_and(|mark| has_word(mark, "name"))
        });
        let node = named.unwrap_or(at);
        let content = self.dom.attribute(node, Attribute::Content);
        content.map_or_else(|| self.words(node), str::to_owned)
    }
}

fn day_mark(mark: &str) -> Option<Tells> {
    if has_word(mark, "datepublished") {
        Some(Tells::Published)
    } else {
        has_word(mark, "datemodified").then_some(Tells::Modified)
    }
}

fn has_word(list: &str, wanted: &str) -> bool {
    list.split_whitespace().any(|word| word.eq_ignore_ascii_case(wanted))
}
