//! The shape `sulh.why/1`: everything behind the verdict on one term, or one element of it.
//! Invariant: no grade stands without its lines, and every page that is quoted is named.
#![expect(missing_docs, reason = "the keys are described in docs/glossary.md")]

use super::{
    diff::{AgreementName, QuestionPart},
    dossier::{DossierShape, TermPart},
    report::ReportPart,
};
use crate::meant::Meant;
use serde::Serialize;
use sulh_ledger::verdict::Question;

/// The schema's name.
pub const SCHEMA: &str = "sulh.why/1";

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyShape {
    pub schema: &'static str,
    #[serde(flatten)]
    pub question: QuestionPart,
    pub recorded_later: usize,
    pub rules_version: &'static str,
    pub agreement: AgreementName,
    /// The element that was asked for; null where the whole term was.
    pub element: Option<String>,
    /// The term; of its elements and propositions only what was asked for.
    pub term: TermPart,
    /// The reports whose words are quoted.
    pub reports: Vec<ReportPart>,
}

impl WhyShape {
    /// What a dossier says of a term; nothing where it has no such term.
    pub fn of(
        dossier: &DossierShape,
        question: Question,
        meant: Meant,
        reports: Vec<ReportPart>,
    ) -> Option<Self> {
        let mut term = dossier.terms.get(meant.term)?.clone();
        let element = meant.element.and_then(|at| term.elements.get(at)).map(|one| one.id.clone());
        if let Some(id) = &element {
            let (own, agreed) = (format!("{id} "), format!("{} agreed", term.id));
            term.elements.retain(|one| one.id == *id);
            term.because
                .retain(|part| part.proposition == agreed || part.proposition.starts_with(&own));
        }
        let quoted = |page: &String| {
            let mut spans = term.because.iter().flat_map(|part| &part.spans);
            spans.any(|span| span.page == *page)
        };
        Some(Self {
            schema: SCHEMA,
            question: question.into(),
            recorded_later: dossier.recorded_later,
            rules_version: dossier.rules_version,
            agreement: dossier.into(),
            reports: reports.into_iter().filter(|report| quoted(&report.page)).collect(),
            element,
            term,
        })
    }
}
