//! Takes the text of a JSON Feed, gives what it says of itself and its items one by one.
//! Invariant: one item at a time is held; a key of another type than the format's is passed over, and no item with it.

use super::{
    FeedError,
    entry::{Entry, Head, Words},
};
use crate::format::Format;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::{fmt, ops::ControlFlow};

/// True when an object says that it is a JSON Feed.
pub(super) fn is_feed(text: &str) -> bool {
    text.split("\"version\"").skip(1).any(|rest| {
        let value = rest.trim_start().strip_prefix(':').map(str::trim_start).unwrap_or_default();
        let value: String = value.chars().take(60).filter(|c| *c != '\\').collect();
        value.starts_with("\"https://jsonfeed.org/version/")
            || value.starts_with("\"http://jsonfeed.org/version/")
    })
}

/// What it says of itself, as far as it can be read.
pub(super) fn head(text: &str) -> Head {
    let mut head = Head::default();
    // What is wrong with it is told when its items are read.
    let _ = Feed::Head(&mut head).deserialize(&mut serde_json::Deserializer::from_str(text));
    head
}

/// Gives its items to `take`, until it breaks off.
pub(super) fn entries(
    text: &str,
    take: &mut dyn FnMut(Entry) -> ControlFlow<()>,
) -> Result<(), FeedError> {
    let mut stopped = false;
    let feed = Feed::Items(take, &mut stopped);
    let ended = feed.deserialize(&mut serde_json::Deserializer::from_str(text));
    match ended {
        Err(problem) if !stopped => Err(FeedError::Damaged {
            byte: byte_of(text, problem.line(), problem.column()),
            problem: problem.to_string(),
        }),
        _ => Ok(()),
    }
}

fn byte_of(text: &str, line: usize, column: usize) -> u64 {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column) as u64
}

/// The feed's object, read for one of its two parts.
enum Feed<'a> {
    Head(&'a mut Head),
    Items(&'a mut dyn FnMut(Entry) -> ControlFlow<()>, &'a mut bool),
}

impl<'de> DeserializeSeed<'de> for Feed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Feed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Feed")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match (&mut self, key.as_str()) {
                (Self::Items(take, stopped), "items") => {
                    map.next_value_seed(Items(*take, stopped))?
                }
                (Self::Head(head), "title") => head.title = map.next_value().map(plain)?,
                (Self::Head(head), "home_page_url") => head.site = map.next_value().map(text)?,
                (Self::Head(head), "feed_url") => head.own = map.next_value().map(text)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Items<'a>(&'a mut dyn FnMut(Entry) -> ControlFlow<()>, &'a mut bool);

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Value>()? {
            let Value::Object(item) = item else { continue };
            if (self.0)(entry(item)).is_break() {
                *self.1 = true;
                return Err(A::Error::custom("enough was read"));
            }
        }
        Ok(())
    }
}

fn entry(mut item: Map<String, Value>) -> Entry {
    let mut of = |key: &str| item.remove(key);
    let html = |value: Value| text(value).map(|text| Words { text, format: Some(Format::Html) });
    let (content, content_text) =
        (of("content_html").and_then(html), of("content_text").and_then(plain));
    Entry {
        title: of("title").and_then(plain),
        link: of("url").or_else(|| of("external_url")).and_then(text),
        id: of("id").and_then(text),
        base: None,
        published: of("date_published").and_then(text).into_iter().collect(),
        updated: of("date_modified").and_then(text),
        content: content.filter(|words| !words.text.trim().is_empty()).or(content_text),
        summary: of("summary").and_then(plain),
    }
}

fn plain(value: Value) -> Option<Words> {
    text(value).map(|text| Words { text, format: Some(Format::Plain) })
}

/// Numbers serve as ids.
fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
