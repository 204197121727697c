//! Takes registers/actors.toml, gives the named actors of conflicts with their dated sides.
//! Invariant: a name leads to one actor per conflict; an actor's side in a conflict is never guessed.

use super::{RegisterError, folded, holds_on, read_day};
use crate::actor::ActorKind;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// An actor's side in a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The conflict.
    pub conflict: String,
    /// The side.
    pub side: String,
    /// First day it holds.
    pub from: Option<Date>,
    /// Last day it holds.
    pub to: Option<Date>,
}

/// One actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What kind.
    pub kind: ActorKind,
    /// The actor it belongs to.
    pub member_of: Option<String>,
    /// Its sides.
    pub sides: Vec<Side>,
}

impl Actor {
    /// Its side in a conflict on a day.
    pub fn side(&self, conflict: &str, day: Option<Date>) -> Option<&str> {
        self.sides
            .iter()
            .find(|side| side.conflict == conflict && holds_on(side.from, side.to, day))
            .map(|side| side.side.as_str())
    }
}

/// All actors, found by any name.
#[derive(Clone, Debug)]
pub struct ActorRegister {
    actors: Vec<Actor>,
    by_name: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    actor: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    kind: String,
    member_of: Option<String>,
    #[serde(default)]
    side: Vec<SideRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SideRow {
    conflict: String,
    side: String,
    from: Option<String>,
    to: Option<String>,
}

impl ActorRegister {
    /// The register that comes with the program.
    pub fn shipped() -> Result<Self, RegisterError> {
        Self::parse(include_str!("../../../../registers/actors.toml"))
    }

    /// Reads a register.
    pub fn parse(text: &str) -> Result<Self, RegisterError> {
        let file: File = toml::from_str(text).map_err(Box::new)?;
        let mut register = Self { actors: Vec::new(), by_name: BTreeMap::new() };
        for row in file.actor {
            let actor = row.into_actor()?;
            let at = register.actors.len();
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                let key = folded(name);
                if register.by_name.insert(key, at).is_some_and(|other| other != at) {
                    return Err(RegisterError::Entry {
                        entry: actor.id,
                        problem: format!("the name `{name}` belongs to another entry too"),
                    });
                }
            }
            register.actors.push(actor);
        }
        Ok(register)
    }

    /// The actor of a name or alias.
    pub fn find(&self, name: &str) -> Option<&Actor> {
        self.by_name.get(&folded(name)).and_then(|at| self.actors.get(*at))
    }

    /// The actor of an id.
    pub fn get(&self, id: &str) -> Option<&Actor> {
        self.actors.iter().find(|actor| actor.id == id)
    }

    /// Every actor, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// Every folded name, with its actor.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Actor)> {
        self.by_name.iter().map(|(name, at)| (name.as_str(), &self.actors[*at]))
    }
}

impl Row {
    fn into_actor(self) -> Result<Actor, RegisterError> {
        let kind = ActorKind::from_code(&self.kind).ok_or_else(|| RegisterError::Entry {
            entry: self.id.clone(),
            problem: format!("`{}` is not a kind of actor", self.kind),
        })?;
        let mut sides = Vec::new();
        for row in self.side {
            sides.push(Side {
                from: read_day(&self.id, row.from.as_deref())?,
                to: read_day(&self.id, row.to.as_deref())?,
                conflict: row.conflict,
                side: row.side,
            });
        }
        Ok(Actor {
            id: self.id,
            name: self.name,
            aliases: self.aliases,
            kind,
            member_of: self.member_of,
            sides,
        })
    }
}
