//! Takes a page, gives its text in paragraphs that are long enough to be edited; and a page of such paragraphs.
//! Invariant: only what the article tells is taken, in its order.

use crate::copies::{ArticleWords, words::told};
use sulh_model::{
    imprint::Imprint,
    origin::Origins,
    page::{Block, BlockKind, CaptureId, Page, PageAbout},
    span::Span,
};

/// Lines that follow one another are one paragraph until it has so many words.
const PARAGRAPH_WORDS_MIN: usize = 40;

/// A text to edit.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// Which data it is from.
    pub set: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// Its words.
    pub article: ArticleWords,
}

impl Text {
    pub fn of(set: &str, page: &Page) -> Self {
        let mut paragraphs: Vec<String> = Vec::new();
        for span in told(page) {
            let line = span.of(&page.text).trim();
            match paragraphs.last_mut() {
                Some(last) if last.split_whitespace().count() < PARAGRAPH_WORDS_MIN => {
                    last.push(' ');
                    last.push_str(line);
                }
                _ if line.is_empty() => {}
                _ => paragraphs.push(line.to_owned()),
            }
        }
        let article = ArticleWords::of(&page_of(&paragraphs));
        Self { set: set.to_owned(), paragraphs, article }
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace())
    }

    /// The first part of its words, of so many parts.
    pub fn first_words(&self, parts: usize, of: usize) -> Vec<String> {
        let mut left = self.words().count() * parts / of;
        let mut kept = Vec::new();
        for paragraph in &self.paragraphs {
            let words: Vec<&str> = paragraph.split_whitespace().take(left).collect();
            if words.is_empty() {
                break;
            }
            left -= words.len();
            kept.push(words.join(" "));
        }
        kept
    }
}

/// A page of paragraphs and nothing else.
pub(in crate::copies) fn page_of(paragraphs: &[String]) -> Page {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let start = text.len();
        text.push_str(paragraph);
        blocks.push(Block::new(BlockKind::Paragraph, Span::new(start, text.len())));
        text.push_str("\n\n");
    }
    let about = PageAbout {
        source: String::new(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    let id = CaptureId::from_digest(&[0; 32]);
    Page {
        id,
        about,
        imprint: Imprint::silent(),
        language: None,
        text,
        blocks,
        origins: Origins::default(),
        notes: Vec::new(),
    }
}
