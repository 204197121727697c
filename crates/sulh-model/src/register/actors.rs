//! Takes registers/actors.toml, gives the named actors of conflicts with their dated sides.
//! Invariant: a name leads to one actor per conflict; an actor's side in a conflict is never guessed.

use super::{Entry, Register, RegisterError, holds_on, read_day};
use crate::actor::ActorKind;
use jiff::civil::Date;
use serde::Deserialize;

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
pub type ActorRegister = Register<Actor>;

impl Entry for Actor {
    fn id(&self) -> &str {
        &self.id
    }

    fn called(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
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
        Self::of(file.actor.into_iter().map(Row::into_actor))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_register_is_whole() {
        let register = ActorRegister::shipped().unwrap();
        let army = register.find("SAA").unwrap();
        assert_eq!(army.side("syria", Some("2020-10-03".parse().unwrap())), Some("government"));
        for actor in register.iter() {
            assert!(
                actor.member_of.as_ref().is_none_or(|whole| register.get(whole).is_some()),
                "{}",
                actor.id
            );
        }
    }
}
