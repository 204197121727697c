//! Takes what a page says of a deal, gives an agreement as told there.
//! Invariant: only what is between parties to an armed or communal conflict is in scope; all else says so.

use crate::{
    actor::Who,
    place::Where,
    span::Span,
    statement::{Factuality, StatementId},
    time::UncertainDate,
};

crate::codes! {
    /// What kind of agreement.
    pub enum AgreementKind {
        /// Fighting stops, for a time or for good.
        Ceasefire = "ceasefire",
        /// Reconciliation, settlement of status, tribal peace.
        Reconciliation = "reconciliation",
        /// Fighters or people leave or are moved.
        Relocation = "relocation",
        /// Prisoners or bodies are exchanged or freed.
        Prisoner = "prisoner",
        /// Aid, roads, sieges.
        Access = "access",
        /// Forces leave or keep out.
        Withdrawal = "withdrawal",
        /// Forces are merged.
        Integration = "integration",
        /// A peace agreement on the conflict as a whole.
        Comprehensive = "comprehensive",
        /// One side declares by itself.
        UnilateralDeclaration = "unilateral_declaration",
        /// Anything else.
        Other = "other",
    }
}

crate::codes! {
    /// How far an agreement has come.
    pub enum Stage {
        /// Put forward by somebody.
        Proposed = "proposed",
        /// Being negotiated.
        Talks = "talks",
        /// Agreed in first form.
        Initial = "initial",
        /// Agreed.
        Final = "final",
        /// Being carried out.
        InForce = "in_force",
        /// Changed.
        Amended = "amended",
        /// Prolonged.
        Extended = "extended",
        /// Stopped for a time.
        Suspended = "suspended",
        /// Carried out.
        Concluded = "concluded",
        /// Run out.
        Expired = "expired",
        /// Broken down.
        Collapsed = "collapsed",
        /// Replaced by another.
        Superseded = "superseded",
    }
}

crate::codes! {
    /// How an agreement stands in the page.
    pub enum Standing {
        /// The report says there is one.
        Reported = "reported",
        /// The report speaks of one that is wanted or offered.
        Proposed = "proposed",
        /// The report says there is none.
        Denied = "denied",
        /// Only a reader, or words that cannot witness, speak of it.
        Lead = "lead",
        /// None between parties to a conflict.
        OutOfScope = "out_of_scope",
    }
}

crate::codes! {
    /// What a party is to an agreement.
    pub enum PartyRole {
        /// Bound by it.
        Party = "party",
        /// Brought it about.
        Mediator = "mediator",
        /// Answers for it.
        Guarantor = "guarantor",
        /// Was there.
        Witness = "witness",
    }
}

crate::codes! {
    /// What is known of a party's consent.
    pub enum Assent {
        /// Signed it.
        Signed = "signed",
        /// Announced it.
        Announced = "announced",
        /// Somebody else says it agreed.
        ReportedByOther = "reported_by_other",
        /// Said nothing.
        Silent = "silent",
        /// Refuses it.
        Rejects = "rejects",
        /// Left it.
        Withdrew = "withdrew",
    }
}

crate::codes! {
    /// Under what pressure an agreement came about.
    pub enum PressureKind {
        /// The place was closed off.
        Siege = "siege",
        /// A last demand with a threat.
        Ultimatum = "ultimatum",
        /// The place was shelled or bombed.
        Bombardment = "bombardment",
        /// Forces were massed.
        Reinforcement = "reinforcement",
        /// An attack was announced or prepared.
        ThreatenedOperation = "threatened_operation",
    }
}

/// Position of an agreement among those of a reading, from 1: `a1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgreementId(pub u32);

impl std::fmt::Display for AgreementId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a{}", self.0)
    }
}

/// Somebody with a role in an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub who: Who,
    /// As what.
    pub role: PartyRole,
    /// What is known of its consent; nothing for mediators and witnesses.
    pub assent: Option<Assent>,
}

/// A pressure, with the words that show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pressure {
    /// Which.
    pub kind: PressureKind,
    /// The statement that shows it.
    pub statement: StatementId,
    /// Where in the page.
    pub span: Span,
}

/// An agreement as one page tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Its id in this reading.
    pub id: AgreementId,
    /// A name made of the page's own words: "2016 reconciliation agreement", "initial agreement (Kanakir)".
    pub name: String,
    /// What kind.
    pub kind: AgreementKind,
    /// How far it has come, where the page says.
    pub stage: Option<Stage>,
    /// How it stands in the page.
    pub standing: Standing,
    /// How sure the page is that it was agreed.
    pub agreed: Factuality,
    /// The conflict it belongs to: a code of the registers ("syria"), where place or parties tell.
    pub conflict: Option<String>,
    /// Where.
    pub place: Option<Where>,
    /// When it was concluded.
    pub concluded: Option<UncertainDate>,
    /// Who takes part in it.
    pub parties: Vec<Party>,
    /// The words set it apart from another of the same place: "a new deal", "a second truce".
    pub told_as_new: bool,
    /// Agreements it follows.
    pub predecessors: Vec<AgreementId>,
    /// Under what pressure.
    pub pressure: Vec<Pressure>,
    /// The words that name it first.
    pub span: Span,
    /// The statements that speak of it, the one that tells its making first.
    pub statements: Vec<StatementId>,
}
