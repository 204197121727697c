//! Takes what one telling says of the making of an agreement, gives evidence for its making, its stages, its
//! parties' assent and its promises.
//! Invariant: a stage told of the agreement moves the agreement and never a term (R8).

use super::{Gathered, Gatherer, Proposition, Witness, witness};
use crate::{
    link::may_be_one_in_a_deal,
    report::Told,
    rules::eligible::{Bearing, Hedge, Standpoint, act_bearing, bearing, standpoint},
    window::Window,
};
use sulh_model::{
    agreement::{Assent, Stage, Standing},
    event::{Aspect, Event, Relation},
    statement::Statement,
    time::UncertainDate,
    vocabulary::EventKind,
};

impl Gatherer<'_> {
    /// The making of the agreement, its stages and its parties' assent.
    pub(super) fn making(&self, gathered: &mut Gathered) {
        let bears = match (self.agreement.standing, bearing(self.agreement.agreed)) {
            (Standing::Lead | Standing::OutOfScope, _) => None,
            (Standing::Denied, bears) => Some(Bearing {
                hedge: bears.map_or(Hedge::Plain, |bears| bears.hedge),
                denies: true,
            }),
            (Standing::Reported | Standing::Proposed, bears) => bears,
        };
        let teller = self.teller();
        let window = self.made();
        let made = self.agreement.standing != Standing::Proposed;
        let add = |proposition, gathered: &mut Gathered| {
            if let Some(teller) = teller {
                self.add(gathered, proposition, teller, bears, window);
            }
        };
        if made {
            add(Proposition::Agreed, gathered);
        }
        if let Some(stage) = self.agreement.stage {
            add(Proposition::stage(stage), gathered);
        }
        for (ordinal, one) in self.agreement.parties.iter().enumerate() {
            let assent = one.assent.filter(|assent| made && *assent != Assent::Silent);
            if let Some((party, assent)) = self.party(ordinal).zip(assent) {
                add(Proposition::Assent { party, assent, occurrence: 0 }, gathered);
            }
        }
        self.stages(gathered);
    }

    /// The stages it is told to have come to, and the parties told to have left it.
    fn stages(&self, gathered: &mut Gathered) {
        let reading = &self.told().reading;
        for told in reading.stages.iter().filter(|told| told.agreement == self.agreement.id) {
            if let Some(statement) = reading.statement(told.statement) {
                let window = self.window(statement.happened.as_ref());
                let bears = act_bearing(statement);
                self.add(gathered, Proposition::stage(told.stage), statement, bears, window);
            }
        }
        let events = reading.events.iter().filter(|event| {
            event.agreement == Some(self.agreement.id) && event.aspect != Aspect::Prospective
        });
        for event in events {
            let Some(statement) = reading.statement(event.statement) else { continue };
            let window = self.window(event.happened.as_ref().or(statement.happened.as_ref()));
            for proposition in self.said_by(event) {
                self.add(gathered, proposition, statement, act_bearing(statement), window);
            }
        }
    }

    /// What an event says of the agreement as a whole.
    fn said_by(&self, event: &Event) -> Vec<Proposition> {
        match event.kind {
            EventKind::Extension => vec![Proposition::stage(Stage::Extended)],
            EventKind::Expiry => vec![Proposition::stage(Stage::Expired)],
            EventKind::PartyWithdraws => {
                let parties = self.agreement.parties.iter().enumerate();
                let left = parties.filter(|(_, party)| {
                    event.actors.iter().any(|actor| may_be_one_in_a_deal(actor, &party.who))
                });
                let assent = Assent::Withdrew;
                left.filter_map(|(ordinal, _)| self.party(ordinal))
                    .map(|party| Proposition::Assent { party, assent, occurrence: 0 })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The place in the cluster of a party of this telling.
    fn party(&self, ordinal: usize) -> Option<usize> {
        let parties = &self.cluster.parties;
        parties.iter().position(|party| party.tellings.contains(&(self.at, ordinal)))
    }

    /// The report that tells it.
    pub(super) fn told(&self) -> &Told {
        self.scene.items[self.telling.item].root
    }

    /// The statement that tells the making: the first in the body, for a headline drops its source.
    fn teller(&self) -> Option<&Statement> {
        let told = self.told();
        let told_in = |wanted| {
            let statements = self.agreement.statements.iter();
            let mut statements = statements.filter_map(|id| told.reading.statement(*id));
            statements.find(|statement| standpoint(told, statement) == Some(wanted))
        };
        told_in(Standpoint::Body).or_else(|| told_in(Standpoint::Headline)).or_else(|| {
            self.agreement.statements.first().and_then(|id| told.reading.statement(*id))
        })
    }

    pub(super) fn terms(&self, gathered: &mut Gathered) {
        let reading = &self.told().reading;
        if matches!(self.agreement.standing, Standing::Lead | Standing::OutOfScope) {
            return;
        }
        for (at, term) in self.cluster.terms.iter().enumerate() {
            for (_, id) in term.tellings.iter().filter(|(item, _)| *item == self.telling.item) {
                let Some(told) = reading.term(*id) else { continue };
                let Some(statement) = reading.statement(told.statement) else { continue };
                let bears = bearing(told.agreed);
                let proposition = Proposition::Promised { term: at };
                self.add(gathered, proposition, statement, bears, self.made());
            }
        }
    }

    /// When the agreement was made. Where the page sets no day, it was made before what the page tells
    /// of its performance or breach.
    fn made(&self) -> Window {
        let reading = &self.told().reading;
        let teller = self.teller().and_then(|statement| statement.happened.as_ref());
        let mut window = self.window(self.agreement.concluded.as_ref().or(teller));
        if self.agreement.concluded.as_ref().and_then(UncertainDate::latest).is_some() {
            return window;
        }
        let after = reading.events.iter().filter(|event| {
            let term = event.term.and_then(|id| reading.term(id)).map(|term| term.agreement);
            matches!(event.relation, Relation::Implements | Relation::Violates)
                && event.aspect != Aspect::Prospective
                && event.agreement.or(term) == Some(self.agreement.id)
        });
        let day = |event: &Event| {
            let statement = reading.statement(event.statement);
            let happened = event.happened.as_ref();
            happened.or_else(|| statement?.happened.as_ref())?.latest()
        };
        let first = after.filter_map(day).min();
        if let Some(first) = first.filter(|day| window.earliest.is_none_or(|from| from <= *day)) {
            window.latest = window.latest.min(first);
        }
        window
    }

    pub(super) fn window(&self, happened: Option<&UncertainDate>) -> Window {
        Window::new(happened, self.told().report.known_from().day)
    }

    pub(super) fn add(
        &self,
        gathered: &mut Gathered,
        proposition: Proposition,
        statement: &Statement,
        bears: Option<Bearing>,
        window: Window,
    ) {
        let conflict = self.cluster.conflict(self.scene.items);
        let vouchers = &mut gathered.vouchers;
        match witness(self.scene, vouchers, self.telling.item, conflict, statement, bears, window) {
            Witness::Says(evidence) => {
                gathered.evidence.entry(proposition).or_default().push(evidence);
            }
            Witness::Lead => {
                gathered.leads.insert((self.telling.item, statement.id));
            }
            Witness::Later => {}
        }
    }
}
