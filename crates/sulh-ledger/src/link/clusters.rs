//! Takes the items of a question and what analysts decided, gives the agreements they tell of.
//! Invariant: a telling joins the anchor it fits best and never another telling; tellings are taken in the
//! order of their days and bytes; a decision counts before any rule, and the later of two decisions.

use super::{
    AgreementKey, Cluster, Item, PossibleBreach, PossiblySame, SeveralTerms, Telling,
    acts::tie,
    decided::Said,
    parties::parties,
    same::{Compared, Profile},
    terms::terms,
};
use crate::{decision::Decisions, place::found_by, rules::voucher::Registers};
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
    let mut found_by = FoundBy::default();
    let mut proposals = Vec::new();
    let told = tellings(items);
    let said = Said::of(told.iter().map(|(telling, _)| telling), items, decisions);
    for (at, (telling, agreement)) in told.into_iter().enumerate() {
        let profile = Profile::new(items, telling.item, agreement, registers);
        let candidate = Candidate { at, telling, profile };
        let (joined, near) = place_of(&candidate, &stars, &found_by, items, &said);
        let Candidate { telling, profile, .. } = candidate;
        let star = joined.unwrap_or(stars.len());
        found_by.group.entry(said.group(at)).or_insert(star);
        found_by.item.entry(telling.item).or_default().insert(star);
        match joined {
            Some(star) => {
                stars[star].profile.take_in(profile);
                stars[star].tellings.push((at, telling));
            }
            None => {
                proposals.extend(near.into_iter().map(|(star, compared)| PossiblySame {
                    one: stars[star].key().clone(),
                    other: telling.key.clone(),
                    grounds: compared.grounds.into_iter().collect(),
                    obstacles: compared.obstacles.into_iter().collect(),
                }));
                found_by.place.add(&profile, stars.len());
                stars.push(Star { tellings: vec![(at, telling)], profile });
            }
        }
    }
    let mut clusters: Vec<Cluster> =
        stars.into_iter().map(|star| cluster(star.tellings(), items)).collect();
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
    /// Its place among all tellings.
    at: usize,
    telling: Telling,
    profile: Profile<'a>,
}

/// The tellings of an agreement that is being gathered, and what its anchor is compared by. Place, days,
/// kind and parties are compared with the anchor alone, so that no chain leads away from it; roots and
/// terms with every telling, for a sequel shares them with the report it goes on from.
struct Star<'a> {
    /// Each with its place among all tellings.
    tellings: Vec<(usize, Telling)>,
    profile: Profile<'a>,
}

impl Star<'_> {
    fn key(&self) -> &AgreementKey {
        &self.tellings[0].1.key
    }

    fn tellings(self) -> Vec<Telling> {
        self.tellings.into_iter().map(|(_, telling)| telling).collect()
    }
}

/// The stars by what they are asked for, so that no telling is compared with all of them.
#[derive(Default)]
struct FoundBy {
    place: Places,
    /// By group of tellings, the first of its stars.
    group: BTreeMap<usize, usize>,
    /// By item, those it tells of.
    item: BTreeMap<usize, BTreeSet<usize>>,
}

/// The anchors that can be of one place with a telling: found by the names of their places, so that a
/// ledger of many towns compares only those of one.
#[derive(Default)]
struct Places {
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Places {
    fn names(profile: &Profile<'_>) -> BTreeSet<String> {
        profile.agreement.place.as_ref().map(found_by).unwrap_or_default()
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

/// The star its root is in: a copy tells of the deal its root tells of, whatever its own day.
fn root_of_copy(
    candidate: &Candidate<'_>,
    stars: &[Star<'_>],
    found_by: &FoundBy,
    items: &[Item<'_>],
    said: &Said,
) -> Option<usize> {
    let item = &items[candidate.telling.item];
    let root = *item.draws_on.first().filter(|_| item.is_copy)?;
    let copied = candidate.profile.agreement;
    let is_it = |telling: &Telling| {
        telling.item == root
            && telling.agreement(items).is_some_and(|told| {
                let names = (folded(&told.name), folded(&copied.name));
                (told.kind, told.standing) == (copied.kind, copied.standing) && names.0 == names.1
            })
    };
    let group = said.group(candidate.at);
    let told = found_by.item.get(&candidate.telling.item);
    let of_root = found_by.item.get(&root).into_iter().flatten().copied();
    let mut found = of_root.filter(|at| {
        let star = &stars[*at];
        let apart = |(at, _): &(usize, Telling)| said.are_apart(group, *at);
        let one_page = told.is_some_and(|stars| stars.contains(at));
        star.tellings.iter().any(|(_, telling)| is_it(telling))
            && !one_page
            && !star.tellings.iter().any(apart)
    });
    found.next().filter(|_| found.next().is_none())
}

/// The star a telling joins, else those it may belong to.
fn place_of(
    candidate: &Candidate<'_>,
    stars: &[Star<'_>],
    found_by: &FoundBy,
    items: &[Item<'_>],
    said: &Said,
) -> (Option<usize>, Vec<(usize, Compared)>) {
    let group = said.group(candidate.at);
    if let Some(at) = found_by.group.get(&group) {
        return (Some(*at), Vec::new());
    }
    if let Some(at) = root_of_copy(candidate, stars, found_by, items, said) {
        return (Some(at), Vec::new());
    }
    if !candidate.profile.can_be_joined() {
        return (None, Vec::new());
    }
    let told = found_by.item.get(&candidate.telling.item);
    let mut near = Vec::new();
    for at in found_by.place.near(&candidate.profile) {
        let star = &stars[at];
        // A page that tells of two agreements tells them apart.
        let one_page = told.is_some_and(|stars| stars.contains(&at));
        if one_page || !star.profile.can_be_joined() {
            continue;
        }
        // A question that a person answered is not asked again.
        if star.tellings.iter().any(|(at, _)| said.are_apart(group, *at)) {
            continue;
        }
        let Some(compared) = star.profile.compare(&candidate.profile) else { continue };
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
        (item.root.report.known_from().day, item.is_copy, !terms, telling.key.clone())
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
