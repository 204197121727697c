//! Takes a store, gives a desk that adds reports to its ledger and answers questions of it.
//! Invariant: what is told as added is in the store; the ledger in memory is a replay of the store's entries.

mod answers;
mod brief;
mod sources;
mod why;

pub use sources::RatingError;

use crate::{
    excerpt::excerpt,
    meant::TermError,
    quotes,
    record::record,
    reports::{ReportDesk, nothing_to_read},
    shapes::{
        agreement::SummaryShape,
        dossier::{DossierShape, SpanPart},
    },
};
use jiff::civil::Date;
use std::{cell::RefCell, collections::BTreeMap};
use sulh_ledger::{
    FindError, Ledger, Registers, ReplayError, Taken,
    decision::{self, Decision},
    log::{Entry, EntryKind, RecordedAt},
    report::Told,
    stored::{PayloadError, encode},
    verdict::{Dossier, Question, Quote, Summary},
};
use sulh_model::{
    actor::ActorKind,
    agreement::Standing,
    links::Links,
    page::{CaptureId, PageAbout},
    register::{ActorRegister, RegisterError, SourceRegister, folded},
    span::Span,
    time::UncertainDate,
};
use sulh_page::Transport;
use sulh_store::{Archived, LedgerStore, NewEntry, StoreError};

/// What the world gives to an entry.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The day the report is taken in.
    pub day: Date,
    /// The moment.
    pub recorded_at: RecordedAt,
    /// Random bytes for the entry's commitment.
    pub salt: [u8; 32],
}

/// What became of a report that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the ledger now.
    New {
        /// Its entry.
        seq: u64,
    },
    /// It was there, as an older reader read it; both readings are there now.
    AnotherReader {
        /// Its entry.
        seq: u64,
    },
    /// It was there as this reader reads it: nothing was written.
    Known {
        /// Its entry.
        seq: u64,
    },
    /// There is nothing to read in it: nothing was written.
    Nothing {
        /// Why.
        reason: &'static str,
    },
}

/// Which agreements are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Their place's name holds this.
    pub place: Option<String>,
    /// A party's name holds this.
    pub party: Option<String>,
    /// They may have been concluded on this day or later.
    pub from: Option<Date>,
    /// They may have been concluded on this day or earlier.
    pub to: Option<Date>,
}

