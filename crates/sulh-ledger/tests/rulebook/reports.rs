//! Takes the deals of a scene and its table of reports, gives the entries of a log in their order.
//! Invariant: what a row does not say, its page does not say: a deal that is only mentioned is nobody's word.

use crate::deal::{Deal, at, date, quantity, term_id, who};
use jiff::civil::Date;
use sulh_ledger::{
    Registers,
    decision::{Decided, Decision, Examined, Rating, Words},
    report::{KeptBlock, Report, Told},
    rules::transition::State,
};
use sulh_model::{
    agreement::{AgreementId, Assent, Stage},
    event::{Aspect, Event, EventId, Relation},
    links::Links,
    page::{BlockId, BlockKind, CaptureId},
    reading::{Reading, StageTold},
    register::LeaningSide,
    signature::{HASHES, Signature},
    span::Span,
    statement::{
        Basis, Factuality, Holder, HolderKind, Polarity, RoleSpan, SpanRole, Statement, StatementId,
    },
    term::{ElementId, Term, TermId},
    vocabulary::EventKind,
};

/// What a row puts into the log.
pub enum Recorded {
    Report(Told),
    Decision(Decision),
}

/// The deals of a case and its rows, by their number, in the order they are recorded.
pub struct Scene<'a> {
    pub registers: &'a Registers,
    pub deals: Vec<Deal>,
    pub rows: Vec<(u64, Recorded)>,
}

/// Who says it, how, and where on the page.
struct Voice {
    chain: Vec<Holder>,
    factuality: Factuality,
    blocks: Vec<BlockKind>,
    deal: usize,
}

