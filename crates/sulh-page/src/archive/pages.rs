//! Takes a record of an archive, gives the report or the feed it holds, or that it holds none.
//! Invariant: the day of capture is never a day of publication; the bytes of a report are its page without any packing.

use super::{
    digest,
    fields::Fields,
    http::{Answer, BodyError},
    record::Record,
};
use crate::{
    feed, published,
    transport::{Arrival, Transport},
};
use jiff::civil::Date;
use sulh_model::{note::NoteCode, page::PageAbout};

/// What a record holds.
#[derive(Debug)]
pub(super) enum Holds {
    /// A page.
    Page(Box<Arrival>),
    /// A feed, whose entries are the reports.
    Feed(Box<Arrival>),
    /// A picture, a script, an error of a server.
    NoPage,
    /// A page of which another record holds the bytes.
    Revisit,
    /// What is about other records: requests, metadata.
    Nothing,
}

/// Types in which pages and feeds are served; others are not looked into.
const PAGE_TYPES: [&str; 3] = ["text/html", "application/xhtml+xml", "text/plain"];
const FEED_TYPES: [&str; 8] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "application/xml",
    "text/xml",
    "text/rss+xml",
];

/// What a record holds.
pub(super) fn held(record: Record, source: &str) -> Result<Holds, BodyError> {
    let fields = &record.fields;
    let kind = fields.get("warc-type").unwrap_or_default().to_ascii_lowercase();
    if kind == "revisit" {
        return Ok(Holds::Revisit);
    }
    if !["response", "resource", "conversion"].contains(&kind.as_str()) {
        return Ok(Holds::Nothing);
    }
    let mut transport =
        Transport { captured: fields.get("warc-date").and_then(day), ..Transport::default() };
    let lacks = record.lacks.or_else(|| {
        let part = fields.get("warc-truncated").or(fields.get("warc-segment-number")).is_some();
        part.then_some("The archive says that it holds only a part of this page.")
    });
    let block_fits =
        fields.get("warc-block-digest").map(|told| digest::fits(told, &record.content));
    let mut kept = vec![block_fits.flatten()];
    let payload = fields.get("warc-payload-digest");
    let mut body_lacks = None;
    let served = fields.get("content-type").map(str::to_owned);
    let is_answer = kind == "response"
        || served.as_deref().is_some_and(|told| told.starts_with("application/http"));
    let bytes = if is_answer {
        let Some(answer) = Answer::read(&record.content) else { return Ok(Holds::NoPage) };
        transport.content_type = answer.fields.get("content-type").map(str::to_owned);
        if !is_readable(answer.status) || !may_be_page(transport.content_type.as_deref()) {
            return Ok(Holds::NoPage);
        }
        let body = answer.body()?;
        // Writers do not agree on whether a digest is of the chunks or of what they make together.
        kept.push(payload.and_then(|told| {
            let (sent, joined) =
                (digest::fits(told, answer.sent)?, digest::fits(told, &body.joined)?);
            Some(sent || joined)
        }));
        let partial = (answer.status == 206).then_some("The server sent a part of the page.");
        body_lacks = body.lacks.or(partial);
        body.bytes
    } else {
        transport.content_type = served;
        if !may_be_page(transport.content_type.as_deref()) {
            return Ok(Holds::NoPage);
        }
        kept.push(payload.and_then(|told| digest::fits(told, &record.content)));
        record.content
    };
    let Some(target) = target(fields) else {
        return Ok(page(bytes, transport, None, source));
    };
    if is_for_robots(target) {
        return Ok(Holds::NoPage);
    }
    if let Some(lacks) = lacks.or(body_lacks) {
        transport.doubt(NoteCode::PageCut, lacks);
    } else if kept.contains(&Some(false)) {
        let message = "The archive kept a digest of this page that is not the digest of its bytes.";
        transport.doubt(NoteCode::DigestMismatch, message);
    }
    Ok(page(bytes, transport, Some(target), source))
}

/// The address of a page; early writers put it between angle brackets.
pub(super) fn target(fields: &Fields) -> Option<&str> {
    fields.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']))
}

fn page(bytes: Vec<u8>, transport: Transport, target: Option<&str>, source: &str) -> Holds {
    let about = PageAbout {
        source: target.unwrap_or(source).to_owned(),
        url: target.map(str::to_owned),
        title: None,
        publisher: None,
        published: None,
    };
    let is_feed = feed::is_feed(&bytes);
    let is_page = is_type(transport.content_type.as_deref(), &PAGE_TYPES, true);
    let arrival = Box::new(Arrival { bytes, about, transport });
    match (is_feed, is_page) {
        (true, _) => Holds::Feed(arrival),
        (false, true) => Holds::Page(arrival),
        (false, false) => Holds::NoPage,
    }
}

/// The day of `2020-10-03T04:00:00Z`.
fn day(told: &str) -> Option<Date> {
    published::read(told)?.edtf.latest().filter(|_| told.len() >= 10)
}

/// Answers that bring something to read.
fn is_readable(status: u16) -> bool {
    (200..300).contains(&status) && !matches!(status, 204 | 205)
}

fn may_be_page(content_type: Option<&str>) -> bool {
    is_type(content_type, &PAGE_TYPES, true) || is_type(content_type, &FEED_TYPES, false)
}

fn is_type(content_type: Option<&str>, types: &[&str], when_none: bool) -> bool {
    content_type.map_or(when_none, |told| {
        let told = told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        types.contains(&told.as_str())
    })
}

/// Crawlers keep what a site tells robots; it is text, and no report.
fn is_for_robots(target: &str) -> bool {
    url::Url::parse(target).is_ok_and(|url| url.path() == "/robots.txt")
}
