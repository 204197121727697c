//! Invented registers, pages and readings for the tests: only what a test needs to say is said in the test.

use crate::{
    Ledger, Registers,
    log::{Entry, EntryKind, RecordedAt},
    report::{KeptBlock, Report, Told},
    stored::encode,
    verdict::Question,
};
use sulh_model::{
    actor::{ActorKind, Who},
    agreement::{Agreement, AgreementId, AgreementKind, Assent, Party, PartyRole, Stage, Standing},
    edtf::Edtf,
    event::{Aspect, Event, EventId, Relation},
    links::Links,
    page::{BlockId, BlockKind, CaptureId},
    reading::{Reading, StageTold},
    register::{ActorRegister, SourceRegister},
    span::Span,
    statement::{
        Basis, Factuality, Holder, HolderKind, Polarity, RoleSpan, SpanRole, Statement, StatementId,
    },
    term::{Element, ElementId, Modality, Mode, Term, TermId},
    time::UncertainDate,
    vocabulary::{EventKind, TermKind},
};

/// Sources as `name, owner, leaning`; all are examined for the conflict "valley".
const SOURCES: &[(&str, &str, &str)] = &[
    ("Valley Monitor", "valley", "neither"),
    ("Coast Wire", "coast", "neither"),
    ("Harbour News", "harbour", "government"),
    ("Harbour Radio", "harbour", "government"),
    ("Ridge Voice", "ridge", "opposition"),
    ("Copy Mill", "mill", "neither"),
];

pub(crate) fn registers() -> Registers {
    let source = |(name, owner, side): &(&str, &str, &str)| {
        let id = name.to_lowercase().replace(' ', "_");
        let initials: String = name.split(' ').filter_map(|word| word.chars().next()).collect();
        let (own_network, vouches) = (*owner == "valley", *owner != "mill");
        let kind = if own_network { "monitor" } else { "outlet" };
        format!(
            "[[source]]\nid = \"{id}\"\nname = \"{name}\"\naliases = [\"{initials}\"]\n\
             kind = \"{kind}\"\nowner = \"{owner}\"\nown_network = {own_network}\n\
             vouches = {vouches}\n[[source.leaning]]\nconflict = \"valley\"\n\
             side = \"{side}\"\nbasis = \"invented for tests\"\n"
        )
    };
    let sources: String = SOURCES.iter().map(source).collect();
    let actors = r#"
        [[actor]]
        id = "valley_army"
        name = "Valley Army"
        kind = "state_forces"
        [[actor.side]]
        conflict = "valley"
        side = "government"
        [[actor]]
        id = "river_brigade"
        name = "River Brigade"
        kind = "state_forces"
        member_of = "valley_army"
        [[actor.side]]
        conflict = "valley"
        side = "government"
        [[actor]]
        id = "ridge_front"
        name = "Ridge Front"
        kind = "armed_opposition"
        [[actor.side]]
        conflict = "valley"
        side = "opposition"
    "#;
    Registers {
        sources: SourceRegister::parse(&sources).unwrap(),
        actors: ActorRegister::parse(actors).unwrap(),
        links: Links::shipped().unwrap(),
    }
}

fn holder(name: &str, kind: HolderKind, named: bool, side: Option<&str>) -> Holder {
    Holder {
        name: name.to_owned(),
        register_id: None,
        kind,
        named,
        side: side.map(str::to_owned),
        cue: Some("said".to_owned()),
        basis: Basis::None,
        span: Some(Span::new(0, 1)),
        inherited: false,
    }
}

pub(crate) fn named(name: &str) -> Holder {
    holder(name, HolderKind::Outlet, true, None)
}

pub(crate) fn monitor() -> Holder {
    holder("Valley Monitor", HolderKind::Monitor, true, None)
}

pub(crate) fn inherited(holder: Holder) -> Holder {
    Holder { inherited: true, ..holder }
}

pub(crate) fn anonymous(side: &str) -> Holder {
    holder("some sources", HolderKind::Anonymous, false, Some(side))
}

pub(crate) fn who(name: &str, kind: Option<ActorKind>, side: Option<&str>) -> Who {
    let span = Span::new(0, name.len());
    Who { name: name.into(), register_id: None, kind, side: side.map(str::to_owned), span }
}

