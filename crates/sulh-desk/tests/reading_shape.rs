//! Takes a reading in which nothing is known that can be unknown, checks that every key of `sulh.reading/1` is there.
//! Invariant: a key that is missing, renamed or moved fails here before it fails at a user's.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

use serde_json::Value;
use sulh_desk::{PageAbout, shapes::reading::ReadingShape};
use sulh_model::{
    actor::Who,
    agreement::{
        Agreement, AgreementId, AgreementKind, Party, PartyRole, Pressure, PressureKind, Stage,
        Standing,
    },
    event::{Aspect, Event, EventId, Relation},
    imprint::{Imprint, Told, ToldIn},
    note::{Note, NoteCode},
    origin::{ElementOrigin, Origins, Trail},
    page::{Block, BlockId, BlockKind, CaptureId, Page},
    place::{Resolution, Where},
    reading::{Reading, StageTold},
    span::Span,
    statement::{
        Basis, Factuality, Holder, HolderKind, Polarity, RoleSpan, SpanRole, Statement,
        StatementId, Target,
    },
    term::{Dependency, DependencyHow, Element, ElementId, Modality, Mode, Quantity, Term, TermId},
    vocabulary::{EventKind, TermKind},
};

const TEXT: &str = "The council of Nyala agreed to free two detainees.";

fn page() -> Page {
    Page {
        id: CaptureId::from_digest(&[7; 32]),
        about: PageAbout {
            source: "a.txt".into(),
            url: None,
            title: None,
            publisher: None,
            published: None,
        },
        imprint: Imprint::silent(),
        language: None,
        text: TEXT.into(),
        blocks: vec![Block::new(BlockKind::Paragraph, Span::new(0, TEXT.len()))],
        origins: Origins {
            charset: "UTF-8",
            trail: Trail::verbatim(Span::new(0, TEXT.len()), 3),
            elements: [(BlockId(0), ElementOrigin { path: "p".into(), start: 0 })].into(),
        },
        notes: vec![Note::new(NoteCode::PublishedUnknown, Span::new(0, 0), "No day.")],
    }
}

fn span() -> Span {
    Span::new(4, 11)
}

fn statement() -> Statement {
    Statement {
        id: StatementId(1),
        block: BlockId(0),
        spans: vec![RoleSpan { role: SpanRole::Content, block: BlockId(0), span: span() }],
        attribution: vec![Holder {
            name: "a clerk".into(),
            register_id: None,
            kind: HolderKind::Official,
            named: false,
            side: None,
            cue: None,
            basis: Basis::None,
            span: None,
            inherited: false,
        }],
        factuality: Factuality::Planned,
        polarity: Polarity::Positive,
        happened: None,
        refers_to: vec![Target::Term(TermId(1))],
    }
}

fn agreement() -> Agreement {
    let who =
        Who { name: "council".into(), register_id: None, kind: None, side: None, span: span() };
    Agreement {
        id: AgreementId(1),
        name: "agreement (Nyala)".into(),
        kind: AgreementKind::Prisoner,
        stage: None,
        standing: Standing::Reported,
        agreed: Factuality::Asserted,
        conflict: None,
        place: Some(Where { name: "Nyala".into(), resolution: Resolution::Unknown, span: span() }),
        concluded: None,
        parties: vec![Party { who, role: PartyRole::Party, assent: None }],
        told_as_new: false,
        predecessors: vec![],
        pressure: vec![Pressure {
            kind: PressureKind::Siege,
            statement: StatementId(1),
            span: span(),
        }],
        span: span(),
        statements: vec![StatementId(1)],
    }
}

fn term() -> Term {
    let id = TermId(1);
    Term {
        id,
        agreement: AgreementId(1),
        ordinal: 1,
        kind: TermKind::ReleaseDetainees,
        modality: Modality::Obligation,
        agreed: Factuality::Asserted,
        bearer: None,
        beneficiary: None,
        object: None,
        place: None,
        destination: None,
        deadline: None,
        condition: None,
        depends_on: vec![Dependency { term: id, how: DependencyHow::Concurrent }],
        alternative_of: None,
        voluntariness: None,
        quantity: Some(Quantity { value: None, unit: None, wording: "two".into(), span: span() }),
        elements: vec![Element {
            id: ElementId { term: id, ordinal: 1 },
            kind: TermKind::ReleaseDetainees,
            mode: Mode::Achieve,
            act: None,
            span: span(),
        }],
        statement: StatementId(1),
    }
}

