//! Takes a `deal` block, gives an agreement and its terms as any page of the scene tells them.
//! Invariant: ids are places in the list; whoever puts the deal into a page gives it ids of that page.

use crate::{case_file::Block, numbered};
use sulh_model::{
    actor::Who,
    agreement::{
        Agreement, AgreementId, AgreementKind, Party, PartyRole, Pressure, PressureKind, Stage,
        Standing,
    },
    edtf::Edtf,
    place::{GeoPrecision, KnownPlace, Resolution, Where},
    span::Span,
    statement::{Factuality, StatementId},
    term::{
        Dependency, DependencyHow, Element, ElementId, Modality, Mode, Quantity, Term, TermId,
        Voluntariness,
    },
    time::UncertainDate,
    vocabulary::{EventKind, TermKind},
};

/// A deal of a scene.
pub struct Deal {
    pub agreement: Agreement,
    pub terms: Vec<Term>,
    /// Names of the deals it follows.
    pub follows: Vec<String>,
}

/// Reads a block `deal NAME`.
pub fn deal(block: &Block) -> Result<Deal, String> {
    let mut lines = numbered(block);
    let (number, head) = lines.next().ok_or(format!("{}: an empty deal", block.line))?;
    let mut deal = Deal {
        agreement: bare(block.head.trim_start_matches("deal ")),
        terms: Vec::new(),
        follows: Vec::new(),
    };
    for clause in head.split(", ") {
        head_clause(&mut deal, clause).ok_or(format!("{number}: a deal has no `{clause}`"))?;
    }
    for (number, line) in lines {
        let term = term(line, deal.terms.len() as u32 + 1);
        deal.terms.push(term.ok_or(format!("{number}: `{line}` is no term"))?);
    }
    Ok(deal)
}

fn bare(name: &str) -> Agreement {
    Agreement {
        id: AgreementId(1),
        name: name.to_owned(),
        kind: AgreementKind::Other,
        stage: None,
        standing: Standing::Reported,
        agreed: Factuality::Asserted,
        conflict: None,
        place: None,
        concluded: None,
        parties: Vec::new(),
        told_as_new: false,
        predecessors: Vec::new(),
        pressure: Vec::new(),
        span: Span::new(0, 1),
        statements: Vec::new(),
    }
}

fn head_clause(deal: &mut Deal, clause: &str) -> Option<()> {
    let Deal { agreement, follows, .. } = deal;
    let mut join = |names: &str, role| {
        let party = |name| Party { who: who(name), role, assent: None };
        agreement.parties.extend(names.split(" and ").map(party));
    };
    match clause.split_once(' ') {
        Some(("conflict", code)) => agreement.conflict = Some(code.to_owned()),
        Some(("between", names)) => join(names, PartyRole::Party),
        Some(("mediator", names)) => join(names, PartyRole::Mediator),
        Some(("guarantor", names)) => join(names, PartyRole::Guarantor),
        Some(("follows", name)) => follows.push(name.to_owned()),
        Some(("told", "as new")) => agreement.told_as_new = true,
        Some(("under", kind)) => {
            let kind = PressureKind::from_code(kind)?;
            let (statement, span) = (StatementId(1), Span::new(0, 1));
            agreement.pressure.push(Pressure { kind, statement, span });
        }
        Some((kind, place)) => {
            agreement.kind = AgreementKind::from_code(kind)?;
            agreement.place = Some(at(place.strip_prefix("in ")?));
        }
        None => agreement.stage = Some(Stage::from_code(clause)?),
    }
    Some(())
}

