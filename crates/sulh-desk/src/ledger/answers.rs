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
use std::collections::{BTreeMap, BTreeSet};
use sulh_ledger::{
    report::Report,
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
        let now = self.show(wanted, later)?;
        Ok(self.between(earlier, later).compared(&now))
    }

    /// What changed in every agreement; those in which nothing did are left out.
    pub fn diffs(&self, earlier: Question, later: Question) -> Vec<DiffShape> {
        let between = self.between(earlier, later);
        let changed = self.dossiers(later).into_iter().map(|now| between.compared(&now));
        changed.filter(|diff| !diff.changes.is_empty() || !diff.reports.is_empty()).collect()
    }

    /// The dossier of every agreement that is reported, those with terms first.
    pub(super) fn dossiers(&self, question: Question) -> Vec<DossierShape> {
        let mut found = self.every(question);
        found.retain(|dossier| dossier.agreement.standing == Standing::Reported.code());
        found.sort_by_key(|it| (it.terms.is_empty(), it.agreement.id.clone()));
        found
    }

    fn every(&self, question: Question) -> Vec<DossierShape> {
        let shape = |dossier: &Dossier| DossierShape::of(dossier, &|quote| self.words(quote));
        self.ledger.dossiers(question).iter().map(shape).collect()
    }

    fn between(&self, earlier: Question, later: Question) -> Between<'_> {
        let then = self.ledger.reports(earlier);
        let known: BTreeSet<_> = then.iter().map(|told| told.report.identity()).collect();
        let mut pages: BTreeSet<String> =
            then.iter().map(|told| told.report.capture.to_string()).collect();
        let mut reports: Vec<&Report> =
            self.ledger.reports(later).into_iter().map(|told| &told.report).collect();
        reports.sort_by_key(|report| report.known_from().day);
        let mut came = Vec::new();
        for report in reports {
            let page = report.capture.to_string();
            let is_copy = !pages.insert(page.clone());
            if !known.contains(&report.identity()) {
                came.push((report, page, is_copy));
            }
        }
        Between { earlier, later, before: Before::of(self.every(earlier)), came }
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

/// What two questions see, asked for once for all agreements.
struct Between<'a> {
    earlier: Question,
    later: Question,
    before: Before,
    /// The reports that came between the two, with their pages and whether another of the same bytes was
    /// there before, the earliest known first.
    came: Vec<(&'a Report, String, bool)>,
}

/// Every agreement as it stood, and by what it is found again.
struct Before {
    dossiers: Vec<DossierShape>,
    by_id: BTreeMap<String, usize>,
    /// By the words that tell of its making, the first that has them.
    by_words: BTreeMap<SpanPart, usize>,
}

impl Before {
    fn of(dossiers: Vec<DossierShape>) -> Self {
        let (mut by_id, mut by_words) = (BTreeMap::new(), BTreeMap::new());
        for (at, dossier) in dossiers.iter().enumerate() {
            by_id.entry(dossier.agreement.id.clone()).or_insert(at);
            for span in making(dossier) {
                by_words.entry(span.clone()).or_insert(at);
            }
        }
        Self { dossiers, by_id, by_words }
    }

    /// The agreement as it stood. It had another id where the page it is named by could not be seen then.
    fn same(&self, now: &DossierShape) -> Option<&DossierShape> {
        let by_words = || making(now).filter_map(|span| self.by_words.get(span)).min();
        let at = self.by_id.get(&now.agreement.id).or_else(by_words)?;
        self.dossiers.get(*at)
    }
}

impl Between<'_> {
    fn compared(&self, now: &DossierShape) -> DiffShape {
        let before = self.before.same(now);
        DiffShape {
            schema: diff::SCHEMA,
            agreement: now.into(),
            known_earlier: before.is_some(),
            earlier: self.earlier.into(),
            later: self.later.into(),
            reports: self.new_reports(now),
            changes: changes::changes(before, now),
        }
    }

    fn new_reports(&self, now: &DossierShape) -> Vec<NewReportPart> {
        let spoken = spoken_of(now);
        let told = self.came.iter().filter_map(|(report, page, is_copy)| {
            let speaks_of = spoken.get(page.as_str())?.clone();
            Some(NewReportPart { report: (*report).into(), is_copy: *is_copy, speaks_of })
        });
        told.collect()
    }
}

