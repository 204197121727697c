//! Takes what a report has in common with others, gives `sulh.copies/1`.
//! Invariant: a relation is told from the side of the report it stands with; offsets count bytes of each page's text.

use super::parts::DateShape;
use serde::Serialize;
use sulh_model::{page::Page, span::Span};
use sulh_page::copies::{Likeness, Passage};

/// The schema's name.
pub const SCHEMA: &str = "sulh.copies/1";

/// A report and the others it has words in common with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct CopiesShape {
    pub schema: &'static str,
    pub page: PagePart,
    pub cluster: Option<ClusterPart>,
    pub shares: Vec<SharePart>,
}

impl CopiesShape {
    /// A report that has nothing in common with another yet.
    pub const fn new(page: PagePart) -> Self {
        Self { schema: SCHEMA, page, cluster: None, shares: Vec::new() }
    }
}

/// Which report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct PagePart {
    pub id: String,
    pub source: String,
    pub publisher: Option<String>,
    pub published: Option<DateShape>,
}

impl From<&Page> for PagePart {
    fn from(page: &Page) -> Self {
        Self {
            id: page.id.to_string(),
            source: page.about.source.clone(),
            publisher: page.about.publisher.clone(),
            published: page.about.published.as_ref().map(Into::into),
        }
    }
}

/// The reports of one text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct ClusterPart {
    pub anchor: PagePart,
    pub root: Option<PagePart>,
    pub rivals: Vec<PagePart>,
}

/// What a report has in common with another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct SharePart {
    pub with: PagePart,
    pub relation: &'static str,
    pub share: f64,
    pub share_of_other: f64,
    pub passages: Vec<PassagePart>,
}

impl SharePart {
    /// What the second of two has in common with the first; `turned`: what the first has with the second.
    pub fn of(with: &PagePart, likeness: &Likeness, passages: &[Passage], turned: bool) -> Self {
        let Likeness { relation, first_share, second_share } = *likeness;
        let hundredths = |share: f32| (f64::from(share) * 100.0).round() / 100.0;
        let (relation, own, others) = if turned {
            (relation.reversed(), first_share, second_share)
        } else {
            (relation, second_share, first_share)
        };
        let passage = |passage: &Passage| {
            let (first, second) = (passage.first.into(), passage.second.into());
            let (here, there) = if turned { (first, second) } else { (second, first) };
            PassagePart { here, there, words: passage.words, quoted: passage.quoted }
        };
        Self {
            with: with.clone(),
            relation: relation.code(),
            share: hundredths(own),
            share_of_other: hundredths(others),
            passages: passages.iter().map(passage).collect(),
        }
    }
}

/// A passage in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct PassagePart {
    pub here: BytesPart,
    pub there: BytesPart,
    pub words: usize,
    pub quoted: bool,
}

/// Bytes of a page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the keys are described in docs/glossary.md")]
pub struct BytesPart {
    pub start: usize,
    pub end: usize,
}

impl From<Span> for BytesPart {
    fn from(span: Span) -> Self {
        Self { start: span.start(), end: span.end() }
    }
}
