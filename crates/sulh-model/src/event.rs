//! Takes what is said to have happened or to be going on, gives events.
//! Invariant: the one who reports an event is never among its actors for that reason.

use crate::{
    actor::Who,
    agreement::AgreementId,
    place::Where,
    span::Span,
    statement::StatementId,
    term::{ElementId, Quantity, TermId},
    time::UncertainDate,
    vocabulary::EventKind,
};

crate::codes! {
    /// What an event is to an agreement.
    pub enum Relation {
        /// Carries out a promise.
        Implements = "implements",
        /// Is said, in so many words, to break it.
        Violates = "violates",
        /// Brings it about.
        LeadsTo = "leads_to",
        /// Nothing that the words say.
        None = "none",
    }
}

crate::codes! {
    /// How far an event has come, by the words.
    pub enum Aspect {
        /// "are entering"
        Ongoing = "ongoing",
        /// "entered"
        Completed = "completed",
        /// "will enter"
        Prospective = "prospective",
        /// "stopped entering for a time", "the evacuation was halted"
        Suspended = "suspended",
        /// "resumed entering"
        Resumed = "resumed",
    }
}

/// Position of an event among those of a reading, from 1: `e1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

impl std::fmt::Display for EventId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "e{}", self.0)
    }
}

/// Something that happened, or is said to.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What kind.
    pub kind: EventKind,
    /// How far it has come.
    pub aspect: Aspect,
    /// Who did it.
    pub actors: Vec<Who>,
    /// To whom.
    pub targets: Vec<Who>,
    /// Where.
    pub place: Option<Where>,
    /// When.
    pub happened: Option<UncertainDate>,
    /// The agreement it bears on.
    pub agreement: Option<AgreementId>,
    /// How.
    pub relation: Relation,
    /// The term it bears on.
    pub term: Option<TermId>,
    /// The element of that term.
    pub element: Option<ElementId>,
    /// The act whose outcome its words take back, where they name one: "evacuated the checkpoints" a
    /// deployment.
    pub reverses: Option<EventKind>,
    /// How many.
    pub quantity: Option<Quantity>,
    /// The words.
    pub span: Span,
    /// The statement that tells it.
    pub statement: StatementId,
}
