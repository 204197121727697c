//! Takes numbers, gives reports for property tests: deals, what is told of them, copies, mash-ups, relays with
//! other doubts, denials, late and undated pages, readers' comments, plans.
//! Invariant: every page tells the same deal with the same terms, so that pages can be held against each other.

use crate::{
    report::{Report, Told},
    samples::{Page, anonymous, army, date, front, inherited, monitor, named, who},
};
use proptest::prelude::*;
use sulh_model::{
    actor::ActorKind,
    agreement::{AgreementId, Stage, Standing},
    event::{Aspect, Relation},
    page::{BlockKind, CaptureId},
    place::{Resolution, Where},
    signature::{HASHES, Signature},
    span::Span,
    statement::{Basis, Factuality, Holder, HolderKind, StatementId},
    term::{Dependency, DependencyHow, Modality, Mode, Quantity, TermId},
    vocabulary::{EventKind, TermKind},
};

/// Something a page says: numbers that pick who, how sure, what, of what, when, where on the page.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) chain: u8,
    pub(crate) factuality: u8,
    pub(crate) what: u8,
    pub(crate) element: u8,
    pub(crate) day: u8,
    pub(crate) block: u8,
    pub(crate) negated: bool,
}

/// A page: who printed it, on which day of the month (0: it does not say), what it says of the making.
#[derive(Clone, Debug)]
pub(crate) struct Spec {
    pub(crate) publisher: u8,
    pub(crate) day: u8,
    pub(crate) made_by: u8,
    pub(crate) agreed: u8,
    pub(crate) standing: u8,
    pub(crate) stage: u8,
    pub(crate) facts: Vec<Fact>,
}

/// What a later report does with an earlier one.
#[derive(Clone, Debug)]
pub(crate) enum Echo {
    /// The same bytes elsewhere.
    Mirror,
    /// Nearly the same text elsewhere.
    NearCopy,
    /// The text with half of another.
    MashUp,
    /// It tells the same on the word of the other, as sure as this.
    Relay { factuality: u8 },
    /// Another outlet tells the same in its own voice.
    Confirmation,
    /// It says that all this is not so.
    Denial,
    /// A newer reader reads the same bytes, and finds this.
    Rereading(Vec<Fact>),
}

/// A log: pages of their own, then echoes of some of them.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) own: Vec<Spec>,
    pub(crate) echoes: Vec<(Echo, usize, u8, u8)>,
}

const PUBLISHERS: [&str; 7] = [
    "Coast Wire",
    "Harbour News",
    "A Blog",
    "Ridge Voice",
    "Valley Monitor",
    "Harbour Radio",
    "Copy Mill",
];
pub(crate) const CHAINS: u8 = 13;
pub(crate) const WHATS: u8 = 18;
pub(crate) const ELEMENTS: u8 = 7;

prop_compose! {
    pub(crate) fn fact()(
        chain in 0..CHAINS, factuality in sure(), what in 0..WHATS, element in 0..ELEMENTS,
        day in 1..28_u8, block in 0..12_u8, negated in prop::bool::weighted(0.25),
    ) -> Fact {
        Fact { chain, factuality, what, element, day, block, negated }
    }
}

/// Half of what is said is said plainly: other words move little.
fn sure() -> impl Strategy<Value = u8> {
    prop_oneof![Just(0), Just(0), Just(1), 0..9_u8]
}

pub(crate) fn facts() -> impl Strategy<Value = Vec<Fact>> {
    prop::collection::vec(fact(), 0..9)
}

prop_compose! {
    pub(crate) fn spec()(
        publisher in 0..PUBLISHERS.len() as u8, day in 0..28_u8, made_by in 0..CHAINS,
        agreed in sure(), standing in 0..12_u8, stage in 0..16_u8, facts in facts(),
    ) -> Spec {
        Spec { publisher, day, made_by, agreed, standing, stage, facts }
    }
}

prop_compose! {
    pub(crate) fn world()(
        own in prop::collection::vec(spec(), 1..5),
        echoes in prop::collection::vec(
            (
                prop_oneof![
                    Just(Echo::Mirror), Just(Echo::NearCopy), Just(Echo::MashUp), Just(Echo::Denial),
                    Just(Echo::Confirmation), Just(Echo::Confirmation),
                    facts().prop_map(Echo::Rereading),
                    sure().prop_map(|factuality| Echo::Relay { factuality }),
                ],
                0..4_usize, 0..PUBLISHERS.len() as u8, 0..28_u8,
            ),
            0..5,
        ),
    ) -> World {
        World { own, echoes }
    }
}

impl World {
    /// Its reports, in the order in which they arrive.
    pub(crate) fn reports(&self) -> Vec<Told> {
        let own = self.own.iter().enumerate();
        let mut reports: Vec<Told> = own.map(|(at, spec)| page(spec, at as u8 + 1)).collect();
        for (at, (echo, of, publisher, day)) in self.echoes.iter().enumerate() {
            let of = of % self.own.len();
            let bytes = 100 + at as u8;
            let next = (of + 1) % self.own.len();
            reports.push(echoed(
                echo,
                [&self.own[of], &self.own[next]],
                &reports[of],
                (*publisher, *day, bytes),
            ));
        }
        reports
    }
}

