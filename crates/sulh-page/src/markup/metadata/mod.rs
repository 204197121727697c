//! Takes a tree, gives what the page tells of itself: title, outlet, authors, days, address.
//! Invariant: every value knows its source; which source goes first is fixed; two different days are noted, never
//! averaged. What was given beside the page is not looked at here.

mod address;
mod claims;
mod days;
mod lines;
mod people;
mod title;

use super::{
    dom::Dom,
    structured::{Article, Known, Structured},
    zones::Zones,
};
use crate::{draft::Draft, published, stamp};
use claims::{Claim, Tells};
use days::Days;
use jiff::civil::Date;
use lines::Lines;
use sulh_model::{
    imprint::{Imprint, Told, ToldIn},
    note::Note,
    page::{BlockKind, PageAbout},
    time::UncertainDate,
};
use url::Url;

/// What the elements and the data of a page claim about it.
#[derive(Debug)]
pub(super) struct Metadata {
    claims: Vec<Claim>,
    article: Article,
    /// Where it was found, as far as known, and what it calls its address.
    addresses: Vec<String>,
}

impl Metadata {
    /// Reads the page's claims; `about` is what was given beside it.
    pub fn of(dom: &Dom, zones: &Zones, about: &PageAbout) -> Self {
        let mut found = Self {
            claims: claims::of(dom, zones),
            article: Article::default(),
            addresses: Vec::new(),
        };
        let told = found.all(Tells::Canonical).map(|claim| claim.words.clone());
        found.addresses = about.url.iter().cloned().chain(told).collect();
        let title = about.title.as_deref().or(found.title());
        let known = Known { addresses: &found.addresses, title };
        found.article = Structured::of(&dom.data).article(known);
        found
    }

    /// The title by which the headline is found.
    pub fn title(&self) -> Option<&str> {
        let shared = self.all(Tells::Title).find(|claim| claim.told_in == ToldIn::OpenGraph);
        let window = || self.all(Tells::Title).find(|claim| claim.told_in == ToldIn::WindowTitle);
        shared.or_else(window).map(|claim| claim.words.as_str())
    }

    /// What the page tells of itself, its lines included, and what is doubtful about it.
    pub fn imprint(&self, draft: &Draft, captured: Option<Date>) -> (Imprint, Vec<Note>) {
        let lines = lines::of(draft);
        let chosen = self.days(&lines).choose(&lines.unsure, captured);
        let imprint = Imprint {
            title: self.told_title(draft),
            publisher: self.publisher(),
            authors: self.authors(lines),
            published: chosen.published,
            modified: chosen.modified,
            canonical: self.canonical(),
        };
        (imprint, chosen.notes)
    }

