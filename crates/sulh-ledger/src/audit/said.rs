//! R0, R8, R10. Takes the tellings of an agreement, gives every proposition with the words for and against it.
//! Invariant: what nobody says is no proposition; what is said of the whole moves no term.

use super::{
    Case, Said,
    again::told_apart,
    word::{Doubt, Word, bearing, days, place, word},
};
use crate::{
    link::{Act, Bears},
    propositions::Proposition,
    rules::transition::Transition,
};
use jiff::civil::Date;
use sulh_model::{
    agreement::{Agreement, Assent, Stage, Standing},
    event::{Aspect, Event, Relation},
    reading::Reading,
    statement::{Polarity, Statement},
    term::{ElementId, Mode, TermId},
    time::UncertainDate,
    vocabulary::EventKind,
};

/// Every proposition on an agreement.
pub(super) fn everything(case: Case<'_>) -> Said {
    let mut said = Said::new();
    for (at, telling) in case.cluster.tellings.iter().enumerate() {
        let reading = &case.told(telling.item).reading;
        let agreement = reading.agreement(telling.agreement).unwrap();
        let teller = Teller { case, at, item: telling.item, reading, agreement };
        let mut heard = teller.making();
        heard.extend(teller.stages());
        heard.extend(teller.promises());
        heard.extend(teller.acts());
        for (proposition, words) in heard {
            said.entry(proposition).or_default().extend(words);
        }
    }
    for act in &case.cluster.acts {
        // What takes something back counts once all that was told as completed is known.
        if act.bears == Bears::Performs {
            heed(&mut said, tied(case, act));
        }
    }
    for act in &case.cluster.acts {
        if act.bears == Bears::Undoes {
            let undone = taken_back(case, act, &said);
            heed(&mut said, undone);
        }
    }
    // A headline that repeats the body is no word of its own.
    for words in said.values_mut() {
        let bodies: Vec<usize> =
            words.iter().filter(|word| !word.in_headline).map(|word| word.item).collect();
        words.retain(|word| !word.in_headline || !bodies.contains(&word.item));
    }
    said.retain(|_, words| !words.is_empty());
    told_apart(said)
}

type Heard = Vec<(Proposition, Option<Word>)>;

struct Teller<'a> {
    case: Case<'a>,
    /// Its place among the tellings.
    at: usize,
    item: usize,
    reading: &'a Reading,
    agreement: &'a Agreement,
}