impl Scene<'_> {
    /// Takes a row `recorded | published | happened | says`.
    pub fn row(&mut self, row: &str) -> Option<()> {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [recorded, published, happened, says] = cells.as_slice() else { return None };
        if let Some(what) = says.strip_prefix("analyst ") {
            let (day, recorded) = (published.parse().ok()?, recorded.parse().ok()?);
            for what in self.decided(what, happened.parse().unwrap_or(day))? {
                let (by, reason) = ("heron".to_owned(), "seen by hand".to_owned());
                let decision = Decision { by, day, reason, what };
                self.rows.push((recorded, Recorded::Decision(decision)));
            }
            return Some(());
        }
        if let Some((copied, by)) =
            says.split_once(" by ").filter(|(it, _)| it.starts_with("copy of "))
        {
            let (by, times) = by.split_once(" times ").unwrap_or((by, "1"));
            for one in 0..times.parse().ok()? {
                let url = format!("https://{}/{one}", by.to_lowercase().replace(' ', "-"));
                let mut told = self.page(copied.strip_prefix("copy of ")?)?.clone();
                told.report.publisher = Some(by.to_owned());
                told.report.url = Some(url);
                day(&mut told.report, published)?;
                self.rows.push((recorded.parse().ok()?, Recorded::Report(told)));
            }
            return Some(());
        }
        let (voice, things) = says.split_once(": ")?;
        let (publisher, voice) = voice.split_once(", ").unwrap_or((voice, ""));
        let denies = publisher.strip_suffix(" denies");
        let publisher = denies.unwrap_or(publisher);
        if publisher != "also" {
            let mut told = page(self.rows.len() as u32 + 1, publisher);
            day(&mut told.report, published)?;
            self.rows.push((recorded.parse().ok()?, Recorded::Report(told)));
        }
        let voice = self.voice(denies.is_some(), voice)?;
        things.split("; ").try_for_each(|thing| self.thing(&voice, happened, thing))
    }

    fn page(&self, number: &str) -> Option<&Told> {
        let number: u64 = number.parse().ok()?;
        self.rows.iter().find_map(|(row, told)| match told {
            Recorded::Report(told) if *row == number => Some(told),
            _ => None,
        })
    }

    fn last(&mut self) -> Option<&mut Told> {
        match self.rows.last_mut() {
            Some((_, Recorded::Report(told))) => Some(told),
            _ => None,
        }
    }

    /// What an analyst decided: `merges 1 with 2`, `parts 1 from 2`, `withdraws 3`, `rejects 2`,
    /// `rates Far Courier neither`, `establishes t1.1 done in 2`, `establishes stage final in 2`.
    fn decided(&self, words: &str, from: Date) -> Option<Vec<Decided>> {
        let words: Vec<&str> = words.split(' ').collect();
        let deal = |page: &str| {
            let told = self.page(page)?;
            let agreement = told.reading.agreements.first()?;
            Some(self.words(told, agreement.span, agreement.kind.code()))
        };
        Some(match words.as_slice() {
            ["merges", one, "with", two] => vec![Decided::Merged(deal(one)?, deal(two)?)],
            ["parts", one, "from", two] => vec![Decided::Parted(deal(one)?, deal(two)?)],
            ["withdraws", row] => {
                let row: u64 = row.parse().ok()?;
                let at = self.rows.iter().position(|(number, _)| *number == row)?;
                vec![Decided::Withdrawn { seq: at as u64 + 1 }]
            }
            ["rejects", page] => {
                let told = self.page(page)?;
                let spans = told.reading.statements.iter().filter_map(Statement::content);
                spans.map(|span| Decided::Rejected(self.words(told, span, "statement"))).collect()
            }
            ["establishes", "stage", stage, "in", page] => {
                let (agreement, stage) = (deal(page)?, Stage::from_code(stage)?);
                vec![Decided::StageEstablished { agreement, stage, from }]
            }
            ["establishes", element, state, "in", page] => {
                let told = self.page(page)?;
                let mut all = told.reading.terms.iter().flat_map(|term| &term.elements);
                let meant = all.find(|one| one.id.to_string() == *element)?;
                let element = self.words(told, meant.span, meant.kind.code());
                vec![Decided::StateEstablished { element, state: State::from_code(state)?, from }]
            }
            ["rates", source @ .., side] => {
                let (source, conflict) = (source.join(" "), "valley".to_owned());
                let side = match *side {
                    "neither" => LeaningSide::Neither,
                    side => LeaningSide::Side(side.to_owned()),
                };
                let examined = Some(Examined { conflict, side, from: None });
                vec![Decided::Rated(Rating { source, reliability: None, examined })]
            }
            _ => return None,
        })
    }

    fn words(&self, told: &Told, span: Span, kind: &str) -> Words {
        Words { capture: told.report.capture.clone(), span, kind: kind.to_owned() }
    }

    fn voice(&mut self, denies: bool, words: &str) -> Option<Voice> {
        let factuality = if denies { Factuality::Denied } else { Factuality::Asserted };
        let mut voice = Voice { chain: Vec::new(), factuality, blocks: Vec::new(), deal: 0 };
        for clause in words.split(", ").filter(|clause| !clause.is_empty()) {
            let (clause, denies) =
                clause.strip_suffix(" denies").map_or((clause, false), |it| (it, true));
            if denies {
                voice.factuality = Factuality::Denied;
            }
            if let Some(name) = clause.strip_prefix("on the word of ") {
                voice.chain.push(self.holder(name));
            } else if let Some(code) = clause.strip_prefix("as ") {
                voice.factuality = Factuality::from_code(code)?;
            } else if let Some(code) = clause.strip_prefix("in a ") {
                voice.blocks.push(BlockKind::from_code(code)?);
            } else if let Some(name) = clause.strip_prefix("of ") {
                voice.deal = self.deals.iter().position(|deal| deal.agreement.name == name)?;
            } else if let Some(version) = clause.strip_prefix("reader ") {
                self.last()?.report.reader = version.to_owned();
            } else if let Some(like) = clause.strip_prefix("like ") {
                let signature = self.resembling(like)?;
                self.last()?.report.signature = Some(signature);
            } else {
                let capture = self.page(clause.strip_prefix("page of ")?)?.report.capture.clone();
                self.last()?.report.capture = capture;
            }
        }
        Some(voice)
    }

    /// `2` in nearly all its words, `2 and 3` half in the words of each.
    fn resembling(&self, words: &str) -> Option<Signature> {
        let (first, second) = words.split_once(" and ").unwrap_or((words, ""));
        let mut hashes = *self.page(first)?.report.signature.as_ref()?.hashes();
        match self.page(second).and_then(|told| told.report.signature.as_ref()) {
            Some(other) => hashes[HASHES / 2..].copy_from_slice(&other.hashes()[HASHES / 2..]),
            None => hashes[HASHES - 4..].fill(0),
        }
        Some(Signature::new(hashes))
    }

    /// `Ridge Front`, `Ridge Front above the list`, `unnamed opposition sources`, `unnamed sources`.
    fn holder(&self, words: &str) -> Holder {
        let above = words.strip_suffix(" above the list");
        let name = above.unwrap_or(words);
        let unnamed = name.strip_prefix("unnamed ").and_then(|rest| rest.strip_suffix("sources"));
        let source = self.registers.sources.find(name).map(|source| source.kind);
        let actor = self.registers.actors.find(name).map(|_| HolderKind::Party);
        let kind = unnamed.map(|_| HolderKind::Anonymous).or(source).or(actor);
        Holder {
            name: name.to_owned(),
            register_id: None,
            kind: kind.unwrap_or(HolderKind::Outlet),
            named: unnamed.is_none(),
            side: unnamed.map(|side| side.trim().to_owned()).filter(|side| !side.is_empty()),
            cue: None,
            basis: Basis::None,
            span: None,
            inherited: above.is_some(),
        }
    }

    fn thing(&mut self, voice: &Voice, happened: &str, thing: &str) -> Option<()> {
        let Some((_, Recorded::Report(told))) = self.rows.last_mut() else { return None };
        if thing.starts_with("event ") {
            let statement = say(told, voice, happened);
            return event(told, None, 0, statement, thing);
        }
        let id = mention(told, self.deals.get(voice.deal)?, &self.deals)?;
        let statement = say(told, voice, happened);
        let offset = told.reading.terms_of(id).next().map_or(0, |term| term.id.0 - 1);
        let reading = &mut told.reading;
        let words: Vec<&str> = thing.split(' ').collect();
        match words.as_slice() {
            ["agreed" | "made"] => {
                let agreement = reading.agreements.iter_mut().find(|one| one.id == id)?;
                agreement.agreed = voice.factuality;
                agreement.stage = self.deals[voice.deal].agreement.stage;
                agreement.statements = vec![statement];
                agreement.concluded = date(happened);
                if thing == "agreed" {
                    let all: Vec<TermId> = reading.terms_of(id).map(|term| term.id).collect();
                    all.into_iter().try_for_each(|term| promise(told, voice, happened, term))?;
                }
            }
            ["stage", stage] => {
                let stage = Stage::from_code(stage)?;
                let span = Span::new(0, 1);
                reading.stages.push(StageTold { agreement: id, stage, span, statement });
            }
            [term, "agreed"] => {
                let term = TermId(term_id(term)?.0 + offset);
                promise(told, voice, happened, term)?;
            }
            [.., assent] if Assent::from_code(assent).is_some() => {
                let name = thing.strip_suffix(assent)?.trim();
                let agreement = reading.agreements.iter_mut().find(|one| one.id == id)?;
                let party = agreement.parties.iter_mut().find(|party| party.who.name == name)?;
                party.assent = Assent::from_code(assent);
            }
            _ => event(told, Some(id), offset, statement, thing)?,
        }
        Some(())
    }
}

