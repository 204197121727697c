//! Takes a page and its reading, gives `sulh.reading/1`.
//! Invariant: the shape says what the reading says and no more; ids and offsets are those of the reading.

#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

mod from_model;

use super::parts::{DateShape, QuantityShape, WhereShape, WhoShape};
use serde::Serialize;

/// The schema's name.
pub const SCHEMA: &str = "sulh.reading/1";

/// What one page says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReadingShape {
    pub schema: &'static str,
    pub reader: &'static str,
    pub page: PageShape,
    pub statements: Vec<StatementShape>,
    pub agreements: Vec<AgreementShape>,
    pub terms: Vec<TermShape>,
    pub events: Vec<EventShape>,
    pub stages: Vec<StageShape>,
    pub notes: Vec<NoteShape>,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageShape {
    pub id: String,
    pub source: String,
    pub url: Option<String>,
    pub canonical: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<DateShape>,
    pub modified: Option<DateShape>,
    pub told_in: ToldInShape,
    pub language: Option<String>,
    pub text: String,
    pub capture: CaptureShape,
    pub blocks: Vec<BlockShape>,
}

/// Where the text stands in the capture: its charset, and steps `[start, end, capture start, capture end, likeness]`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CaptureShape {
    pub charset: Option<&'static str>,
    pub steps: Vec<(usize, usize, usize, usize, &'static str)>,
}

/// The part of the page that tells each of these, `given` where it was given beside the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ToldInShape {
    pub title: Option<&'static str>,
    pub publisher: Option<&'static str>,
    pub authors: Option<&'static str>,
    pub published: Option<&'static str>,
    pub modified: Option<&'static str>,
    pub canonical: Option<&'static str>,
}

/// One block of the page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlockShape {
    pub id: u32,
    pub kind: &'static str,
    pub start: usize,
    pub end: usize,
    pub parent: Option<u32>,
    pub reply_to: Option<u32>,
    pub depth: u32,
    pub author: Option<String>,
    pub published: Option<DateShape>,
    pub capture: Option<BlockOriginShape>,
}

/// Where a block stands in the capture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlockOriginShape {
    pub start: usize,
    pub end: usize,
    pub element: Option<MarkupShape>,
}

/// The element of markup a block was taken from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkupShape {
    pub path: String,
    pub start: usize,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatementShape {
    pub id: String,
    pub block: u32,
    pub spans: Vec<RoleSpanShape>,
    pub attribution: Vec<HolderShape>,
    pub factuality: &'static str,
    pub polarity: &'static str,
    pub happened: Option<DateShape>,
    pub refers_to: Vec<TargetShape>,
}

/// A stretch of a statement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleSpanShape {
    pub role: &'static str,
    pub block: u32,
    pub start: usize,
    pub end: usize,
}

/// One who is made to say something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HolderShape {
    pub name: String,
    pub id: Option<String>,
    pub kind: &'static str,
    pub named: bool,
    pub side: Option<String>,
    pub cue: Option<String>,
    pub basis: &'static str,
    pub inherited: bool,
    pub start: Option<usize>,
    pub end: Option<usize>,
}

/// What a statement is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TargetShape {
    pub r#type: &'static str,
    pub id: String,
}

/// One agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementShape {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub stage: Option<&'static str>,
    pub standing: &'static str,
    pub agreed: AgreedShape,
    pub conflict: Option<String>,
    pub place: Option<WhereShape>,
    pub concluded: Option<DateShape>,
    pub parties: Vec<PartyShape>,
    /// The words set it apart: "a new deal", "a second truce".
    pub told_as_new: bool,
    pub predecessors: Vec<String>,
    pub pressure: Vec<PressureShape>,
    pub start: usize,
    pub end: usize,
    pub statements: Vec<String>,
}

/// How sure the page is of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AgreedShape {
    pub factuality: &'static str,
}

/// Somebody with a role in an agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyShape {
    #[serde(flatten)]
    pub who: WhoShape,
    pub role: &'static str,
    pub assent: Option<&'static str>,
}

/// A pressure, with the words that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PressureShape {
    pub kind: &'static str,
    pub statement: String,
    pub start: usize,
    pub end: usize,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermShape {
    pub id: String,
    pub agreement: String,
    pub ordinal: u32,
    pub kind: &'static str,
    pub modality: &'static str,
    pub agreed: AgreedShape,
    pub bearer: Option<WhoShape>,
    pub beneficiary: Option<WhoShape>,
    pub object: Option<String>,
    pub place: Option<WhereShape>,
    pub destination: Option<WhereShape>,
    pub deadline: Option<DateShape>,
    pub condition: Option<String>,
    pub depends_on: Vec<DependencyShape>,
    pub alternative_of: Option<String>,
    pub voluntariness: Option<&'static str>,
    pub quantity: Option<QuantityShape>,
    pub elements: Vec<ElementShape>,
    pub statement: String,
}

/// What a term hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DependencyShape {
    pub term: String,
    pub how: &'static str,
}

/// One thing promised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ElementShape {
    pub id: String,
    pub kind: &'static str,
    pub mode: &'static str,
    /// The event its words name.
    pub act: Option<&'static str>,
    pub start: usize,
    pub end: usize,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventShape {
    pub id: String,
    pub kind: &'static str,
    pub aspect: &'static str,
    pub actors: Vec<WhoShape>,
    pub targets: Vec<WhoShape>,
    pub place: Option<WhereShape>,
    pub happened: Option<DateShape>,
    pub agreement: Option<String>,
    pub relation: &'static str,
    pub term: Option<String>,
    pub element: Option<String>,
    /// The act whose outcome its words take back.
    pub reverses: Option<&'static str>,
    pub quantity: Option<QuantityShape>,
    pub start: usize,
    pub end: usize,
    pub statement: String,
}

/// A stage told of an agreement as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageShape {
    pub agreement: String,
    pub stage: &'static str,
    pub start: usize,
    pub end: usize,
    pub statement: String,
}

/// One doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteShape {
    pub code: &'static str,
    pub start: usize,
    pub end: usize,
    pub message: String,
}