impl Teller<'_> {
    fn word(
        &self,
        statement: &Statement,
        bears: Option<(Doubt, bool)>,
        days: (Option<Date>, Date),
    ) -> Option<Word> {
        word(self.case, self.item, statement, bears, days)
    }

    /// Whether it was made, its stages, and who consented.
    fn making(&self) -> Heard {
        let mut heard = Heard::new();
        let standing = self.agreement.standing;
        let mut bears = bearing(self.agreement.agreed);
        if matches!(standing, Standing::Lead | Standing::OutOfScope) {
            bears = None;
        }
        if standing == Standing::Denied {
            bears = Some((bears.map_or(Doubt::None, |(doubt, _)| doubt), true));
        }
        if let Some(statement) = self.first_statement() {
            let word = self.word(statement, bears, self.made());
            if standing != Standing::Proposed {
                heard.push((Proposition::Agreed, word.clone()));
                for (ordinal, told) in self.agreement.parties.iter().enumerate() {
                    let party = self.party(ordinal);
                    match told.assent {
                        None | Some(Assent::Silent) => {}
                        Some(assent) => {
                            heard.push((
                                Proposition::Assent { party, assent, occurrence: 0 },
                                word.clone(),
                            ));
                        }
                    }
                }
            }
            if let Some(stage) = self.agreement.stage {
                heard.push((Proposition::Stage { stage, occurrence: 0 }, word));
            }
        }
        heard
    }

    /// Its place among the parties of all tellings.
    fn party(&self, ordinal: usize) -> usize {
        let parties = &self.case.cluster.parties;
        parties.iter().position(|party| party.tellings.contains(&(self.at, ordinal))).unwrap()
    }

    /// The stages it is told to have come to, by name or by what befell it.
    fn stages(&self) -> Heard {
        let mut heard = Heard::new();
        for told in &self.reading.stages {
            if told.agreement == self.agreement.id {
                let statement = self.reading.statement(told.statement).unwrap();
                let days = days(self.case, self.item, statement.happened.as_ref());
                let word = self.word(statement, of_act(statement), days);
                heard.push((Proposition::Stage { stage: told.stage, occurrence: 0 }, word));
            }
        }
        for event in &self.reading.events {
            let stage = match event.kind {
                EventKind::Extension => Stage::Extended,
                EventKind::Expiry => Stage::Expired,
                _ => continue,
            };
            if event.agreement == Some(self.agreement.id) && event.aspect != Aspect::Prospective {
                let statement = self.reading.statement(event.statement).unwrap();
                let days = days(self.case, self.item, happened(event, statement));
                heard.push((
                    Proposition::Stage { stage, occurrence: 0 },
                    self.word(statement, of_act(statement), days),
                ));
            }
        }
        heard
    }

    /// The statement that tells the making, in the body rather than in the headline.
    fn first_statement(&self) -> Option<&Statement> {
        let statements: Vec<&Statement> =
            self.agreement.statements.iter().filter_map(|id| self.reading.statement(*id)).collect();
        for in_headline in [false, true] {
            for statement in &statements {
                if place(self.case, self.item, statement) == Some(in_headline) {
                    return Some(statement);
                }
            }
        }
        statements.first().copied()
    }

    /// When it was made: no later than the first thing told of its performance or breach.
    fn made(&self) -> (Option<Date>, Date) {
        let told = self.agreement.concluded.as_ref();
        let told = told.or_else(|| self.first_statement()?.happened.as_ref());
        let (earliest, mut latest) = days(self.case, self.item, told);
        if self.agreement.concluded.as_ref().is_some_and(|day| day.edtf.latest().is_some()) {
            return (earliest, latest);
        }
        for event in &self.reading.events {
            let day = event.happened.as_ref().and_then(|day| day.edtf.latest());
            if let (true, Some(day)) = (self.is_meant(event), day)
                && matches!(event.relation, Relation::Implements | Relation::Violates)
                && event.aspect != Aspect::Prospective
                && earliest.is_none_or(|earliest| earliest <= day)
            {
                latest = latest.min(day);
            }
        }
        (earliest, latest)
    }

    fn is_meant(&self, event: &Event) -> bool {
        let of_term = event.term.and_then(|id| self.reading.term(id)).map(|term| term.agreement);
        event.agreement.or(of_term) == Some(self.agreement.id)
    }

    /// The first factuality of a term: does the source assert the promise?
    fn promises(&self) -> Heard {
        let mut heard = Heard::new();
        if matches!(self.agreement.standing, Standing::Lead | Standing::OutOfScope) {
            return heard;
        }
        for (at, term) in self.case.cluster.terms.iter().enumerate() {
            for (item, id) in &term.tellings {
                if *item == self.item {
                    let term = self.reading.term(*id).unwrap();
                    let statement = self.reading.statement(term.statement).unwrap();
                    let word = self.word(statement, bearing(term.agreed), self.made());
                    heard.push((Proposition::Promised { term: at }, word));
                }
            }
        }
        heard
    }

    /// What is told of the elements: the second factuality.
    fn acts(&self) -> Heard {
        let mut heard = Heard::new();
        for event in &self.reading.events {
            let statement = self.reading.statement(event.statement).unwrap();
            let days = days(self.case, self.item, happened(event, statement));
            let elements = self.elements(event);
            let alone = elements.len() == 1;
            for (term, element, mode) in elements {
                let not_done = event.kind == EventKind::NonPerformance;
                if !not_done && (!alone || event.aspect == Aspect::Prospective) {
                    // R8: the words must say which element; and what is to come moves nothing.
                    continue;
                }
                let bears =
                    if not_done { bearing(statement.factuality) } else { of_act(statement) };
                let denied = bears.is_some_and(|(_, denies)| denies);
                let transitions = match (not_done, event.relation) {
                    (true, _) => vec![Transition::NotDone],
                    (false, Relation::LeadsTo | Relation::None) => vec![],
                    (false, Relation::Violates) => vec![Transition::Breached],
                    (false, Relation::Implements) => {
                        performed(event, mode, denied, self.promised(term))
                    }
                };
                for transition in transitions {
                    let word = self.word(statement, bears, days);
                    heard.push((first(term, element, transition), word));
                }
            }
        }
        heard
    }

    fn elements(&self, event: &Event) -> Vec<(usize, usize, Mode)> {
        let mut meant = Vec::new();
        for (term, told) in self.case.cluster.terms.iter().enumerate() {
            for (element, told) in told.elements.iter().enumerate() {
                for (item, id) in &told.tellings {
                    let is_meant = match event.element {
                        Some(element) => element == *id,
                        None => event.term == Some(id.term),
                    };
                    if *item == self.item && is_meant {
                        meant.push((term, element, self.mode(*id)));
                    }
                }
            }
        }
        meant
    }

    fn promised(&self, term: usize) -> Option<u64> {
        let (item, id) = self.case.cluster.terms[term].tellings[0];
        promised(self.case, item, id)
    }

    fn mode(&self, id: ElementId) -> Mode {
        let elements = &self.reading.term(id.term).unwrap().elements;
        elements.iter().find(|element| element.id == id).unwrap().mode
    }
}