/// A page of an outlet that says nothing yet.
fn page(bytes: u32, publisher: &str) -> Told {
    let digest = |salt: u32| {
        let mut digest = [salt as u8; 32];
        digest[..4].copy_from_slice(&bytes.wrapping_mul(0x9E37_79B1).to_be_bytes());
        CaptureId::from_digest(&digest)
    };
    let hashes = std::array::from_fn(|at| bytes.wrapping_mul(1_000_003) ^ (at as u32) << 20);
    let report = Report {
        capture: digest(1),
        text: digest(2),
        source: format!("page {bytes}"),
        url: None,
        publisher: (!publisher.is_empty()).then(|| publisher.to_owned()),
        title: None,
        published: None,
        archived: jiff::civil::date(2000, 1, 1),
        reader: "0.1.0".to_owned(),
        language: Some("en".to_owned()),
        signature: Some(Signature::new(hashes)),
    };
    let (statements, agreements, terms) = (Vec::new(), Vec::new(), Vec::new());
    let (events, stages, notes) = (Vec::new(), Vec::new(), Vec::new());
    let reading = Reading { statements, agreements, terms, events, stages, notes };
    Told { report, blocks: Vec::new(), reading }
}

/// `2020-10-04`, `undated`, each perhaps with `, taken in 2021-01-01`.
fn day(report: &mut Report, words: &str) -> Option<()> {
    let (published, taken) = words.split_once(", taken in ").unwrap_or((words, ""));
    report.published = if published == "undated" { None } else { Some(date(published)?) };
    let last = report.published.as_ref().and_then(|day| day.latest());
    report.archived = taken.parse().ok().or(last)?;
    Some(())
}