pub(crate) fn date(text: &str) -> Option<UncertainDate> {
    Edtf::parse(text).map(|edtf| UncertainDate::given(edtf, text))
}

/// A page being told: blocks and statements get the next free bytes.
#[derive(Clone)]
pub(crate) struct Page {
    told: Told,
    end: usize,
}

impl Page {
    pub(crate) fn new() -> Self {
        let report = Report {
            capture: CaptureId::from_digest(&[1; 32]),
            text: CaptureId::from_digest(&[!1; 32]),
            source: "page".into(),
            url: None,
            publisher: None,
            title: None,
            published: date("2020-06-10"),
            archived: "2020-06-12".parse().unwrap(),
            reader: "0.1.0".into(),
            language: Some("en".into()),
            signature: None,
        };
        let reading = Reading {
            statements: vec![],
            agreements: vec![],
            terms: vec![],
            events: vec![],
            stages: vec![],
            notes: vec![],
        };
        Self { told: Told { report, blocks: vec![], reading }, end: 0 }
    }

    /// A page of an outlet, published on a day; its bytes are told apart by a number.
    pub(crate) fn of(publisher: &str, published: &str, bytes: u8) -> Self {
        let mut page = Self::new();
        page.told.report.capture = CaptureId::from_digest(&[bytes; 32]);
        page.told.report.text = CaptureId::from_digest(&[!bytes; 32]);
        page.told.report.publisher = Some(publisher.to_owned());
        page.told.report.published = date(published);
        page
    }

    pub(crate) fn told(&self) -> Told {
        self.told.clone()
    }

    fn span(&mut self) -> Span {
        self.end += 10;
        Span::new(self.end - 10, self.end)
    }

    pub(crate) fn nested(&mut self, kinds: &[BlockKind]) -> BlockId {
        let span = self.span();
        let mut parent = None;
        for kind in kinds {
            self.told.blocks.push(KeptBlock { kind: *kind, span, parent });
            parent = Some(BlockId(self.told.blocks.len() as u32 - 1));
        }
        parent.unwrap()
    }

    pub(crate) fn statement(
        &mut self,
        block: BlockId,
        attribution: Vec<Holder>,
        factuality: Factuality,
    ) -> StatementId {
        let id = StatementId(self.told.reading.statements.len() as u32 + 1);
        let span = self.span();
        self.told.reading.statements.push(Statement {
            id,
            block,
            spans: vec![RoleSpan { role: SpanRole::Content, block, span }],
            attribution,
            factuality,
            polarity: Polarity::Positive,
            happened: None,
            refers_to: vec![],
        });
        id
    }

    /// A statement in a paragraph of its own.
    pub(crate) fn said(&mut self, chain: Vec<Holder>, factuality: Factuality) -> StatementId {
        let block = self.nested(&[BlockKind::Paragraph]);
        self.statement(block, chain, factuality)
    }

    pub(crate) fn negate(&mut self, id: StatementId) -> StatementId {
        let statements = &mut self.told.reading.statements;
        statements.iter_mut().find(|one| one.id == id).unwrap().polarity = Polarity::Negative;
        id
    }

    /// A reported reconciliation between the army and the ridge, of the conflict "valley".
    pub(crate) fn agreement(&mut self, name: &str, statement: StatementId) -> AgreementId {
        let id = AgreementId(self.told.reading.agreements.len() as u32 + 1);
        let span = self.span();
        let party =
            |who| Party { who, role: PartyRole::Party, assent: Some(Assent::ReportedByOther) };
        self.told.reading.agreements.push(Agreement {
            id,
            name: name.to_owned(),
            kind: AgreementKind::Reconciliation,
            stage: Some(Stage::Initial),
            standing: Standing::Reported,
            agreed: Factuality::Asserted,
            conflict: Some("valley".into()),
            place: None,
            concluded: None,
            parties: vec![party(army()), party(front())],
            told_as_new: false,
            predecessors: vec![],
            pressure: vec![],
            span,
            statements: vec![statement],
        });
        id
    }

    pub(crate) fn edit(&mut self, id: AgreementId, edit: impl FnOnce(&mut Agreement)) {
        let agreements = &mut self.told.reading.agreements;
        edit(agreements.iter_mut().find(|one| one.id == id).unwrap());
    }