/// The promised number, where there is one.
fn promised(case: Case<'_>, item: usize, id: TermId) -> Option<u64> {
    case.told(item).reading.term(id).unwrap().quantity.as_ref()?.value
}

fn happened<'a>(event: &'a Event, statement: &'a Statement) -> Option<&'a UncertainDate> {
    event.happened.as_ref().or(statement.happened.as_ref())
}

const fn first(term: usize, element: usize, transition: Transition) -> Proposition {
    Proposition::Element { term, element, transition, occurrence: 0 }
}

/// What an event that carries a promise out says of its element.
fn performed(event: &Event, mode: Mode, denied: bool, promised: Option<u64>) -> Vec<Transition> {
    match event.aspect {
        Aspect::Suspended => return vec![Transition::Suspended],
        Aspect::Resumed => return vec![Transition::Resumed],
        Aspect::Prospective => return vec![],
        Aspect::Ongoing | Aspect::Completed => {}
    }
    if mode == Mode::Maintain {
        return vec![Transition::Observed];
    }
    // One of two detainees: a part completes nothing.
    let part = match &event.quantity {
        None => false,
        Some(told) => match (told.value, promised) {
            (Some(told), Some(promised)) => told < promised,
            (Some(_), None) => false,
            (None, _) => true,
        },
    };
    // "Are entering" = begun; "entered" = completed, which includes begun.
    match (event.aspect == Aspect::Completed && !part, denied) {
        (true, false) => vec![Transition::Begun, Transition::Completed],
        (false, false) => vec![Transition::Begun],
        // Who denies that it was completed may grant that it began, unless it is done by one act.
        (true, true) if mode == Mode::Achieve => vec![Transition::Completed],
        // What did not begin was not completed.
        (_, true) => vec![Transition::Begun, Transition::Completed],
    }
}

/// The event of an act with its statement, its days and how it bears.
type Tied<'a> = (&'a Event, &'a Statement, (Option<Date>, Date), Option<(Doubt, bool)>);

fn event_of<'a>(case: Case<'a>, act: &Act) -> Tied<'a> {
    let reading = &case.told(act.item).reading;
    let event = reading.event(act.event).unwrap();
    let statement = reading.statement(event.statement).unwrap();
    let days = days(case, act.item, happened(event, statement));
    (event, statement, days, of_act(statement))
}

/// What an event that was tied to an element by rule says of it.
fn tied(case: Case<'_>, act: &Act) -> Heard {
    let (event, statement, days, bears) = event_of(case, act);
    let cluster = &case.cluster.terms[act.term];
    let (item, id) = cluster.elements[act.element].tellings[0];
    let elements = &case.told(item).reading.term(id.term).unwrap().elements;
    let mode = elements.iter().find(|element| element.id == id).unwrap().mode;
    let (named_in, term) = cluster.tellings[0];
    let denied = bears.is_some_and(|(_, denies)| denies);
    let transitions = performed(event, mode, denied, promised(case, named_in, term));
    let heard = transitions.into_iter().map(|transition| {
        let word = word(case, act.item, statement, bears, days);
        (first(act.term, act.element, transition), word)
    });
    heard.collect()
}

/// Taken back is what somebody tells as completed before.
fn taken_back(case: Case<'_>, act: &Act, said: &Said) -> Heard {
    let (_, statement, days, bears) = event_of(case, act);
    let completed = said.get(&first(act.term, act.element, Transition::Completed));
    let before = completed
        .is_some_and(|words| words.iter().any(|word| !word.denies && word.latest <= days.1));
    if !before {
        return Heard::new();
    }
    let undone = first(act.term, act.element, Transition::Undone);
    vec![(undone, word(case, act.item, statement, bears, days))]
}

fn heed(said: &mut Said, heard: Heard) {
    for (proposition, words) in heard {
        said.entry(proposition).or_default().extend(words);
    }
}

/// "The army did not enter" says of the act that it is not so.
fn of_act(statement: &Statement) -> Option<(Doubt, bool)> {
    let (doubt, denies) = bearing(statement.factuality)?;
    Some((doubt, denies || statement.polarity == Polarity::Negative))
}
