//! The shape `sulh.sentence/1`: one sentence that can be published, with numbered footnotes.
//! Invariant: every number in the sentence has its footnote, and every footnote its number.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use super::{
    diff::{AgreementName, QuestionPart},
    dossier::SpanPart,
};
use serde::Serialize;

/// The schema's name.
pub const SCHEMA: &str = "sulh.sentence/1";

/// A sentence on one term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentenceShape {
    pub schema: &'static str,
    #[serde(flatten)]
    pub question: QuestionPart,
    pub agreement: AgreementName,
    pub term: String,
    pub sentence: String,
    pub footnotes: Vec<Footnote>,
}

/// Where words of a source can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Footnote {
    pub number: usize,
    /// Who vouches; null where the words could be those of several.
    pub voucher: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    /// The words; null where they may not be shown.
    pub quote: Option<String>,
    pub span: SpanPart,
}
