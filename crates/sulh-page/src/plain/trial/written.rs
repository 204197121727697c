//! Takes a page split by its markup, gives it as a person would copy it into a text file, with whose each line is.
//! Invariant: the article comes first; each line of the text is somebody's or blank, and no line has two owners.

use super::signed_lines;
use crate::feed::words::spaced;
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::page::{Block, BlockId, BlockKind, Page};

/// Where lines are broken, when they are.
const WRAP_CHARS: usize = 72;

/// How a page is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Each comment stands below its writer's name and stamp.
    Named,
    /// The words alone, a blank line between paragraphs.
    Bare,
    /// The same, with lines broken.
    HardWrapped,
    /// The words alone, a paragraph a line.
    Tight,
}

impl Way {
    pub const ALL: [Self; 4] = [Self::Named, Self::Bare, Self::HardWrapped, Self::Tight];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Bare => "bare",
            Self::HardWrapped => "hard-wrapped",
            Self::Tight => "tight",
        }
    }
}

/// Whose a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Nobody's.
    Blank,
    /// The article's paragraph of a number.
    Article(usize),
    /// A line that names a reader.
    Name,
    /// A paragraph of a reader's comment, by the number of the comment and of the paragraph among all readers'.
    Reader(usize, usize),
}

/// A page written down.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub text: String,
    /// Whose each line of the text is.
    pub lines: Vec<Whose>,
    /// How many paragraphs the article has.
    pub article: usize,
    /// How many paragraphs the readers have.
    pub readers: usize,
    /// How many comments there are.
    pub comments: usize,
}

impl Written {
    /// Nothing for a page without a paragraph of an article, or where it is not clear whether it has readers.
    pub fn new(page: &Page, place: usize, way: Way) -> Option<Self> {
        let mut written = Self::default();
        let (mut body, mut comments) = (Vec::new(), Vec::new());
        for (id, block) in page.numbered() {
            match whose(page, id, block) {
                Some(Side::Article) => body.push(block),
                Some(Side::Reader) => comments.push(block),
                None => {}
            }
        }
        // Readers without a name anywhere are as likely a form to write to: such a page tells nothing.
        let named = comments.iter().any(|comment| comment.author.is_some());
        let reported = body.iter().any(|block| block.kind == BlockKind::Paragraph);
        if !reported || !comments.is_empty() && !named {
            return None;
        }
        for block in body {
            let mark = if block.kind == BlockKind::ListItem { "- " } else { "" };
            for paragraph in paragraphs(block, page) {
                let number = written.article;
                written.push(&format!("{mark}{paragraph}"), Whose::Article(number), way);
                written.article += 1;
            }
        }
        written.add_readers(page, &comments, place, way);
        Some(written)
    }

    /// The first line of the first reader.
    pub fn readers_from(&self) -> Option<usize> {
        self.lines.iter().position(|whose| matches!(whose, Whose::Name | Whose::Reader(..)))
    }

    /// How many paragraphs begin before a line.
    pub fn paragraphs_before(&self, line: usize) -> usize {
        let owned = self.lines.iter().take(line);
        let numbers = owned.filter_map(|whose| match whose {
            Whose::Article(number) => Some((0, *number)),
            Whose::Reader(_, number) => Some((1, *number)),
            Whose::Blank | Whose::Name => None,
        });
        numbers.collect::<BTreeSet<_>>().len()
    }

    fn add_readers(&mut self, page: &Page, comments: &[&Block], place: usize, way: Way) {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for comment in comments {
            let number = names.len();
            let key = comment.author.clone().unwrap_or_else(|| format!("unnamed {number}"));
            let name = || signed_lines::nickname(place, number);
            let name = names.entry(key).or_insert_with(name).clone();
            if way == Way::Named {
                for line in signed_lines::lines(comment, &name, place, page.language.as_deref()) {
                    self.line(&line, Whose::Name);
                }
            }
            for paragraph in paragraphs(comment, page) {
                let paragraph = with_nicknames(paragraph, &names);
                self.push(&paragraph, Whose::Reader(self.comments, self.readers), way);
                self.readers += 1;
            }
            self.comments += 1;
        }
    }

    /// Adds a paragraph.
    fn push(&mut self, paragraph: &str, whose: Whose, way: Way) {
        match way {
            Way::HardWrapped => {
                for line in wrapped(paragraph) {
                    self.line(&line, whose);
                }
            }
            _ => self.line(paragraph, whose),
        }
        if way != Way::Tight {
            self.line("", Whose::Blank);
        }
    }

    fn line(&mut self, words: &str, whose: Whose) {
        self.text.push_str(words);
        self.text.push('\n');
        self.lines.push(whose);
    }
}

enum Side {
    Article,
    Reader,
}

/// Only what stands in no other block counts; adverts among comments are readers'.
fn whose(page: &Page, id: BlockId, block: &Block) -> Option<Side> {
    use BlockKind::{Advert, Byline, Comment, Dateline, Headline, ListItem, Paragraph, Quotation};
    let outer = block.parent.is_none();
    match block.kind {
        Comment if page.ancestry(id).iter().skip(1).all(|(_, kind)| *kind != Comment) => {
            Some(Side::Reader)
        }
        Advert if outer && block.author.is_some() => Some(Side::Reader),
        Headline | Byline | Dateline | Paragraph | ListItem | Quotation if outer => {
            Some(Side::Article)
        }
        _ => None,
    }
}

fn paragraphs<'a>(block: &Block, page: &'a Page) -> impl Iterator<Item = String> + use<'a> {
    block
        .span
        .of(&page.text)
        .split('\n')
        .map(spaced)
        .filter(|line| line.contains(char::is_alphabetic))
}

/// Whom a reader speaks to has a nickname, too.
fn with_nicknames(paragraph: String, names: &BTreeMap<String, String>) -> String {
    let named =
        |words: String, (pseudonym, name): (&String, &String)| words.replace(pseudonym, name);
    names.iter().fold(paragraph, named)
}

fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut chars = usize::MAX;
    for word in paragraph.split(' ') {
        let length = word.chars().count();
        match lines.last_mut().filter(|_| chars.saturating_add(length + 1) <= WRAP_CHARS) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
                chars += length + 1;
            }
            None => {
                lines.push(word.to_owned());
                chars = length;
            }
        }
    }
    lines
}
