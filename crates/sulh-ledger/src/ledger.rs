//! Takes the entries of the log one by one, answers questions on the three clocks.
//! Invariant: an answer is a function of the entries up to a number, the registers and the question;
//! replaying them in one go gives the same answer as taking them one at a time.

use crate::{
    decision::{Decision, Decisions, Rating},
    dossier,
    find::{self, FindError, Named},
    link::{AgreementKey, Cluster, Item, Linked, Telling, items, link},
    log::Entry,
    propositions::Scene,
    report::{KeptBlock, Report, ReportIdentity, Told},
    rules::voucher::Registers,
    stored::{Carried, PayloadError, carried},
    verdict::{Dossier, Question, Quote, Summary},
};
use std::collections::BTreeMap;
use sulh_model::page::CaptureId;

/// What taking an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The report was not known.
    New,
    /// The report was known, read by another reader; the newer reader's output counts.
    AnotherReader,
    /// The report was known as read by this very reader: nothing changes.
    Again,
    /// It was a decision of a person.
    Decision,
}

/// Why an entry was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// It is not the next one.
    #[error("entry {found} follows entry {last} in the log; run `sulh verify` on the ledger")]
    OutOfOrder {
        /// The entry before.
        last: u64,
        /// The entry that came.
        found: u64,
    },
    /// Its payload cannot be read.
    #[error("entry {seq}: {problem}")]
    Payload {
        /// Which.
        seq: u64,
        /// Why.
        problem: PayloadError,
    },
}

struct Record {
    seq: u64,
    told: Told,
}

/// The ledger: what the log says, and the registers it is judged by.
pub struct Ledger {
    registers: Registers,
    last: u64,
    /// Every reading of every report, in the order of the log; superseded ones stay.
    records: Vec<Record>,
    by_identity: BTreeMap<ReportIdentity, Vec<usize>>,
    /// By capture and text, the record of the newest reader of that very text: every quote asks for it.
    by_text: BTreeMap<(CaptureId, CaptureId), usize>,
    /// Every decision, in the order of the log; withdrawn ones stay.
    decisions: Vec<(u64, Decision)>,
}

impl Ledger {
    /// A ledger without entries.
    pub const fn new(registers: Registers) -> Self {
        Self {
            registers,
            last: 0,
            records: Vec::new(),
            by_identity: BTreeMap::new(),
            by_text: BTreeMap::new(),
            decisions: Vec::new(),
        }
    }

