//! Takes the ledger's dossier and the words of its pages, gives `sulh.dossier/1`.
//! Invariant: every verdict is copied as it is; names of single persons are masked on the way.

use super::{
    AccusedPart, AgreedPart, AgreementPart, AssentPart, BecausePart, BreachPart, DeliveredPart,
    DependencyPart, DossierShape, ElementPart, EstablishedPart, FightingPart, IncidentPart,
    LinePart, NeighbourPart, OpenPart, PartyPart, PressurePart, QuantityPart, ResponsiblePart,
    SCHEMA, SpanPart, StagePart, StageValuePart, StatePart, TermPart, VersionPart,
};
use crate::shapes::parts::WhoShape;
use sulh_ledger::propositions::{Delivered, Incident};
use sulh_ledger::{
    rules::{denial::Upheld, line::Line, transition::State, voucher::Stance},
    verdict::{
        AgreementVerdict, Because, BreachVerdict, Dossier, ElementVerdict, Established, Flag,
        Graded, Neighbour, OpenQuestion, PartyVerdict, Quote, Responsible, StageVerdict,
        TermVerdict, Version,
    },
};

/// What gives the words of a quote, or nothing where they may not be shown.
pub type Quotes<'a> = &'a dyn Fn(&Quote) -> Option<String>;

impl DossierShape {
    /// The shape of a dossier.
    pub fn of(dossier: &Dossier, quotes: Quotes<'_>) -> Self {
        Self {
            schema: SCHEMA,
            as_of: dossier.question.as_of.to_string(),
            known_by: dossier.question.known_by.to_string(),
            recorded_by: dossier.question.recorded_by,
            recorded_later: dossier.recorded_later,
            possibly_known: dossier.possibly_known,
            rules_version: dossier.rules_version,
            agreement: agreement(&dossier.agreement),
            terms: (1..).zip(&dossier.terms).map(|(at, told)| term(at, told, quotes)).collect(),
            open: dossier.open.iter().map(Into::into).collect(),
            leads: dossier.leads.iter().map(Into::into).collect(),
        }
    }
}

fn agreement(told: &AgreementVerdict) -> AgreementPart {
    let (reported, claimed) = (told.stage.reported, told.stage.claimed);
    let value = |stage: Graded<Option<sulh_model::agreement::Stage>>| {
        (stage.value.map(|value| value.code()), stage.upheld.code())
    };
    let claimed_stage = (claimed.value != reported.value).then(|| {
        let (value, grade) = value(claimed);
        StageValuePart { value, grade }
    });
    AgreementPart {
        id: told.key.to_string(),
        name: told.name.clone(),
        kind: told.kind.code(),
        standing: told.standing.code(),
        conflict: told.conflict.clone(),
        page: told.page.to_string(),
        place: told.place.as_ref().map(Into::into),
        concluded: told.concluded.as_ref().map(Into::into),
        stage: stage(&told.stage),
        claimed_stage,
        parties: told.parties.iter().map(party).collect(),
        pressure: told
            .pressure
            .iter()
            .map(|pressure| PressurePart {
                kind: pressure.kind.code(),
                span: (&pressure.quote).into(),
            })
            .collect(),
        predecessors: told.predecessors.iter().map(Into::into).collect(),
        breaches: told.breaches.iter().map(breach).collect(),
        flags: flags(&told.flags),
        because: becauses(&told.because),
        reports: told.reports,
    }
}

fn stage(told: &StageVerdict) -> StagePart {
    StagePart {
        value: told.reported.value.map(|value| value.code()),
        grade: told.reported.upheld.code(),
        established: told.established.as_ref().map(|said| established(said, said.value.code())),
        because: becauses(&told.because),
    }
}

fn established<T>(said: &Established<T>, state: &'static str) -> EstablishedPart {
    EstablishedPart {
        state,
        by: said.by.clone(),
        day: said.day.to_string(),
        reason: said.reason.clone(),
    }
}

fn party(told: &PartyVerdict) -> PartyPart {
    PartyPart {
        who: WhoShape::masked(&told.who),
        role: told.role.code(),
        assent: told
            .assent
            .map(|assent| AssentPart { value: assent.value.code(), grade: assent.upheld.code() }),
    }
}

