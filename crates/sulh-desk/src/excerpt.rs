//! Takes a text with its blocks and a span, gives the words around it, and where its own words stand in them.
//! Invariant: what stands around is of the same block; no word of a reader's comment or an advert is given.

use crate::quotes::is_withheld;
use sulh_ledger::report::KeptBlock;
use sulh_model::span::Span;

/// How many bytes of a long block are given before and after the words: a few sentences.
const AROUND_BYTES_MAX: usize = 320;

/// The words around a span, and the span of its own words among them; nothing for words that may not be shown.
pub(crate) fn excerpt(text: &str, blocks: &[KeptBlock], span: Span) -> Option<(String, Span)> {
    let withheld = |around: Span| is_withheld(blocks.iter().map(|it| (it.kind, it.span)), around);
    let words = span.trimmed(text);
    if words.of(text).is_empty() || withheld(span) {
        return None;
    }
    let holding = blocks.iter().map(|block| block.span).filter(|block| block.contains(words));
    let block = holding.min_by_key(|block| block.len()).filter(|block| block.fits(text));
    let around = block.map_or(words, |block| near(text, block, words).trimmed(text));
    // Comments may lie inside a block that is none.
    let around = if withheld(around) { words } else { around };
    let cut = |at, edge, mark| if at == edge { "" } else { mark };
    let (first, last) = block.map_or((around.start(), around.end()), |block| {
        let block = block.trimmed(text);
        (block.start(), block.end())
    });
    let before = cut(around.start(), first, "… ");
    let after = cut(around.end(), last, " …");
    let start = before.len() + words.start() - around.start();
    Some((format!("{before}{}{after}", around.of(text)), Span::new(start, start + words.len())))
}

/// The part of a block near some words, cut between words.
fn near(text: &str, block: Span, words: Span) -> Span {
    let mut start = words.start().saturating_sub(AROUND_BYTES_MAX).max(block.start());
    while start > block.start() && start < words.start() && !follows_space(text, start) {
        start += 1;
    }
    let mut end = (words.end() + AROUND_BYTES_MAX).min(block.end());
    while end < block.end() && end > words.end() && !follows_space(text, end) {
        end -= 1;
    }
    Span::new(start, end)
}

fn follows_space(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::page::BlockKind;

    /// `blocks` are kinds with the first and last byte; the words of `wanted` are looked for.
    fn check(
        text: &str,
        blocks: &[(BlockKind, usize, usize)],
        wanted: &str,
        expected: Option<&str>,
    ) {
        let blocks: Vec<KeptBlock> = blocks
            .iter()
            .map(|(kind, start, end)| KeptBlock {
                kind: *kind,
                span: Span::new(*start, *end),
                parent: None,
            })
            .collect();
        let start = text.find(wanted).unwrap();
        let found = excerpt(text, &blocks, Span::new(start, start + wanted.len()));
        assert_eq!(found.as_ref().map(|(around, _)| around.as_str()), expected);
        if let Some((around, span)) = found {
            assert_eq!(span.of(&around), wanted.trim());
        }
    }

    #[test]
    fn the_block_stands_around_its_words() {
        let text = "Calm held. كناكر is quiet. \nNo, it is not.";
        let end = text.find('\n').unwrap();
        let blocks = [(BlockKind::Paragraph, 0, end), (BlockKind::Comment, end + 1, text.len())];
        check(text, &blocks, "كناكر is", Some("Calm held. كناكر is quiet."));
        check(text, &blocks, "Calm held. ", Some("Calm held. كناكر is quiet."));
        check(text, &blocks, "not.", None);
        check(text, &blocks, "quiet. \nNo", None);
        check(text, &[], "is quiet", Some("is quiet"));
    }

    #[test]
    fn a_comment_inside_the_block_keeps_the_rest_of_it_out() {
        let text = "Calm held. A reader says no.";
        let blocks = [(BlockKind::Paragraph, 0, 28), (BlockKind::Comment, 11, 28)];
        check(text, &blocks, "Calm held.", Some("Calm held. …"));
    }

    #[test]
    fn a_long_block_is_cut_between_words() {
        let long = "à b ".repeat(200);
        let text = format!("{long}THE WORDS {long}");
        let blocks = [(BlockKind::Paragraph, 0, text.len())];
        let start = text.find("THE").unwrap();
        let block = KeptBlock { kind: blocks[0].0, span: Span::new(0, text.len()), parent: None };
        let (around, span) = excerpt(&text, &[block], Span::new(start, start + 9)).unwrap();
        assert_eq!(span.of(&around), "THE WORDS");
        assert!(around.starts_with("… ") && around.ends_with(" …"), "{around}");
        assert!(around.len() < 2 * AROUND_BYTES_MAX + 40, "{}", around.len());
    }
}
