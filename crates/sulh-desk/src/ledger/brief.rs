//! Takes two days, gives the brief over all agreements between them.
//! Invariant: what changed is what `diff` says; the first day counts, so the comparison is with the day before it.

use super::LedgerDesk;
use crate::{
    brief::{day_before, due, open, quiet, reversals},
    shapes::{
        brief::{BriefShape, SCHEMA},
        dossier::{DossierShape, SpanPart},
    },
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use sulh_ledger::verdict::Question;
use sulh_store::LedgerStore;

impl<S: LedgerStore> LedgerDesk<S> {
    /// What moved from a day to another, both included, and what is due, quiet and open at the end.
    pub fn brief(&self, since: Date, until: Date) -> BriefShape {
        let known = |day| Question { as_of: day, known_by: day, recorded_by: None };
        let (earlier, later) = (known(day_before(since)), known(until));
        let changed = self.diffs(earlier, later);
        let dossiers: Vec<DossierShape> =
            self.dossiers(later).into_iter().map(|(_, dossier)| dossier).collect();
        let mut published: BTreeMap<String, Date> = BTreeMap::new();
        for told in self.ledger.reports(later) {
            let day = told.report.known_from().day;
            let last = published.entry(told.report.capture.to_string()).or_insert(day);
            *last = (*last).max(day);
        }
        let last = |span: &SpanPart| published.get(&span.page).copied();
        BriefShape {
            schema: SCHEMA,
            since: since.to_string(),
            until: until.to_string(),
            agreements: dossiers.len(),
            reversals: reversals(&changed),
            due: due(&dossiers, until),
            quiet: quiet(&dossiers, until, last),
            open: open(&dossiers),
            changed,
        }
    }
}
