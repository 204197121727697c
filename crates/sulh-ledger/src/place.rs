//! Takes two places as pages name them, gives how they lie to one another.
//! Invariant: places are the same by the gazetteer's id, else by name; two that may be the same are not said to be.

use std::collections::BTreeSet;
use sulh_model::{
    place::{KnownPlace, Where},
    register::folded,
};

/// How two places lie to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// They are one.
    Same,
    /// One lies in the other.
    Within,
}

/// How two places lie to one another; nothing where they are apart or it cannot be told.
pub fn one_place(one: &Where, two: &Where) -> Option<Relation> {
    match (one.known(), two.known()) {
        (Some(one), Some(two)) if is_one(one, two) => Some(Relation::Same),
        (Some(one), Some(two)) if lies_in(one, two) || lies_in(two, one) => Some(Relation::Within),
        (Some(_), Some(_)) => None,
        // A name that could be several places is the other's if it is called the same.
        _ => (folded(&one.name) == folded(&two.name)).then_some(Relation::Same),
    }
}

/// The names two places share when one is the other or lies in it: what they can be found by.
pub fn found_by(place: &Where) -> BTreeSet<String> {
    let mut names = BTreeSet::from([folded(&place.name)]);
    if let Some(known) = place.known() {
        names.insert(folded(&known.name));
        names.extend(known.within.as_deref().map(folded));
    }
    names
}

fn is_one(one: &KnownPlace, two: &KnownPlace) -> bool {
    match (one.geonames, two.geonames) {
        (None, None) => one.country == two.country && folded(&one.name) == folded(&two.name),
        (one, two) => one == two,
    }
}

fn lies_in(one: &KnownPlace, two: &KnownPlace) -> bool {
    let unit = one.within.as_deref().is_some_and(|unit| folded(unit) == folded(&two.name));
    one.country == two.country && unit
}