/// The free bytes after all that a page says.
fn free(told: &Told) -> Span {
    let end = told.blocks.iter().map(|block| block.span.end()).max().unwrap_or(0);
    Span::new(end, end + 10)
}

/// The deal as a page takes it for known: nobody's word for it, until the page says so.
fn mention(told: &mut Told, deal: &Deal, deals: &[Deal]) -> Option<AgreementId> {
    let known = told.reading.agreements.iter().find(|one| one.name == deal.agreement.name);
    if let Some(agreement) = known {
        return Some(agreement.id);
    }
    let voice = Voice {
        chain: Vec::new(),
        factuality: Factuality::Hypothetical,
        blocks: vec![BlockKind::Boilerplate],
        deal: 0,
    };
    let nobody = say(told, &voice, "");
    let id = AgreementId(told.reading.agreements.len() as u32 + 1);
    let offset = told.reading.terms.len() as u32;
    let span = free(told);
    let mut agreement = deal.agreement.clone();
    (agreement.id, agreement.span, agreement.agreed) = (id, span, Factuality::Hypothetical);
    agreement.stage = None;
    for pressure in &mut agreement.pressure {
        pressure.statement = nobody;
    }
    told.reading.agreements.push(agreement);
    for term in &deal.terms {
        let mut term = term.clone();
        let moved = |id: TermId| TermId(id.0 + offset);
        (term.id, term.agreement, term.statement) = (moved(term.id), id, nobody);
        term.agreed = Factuality::Hypothetical;
        term.alternative_of = term.alternative_of.map(moved);
        for element in &mut term.elements {
            element.id.term = term.id;
            // Words of its own, so that a decision can point at them.
            let words = 10_000 + 100 * term.id.0 as usize + element.id.ordinal as usize;
            element.span = Span::new(words, words + 1);
        }
        term.depends_on.iter_mut().for_each(|on| on.term = moved(on.term));
        told.reading.terms.push(term);
    }
    for name in &deal.follows {
        let before = deals.iter().find(|deal| deal.agreement.name == *name)?;
        let before = mention(told, before, deals)?;
        told.reading.agreements.iter_mut().find(|one| one.id == id)?.predecessors.push(before);
    }
    Some(id)
}

/// A statement of its own words; what is not said by anybody stands outside the report.
fn say(told: &mut Told, voice: &Voice, happened: &str) -> StatementId {
    let (mut span, mut parent) = (free(told), None);
    let paragraph = [BlockKind::Paragraph];
    let kinds = if voice.blocks.is_empty() { &paragraph[..] } else { &voice.blocks };
    for kind in kinds {
        told.blocks.push(KeptBlock { kind: *kind, span, parent });
        parent = Some(BlockId(told.blocks.len() as u32 - 1));
    }
    span = Span::new(span.start(), span.end() - 1);
    let (id, block) = (StatementId(told.reading.statements.len() as u32 + 1), parent);
    let block = block.unwrap_or(BlockId(0));
    told.reading.statements.push(Statement {
        id,
        block,
        spans: vec![RoleSpan { role: SpanRole::Content, block, span }],
        attribution: voice.chain.clone(),
        factuality: voice.factuality,
        polarity: Polarity::Positive,
        happened: date(happened),
        refers_to: Vec::new(),
    });
    id
}

