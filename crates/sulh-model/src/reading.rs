//! Takes what one page says, gives it as a whole.
//! Invariant: ids inside point at things inside; every span fits the text of the page it was read from.

use crate::{
    agreement::{Agreement, AgreementId, Stage},
    event::{Event, EventId},
    note::Note,
    span::Span,
    statement::{Statement, StatementId},
    term::{Term, TermId},
};

/// A stage an agreement is said to have reached, beside the one its making gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageTold {
    /// The agreement.
    pub agreement: AgreementId,
    /// The stage.
    pub stage: Stage,
    /// The words.
    pub span: Span,
    /// The statement that says so.
    pub statement: StatementId,
}

/// All that was read in a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What the page says, in its order.
    pub statements: Vec<Statement>,
    /// The agreements it speaks of.
    pub agreements: Vec<Agreement>,
    /// Their terms.
    pub terms: Vec<Term>,
    /// What happened.
    pub events: Vec<Event>,
    /// Stages told of an agreement as a whole ("is being implemented"). They never move a term.
    pub stages: Vec<StageTold>,
    /// What was doubtful.
    pub notes: Vec<Note>,
}

impl Reading {
    /// The statement of an id.
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }

    /// The agreement of an id.
    pub fn agreement(&self, id: AgreementId) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.id == id)
    }

    /// The term of an id.
    pub fn term(&self, id: TermId) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// The event of an id.
    pub fn event(&self, id: EventId) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }

    /// The terms of an agreement, in order.
    pub fn terms_of(&self, id: AgreementId) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.agreement == id)
    }
}
