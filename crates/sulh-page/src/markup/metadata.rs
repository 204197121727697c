//! Takes a tree, gives title, outlet and day of publication as the page itself tells them.
//! Invariant: what was given beside the page wins; two different days are noted, never averaged.

use super::{
    dom::Dom,
    tag::Tag,
    tokens::Attribute,
    zones::{Zone, Zones},
};
use crate::published;
use sulh_model::{
    note::{Note, NoteCode},
    page::PageAbout,
    span::Span,
    time::UncertainDate,
};

/// Meta names that tell the day, the most trusted first.
const DAY_NAMES: [&str; 14] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "sailthru.date",
    "parsely-pub-date",
];

/// What `meta` elements and the title say.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// What the page calls itself when it is shared.
    shared_title: Option<String>,
    /// What a browser shows; it often has the outlet's name behind.
    window_title: Option<String>,
    publisher: Option<String>,
    days: Vec<(usize, UncertainDate)>,
}

impl Metadata {
    pub fn of(dom: &Dom, zones: &Zones) -> Self {
        let mut found = Self::default();
        let mut timed = false;
        for (at, element) in dom.elements() {
            match element.tag {
                Tag::Title if found.window_title.is_none() => {
                    found.window_title = Some(dom.all_words(at)).filter(|title| !title.is_empty());
                }
                Tag::Meta => {
                    let name = dom
                        .value(element, Attribute::Property)
                        .or(dom.value(element, Attribute::Name))
                        .or(dom.value(element, Attribute::Itemprop));
                    if let (Some(name), Some(content)) =
                        (name, dom.value(element, Attribute::Content))
                    {
                        found.meta(&name.to_ascii_lowercase(), content.trim());
                    }
                }
                Tag::Time if matches!(zones.zone[at], Zone::Content) => {
                    let updated = dom
                        .value(element, Attribute::Itemprop)
                        .is_some_and(|prop| prop.eq_ignore_ascii_case("datemodified"))
                        || dom.value(element, Attribute::Class).is_some_and(|class| {
                            class.contains("updated") && !class.contains("published")
                        });
                    let day = dom.value(element, Attribute::Datetime).and_then(published::read);
                    let day = day.filter(|_| !timed && !updated);
                    timed |= day.is_some();
                    found.days.extend(day.map(|day| (DAY_NAMES.len() + 1, day)));
                }
                _ => {}
            }
        }
        found.days.extend(
            dom.data.iter().find_map(|data| data_day(data)).map(|day| (DAY_NAMES.len(), day)),
        );
        found.days.sort_by_key(|(rank, _)| *rank);
        found
    }

    fn meta(&mut self, name: &str, content: &str) {
        let words = || {
            Some(content.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|words| !words.is_empty())
        };
        match name {
            "og:title" => self.shared_title = self.shared_title.take().or_else(words),
            "og:site_name" => self.publisher = self.publisher.take().or_else(words),
            _ => {
                let rank = DAY_NAMES.iter().position(|known| *known == name);
                let day = rank.and_then(|rank| published::read(content).map(|day| (rank, day)));
                self.days.extend(day);
            }
        }
    }

    /// The title by which the headline is found.
    pub fn title(&self) -> Option<&str> {
        self.shared_title.as_deref().or(self.window_title.as_deref())
    }

    /// Fills in what nobody gave beside the page; a note where the page tells two days.
    pub fn tell(self, headline: Option<&str>, about: &mut PageAbout) -> Option<Note> {
        let headline = headline.map(str::to_owned);
        about.title = about.title.take().or(self.shared_title).or(headline).or(self.window_title);
        about.publisher = about.publisher.take().or(self.publisher);
        if about.published.is_some() {
            return None;
        }
        let (_, day) = self.days.first()?.clone();
        let other = self.days.iter().find(|(_, other)| published::clash(&day, other));
        let note = other.map(|(_, other)| {
            let message = format!(
                "The page gives two days of publication, {} and {}; the first was used.",
                day.edtf, other.edtf
            );
            Note::new(NoteCode::DateAmbiguous, Span::new(0, 0), message)
        });
        about.published = Some(day);
        note
    }
}

/// The day in the page's JSON-LD.
fn data_day(data: &str) -> Option<UncertainDate> {
    let rest = data.split_once("\"datePublished\"")?.1.trim_start().strip_prefix(':')?.trim_start();
    let (wording, _) = rest.strip_prefix('"')?.split_once('"')?;
    published::read(wording)
}
