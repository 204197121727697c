//! Takes two questions, gives what changed between their answers, in one agreement or in all.
//! Invariant: nothing is read but the ledger's own answers; an agreement keeps its identity from the one to the
//! other by its id, else by the words that tell of its making.

use super::{DeskError, LedgerDesk};
use crate::{
    changes,
    shapes::{
        day::{self, Adds, CamePart, DayShape, WordPart},
        diff::{self, Change, DiffShape, NewReportPart},
        dossier::{DossierShape, SpanPart},
        report::ReportPart,
    },
};
use jiff::civil::Date;
use std::collections::BTreeSet;
use sulh_ledger::{
    link::AgreementKey,
    report::{Report, ReportIdentity},
    verdict::{Dossier, Question},
};
use sulh_model::agreement::Standing;
use sulh_store::LedgerStore;

impl<S: LedgerStore> LedgerDesk<S> {
    /// What changed in the agreement that was meant, from the earlier question to the later.
    pub fn diff(
        &self,
        wanted: &str,
        earlier: Question,
        later: Question,
    ) -> Result<DiffShape, DeskError> {
        let key = self.ledger.find(wanted, later)?;
        let now = self.show(key.as_str(), later)?;
        Ok(self.compared(&key, now, earlier, later))
    }

    /// What changed in every agreement; those in which nothing did are left out.
    pub fn diffs(&self, earlier: Question, later: Question) -> Vec<DiffShape> {
        let changed = self
            .dossiers(later)
            .into_iter()
            .map(|(key, now)| self.compared(&key, now, earlier, later));
        changed.filter(|diff| !diff.changes.is_empty() || !diff.reports.is_empty()).collect()
    }

    /// The dossier of every agreement that is reported, those with terms first.
    pub(super) fn dossiers(&self, question: Question) -> Vec<(AgreementKey, DossierShape)> {
        let mut found = self.ledger.dossiers(question);
        found.retain(|dossier| dossier.agreement.standing == Standing::Reported);
        found.sort_by_key(|it| (it.terms.is_empty(), it.agreement.key.clone()));
        let shape = |dossier: &Dossier| DossierShape::of(dossier, &|quote| self.words(quote));
        found.iter().map(|dossier| (dossier.agreement.key.clone(), shape(dossier))).collect()
    }

    fn at(&self, key: &AgreementKey, question: Question) -> Option<DossierShape> {
        let dossier = self.ledger.dossier(key, question)?;
        Some(DossierShape::of(&dossier, &|quote| self.words(quote)))
    }

    fn compared(
        &self,
        key: &AgreementKey,
        now: DossierShape,
        earlier: Question,
        later: Question,
    ) -> DiffShape {
        let before = self.at(key, earlier).or_else(|| self.same_making(&now, earlier));
        DiffShape {
            schema: diff::SCHEMA,
            agreement: (&now).into(),
            known_earlier: before.is_some(),
            earlier: earlier.into(),
            later: later.into(),
            reports: self.new_reports(&now, earlier, later),
            changes: changes::changes(before.as_ref(), &now),
        }
    }

    /// An agreement that had another id, as a report that is its anchor now could not be seen then.
    fn same_making(&self, now: &DossierShape, question: Question) -> Option<DossierShape> {
        let words = making(now);
        let then = self.dossiers(question).into_iter().map(|(_, dossier)| dossier);
        then.into_iter().find(|then| making(then).iter().any(|span| words.contains(span)))
    }

    fn new_reports(
        &self,
        now: &DossierShape,
        earlier: Question,
        later: Question,
    ) -> Vec<NewReportPart> {
        let then = self.ledger.reports(earlier);
        let known: BTreeSet<ReportIdentity> =
            then.iter().map(|told| told.report.identity()).collect();
        let mut pages: BTreeSet<String> =
            then.iter().map(|told| told.report.capture.to_string()).collect();
        let mut found = Vec::new();
        let mut reports: Vec<&Report> =
            self.ledger.reports(later).into_iter().map(|told| &told.report).collect();
        reports.sort_by_key(|report| report.known_from().day);
        for report in reports {
            let page = report.capture.to_string();
            let speaks_of = spoken_of(now, &page);
            if !known.contains(&report.identity()) && !speaks_of.is_empty() {
                let is_copy = pages.contains(&page);
                found.push(NewReportPart { report: report.into(), is_copy, speaks_of });
            }
            pages.insert(page);
        }
        found
    }

    /// What these entries brought on a day: each report by itself, then all of them together against what
    /// was known the day before.
    pub fn day(&self, day: Date, entries: &[u64]) -> DayShape {
        let Some((first, last)) = entries.first().zip(entries.last()) else {
            return DayShape {
                schema: day::SCHEMA,
                day: day.to_string(),
                reports: Vec::new(),
                agreements: Vec::new(),
            };
        };
        let up_to = |day, seq| Question { as_of: day, known_by: day, recorded_by: Some(seq) };
        let before = day.yesterday().unwrap_or(day);
        DayShape {
            schema: day::SCHEMA,
            day: day.to_string(),
            reports: entries
                .iter()
                .filter_map(|entry| self.came(*entry, up_to(day, entry - 1), up_to(day, *entry)))
                .collect(),
            agreements: self.diffs(up_to(before, first - 1), up_to(day, *last)),
        }
    }

    fn came(&self, entry: u64, before: Question, after: Question) -> Option<CamePart> {
        let then = self.ledger.reports(before);
        let report = &self.ledger.reports(after).last()?.report;
        let diffs = self.diffs(before, after);
        let words: Vec<WordPart> = diffs
            .iter()
            .flat_map(|diff| {
                let added = diff.changes.iter().filter(|change| adds_word(&change.change));
                let id = diff.agreement.id.clone();
                added.map(move |change| WordPart { agreement: id.clone(), change: change.clone() })
            })
            .collect();
        let is_copy = then.iter().any(|told| told.report.capture == report.capture);
        let adds = match (words.is_empty(), is_copy, diffs.is_empty()) {
            (false, _, _) => Adds::Line,
            (true, true, _) => Adds::Copy,
            (true, false, false) => Adds::Report,
            (true, false, true) => Adds::Nothing,
        };
        Some(CamePart { entry, report: ReportPart::from(report), adds: adds.code(), words })
    }
}

/// True where somebody speaks who did not before.
fn adds_word(change: &Change) -> bool {
    change.adds_word()
        || matches!(
            change,
            Change::AgreementNew | Change::TermNew { .. } | Change::BreachNew { .. }
        )
}

/// The words that tell of an agreement's making.
fn making(dossier: &DossierShape) -> BTreeSet<&SpanPart> {
    let made = dossier.agreement.stage.because.iter();
    made.filter(|part| part.proposition == "agreed").flat_map(|part| &part.spans).collect()
}

/// The propositions that words of a page stand behind.
fn spoken_of(dossier: &DossierShape, page: &str) -> Vec<String> {
    let told = dossier.becauses().filter(|part| part.spans.iter().any(|span| span.page == page));
    told.map(|part| part.proposition.clone()).collect()
}