/// True where somebody speaks who did not before.
fn adds_word(change: &Change) -> bool {
    change.adds_word()
        || matches!(
            change,
            // The lines of what is new stand with it.
            Change::AgreementNew
                | Change::Stage { from: None, .. }
                | Change::TermNew { .. }
                | Change::BreachNew { .. }
        )
}

/// The words that tell of an agreement's making.
fn making(dossier: &DossierShape) -> impl Iterator<Item = &SpanPart> {
    let made = dossier.agreement.stage.because.iter();
    made.filter(|part| part.proposition == "agreed").flat_map(|part| &part.spans)
}

/// By page, the propositions its words stand behind.
fn spoken_of(dossier: &DossierShape) -> BTreeMap<&str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for part in dossier.becauses() {
        let pages: BTreeSet<&str> = part.spans.iter().map(|span| span.page.as_str()).collect();
        for page in pages {
            found.entry(page).or_default().push(part.proposition.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MemoryStore, Moment, PageAbout, RecordedAt, ReportDesk, date_given};

    const DEAL: &str = "Government forces and notables of Jasim have reached an initial agreement, \
        the Syrian Observatory for Human Rights (SOHR) reported on March 5.\n\
        Under the agreement, the following terms will be implemented:\n\
        - The army will lift the siege of the town;\n\
        - Army troops will enter Jasim and set up several posts inside the town.\n";

    const AGENCY: &str = "Government forces and notables of Jasim have reached an initial agreement. \
        Under the agreement the army will lift the siege of the town and army troops will enter \
        Jasim.\n\
        Army troops began entering Jasim on March 6, under the agreement.\n";

    /// What each of these reports, a day after the other, is told to add.
    fn check(reports: &[(&str, &str, &str)]) {
        let mut desk = LedgerDesk::open(MemoryStore::default()).unwrap();
        let reader = ReportDesk::new([7; 32]).unwrap();
        let day: Date = "2021-03-09".parse().unwrap();
        let mut entries = Vec::new();
        for (at, (publisher, text, _)) in reports.iter().enumerate() {
            let published = format!("2021-03-0{}", at + 5);
            let about = PageAbout {
                source: format!("{publisher}.txt"),
                url: None,
                title: None,
                publisher: Some((*publisher).to_owned()),
                published: Some(date_given(&published, "a test").unwrap()),
            };
            let recorded_at = RecordedAt::parse("2021-03-09T08:00:00Z").unwrap();
            let moment = Moment { day, recorded_at, salt: [0; 32] };
            desk.add(&reader, text.as_bytes(), about, moment).unwrap();
            entries.push(entries.len() as u64 + 1);
        }
        let told = desk.day(day, &entries);
        let adds: Vec<&str> = told.reports.iter().map(|came| came.adds).collect();
        let expected: Vec<&str> = reports.iter().map(|(.., adds)| *adds).collect();
        assert_eq!(adds, expected);
        let counted = told.reports.iter().filter(|came| !came.words.is_empty()).count();
        assert_eq!(counted, adds.iter().filter(|adds| **adds == "line").count());
    }

    #[test]
    fn what_a_report_adds_is_the_difference_it_makes() {
        let citing = AGENCY
            .replace("an initial agreement.", "an initial agreement, Reuters reported.")
            .replace("under the agreement.", "under the agreement, Reuters reported.");
        check(&[
            ("South Front", DEAL, "line"),
            ("Reuters", AGENCY, "line"),
            ("Enab Baladi", &citing, "report"),
            ("Jasim Mirror", AGENCY, "copy"),
            ("Reuters", "Calm held in Sirte on March 6.\n", "nothing"),
        ]);
    }

    #[test]
    fn a_day_without_entries_is_empty() {
        let desk = LedgerDesk::open(MemoryStore::default()).unwrap();
        let told = desk.day("2021-03-06".parse().unwrap(), &[]);
        assert!(told.reports.is_empty() && told.agreements.is_empty());
    }
}
