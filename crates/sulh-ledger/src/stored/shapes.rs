//! Takes nothing, gives the stored form of every word that an entry of the log can hold.
//! Invariant: the fields here are the fields of the model, all of them; a new one is a new schema.

use super::form::{Flaw, Stored, stored};
use crate::report::{KeptBlock, Report, Told};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sulh_model::{
    actor::{ActorKind, Who},
    agreement::{
        Agreement, AgreementId, AgreementKind, Assent, Party, PartyRole, Pressure, PressureKind,
        Stage, Standing,
    },
    edtf::Edtf,
    event::{Aspect, Event, EventId, Relation},
    note::{Note, NoteCode},
    page::{BlockId, BlockKind, CaptureId},
    place::{GeoPoint, GeoPrecision, KnownPlace, Resolution, Where},
    reading::{Reading, StageTold},
    signature::Signature,
    span::Span,
    statement::{
        Basis, Factuality, Holder, HolderKind, Polarity, RoleSpan, SpanRole, Statement,
        StatementId, Target,
    },
    term::{
        Dependency, DependencyHow, Element, ElementId, Modality, Mode, Quantity, Term, TermId,
        Voluntariness,
    },
    time::UncertainDate,
    vocabulary::{EventKind, TermKind},
};

stored!(Told as ToldForm { report: Report, blocks: Vec<KeptBlock>, reading: Reading });
stored!(Report as ReportForm {
    capture: CaptureId,
    text: CaptureId,
    source: String,
    url: Option<String>,
    publisher: Option<String>,
    title: Option<String>,
    published: Option<UncertainDate>,
    archived: Date,
    reader: String,
    language: Option<String>,
    signature: Option<Signature>,
});
stored!(KeptBlock as BlockForm { kind: BlockKind, span: Span, parent: Option<BlockId> });
stored!(Reading as ReadingForm {
    statements: Vec<Statement>,
    agreements: Vec<Agreement>,
    terms: Vec<Term>,
    events: Vec<Event>,
    stages: Vec<StageTold>,
    notes: Vec<Note>,
});
stored!(UncertainDate as DateForm { edtf: Edtf, wording: String, span: Option<Span> });
stored!(Who as WhoForm {
    name: String,
    register_id: Option<String>,
    kind: Option<ActorKind>,
    side: Option<String>,
    span: Span,
});
stored!(Where as WhereForm { name: String, resolution: Resolution, span: Span });
stored!(GeoPoint as PointForm { latitude: f64, longitude: f64 });
stored!(KnownPlace as PlaceForm {
    geonames: Option<u32>,
    name: String,
    country: String,
    within: Option<String>,
    point: Option<GeoPoint>,
    precision: GeoPrecision,
});
stored!(Statement as StatementForm {
    id: StatementId,
    block: BlockId,
    spans: Vec<RoleSpan>,
    attribution: Vec<Holder>,
    factuality: Factuality,
    polarity: Polarity,
    happened: Option<UncertainDate>,
    refers_to: Vec<Target>,
});
stored!(RoleSpan as RoleSpanForm { role: SpanRole, block: BlockId, span: Span });
stored!(Holder as HolderForm {
    name: String,
    register_id: Option<String>,
    kind: HolderKind,
    named: bool,
    side: Option<String>,
    cue: Option<String>,
    basis: Basis,
    span: Option<Span>,
    inherited: bool,
});
stored!(Agreement as AgreementForm {
    id: AgreementId,
    name: String,
    kind: AgreementKind,
    stage: Option<Stage>,
    standing: Standing,
    agreed: Factuality,
    conflict: Option<String>,
    place: Option<Where>,
    concluded: Option<UncertainDate>,
    parties: Vec<Party>,
    told_as_new: bool,
    predecessors: Vec<AgreementId>,
    pressure: Vec<Pressure>,
    span: Span,
    statements: Vec<StatementId>,
});
stored!(Party as PartyForm { who: Who, role: PartyRole, assent: Option<Assent> });
stored!(Pressure as PressureForm { kind: PressureKind, statement: StatementId, span: Span });
stored!(Term as TermForm {
    id: TermId,
    agreement: AgreementId,
    ordinal: u32,
    kind: TermKind,
    modality: Modality,
    agreed: Factuality,
    bearer: Option<Who>,
    beneficiary: Option<Who>,
    object: Option<String>,
    place: Option<Where>,
    destination: Option<Where>,
    deadline: Option<UncertainDate>,
    condition: Option<String>,
    depends_on: Vec<Dependency>,
    alternative_of: Option<TermId>,
    voluntariness: Option<Voluntariness>,
    quantity: Option<Quantity>,
    elements: Vec<Element>,
    statement: StatementId,
});
stored!(Dependency as DependencyForm { term: TermId, how: DependencyHow });
stored!(Element as ElementForm {
    id: ElementId,
    kind: TermKind,
    mode: Mode,
    act: Option<EventKind>,
    span: Span,
});
stored!(ElementId as ElementIdForm { term: TermId, ordinal: u32 });
stored!(Quantity as QuantityForm {
    value: Option<u64>,
    unit: Option<String>,
    wording: String,
    span: Span,
});
stored!(Event as EventForm {
    id: EventId,
    kind: EventKind,
    aspect: Aspect,
    actors: Vec<Who>,
    targets: Vec<Who>,
    place: Option<Where>,
    happened: Option<UncertainDate>,
    agreement: Option<AgreementId>,
    relation: Relation,
    term: Option<TermId>,
    element: Option<ElementId>,
    reverses: Option<EventKind>,
    quantity: Option<Quantity>,
    span: Span,
    statement: StatementId,
});
stored!(StageTold as StageToldForm {
    agreement: AgreementId,
    stage: Stage,
    span: Span,
    statement: StatementId,
});
stored!(Note as NoteForm { code: NoteCode, span: Span, message: String });

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ResolutionForm {
    Known(PlaceForm),
    Ambiguous(Vec<PlaceForm>),
    Unknown,
}

impl Stored for Resolution {
    type Form = ResolutionForm;
    fn form(&self) -> ResolutionForm {
        match self {
            Self::Known(place) => ResolutionForm::Known(place.form()),
            Self::Ambiguous(places) => ResolutionForm::Ambiguous(places.form()),
            Self::Unknown => ResolutionForm::Unknown,
        }
    }
    fn restored(form: ResolutionForm) -> Result<Self, Flaw> {
        Ok(match form {
            ResolutionForm::Known(place) => Self::Known(Stored::restored(place)?),
            ResolutionForm::Ambiguous(places) => Self::Ambiguous(Stored::restored(places)?),
            ResolutionForm::Unknown => Self::Unknown,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TargetForm {
    Event(u32),
    Term(u32),
    Agreement(u32),
}

impl Stored for Target {
    type Form = TargetForm;
    fn form(&self) -> TargetForm {
        match self {
            Self::Event(id) => TargetForm::Event(id.0),
            Self::Term(id) => TargetForm::Term(id.0),
            Self::Agreement(id) => TargetForm::Agreement(id.0),
        }
    }
    fn restored(form: TargetForm) -> Result<Self, Flaw> {
        Ok(match form {
            TargetForm::Event(id) => Self::Event(EventId(id)),
            TargetForm::Term(id) => Self::Term(TermId(id)),
            TargetForm::Agreement(id) => Self::Agreement(AgreementId(id)),
        })
    }
}
