//! Takes registers/conflicts.toml, gives the conflict a country or an actor belongs to.
//! Invariant: where a country has several conflicts none is chosen for it.

use crate::rules::RulesError;
use serde::Deserialize;
use std::collections::BTreeMap;
use sulh_model::register::{Actor, ActorRegister};

/// The conflicts the registers speak of.
#[derive(Debug)]
pub(crate) struct Conflicts {
    by_code: BTreeMap<String, Conflict>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    conflict: BTreeMap<String, Conflict>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Conflict {
    countries: Vec<String>,
    sides: Vec<String>,
}

impl Conflicts {
    /// The conflicts that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        let file: File = toml::from_str(include_str!("../../../registers/conflicts.toml"))
            .map_err(|error| RulesError::file("registers/conflicts.toml", error))?;
        Ok(Self { by_code: file.conflict })
    }

    /// The one conflict of a country.
    pub fn of_country(&self, country: &str) -> Option<&str> {
        let mut found = self
            .by_code
            .iter()
            .filter(|(_, conflict)| conflict.countries.iter().any(|known| known == country));
        let (code, _) = found.next()?;
        found.next().is_none().then_some(code.as_str())
    }

    /// The conflict most of these actors have a side in, where one leads.
    pub fn of_actors<'a>(
        &self,
        register: &ActorRegister,
        ids: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for actor in ids.filter_map(|id| register.get(id)) {
            for conflict in conflicts_of(actor) {
                *counts.entry(conflict.to_owned()).or_default() += 1;
            }
        }
        let most = counts.values().max().copied()?;
        let mut leading =
            counts.into_iter().filter(|(_, count)| *count == most).map(|(code, _)| code);
        let code = leading.next()?;
        leading.next().is_none().then_some(code)
    }

    /// The country of a conflict that is fought in one.
    pub fn country_of(&self, conflict: &str) -> Option<&str> {
        match self.by_code.get(conflict)?.countries.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Whether a code names a side of a conflict.
    pub fn has_side(&self, conflict: &str, side: &str) -> bool {
        self.by_code
            .get(conflict)
            .is_some_and(|known| known.sides.iter().any(|other| other == side))
    }
}

fn conflicts_of(actor: &Actor) -> Vec<&str> {
    let mut codes: Vec<&str> = actor.sides.iter().map(|side| side.conflict.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
