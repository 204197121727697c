//! Takes a collection of pages and a way to compare them, gives clusters: a root and what was taken from it.
//! Invariant: each member is itself a copy or an excerpt of its cluster's anchor; nothing follows from a chain.

use super::{
    collection::{Collection, Cut, PageNumber, Pair},
    compare::Likeness,
};
use std::collections::BTreeMap;

/// So many pairs are given out at a time.
const BATCH_PAIRS: usize = 4096;

/// Comparing copies with the roots of what they copy ends after so many rounds; two are enough but for mischief.
const ROUNDS_MAX: usize = 8;

/// Pages that have one text.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The page the others are compared with: the first published as far as is known.
    pub anchor: PageNumber,
    /// The members that may have been published as early: who was first is not known then, and there is no root.
    pub rivals: Vec<PageNumber>,
    /// What was taken from the anchor, in the order of publication.
    pub members: Vec<Member>,
}

impl Cluster {
    /// The page the text comes from, where it is known to have been the first.
    pub fn root(&self) -> Root<'_> {
        if self.rivals.is_empty() {
            Root::Known(self.anchor)
        } else {
            Root::OneOf { anchor: self.anchor, rivals: &self.rivals }
        }
    }
}

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root<'a> {
    /// This page was published before all others, by its last possible day.
    Known(PageNumber),
    /// The days do not tell.
    OneOf {
        /// The page the others are compared with.
        anchor: PageNumber,
        /// Those that may have been there as early.
        rivals: &'a [PageNumber],
    },
}

/// A page and what it has from the anchor of its cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The page.
    pub page: PageNumber,
    /// How well it copies the anchor: the anchor is the first of the two.
    pub likeness: Likeness,
}

/// What two pages have in common, in a cluster or not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The two.
    pub pair: Pair,
    /// How alike they are.
    pub likeness: Likeness,
}

/// What was found among the pages of a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Clusters {
    /// Clusters of two pages or more, in the order their anchors were published.
    pub clusters: Vec<Cluster>,
    /// All that was found between two pages, in the order the later one was published.
    pub links: Vec<Link>,
    /// What was left out to bound the work.
    pub cut: Cut,
}

/// Finds the clusters. `compare` is handed pairs in batches and gives the likeness of each, in the same order, the
/// pair's first page first; where it gives nothing the two have nothing in common.
pub fn clusters(
    mut collection: Collection,
    compare: &mut dyn FnMut(&[Pair]) -> Vec<Option<Likeness>>,
) -> Clusters {
    let order = collection.in_order();
    let (mut wanted, cut) = collection.partners(&order);
    let mut found = Found::default();
    let mut anchors = Vec::new();
    for round in 0..ROUNDS_MAX {
        if wanted.is_empty() {
            break;
        }
        for batch in wanted.chunks(BATCH_PAIRS) {
            let page = |place: u32| order[place as usize];
            let pairs: Vec<Pair> = batch
                .iter()
                .map(|(later, earlier)| Pair { first: page(*earlier), second: page(*later) })
                .collect();
            let answers = batch.iter().copied().zip(compare(&pairs));
            // Most pairs of the first round have nothing in common: they are asked for once more rather than kept.
            found.0.extend(answers.filter(|(_, likeness)| round > 0 || likeness.is_some()));
        }
        anchors = found.anchors(order.len());
        wanted = found.open_questions(&anchors);
    }
    Clusters {
        clusters: gathered(&collection, &order, &found, &anchors),
        links: found.links(&order),
        cut,
    }
}

/// What comparing gave, by the places of two pages in the order of publication, the later one's first.
#[derive(Default)]
struct Found(BTreeMap<(u32, u32), Option<Likeness>>);

impl Found {
    /// For each place its anchor: of the anchors before it that it was taken from the one it has most of; itself where
    /// there is none.
    fn anchors(&self, places: usize) -> Vec<u32> {
        let mut anchors: Vec<u32> = (0_u32..).take(places).collect();
        let mut best: Option<(u32, f32)> = None;
        let mut found = self.0.iter().peekable();
        while let Some(((later, earlier), likeness)) = found.next() {
            if let Some(likeness) = likeness
                && likeness.relation.is_taken()
                && anchors[*earlier as usize] == *earlier
                && best.is_none_or(|(_, share)| likeness.second_share > share)
            {
                best = Some((*earlier, likeness.second_share));
            }
            let ends = found.peek().is_none_or(|((next, _), _)| next != later);
            if ends && let Some((anchor, _)) = best.take() {
                anchors[*later as usize] = anchor;
            }
        }
        anchors
    }

    /// Pages taken from a member of a cluster and not yet compared with its anchor.
    fn open_questions(&self, anchors: &[u32]) -> Vec<(u32, u32)> {
        let mut open: Vec<(u32, u32)> = self
            .taken()
            .filter(|((later, _), _)| anchors[*later as usize] == *later)
            .map(|((later, earlier), _)| (later, anchors[earlier as usize]))
            .filter(|pair| !self.0.contains_key(pair))
            .collect();
        open.sort_unstable();
        open.dedup();
        open
    }

    fn taken(&self) -> impl Iterator<Item = ((u32, u32), Likeness)> {
        let found = self.0.iter().filter_map(|(pair, likeness)| Some((*pair, (*likeness)?)));
        found.filter(|(_, likeness)| likeness.relation.is_taken())
    }

    fn links(&self, order: &[PageNumber]) -> Vec<Link> {
        let found = self.0.iter().filter_map(|(pair, likeness)| Some((*pair, (*likeness)?)));
        let link = |((later, earlier), likeness): ((u32, u32), Likeness)| Link {
            pair: Pair { first: order[earlier as usize], second: order[later as usize] },
            likeness,
        };
        found.map(link).collect()
    }
}

fn gathered(
    collection: &Collection,
    order: &[PageNumber],
    found: &Found,
    anchors: &[u32],
) -> Vec<Cluster> {
    let mut clusters: BTreeMap<u32, Cluster> = BTreeMap::new();
    for (place, anchor) in (0_u32..).zip(anchors).filter(|(place, anchor)| place != *anchor) {
        let Some(Some(likeness)) = found.0.get(&(place, *anchor)) else { continue };
        let cluster = clusters.entry(*anchor).or_insert_with(|| Cluster {
            anchor: order[*anchor as usize],
            rivals: Vec::new(),
            members: Vec::new(),
        });
        let page = order[place as usize];
        if may_be_as_early(collection, page, cluster.anchor) {
            cluster.rivals.push(page);
        }
        cluster.members.push(Member { page, likeness: *likeness });
    }
    clusters.into_values().collect()
}

/// True when a page's days do not rule out that it was published before its anchor. A page whose day is not known is
/// never held against one whose day is.
fn may_be_as_early(collection: &Collection, page: PageNumber, anchor: PageNumber) -> bool {
    match (collection.published(page), collection.published(anchor)) {
        (Some(page), Some(anchor)) => {
            page.earliest.is_none_or(|earliest| earliest <= anchor.latest)
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}