    /// The ledger of a log.
    pub fn replay<'a>(
        registers: Registers,
        entries: impl IntoIterator<Item = &'a Entry>,
    ) -> Result<Self, ReplayError> {
        let mut ledger = Self::new(registers);
        for entry in entries {
            ledger.take(entry)?;
        }
        Ok(ledger)
    }

    /// Takes the next entry of the log.
    pub fn take(&mut self, entry: &Entry) -> Result<Taken, ReplayError> {
        if entry.seq != self.last + 1 {
            return Err(ReplayError::OutOfOrder { last: self.last, found: entry.seq });
        }
        let carried = carried(entry.kind, &entry.payload)
            .map_err(|problem| ReplayError::Payload { seq: entry.seq, problem })?;
        let told = match carried {
            Carried::Report(told) => *told,
            Carried::Decision(decision) => {
                self.last = entry.seq;
                self.decisions.push((entry.seq, decision));
                return Ok(Taken::Decision);
            }
        };
        self.last = entry.seq;
        let taken = match self.held(&told.report) {
            Held::No => Taken::New,
            Held::ByAnother => Taken::AnotherReader,
            Held::Yes => return Ok(Taken::Again),
        };
        self.by_identity.entry(told.report.identity()).or_default().push(self.records.len());
        self.keep_newest_of_text(&told);
        self.records.push(Record { seq: entry.seq, told });
        Ok(taken)
    }

    /// The number of the last entry taken; 0 before the first.
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// The entry that holds this report as this reader read it, or a later or more careful one. Ask before appending:
    /// again is a no-op.
    pub fn holds(&self, report: &Report) -> Option<u64> {
        let readings = self.by_identity.get(&report.identity())?;
        let mut records = readings.iter().map(|at| &self.records[*at]);
        let at_least =
            |record: &&Record| record.told.report.reader_order() >= report.reader_order();
        records.find(at_least).map(|record| record.seq)
    }

    /// Every report a question may see, in the order of the log; of several readings the newest reader's.
    pub fn reports(&self, question: Question) -> Vec<&Told> {
        let mut found: Vec<&Record> = self
            .by_identity
            .values()
            .filter_map(|readings| self.newest(readings, question))
            .collect();
        found.sort_by_key(|record| record.seq);
        found.into_iter().map(|record| &record.told).collect()
    }

    /// Every agreement a question may see, by key.
    pub fn agreements(&self, question: Question) -> Vec<Summary> {
        self.with(question, |scene, linked| {
            let clusters = linked.clusters.iter();
            clusters.filter_map(|cluster| dossier::summary(scene, cluster)).collect()
        })
    }

    /// The agreement that was meant by an id, or by part of a name or place.
    pub fn find(&self, wanted: &str, question: Question) -> Result<AgreementKey, FindError> {
        self.with(question, |scene, linked| find::find(&named(scene, linked), wanted))
    }

    /// The dossier of the agreement that was meant, as by [`Self::find`]: linked once for both.
    pub fn dossier_of(&self, wanted: &str, question: Question) -> Result<Dossier, FindError> {
        let later = self.recorded_later(question);
        self.with(question, |scene, linked| {
            let key = find::find(&named(scene, linked), wanted)?;
            let mut clusters = linked.clusters.iter();
            let found = clusters.find(|cluster| cluster.key == key);
            let dossier = found.and_then(|it| dossier::dossier(scene, linked, it, question, later));
            // What was just found is there.
            dossier.ok_or_else(|| FindError::None {
                wanted: wanted.to_owned(),
                known: "it has no dossier at these days".to_owned(),
            })
        })
    }

    /// Everything about an agreement; nothing when the question may not see it. The key of any of its
    /// tellings leads to it: which of them is the anchor can change when an earlier report arrives late.
    pub fn dossier(&self, key: &AgreementKey, question: Question) -> Option<Dossier> {
        let later = self.recorded_later(question);
        self.with(question, |scene, linked| {
            let is_it = |telling: &Telling| telling.key == *key;
            let cluster = linked.clusters.iter().find(|it| it.tellings.iter().any(is_it))?;
            dossier::dossier(scene, linked, cluster, question, later)
        })
    }

    /// Everything about every agreement a question may see, by key.
    pub fn dossiers(&self, question: Question) -> Vec<Dossier> {
        let later = self.recorded_later(question);
        self.with(question, |scene, linked| {
            let clusters = linked.clusters.iter();
            let dossier = |cluster| dossier::dossier(scene, linked, cluster, question, later);
            clusters.filter_map(dossier).collect()
        })
    }

    /// The ratings of sources that a question may see and that hold, in the order of the log.
    pub fn ratings(&self, question: Question) -> Vec<(u64, &Decision, &Rating)> {
        self.decided(question).ratings().collect()
    }

    /// The registers the ledger is judged by, before any rating.
    pub const fn registers(&self) -> &Registers {
        &self.registers
    }

    /// Every decision a question may see, in the order of the log, withdrawn ones included.
    pub fn decisions(
        &self,
        question: Question,
    ) -> impl DoubleEndedIterator<Item = (u64, &Decision)> {
        let seen = move |seq: u64| question.recorded_by.is_none_or(|last| seq <= last);
        let all = self.decisions.iter().map(|(seq, decision)| (*seq, decision));
        all.filter(move |(seq, _)| seen(*seq))
    }

    /// The blocks of the text a quote stands in, as the newest reader of that very text split it; nothing
    /// for a text no report was read from.
    pub fn blocks(&self, quote: &Quote) -> Option<&[KeptBlock]> {
        let at = self.by_text.get(&(quote.page.clone(), quote.text.clone()))?;
        Some(&self.records[*at].told.blocks)
    }

    /// Of two readings by one reader the later one counts.
    fn keep_newest_of_text(&mut self, told: &Told) {
        let key = (told.report.capture.clone(), told.report.text.clone());
        let kept = self.by_text.get(&key).map(|at| &self.records[*at].told.report);
        if kept.is_none_or(|kept| kept.reader_order() <= told.report.reader_order()) {
            self.by_text.insert(key, self.records.len());
        }
    }

    /// How many reports were published in time and first recorded after the entry that was asked for. A
    /// report that a newer reader reads again was there before.
    fn recorded_later(&self, question: Question) -> usize {
        let whole = Question { recorded_by: None, ..question };
        let is_later = |readings: &&Vec<usize>| {
            self.newest(readings, question).is_none() && self.newest(readings, whole).is_some()
        };
        self.by_identity.values().filter(is_later).count()
    }

    fn decided(&self, question: Question) -> Decisions<'_> {
        Decisions::of(self.decisions(question), question.known_by)
    }

    fn with<T>(&self, question: Question, answer: impl FnOnce(Scene<'_>, &Linked) -> T) -> T {
        let told = self.reports(question);
        let decisions = self.decided(question);
        let registers = decisions.registers(&self.registers);
        let items: Vec<Item<'_>> = items(&told, &registers.sources);
        let linked = link(&items, &registers, &decisions);
        let scene = Scene {
            items: &items,
            registers: &registers,
            decisions: &decisions,
            as_of: question.as_of,
        };
        answer(scene, &linked)
    }

    fn newest(&self, readings: &[usize], question: Question) -> Option<&Record> {
        let seen = readings.iter().map(|at| &self.records[*at]).filter(|record| {
            question.recorded_by.is_none_or(|last| record.seq <= last)
                && record.told.report.known_from().day <= question.known_by
        });
        seen.max_by(|left, right| {
            left.told.report.reader_order().cmp(&right.told.report.reader_order())
        })
    }

    fn held(&self, report: &Report) -> Held {
        let Some(readings) = self.by_identity.get(&report.identity()) else { return Held::No };
        let records = readings.iter().map(|at| &self.records[*at]);
        let mut same = records.filter(|record| record.told.report.reader == report.reader);
        same.next().map_or(Held::ByAnother, |_| Held::Yes)
    }
}

/// What the agreements are called, without weighing any of them.
fn named<'a>(scene: Scene<'a>, linked: &'a Linked) -> Vec<Named<'a>> {
    let named = |cluster: &'a Cluster| {
        let told = cluster.agreement(scene.items)?;
        Some(Named {
            key: &cluster.key,
            name: &told.name,
            place: told.place.as_ref(),
            terms: cluster.terms.len(),
            standing: told.standing,
        })
    };
    linked.clusters.iter().filter_map(named).collect()
}

enum Held {
    No,
    ByAnother,
    Yes,
}
