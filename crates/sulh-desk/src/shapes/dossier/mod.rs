//! The shape `sulh.dossier/1`: one agreement as of a day, as known by a day, with the because of every verdict.
//! Invariant: no grade stands without its lines; names of private persons and words of commenters never stand here.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

mod from_ledger;

pub use from_ledger::Quotes;

use super::parts::{DateShape, WhereShape, WhoShape};
use serde::Serialize;
use sulh_ledger::rules::transition::Transition;

/// The schema's name.
pub const SCHEMA: &str = "sulh.dossier/1";

/// The answer to one question on one agreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DossierShape {
    pub schema: &'static str,
    pub as_of: String,
    pub known_by: String,
    pub recorded_by: Option<u64>,
    pub recorded_later: usize,
    pub possibly_known: bool,
    pub rules_version: &'static str,
    pub agreement: AgreementPart,
    pub terms: Vec<TermPart>,
    pub leads: Vec<NeighbourPart>,
    /// What only a person can answer.
    pub open: Vec<OpenPart>,
}

impl DossierShape {
    /// Every because, that of the agreement first.
    pub fn becauses(&self) -> impl Iterator<Item = &BecausePart> {
        let agreement = &self.agreement;
        let breaches = agreement
            .breaches
            .iter()
            .flat_map(|breach| breach.incident.because.iter().chain(&breach.responsible.because));
        let own = agreement.stage.because.iter().chain(&agreement.because);
        own.chain(self.terms.iter().flat_map(|term| &term.because)).chain(breaches)
    }
}

impl BecausePart {
    /// True when it is on this proposition, whichever time it came.
    pub fn is_on(&self, proposition: &str) -> bool {
        let time = self.proposition.strip_prefix(proposition);
        time.is_some_and(|time| time.is_empty() || time.starts_with(" ("))
    }

    /// The id of the element or term it is on, and which transition it is, whichever time it came; nothing
    /// where it is on the agreement.
    pub fn transition(&self) -> Option<(&str, Transition)> {
        let (of, told) = self.proposition.split_once(' ')?;
        let code = told.split_once(" (").map_or(told, |(code, _)| code);
        Some((of, Transition::from_code(code)?))
    }

    /// True when it is on a time after the first.
    pub fn came_again(&self) -> bool {
        self.proposition.ends_with(')')
    }
}

/// The agreement itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementPart {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub standing: &'static str,
    pub conflict: Option<String>,
    pub page: String,
    pub place: Option<WhereShape>,
    pub concluded: Option<DateShape>,
    pub stage: StagePart,
    pub claimed_stage: Option<StageValuePart>,
    pub parties: Vec<PartyPart>,
    pub pressure: Vec<PressurePart>,
    pub predecessors: Vec<NeighbourPart>,
    pub breaches: Vec<BreachPart>,
    pub flags: Vec<&'static str>,
    pub because: Vec<BecausePart>,
    pub reports: usize,
}

/// A stage and how it stands; no value where no source says one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StagePart {
    pub value: Option<&'static str>,
    pub grade: &'static str,
    pub established: Option<EstablishedPart>,
    pub because: Vec<BecausePart>,
}

/// A stage that is only claimed; its because stands with the reported one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StageValuePart {
    pub value: Option<&'static str>,
    pub grade: &'static str,
}

/// Somebody with a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartyPart {
    #[serde(flatten)]
    pub who: WhoShape,
    pub role: &'static str,
    pub assent: Option<AssentPart>,
}

/// A party's consent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AssentPart {
    pub value: &'static str,
    pub grade: &'static str,
}

/// A pressure with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PressurePart {
    pub kind: &'static str,
    pub span: SpanPart,
}

/// Another agreement: one this follows, or one the same reports speak of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NeighbourPart {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub standing: &'static str,
    pub concluded: Option<DateShape>,
    pub span: SpanPart,
}

/// A breach, of this agreement or one before it: what happened, and who is said to answer for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BreachPart {
    pub agreement: String,
    pub earliest: Option<String>,
    pub latest: String,
    pub place: Option<WhereShape>,
    pub span: SpanPart,
    pub incident: IncidentPart,
    pub responsible: ResponsiblePart,
}

/// What is said to have happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IncidentPart {
    pub grade: &'static str,
    pub because: Vec<BecausePart>,
}

