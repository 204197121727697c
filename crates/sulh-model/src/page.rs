//! Takes what page splitting found, gives the decoded text of a capture and its tree of blocks.
//! Invariant: a child block lies inside its parent, siblings do not overlap, ids are positions in `blocks`.

use crate::{imprint::Imprint, note::Note, origin::Origins, span::Span, time::UncertainDate};

crate::codes! {
    /// What a block of a page is.
    pub enum BlockKind {
        /// The title of the report.
        Headline = "headline",
        /// Who wrote it.
        Byline = "byline",
        /// Where and when it was filed.
        Dateline = "dateline",
        /// Running text of the report.
        Paragraph = "paragraph",
        /// One item of a list in the report.
        ListItem = "list_item",
        /// Another text, quoted at length.
        Quotation = "quotation",
        /// The words under a picture.
        Caption = "caption",
        /// A reader's contribution.
        Comment = "comment",
        /// An advertisement, spam among the comments included.
        Advert = "advert",
        /// Navigation, notices and whatever else frames the page.
        Boilerplate = "boilerplate",
    }
}

/// Position of a block in `Page::blocks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockId(pub u32);

/// SHA-256 of a capture, in lower-case hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaptureId(String);

impl CaptureId {
    /// From the 32 bytes of the digest.
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Reads 64 hexadecimal digits, with or without `sha256:` before them.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix("sha256:").unwrap_or(text);
        let good = hex.len() == 64 && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(hex.to_owned()))
    }

    /// The 64 hexadecimal digits.
    pub fn hex(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CaptureId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "sha256:{}", self.0)
    }
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// The block that contains it.
    pub parent: Option<BlockId>,
    /// For a comment: the comment it answers, where the page says so.
    pub reply_to: Option<BlockId>,
    /// For a comment: how deep in its thread, 0 at the top.
    pub depth: u32,
    /// For a comment: its author's pseudonym, never the name.
    pub author: Option<String>,
    /// For a comment: when it was posted, as the page says it.
    pub published: Option<UncertainDate>,
}

impl Block {
    /// A block that stands by itself.
    pub const fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, span, parent: None, reply_to: None, depth: 0, author: None, published: None }
    }
}

/// What is known of a capture beside its bytes: from the command line, a side file, a feed or the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAbout {
    /// File path, URL, or the line's id.
    pub source: String,
    /// Where it was published, if known.
    pub url: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// When it was published.
    pub published: Option<UncertainDate>,
}

/// A capture, decoded and split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Hash of the captured bytes.
    pub id: CaptureId,
    /// What is known beside the text.
    pub about: PageAbout,
    /// What the page tells of itself.
    pub imprint: Imprint,
    /// ISO 639-1 code of the language, if recognised.
    pub language: Option<String>,
    /// The decoded text all spans count in.
    pub text: String,
    /// The blocks in the order of the text, parents before children.
    pub blocks: Vec<Block>,
    /// Where text and blocks stand in the capture.
    pub origins: Origins,
    /// What was doubtful in decoding and splitting.
    pub notes: Vec<Note>,
}

impl Page {
    /// The block of an id; ids come from this page, so there is one unless pages were mixed up.
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.0 as usize)
    }

    /// Blocks with their ids.
    pub fn numbered(&self) -> impl Iterator<Item = (BlockId, &Block)> {
        self.blocks.iter().enumerate().map(|(i, block)| (BlockId(i as u32), block))
    }

    /// The kinds of the blocks around one, innermost first, itself included.
    pub fn ancestry(&self, id: BlockId) -> Vec<(BlockId, BlockKind)> {
        let mut kinds = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let Some(block) = self.block(id) else { break };
            kinds.push((id, block.kind));
            // Parents stand before children: a broken page cannot send us round in a circle.
            next = block.parent.filter(|parent| *parent < id);
        }
        kinds
    }

    /// The comment a block is, or lies in.
    pub fn comment_around(&self, id: BlockId) -> Option<BlockId> {
        self.ancestry(id)
            .into_iter()
            .find(|(_, kind)| *kind == BlockKind::Comment)
            .map(|(id, _)| id)
    }
}
