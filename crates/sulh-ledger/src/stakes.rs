//! Takes a proposition of a cluster, gives who gains when it is believed: the facts R3 asks for.
//! Invariant: sides come from the wording or the dated register, and stay unknown where neither says.

use crate::{
    link::Cluster,
    propositions::{Gathered, Proposition, Scene},
    rules::{interest::Stake, transition::Transition, voucher::Outlet},
};
use std::collections::BTreeSet;
use sulh_model::{
    actor::Who,
    agreement::{PartyRole, Stage},
    term::Term,
    time::UncertainDate,
    vocabulary::TermKind,
};

/// The sides around an agreement.
pub struct Sides<'a> {
    scene: Scene<'a>,
    cluster: &'a Cluster,
    parties: BTreeSet<String>,
}

impl<'a> Sides<'a> {
    /// The sides of a cluster's parties.
    pub fn new(scene: Scene<'a>, cluster: &'a Cluster) -> Self {
        let mut sides = Self { scene, cluster, parties: BTreeSet::new() };
        if let Some(agreement) = cluster.agreement(scene.items) {
            let parties = agreement.parties.iter().filter(|party| party.role == PartyRole::Party);
            sides.parties = parties.filter_map(|party| sides.of(&party.who)).collect();
        }
        sides
    }

    /// The side of somebody: as the wording or the reader's register has it, else as ours has it.
    pub fn of(&self, who: &Who) -> Option<String> {
        let anchor = self.cluster.anchor();
        let report = &self.scene.items.get(anchor.item)?.root.report;
        let agreement = self.cluster.agreement(self.scene.items)?;
        let outlet = Outlet {
            name: None,
            conflict: agreement.conflict.as_deref(),
            published: report.published.as_ref().and_then(UncertainDate::latest),
        };
        let registers = self.scene.registers;
        let known = who.register_id.as_deref().and_then(|id| registers.actors.get(id));
        let known = known.or_else(|| registers.actors.find(&who.name));
        who.side.clone().or_else(|| registers.actor_side(known, outlet))
    }

    /// Who gains when the proposition is believed.
    pub fn stake(&self, proposition: Proposition, gathered: &Gathered) -> Stake {
        match proposition {
            Proposition::Agreed => Stake::Bond(self.parties.clone()),
            Proposition::Stage { stage, .. } => self.of_stage(stage),
            Proposition::Assent { party, .. } => {
                let parties = &self.cluster.parties;
                let party = parties
                    .get(party)
                    .and_then(|party| party.party(&self.cluster.tellings, self.scene.items));
                Stake::against(party.and_then(|party| self.of(&party.who)).as_deref())
            }
            Proposition::Promised { term } => Stake::against(self.bearer(term).as_deref()),
            Proposition::Element { term, element, transition, .. } => {
                self.of_element(term, element, transition)
            }
            // An incident nobody is named for serves whoever can be thought innocent: it cannot be told.
            Proposition::Incident { breach } => {
                let breach = gathered.breaches.get(breach);
                let accused = breach.map_or(&[][..], |breach| &breach.accused);
                let sides: BTreeSet<Option<String>> =
                    accused.iter().map(|who| self.of(who)).collect();
                match (sides.len(), sides.into_iter().next()) {
                    (1, Some(side)) => Stake::against(side.as_deref()),
                    _ => Stake::Unknown,
                }
            }
            Proposition::Responsible { breach, accused } => {
                let breach = gathered.breaches.get(breach);
                let who = breach.and_then(|breach| breach.accused.get(accused));
                Stake::against(who.and_then(|who| self.of(who)).as_deref())
            }
        }
    }

    fn of_stage(&self, stage: Stage) -> Stake {
        match stage {
            Stage::Proposed | Stage::Talks | Stage::Initial | Stage::Final => {
                Stake::Bond(self.parties.clone())
            }
            Stage::InForce | Stage::Amended | Stage::Extended | Stage::Concluded => {
                Stake::Shared(self.parties.clone())
            }
            // Whom it serves that a deal ended depends on who ended it.
            Stage::Suspended | Stage::Expired | Stage::Collapsed | Stage::Superseded => {
                Stake::Unknown
            }
        }
    }

    fn of_element(&self, term: usize, element: usize, transition: Transition) -> Stake {
        let bearer = self.bearer(term);
        let told = self.term(term);
        let kind = self
            .cluster
            .terms
            .get(term)
            .and_then(|term| term.elements.get(element)?.element(self.scene.items))
            .map_or(TermKind::Other, |element| element.kind);
        let mut involved = self.parties.clone();
        involved.extend(bearer.clone());
        involved
            .extend(told.and_then(|told| told.beneficiary.as_ref()).and_then(|who| self.of(who)));
        match transition {
            Transition::Breached | Transition::NotDone | Transition::Undone => {
                Stake::against(bearer.as_deref())
            }
            _ => Stake::of_performance(kind.gain_if_done(), bearer.as_deref(), &involved),
        }
    }

    fn term(&self, term: usize) -> Option<&Term> {
        self.cluster.terms.get(term)?.term(self.scene.items)
    }

    fn bearer(&self, term: usize) -> Option<String> {
        self.term(term)?.bearer.as_ref().and_then(|who| self.of(who))
    }
}
