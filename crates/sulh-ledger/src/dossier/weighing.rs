//! Takes a cluster, gives everything that is said of it as weighed, and each because on demand.
//! Invariant: every proposition is weighed once, the fast way; why it stands as it does is found by weighing
//! the same evidence again.

use crate::{
    link::{Cluster, Item},
    propositions::{Gathered, Proposition, Scene, gather},
    rules::{
        because::{Weighed, weigh},
        denial::Upheld,
        interest::Stake,
        line::Evidence,
        vouchers::TextId,
        weigh::{Scales, Weight},
    },
    stakes::Sides,
    verdict::{Because, Flag, Quote},
};
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{agreement::Agreement, page::CaptureId};

/// A cluster with everything on it weighed.
pub(super) struct Weighing<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) cluster: &'a Cluster,
    pub(super) agreement: &'a Agreement,
    pub(super) gathered: Gathered,
    pub(super) judged: BTreeMap<Proposition, Judged>,
}

/// A proposition as weighed: enough to fold; its lines are spelled out only where somebody asks why.
pub(super) struct Judged {
    stake: Stake<TextId>,
    pub(super) weight: Weight,
}

impl<'a> Weighing<'a> {
    /// Weighs everything that is said of a cluster; nothing when its anchor is not among the items.
    pub(super) fn new(scene: Scene<'a>, cluster: &'a Cluster) -> Option<Self> {
        let agreement = cluster.agreement(scene.items)?;
        let mut gathered = gather(scene, cluster);
        let sides = Sides::new(scene, cluster);
        let propositions: Vec<Proposition> = gathered.evidence.keys().copied().collect();
        let mut scales = Scales::default();
        let mut judged = BTreeMap::new();
        for proposition in propositions {
            let stake = sides.stake(proposition, &gathered);
            let stake = gathered.vouchers.stake(stake);
            let evidence = &gathered.evidence[&proposition];
            let weight = scales.weight(evidence, &gathered.vouchers, &stake);
            judged.insert(proposition, Judged { stake, weight });
        }
        Some(Self { scene, cluster, agreement, gathered, judged })
    }

    /// The item that is quoted for the agreement itself.
    pub(super) fn anchor(&self) -> &Item<'a> {
        &self.scene.items[self.cluster.anchor().item]
    }

    /// Its page.
    pub(super) fn anchor_page(&self) -> CaptureId {
        self.anchor().root.report.capture.clone()
    }

    /// How a proposition stands.
    pub(super) fn upheld(&self, proposition: Proposition) -> Upheld {
        self.judged.get(&proposition).map_or(Upheld::None, |judged| judged.weight.upheld)
    }

    /// How a proposition stands and by which lines; nothing when nobody says or denies it.
    pub(super) fn explained(&self, proposition: Proposition) -> Option<Weighed> {
        let evidence = self.gathered.evidence.get(&proposition)?;
        let stake = &self.judged.get(&proposition)?.stake;
        Some(weigh(evidence, &self.gathered.vouchers, stake))
    }

    /// The because of a proposition; nothing when nobody says or denies it.
    pub(super) fn because(&self, proposition: Proposition) -> Option<Because> {
        let Weighed { weight, lines, denials, would_change } = self.explained(proposition)?;
        let evidence = self.gathered.evidence.get(&proposition)?;
        let said: BTreeSet<u32> =
            evidence.iter().filter(|one| !one.denies).map(|one| one.item).collect();
        let quote = |one: &Evidence| Some(self.item(one.item).quote(one.span?));
        let spans: BTreeSet<Quote> = evidence.iter().filter_map(quote).collect();
        Some(Because {
            proposition,
            upheld: weight.upheld,
            support: weight.support,
            denial: weight.denial,
            mark: weight.mark,
            lines,
            denials,
            reports: said.iter().map(|item| self.item(*item).reports).sum(),
            spans: spans.into_iter().collect(),
            window: weight.window,
            would_change,
        })
    }

    fn item(&self, item: u32) -> &Item<'a> {
        &self.scene.items[item as usize]
    }

    /// The becauses of the propositions that are wanted.
    pub(super) fn becauses(&self, is_wanted: impl Fn(Proposition) -> bool) -> Vec<Because> {
        let wanted = self.judged.keys().copied().filter(|proposition| is_wanted(*proposition));
        wanted.filter_map(|proposition| self.because(proposition)).collect()
    }
}

/// The flags the evidence for a proposition raises by itself.
pub(super) fn told_flags(weight: &Weight) -> impl Iterator<Item = Flag> + use<> {
    [
        (weight.upheld == Upheld::Disputed, Flag::Disputed),
        (weight.original_not_seen, Flag::OriginalNotSeen),
        (weight.inherited, Flag::VoucherInherited),
    ]
    .into_iter()
    .filter_map(|(raised, flag)| raised.then_some(flag))
}
