//! Takes the items and a cluster, gives every proposition on that agreement with its evidence.
//! Invariant: what is said of an agreement as a whole never becomes a proposition on a term (R8), and
//! what nobody says becomes none at all (R10).

mod performance;

use crate::{
    breach::{Breach, breaches},
    link::{Cluster, Item},
    rules::{
        eligible::{Bearing, Hedge, Standpoint, act_bearing, bearing, standpoint},
        line::Evidence,
        transition::Transition,
        voucher::{Outlet, Registers},
        vouchers::Vouchers,
    },
    window::Window,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{
    agreement::{Agreement, Assent, Stage, Standing},
    event::{Aspect, Relation},
    statement::{Factuality, Statement, StatementId},
    time::UncertainDate,
};

/// Something that can be so or not: what grades are given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proposition {
    /// The agreement was made.
    Agreed,
    /// It reached a stage.
    Stage(Stage),
    /// A party consented in this way.
    Assent {
        /// Which of the parties, from 0.
        party: usize,
        /// How.
        assent: Assent,
    },
    /// The term was promised.
    Promised {
        /// Which term, from 0.
        term: usize,
    },
    /// A transition of an element.
    Element {
        /// Which term, from 0.
        term: usize,
        /// Which of its elements, from 0.
        element: usize,
        /// What is said of it.
        transition: Transition,
    },
    /// A breach took place.
    Incident {
        /// Which breach, from 0.
        breach: usize,
    },
    /// Somebody is to blame for a breach.
    Responsible {
        /// Which breach, from 0.
        breach: usize,
        /// Which of those accused, from 0.
        accused: usize,
    },
}

impl std::fmt::Display for Proposition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Agreed => f.write_str("agreed"),
            Self::Stage(stage) => write!(f, "stage {stage}"),
            Self::Assent { party, assent } => write!(f, "party {} {assent}", party + 1),
            Self::Promised { term } => write!(f, "t{} agreed", term + 1),
            Self::Element { term, element, transition } => {
                write!(f, "t{}.{} {transition}", term + 1, element + 1)
            }
            Self::Incident { breach } => write!(f, "breach {} incident", breach + 1),
            Self::Responsible { breach, accused } => {
                write!(f, "breach {} responsible {}", breach + 1, accused + 1)
            }
        }
    }
}

/// All that is said of an agreement.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The propositions and the evidence for and against each.
    pub evidence: BTreeMap<Proposition, Vec<Evidence>>,
    /// Who vouches for it.
    pub vouchers: Vouchers,
    /// The breaches it speaks of.
    pub breaches: Vec<Breach>,
    /// The statements that speak of it and cannot witness, by item.
    pub leads: BTreeSet<(usize, StatementId)>,
}

/// What is needed to read the items of a question.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The items.
    pub items: &'a [Item<'a>],
    /// The registers.
    pub registers: &'a Registers,
    /// The day the question is asked of.
    pub as_of: Date,
}

/// Gathers the evidence of a cluster.
pub fn gather(scene: Scene<'_>, cluster: &Cluster) -> Gathered {
    let mut gathered = Gathered::default();
    for telling in &cluster.tellings {
        let told = scene.items[telling.item].root;
        if let Some(agreement) = told.reading.agreement(telling.agreement) {
            let gatherer = Gatherer { scene, item: telling.item, agreement, cluster };
            gatherer.making(&mut gathered);
            gatherer.terms(&mut gathered);
            gatherer.events(&mut gathered);
        }
    }
    breaches(scene, cluster, &mut gathered);
    gathered.evidence.values_mut().for_each(drop_repeating_headlines);
    gathered.evidence.retain(|_, evidence| !evidence.is_empty());
    gathered
}

/// A headline that repeats the body says it without its source: the body counts.
fn drop_repeating_headlines(evidence: &mut Vec<Evidence>) {
    let bodies: BTreeSet<u32> =
        evidence.iter().filter(|one| !one.headline).map(|one| one.item).collect();
    evidence.retain(|one| !one.headline || !bodies.contains(&one.item));
}

struct Gatherer<'a> {
    scene: Scene<'a>,
    item: usize,
    agreement: &'a Agreement,
    cluster: &'a Cluster,
}

