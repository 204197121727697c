//! Takes the promises of an agreement, gives terms with their elements.
//! Invariant: a term has at least one element; an element's span lies in the page that tells the term.

use crate::{
    actor::Who,
    agreement::AgreementId,
    place::Where,
    span::Span,
    statement::{Factuality, StatementId},
    time::UncertainDate,
    vocabulary::{EventKind, TermKind},
};

crate::codes! {
    /// What kind of duty.
    pub enum Modality {
        /// Must be done.
        Obligation = "obligation",
        /// Must not be done.
        Forbearance = "forbearance",
        /// May be done.
        Permission = "permission",
    }
}

crate::codes! {
    /// When an element is kept.
    pub enum Mode {
        /// Kept when a result is reached.
        Achieve = "achieve",
        /// Kept as long as it lasts.
        Maintain = "maintain",
        /// Kept by one act.
        Punctual = "punctual",
    }
}

crate::codes! {
    /// How free a relocation is, by the words.
    pub enum Voluntariness {
        /// The words say it is free.
        StatedFree = "stated_free",
        /// It follows on a refusal.
        RefusalBased = "refusal_based",
        /// It is under threat.
        UnderThreat = "under_threat",
        /// The words do not say.
        NotStated = "not_stated",
    }
}

crate::codes! {
    /// How a term hangs on another.
    pub enum DependencyHow {
        /// This one comes before the other.
        Before = "before",
        /// This one comes after the other.
        After = "after",
        /// Both at once.
        Concurrent = "concurrent",
        /// One for the other.
        InExchange = "in_exchange",
    }
}

/// Position of a term among those of a reading, from 1: `t1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

impl std::fmt::Display for TermId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "t{}", self.0)
    }
}

/// An element of a term, from 1: `t4.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementId {
    /// The term.
    pub term: TermId,
    /// Which of its elements.
    pub ordinal: u32,
}

impl std::fmt::Display for ElementId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.term, self.ordinal)
    }
}

/// One thing promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its id.
    pub id: ElementId,
    /// What.
    pub kind: TermKind,
    /// When it is kept.
    pub mode: Mode,
    /// The event its words name, where they name one: "enter" an entry, "set up posts" a deployment.
    /// It tells two elements of one kind apart.
    pub act: Option<EventKind>,
    /// Where it is said.
    pub span: Span,
}

/// A link from one term to another of the same agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The other term.
    pub term: TermId,
    /// How this one hangs on it.
    pub how: DependencyHow,
}

/// A number with its wording.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, where it is one.
    pub value: Option<u64>,
    /// What is counted.
    pub unit: Option<String>,
    /// The words.
    pub wording: String,
    /// Where they stand.
    pub span: Span,
}

/// One promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// The agreement it belongs to.
    pub agreement: AgreementId,
    /// Its place among the agreement's terms, from 1.
    pub ordinal: u32,
    /// What kind: that of its first element.
    pub kind: TermKind,
    /// What kind of duty.
    pub modality: Modality,
    /// How sure the source is of the promise; the act itself is in the statement.
    pub agreed: Factuality,
    /// Who promised.
    pub bearer: Option<Who>,
    /// For whom.
    pub beneficiary: Option<Who>,
    /// What it is about, in the page's words.
    pub object: Option<String>,
    /// Where.
    pub place: Option<Where>,
    /// Whereto.
    pub destination: Option<Where>,
    /// By when.
    pub deadline: Option<UncertainDate>,
    /// On what condition, in the page's words.
    pub condition: Option<String>,
    /// What it hangs on.
    pub depends_on: Vec<Dependency>,
    /// The term it stands in for.
    pub alternative_of: Option<TermId>,
    /// How free a relocation is; nothing for other kinds.
    pub voluntariness: Option<Voluntariness>,
    /// How many.
    pub quantity: Option<Quantity>,
    /// Its elements, at least one.
    pub elements: Vec<Element>,
    /// The statement that tells it.
    pub statement: StatementId,
}