fn event() -> Event {
    Event {
        id: EventId(1),
        kind: EventKind::Release,
        aspect: Aspect::Prospective,
        actors: vec![],
        targets: vec![],
        place: None,
        happened: None,
        agreement: None,
        relation: Relation::None,
        term: None,
        element: None,
        reverses: None,
        quantity: None,
        span: span(),
        statement: StatementId(1),
    }
}

fn shape() -> Value {
    let told = StageTold {
        agreement: AgreementId(1),
        stage: Stage::InForce,
        span: span(),
        statement: StatementId(1),
    };
    let reading = Reading {
        statements: vec![statement()],
        agreements: vec![agreement()],
        terms: vec![term()],
        events: vec![event()],
        stages: vec![told],
        notes: vec![],
    };
    serde_json::to_value(ReadingShape::of(&page(), &reading, "0.1.0")).unwrap()
}

#[track_caller]
fn check(pointer: &str, keys: &str) {
    let shape = shape();
    let object = shape.pointer(pointer).and_then(Value::as_object).unwrap();
    let found: Vec<&str> = object.keys().map(String::as_str).collect();
    assert_eq!(found, keys.split(' ').collect::<Vec<_>>(), "{pointer}");
}

#[test]
fn every_key_is_there_in_its_order() {
    check("", "schema reader page statements agreements terms events stages notes");
    check(
        "/page",
        "id source url canonical title publisher authors published modified told_in language text capture \
         blocks",
    );
    check("/page/told_in", "title publisher authors published modified canonical");
    check("/page/blocks/0", "id kind start end parent reply_to depth author published capture");
    check("/page/capture", "charset steps");
    check("/page/blocks/0/capture", "start end element");
    check("/page/blocks/0/capture/element", "path start");
    check("/statements/0", "id block spans attribution factuality polarity happened refers_to");
    check("/statements/0/spans/0", "role block start end");
    check("/statements/0/attribution/0", "name id kind named side cue basis inherited start end");
    check("/statements/0/refers_to/0", "type id");
    check(
        "/agreements/0",
        "id name kind stage standing agreed conflict place concluded parties told_as_new \
         predecessors pressure start end statements",
    );
    check("/agreements/0/parties/0", "name id kind side start end role assent");
    check("/agreements/0/place", "name geonames country lat lon precision candidates start end");
    check("/agreements/0/pressure/0", "kind statement start end");
    check(
        "/terms/0",
        "id agreement ordinal kind modality agreed bearer beneficiary object place destination \
         deadline condition depends_on alternative_of voluntariness quantity elements statement",
    );
    check("/terms/0/depends_on/0", "term how");
    check("/terms/0/quantity", "value unit wording start end");
    check("/terms/0/elements/0", "id kind mode act start end");
    check(
        "/events/0",
        "id kind aspect actors targets place happened agreement relation term element reverses \
         quantity start end statement",
    );
    check("/stages/0", "agreement stage start end statement");
    check("/notes/0", "code start end message");
}

#[test]
fn the_page_says_where_it_tells_what_it_tells() {
    let told_in = ToldIn::OpenGraph;
    let title = "Two are freed".to_owned();
    let mut page = page();
    page.about.title = Some(title.clone());
    page.about.publisher = Some("Nyala Wire".to_owned());
    page.imprint.title = Some(Told { value: title, told_in });
    page.imprint.publisher = Some(Told { value: "Wire".to_owned(), told_in });
    page.imprint.authors = vec![Told { value: "A. Writer".to_owned(), told_in: ToldIn::Byline }];
    let shape =
        serde_json::to_value(ReadingShape::of(&page, &Reading::default(), "0.1.0")).unwrap();
    let found = &shape["page"]["told_in"];
    assert_eq!((&found["title"], &found["publisher"]), (&"open_graph".into(), &"given".into()));
    assert_eq!((&found["authors"], &found["published"]), (&"byline".into(), &Value::Null));
    assert_eq!(shape["page"]["authors"][0], "A. Writer");
}

#[test]
fn what_is_not_known_is_null_and_ids_lead_to_what_is_there() {
    let shape = shape();
    for pointer in ["/page/published", "/agreements/0/stage", "/agreements/0/place/geonames"] {
        assert_eq!(shape.pointer(pointer), Some(&Value::Null), "{pointer}");
    }
    assert_eq!(shape["terms"][0]["elements"][0]["id"], "t1.1");
    assert_eq!(shape["statements"][0]["refers_to"][0]["id"], shape["terms"][0]["id"]);
    assert_eq!(shape["notes"][0]["code"], "published-unknown");
}