/// `t1 Valley Army: lift_siege (achieve), ..; by 2020-10-10; if ..`
fn term(line: &str, ordinal: u32) -> Option<Term> {
    let (head, rest) = line.split_once(": ")?;
    let (id, bearer) = head.split_once(' ')?;
    let id = term_id(id).filter(|id| id.0 == ordinal)?;
    let mut clauses = rest.split("; ");
    let elements: Option<Vec<Element>> =
        clauses.next()?.split(", ").zip(1..).map(|(words, at)| element(words, id, at)).collect();
    let elements = elements?;
    let mut term = Term {
        id,
        agreement: AgreementId(1),
        ordinal,
        kind: elements.first()?.kind,
        modality: Modality::Obligation,
        agreed: Factuality::Asserted,
        bearer: Some(who(bearer)),
        beneficiary: None,
        object: None,
        place: None,
        destination: None,
        deadline: None,
        condition: None,
        depends_on: Vec::new(),
        alternative_of: None,
        voluntariness: None,
        quantity: None,
        elements,
        statement: StatementId(1),
    };
    clauses.try_for_each(|clause| term_clause(&mut term, clause))?;
    Some(term)
}

/// `deploy_forces (punctual)`, or `deploy_forces by entry (punctual)` where the words name the act.
fn element(words: &str, term: TermId, ordinal: u32) -> Option<Element> {
    let (kind, mode) = words.strip_suffix(')')?.split_once(" (")?;
    let (kind, act) = kind.split_once(" by ").map_or((kind, None), |(kind, act)| (kind, Some(act)));
    Some(Element {
        id: ElementId { term, ordinal },
        kind: TermKind::from_code(kind)?,
        mode: Mode::from_code(mode)?,
        act: act.map_or(Some(None), |act| EventKind::from_code(act).map(Some))?,
        span: Span::new(0, 1),
    })
}

fn term_clause(term: &mut Term, clause: &str) -> Option<()> {
    let (key, rest) = clause.split_once(' ')?;
    match (key, rest) {
        ("if", words) => term.condition = Some(words.to_owned()),
        ("by", day) => term.deadline = Some(date(day)?),
        ("for", name) => term.beneficiary = Some(who(name)),
        ("at", place) => term.place = Some(at(place)),
        ("to", place) => term.destination = Some(at(place)),
        ("may", "do so") => term.modality = Modality::Permission,
        ("must", "not") => term.modality = Modality::Forbearance,
        ("going", code) => term.voluntariness = Some(Voluntariness::from_code(code)?),
        ("number", words) => term.quantity = Some(quantity(words)?),
        ("instead", rest) => term.alternative_of = Some(term_id(rest.strip_prefix("of ")?)?),
        (how, id) => {
            let how = DependencyHow::from_code(how)?;
            term.depends_on.push(Dependency { term: term_id(id)?, how });
        }
    }
    Some(())
}

/// `t2`
pub fn term_id(text: &str) -> Option<TermId> {
    text.strip_prefix('t')?.parse().ok().map(TermId)
}

/// `2 detainees`
pub fn quantity(words: &str) -> Option<Quantity> {
    let (value, unit) = words.split_once(' ')?;
    let (value, unit) = (Some(value.parse().ok()?), Some(unit.to_owned()));
    Some(Quantity { value, unit, wording: words.to_owned(), span: Span::new(0, 1) })
}

/// Somebody; kind and side come from the register, by the name.
pub fn who(name: &str) -> Who {
    let span = Span::new(0, name.len());
    Who { name: name.to_owned(), register_id: None, kind: None, side: None, span }
}

/// A place of the invented country: its number is made of its name, so that a name is one place.
pub fn at(name: &str) -> Where {
    let number = name.bytes().fold(17, |sum: u32, byte| sum * 31 % 1_000_003 + u32::from(byte));
    let known = GeoPrecision::new(1).map(|precision| KnownPlace {
        geonames: Some(number),
        name: name.to_owned(),
        country: "XX".to_owned(),
        within: None,
        point: None,
        precision,
    });
    let resolution = known.map_or(Resolution::Unknown, Resolution::Known);
    Where { name: name.to_owned(), resolution, span: Span::new(0, name.len()) }
}

/// An uncertain date.
pub fn date(text: &str) -> Option<UncertainDate> {
    Edtf::parse(text).map(|edtf| UncertainDate::given(edtf, text))
}
