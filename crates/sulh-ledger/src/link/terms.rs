//! Takes the tellings of one agreement, gives its terms: which promise of one page is which of another.
//! Invariant: an element is told by one page once; what is promised and what is forborne are two
//! terms, and they contradict each other; a term that only one page tells stands by itself.

use super::{Item, Telling, parties::may_be_one_in_a_deal};
use crate::place::one_place;
use sulh_model::{
    place::Where,
    term::{Element, ElementId, Modality, Term, TermId},
    vocabulary::TermKind,
};

/// An element as the items of a cluster tell it, the first telling first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementCluster {
    /// In which item it is which element.
    pub tellings: Vec<(usize, ElementId)>,
}

/// A term as the items of a cluster tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCluster {
    /// Its tellings, the one that names it first.
    pub tellings: Vec<(usize, TermId)>,
    /// Its elements: those of the first telling, then those that others tell.
    pub elements: Vec<ElementCluster>,
    /// The terms, by their places, that promise the contrary.
    pub contradicts: Vec<usize>,
}

impl TermCluster {
    /// The first telling's words on the term.
    pub fn term<'a>(&self, items: &[Item<'a>]) -> Option<&'a Term> {
        let (item, id) = self.tellings.first()?;
        items.get(*item)?.root.reading.term(*id)
    }

    /// True when an item tells this term.
    pub fn is_told_by(&self, item: usize) -> bool {
        self.tellings.iter().any(|(told, _)| *told == item)
    }
}

impl ElementCluster {
    /// The first telling's words on the element.
    pub fn element<'a>(&self, items: &[Item<'a>]) -> Option<&'a Element> {
        let (item, id) = self.tellings.first()?;
        let term = items.get(*item)?.root.reading.term(id.term)?;
        term.elements.iter().find(|element| element.id == *id)
    }

    /// True when an element of an item is this one, and the item has told it with no other words.
    fn is_free_for(&self, items: &[Item<'_>], item: usize, element: &Element) -> bool {
        self.tellings.iter().all(|(told, _)| *told != item)
            && self.element(items).is_some_and(|known| is_one_element(known, element))
    }
}

/// The terms of some tellings.
pub(super) fn terms(tellings: &[Telling], items: &[Item<'_>]) -> Vec<TermCluster> {
    let mut found: Vec<TermCluster> = Vec::new();
    for telling in tellings {
        let Some(told) = telling.told(items) else { continue };
        let mut terms: Vec<&Term> = told.reading.terms_of(telling.agreement).collect();
        terms.sort_by_key(|term| (term.ordinal, term.id));
        for term in terms {
            let best = found
                .iter()
                .enumerate()
                .filter_map(|(at, cluster)| {
                    let shared = likeness(cluster, items, telling.item, term)?;
                    Some((shared, std::cmp::Reverse(at)))
                })
                .max();
            match best {
                Some((_, std::cmp::Reverse(at))) => join(&mut found[at], items, telling.item, term),
                None => found.push(alone(telling.item, term)),
            }
        }
    }
    contradictions(&mut found, items);
    found
}

fn alone(item: usize, term: &Term) -> TermCluster {
    let elements = term.elements.iter();
    TermCluster {
        tellings: vec![(item, term.id)],
        elements: elements
            .map(|element| ElementCluster { tellings: vec![(item, element.id)] })
            .collect(),
        contradicts: Vec::new(),
    }
}

/// How alike a promise is to one that is known: the number of its elements that are free for the page to
/// tell; nothing when they are two promises.
fn likeness(cluster: &TermCluster, items: &[Item<'_>], item: usize, two: &Term) -> Option<usize> {
    let one = cluster.term(items)?;
    let bearers = match (&one.bearer, &two.bearer) {
        (Some(one), Some(two)) => may_be_one_in_a_deal(one, two),
        _ => true,
    };
    let apart = |one: Option<&Where>, two: Option<&Where>| {
        one.zip(two).is_some_and(|(one, two)| one_place(one, two).is_none())
    };
    let contrary = is_forbearance(one) != is_forbearance(two);
    if !bearers
        || contrary
        || apart(one.place.as_ref(), two.place.as_ref())
        || apart(one.destination.as_ref(), two.destination.as_ref())
    {
        return None;
    }
    let shared = two
        .elements
        .iter()
        .filter(|told| cluster.elements.iter().any(|known| known.is_free_for(items, item, told)));
    let shared = shared.count();
    // A page may tell in two promises what another tells in one, never one element twice; and what is
    // more than an element of a promise it has told is another promise.
    let whole = shared == two.elements.len() || !cluster.is_told_by(item);
    (shared > 0 && whole).then_some(shared)
}

fn is_forbearance(term: &Term) -> bool {
    term.modality == Modality::Forbearance
}

/// Two elements are one when their kinds are, and the acts their words name where both name one. What is
/// of no kind is never said to be the same.
fn is_one_element(one: &Element, two: &Element) -> bool {
    let acts = one.act.zip(two.act).is_none_or(|(one, two)| one == two);
    one.kind == two.kind && acts && one.kind != TermKind::Other
}

fn join(cluster: &mut TermCluster, items: &[Item<'_>], item: usize, term: &Term) {
    cluster.tellings.push((item, term.id));
    for element in &term.elements {
        let free = |known: &&mut ElementCluster| known.is_free_for(items, item, element);
        match cluster.elements.iter_mut().find(free) {
            Some(known) => known.tellings.push((item, element.id)),
            None => {
                cluster.elements.push(ElementCluster { tellings: vec![(item, element.id)] });
            }
        }
    }
}

/// "Everybody who refuses leaves", "nobody is expelled": one kind of promise, of one bearer, told as
/// given and as forborne by different pages.
fn contradictions(terms: &mut [TermCluster], items: &[Item<'_>]) {
    for one in 0..terms.len() {
        for two in one + 1..terms.len() {
            let (Some(left), Some(right)) = (terms[one].term(items), terms[two].term(items)) else {
                continue;
            };
            let bearers = match (&left.bearer, &right.bearer) {
                (Some(left), Some(right)) => may_be_one_in_a_deal(left, right),
                _ => true,
            };
            let kinds = left
                .elements
                .iter()
                .any(|element| right.elements.iter().any(|other| is_one_element(element, other)));
            let one_page = terms[one].tellings.iter().any(|(item, _)| terms[two].is_told_by(*item));
            if bearers && kinds && !one_page && is_forbearance(left) != is_forbearance(right) {
                terms[one].contradicts.push(two);
                terms[two].contradicts.push(one);
            }
        }
    }
}
