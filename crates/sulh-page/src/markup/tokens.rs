//! Takes the events of the tokenizer, gives them to the builder of the tree, with the bytes they came from.
//! Invariant: nothing is kept of doctypes, HTML comments and attributes nobody asks about.

use super::{build::Builder, tag::Tag};
use html5gum::{Emitter, Error, State};
use std::convert::Infallible;

/// A longer attribute is a script or a picture and says nothing about its element.
const VALUE_BYTES_MAX: usize = 4096;

/// A longer name is no name.
const NAME_BYTES_MAX: usize = 64;

macro_rules! attributes {
    ($($variant:ident $name:literal),* $(,)?) => {
        /// The attributes that say what an element is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Attribute { $($variant,)* }

        impl Attribute {
            fn of(name: &[u8]) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    Class b"class", Id b"id", Rel b"rel", Role b"role", Itemprop b"itemprop", Itemtype b"itemtype",
    Datetime b"datetime", Title b"title", Style b"style", Hidden b"hidden", AriaHidden b"aria-hidden", Href b"href",
    Content b"content", Property b"property", Name b"name", Type b"type", Lang b"lang", Depth b"data-depth",
    Parent b"data-parent", Open b"open", Dir b"dir",
}

/// A start tag as the builder gets it; the values lie one after the other in `values`.
#[derive(Debug, Default)]
pub(super) struct StartTag {
    pub name: Vec<u8>,
    /// Where it stands in the markup.
    pub at: usize,
    pub attributes: Vec<(Attribute, usize)>,
    pub values: Vec<u8>,
    pub self_closing: bool,
}

/// Hands tokens over to a builder.
pub(super) struct Tokens<'a> {
    builder: &'a mut Builder,
    html: &'a [u8],
    /// How far the tokenizer has come.
    position: usize,
    /// Up to where the markup has been handed over.
    done: usize,
    tag: StartTag,
    is_end: bool,
    last_start: Vec<u8>,
    attribute: Vec<u8>,
    in_attribute: bool,
}

impl<'a> Tokens<'a> {
    pub fn new(builder: &'a mut Builder, html: &'a str) -> Self {
        Self {
            builder,
            html: html.as_bytes(),
            position: 0,
            done: 0,
            tag: StartTag::default(),
            is_end: false,
            last_start: Vec::new(),
            attribute: Vec::new(),
            in_attribute: false,
        }
    }

    /// Closes the attribute being written: kept if somebody asks about it and it has not been there before.
    fn end_attribute(&mut self) {
        if !std::mem::take(&mut self.in_attribute) {
            return;
        }
        let start = self.tag.attributes.last().map_or(0, |(_, end)| *end);
        let known = Attribute::of(&self.attribute).filter(|known| {
            !self.is_end
                && self.tag.values.len() - start <= VALUE_BYTES_MAX
                && !self.tag.attributes.iter().any(|(before, _)| before == known)
        });
        match known {
            Some(known) => self.tag.attributes.push((known, self.tag.values.len())),
            None => self.tag.values.truncate(start),
        }
    }

    fn open_tag(&mut self, is_end: bool) {
        let passed = self.html.get(self.done..=self.position).or(self.html.get(self.done..));
        let opening = passed.and_then(|passed| passed.iter().rposition(|byte| *byte == b'<'));
        self.tag.at = self.done + opening.unwrap_or(0);
        self.tag.name.clear();
        self.tag.attributes.clear();
        self.tag.values.clear();
        self.tag.self_closing = false;
        self.is_end = is_end;
        self.in_attribute = false;
    }
}

impl Emitter for Tokens<'_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend(name.unwrap_or_default());
    }

    fn emit_string(&mut self, words: &[u8]) {
        let rest = self.html.get(self.done..).unwrap_or_default();
        // The tokenizer may be a byte ahead; words that stand in the markup as they are tell where they stand.
        let ampersand = words == b"&"
            && [&b"&amp"[..], b"&AMP", b"&#"].iter().any(|written| rest.starts_with(written));
        let verbatim = rest.starts_with(words) && !ampersand;
        let end = if verbatim {
            self.done + words.len()
        } else {
            self.position.max(self.done).min(self.html.len())
        };
        self.builder.words(words, self.done..end, verbatim);
        self.done = end;
    }

    fn init_start_tag(&mut self) {
        self.open_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.open_tag(true);
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        let room = NAME_BYTES_MAX.saturating_sub(self.tag.name.len());
        self.tag.name.extend(&part[..part.len().min(room)]);
    }

    fn set_self_closing(&mut self) {
        self.tag.self_closing = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.attribute.clear();
        self.in_attribute = true;
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        let room = NAME_BYTES_MAX.saturating_sub(self.attribute.len());
        self.attribute.extend(&part[..part.len().min(room)]);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        let start = self.tag.attributes.last().map_or(0, |(_, end)| *end);
        // One byte more than is kept says that it was longer.
        let room = (VALUE_BYTES_MAX + 1).saturating_sub(self.tag.values.len() - start);
        self.tag.values.extend(&part[..part.len().min(room)]);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.done = self.position;
        if self.is_end {
            self.builder.end(&self.tag.name);
            return None;
        }
        self.last_start.clone_from(&self.tag.name);
        self.builder.start(&self.tag)
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.last_start.is_empty() && self.last_start == self.tag.name
    }

    fn emit_current_comment(&mut self) {
        self.done = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.done = self.position;
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _error: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _part: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _part: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _value: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _value: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _part: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _part: &[u8]) {}
}

/// How the tokenizer goes on inside an element whose content is no markup.
pub(super) fn raw_state(tag: Tag) -> Option<State> {
    match tag {
        Tag::Script => Some(State::ScriptData),
        Tag::Style | Tag::Iframe | Tag::Xmp | Tag::Noembed | Tag::Noframes => Some(State::RawText),
        Tag::Title | Tag::Textarea => Some(State::RcData),
        _ => None,
    }
}
