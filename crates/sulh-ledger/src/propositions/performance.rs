//! Takes the events of a reading, gives what they say of the elements of terms: begun, completed, observed,
//! broken, not done.
//! Invariant: an event moves an element only where the words say which; what is about to happen moves none.

use super::{Gathered, Gatherer, Proposition};
use crate::rules::{
    eligible::{Bearing, act_bearing, bearing},
    transition::Transition,
};
use sulh_model::{
    event::{Aspect, Event, Relation},
    statement::Statement,
    term::{ElementId, Mode},
    vocabulary::EventKind,
};

impl Gatherer<'_> {
    /// Events told as carrying a promise out, or as a promise not kept.
    pub(super) fn events(&self, gathered: &mut Gathered) {
        let reading = &self.scene.items[self.item].root.reading;
        for event in &reading.events {
            let Some(statement) = reading.statement(event.statement) else { continue };
            let window = self.window(event.happened.as_ref().or(statement.happened.as_ref()));
            for (proposition, bears) in self.moved(event, statement) {
                self.add(gathered, proposition, statement, bears, window);
            }
        }
    }

    /// Which propositions an event bears on, and how.
    fn moved(&self, event: &Event, statement: &Statement) -> Vec<(Proposition, Option<Bearing>)> {
        let mut moved = Vec::new();
        let elements = self.elements(event);
        let mut push = |(term, element, _): (usize, usize, Mode), transition, bears| {
            moved.push((Proposition::Element { term, element, transition }, bears));
        };
        if event.kind == EventKind::NonPerformance {
            // "Has not entered" carries a negation that is the event itself: only a denial denies it.
            let plain = bearing(statement.factuality);
            for element in elements {
                push(element, Transition::NotDone, plain);
            }
            return moved;
        }
        // Of a term with several elements, the words must say which (R8).
        let (&[element], false) = (elements.as_slice(), event.aspect == Aspect::Prospective) else {
            return moved;
        };
        let bears = act_bearing(statement);
        let denies = bears.is_some_and(|bears| bears.denies);
        match (event.relation, element.2) {
            (Relation::Violates, _) => push(element, Transition::Breached, bears),
            (Relation::Implements, Mode::Maintain) => push(element, Transition::Observed, bears),
            (Relation::Implements, mode) => {
                let completed = event.aspect == Aspect::Completed;
                // What was completed had begun; what has not begun is not completed; and what is done
                // by one act has not begun when it was not done.
                if !completed || !denies || mode == Mode::Punctual {
                    push(element, Transition::Begun, bears);
                }
                if completed || denies {
                    push(element, Transition::Completed, bears);
                }
            }
            (Relation::LeadsTo | Relation::None, _) => {}
        }
        moved
    }

    /// The elements an event is told of: its own, or all of its term.
    fn elements(&self, event: &Event) -> Vec<(usize, usize, Mode)> {
        let reading = &self.scene.items[self.item].root.reading;
        let is_meant = |id: ElementId| match event.element {
            Some(wanted) => wanted == id,
            None => event.term == Some(id.term),
        };
        let mode = |id: ElementId| {
            let elements = &reading.term(id.term)?.elements;
            elements.iter().find(|element| element.id == id).map(|element| element.mode)
        };
        let mut found = Vec::new();
        for (at, term) in self.cluster.terms.iter().enumerate() {
            for (ordinal, tellings) in term.elements.iter().enumerate() {
                for (item, id) in tellings {
                    if *item == self.item && is_meant(*id) {
                        found.extend(mode(*id).map(|mode| (at, ordinal, mode)));
                    }
                }
            }
        }
        found
    }
}
