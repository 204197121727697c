//! Takes a decoded report, gives a flaw where an id points at nothing.
//! Invariant: after it, every id of the reading can be followed; a cut or invented payload cannot mislead the rules.

use super::Flaw;
use crate::report::Told;
use std::collections::BTreeSet;
use sulh_model::{
    agreement::AgreementId,
    event::Event,
    page::BlockId,
    reading::Reading,
    statement::{StatementId, Target},
    term::{ElementId, Term, TermId},
};

struct Ids {
    statements: BTreeSet<StatementId>,
    agreements: BTreeSet<AgreementId>,
    terms: BTreeSet<TermId>,
    elements: BTreeSet<ElementId>,
    events: BTreeSet<sulh_model::event::EventId>,
}

/// Follows every id.
pub(super) fn check(told: &Told) -> Result<(), Flaw> {
    blocks(told)?;
    let reading = &told.reading;
    let ids = Ids::of(reading)?;
    for agreement in &reading.agreements {
        let pressure = agreement.pressure.iter().map(|pressure| pressure.statement);
        for id in agreement.statements.iter().copied().chain(pressure) {
            ids.statement(id)?;
        }
        agreement.predecessors.iter().try_for_each(|id| ids.agreement(*id))?;
    }
    reading.terms.iter().try_for_each(|term| ids.term_whole(term))?;
    reading.events.iter().try_for_each(|event| ids.event_whole(event))?;
    for stage in &reading.stages {
        ids.agreement(stage.agreement)?;
        ids.statement(stage.statement)?;
    }
    for target in reading.statements.iter().flat_map(|statement| &statement.refers_to) {
        match target {
            Target::Event(id) => present(&ids.events, *id, "event")?,
            Target::Term(id) => ids.term(*id)?,
            Target::Agreement(id) => ids.agreement(*id)?,
        }
    }
    Ok(())
}

fn blocks(told: &Told) -> Result<(), Flaw> {
    let known = |id: BlockId| (id.0 as usize) < told.blocks.len();
    for (at, block) in told.blocks.iter().enumerate() {
        if let Some(parent) = block.parent
            && parent.0 as usize >= at
        {
            return Err(Flaw::new("earlier block", parent.0));
        }
    }
    for statement in &told.reading.statements {
        let around = statement.spans.iter().map(|role_span| role_span.block);
        if let Some(id) = around.chain([statement.block]).find(|id| !known(*id)) {
            return Err(Flaw::new("block", id.0));
        }
    }
    Ok(())
}

fn present<T: Ord + std::fmt::Display>(
    among: &BTreeSet<T>,
    id: T,
    what: &'static str,
) -> Result<(), Flaw> {
    if among.contains(&id) { Ok(()) } else { Err(Flaw::new(what, id)) }
}

fn distinct<T: Ord + Copy + std::fmt::Display>(
    ids: impl Iterator<Item = T>,
) -> Result<BTreeSet<T>, Flaw> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(Flaw::new("id of one thing only", id));
        }
    }
    Ok(seen)
}

impl Ids {
    fn of(reading: &Reading) -> Result<Self, Flaw> {
        let elements = reading.terms.iter().flat_map(|term| &term.elements);
        Ok(Self {
            statements: distinct(reading.statements.iter().map(|statement| statement.id))?,
            agreements: distinct(reading.agreements.iter().map(|agreement| agreement.id))?,
            terms: distinct(reading.terms.iter().map(|term| term.id))?,
            elements: distinct(elements.map(|element| element.id))?,
            events: distinct(reading.events.iter().map(|event| event.id))?,
        })
    }

    fn statement(&self, id: StatementId) -> Result<(), Flaw> {
        present(&self.statements, id, "statement")
    }

    fn agreement(&self, id: AgreementId) -> Result<(), Flaw> {
        present(&self.agreements, id, "agreement")
    }

    fn term(&self, id: TermId) -> Result<(), Flaw> {
        present(&self.terms, id, "term")
    }

    fn term_whole(&self, term: &Term) -> Result<(), Flaw> {
        self.agreement(term.agreement)?;
        self.statement(term.statement)?;
        let others = term.depends_on.iter().map(|dependency| dependency.term);
        others.chain(term.alternative_of).try_for_each(|id| self.term(id))?;
        if term.elements.is_empty() {
            return Err(Flaw::new("term with an element", term.id));
        }
        match term.elements.iter().find(|element| element.id.term != term.id) {
            Some(stray) => Err(Flaw::new("element of its term", stray.id)),
            None => Ok(()),
        }
    }

    fn event_whole(&self, event: &Event) -> Result<(), Flaw> {
        self.statement(event.statement)?;
        event.agreement.map_or(Ok(()), |id| self.agreement(id))?;
        event.term.map_or(Ok(()), |id| self.term(id))?;
        event.element.map_or(Ok(()), |id| present(&self.elements, id, "element"))
    }
}
