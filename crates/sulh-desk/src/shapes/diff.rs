//! The shape `sulh.diff/1`: what changed in one agreement between two questions, each change on whose word.
//! Invariant: a change stands with the lines and denials that brought it; two equal dossiers have none.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use super::{
    dossier::{DossierShape, LinePart, StatePart},
    report::ReportPart,
};
use serde::Serialize;
use sulh_ledger::verdict::Question;

/// The schema's name.
pub const SCHEMA: &str = "sulh.diff/1";

/// What changed in one agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiffShape {
    pub schema: &'static str,
    pub agreement: AgreementName,
    /// False where nothing was known of the agreement at the earlier question.
    pub known_earlier: bool,
    pub earlier: QuestionPart,
    pub later: QuestionPart,
    /// The reports that tell of the agreement at the later question and could not be seen at the earlier.
    pub reports: Vec<NewReportPart>,
    pub changes: Vec<ChangePart>,
}

/// An agreement's id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgreementName {
    pub id: String,
    pub name: String,
}

/// A question on the three clocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionPart {
    pub as_of: String,
    pub known_by: String,
    pub recorded_by: Option<u64>,
}

/// A report that came, and what it speaks of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewReportPart {
    #[serde(flatten)]
    pub report: ReportPart,
    /// True where another report of the same bytes was there before.
    pub is_copy: bool,
    /// The propositions its words stand behind.
    pub speaks_of: Vec<String>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangePart {
    /// What changed: `agreement`, a party, a breach, `t4` or `t4.1`.
    pub subject: String,
    /// What that is, in few words.
    pub about: String,
    #[serde(flatten)]
    pub change: Change,
    /// The lines that brought it.
    pub lines: Vec<LinePart>,
    /// The denials that brought it.
    pub denials: Vec<LinePart>,
}

/// What kind of change it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// The agreement is known of now.
    AgreementNew,
    /// Its stage is another on one track.
    Stage {
        track: &'static str,
        from: Option<&'static str>,
        to: Option<&'static str>,
        grade: &'static str,
        reversal: Option<&'static str>,
    },
    /// A party's assent is another.
    Assent { from: Option<&'static str>, to: Option<&'static str>, grade: &'static str },
    /// A breach is told of now.
    BreachNew { grade: &'static str },
    /// A term is told of now.
    TermNew { grade: &'static str, text: String, reported: StatePart, claimed: StatePart },
    /// A term is no longer told of.
    TermGone,
    /// A term or element came to another state on one track.
    State {
        track: &'static str,
        /// Nothing where the term is new.
        from: Option<StatePart>,
        to: StatePart,
        reversal: Option<&'static str>,
    },
    /// A proposition that was told before stands better or worse now.
    Grade {
        proposition: String,
        from: &'static str,
        to: &'static str,
        reversal: Option<&'static str>,
    },
    /// A flag is raised, or is raised no more.
    Flag { flag: &'static str, raised: bool },
    /// Somebody new says so.
    Line { proposition: String, grade: &'static str },
    /// Somebody new denies it.
    Denial { proposition: String, grade: &'static str },
    /// Somebody known says or denies it otherwise now: the original was seen, or the register changed.
    LineOther { proposition: String, grade: &'static str },
    /// Somebody no longer says or denies it.
    LineGone { proposition: String, grade: &'static str },
    /// More reports repeat what is known.
    Repeated { proposition: String, from: usize, to: usize },
    /// A person decided that it is so, or took that back.
    Established { from: Option<&'static str>, to: Option<&'static str> },
}

impl Change {
    /// Which way it went back, if it did.
    pub const fn reversal(&self) -> Option<&'static str> {
        match self {
            Self::Stage { reversal, .. }
            | Self::State { reversal, .. }
            | Self::Grade { reversal, .. } => *reversal,
            _ => None,
        }
    }

    /// True where somebody was added to those who say or deny something.
    pub const fn adds_word(&self) -> bool {
        matches!(self, Self::Line { .. } | Self::Denial { .. } | Self::LineOther { .. })
    }
}

impl From<Question> for QuestionPart {
    fn from(question: Question) -> Self {
        Self {
            as_of: question.as_of.to_string(),
            known_by: question.known_by.to_string(),
            recorded_by: question.recorded_by,
        }
    }
}

impl From<&DossierShape> for AgreementName {
    fn from(dossier: &DossierShape) -> Self {
        let agreement = &dossier.agreement;
        Self { id: agreement.id.clone(), name: agreement.name.clone() }
    }
}
