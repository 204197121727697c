//! Takes the tellings of a question and what analysts decided on pairs of them, gives which belong together and
//! which apart.
//! Invariant: of two decisions on a pair the later holds; merges are never chained: of several that would
//! bring together what nobody said to be one, the later ones hold.

use super::{Item, Telling};
use crate::decision::{Decisions, Pairing, Words};
use std::collections::{BTreeMap, BTreeSet};

/// What people said of tellings, by their places.
pub(super) struct Said {
    /// Tellings of one group are of one agreement.
    groups: Vec<usize>,
    apart: BTreeSet<(usize, usize)>,
}

impl Said {
    /// What the decisions say of these tellings.
    pub(super) fn of<'t>(
        tellings: impl ExactSizeIterator<Item = &'t Telling>,
        items: &[Item<'_>],
        decisions: &Decisions<'_>,
    ) -> Self {
        let mut said = Self { groups: (0..tellings.len()).collect(), apart: BTreeSet::new() };
        let places: BTreeMap<Words, usize> = tellings
            .enumerate()
            .filter_map(|(at, telling)| Some((words(telling, items)?, at)))
            .collect();
        let mut settled = BTreeSet::new();
        let mut merges = Vec::new();
        for (pairing, left, right) in decisions.pairs() {
            let (Some(one), Some(two)) = (places.get(left), places.get(right)) else { continue };
            let pair = in_order(*one, *two);
            // The latest decision on a pair comes first, and is the one that holds.
            if !settled.insert(pair) {
                continue;
            }
            match pairing {
                Pairing::One => merges.push(pair),
                Pairing::Two => {
                    said.apart.insert(pair);
                }
            }
        }
        let merged: BTreeSet<(usize, usize)> = merges.iter().copied().collect();
        for (one, two) in merges {
            said.merge(one, two, &merged);
        }
        said
    }

    /// The group of a telling.
    pub(super) fn group(&self, telling: usize) -> usize {
        self.groups[telling]
    }

    /// True when somebody of the one group is held apart from a telling. Few are, so those are gone through.
    pub(super) fn are_apart(&self, group: usize, telling: usize) -> bool {
        self.apart.iter().any(|(one, two)| {
            (*one == telling && self.groups[*two] == group)
                || (*two == telling && self.groups[*one] == group)
        })
    }

    /// Brings two groups together where a person said so of every two of their tellings: who says that a
    /// report is of the deal of June did not say that the deal of April, of which it was said to be before, is.
    fn merge(&mut self, one: usize, two: usize, merged: &BTreeSet<(usize, usize)>) {
        let (one, two) = (self.groups[one], self.groups[two]);
        let members = |wanted: usize| {
            let groups = self.groups.iter().enumerate();
            groups.filter(move |(_, group)| **group == wanted).map(|(telling, _)| telling)
        };
        let all = members(one)
            .all(|left| members(two).all(|right| merged.contains(&in_order(left, right))));
        if all {
            for group in self.groups.iter_mut().filter(|group| **group == two) {
                *group = one;
            }
        }
    }
}

fn in_order(one: usize, two: usize) -> (usize, usize) {
    (one.min(two), one.max(two))
}

fn words(telling: &Telling, items: &[Item<'_>]) -> Option<Words> {
    let agreement = telling.agreement(items)?;
    Some(Words {
        capture: telling.told(items)?.report.capture.clone(),
        span: agreement.span,
        kind: agreement.kind.code().to_owned(),
    })
}