/// Why the ledger did not do as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeskError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log does not replay.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// What was read cannot be written into an entry.
    #[error(transparent)]
    Payload(#[from] PayloadError),
    /// No such agreement, or several.
    #[error(transparent)]
    Find(#[from] FindError),
    /// No such term, or several.
    #[error(transparent)]
    Term(#[from] TermError),
    /// A rating that would count for nothing.
    #[error(transparent)]
    Rating(#[from] RatingError),
    /// The program's own registers.
    #[error("the program's own registers cannot be loaded: {0}; install sulh again")]
    Registers(#[from] RegisterError),
}

/// Keeps a ledger.
pub struct LedgerDesk<S> {
    store: S,
    ledger: Ledger,
    /// A text is fetched once for all its quotes.
    texts: RefCell<BTreeMap<CaptureId, Option<String>>>,
}

impl<S: LedgerStore> LedgerDesk<S> {
    /// The desk of a store: its log is replayed.
    pub fn open(store: S) -> Result<Self, DeskError> {
        let registers = Registers {
            sources: SourceRegister::shipped()?,
            actors: ActorRegister::shipped()?,
            links: Links::shipped()?,
        };
        let ledger = Ledger::replay(registers, &store.entries()?)?;
        Ok(Self { store, ledger, texts: RefCell::default() })
    }

    /// Reads a report that came by itself and takes it into the ledger.
    pub fn add(
        &mut self,
        reports: &ReportDesk,
        bytes: &[u8],
        about: PageAbout,
        moment: Moment,
    ) -> Result<Added, DeskError> {
        self.add_arrived(reports, bytes, about, Transport::default(), moment)
    }

    /// Reads a report that came out of a feed or an archive, or from a server, and takes it into the ledger.
    pub fn add_arrived(
        &mut self,
        reports: &ReportDesk,
        bytes: &[u8],
        about: PageAbout,
        transport: Transport,
        moment: Moment,
    ) -> Result<Added, DeskError> {
        // An undated page was there to be known on the day an archive captured it.
        let archived = transport.captured.map_or(moment.day, |day| day.min(moment.day));
        let (page, reading) = reports.read(bytes, about, transport);
        if let Some(reason) = nothing_to_read(&page) {
            return Ok(Added::Nothing { reason });
        }
        let told = record(&page, reading, reports.reader(), archived);
        if let Some(seq) = self.ledger.holds(&told.report) {
            return Ok(Added::Known { seq });
        }
        let entry = NewEntry {
            recorded_at: moment.recorded_at,
            kind: EntryKind::Report,
            payload: encode(&told)?,
            salt: moment.salt,
        };
        let read_from = [Archived::capture(None, bytes), Archived::page_text(&page.text)];
        let seq = self.store.append(entry.clone(), &read_from)?.seq;
        self.take(seq, entry)
    }

    /// Takes a person's decision into the ledger; gives its entry.
    pub fn decide(&mut self, decision: &Decision, moment: Moment) -> Result<u64, DeskError> {
        let entry = NewEntry {
            recorded_at: moment.recorded_at,
            kind: decision.what.entry_kind(),
            payload: decision::encode(decision)?,
            salt: moment.salt,
        };
        let seq = self.store.append(entry.clone(), &[])?.seq;
        self.take(seq, entry)?;
        Ok(seq)
    }

    /// Takes what the store acknowledged into the ledger in memory, with what others added before it.
    fn take(&mut self, seq: u64, new: NewEntry) -> Result<Added, DeskError> {
        if seq > self.ledger.last() + 1 {
            for entry in self.store.entries()? {
                if entry.seq > self.ledger.last() && entry.seq < seq {
                    self.ledger.take(&entry)?;
                }
            }
        }
        let entry = Entry::new(seq, new.recorded_at, new.kind, new.payload, new.salt);
        Ok(match self.ledger.take(&entry)? {
            Taken::AnotherReader => Added::AnotherReader { seq },
            // Another process added the same report a moment ago: both entries stay, one counts.
            Taken::New | Taken::Again | Taken::Decision => Added::New { seq },
        })
    }

    /// The agreements that are known of, those with terms first, then by place and name.
    pub fn agreements(&self, question: Question, filter: &Filter) -> Vec<SummaryShape> {
        let mut found = self.ledger.agreements(question);
        found.retain(|summary| fits(summary, filter));
        found.sort_by_cached_key(|summary| {
            let place = summary.place.as_ref().map(|place| folded(&place.name));
            let later = (summary.terms == 0, summary.standing != Standing::Reported);
            (later, place, summary.name.clone(), summary.key.clone())
        });
        found.iter().map(Into::into).collect()
    }

    /// The dossier of the agreement that was meant, in the shape it is printed in.
    pub fn show(&self, wanted: &str, question: Question) -> Result<DossierShape, DeskError> {
        let dossier = self.dossier(wanted, question)?;
        Ok(DossierShape::of(&dossier, &|quote| self.words(quote)))
    }

    /// The dossier of the agreement that was meant, as the ledger gives it to an export.
    pub fn dossier(&self, wanted: &str, question: Question) -> Result<Dossier, DeskError> {
        Ok(self.ledger.dossier_of(wanted, question)?)
    }

    /// The reports a question may see, each as its newest reader read it.
    pub fn reports(&self, question: Question) -> Vec<&Told> {
        self.ledger.reports(question)
    }

    /// The number of the last entry; 0 before the first.
    pub const fn last(&self) -> u64 {
        self.ledger.last()
    }

    /// The words around a span of a report, and where its own words stand in them; nothing where they may
    /// not be shown.
    pub fn excerpt(&self, told: &Told, span: Span) -> Option<(String, Span)> {
        let mut texts = self.texts.borrow_mut();
        let id = &told.report.text;
        let text = texts.entry(id.clone()).or_insert_with(|| self.text(id));
        excerpt(text.as_deref()?, &told.blocks, span)
    }

    /// The words of a span of a dossier; nothing where they may not be shown.
    pub fn quote(&self, span: &SpanPart) -> Option<String> {
        let (page, text) = (CaptureId::parse(&span.page)?, CaptureId::parse(&span.page_text)?);
        self.words(&Quote { page, text, span: Span::new(span.start, span.end) })
    }

    /// Reads the text that was kept with the entry: another splitter of the same capture counts otherwise.
    fn words(&self, quote: &Quote) -> Option<String> {
        let blocks = self.ledger.blocks(quote)?.iter().map(|block| (block.kind, block.span));
        let mut texts = self.texts.borrow_mut();
        let text = texts.entry(quote.text.clone()).or_insert_with(|| self.text(&quote.text));
        quotes::words(text.as_deref()?, blocks, quote.span)
    }

    fn text(&self, id: &CaptureId) -> Option<String> {
        String::from_utf8(self.store.archived(id).ok().flatten()?.bytes).ok()
    }
}

/// True when an agreement is one of those that are wanted.
fn fits(summary: &Summary, filter: &Filter) -> bool {
    let holds = |name: &str, wanted: &str| folded(name).contains(&folded(wanted));
    let place = |wanted: &str| {
        summary.place.as_ref().is_some_and(|place| {
            holds(&place.name, wanted)
                || place.known().is_some_and(|known| holds(&known.name, wanted))
        })
    };
    let party = |wanted: &str| {
        // Nobody is to be found by the name of a person.
        let mut actors = summary.actors.iter().filter(|who| who.kind != Some(ActorKind::Person));
        actors.any(|who| {
            // The register's id is the plain name: "SAA" is found as "Syrian Arab Army" too.
            let id = who.register_id.as_deref();
            holds(&who.name, wanted) || id.is_some_and(|id| holds(id, wanted))
        })
    };
    let first = summary.concluded.as_ref().and_then(UncertainDate::earliest);
    let last = summary.concluded.as_ref().and_then(UncertainDate::latest);
    filter.place.as_deref().is_none_or(place)
        && filter.from.zip(last).is_none_or(|(from, last)| from <= last)
        && filter.to.zip(first).is_none_or(|(to, first)| first <= to)
        && filter.party.as_deref().is_none_or(party)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStore;
    use sulh_model::actor::Who;

    const REPORT: &str = "The army and local leaders of Tafas reached an initial truce agreement, \
        the Syrian Observatory for Human Rights (SOHR) reported on 9 February.\n\
        Under the agreement, the following terms will be carried out:\n\
        - The army will lift the siege of the town.\n";

    #[test]
    fn quotes_come_from_the_kept_text_whatever_a_splitter_makes_of_the_capture() {
        let about = PageAbout {
            source: "a.txt".into(),
            url: None,
            title: None,
            publisher: None,
            published: None,
        };
        let day: Date = "2021-02-10".parse().unwrap();
        let (page, reading) =
            ReportDesk::new([7; 32]).unwrap().read(REPORT.as_bytes(), about, Transport::default());
        let mut told = record(&page, reading, "0.1.0", day);
        // Bytes that no splitter of today makes this text of.
        let capture = Archived::capture(None, b"<p>Another text.</p>");
        told.report.capture = capture.address();
        let mut store = MemoryStore::default();
        let entry = NewEntry {
            recorded_at: RecordedAt::parse("2021-02-10T08:00:00Z").unwrap(),
            kind: EntryKind::Report,
            payload: encode(&told).unwrap(),
            salt: [0; 32],
        };
        store.append(entry, &[capture, Archived::page_text(&page.text)]).unwrap();
        let desk = LedgerDesk::open(store).unwrap();
        let question = Question { as_of: day, known_by: day, recorded_by: None };
        let dossier = desk.show("Tafas", question).unwrap();
        let said: Vec<String> =
            dossier.terms[0].because[0].spans.iter().filter_map(|span| desk.quote(span)).collect();
        assert_eq!(said, ["The army will lift the siege of the town."]);
    }

    #[test]
    fn a_force_is_found_by_its_name_and_nobody_is_found_by_a_persons() {
        let about = PageAbout {
            source: "a.txt".into(),
            url: None,
            title: None,
            publisher: None,
            published: None,
        };
        let day: Date = "2021-02-10".parse().unwrap();
        let recorded_at = RecordedAt::parse("2021-02-10T08:00:00Z").unwrap();
        let moment = Moment { day, recorded_at, salt: [0; 32] };
        let mut desk = LedgerDesk::open(MemoryStore::default()).unwrap();
        let reports = ReportDesk::new([7; 32]).unwrap();
        desk.add(&reports, REPORT.as_bytes(), about, moment).unwrap();
        let question = Question { as_of: day, known_by: day, recorded_by: None };
        let mut summary = desk.ledger.agreements(question).remove(0);
        let person = Who { kind: Some(ActorKind::Person), ..summary.actors[0].clone() };
        summary.actors.push(Who { name: "So-and-so".into(), register_id: None, ..person });
        let check = |party: &str, expected: bool| {
            let filter = Filter { party: Some(party.to_owned()), ..Filter::default() };
            assert_eq!(fits(&summary, &filter), expected, "{party}");
        };
        check("Army", true);
        check("local leaders", true);
        check("So-and-so", false);
        check("navy", false);
    }
}
