//! Takes an entry as its feed wrote it, gives a report: title, link, days, text and how it is written.
//! Invariant: content wins over a summary, and a report that rests on a summary says so; only addresses of the web
//! become a URL.

use super::{Origin, words};
use crate::{
    format::Format,
    published::{self, clash},
    transport::{Arrival, Transport},
};
use sulh_model::{
    note::{Note, NoteCode},
    page::PageAbout,
    time::UncertainDate,
};
use url::Url;

/// How much of a wording a note repeats.
const QUOTE_CHARS_MAX: usize = 60;

/// What is told of the feed as a whole.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub title: Option<Words>,
    /// The site it belongs to.
    pub site: Option<String>,
    /// Its own address.
    pub own: Option<String>,
    /// `xml:base`.
    pub base: Option<String>,
}

/// One entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub title: Option<Words>,
    pub link: Option<String>,
    pub id: Option<String>,
    pub base: Option<String>,
    pub published: Vec<String>,
    pub updated: Option<String>,
    pub content: Option<Words>,
    pub summary: Option<Words>,
}

/// Words of a feed, with what it says they are written in; RSS does not say.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub text: String,
    pub format: Option<Format>,
}

impl Words {
    fn plain(&self) -> Option<String> {
        let words = match self.format {
            Some(Format::Plain) => words::spaced(&self.text),
            _ => words::of_html(&self.text),
        };
        Some(words).filter(|words| !words.is_empty())
    }

    /// What it is written in: where nobody says so, any tag or entity makes it HTML.
    fn format(&self) -> Format {
        let marked = |mark: char, next: fn(char) -> bool| {
            self.text.split(mark).skip(1).any(|rest| rest.starts_with(next))
        };
        self.format.unwrap_or_else(|| {
            let tags = marked('<', |c| c.is_ascii_alphabetic() || c == '/' || c == '!');
            let entities = marked('&', |c| c.is_ascii_alphabetic() || c == '#');
            if tags || entities { Format::Html } else { Format::Plain }
        })
    }
}

impl Entry {
    /// The report, nothing when the entry holds no text; `decoding` is what was doubtful of the feed's charset.
    pub fn arrival(
        self,
        head: &Head,
        origin: Origin<'_>,
        number: u64,
        decoding: &[Note],
    ) -> Option<Arrival> {
        let filled = |words: Option<Words>| words.filter(|words| !words.text.trim().is_empty());
        let (content, summary) = (filled(self.content), filled(self.summary));
        let summary_only = content.is_none();
        let words = content.or(summary)?;
        let replaced = words.text.contains('\u{FFFD}');
        let mut transport = Transport {
            format: Some(words.format()),
            captured: origin.captured,
            ..Transport::default()
        };
        transport.notes = decoding
            .iter()
            .filter(|note| match note.code {
                // Of the whole feed; the reading of the feed tells it once.
                NoteCode::PageCut => false,
                NoteCode::CharsetReplaced => replaced,
                _ => true,
            })
            .cloned()
            .collect();
        if summary_only {
            let message = "The feed gives a summary of this report and not the report itself.";
            transport.doubt(NoteCode::SummaryOnly, message);
        }
        let bases = [self.base.as_deref(), head.base.as_deref(), origin.url];
        let bases = bases.into_iter().chain([head.own.as_deref(), head.site.as_deref()]);
        let base = bases.flatten().find_map(web_address);
        let url = self.link.as_deref().and_then(|link| resolved(link, base.as_ref()));
        let source = url.clone().or_else(|| self.id.map(|id| id.trim().to_owned()));
        let source = source.filter(|source| !source.is_empty());
        let published = published(&self.published, self.updated.as_deref(), &mut transport);
        let about = PageAbout {
            source: source.unwrap_or_else(|| format!("{} (entry {number})", origin.source)),
            url,
            title: self.title.as_ref().and_then(Words::plain),
            publisher: head.title.as_ref().and_then(Words::plain),
            published,
        };
        Some(Arrival { bytes: words.text.into_bytes(), about, transport })
    }
}

fn web_address(text: &str) -> Option<Url> {
    Url::parse(text.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// A whole address stays as the feed writes it.
fn resolved(link: &str, base: Option<&Url>) -> Option<String> {
    let link = link.trim();
    if link.is_empty() {
        return None;
    }
    match web_address(link) {
        Some(_) => Some(link.to_owned()),
        None => web_address(base?.join(link).ok()?.as_str()).map(String::from),
    }
}

/// The first day that can be read; with a day of the last change alone, some day up to it.
fn published(
    told: &[String],
    updated: Option<&str>,
    transport: &mut Transport,
) -> Option<UncertainDate> {
    let mut found: Option<UncertainDate> = None;
    for wording in told.iter().map(String::as_str).filter(|wording| !wording.trim().is_empty()) {
        let Some(day) = published::read(wording) else {
            unreadable(wording, transport);
            continue;
        };
        match &found {
            Some(first) if clash(first, &day) => {
                let message = format!(
                    "The feed gives two days of publication, {} and {}; the first was used.",
                    first.edtf, day.edtf
                );
                transport.doubt(NoteCode::DateAmbiguous, message);
            }
            Some(_) => {}
            None => found = Some(day),
        }
    }
    found.or_else(|| {
        let wording = updated.filter(|wording| !wording.trim().is_empty())?;
        let day = published::read(wording).as_ref().and_then(published::by);
        if day.is_none() {
            unreadable(wording, transport);
        }
        day
    })
}

fn unreadable(wording: &str, transport: &mut Transport) {
    let quote: String = wording.trim().chars().take(QUOTE_CHARS_MAX).collect();
    let message = format!(
        "The feed gives `{quote}` as the day, which cannot be read as one; it was not used."
    );
    transport.doubt(NoteCode::PublishedUnread, message);
}
