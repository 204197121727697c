//! Takes what a page tells of itself, gives each value with the part of the page that tells it.
//! Invariant: no value without its source; what was given beside the page never stands here.

use crate::time::UncertainDate;

crate::codes! {
    /// The part of a page that tells a thing.
    pub enum ToldIn {
        /// A script of structured data.
        JsonLd = "json_ld",
        /// `meta` elements for sharing: Open Graph, its `article:` names, Twitter's.
        OpenGraph = "open_graph",
        /// Other `meta` elements.
        Meta = "meta",
        /// `itemprop` on elements.
        Microdata = "microdata",
        /// A `time` element.
        TimeElement = "time_element",
        /// A `link` element, or one that links with a meaning (`rel`).
        Link = "link",
        /// The page's address.
        Url = "url",
        /// A line that says when.
        Dateline = "dateline",
        /// A line that says who.
        Byline = "byline",
        /// The headline.
        Headline = "headline",
        /// What a browser shows as title.
        WindowTitle = "window_title",
    }
}

/// A value and where it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<T> {
    /// What was told.
    pub value: T,
    /// Where.
    pub told_in: ToldIn,
}

/// What a page tells of itself. Where something else was given beside the page, that holds (`PageAbout`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    /// The title.
    pub title: Option<Told<String>>,
    /// The outlet.
    pub publisher: Option<Told<String>>,
    /// Who wrote the report, as printed; a reader's name never stands here.
    pub authors: Vec<Told<String>>,
    /// When it was published.
    pub published: Option<Told<UncertainDate>>,
    /// When it was last changed.
    pub modified: Option<Told<UncertainDate>>,
    /// The address the outlet wants it to be known by.
    pub canonical: Option<Told<String>>,
}

impl Imprint {
    /// That of a page that tells nothing.
    pub const fn silent() -> Self {
        Self {
            title: None,
            publisher: None,
            authors: Vec::new(),
            published: None,
            modified: None,
            canonical: None,
        }
    }
}