impl Gatherer<'_> {
    /// The making of the agreement, its stages and its parties' assent.
    fn making(&self, gathered: &mut Gathered) {
        let reading = &self.scene.items[self.item].root.reading;
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
            add(Proposition::Stage(stage), gathered);
        }
        for (party, one) in self.agreement.parties.iter().enumerate() {
            if let Some(assent) = one.assent.filter(|assent| made && *assent != Assent::Silent) {
                add(Proposition::Assent { party, assent }, gathered);
            }
        }
        for told in reading.stages.iter().filter(|told| told.agreement == self.agreement.id) {
            if let Some(statement) = reading.statement(told.statement) {
                let window = self.window(statement.happened.as_ref());
                let bears = act_bearing(statement);
                self.add(gathered, Proposition::Stage(told.stage), statement, bears, window);
            }
        }
    }

    /// The statement that tells the making: the first in the body, for a headline drops its source.
    fn teller(&self) -> Option<&Statement> {
        let told = self.scene.items[self.item].root;
        let told_in = |wanted| {
            let statements = self.agreement.statements.iter();
            let mut statements = statements.filter_map(|id| told.reading.statement(*id));
            statements.find(|statement| standpoint(told, statement) == Some(wanted))
        };
        told_in(Standpoint::Body).or_else(|| told_in(Standpoint::Headline)).or_else(|| {
            self.agreement.statements.first().and_then(|id| told.reading.statement(*id))
        })
    }

    fn terms(&self, gathered: &mut Gathered) {
        let reading = &self.scene.items[self.item].root.reading;
        if matches!(self.agreement.standing, Standing::Lead | Standing::OutOfScope) {
            return;
        }
        for (at, term) in self.cluster.terms.iter().enumerate() {
            for (_, id) in term.tellings.iter().filter(|(item, _)| *item == self.item) {
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
        let reading = &self.scene.items[self.item].root.reading;
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
        let first = after.filter_map(|event| event.happened.as_ref()?.latest()).min();
        if let Some(first) = first.filter(|day| window.earliest.is_none_or(|from| from <= *day)) {
            window.latest = window.latest.min(first);
        }
        window
    }

    fn window(&self, happened: Option<&UncertainDate>) -> Window {
        Window::new(happened, self.scene.items[self.item].root.report.known_from().day)
    }

    fn add(
        &self,
        gathered: &mut Gathered,
        proposition: Proposition,
        statement: &Statement,
        bears: Option<Bearing>,
        window: Window,
    ) {
        let conflict = self.agreement.conflict.as_deref();
        let vouchers = &mut gathered.vouchers;
        match witness(self.scene, vouchers, self.item, conflict, statement, bears, window) {
            Witness::Says(evidence) => {
                gathered.evidence.entry(proposition).or_default().push(evidence);
            }
            Witness::Lead => {
                gathered.leads.insert((self.item, statement.id));
            }
            Witness::Later => {}
        }
    }
}

/// What a statement is worth to a question.
pub(crate) enum Witness {
    /// It is evidence.
    Says(Evidence),
    /// It cannot witness (R0).
    Lead,
    /// It speaks of what came after the day that is asked of.
    Later,
}

/// Makes evidence of a statement, where it can witness.
pub(crate) fn witness(
    scene: Scene<'_>,
    vouchers: &mut Vouchers,
    item: usize,
    conflict: Option<&str>,
    statement: &Statement,
    bears: Option<Bearing>,
    window: Window,
) -> Witness {
    let told = scene.items[item].root;
    let (Some(bears), Some(standpoint)) = (bears, standpoint(told, statement)) else {
        return Witness::Lead;
    };
    if window.latest > scene.as_of {
        return Witness::Later;
    }
    // An outlet nobody names is at most its address.
    let outlet = Outlet {
        name: told.report.publisher.as_deref().or_else(|| host(told.report.url.as_deref()?)),
        conflict,
        published: told.report.published.as_ref().and_then(UncertainDate::latest),
    };
    Witness::Says(Evidence {
        // More than 2^32 captures do not fit in memory.
        item: u32::try_from(item).unwrap_or(u32::MAX),
        span: statement.content(),
        voucher: vouchers.add(scene.registers.voucher(&statement.attribution, outlet)),
        hedge: bears.hedge,
        denies: bears.denies,
        headline: standpoint == Standpoint::Headline,
        window,
    })
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// True when the act of a term is told as hanging on something.
pub(crate) fn is_conditional(scene: Scene<'_>, cluster: &Cluster, term: usize) -> bool {
    let tellings = cluster.terms.get(term).map_or(&[][..], |term| &term.tellings);
    tellings.iter().any(|(item, id)| {
        let reading = &scene.items[*item].root.reading;
        reading.term(*id).is_some_and(|term| {
            let act = reading.statement(term.statement).map(|statement| statement.factuality);
            term.condition.is_some() || act == Some(Factuality::Conditional)
        })
    })
}