fn breach(told: &BreachVerdict) -> BreachPart {
    let responsible = match &told.responsible {
        Responsible::Accused(accused) => ResponsiblePart {
            grade: accused
                .iter()
                .map(|(_, because)| because.upheld)
                .max()
                .unwrap_or(Upheld::None)
                .code(),
            who: accused
                .iter()
                .map(|(who, because)| AccusedPart {
                    who: WhoShape::masked(who),
                    grade: because.upheld.code(),
                })
                .collect(),
            nobody_because: None,
            because: accused.iter().map(|(_, because)| because.into()).collect(),
        },
        Responsible::Nobody(reason) => ResponsiblePart {
            who: Vec::new(),
            grade: Upheld::None.code(),
            nobody_because: Some(reason.code()),
            because: Vec::new(),
        },
    };
    BreachPart {
        agreement: told.of.to_string(),
        earliest: told.window.earliest.map(|day| day.to_string()),
        latest: told.window.latest.to_string(),
        place: told.place.as_ref().map(Into::into),
        span: (&told.quote).into(),
        incident: IncidentPart {
            grade: told.incident.upheld.code(),
            because: vec![(&told.incident).into()],
        },
        responsible,
    }
}

fn term(ordinal: usize, told: &TermVerdict, quotes: Quotes<'_>) -> TermPart {
    let words: Vec<String> = told.quotes.iter().filter_map(quotes).collect();
    let term = &told.term;
    TermPart {
        id: told.id.clone(),
        ordinal,
        kind: term.kind.code(),
        modality: term.modality.code(),
        text: words.join(" ... "),
        bearer: term.bearer.as_ref().map(WhoShape::masked),
        agreed: AgreedPart {
            grade: told.agreed.upheld.code(),
            version: told.agreed.version.clone(),
        },
        reported: state(told.tracks.reported),
        claimed: state(told.tracks.claimed),
        established: told
            .tracks
            .established
            .as_ref()
            .map(|said| established(said, said.value.code())),
        flags: flags(&told.flags),
        condition: term.condition.clone(),
        depends_on: told
            .depends_on
            .iter()
            .map(|on| DependencyPart { term: on.term.clone(), how: on.how.code() })
            .collect(),
        alternative_of: told.alternative_of.clone(),
        voluntariness: term.voluntariness.map(|how| how.code()),
        deadline: term.deadline.as_ref().map(Into::into),
        quantity: quantity(told),
        delivered: told.delivered.iter().map(Into::into).collect(),
        contradicts: told.contradicts.clone(),
        versions: told.versions.iter().map(Into::into).collect(),
        elements: told.elements.iter().map(|element| self::element(element, quotes)).collect(),
        because: becauses(&told.because),
    }
}

fn element(told: &ElementVerdict, quotes: Quotes<'_>) -> ElementPart {
    ElementPart {
        id: told.id.clone(),
        kind: told.element.kind.code(),
        mode: told.element.mode.code(),
        text: quotes(&told.quote).unwrap_or_default(),
        reported: state(told.tracks.reported),
        claimed: state(told.tracks.claimed),
        established: told
            .tracks
            .established
            .as_ref()
            .map(|said| established(said, said.value.code())),
        flags: flags(&told.flags),
        anomalies: told.anomalies.iter().map(|transition| transition.code()).collect(),
        breaches: told.breaches,
        incidents: told.incidents.iter().map(Into::into).collect(),
    }
}

fn state(graded: Graded<State>) -> StatePart {
    StatePart { state: graded.value.code(), grade: graded.upheld.code() }
}

/// The promised number, and the delivered one where all who tell one tell the same.
fn quantity(told: &TermVerdict) -> Option<QuantityPart> {
    let mut told_values = told.delivered.iter().map(|told| told.quantity.value);
    let first = told_values.next().flatten();
    let delivered = first.filter(|_| told_values.all(|other| other == first));
    let promised = told.term.quantity.as_ref();
    let words = promised.or_else(|| told.delivered.first().map(|told| &told.quantity))?;
    Some(QuantityPart {
        promised: promised.and_then(|quantity| quantity.value),
        delivered,
        unit: words.unit.clone(),
        wording: words.wording.clone(),
    })
}

