//! Takes the text of an RSS or Atom feed, gives what it says of itself and its entries one by one.
//! Invariant: one entry at a time is held; markup that an outlet forgot to escape stays in its field.

use super::{
    FeedError,
    entry::{Entry, Head, Words},
};
use crate::format::Format;
use quick_xml::{
    Reader, XmlVersion,
    escape::{resolve_html5_entity, resolve_predefined_entity},
    events::{BytesRef, BytesStart, Event},
};
use std::{collections::BTreeMap, ops::ControlFlow};

/// How deep elements may stand in one another; feeds stay below ten, forgotten markup below a hundred.
pub(super) const DEPTH_MAX: usize = 1_000;

/// Whose element a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vocabulary {
    Rss,
    Atom,
    Content,
    DublinCore,
    DublinTerms,
    Other,
}

impl Vocabulary {
    fn of_namespace(namespace: &str) -> Self {
        match namespace {
            "http://www.w3.org/2005/Atom" | "http://purl.org/atom/ns#" => Self::Atom,
            "http://purl.org/rss/1.0/"
            | "http://my.netscape.com/rdf/simple/0.9/"
            | "http://channel.netscape.com/rdf/simple/0.9/" => Self::Rss,
            "http://purl.org/rss/1.0/modules/content/" => Self::Content,
            "http://purl.org/dc/elements/1.1/" => Self::DublinCore,
            "http://purl.org/dc/terms/" => Self::DublinTerms,
            _ => Self::Other,
        }
    }

    /// Feeds forget to say what their prefixes stand for.
    fn of_prefix(prefix: &str) -> Self {
        match prefix {
            "atom" => Self::Atom,
            "content" => Self::Content,
            "dc" => Self::DublinCore,
            "dcterms" => Self::DublinTerms,
            _ => Self::Other,
        }
    }
}

/// A field of an entry, or of the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Link,
    Id,
    Published,
    Updated,
    Content,
    Summary,
}

/// A field whose end has not come yet.
struct Open {
    field: Field,
    /// How many elements stood open around it.
    depth: usize,
    text: String,
    /// Where its inside begins.
    inside: usize,
    has_elements: bool,
    format: Option<Format>,
}

/// True when the first element is that of a feed.
pub(super) fn is_feed(text: &str) -> bool {
    let mut reader = reader(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => return is_root(&start),
            Ok(Event::Text(words)) if words.trim().is_empty() => {}
            Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_)) => {}
            _ => return false,
        }
    }
}

fn is_root(start: &BytesStart<'_>) -> bool {
    let told = |vocabulary: Vocabulary| {
        start
            .attributes()
            .with_checks(false)
            .flatten()
            .any(|attribute| Vocabulary::of_namespace(&attribute.value) == vocabulary)
    };
    match local(start).as_str() {
        "rss" => true,
        "RDF" => told(Vocabulary::Rss),
        "feed" => told(Vocabulary::Atom) || !start.attributes_raw().contains("xmlns"),
        _ => false,
    }
}

/// What it says of itself, as far as it can be read.
pub(super) fn head(text: &str) -> Head {
    let mut walk = Walk::new(text);
    // What is wrong with it is told when its entries are read.
    let _ = walk.run(&mut |_| ControlFlow::Continue(()));
    walk.head
}

/// Gives its entries to `take`, until it breaks off.
pub(super) fn entries(
    text: &str,
    take: &mut dyn FnMut(Entry) -> ControlFlow<()>,
) -> Result<(), FeedError> {
    Walk::new(text).run(take)
}

fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.expand_empty_elements = true;
    reader
}

