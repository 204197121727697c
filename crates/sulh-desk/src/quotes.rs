//! Takes a text with its blocks and a span, gives the words where they may be shown beside a verdict.
//! Invariant: words of a reader's comment or an advert are never given; who wants them opens the page.

use sulh_model::{
    page::{BlockKind, Page},
    span::Span,
};

/// The words of a span of a page, as [`words`] gives them.
pub fn quotable(page: &Page, span: Span) -> Option<String> {
    words(&page.text, page.blocks.iter().map(|block| (block.kind, block.span)), span)
}

/// The words of a span, on one line; nothing for a comment, an advert, or a span of another text.
pub(crate) fn words(
    text: &str,
    blocks: impl Iterator<Item = (BlockKind, Span)>,
    span: Span,
) -> Option<String> {
    let words: Vec<&str> = span.of(text).split_whitespace().collect();
    (!is_withheld(blocks, span) && !words.is_empty()).then(|| words.join(" "))
}

/// True when some of the words are a reader's or an advert's.
pub(crate) fn is_withheld(mut blocks: impl Iterator<Item = (BlockKind, Span)>, span: Span) -> bool {
    blocks.any(|(kind, around)| is_anothers(kind) && around.overlaps(span))
}

const fn is_anothers(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Comment | BlockKind::Advert)
}

/// The text with every comment and advert turned into spaces, so that all offsets stay.
pub(crate) fn blanked(text: &str, blocks: impl Iterator<Item = (BlockKind, Span)>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (_, span) in blocks.filter(|(kind, _)| is_anothers(*kind)) {
        let inside = bytes.get_mut(span.start()..span.end()).into_iter().flatten();
        inside.filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
    }
    // Spans are borders of characters of their own text; of another text nothing is shown.
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::{
        imprint::Imprint,
        page::{Block, BlockId, CaptureId, PageAbout},
    };

    #[test]
    fn a_commenters_words_are_withheld_and_those_quoted_in_a_comment_too() {
        let text = "The truce\nheld. Liars, all of them. \"A truce\"";
        let mut inside = Block::new(BlockKind::Quotation, Span::new(36, 45));
        inside.parent = Some(BlockId(1));
        let page = Page {
            id: CaptureId::from_digest(&[0; 32]),
            about: PageAbout {
                source: String::new(),
                url: None,
                title: None,
                publisher: None,
                published: None,
            },
            imprint: Imprint::silent(),
            language: None,
            text: text.into(),
            blocks: vec![
                Block::new(BlockKind::Paragraph, Span::new(0, 15)),
                Block::new(BlockKind::Comment, Span::new(16, 45)),
                inside,
            ],
            origins: sulh_model::origin::Origins::default(),
            notes: vec![],
        };
        let check = |start, end, expected: Option<&str>| {
            assert_eq!(quotable(&page, Span::new(start, end)).as_deref(), expected);
        };
        check(0, 15, Some("The truce held."));
        check(16, 34, None);
        check(37, 44, None);
        check(10, 20, None);
        check(900, 901, None);
        let blanked = blanked(text, page.blocks.iter().map(|block| (block.kind, block.span)));
        assert_eq!(blanked, format!("The truce\nheld. {}", " ".repeat(29)));
    }
}