/// Who is said to answer for it; nobody where only a community is named.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResponsiblePart {
    pub who: Vec<AccusedPart>,
    pub grade: &'static str,
    pub nobody_because: Option<&'static str>,
    pub because: Vec<BecausePart>,
}

/// One who is said to answer for a breach.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccusedPart {
    #[serde(flatten)]
    pub who: WhoShape,
    pub grade: &'static str,
}

/// One promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TermPart {
    pub id: String,
    pub ordinal: usize,
    pub kind: &'static str,
    pub modality: &'static str,
    pub text: String,
    pub bearer: Option<WhoShape>,
    pub agreed: AgreedPart,
    pub reported: StatePart,
    pub claimed: StatePart,
    pub established: Option<EstablishedPart>,
    pub flags: Vec<&'static str>,
    pub condition: Option<String>,
    pub depends_on: Vec<DependencyPart>,
    pub alternative_of: Option<String>,
    pub voluntariness: Option<&'static str>,
    pub deadline: Option<DateShape>,
    pub quantity: Option<QuantityPart>,
    /// Each number that was told as delivered.
    pub delivered: Vec<DeliveredPart>,
    /// The terms that other versions tell to the contrary.
    pub contradicts: Vec<String>,
    /// What each page that tells the promise says of it.
    pub versions: Vec<VersionPart>,
    pub elements: Vec<ElementPart>,
    pub because: Vec<BecausePart>,
}

/// How well a promise is attested, and as told by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgreedPart {
    pub grade: &'static str,
    pub version: Vec<String>,
}

/// A state on one track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatePart {
    pub state: &'static str,
    pub grade: &'static str,
}

/// What a term hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DependencyPart {
    pub term: String,
    pub how: &'static str,
}

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EstablishedPart {
    pub state: &'static str,
    pub by: String,
    pub day: String,
    pub reason: String,
}

/// A number promised and delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuantityPart {
    pub promised: Option<u64>,
    pub delivered: Option<u64>,
    pub unit: Option<String>,
    pub wording: String,
}

/// One thing promised in a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ElementPart {
    pub id: String,
    pub kind: &'static str,
    pub mode: &'static str,
    pub text: String,
    pub reported: StatePart,
    pub claimed: StatePart,
    pub established: Option<EstablishedPart>,
    pub flags: Vec<&'static str>,
    pub anomalies: Vec<&'static str>,
    /// How many times somebody says it was broken, and is not contradicted.
    pub breaches: usize,
    /// Fighting inside the truce, without blame.
    pub incidents: Vec<FightingPart>,
}

/// A number told as delivered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DeliveredPart {
    pub value: Option<u64>,
    pub unit: Option<String>,
    pub wording: String,
    pub voucher: Option<String>,
    pub earliest: Option<String>,
    pub latest: String,
    pub span: SpanPart,
}

/// A promise as one page tells it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VersionPart {
    pub span: SpanPart,
    pub quantity: Option<u64>,
    pub wording: Option<String>,
    pub deadline: Option<DateShape>,
    pub destination: Option<WhereShape>,
    pub condition: Option<String>,
}

/// Fighting inside a truce, as somebody asserts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FightingPart {
    pub earliest: Option<String>,
    pub latest: String,
    pub span: SpanPart,
}

/// A question that only a person can answer: `possibly_same`, `possible_breach` or `several_terms`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenPart {
    pub question: &'static str,
    /// The other agreement.
    pub agreement: Option<String>,
    pub grounds: Vec<&'static str>,
    pub obstacles: Vec<&'static str>,
    /// The terms or elements it is about.
    pub terms: Vec<String>,
    pub span: Option<SpanPart>,
}

/// Why a proposition stands as it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BecausePart {
    pub proposition: String,
    pub grade: &'static str,
    pub support: &'static str,
    pub denial: &'static str,
    pub mark: Option<&'static str>,
    pub lines: Vec<LinePart>,
    pub reports: usize,
    pub denials: Vec<LinePart>,
    pub spans: Vec<SpanPart>,
    pub would_change: String,
}

/// One line: what one owner says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinePart {
    pub voucher: Option<String>,
    pub owner: String,
    pub side: Option<String>,
    pub examined: bool,
    pub basis: &'static str,
    pub interest: &'static str,
    pub original_seen: bool,
}

/// A stretch of a page, in the text the page had when it was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SpanPart {
    pub page: String,
    pub page_text: String,
    pub start: usize,
    pub end: usize,
}