/// On the way through a feed.
struct Walk<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    head: Head,
    /// Names of the open elements, without prefix.
    path: Vec<String>,
    prefixes: BTreeMap<String, Vocabulary>,
    /// Whose names stand without prefix.
    bare: Vocabulary,
    /// The entry that is open, and how many elements stand around its fields.
    entry: Option<(usize, Entry)>,
    open: Option<Open>,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            reader: reader(text),
            head: Head::default(),
            path: Vec::new(),
            prefixes: BTreeMap::new(),
            bare: Vocabulary::Rss,
            entry: None,
            open: None,
        }
    }

    fn run(&mut self, take: &mut dyn FnMut(Entry) -> ControlFlow<()>) -> Result<(), FeedError> {
        loop {
            let before = self.position();
            let event = self.reader.read_event().map_err(|problem| FeedError::Damaged {
                byte: self.reader.error_position(),
                problem: problem.to_string(),
            })?;
            match event {
                Event::Start(start) => {
                    if self.path.len() == DEPTH_MAX {
                        return Err(FeedError::TooDeep { byte: before as u64 });
                    }
                    self.start(&start);
                }
                Event::End(end) => {
                    let name = end.local_name();
                    if let Some(entry) = self.end(name.as_ref(), before)
                        && take(entry).is_break()
                    {
                        return Ok(());
                    }
                }
                Event::Text(words) => self.words(&words.xml10_content()),
                Event::CData(words) => self.words(&words.xml10_content()),
                Event::GeneralRef(reference) => self.words(&resolved(&reference)),
                Event::Eof if self.path.is_empty() => return Ok(()),
                Event::Eof => {
                    let problem = "it ends before its last element does".to_owned();
                    return Err(FeedError::Damaged { byte: before as u64, problem });
                }
                _ => {}
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position())
            .map_or(self.text.len(), |at| at.min(self.text.len()))
    }

    fn words(&mut self, words: &str) {
        if let Some(open) = &mut self.open {
            open.text.push_str(words);
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = local(start);
        let depth = self.path.len();
        if let Some(open) = &mut self.open {
            open.has_elements = true;
        } else {
            self.learn_prefixes(start, &name);
            let vocabulary = self.vocabulary(start);
            self.begin(start, &name, vocabulary, depth);
        }
        self.path.push(name);
    }

    /// An entry, a field, or nothing that is kept.
    fn begin(&mut self, start: &BytesStart<'_>, name: &str, vocabulary: Vocabulary, depth: usize) {
        let inside = self.position();
        let (fields_at, in_entry) = match &self.entry {
            Some((fields_at, _)) => (*fields_at, true),
            None => (usize::MAX, false),
        };
        match (vocabulary, name) {
            (Vocabulary::Rss, "item") | (Vocabulary::Atom, "entry") if !in_entry => {
                let entry = Entry {
                    base: attribute(start, "xml:base"),
                    id: attribute(start, "rdf:about"),
                    ..Entry::default()
                };
                self.entry = Some((depth + 1, entry));
                return;
            }
            (_, "feed" | "rss" | "RDF") if depth == 0 => {
                self.head.base = attribute(start, "xml:base");
                return;
            }
            _ => {}
        }
        let in_head = !in_entry
            && self.path.last().is_some_and(|around| around == "channel" || around == "feed");
        if !in_head && depth != fields_at {
            return;
        }
        let Some(field) = field(vocabulary, name) else { return };
        if vocabulary == Vocabulary::Atom && field == Field::Link {
            self.atom_link(start);
        } else if in_entry || matches!(field, Field::Title | Field::Link) {
            let format = format(start, vocabulary, field);
            let open =
                Open { field, depth, text: String::new(), inside, has_elements: false, format };
            // Content that lies elsewhere is not fetched.
            self.open = (attribute(start, "src").is_none()).then_some(open);
        }
    }

    fn atom_link(&mut self, start: &BytesStart<'_>) {
        let Some(target) = attribute(start, "href") else { return };
        let relation = attribute(start, "rel").unwrap_or_else(|| "alternate".to_owned());
        let place = match (&mut self.entry, relation.as_str()) {
            (Some((_, entry)), "alternate") => &mut entry.link,
            (None, "alternate") => &mut self.head.site,
            (None, "self") => &mut self.head.own,
            _ => return,
        };
        place.get_or_insert(target);
    }

    /// An end closes the innermost element of its name and what was left open in it; one that closes nothing is
    /// passed over. Gives the entry that ended with it.
    fn end(&mut self, name: &str, before: usize) -> Option<Entry> {
        // What is forgotten in a field must not close the entry around it.
        let floor = self.open.as_ref().map_or(0, |open| open.depth);
        let at = self.path.iter().skip(floor).rposition(|open| open == name)? + floor;
        self.path.truncate(at);
        if let Some(open) = self.open.take_if(|open| at <= open.depth) {
            self.close(open, before);
        }
        let (_, entry) = self.entry.take_if(|(fields_at, _)| at < *fields_at)?;
        Some(entry)
    }

    fn close(&mut self, open: Open, before: usize) {
        let inside = self.text.get(open.inside..before).unwrap_or_default();
        let words = if open.has_elements {
            Words { text: inside.to_owned(), format: Some(Format::Html) }
        } else {
            Words { text: open.text, format: open.format }
        };
        let Some((_, entry)) = &mut self.entry else {
            match open.field {
                Field::Title => {
                    self.head.title.get_or_insert(words);
                }
                _ => {
                    self.head.site.get_or_insert(words.text);
                }
            }
            return;
        };
        match open.field {
            Field::Title => {
                entry.title.get_or_insert(words);
            }
            Field::Link => {
                entry.link.get_or_insert(words.text);
            }
            Field::Id => entry.id = Some(words.text),
            Field::Published => entry.published.push(words.text),
            Field::Updated => entry.updated = Some(words.text),
            Field::Content => entry.content = Some(words),
            Field::Summary => {
                entry.summary.get_or_insert(words);
            }
        }
    }

    fn learn_prefixes(&mut self, start: &BytesStart<'_>, name: &str) {
        if self.path.is_empty() {
            let is_atom = name == "feed" && !start.name().as_ref().contains(':');
            self.bare = if is_atom { Vocabulary::Atom } else { Vocabulary::Rss };
        }
        if !start.attributes_raw().contains("xmlns:") {
            return;
        }
        for attribute in start.attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else { continue };
            let vocabulary = Vocabulary::of_namespace(&attribute.value);
            // Only what is known is kept: a feed cannot fill the memory with prefixes.
            if vocabulary != Vocabulary::Other {
                self.prefixes.insert(prefix.to_owned(), vocabulary);
            }
        }
    }

    fn vocabulary(&self, start: &BytesStart<'_>) -> Vocabulary {
        match start.name().as_ref().split_once(':') {
            None => self.bare,
            Some((prefix, _)) => {
                let told = self.prefixes.get(prefix).copied();
                told.unwrap_or_else(|| Vocabulary::of_prefix(prefix))
            }
        }
    }
}

