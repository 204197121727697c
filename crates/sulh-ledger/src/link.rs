//! Takes the reports a question may see, gives the captures and the agreements they tell of.
//! Invariant: exact copies (mirrors of one capture) are one item with one reading; every cluster has one
//! anchor, and its key comes from the anchor's bytes, never from the order of arrival.

use crate::{log::merkle::Digest, report::Told, verdict::Quote};
use std::collections::BTreeMap;
use sulh_model::{
    agreement::{Agreement, AgreementId},
    page::CaptureId,
    register::SourceRegister,
    span::Span,
    term::{ElementId, Term, TermId},
};

/// What an agreement is called in this ledger: `ag-` and ten digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AgreementKey(String);

impl AgreementKey {
    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(capture: &CaptureId, agreement: &Agreement) -> Self {
        let span = agreement.span.to_string();
        let parts = [capture.hex(), &span, agreement.kind.code()].join("\n");
        let digest = Digest::of(&[parts.as_bytes()]).to_string();
        Self(format!("ag-{}", &digest[..10]))
    }
}

impl std::fmt::Display for AgreementKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One capture, with every report of it.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The report that counts: the root of its copies.
    pub root: &'a Told,
    /// How many reports there are of it, the root included.
    pub reports: usize,
}

impl Item<'_> {
    /// Words of its page, in the text the root was read from.
    pub fn quote(&self, span: Span) -> Quote {
        let report = &self.root.report;
        Quote { page: report.capture.clone(), text: report.text.clone(), span }
    }
}

/// An agreement as one item tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The item, by its place.
    pub item: usize,
    /// The agreement, in the item's reading.
    pub agreement: AgreementId,
}

/// A term as the items of a cluster tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCluster {
    /// Its tellings, the anchor's first.
    pub tellings: Vec<(usize, TermId)>,
    /// For each element of the anchor's telling, that element in each telling.
    pub elements: Vec<Vec<(usize, ElementId)>>,
}

/// One agreement of the ledger: the tellings that speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its key.
    pub key: AgreementKey,
    /// Its tellings, the anchor first.
    pub tellings: Vec<Telling>,
    /// Its terms, in the anchor's order.
    pub terms: Vec<TermCluster>,
}

impl Cluster {
    /// The anchor: the telling everything else is joined to. A cluster is never empty.
    pub fn anchor(&self) -> Telling {
        self.tellings[0]
    }

    /// The anchor's words on the agreement.
    pub fn agreement<'a>(&self, items: &[Item<'a>]) -> Option<&'a Agreement> {
        let anchor = self.anchor();
        items.get(anchor.item)?.root.reading.agreement(anchor.agreement)
    }
}

impl TermCluster {
    /// The anchor's words on the term.
    pub fn term<'a>(&self, items: &[Item<'a>]) -> Option<&'a Term> {
        let (item, id) = self.tellings.first()?;
        items.get(*item)?.root.reading.term(*id)
    }
}

/// The captures among some reports, in the order of their hashes.
pub fn items<'a>(told: &[&'a Told], sources: &SourceRegister) -> Vec<Item<'a>> {
    let mut captures: BTreeMap<&CaptureId, Vec<&'a Told>> = BTreeMap::new();
    for one in told {
        captures.entry(&one.report.capture).or_default().push(one);
    }
    let item = |copies: Vec<&'a Told>| {
        let reports = copies.len();
        let root = copies.into_iter().min_by_key(|told| root_order(told, sources))?;
        Some(Item { root, reports })
    };
    captures.into_values().filter_map(item).collect()
}

/// The root of exact copies: an outlet of the register before an unknown mirror, then the earlier one.
/// A mirror that turns up later, or claims to be older, can then not change who vouches.
fn root_order(told: &Told, sources: &SourceRegister) -> impl Ord + use<> {
    let publisher = told.report.publisher.as_deref();
    let known = publisher.and_then(|name| sources.find(name)).is_some_and(|found| found.vouches);
    (!known, told.report.known_from(), told.report.identity())
}

/// The agreements the items tell of. This is the seam for linking across reports: today each telling
/// stands by itself, as exact copies were joined into one item before.
pub fn clusters(items: &[Item<'_>]) -> Vec<Cluster> {
    let mut clusters: BTreeMap<AgreementKey, Cluster> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        for agreement in &item.root.reading.agreements {
            let mut key = AgreementKey::of(&item.root.report.capture, agreement);
            // Two agreements named by the very same words: told apart by their place in the reading.
            while clusters.contains_key(&key) {
                key.0.push('x');
            }
            let telling = Telling { item: at, agreement: agreement.id };
            let terms = terms(item, telling);
            clusters.insert(key.clone(), Cluster { key, tellings: vec![telling], terms });
        }
    }
    clusters.into_values().collect()
}

fn terms(item: &Item<'_>, telling: Telling) -> Vec<TermCluster> {
    let mut terms: Vec<&Term> = item.root.reading.terms_of(telling.agreement).collect();
    terms.sort_by_key(|term| (term.ordinal, term.id));
    let cluster = |term: &Term| TermCluster {
        tellings: vec![(telling.item, term.id)],
        elements: term.elements.iter().map(|element| vec![(telling.item, element.id)]).collect(),
    };
    terms.into_iter().map(cluster).collect()
}
