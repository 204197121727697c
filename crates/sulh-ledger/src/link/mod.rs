//! Takes the reports a question may see, gives the captures, the agreements they tell of, and what may be
//! one agreement and was not joined.
//! Invariant: nothing depends on the order of arrival; every cluster is a star round one anchor; a key
//! comes from the bytes of a telling.

mod acts;
mod clusters;
mod decided;
mod items;
mod parties;
mod same;
mod terms;

pub use acts::{Act, Bears};
pub use clusters::{Linked, link};
pub use items::{Item, items};
pub use parties::{PartyCluster, may_be_one_in_a_deal, one_actor};
pub use same::{Ground, Obstacle};
pub use terms::{ElementCluster, TermCluster};

use crate::{log::merkle::Digest, report::Told, verdict::Quote, window::Window};
use std::collections::BTreeSet;
use sulh_model::{
    agreement::{Agreement, AgreementId},
    page::CaptureId,
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

/// An agreement as one item tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The item, by its place.
    pub item: usize,
    /// The agreement, in the item's reading.
    pub agreement: AgreementId,
    /// What a cluster with this anchor is called.
    pub key: AgreementKey,
}

/// One agreement of the ledger: the tellings that speak of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its key: that of its anchor.
    pub key: AgreementKey,
    /// Its tellings, the anchor first.
    pub tellings: Vec<Telling>,
    /// Its terms: the anchor's in their order, then those that others tell.
    pub terms: Vec<TermCluster>,
    /// Its parties: the anchor's, then those that others tell.
    pub parties: Vec<PartyCluster>,
    /// The events that are tied to its elements by rule.
    pub acts: Vec<Act>,
}

/// Two agreements that may be one and were not joined: a question for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossiblySame {
    /// The one.
    pub one: AgreementKey,
    /// The other.
    pub other: AgreementKey,
    /// What speaks for it.
    pub grounds: Vec<Ground>,
    /// What speaks against it, or is missing.
    pub obstacles: Vec<Obstacle>,
}

/// An event that may break a promise, though no words say so: a question for a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PossibleBreach {
    /// The agreement.
    pub agreement: AgreementKey,
    /// The term, by its place.
    pub term: usize,
    /// Its element, by its place.
    pub element: usize,
    /// The words.
    pub quote: Quote,
    /// When it happened.
    pub window: Window,
}

/// An event that may carry out or take back one of several promises: a question for a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SeveralTerms {
    /// The words.
    pub quote: Quote,
    /// When it happened.
    pub window: Window,
    /// The agreements and the places of their terms.
    pub among: Vec<(AgreementKey, usize)>,
}

impl Cluster {
    /// The anchor: the telling everything else is joined to. A cluster is never empty.
    pub fn anchor(&self) -> &Telling {
        &self.tellings[0]
    }

    /// The anchor's words on the agreement.
    pub fn agreement<'a>(&self, items: &[Item<'a>]) -> Option<&'a Agreement> {
        self.anchor().agreement(items)
    }

    /// The conflict it belongs to, by the first telling that says.
    pub fn conflict<'a>(&self, items: &[Item<'a>]) -> Option<&'a str> {
        self.tellings.iter().find_map(|telling| telling.agreement(items)?.conflict.as_deref())
    }

    /// The items that tell of it or of what was done under it.
    pub fn items(&self) -> BTreeSet<usize> {
        let tellings = self.tellings.iter().map(|telling| telling.item);
        tellings.chain(self.acts.iter().map(|act| act.item)).collect()
    }

    /// True when an agreement as told in an item is of this cluster.
    pub fn tells(&self, item: usize, agreement: AgreementId) -> bool {
        self.tellings.iter().any(|telling| (telling.item, telling.agreement) == (item, agreement))
    }
}

impl Telling {
    /// Its words on the agreement.
    pub fn agreement<'a>(&self, items: &[Item<'a>]) -> Option<&'a Agreement> {
        self.told(items)?.reading.agreement(self.agreement)
    }

    /// The report that tells it.
    pub fn told<'a>(&self, items: &[Item<'a>]) -> Option<&'a Told> {
        items.get(self.item).map(|item| item.root)
    }
}
