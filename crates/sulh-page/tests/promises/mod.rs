//! Takes a capture, expects of its page what every page promises; the fuzz targets `html` and `plain` hold it, too.
//! Invariant: the promises hold for any bytes, not only for pages.

use super::splitting::page;
use std::{collections::BTreeMap, sync::LazyLock};
use sulh_model::{
    origin::Likeness,
    page::{BlockKind, Page},
};
use sulh_page::Format;

/// A byte of any charset becomes at most three of UTF-8; a one-letter name becomes a pseudonym of 17.
const GROWTH_MAX: usize = 20;

/// A name that stands in no page by chance; of two words, so that it is a reader's wherever it stands.
const NAME: &str = "Qedzuf Vopliq";

/// A thread of that reader's as pages write it.
const THREAD: &str =
    "<div id=comments><ol><li class=comment id=comment-1><cite class=fn>Qedzuf Vopliq</cite>
    <p>So says Qedzuf Vopliq of the wells.</p></li></ol></div>";

/// The same without markup, below a report.
const LINES: &str =
    "\n\nForty detainees were swapped in Taiz on Monday, mediators said.\n\n2 Comments\n
Qedzuf Vopliq says:\nSo says Qedzuf Vopliq, lol!! I think you know it.\n\n";

/// What that reader is called.
static PSEUDONYM: LazyLock<Option<String>> = LazyLock::new(|| {
    let page = page(THREAD.as_bytes(), Some(Format::Html));
    page.blocks.into_iter().find_map(|block| block.author)
});

/// Expects everything a page promises.
pub fn check(bytes: &[u8], format: Option<Format>) {
    let split = page(bytes, format);
    check_spans(&split);
    check_origins(&split, bytes);
    let (length, read) = (split.text.len(), bytes.len());
    assert!(length <= read * GROWTH_MAX, "{read} bytes became {length}");
    assert_eq!(split, page(bytes, format), "splitting twice gives the same");
}

/// Expects that a reader's name behind any bytes stays in no part of the page that is the readers'.
pub fn check_names(bytes: &[u8], format: Format) {
    let thread = match format {
        Format::Html => THREAD,
        Format::Plain => LINES,
    };
    let page = page(&[bytes, thread.as_bytes()].concat(), Some(format));
    assert!(PSEUDONYM.is_some(), "the thread by itself has a reader");
    if !page.blocks.iter().any(|block| block.author == *PSEUDONYM) {
        return; // What stands before it made it something else, such as a part of a script.
    }
    for block in page.blocks.iter().filter(|block| block.kind == BlockKind::Comment) {
        assert!(!is_named(block.span.of(&page.text)), "{}", page.text);
    }
}

/// The bytes may hold the name themselves, as a part of another word.
fn is_named(words: &str) -> bool {
    words.match_indices(NAME).any(|(at, _)| {
        let whole = |beside: Option<char>| !beside.is_some_and(char::is_alphanumeric);
        whole(words[..at].chars().next_back()) && whole(words[at + NAME.len()..].chars().next())
    })
}

/// Expects that every word knows its bytes.
fn check_origins(page: &Page, bytes: &[u8]) {
    let mut end = 0;
    for step in page.origins.trail.steps() {
        let skipped = page.text.get(end..step.text.start());
        assert!(
            skipped.is_some_and(|skipped| skipped.trim().is_empty()),
            "{skipped:?} is from nowhere"
        );
        end = step.text.end();
        let from = bytes.get(step.from.start()..step.from.end());
        assert!(from.is_some(), "{step:?} is beyond the capture");
        let from = from.unwrap_or_default();
        let blank = |byte: u8| char::from(byte).is_whitespace();
        let same = |(one, other): (u8, &u8)| one == *other || blank(one) && blank(*other);
        if step.likeness == Likeness::Verbatim {
            let words = step.text.of(&page.text);
            assert!(
                words.len() == from.len() && words.bytes().zip(from).all(same),
                "{step:?} {words:?}"
            );
        }
    }
    assert!(page.text[end..].trim().is_empty(), "{:?} is from nowhere", &page.text[end..]);
    for element in page.origins.elements.values() {
        assert!(element.start < bytes.len().max(1), "{element:?}");
    }
}

fn check_spans(page: &Page) {
    assert!(page.notes.iter().all(|note| note.span.fits(&page.text)), "{:?}", page.notes);
    let mut start = 0;
    // End of the last block at the top and inside each parent.
    let mut top_end = 0;
    let mut inner_end = BTreeMap::new();
    for (id, block) in page.numbered() {
        assert!(block.span.fits(&page.text) && !block.span.is_empty(), "{block:?}");
        assert!(block.span.start() >= start, "out of order: {block:?}");
        start = block.span.start();
        let end: &mut usize = match block.parent {
            None => &mut top_end,
            Some(parent) => {
                let around = page.block(parent).filter(|_| parent < id);
                assert!(
                    around.is_some_and(|around| around.span.contains(block.span)),
                    "not in its parent: {block:?}"
                );
                inner_end.entry(parent).or_insert(0)
            }
        };
        assert!(block.span.start() >= *end, "siblings overlap: {block:?}");
        *end = block.span.end();
        assert!(block.reply_to.is_none_or(|answered| answered < id), "{block:?}");
    }
}