    pub(crate) fn report(&mut self, edit: impl FnOnce(&mut Report)) {
        edit(&mut self.told.report);
    }

    /// A term whose elements are given by kind and mode.
    pub(crate) fn term(
        &mut self,
        agreement: AgreementId,
        bearer: Who,
        statement: StatementId,
        elements: &[(TermKind, Mode)],
    ) -> TermId {
        let id = TermId(self.told.reading.terms.len() as u32 + 1);
        let ordinal = self.told.reading.terms_of(agreement).count() as u32 + 1;
        let element = |(at, (kind, mode)): (usize, &(TermKind, Mode))| Element {
            id: ElementId { term: id, ordinal: at as u32 + 1 },
            kind: *kind,
            mode: *mode,
            act: None,
            span: Span::new(self.end, self.end + 5),
        };
        let elements: Vec<Element> = elements.iter().enumerate().map(element).collect();
        self.told.reading.terms.push(Term {
            id,
            agreement,
            ordinal,
            kind: elements[0].kind,
            modality: Modality::Obligation,
            agreed: Factuality::Asserted,
            bearer: Some(bearer),
            beneficiary: None,
            object: None,
            place: None,
            destination: None,
            deadline: None,
            condition: None,
            depends_on: vec![],
            alternative_of: None,
            voluntariness: None,
            quantity: None,
            elements,
            statement,
        });
        id
    }

    pub(crate) fn edit_term(&mut self, id: TermId, edit: impl FnOnce(&mut Term)) {
        edit(self.told.reading.terms.iter_mut().find(|one| one.id == id).unwrap());
    }

    pub(crate) fn stage(&mut self, agreement: AgreementId, stage: Stage, statement: StatementId) {
        let span = self.span();
        self.told.reading.stages.push(StageTold { agreement, stage, span, statement });
    }

    /// An event on an element of a term (by its ordinal), or on the term as a whole for 0.
    pub(crate) fn implements(
        &mut self,
        (term, ordinal): (TermId, u32),
        aspect: Aspect,
        happened: &str,
        statement: StatementId,
    ) -> &mut Event {
        let agreement = self.told.reading.term(term).unwrap().agreement;
        let event = self.event(agreement, Relation::Implements, happened, statement);
        event.aspect = aspect;
        event.term = Some(term);
        event.element = (ordinal > 0).then_some(ElementId { term, ordinal });
        event
    }

    pub(crate) fn event(
        &mut self,
        agreement: AgreementId,
        relation: Relation,
        happened: &str,
        statement: StatementId,
    ) -> &mut Event {
        let span = self.span();
        let events = &mut self.told.reading.events;
        events.push(Event {
            id: EventId(events.len() as u32 + 1),
            kind: EventKind::Other,
            aspect: Aspect::Completed,
            actors: vec![],
            targets: vec![],
            place: None,
            happened: date(happened),
            agreement: Some(agreement),
            relation,
            term: None,
            element: None,
            reverses: None,
            quantity: None,
            span,
            statement,
        });
        events.last_mut().unwrap()
    }
}

pub(crate) fn army() -> Who {
    who("Valley Army", Some(ActorKind::StateForces), Some("government"))
}

pub(crate) fn front() -> Who {
    who("fighters of the ridge", Some(ActorKind::ArmedOpposition), Some("opposition"))
}

/// The entries of a log that takes these reports in this order.
pub(crate) fn log(told: &[Told]) -> Vec<Entry> {
    let entry = |(at, told): (usize, &Told)| {
        let recorded_at = RecordedAt::parse("2024-01-01T00:00:00Z").unwrap();
        let payload = encode(told).unwrap();
        Entry::new(at as u64 + 1, recorded_at, EntryKind::Report, payload, [at as u8; 32])
    };
    told.iter().enumerate().map(entry).collect()
}

pub(crate) fn ledger(told: &[Told]) -> Ledger {
    Ledger::replay(registers(), &log(told)).unwrap()
}

/// A question on a day, known by another, or by the same for "".
pub(crate) fn ask(as_of: &str, known_by: &str) -> Question {
    let as_of = as_of.parse().unwrap();
    Question { as_of, known_by: known_by.parse().unwrap_or(as_of), recorded_by: None }
}