fn field(vocabulary: Vocabulary, name: &str) -> Option<Field> {
    use Vocabulary::{Atom, Content, DublinCore, DublinTerms, Rss};
    Some(match (vocabulary, name) {
        (Rss | Atom, "title") => Field::Title,
        (Rss | Atom, "link") => Field::Link,
        (Rss, "guid") | (Atom, "id") => Field::Id,
        (Rss, "pubDate") | (Atom, "published" | "issued") => Field::Published,
        (DublinCore, "date") | (DublinTerms, "issued" | "created") => Field::Published,
        (Atom, "updated" | "modified") | (DublinTerms, "modified") => Field::Updated,
        (Content, "encoded") | (Atom, "content") => Field::Content,
        (Rss, "description") | (Atom, "summary") => Field::Summary,
        _ => return None,
    })
}

/// What Atom says its words are written in.
fn format(start: &BytesStart<'_>, vocabulary: Vocabulary, field: Field) -> Option<Format> {
    if vocabulary != Vocabulary::Atom {
        return match field {
            Field::Content => Some(Format::Html),
            _ => None,
        };
    }
    match attribute(start, "type").as_deref() {
        Some(told) if told.contains("html") => Some(Format::Html),
        _ => Some(Format::Plain),
    }
}

fn local(start: &BytesStart<'_>) -> String {
    start.local_name().as_ref().to_owned()
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        start.attributes().with_checks(false).flatten().find(|one| one.key.as_ref() == name)?;
    let value =
        found.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| found.value.clone());
    Some(value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// What a reference stands for; one that the document itself declares is left as written and never expanded.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let known = resolve_predefined_entity(reference).or_else(|| resolve_html5_entity(reference));
    known.map_or_else(|| format!("&{};", &**reference), str::to_owned)
}
