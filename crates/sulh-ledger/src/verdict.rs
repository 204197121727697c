//! Takes nothing, gives the shapes of an answer: dossiers, summaries, and the because behind them.
//! Invariant: plain values of the ledger, not serialisable: what is printed or exported has shapes of its own.

use crate::{
    breach::NobodyBecause,
    link::{AgreementKey, Ground, Obstacle},
    propositions::{Delivered, Incident, Proposition},
    rules::{
        denial::{Mark, Upheld},
        grade::Grade,
        line::Line,
        transition::{Duty, State, Transition},
    },
    window::Window,
};
use jiff::civil::Date;
use sulh_model::{
    actor::Who,
    agreement::{AgreementKind, Assent, PartyRole, PressureKind, Stage, Standing},
    page::CaptureId,
    place::Where,
    span::Span,
    term::{DependencyHow, Element, Quantity, Term},
    time::UncertainDate,
};

/// What is asked, on the three clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Happened up to this day.
    pub as_of: Date,
    /// Published up to this day.
    pub known_by: Date,
    /// Recorded up to this entry; nothing for all of them.
    pub recorded_by: Option<u64>,
}

/// Words in a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The page.
    pub page: CaptureId,
    /// The text of the page the words stand in, as it was when the report was read.
    pub text: CaptureId,
    /// The words.
    pub span: Span,
}

/// Why a proposition stands as it does (R12).
#[derive(Clone, Debug, PartialEq)]
pub struct Because {
    /// The proposition.
    pub proposition: Proposition,
    /// How it stands.
    pub upheld: Upheld,
    /// The grade of those who say so.
    pub support: Grade,
    /// The grade of those who deny it.
    pub denial: Grade,
    /// How a denial that changes nothing is shown.
    pub mark: Option<Mark>,
    /// The lines that say so.
    pub lines: Vec<Line>,
    /// The lines that deny it.
    pub denials: Vec<Line>,
    /// In how many reports it is said, copies included.
    pub reports: usize,
    /// The words that say or deny it.
    pub spans: Vec<Quote>,
    /// When it happened.
    pub window: Option<Window>,
    /// What one more report would change.
    pub would_change: String,
}

/// A value with how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Graded<T> {
    /// The value.
    pub value: T,
    /// How what brought it there stands.
    pub upheld: Upheld,
}

/// What a person said to be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Established<T> {
    /// What was said to be so.
    pub value: T,
    /// Who said so.
    pub by: String,
    /// On which day.
    pub day: Date,
    /// Why.
    pub reason: String,
}

sulh_model::codes! {
    /// What stands beside a state.
    pub enum Flag {
        /// The last day of the deadline is over and it is not done.
        Overdue = "overdue",
        /// Somebody reports that it was not done.
        NotDoneReported = "not_done_reported",
        /// It is in effect and nobody says that it is kept.
        ObservanceNotReported = "observance_not_reported",
        /// Something of it is denied as well as it is attested.
        Disputed = "disputed",
        /// Those who say so mean different days.
        TimingOpen = "timing_open",
        /// No voucher's own page was seen.
        OriginalNotSeen = "original_not_seen",
        /// The attribution comes from an earlier sentence.
        VoucherInherited = "voucher_inherited",
        /// Only one party's side says that it was agreed.
        AnnouncedByOneSide = "announced_by_one_side",
        /// A transition was told that cannot follow: kept, not applied.
        Anomaly = "anomaly",
        /// It rests on a page without a publication day.
        PossiblyKnown = "possibly_known",
        /// Fighting was reported inside the truce's place and period: without blame.
        IncidentsReported = "incidents_reported",
        /// Another version of the agreement says the contrary.
        ContentDisputed = "content_disputed",
        /// An event was tied to it by kind, doer, place and day; its page does not name the promise.
        LinkedByRule = "linked_by_rule",
    }
}

/// The states of an element or of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracks {
    /// As reported.
    pub reported: Graded<State>,
    /// As claimed.
    pub claimed: Graded<State>,
    /// As a person said.
    pub established: Option<Established<State>>,
}

