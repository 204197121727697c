//! Takes a cluster, gives everything that is said of it as weighed, and each because on demand.
//! Invariant: every proposition is weighed once, the fast way; why it stands as it does is found by weighing
//! the same evidence again.

use crate::{
    link::{Cluster, Item},
    propositions::{
        Gathered, Proposition, Scene, gather, is_reversal, part_by_contraries, part_by_reversals,
    },
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
    window::Window,
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
        let gathered = gather(scene, cluster);
        let sides = Sides::new(scene, cluster);
        let mut weighing = Self { scene, cluster, agreement, gathered, judged: BTreeMap::new() };
        let all: Vec<Proposition> = weighing.gathered.evidence.keys().copied().collect();
        weighing.judge(&sides, &all);
        weighing.part(&sides);
        weighing.part_stages_and_assents(&sides);
        Some(weighing)
    }

    fn judge(&mut self, sides: &Sides<'_>, propositions: &[Proposition]) {
        let mut scales = Scales::default();
        for proposition in propositions {
            let stake = sides.stake(*proposition, &self.gathered);
            let stake = self.gathered.vouchers.stake(stake);
            let evidence = &self.gathered.evidence[proposition];
            let weight = scales.weight(evidence, &self.gathered.vouchers, &stake);
            self.judged.insert(*proposition, Judged { stake, weight });
        }
    }

    /// What was taken back and is told as done afterwards was done again: it is weighed by itself. Only a
    /// reported reversal parts what is told, so that a thin claim lowers nothing.
    fn part(&mut self, sides: &Sides<'_>) {
        let mut reversals: BTreeMap<(usize, usize), Vec<Window>> = BTreeMap::new();
        for (proposition, judged) in &self.judged {
            if let Proposition::Element { term, element, transition, .. } = *proposition
                && is_reversal(transition)
                && judged.weight.upheld.is_reported()
            {
                reversals.entry((term, element)).or_default().extend(judged.weight.firm_window);
            }
        }
        for (element, windows) in reversals {
            let parts = part_by_reversals(&mut self.gathered.evidence, element, &windows);
            if !parts.is_empty() {
                self.judged.retain(|known, _| self.gathered.evidence.contains_key(known));
                self.judge(sides, &parts);
            }
        }
    }

    /// What was left and is told of days after that came again, with a weight of its own. Again only what is
    /// reported parts; what is parted can part in turn, and every round makes more parts of the same evidence.
    fn part_stages_and_assents(&mut self, sides: &Sides<'_>) {
        loop {
            let reported =
                self.judged.iter().filter(|(_, judged)| judged.weight.upheld.is_reported());
            let reported: Vec<(Proposition, Window)> = reported
                .filter_map(|(proposition, judged)| {
                    Some((*proposition, judged.weight.firm_window?))
                })
                .collect();
            let parts = part_by_contraries(&mut self.gathered.evidence, &reported);
            if parts.is_empty() {
                return;
            }
            self.judge(sides, &parts);
        }
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
