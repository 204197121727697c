//! Takes the parties of the tellings of one agreement, gives each party once.
//! Invariant: two parties told by one page are never joined; the first telling names the party.

use super::{Item, Telling};
use sulh_model::{
    actor::Who,
    agreement::{Party, PartyRole},
    register::folded,
};

/// A party as the tellings of an agreement name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyCluster {
    /// Its tellings, as place of the telling and of the party in it.
    pub tellings: Vec<(usize, usize)>,
}

impl PartyCluster {
    /// The first telling's words on the party.
    pub fn party<'a>(&self, tellings: &[Telling], items: &[Item<'a>]) -> Option<&'a Party> {
        let (telling, party) = self.tellings.first()?;
        tellings.get(*telling)?.agreement(items)?.parties.get(*party)
    }
}

/// True when two wordings name one actor: by the register, else by name.
pub fn one_actor(one: &Who, two: &Who) -> bool {
    match (&one.register_id, &two.register_id) {
        (Some(one), Some(two)) => one == two,
        _ => folded(&one.name) == folded(&two.name),
    }
}

/// True when two wordings can name one actor: nothing that is known of them differs, and their side or
/// their name is the same.
pub fn may_be_one_actor(one: &Who, two: &Who) -> bool {
    let sides = one.side.as_ref().zip(two.side.as_ref()).is_some_and(|(one, two)| one == two);
    one_actor(one, two) || (sides && !are_two(one, two))
}

/// True when two wordings can name one actor where both are said of one agreement: "local fighters" and
/// "fighters of the town" are, where nothing that is known of them differs and their kind is the same.
pub fn may_be_one_in_a_deal(one: &Who, two: &Who) -> bool {
    let kinds = one.kind.zip(two.kind).is_some_and(|(one, two)| one == two);
    may_be_one_actor(one, two) || (kinds && !are_two(one, two))
}

/// True when something that is known of two wordings differs.
fn are_two(one: &Who, two: &Who) -> bool {
    let differ = |one: Option<&str>, two: Option<&str>| one.zip(two).is_some_and(|(a, b)| a != b);
    differ(one.register_id.as_deref(), two.register_id.as_deref())
        || differ(one.side.as_deref(), two.side.as_deref())
        || one.kind.zip(two.kind).is_some_and(|(one, two)| one != two)
}

/// The parties of some tellings.
pub(super) fn parties(tellings: &[Telling], items: &[Item<'_>]) -> Vec<PartyCluster> {
    let mut found: Vec<PartyCluster> = Vec::new();
    for (at, telling) in tellings.iter().enumerate() {
        let told = telling.agreement(items).map_or(&[][..], |agreement| &agreement.parties);
        for (ordinal, party) in told.iter().enumerate() {
            let same = |cluster: &&mut PartyCluster| {
                let known = cluster.party(tellings, items);
                cluster.tellings.iter().all(|(telling, _)| *telling != at)
                    && known.is_some_and(|known| is_one(known, party))
            };
            match found.iter_mut().find(same) {
                Some(cluster) => cluster.tellings.push((at, ordinal)),
                None => found.push(PartyCluster { tellings: vec![(at, ordinal)] }),
            }
        }
    }
    found
}

fn is_one(one: &Party, two: &Party) -> bool {
    one.role == two.role
        && match one.role {
            PartyRole::Party => may_be_one_in_a_deal(&one.who, &two.who),
            _ => one_actor(&one.who, &two.who),
        }
}
