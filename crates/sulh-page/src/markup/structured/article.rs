//! Takes the objects of a page's structured data, gives what the one that describes this page says of it.
//! Invariant: of several reports the one with this page's address or title is taken; where none has, and they differ in
//! their days, none is.

use super::{
    object::{Object, objects_of},
    words,
};
use crate::{published, wording};
use serde_json::Value;
use std::collections::BTreeMap;
use sulh_model::time::UncertainDate;

/// Objects beyond these many are lists of other pages.
const OBJECTS_MAX: usize = 2_000;

/// A title this much like the page's is the page's.
const TITLE_SHARE_MIN: f32 = 0.6;

/// What structured data say of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::markup) struct Article {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<UncertainDate>,
    pub modified: Option<UncertainDate>,
    pub address: Option<String>,
    /// A forum's or a social network's page: who wrote it is a reader.
    pub of_reader: bool,
}

/// How much an object by its type is about the page it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The page as a page.
    Page,
    /// A work that may be part of it.
    Work,
    /// A report.
    Report,
}

/// What the page calls itself, to know its object by.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::markup) struct Known<'a> {
    pub addresses: &'a [String],
    pub title: Option<&'a str>,
}

struct Candidate<'a> {
    object: Object<'a>,
    rank: Rank,
    /// It has the page's address or title.
    matches: bool,
}

/// What the data say of the page; an empty article when they say nothing.
pub(super) fn of_values(values: &[Value], known: Known<'_>) -> Article {
    let objects: Vec<Object<'_>> =
        values.iter().flat_map(objects_of).take(OBJECTS_MAX).flat_map(with_main).collect();
    let mut linked = BTreeMap::new();
    for object in &objects {
        if let Some(id) = object.text("@id").filter(|_| object.text("name").is_some()) {
            linked.entry(id).or_insert(*object);
        }
    }
    let linked = |id: &str| linked.get(id).copied();
    let mut found = chosen(&objects, known).into_iter().map(|object| read(object, &linked));
    let mut article = found.next().unwrap_or_default();
    for other in found {
        article.title = article.title.or(other.title);
        article.publisher = article.publisher.or(other.publisher);
        article.published = article.published.or(other.published);
        article.modified = article.modified.or(other.modified);
        article.address = article.address.or(other.address);
        if article.authors.is_empty() {
            article.authors = other.authors;
        }
        article.of_reader |= other.of_reader;
    }
    let site = objects.iter().find(|object| object.is_any(&["WebSite"]));
    let site = || site.and_then(|site| site.text("name")).map(words::line);
    article.publisher = article.publisher.or_else(site);
    article
}

/// An object and what it names as its main part.
fn with_main(object: Object<'_>) -> Vec<Object<'_>> {
    let main = ["mainEntity", "mainEntityOfPage"].into_iter().flat_map(|key| object.objects(key));
    std::iter::once(object).chain(main.filter(|main| main.types().next().is_some())).collect()
}

/// The objects that describe the page, the best first.
fn chosen<'a>(objects: &[Object<'a>], known: Known<'_>) -> Vec<Object<'a>> {
    let mut candidates: Vec<Candidate<'a>> = objects
        .iter()
        .filter_map(|object| {
            let rank = rank(*object)?;
            Some(Candidate { object: *object, rank, matches: matches(*object, known) })
        })
        .collect();
    if !candidates.iter().any(|one| one.matches && one.rank == Rank::Report) {
        let mut days = candidates.iter().filter(|one| one.rank == Rank::Report);
        let first = days.next().and_then(|one| one.object.text("datePublished"));
        // A list of other reports.
        if days.any(|one| one.object.text("datePublished") != first) {
            candidates.retain(|one| one.rank != Rank::Report);
        }
    }
    candidates.retain(|one| one.matches || one.rank != Rank::Work);
    candidates
        .sort_by_key(|one| std::cmp::Reverse((one.matches && one.rank > Rank::Page, one.rank)));
    candidates.into_iter().map(|one| one.object).collect()
}

fn rank(object: Object<'_>) -> Option<Rank> {
    object
        .types()
        .filter_map(|name| {
            let name = name.to_ascii_lowercase();
            match name.as_str() {
                "report" | "question" => Some(Rank::Report),
                _ if name.ends_with("article") || name.ends_with("posting") => Some(Rank::Report),
                "videoobject" | "audioobject" | "podcastepisode" | "recipe" | "review"
                | "creativework" | "book" | "event" => Some(Rank::Work),
                "collectionpage" | "profilepage" | "searchresultspage" => None,
                _ if name.ends_with("page") => Some(Rank::Page),
                _ => None,
            }
        })
        .max()
}

fn matches(object: Object<'_>, known: Known<'_>) -> bool {
    let own = ["url", "@id", "mainEntityOfPage"].into_iter().filter_map(|key| object.address(key));
    // A film has the address of the page that shows it, and need not be what the page is about.
    let by_address = rank(object) != Some(Rank::Work)
        && own.map(bare_address).any(|own| {
            known.addresses.iter().any(|known| bare_address(known) == own && own.contains('/'))
        });
    by_address
        || ["headline", "name"]
            .into_iter()
            .filter_map(|key| object.text(key))
            .any(|title| known.title.is_some_and(|known| alike(&words::line(title), known)))
}

/// An address without what may differ between two spellings of one.
fn bare_address(address: &str) -> &str {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.strip_prefix("www.").unwrap_or(address);
    address.split(['#', '?']).next().unwrap_or(address).trim_end_matches('/')
}

fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (wording::words(one), wording::words(other));
    let common = one.iter().filter(|word| other.contains(word)).count() as f32;
    common / one.len().max(other.len()).max(1) as f32 >= TITLE_SHARE_MIN
}

fn read<'a>(object: Object<'a>, linked: &impl Fn(&str) -> Option<Object<'a>>) -> Article {
    let day =
        |keys: &[&str]| keys.iter().filter_map(|key| object.text(key)).find_map(published::told);
    let of_reader =
        object.is_any(&["DiscussionForumPosting", "SocialMediaPosting", "Question", "QAPage"]);
    let page = rank(object) == Some(Rank::Page);
    let authors = object.names("author", linked);
    let authors = if authors.is_empty() { object.names("creator", linked) } else { authors };
    Article {
        title: object.text("headline").or_else(|| object.text("name")).map(words::line),
        publisher: object.names("publisher", linked).first().map(|name| words::line(name)),
        authors: authors.into_iter().map(words::line).collect(),
        published: day(if page {
            &["datePublished"]
        } else {
            &["datePublished", "uploadDate", "dateCreated"]
        }),
        modified: day(&["dateModified"]),
        address: ["url", "mainEntityOfPage"]
            .iter()
            .find_map(|key| object.address(key))
            .map(str::to_owned),
        of_reader,
    }
}
