//! Takes a page's blocks, gives its passages: the sentences of one block, and in whose voice they stand.
//! Invariant: adverts and boilerplate give no passage; a reader's words are never the outlet's.

use sulh_model::page::{Block, BlockId, BlockKind, Page};
use sulh_model::span::Span;

/// Whose voice a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The report.
    Article,
    /// Another text, quoted by the report.
    Quoted,
    /// A reader.
    Reader(BlockId),
    /// Another text, quoted by a reader.
    QuotedByReader(BlockId),
}

impl Voice {
    /// True for the report and what it quotes.
    pub const fn is_report(self) -> bool {
        matches!(self, Self::Article | Self::Quoted)
    }
}

/// The words of one block that are its own, in its voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub block: BlockId,
    pub kind: BlockKind,
    pub voice: Voice,
    /// What is left of the block without the blocks inside it.
    pub stretches: Vec<Span>,
}

/// The passages of a page, in its order.
pub(crate) fn passages(page: &Page) -> Vec<Passage> {
    let mut children: Vec<Vec<Span>> = vec![Vec::new(); page.blocks.len()];
    for block in &page.blocks {
        if let Some(own) = block.parent.and_then(|parent| children.get_mut(parent.0 as usize)) {
            own.push(block.span);
        }
    }
    page.numbered()
        .filter_map(|(id, block)| {
            let voice = voice_of(page, id, block)?;
            let stretches = without(block.span, &children[id.0 as usize], &page.text);
            Some(Passage { block: id, kind: block.kind, voice, stretches })
        })
        .collect()
}

fn voice_of(page: &Page, id: BlockId, block: &Block) -> Option<Voice> {
    let around = page.ancestry(id);
    let unread = |kind: &BlockKind| {
        matches!(
            kind,
            BlockKind::Advert | BlockKind::Boilerplate | BlockKind::Byline | BlockKind::Dateline
        )
    };
    if around.iter().any(|(_, kind)| unread(kind)) {
        return None;
    }
    let quoted = block.kind == BlockKind::Quotation
        || around.iter().skip(1).any(|(_, kind)| *kind == BlockKind::Quotation);
    Some(match (page.comment_around(id), quoted) {
        (Some(comment), true) => Voice::QuotedByReader(comment),
        (Some(comment), false) => Voice::Reader(comment),
        (None, true) => Voice::Quoted,
        (None, false) => Voice::Article,
    })
}

/// A span without the spans inside it.
fn without(span: Span, inner: &[Span], text: &str) -> Vec<Span> {
    let mut stretches = Vec::new();
    let mut at = span.start();
    let mut inner: Vec<Span> = inner.to_vec();
    inner.sort();
    for child in inner {
        if child.start() > at {
            stretches.push(Span::new(at, child.start()));
        }
        at = at.max(child.end());
    }
    if at < span.end() {
        stretches.push(Span::new(at, span.end()));
    }
    stretches
        .into_iter()
        .map(|stretch| stretch.trimmed(text))
        .filter(|stretch| !stretch.is_empty())
        .collect()
}
