//! What a page says: statements with who says so and how sure, agreements, terms, events, dates, places, actors.
//! Takes a split page, gives a `Reading`. Invariant: reading never fails; what was doubtful is a note, and
//! every span fits the page's text.

mod actors;
mod agreements;
mod attribution;
mod classes;
mod conflicts;
pub mod dates;
mod effort;
mod events;
mod factuality;
mod frames;
mod governors;
mod order;
mod passage;
mod places;
mod quantities;
#[cfg(test)]
mod rule_examples;
mod rules;
mod scene;
mod structure;
mod terms;
mod told;
mod units;
#[cfg(test)]
mod word_examples;

pub use effort::Effort;
pub use rules::RulesError;

use actors::ActorNames;
use agreements::DealWords;
use attribution::Speakers;
use classes::Classes;
use conflicts::Conflicts;
use effort::Bearing;
use factuality::Doubt;
use frames::Frames;
use governors::Governors;
use places::Gazetteer;
use quantities::Quantities;
use sulh_model::actor::Who;
use sulh_model::agreement::Standing;
use sulh_model::links::Links;
use sulh_model::note::{Note, NoteCode};
use sulh_model::page::{BlockId, Page};
use sulh_model::reading::Reading;
use sulh_model::span::Span;
use sulh_syntax::{Analyzer, Depth};
use terms::ConditionWords;

/// The stretches of a page that are read, each with its block: adverts, boilerplate, bylines and datelines are not.
pub fn stretches(page: &Page) -> Vec<(BlockId, Span)> {
    let passages = passage::passages(page);
    passages
        .into_iter()
        .flat_map(|passage| {
            let block = passage.block;
            passage.stretches.into_iter().map(move |stretch| (block, stretch))
        })
        .collect()
}

/// Reads pages. Built once, used for every page.
#[derive(Debug)]
pub struct Reader {
    analyzer: Analyzer,
    classes: Classes,
    names: ActorNames,
    speakers: Speakers,
    gazetteer: Gazetteer,
    conflicts: Conflicts,
    doubt: Doubt,
    deals: DealWords,
    conditions: ConditionWords,
    links: Links,
    governors: Governors,
    quantities: Quantities,
    term_frames: Frames,
    event_frames: Frames,
}

impl Reader {
    /// The reader with the rules, word lists, registers and gazetteer that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        Self::new(Analyzer::shipped(Depth::Both)?)
    }

    /// The reader with an analyser of one's own.
    pub fn new(analyzer: Analyzer) -> Result<Self, RulesError> {
        let classes = Classes::shipped()?;
        Ok(Self {
            analyzer,
            names: ActorNames::shipped()?,
            speakers: Speakers::shipped()?,
            gazetteer: Gazetteer::shipped()?,
            conflicts: Conflicts::shipped()?,
            doubt: Doubt::shipped()?,
            deals: DealWords::shipped()?,
            conditions: ConditionWords::shipped()?,
            links: Links::shipped()?,
            governors: Governors::shipped()?,
            quantities: Quantities::shipped(&classes)?,
            term_frames: Frames::shipped("terms", &classes)?,
            event_frames: Frames::shipped("events", &classes)?,
            classes,
        })
    }

    /// Reads a page as carefully as can be.
    pub fn read(&self, page: &Page) -> Reading {
        self.read_with(page, Effort::Full)
    }

    /// Reads a page with as much work as it is worth.
    pub fn read_with(&self, page: &Page, effort: Effort) -> Reading {
        match effort {
            Effort::Fast => self.read_at(page, &|_| Depth::Fast),
            Effort::Full => self.read_at(page, &|_| Depth::Both),
            Effort::Triaged => {
                let first = self.read_at(page, &|_| Depth::Fast);
                let bearing = Bearing::of(&first);
                if bearing.is_empty() {
                    return first;
                }
                self.read_at(page, &|sentence| bearing.depth(sentence))
            }
        }
    }

    /// Reads a page, each sentence as deep as it is asked for.
    fn read_at(&self, page: &Page, depth: &dyn Fn(Span) -> Depth) -> Reading {
        let passages = passage::passages(page);
        let mut telling = self.tell(page, &passages, depth);
        if page.about.published.is_none() && !page.text.trim().is_empty() {
            telling.notes.push(Note::new(
                NoteCode::PublishedUnknown,
                Span::new(0, 0),
                "the page has no publication day: dates told by it stay open",
            ));
        }
        let earliest = page.about.published.as_ref().and_then(|date| date.earliest());
        let mut deals = agreements::with_unnamed(
            self,
            &telling,
            agreements::gather(&telling, &self.deals, earliest),
        );
        let (mut agreements, stages) = self.agreements(page, &mut telling, &mut deals);
        let standings: Vec<Standing> =
            agreements.iter().map(|agreement| agreement.standing).collect();
        let mut terms = self.terms(&mut telling, &deals, &standings);
        let mut events = self.events(&mut telling, &deals, &agreements, &terms);
        if let Some(current) =
            agreements.iter().position(|agreement| agreement.standing == Standing::Reported)
        {
            agreements[current].pressure =
                self.pressure(&telling, &deals[current], &events, &agreements[current]);
        }
        let conflict = agreements.iter().find_map(|agreement| agreement.conflict.clone());
        let day = page.about.published.as_ref().and_then(|date| date.latest());
        let parties = agreements
            .iter_mut()
            .flat_map(|agreement| agreement.parties.iter_mut().map(|party| &mut party.who));
        let bearers = terms
            .iter_mut()
            .flat_map(|term| term.bearer.iter_mut().chain(term.beneficiary.iter_mut()));
        let doers = events
            .iter_mut()
            .flat_map(|event| event.actors.iter_mut().chain(event.targets.iter_mut()));
        for who in parties.chain(bearers).chain(doers) {
            self.settle_side(who, conflict.as_deref(), day);
        }
        let stages = order::in_order(
            &mut telling.statements,
            &mut agreements,
            &mut terms,
            &mut events,
            stages,
        );
        let doubts = structure::notes(&telling);
        telling.notes.extend(doubts);
        telling.notes.sort_by_key(|note| (note.span, note.code));
        telling.notes.dedup();
        Reading {
            statements: telling.statements,
            agreements,
            terms,
            events,
            stages,
            notes: telling.notes,
        }
    }

    /// An actor's side is the register's for the conflict and the day; a side the wording gives must be one
    /// the conflict has.
    fn settle_side(&self, who: &mut Who, conflict: Option<&str>, day: Option<jiff::civil::Date>) {
        let registered = who.register_id.as_ref().and_then(|id| self.names.register().get(id));
        let by_register = registered
            .zip(conflict)
            .and_then(|(actor, conflict)| actor.side(conflict, day))
            .map(str::to_owned);
        let by_words = who.side.take().filter(|side| {
            conflict.is_some_and(|conflict| self.conflicts.has_side(conflict, side))
        });
        who.side = by_register.or(by_words);
    }
}