fn echoed(
    echo: &Echo,
    [of, other]: [&Spec; 2],
    told: &Told,
    (publisher, day, bytes): (u8, u8, u8),
) -> Told {
    let spec = Spec { publisher, day, ..of.clone() };
    match echo {
        Echo::Mirror => {
            let mut mirror = told.clone();
            mirror.report.publisher = Some("A Mirror".to_owned());
            mirror.report.published = day_of_month(day);
            mirror
        }
        Echo::NearCopy => {
            let mut copy = page(&spec, bytes);
            copy.report.signature = nearly(told.report.signature.as_ref());
            copy
        }
        Echo::MashUp => {
            let half = |facts: &[Fact]| facts[..facts.len() / 2].to_vec();
            page(&Spec { facts: [half(&of.facts), half(&other.facts)].concat(), ..spec }, bytes)
        }
        Echo::Relay { factuality } => {
            // Named by its publisher's place among the chains, see `chain`.
            let facts = of.facts.iter().map(|fact| Fact {
                chain: 20 + of.publisher,
                factuality: *factuality,
                ..fact.clone()
            });
            page(
                &Spec {
                    facts: facts.collect(),
                    made_by: 20 + of.publisher,
                    agreed: *factuality,
                    ..spec
                },
                bytes,
            )
        }
        Echo::Confirmation | Echo::Denial => {
            let facts = of.facts.iter().map(|fact| Fact {
                chain: 0,
                negated: fact.negated != matches!(echo, Echo::Denial),
                ..fact.clone()
            });
            page(&Spec { facts: facts.collect(), made_by: 0, ..spec }, bytes)
        }
        Echo::Rereading(facts) => {
            let mut read = page(&Spec { facts: facts.clone(), ..of.clone() }, bytes);
            read.report = Report { reader: format!("0.10.{bytes}"), ..told.report.clone() };
            read
        }
    }
}

fn day_of_month(day: u8) -> Option<sulh_model::time::UncertainDate> {
    if day == 0 { None } else { date(&format!("2019-08-{day:02}")) }
}

fn signature(bytes: u8) -> Signature {
    Signature::new(std::array::from_fn(|at| u32::from(bytes) << 8 | at as u32))
}

pub(crate) fn nearly(signature: Option<&Signature>) -> Option<Signature> {
    let mut hashes = *signature?.hashes();
    hashes[..HASHES / 8].fill(7);
    Some(Signature::new(hashes))
}

pub(crate) fn chain(number: u8) -> Vec<Holder> {
    match number {
        0 => vec![],
        1 => vec![monitor()],
        2 => vec![named("Harbour News")],
        3 => vec![named("Ridge Voice")],
        4 => vec![anonymous("opposition")],
        5 => vec![named("Coast Wire"), anonymous("government")],
        6 => vec![named("Valley Army")],
        7 => vec![monitor(), anonymous("opposition")],
        8 => vec![Holder { side: Some("government".into()), ..named("Hill Paper") }],
        9 => vec![Holder { kind: HolderKind::Party, ..named("Ridge Front") }],
        10 => vec![named("Harbour News"), inherited(named("Coast Wire"))],
        11 => vec![Holder { basis: Basis::ToldUnnamed, ..named("Coast Wire") }],
        12 => vec![Holder { kind: HolderKind::Reader, ..named("Salma") }],
        relayed => vec![named(PUBLISHERS[usize::from(relayed - 20) % PUBLISHERS.len()])],
    }
}

fn blocks(number: u8) -> &'static [BlockKind] {
    match number {
        0 => &[BlockKind::Headline],
        1 => &[BlockKind::Comment, BlockKind::Quotation],
        2 => &[BlockKind::Quotation],
        3 => &[BlockKind::Advert],
        _ => &[BlockKind::Paragraph],
    }
}

/// The page of a deal with five terms, on which the facts are told; its bytes are told apart by a number.
pub(crate) fn page(spec: &Spec, bytes: u8) -> Told {
    let publisher = PUBLISHERS[usize::from(spec.publisher)];
    let mut page = Page::of(publisher, "2019-08-01", bytes);
    page.report(|report| {
        report.published = day_of_month(spec.day);
        report.archived = "2019-08-30".parse().unwrap();
        report.signature = Some(signature(bytes));
        report.capture = CaptureId::from_digest(&[bytes; 32]);
    });
    let agreed = Factuality::ALL[usize::from(spec.agreed)];
    let made = page.said(chain(spec.made_by), agreed);
    let deal = page.agreement("Azawad pact", made);
    page.edit(deal, |deal| {
        deal.agreed = agreed;
        deal.stage = Stage::ALL.get(usize::from(spec.stage)).copied();
        deal.standing = match spec.standing {
            0 => Standing::Denied,
            1 => Standing::Proposed,
            2 => Standing::Lead,
            _ => Standing::Reported,
        };
        deal.place = Some(place(deal.span));
        deal.concluded = match spec.day % 4 {
            0 => None,
            1 => date("2019-08-01"),
            2 => date("../2019-08-01"),
            _ => date("2019-08-02"),
        };
    });
    let elements = terms(&mut page, deal, spec);
    for fact in &spec.facts {
        tell(&mut page, deal, &elements, fact);
    }
    page.told()
}

