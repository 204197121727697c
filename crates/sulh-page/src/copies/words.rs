//! Takes a page, gives the words of its article by number, each with its bytes and whether it is a name or a figure.
//! Invariant: spans lie on borders of characters, in the order of the text, and never overlap.

use crate::{
    quotes::{Mark, closing, opening, opens_straight},
    signature::{mixed, stretches},
};
use sulh_model::{
    page::{BlockKind, Page},
    span::Span,
};

/// An article ends somewhere: words after this one are not looked at, so that the time is bounded.
pub const WORDS_MAX: usize = 100_000;

/// One word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The same for the same word in whatever case.
    pub number: u64,
    /// Where it stands.
    pub span: Span,
    /// A figure, or a name as far as the capital tells: what differs from one bulletin to the next.
    pub particular: bool,
    /// It stands inside quotation marks or in a quotation.
    pub quoted: bool,
}

/// The words of an article: its paragraphs, list items and quotations. Each outlet writes its own headline, so
/// that is none of it.
#[derive(Clone, Debug)]
pub struct ArticleWords {
    pub(super) words: Vec<Word>,
}

impl ArticleWords {
    /// The words of a page's article.
    pub fn of(page: &Page) -> Self {
        let mut words = Vec::new();
        let mut quotations =
            page.blocks.iter().filter(|block| block.kind == BlockKind::Quotation).peekable();
        let mut quoted_to = 0;
        for span in told(page) {
            // Both stand in the order of the text, and blocks lie inside one another or apart.
            while let Some(quotation) = quotations.next_if(|one| one.span.start() <= span.start()) {
                quoted_to = quoted_to.max(quotation.span.end());
            }
            take(&page.text, span, span.end() <= quoted_to, &mut words);
            if words.len() >= WORDS_MAX {
                words.truncate(WORDS_MAX);
                break;
            }
        }
        Self { words }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True when the article says nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// From the first byte of one word to the last byte of another.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        match (self.words.get(from), self.words.get(to.saturating_sub(1))) {
            (Some(first), Some(last)) if from < to => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }
}

/// The stretches of a page's text in which the article tells.
pub(super) fn told(page: &Page) -> Vec<Span> {
    stretches(page, is_told)
}

/// What the article tells in running text.
const fn is_told(kind: BlockKind) -> bool {
    match kind {
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation => true,
        BlockKind::Headline
        | BlockKind::Byline
        | BlockKind::Dateline
        | BlockKind::Caption
        | BlockKind::Comment
        | BlockKind::Advert
        | BlockKind::Boilerplate => false,
    }
}

/// Reads the words of one stretch of text.
fn take(text: &str, stretch: Span, quoted: bool, words: &mut Vec<Word>) {
    let from = words.len();
    let mut scan =
        Scan { words, from, quoted, open: None, opened: from, word: None, initial: true };
    let mut before = ' ';
    let mut chars = stretch.of(text).char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let here = stretch.start() + at;
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if is_invisible(c) {
            continue;
        }
        if c.is_alphanumeric() {
            if stands_alone(c) {
                scan.end();
            }
            scan.letter(here, c);
        } else {
            scan.end();
            scan.mark(before, c, next);
        }
        before = c;
    }
    scan.finish();
}

/// A word that is being read.
struct Unfinished {
    number: u64,
    start: usize,
    end: usize,
    first: char,
}

struct Scan<'a> {
    words: &'a mut Vec<Word>,
    /// How many words there were before this stretch.
    from: usize,
    /// The whole stretch is a quotation.
    quoted: bool,
    open: Option<Mark>,
    /// How many words there were when the mark opened.
    opened: usize,
    word: Option<Unfinished>,
    /// The next word begins a sentence: its capital tells nothing.
    initial: bool,
}

impl Scan<'_> {
    fn letter(&mut self, at: usize, c: char) {
        let fresh = || Unfinished { number: 0xcbf2_9ce4_8422_2325, start: at, end: at, first: c };
        let word = self.word.get_or_insert_with(fresh);
        for lower in c.to_lowercase() {
            word.number =
                (word.number ^ u64::from(u32::from(lower))).wrapping_mul(0x0100_0000_01b3);
        }
        word.end = at + c.len_utf8();
        if stands_alone(c) {
            self.end();
        }
    }

    fn end(&mut self) {
        let Some(Unfinished { number, start, end, first }) = self.word.take() else { return };
        let particular = first.is_numeric() || first.is_uppercase() && !self.initial;
        let quoted = self.quoted || self.open.is_some();
        self.words.push(Word {
            number: mixed(number),
            span: Span::new(start, end),
            particular,
            quoted,
        });
        self.initial = false;
    }

    fn mark(&mut self, before: char, c: char, next: char) {
        match self.open {
            None => {
                let opens = opening(c)
                    .filter(|mark| *mark != Mark::Straight || opens_straight(before, next));
                if opens.is_some() {
                    self.open = opens;
                    self.opened = self.words.len();
                    self.initial = true;
                }
            }
            Some(mark) if closing(c, mark, next) => self.open = None,
            Some(_) => {}
        }
        if matches!(c, '.' | '!' | '?' | ':' | '\n' | '•') {
            self.initial = true;
        }
    }

    /// A mark that never closes quotes the words after it only where it opens the stretch, as in the paragraphs of a
    /// long speech.
    fn finish(mut self) {
        self.end();
        if self.open.is_some() && !self.quoted && self.opened > self.from {
            for word in self.words.iter_mut().skip(self.opened) {
                word.quoted = false;
            }
        }
    }
}

/// Soft hyphens and joiners are set by a page's maker and by no writer.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Scripts written without spaces: each sign is a word.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}
