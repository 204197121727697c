//! Takes the items and a cluster, gives every proposition on that agreement with its evidence.
//! Invariant: what is said of an agreement as a whole never becomes a proposition on a term (R8), and
//! what nobody says becomes none at all (R10).

mod making;
mod occurrences;
mod performance;
mod witness;

pub(crate) use occurrences::{is_reversal, part_by_contraries, part_by_reversals};
pub(crate) use performance::is_conditional;
pub(crate) use witness::{Witness, voucher, witness};

use crate::{
    breach::{Breach, breaches},
    decision::Decisions,
    link::{Cluster, Item, Telling},
    rules::{line::Evidence, transition::Transition, voucher::Registers, vouchers::Vouchers},
    verdict::Quote,
    window::Window,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{
    agreement::{Agreement, Assent, Stage},
    statement::StatementId,
    term::Quantity,
};

/// Something that can be so or not: what grades are given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proposition {
    /// The agreement was made.
    Agreed,
    /// It reached a stage.
    Stage {
        /// Which.
        stage: Stage,
        /// Which time: a truce that was suspended can come into force again, from 0.
        occurrence: usize,
    },
    /// A party consented in this way.
    Assent {
        /// Which of the parties, from 0.
        party: usize,
        /// How.
        assent: Assent,
        /// Which time: a party that withdrew can sign again, from 0.
        occurrence: usize,
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
        /// Which time: what can befall it again is told apart by its days, from 0.
        occurrence: usize,
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
        match *self {
            Self::Agreed => f.write_str("agreed"),
            Self::Stage { stage, .. } => write!(f, "stage {stage}"),
            Self::Assent { party, assent, .. } => write!(f, "party {} {assent}", party + 1),
            Self::Promised { term } => write!(f, "t{} agreed", term + 1),
            Self::Element { term, element, transition, .. } => {
                write!(f, "t{}.{} {transition}", term + 1, element + 1)
            }
            Self::Incident { breach } => write!(f, "breach {} incident", breach + 1),
            Self::Responsible { breach, accused } => {
                write!(f, "breach {} responsible {}", breach + 1, accused + 1)
            }
        }?;
        match self.occurrence() {
            0 => Ok(()),
            again => write!(f, " ({})", again + 1),
        }
    }
}

impl Proposition {
    /// That the agreement reached a stage, the first time.
    pub const fn stage(stage: Stage) -> Self {
        Self::Stage { stage, occurrence: 0 }
    }

    /// Which time it is, from 0; 0 for what comes once.
    pub const fn occurrence(&self) -> usize {
        match *self {
            Self::Stage { occurrence, .. }
            | Self::Assent { occurrence, .. }
            | Self::Element { occurrence, .. } => occurrence,
            Self::Agreed
            | Self::Promised { .. }
            | Self::Incident { .. }
            | Self::Responsible { .. } => 0,
        }
    }

    /// The same for another time; itself where it comes once.
    pub(crate) const fn again(mut self, time: usize) -> Self {
        if let Self::Stage { occurrence, .. }
        | Self::Assent { occurrence, .. }
        | Self::Element { occurrence, .. } = &mut self
        {
            *occurrence = time;
        }
        self
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
    /// The elements, by term and element, that an event bears on by rule and not by the words.
    pub by_rule: BTreeSet<(usize, usize)>,
    /// Fighting inside a truce, without blame, by term and element.
    pub incidents: BTreeMap<(usize, usize), Vec<Incident>>,
    /// What was told as delivered, by term.
    pub delivered: BTreeMap<usize, Vec<Delivered>>,
}

/// Fighting inside a truce, as asserted by somebody: without blame.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Incident {
    /// When.
    pub window: Window,
    /// The words.
    pub quote: Quote,
}

/// How many somebody tells as delivered of a promised number.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivered {
    /// When.
    pub window: Window,
    /// Who vouches; nothing when nobody named does.
    pub voucher: Option<String>,
    /// How many.
    pub quantity: Quantity,
    /// The words.
    pub quote: Quote,
}

/// What is needed to read the items of a question.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The items.
    pub items: &'a [Item<'a>],
    /// The registers, as the ratings leave them.
    pub registers: &'a Registers,
    /// What analysts decided.
    pub(crate) decisions: &'a Decisions<'a>,
    /// The day the question is asked of.
    pub as_of: Date,
}

/// Gathers the evidence of a cluster.
pub fn gather(scene: Scene<'_>, cluster: &Cluster) -> Gathered {
    let mut gathered = Gathered::default();
    for (at, telling) in cluster.tellings.iter().enumerate() {
        if let Some(agreement) = telling.agreement(scene.items) {
            let gatherer = Gatherer { scene, at, telling, agreement, cluster };
            gatherer.making(&mut gathered);
            gatherer.terms(&mut gathered);
            gatherer.events(&mut gathered);
        }
    }
    performance::acts(scene, cluster, &mut gathered);
    breaches(scene, cluster, &mut gathered);
    gathered.evidence.values_mut().for_each(drop_repeating_headlines);
    for evidence in gathered.evidence.values_mut() {
        witness::give_back(scene.items, &mut gathered.vouchers, evidence);
    }
    gathered.evidence.retain(|_, evidence| !evidence.is_empty());
    occurrences::tell_apart(&mut gathered.evidence);
    gathered
}

/// A headline that repeats the body says it without its source: the body counts.
fn drop_repeating_headlines(evidence: &mut Vec<Evidence>) {
    let bodies: BTreeSet<u32> =
        evidence.iter().filter(|one| !one.headline).map(|one| one.item).collect();
    evidence.retain(|one| !one.headline || !bodies.contains(&one.item));
}

/// Gathers what one telling says.
struct Gatherer<'a> {
    scene: Scene<'a>,
    /// The place of the telling in its cluster.
    at: usize,
    telling: &'a Telling,
    agreement: &'a Agreement,
    cluster: &'a Cluster,
}
