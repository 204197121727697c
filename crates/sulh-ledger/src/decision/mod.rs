//! Takes what an analyst decided, gives it as the log keeps it.
//! Invariant: a decision binds to a capture, a span and a kind, never to the ids of one reading, and it
//! always has a name, a day and a reason. Whether a page says a thing and whether the thing is so are
//! different decisions (R11).

mod payload;
mod standing;

pub use payload::{DECISION_SCHEMA, decode, encode};
pub use standing::Decisions;
pub(crate) use standing::Pairing;

use crate::{log::EntryKind, rules::transition::State};
use jiff::civil::Date;
use sulh_model::{agreement::Stage, page::CaptureId, register::LeaningSide, span::Span};

/// A decision of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The pseudonym of the one who decided.
    pub by: String,
    /// On which day.
    pub day: Date,
    /// Why.
    pub reason: String,
    /// What.
    pub what: Decided,
}

/// Words of a page that a decision is about: an agreement, an element or a statement told there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Words {
    /// The page.
    pub capture: CaptureId,
    /// Where.
    pub span: Span,
    /// As what they were read: the code of a kind of agreement or of term, or `statement`.
    pub kind: String,
}

sulh_model::codes! {
    /// How reliable an analyst finds a source: the letters of the Admiralty code. A tag: no rule weighs it.
    pub enum Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Reliability cannot be judged.
        F = "F",
    }
}

/// Where an analyst finds that a source stands in a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The conflict.
    pub conflict: String,
    /// Where it leans.
    pub side: LeaningSide,
    /// First day it holds; nothing for always.
    pub from: Option<Date>,
}

/// What a source is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// The source, by any of its names.
    pub source: String,
    /// The tag.
    pub reliability: Option<Reliability>,
    /// Where it stands: with the decision's reason as its basis.
    pub examined: Option<Examined>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The page does not say this: it was misread.
    Rejected(Words),
    /// Two agreements as told are one.
    Merged(Words, Words),
    /// Two agreements as told are not the same.
    Parted(Words, Words),
    /// An element of a term is in a state, from a day on.
    StateEstablished {
        /// The element, as one page tells it.
        element: Words,
        /// The state.
        state: State,
        /// From which day on.
        from: Date,
    },
    /// An agreement has come to a stage, from a day on.
    StageEstablished {
        /// The agreement, as one page tells it.
        agreement: Words,
        /// The stage.
        stage: Stage,
        /// From which day on.
        from: Date,
    },
    /// A source was examined.
    Rated(Rating),
    /// An earlier decision no longer holds.
    Withdrawn {
        /// Its entry.
        seq: u64,
    },
}

impl Decided {
    /// The kind of log entry it is (R11).
    pub const fn entry_kind(&self) -> EntryKind {
        match self {
            Self::Rejected(_) => EntryKind::Extraction,
            Self::Merged(..) | Self::Parted(..) => EntryKind::Linking,
            Self::StateEstablished { .. } | Self::StageEstablished { .. } => EntryKind::Assessment,
            Self::Rated(_) => EntryKind::Rating,
            Self::Withdrawn { .. } => EntryKind::Withdrawal,
        }
    }
}