/// The promise of a term, as this voice tells it: what is promised is planned, that it is promised is said.
fn promise(told: &mut Told, voice: &Voice, happened: &str, term: TermId) -> Option<()> {
    let id = say(told, voice, happened);
    told.reading.statements.last_mut()?.factuality = Factuality::Planned;
    let term = told.reading.terms.iter_mut().find(|told| told.id == term)?;
    (term.agreed, term.statement) = (voice.factuality, id);
    Some(())
}

/// `t1 begun`, `t2.1 not completed by Ridge Front at Tel Safi number 1 detainees`, `breach attack by ..`,
/// `event shelling`.
fn event(
    told: &mut Told,
    agreement: Option<AgreementId>,
    offset: u32,
    statement: StatementId,
    thing: &str,
) -> Option<()> {
    let cut = |words: &str, key: &str| match words.split_once(key) {
        Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
        None => (words.to_owned(), None),
    };
    let (rest, number) = cut(thing, " number ");
    let (rest, place) = cut(&rest, " at ");
    let (rest, by) = cut(&rest, " by ");
    let (rest, not) = rest
        .split_once(" not ")
        .map_or((rest.clone(), false), |(term, verb)| (format!("{term} {verb}"), true));
    let (subject, verb) = rest.split_once(' ')?;
    let (term, ordinal) = subject.split_once('.').unwrap_or((subject, ""));
    let term = term_id(term).map(|id| TermId(id.0 + offset));
    let promised = term.and_then(|term| told.reading.term(term));
    let element = ordinal.parse().ok().zip(term);
    let element = element.map(|(ordinal, term)| ElementId { term, ordinal });
    let doer = promised.and_then(|term| term.bearer.clone());
    let (relation, aspect) = match (subject, verb) {
        ("event", _) => (Relation::None, Aspect::Completed),
        ("breach", _) | (_, "breached") => (Relation::Violates, Aspect::Completed),
        (_, "begun") => (Relation::Implements, Aspect::Ongoing),
        (_, "completed" | "observed") => (Relation::Implements, Aspect::Completed),
        (_, "not_done") => (Relation::None, Aspect::Completed),
        (_, aspect) => (Relation::Implements, Aspect::from_code(aspect)?),
    };
    let acts = promised.map(|term| performing(term, element));
    let kind = match verb {
        "not_done" => EventKind::NonPerformance,
        "breached" => EventKind::ViolationAlleged,
        _ => EventKind::from_code(verb).or(acts)?,
    };
    let event = Event {
        id: EventId(told.reading.events.len() as u32 + 1),
        kind,
        aspect,
        actors: by.as_deref().map(who).or(doer).into_iter().collect(),
        targets: Vec::new(),
        place: place.as_deref().map(at),
        happened: told.reading.statement(statement)?.happened.clone(),
        agreement,
        relation,
        term,
        element,
        quantity: number.as_deref().and_then(quantity),
        span: free(told),
        statement,
    };
    told.reading.events.push(event);
    if not {
        let said = told.reading.statements.iter_mut().find(|one| one.id == statement)?;
        said.polarity = Polarity::Negative;
    }
    Some(())
}

/// The event a reader would find in the words: the act they name, else one that carries the promise out.
fn performing(term: &Term, element: Option<ElementId>) -> EventKind {
    let meant = term.elements.iter().find(|one| element.is_none_or(|id| id == one.id));
    let links = Links::shipped().ok();
    let carries = |kind: &&EventKind| {
        meant.zip(links.as_ref()).is_some_and(|(one, links)| links.performs(**kind, one.kind))
    };
    let act = meant.and_then(|one| one.act);
    act.or_else(|| EventKind::ALL.iter().find(carries).copied()).unwrap_or(EventKind::Other)
}