fn terms(page: &mut Page, deal: AgreementId, spec: &Spec) -> [(TermId, u32); ELEMENTS as usize] {
    let planned = page.said(chain(spec.made_by), Factuality::Planned);
    let deploy =
        [(TermKind::DeployForces, Mode::Punctual), (TermKind::DeployForces, Mode::Achieve)];
    let deploy = page.term(deal, army(), planned, &deploy);
    let arms = page.term(deal, front(), planned, &[(TermKind::HandOverWeapons, Mode::Achieve)]);
    let truce = page.term(deal, army(), planned, &[(TermKind::CeaseHostilities, Mode::Maintain)]);
    let leave = page.term(deal, front(), planned, &[(TermKind::RelocateFighters, Mode::Achieve)]);
    page.edit_term(leave, |term| {
        term.condition = Some("once the arms are handed over".into());
        term.depends_on = vec![Dependency { term: arms, how: DependencyHow::After }];
    });
    let pass = page.term(deal, front(), planned, &[(TermKind::LiftSiege, Mode::Achieve)]);
    page.edit_term(pass, |term| term.modality = Modality::Permission);
    let release = page.term(deal, army(), planned, &[(TermKind::ReleaseDetainees, Mode::Achieve)]);
    page.edit_term(release, |term| {
        term.beneficiary = Some(front());
        let (wording, span) = ("two detainees".to_owned(), term.elements[0].span);
        term.quantity = Some(Quantity { value: Some(2), unit: None, wording, span });
    });
    let agreed = Factuality::ALL[usize::from(spec.agreed)];
    for term in [deploy, arms, truce, leave, pass, release] {
        page.edit_term(term, |term| term.agreed = agreed);
    }
    [(deploy, 1), (deploy, 2), (arms, 1), (truce, 1), (leave, 1), (pass, 1), (release, 0)]
}

/// An event that no words tie to a promise: by its doer, place and day the rules may.
fn unbound(page: &mut Page, deal: AgreementId, day: &str, said: StatementId, kind: EventKind) {
    let event = page.event(deal, Relation::None, day, said);
    event.kind = kind;
    event.agreement = None;
    event.actors = vec![army()];
    event.place = Some(place(event.span));
}

fn place(span: Span) -> Where {
    Where { name: "Azawad".to_owned(), resolution: Resolution::Unknown, span }
}

fn tell(page: &mut Page, deal: AgreementId, elements: &[(TermId, u32)], fact: &Fact) {
    let block = page.nested(blocks(fact.block));
    let factuality = Factuality::ALL[usize::from(fact.factuality)];
    let said = page.statement(block, chain(fact.chain), factuality);
    if fact.negated {
        page.negate(said);
    }
    let day = match fact.day {
        day if day.is_multiple_of(7) => "2019-08".to_owned(),
        day if day.is_multiple_of(5) => format!("../2019-08-{day:02}"),
        day => format!("2019-08-{day:02}"),
    };
    let element = elements[usize::from(fact.element)];
    match fact.what {
        0 => drop(page.implements(element, Aspect::Ongoing, &day, said)),
        1 => drop(page.implements(element, Aspect::Completed, &day, said)),
        2 => page.implements(element, Aspect::Ongoing, &day, said).kind = EventKind::NonPerformance,
        3 => page.stage(deal, Stage::ALL[usize::from(fact.day) % Stage::ALL.len()], said),
        4 => page.event(deal, Relation::Violates, &day, said).actors = vec![front()],
        5 => {
            let kind = [ActorKind::Community, ActorKind::Civilians][usize::from(fact.day % 2)];
            let event = page.event(deal, Relation::Violates, &day, said);
            event.actors = vec![who("the valley clans", Some(kind), Some("opposition"))];
            event.term = Some(element.0);
        }
        6 => {
            let event = page.implements(element, Aspect::Completed, &day, said);
            event.relation = Relation::Violates;
            event.actors = vec![army()];
        }
        7 => drop(page.implements((element.0, 0), Aspect::Completed, &day, said)),
        8 => drop(page.implements(element, Aspect::Suspended, &day, said)),
        9 => drop(page.implements(element, Aspect::Resumed, &day, said)),
        10 | 11 => {
            let event = page.implements(element, Aspect::Completed, &day, said);
            let value = (fact.what == 10).then_some(u64::from(fact.day % 3));
            let span = event.span;
            event.quantity = Some(Quantity { value, unit: None, wording: "some".to_owned(), span });
        }
        12 => unbound(page, deal, &day, said, EventKind::Entry),
        13 => unbound(page, deal, &day, said, EventKind::Withdrawal),
        14 => unbound(page, deal, &day, said, EventKind::Shelling),
        15 => page.event(deal, Relation::None, &day, said).kind = EventKind::Extension,
        16 => page.event(deal, Relation::None, &day, said).kind = EventKind::Expiry,
        _ => drop(page.implements(element, Aspect::Prospective, &day, said)),
    }
}
