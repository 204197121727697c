//! Takes a mention of a person, group or force, gives who is meant.
//! Invariant: the name is the page's own wording; what we know beside it comes from a register, by id.

use crate::span::Span;

crate::codes! {
    /// What kind of actor.
    pub enum ActorKind {
        /// Armed forces, police and security services of a state, and forces that fight for it.
        StateForces = "state_forces",
        /// Armed opposition to a state.
        ArmedOpposition = "armed_opposition",
        /// Any other armed group: tribal, communal, local, jihadist.
        ArmedGroup = "armed_group",
        /// A government or its organs.
        Authority = "authority",
        /// A political party, movement or coalition.
        Political = "political",
        /// Notables, elders, committees and delegations of a place.
        LocalLeaders = "local_leaders",
        /// A tribe, clan or community. Never responsible for a breach.
        Community = "community",
        /// The people of a place, families, displaced persons.
        Civilians = "civilians",
        /// Detained or abducted persons.
        Detainees = "detainees",
        /// A foreign state or its forces.
        ForeignState = "foreign_state",
        /// An organisation of states, or of humanitarian help.
        Organisation = "organisation",
        /// One person.
        Person = "person",
    }
}

/// Who is meant by a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The page's own wording.
    pub name: String,
    /// Entry of the actor register.
    pub register_id: Option<String>,
    /// What kind of actor, where known.
    pub kind: Option<ActorKind>,
    /// Its side in the conflict, where a register or the wording gives one ("government", "opposition").
    pub side: Option<String>,
    /// Where the wording stands.
    pub span: Span,
}