/// An element of a term.
#[derive(Clone, Debug, PartialEq)]
pub struct ElementVerdict {
    /// Its id in the agreement: `t4.1`.
    pub id: String,
    /// The element as told.
    pub element: Element,
    /// The words that tell it.
    pub quote: Quote,
    /// How it is kept.
    pub duty: Duty,
    /// Its states.
    pub tracks: Tracks,
    /// What stands beside them.
    pub flags: Vec<Flag>,
    /// Transitions that were told and could not be applied.
    pub anomalies: Vec<Transition>,
    /// How many times somebody says it was broken, and is not contradicted.
    pub breaches: usize,
    /// Fighting inside the truce, without blame, by day.
    pub incidents: Vec<Incident>,
}

/// How a term hangs on another of its agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependsOn {
    /// The other term's id in the agreement.
    pub term: String,
    /// How.
    pub how: DependencyHow,
}

/// The promise itself, as told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// How it stands.
    pub upheld: Upheld,
    /// As told by whom: the named vouchers, or nobody.
    pub version: Vec<String>,
}

/// A term.
#[derive(Clone, Debug, PartialEq)]
pub struct TermVerdict {
    /// Its id in the agreement: `t4`.
    pub id: String,
    /// The term as told in the anchor's page; its ids are those of that reading.
    pub term: Term,
    /// The words that tell it.
    pub quotes: Vec<Quote>,
    /// The term it stands in for, by its id in the agreement.
    pub alternative_of: Option<String>,
    /// What it hangs on, by ids in the agreement.
    pub depends_on: Vec<DependsOn>,
    /// The terms, by ids in the agreement, that other versions tell to the contrary.
    pub contradicts: Vec<String>,
    /// What each page that tells the promise says of it: no value is dropped for another.
    pub versions: Vec<Version>,
    /// How many were told as delivered, by day.
    pub delivered: Vec<Delivered>,
    /// The promise.
    pub agreed: Agreed,
    /// Its states.
    pub tracks: Tracks,
    /// What stands beside them.
    pub flags: Vec<Flag>,
    /// Its elements.
    pub elements: Vec<ElementVerdict>,
    /// Why.
    pub because: Vec<Because>,
}

/// A promise as one page tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The words.
    pub quote: Quote,
    /// How many.
    pub quantity: Option<Quantity>,
    /// By when.
    pub deadline: Option<UncertainDate>,
    /// Whereto.
    pub destination: Option<Where>,
    /// On what condition, in the page's words.
    pub condition: Option<String>,
}

/// A question that only a person can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenQuestion {
    /// Another agreement may be this one.
    PossiblySame {
        /// The other.
        other: AgreementKey,
        /// What speaks for it.
        grounds: Vec<Ground>,
        /// What speaks against it, or is missing.
        obstacles: Vec<Obstacle>,
    },
    /// An event may break a promise, though no words say so.
    PossibleBreach {
        /// The element, by its id in the agreement.
        element: String,
        /// The words.
        quote: Quote,
    },
    /// An event may bear on one of several promises.
    SeveralTerms {
        /// The terms of this agreement, by their ids.
        terms: Vec<String>,
        /// The words.
        quote: Quote,
    },
}

impl OpenQuestion {
    /// Which question it is.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PossiblySame { .. } => "possibly_same",
            Self::PossibleBreach { .. } => "possible_breach",
            Self::SeveralTerms { .. } => "several_terms",
        }
    }
}

/// A party with its assent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyVerdict {
    /// Who, in the words of the anchor's page.
    pub who: Who,
    /// As what.
    pub role: PartyRole,
    /// Its assent, and how that stands; nothing where none is told.
    pub assent: Option<Graded<Assent>>,
}

/// A pressure under which the agreement came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressureTold {
    /// Which.
    pub kind: PressureKind,
    /// The words.
    pub quote: Quote,
}

