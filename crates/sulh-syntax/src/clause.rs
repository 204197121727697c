//! Takes nothing, gives the shape in which reading sees a sentence: clauses and reports, never raw arcs.
//! Invariant: subject, object, agent and obliques are what the words show; a subject that stands elsewhere says so.

use crate::phrase::{Oblique, Phrase};
use crate::token::VerbForm;
use sulh_model::span::Span;

/// What a clause is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseRole {
    /// Stands by itself.
    Main,
    /// What is said, agreed or wanted: "that ...", "to ...".
    Complement,
    /// Describes a noun: "who refused", "reached on Sunday".
    Relative,
    /// Opened by "if", "until", "after", or a participle.
    Adverbial,
    /// A noun of action read as a clause: "the release of detainees".
    Nominal,
}

/// When a clause's predicate is placed, by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// "entered", "have entered"
    Past,
    /// "enters", "are entering"
    Present,
    /// "will enter", "is about to enter"
    Future,
    /// Infinitives, participles and nouns of action have none.
    None,
}

/// The verb of a clause with its helpers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predicate {
    /// Index of the main verb in the sentence.
    pub word: usize,
    /// Its dictionary form, with its particle: "hand over".
    pub lemma: String,
    /// From the first helper to the last particle.
    pub span: Span,
    /// Its form.
    pub form: VerbForm,
    /// When.
    pub tense: Tense,
    /// "have entered"
    pub perfect: bool,
    /// "are entering"
    pub progressive: bool,
    /// "was signed"
    pub passive: bool,
    /// The modal verb: "will", "may"; "about to" for "is about to".
    pub modal: Option<String>,
    /// The word that negates it.
    pub negation: Option<Span>,
    /// Adverbs beside it, in lower case.
    pub adverbs: Vec<String>,
}

/// One clause.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// What it is in its sentence.
    pub role: ClauseRole,
    /// The clause it hangs on: an index into `Sentence::clauses`.
    pub parent: Option<usize>,
    /// The earlier clause it is joined to by "and", "or", "but".
    pub joined_to: Option<usize>,
    /// Its verb.
    pub predicate: Predicate,
    /// The noun that a relative clause, or "the order to leave", describes: the index of its word.
    pub describes: Option<usize>,
    /// Who, of an active clause; who or what it is done to, of a passive one.
    pub subject: Option<Phrase>,
    /// The subject is told elsewhere: with the verb this one is joined to or hangs on, or by the noun described.
    pub shared_subject: bool,
    /// Whom or what.
    pub object: Option<Phrase>,
    /// To whom.
    pub indirect_object: Option<Phrase>,
    /// By whom, of a passive clause.
    pub agent: Option<Phrase>,
    /// Phrases with prepositions.
    pub obliques: Vec<Oblique>,
    /// The adjective of "is responsible".
    pub attribute: Option<usize>,
    /// The word that opens it: "if", "until", "that", or the preposition before a gerund.
    pub mark: Option<String>,
    /// From its first word to its last.
    pub span: Span,
    /// How sure the analysis is, 0 to 1.
    pub confidence: f32,
}

impl Clause {
    /// Who does it: the subject, or the agent of a passive clause.
    pub const fn doer(&self) -> Option<&Phrase> {
        if self.predicate.passive { self.agent.as_ref() } else { self.subject.as_ref() }
    }

    /// To whom or what it is done: the object, or the subject of a passive clause.
    pub const fn undergoer(&self) -> Option<&Phrase> {
        if self.predicate.passive { self.subject.as_ref() } else { self.object.as_ref() }
    }

    /// The phrases a preposition binds.
    pub fn bound_by<'a>(&'a self, case: &'a str) -> impl Iterator<Item = &'a Phrase> {
        self.obliques
            .iter()
            .filter(move |oblique| oblique.case == case)
            .map(|oblique| &oblique.phrase)
    }
}

/// Where the words of saying stand to what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportPosition {
    /// "The monitor said the road was open."
    Before,
    /// "The road was open, the monitor said."
    After,
    /// "The road, the monitor said, was open."
    Inside,
}

/// Somebody is made to say something.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Who; nothing for "reportedly" and "it was reported".
    pub source: Option<Phrase>,
    /// The word of saying.
    pub cue: Span,
    /// Its dictionary form.
    pub cue_lemma: String,
    /// True when the cue is negated: "did not say".
    pub cue_negated: bool,
    /// What is said: one stretch, or two around an inside cue.
    pub content: Vec<Span>,
    /// Where the cue stands.
    pub position: ReportPosition,
    /// The clause of the cue, where it is a verb.
    pub clause: Option<usize>,
    /// How sure the analysis is, 0 to 1.
    pub confidence: f32,
}
