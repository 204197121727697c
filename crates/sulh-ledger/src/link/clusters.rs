//! Takes the items of a question and what analysts decided, gives the agreements they tell of.
//! Invariant: a telling joins the anchor it fits best and never another telling; tellings are taken in the
//! order of their days and bytes; a decision counts before any rule, and the later of two decisions.

use super::{
    AgreementKey, Cluster, Item, Obstacle, PossibleBreach, PossiblySame, SeveralTerms, Telling,
    acts::tie,
    parties::parties,
    same::{Compared, Profile},
    terms::terms,
};
use crate::{decision::Decisions, rules::voucher::Registers};
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::{agreement::Agreement, register::folded};

/// The agreements of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Each agreement, by key.
    pub clusters: Vec<Cluster>,
    /// Which of them may be one and were not joined.
    pub possibly_same: Vec<PossiblySame>,
    /// Which events may break a promise.
    pub possible_breaches: Vec<PossibleBreach>,
    /// Which events may bear on one of several promises.
    pub several_terms: Vec<SeveralTerms>,
}

/// Links the tellings of some items.
pub fn link(items: &[Item<'_>], registers: &Registers, decisions: &Decisions<'_>) -> Linked {
    let mut stars: Vec<Star<'_>> = Vec::new();
    let mut by_place = Places::default();
    let mut proposals = Vec::new();
    for (telling, agreement) in tellings(items) {
        let profile = Profile::new(items, telling.item, agreement, registers);
        let telling = Candidate { telling, profile };
        let (joined, near) = place_of(&telling, &stars, &by_place, items, decisions);
        match joined {
            Some(at) => {
                stars[at].profile.take_in(telling.profile);
                stars[at].tellings.push(telling.telling);
            }
            None => {
                proposals.extend(near.into_iter().map(|(at, compared)| PossiblySame {
                    one: stars[at].key().clone(),
                    other: telling.telling.key.clone(),
                    grounds: compared.grounds.into_iter().collect(),
                    obstacles: compared.obstacles.into_iter().collect(),
                }));
                by_place.add(&telling.profile, stars.len());
                stars.push(Star { tellings: vec![telling.telling], profile: telling.profile });
            }
        }
    }
    let mut clusters: Vec<Cluster> =
        stars.into_iter().map(|star| cluster(star.tellings, items)).collect();
    clusters.sort_by(|one, two| one.key.cmp(&two.key));
    proposals.sort_by(|one, two| (&one.one, &one.other).cmp(&(&two.one, &two.other)));
    let tied = tie(items, &clusters, &registers.links);
    for (at, act) in tied.acts {
        clusters[at].acts.push(act);
    }
    Linked {
        clusters,
        possibly_same: proposals,
        possible_breaches: tied.breaches,
        several_terms: tied.several,
    }
}

/// A telling that is to be placed.
struct Candidate<'a> {
    telling: Telling,
    profile: Profile<'a>,
}

/// The tellings of an agreement that is being gathered, and what its anchor is compared by. Place, days,
/// kind and parties are compared with the anchor alone, so that no chain leads away from it; roots and
/// terms with every telling, for a sequel shares them with the report it goes on from.
struct Star<'a> {
    tellings: Vec<Telling>,
    profile: Profile<'a>,
}

impl Star<'_> {
    fn key(&self) -> &AgreementKey {
        &self.tellings[0].key
    }
}

/// The anchors that can be of one place with a telling: found by the names of their places, so that a
/// ledger of many towns compares only those of one.
#[derive(Default)]
struct Places {
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Places {
    fn names(profile: &Profile<'_>) -> BTreeSet<String> {
        let place = profile.agreement.place.as_ref();
        let mut names: BTreeSet<String> = place.iter().map(|place| folded(&place.name)).collect();
        if let Some(known) = place.and_then(|place| place.known()) {
            names.insert(folded(&known.name));
            names.extend(known.within.as_deref().map(folded));
        }
        names
    }

    fn add(&mut self, profile: &Profile<'_>, at: usize) {
        for name in Self::names(profile) {
            self.by_name.entry(name).or_default().push(at);
        }
    }

    fn near(&self, profile: &Profile<'_>) -> BTreeSet<usize> {
        let names = Self::names(profile);
        names.iter().filter_map(|name| self.by_name.get(name)).flatten().copied().collect()
    }
}

/// The star a telling joins, else those it may belong to.
fn place_of(
    candidate: &Candidate<'_>,
    stars: &[Star<'_>],
    by_place: &Places,
    items: &[Item<'_>],
    decisions: &Decisions<'_>,
) -> (Option<usize>, Vec<(usize, Compared)>) {
    if let Some(at) = decided(candidate, stars, items, decisions) {
        return (Some(at), Vec::new());
    }
    if !candidate.profile.can_be_joined() {
        return (None, Vec::new());
    }
    let mut near = Vec::new();
    for at in by_place.near(&candidate.profile) {
        let star = &stars[at];
        // A page that tells of two agreements tells them apart.
        let one_page = star.tellings.iter().any(|told| told.item == candidate.telling.item);
        if one_page || !star.profile.can_be_joined() {
            continue;
        }
        let Some(mut compared) = star.profile.compare(&candidate.profile) else { continue };
        let apart =
            |told: &Telling| decisions.joined(items, &candidate.telling, told) == Some(false);
        if star.tellings.iter().any(apart) {
            compared.obstacles.insert(Obstacle::Decided);
        }
        near.push((at, compared));
    }
    let best = near
        .iter()
        .filter(|(_, compared)| compared.joins())
        .min_by(|(one, left), (two, right)| {
            (left.closeness, stars[*one].key()).cmp(&(right.closeness, stars[*two].key()))
        })
        .map(|(at, _)| *at);
    (best, near)
}

/// The star that a person's latest decision puts a telling into.
fn decided(
    candidate: &Candidate<'_>,
    stars: &[Star<'_>],
    items: &[Item<'_>],
    decisions: &Decisions<'_>,
) -> Option<usize> {
    let said = |told: &Telling| decisions.merged_at(items, &candidate.telling, told);
    let latest = |star: &Star<'_>| star.tellings.iter().filter_map(said).max();
    let stars = stars.iter().enumerate();
    let merged = stars.filter_map(|(at, star)| Some((latest(star)?, at)));
    merged.max().map(|(_, at)| at)
}

/// Every agreement that some item tells of, those that were made first before the others. Of one day the
/// telling with terms leads, then the one whose own words it is.
fn tellings<'a>(items: &[Item<'a>]) -> Vec<(Telling, &'a Agreement)> {
    let mut found = Vec::new();
    let mut keys = BTreeSet::new();
    for (at, item) in items.iter().enumerate() {
        for agreement in &item.root.reading.agreements {
            let mut key = AgreementKey::of(&item.root.report.capture, agreement);
            // Two agreements named by the very same words: told apart by their place in the reading.
            while !keys.insert(key.clone()) {
                key.0.push('x');
            }
            found.push((Telling { item: at, agreement: agreement.id, key }, agreement));
        }
    }
    found.sort_by_cached_key(|(telling, _)| {
        let item = &items[telling.item];
        let terms = item.root.reading.terms_of(telling.agreement).next().is_some();
        (item.root.report.known_from().day, item.copy_of.is_some(), !terms, telling.key.clone())
    });
    found
}

fn cluster(tellings: Vec<Telling>, items: &[Item<'_>]) -> Cluster {
    Cluster {
        key: tellings[0].key.clone(),
        terms: terms(&tellings, items),
        parties: parties(&tellings, items),
        acts: Vec::new(),
        tellings,
    }
}