/// Another agreement of the same reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// Its key.
    pub key: AgreementKey,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: AgreementKind,
    /// How it stands.
    pub standing: Standing,
    /// When it was concluded.
    pub concluded: Option<UncertainDate>,
    /// The words that name it.
    pub quote: Quote,
}

/// Who is responsible for a breach.
#[derive(Clone, Debug, PartialEq)]
pub enum Responsible {
    /// These are said to be, each graded by itself.
    Accused(Vec<(Who, Because)>),
    /// Nobody is, and why.
    Nobody(NobodyBecause),
}

/// A breach.
#[derive(Clone, Debug, PartialEq)]
pub struct BreachVerdict {
    /// The agreement it is a breach of.
    pub of: AgreementKey,
    /// When.
    pub window: Window,
    /// Where.
    pub place: Option<Where>,
    /// The words that tell it.
    pub quote: Quote,
    /// That it took place.
    pub incident: Because,
    /// Who is to blame.
    pub responsible: Responsible,
}

/// The stage of an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct StageVerdict {
    /// As reported.
    pub reported: Graded<Option<Stage>>,
    /// As claimed.
    pub claimed: Graded<Option<Stage>>,
    /// As a person said.
    pub established: Option<Established<Stage>>,
    /// Why: the making of the agreement first, then its stages.
    pub because: Vec<Because>,
}

/// An agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct AgreementVerdict {
    /// Its key.
    pub key: AgreementKey,
    /// Its name, in the anchor's words.
    pub name: String,
    /// The page that names it.
    pub page: CaptureId,
    /// Its kind.
    pub kind: AgreementKind,
    /// The conflict it belongs to.
    pub conflict: Option<String>,
    /// How it stands in the anchor's page.
    pub standing: Standing,
    /// Where.
    pub place: Option<Where>,
    /// When it was concluded.
    pub concluded: Option<UncertainDate>,
    /// Its making.
    pub agreed: Upheld,
    /// Its stage.
    pub stage: StageVerdict,
    /// Its parties.
    pub parties: Vec<PartyVerdict>,
    /// Under what pressure it came about.
    pub pressure: Vec<PressureTold>,
    /// The agreements it follows.
    pub predecessors: Vec<Neighbour>,
    /// Its breaches and those of its predecessors.
    pub breaches: Vec<BreachVerdict>,
    /// What stands beside all this.
    pub flags: Vec<Flag>,
    /// Why its parties' assent stands as it does.
    pub because: Vec<Because>,
    /// Words on it that cannot witness: plans, opinions, readers (R0).
    pub leads: Vec<Quote>,
    /// How many reports tell of it, copies included.
    pub reports: usize,
}

/// Everything about an agreement, on the three clocks.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// What was asked.
    pub question: Question,
    /// Reports that were published in time and first recorded after the entry asked for. It is the one field
    /// that a later entry can change: it says that there is more, never what.
    pub recorded_later: usize,
    /// The version of the rules.
    pub rules_version: &'static str,
    /// True when the answer leans on a page without a publication day.
    pub possibly_known: bool,
    /// The agreement.
    pub agreement: AgreementVerdict,
    /// Its terms.
    pub terms: Vec<TermVerdict>,
    /// What only a person can answer.
    pub open: Vec<OpenQuestion>,
    /// Other agreements of the same reports that are leads, proposed, denied or out of scope.
    pub leads: Vec<Neighbour>,
}

/// An agreement in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Its key.
    pub key: AgreementKey,
    /// Its name.
    pub name: String,
    /// Where.
    pub place: Option<Where>,
    /// Its kind.
    pub kind: AgreementKind,
    /// Its reported stage, else the claimed one.
    pub stage: Option<Graded<Stage>>,
    /// When it was concluded.
    pub concluded: Option<UncertainDate>,
    /// Its parties, mediators and witnesses, as the first telling names each.
    pub actors: Vec<Who>,
    /// How many terms it has.
    pub terms: usize,
    /// How many reports tell of it.
    pub reports: usize,
    /// How it stands in the anchor's page.
    pub standing: Standing,
    /// The page that names it.
    pub page: CaptureId,
}