fn flags(flags: &[Flag]) -> Vec<&'static str> {
    flags.iter().map(|flag| flag.code()).collect()
}

fn becauses(told: &[Because]) -> Vec<BecausePart> {
    told.iter().map(Into::into).collect()
}

impl From<&Delivered> for DeliveredPart {
    fn from(told: &Delivered) -> Self {
        Self {
            value: told.quantity.value,
            unit: told.quantity.unit.clone(),
            wording: told.quantity.wording.clone(),
            voucher: told.voucher.clone(),
            earliest: told.window.earliest.map(|day| day.to_string()),
            latest: told.window.latest.to_string(),
            span: (&told.quote).into(),
        }
    }
}

impl From<&Version> for VersionPart {
    fn from(told: &Version) -> Self {
        Self {
            span: (&told.quote).into(),
            quantity: told.quantity.as_ref().and_then(|quantity| quantity.value),
            wording: told.quantity.as_ref().map(|quantity| quantity.wording.clone()),
            deadline: told.deadline.as_ref().map(Into::into),
            destination: told.destination.as_ref().map(Into::into),
            condition: told.condition.clone(),
        }
    }
}

impl From<&Incident> for FightingPart {
    fn from(told: &Incident) -> Self {
        Self {
            earliest: told.window.earliest.map(|day| day.to_string()),
            latest: told.window.latest.to_string(),
            span: (&told.quote).into(),
        }
    }
}

impl From<&OpenQuestion> for OpenPart {
    fn from(told: &OpenQuestion) -> Self {
        let mut part = Self {
            question: told.code(),
            agreement: None,
            grounds: Vec::new(),
            obstacles: Vec::new(),
            terms: Vec::new(),
            span: None,
        };
        match told {
            OpenQuestion::PossiblySame { other, grounds, obstacles } => {
                part.agreement = Some(other.to_string());
                part.grounds = grounds.iter().map(|ground| ground.code()).collect();
                part.obstacles = obstacles.iter().map(|obstacle| obstacle.code()).collect();
            }
            OpenQuestion::PossibleBreach { element, quote } => {
                part.terms = vec![element.clone()];
                part.span = Some(quote.into());
            }
            OpenQuestion::SeveralTerms { terms, quote } => {
                part.terms.clone_from(terms);
                part.span = Some(quote.into());
            }
        }
        part
    }
}

impl From<&Because> for BecausePart {
    fn from(told: &Because) -> Self {
        Self {
            proposition: told.proposition.to_string(),
            grade: told.upheld.code(),
            support: told.support.code(),
            denial: told.denial.code(),
            mark: told.mark.map(|mark| mark.code()),
            lines: told.lines.iter().map(Into::into).collect(),
            reports: told.reports,
            denials: told.denials.iter().map(Into::into).collect(),
            spans: told.spans.iter().map(Into::into).collect(),
            would_change: told.would_change.clone(),
        }
    }
}

impl From<&Line> for LinePart {
    fn from(line: &Line) -> Self {
        Self {
            voucher: line.voucher.clone(),
            owner: line.owner.clone(),
            side: match &line.stance {
                Stance::Neither => Some("neither".to_owned()),
                stance => stance.side().map(ToOwned::to_owned),
            },
            examined: line.stance.is_examined(),
            basis: line.basis.code(),
            interest: line.interest.code(),
            original_seen: line.original_seen,
        }
    }
}

impl From<&Quote> for SpanPart {
    fn from(quote: &Quote) -> Self {
        Self {
            page: quote.page.to_string(),
            page_text: quote.text.to_string(),
            start: quote.span.start(),
            end: quote.span.end(),
        }
    }
}

impl From<&Neighbour> for NeighbourPart {
    fn from(told: &Neighbour) -> Self {
        Self {
            id: told.key.to_string(),
            name: told.name.clone(),
            kind: told.kind.code(),
            standing: told.standing.code(),
            concluded: told.concluded.as_ref().map(Into::into),
            span: (&told.quote).into(),
        }
    }
}
