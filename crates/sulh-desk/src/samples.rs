//! Takes few words, gives dossiers for the tests of what is made of dossiers.
//! Invariant: all names are invented; a part is empty until it is given.

use crate::shapes::dossier::{
    AgreedPart, AgreementPart, BecausePart, DossierShape, ElementPart, LinePart, SpanPart,
    StagePart, StatePart, TermPart,
};

/// A line of a named, examined source with its original seen.
pub fn line(voucher: &str) -> LinePart {
    LinePart {
        voucher: Some(voucher.to_owned()),
        owner: voucher.to_lowercase(),
        side: Some("neither".to_owned()),
        examined: true,
        basis: "own_network",
        interest: "none",
        original_seen: true,
    }
}

/// A proposition on the word of these; `no:` before a name makes it a denial.
pub fn because(proposition: &str, grade: &'static str, voices: &[&str]) -> BecausePart {
    let denials = voices.iter().filter_map(|name| name.strip_prefix("no:"));
    let lines = voices.iter().filter(|name| !name.starts_with("no:"));
    let from = proposition.bytes().map(usize::from).sum::<usize>();
    BecausePart {
        proposition: proposition.to_owned(),
        grade,
        support: grade,
        denial: "none",
        mark: None,
        lines: lines.map(|name| line(name)).collect(),
        reports: voices.len(),
        denials: denials.map(line).collect(),
        spans: vec![SpanPart {
            page: "sha256:00".to_owned(),
            page_text: "sha256:00".to_owned(),
            start: from,
            end: from + 1,
        }],
        would_change: format!("one more source would settle {proposition}"),
    }
}

fn state(text: &'static str) -> StatePart {
    let (state, grade) = text.split_once(' ').unwrap();
    StatePart { state, grade }
}

/// A term of one element; states are written "pending supported".
pub fn term(
    id: &str,
    reported: &'static str,
    claimed: &'static str,
    because: Vec<BecausePart>,
) -> TermPart {
    TermPart {
        id: id.to_owned(),
        ordinal: 1,
        kind: "lift_siege",
        modality: "obligation",
        text: format!("promise {id}"),
        bearer: None,
        agreed: AgreedPart { grade: "supported", version: Vec::new() },
        reported: state(reported),
        claimed: state(claimed),
        established: None,
        flags: Vec::new(),
        condition: None,
        depends_on: Vec::new(),
        alternative_of: None,
        voluntariness: None,
        deadline: None,
        quantity: None,
        delivered: Vec::new(),
        contradicts: Vec::new(),
        versions: Vec::new(),
        elements: vec![ElementPart {
            id: format!("{id}.1"),
            kind: "lift_siege",
            mode: "achieve",
            text: format!("promise {id}"),
            reported: state(reported),
            claimed: state(claimed),
            established: None,
            flags: Vec::new(),
            anomalies: Vec::new(),
            breaches: 0,
            incidents: Vec::new(),
        }],
        because,
    }
}

/// A dossier of these terms, of an agreement one monitor tells of.
pub fn dossier(terms: Vec<TermPart>) -> DossierShape {
    DossierShape {
        schema: crate::shapes::dossier::SCHEMA,
        as_of: "2021-02-10".to_owned(),
        known_by: "2021-02-10".to_owned(),
        recorded_by: None,
        recorded_later: 0,
        possibly_known: false,
        rules_version: "sulh-rules/1",
        agreement: AgreementPart {
            id: "ag-0000000000".to_owned(),
            name: "truce of the ford".to_owned(),
            kind: "ceasefire",
            standing: "reported",
            conflict: None,
            page: "sha256:00".to_owned(),
            place: None,
            concluded: None,
            stage: StagePart {
                value: Some("initial"),
                grade: "supported",
                established: None,
                because: vec![
                    because("agreed", "supported", &["Valley Monitor"]),
                    because("stage initial", "supported", &["Valley Monitor"]),
                ],
            },
            claimed_stage: None,
            parties: Vec::new(),
            pressure: Vec::new(),
            predecessors: Vec::new(),
            breaches: Vec::new(),
            flags: Vec::new(),
            because: Vec::new(),
            reports: 1,
        },
        terms,
        open: Vec::new(),
        leads: Vec::new(),
    }
}