    fn all(&self, tells: Tells) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.tells == tells)
    }

    /// The most trusted claim of one part of the page.
    fn best(&self, tells: Tells, told_in: ToldIn) -> Option<Told<String>> {
        let claims = self.all(tells).filter(|claim| claim.told_in == told_in);
        claims
            .min_by_key(|claim| claim.rank)
            .map(|claim| Told { value: claim.words.clone(), told_in })
    }

    /// The headline as printed where data or `meta` say so too; else what they say, without the outlet's name.
    fn told_title(&self, draft: &Draft) -> Option<Told<String>> {
        let headline = draft.blocks.iter().find(|block| block.kind == BlockKind::Headline);
        let headline = headline.map(|block| Told {
            value: block.span.of(&draft.text).replace('\n', " "),
            told_in: ToldIn::Headline,
        });
        let data = self.article.title.clone().map(|value| Told { value, told_in: ToldIn::JsonLd });
        let outlet = self.outlet_names();
        let of = |told_in| self.best(Tells::Title, told_in);
        let told = [data, of(ToldIn::OpenGraph), of(ToldIn::Meta), of(ToldIn::WindowTitle)];
        let mut told = told
            .into_iter()
            .flatten()
            .map(|told| Told { value: title::without_outlet(&told.value, &outlet), ..told });
        match headline {
            Some(headline)
                if told.clone().any(|told| title::is_of(&headline.value, &told.value)) =>
            {
                Some(headline)
            }
            headline => told.next().or(headline),
        }
    }

    fn publisher(&self) -> Option<Told<String>> {
        let of = |told_in| self.best(Tells::Publisher, told_in);
        let data =
            || self.article.publisher.clone().map(|value| Told { value, told_in: ToldIn::JsonLd });
        let name =
            |told: &Told<String>| !told.value.contains("://") && !told.value.starts_with('@');
        of(ToldIn::OpenGraph).filter(name).or_else(data).or_else(|| of(ToldIn::Meta)).filter(name)
    }

    /// What the outlet and its host are called.
    fn outlet_names(&self) -> Vec<String> {
        let told = self.all(Tells::Publisher).map(|claim| claim.words.clone());
        let hosts = self.addresses.iter().filter_map(|address| Url::parse(address).ok());
        let hosts = hosts.filter_map(|url| url.host_str().map(title::names_of_host)).flatten();
        told.chain(self.article.publisher.clone()).chain(hosts).collect()
    }

    /// The names of the first source that names anybody but the outlet.
    fn authors(&self, lines: Lines) -> Vec<Told<String>> {
        if self.article.of_reader {
            return Vec::new();
        }
        let outlet = self.outlet_names();
        let of = |told_in| {
            let claims = || self.all(Tells::Author).filter(move |claim| claim.told_in == told_in);
            let rank = claims().map(|claim| claim.rank).min();
            claims().filter(move |claim| Some(claim.rank) == rank).map(|claim| claim.words.as_str())
        };
        let people = |words: &str, told_in| -> Vec<Told<String>> {
            // "All posts by Ann Writer" is what a link to her page says.
            let words = match told_in {
                ToldIn::Link => stamp::behind_opening(words).unwrap_or(words),
                _ => words,
            };
            let names = people::names(words).into_iter();
            names.map(|value| Told { value, told_in }).collect()
        };
        let data = self.article.authors.iter().flat_map(|words| people(words, ToldIn::JsonLd));
        let elements = [ToldIn::OpenGraph, ToldIn::Meta, ToldIn::Microdata, ToldIn::Link];
        let mut sources = vec![data.collect::<Vec<_>>()];
        sources.extend(
            elements.map(|told_in| of(told_in).flat_map(|words| people(words, told_in)).collect()),
        );
        sources.insert(3, lines.authors);
        let mut named = sources.into_iter().map(|names| title::without(names, &outlet));
        named.find(|names| !names.is_empty()).unwrap_or_default()
    }

    fn days(&self, lines: &Lines) -> Days {
        let read = |tells| -> Vec<Told<UncertainDate>> {
            let mut claims: Vec<&Claim> = self.all(tells).collect();
            claims.sort_by_key(|claim| claim.rank);
            let told = claims.into_iter().filter_map(|claim| {
                let value = published::told(&claim.words)?;
                Some(Told { value, told_in: claim.told_in })
            });
            told.collect()
        };
        let data = |day: &Option<UncertainDate>| {
            day.clone().map(|value| Told { value, told_in: ToldIn::JsonLd })
        };
        let mut days = Days { published: read(Tells::Published), modified: read(Tells::Modified) };
        for marks in [ToldIn::Microdata, ToldIn::TimeElement, ToldIn::Dateline] {
            days.published = without_lists(days.published, marks);
        }
        days.published.extend(data(&self.article.published));
        days.modified.extend(data(&self.article.modified));
        // Lines know where they stand; elements of the same name do not.
        days.published.splice(0..0, lines.published.iter().cloned());
        days.modified.splice(0..0, lines.modified.iter().cloned());
        let address = self.addresses.iter().find_map(|address| address::day(address));
        days.published.extend(address.map(|value| Told { value, told_in: ToldIn::Url }));
        days
    }

    fn canonical(&self) -> Option<Told<String>> {
        let of_web = |told: &Told<String>| {
            Url::parse(&told.value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        };
        let of = |told_in| self.best(Tells::Canonical, told_in).filter(of_web);
        of(ToldIn::Link).or_else(|| of(ToldIn::OpenGraph))
    }
}

/// Marks of several days are those of a list of reports, and tell none of this one.
fn without_lists(days: Vec<Told<UncertainDate>>, marks: ToldIn) -> Vec<Told<UncertainDate>> {
    let mut marked = days.iter().filter(|day| day.told_in == marks);
    let first = marked.next().cloned();
    let one =
        first.is_none_or(|first| marked.all(|day| !published::clash(&first.value, &day.value)));
    days.into_iter().filter(|day| one || day.told_in != marks).collect()
}
