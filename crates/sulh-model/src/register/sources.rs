//! Takes registers/sources.toml, gives who a source is, who owns it and where it was found to lean, and when.
//! Invariant: a leaning carries its basis; a source without a leaning for a conflict is *not examined*, which is not neutral.

use super::{Entry, Register, RegisterError, folded, holds_on, read_day};
use crate::statement::HolderKind;
use jiff::civil::Date;
use serde::Deserialize;

/// Where an examined source leans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaningSide {
    /// Examined, and found to lean to no side.
    Neither,
    /// Leans to this side of the conflict.
    Side(String),
}

/// What an examination found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaning {
    /// The conflict it holds for.
    pub conflict: String,
    /// The finding.
    pub side: LeaningSide,
    /// First day it holds.
    pub from: Option<Date>,
    /// Last day it holds.
    pub to: Option<Date>,
    /// On what it rests.
    pub basis: String,
}

/// One source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What kind of speaker.
    pub kind: HolderKind,
    /// Its owner group: sources of one owner are one line.
    pub owner: String,
    /// True when its "sources" are its own people on the ground.
    pub own_network: bool,
    /// False for scrapers and rewriters, which never vouch.
    pub vouches: bool,
    /// What examinations found, per conflict.
    pub leanings: Vec<Leaning>,
}

impl Source {
    /// The finding for a conflict on a day; nothing when it was not examined for it.
    pub fn leaning(&self, conflict: &str, day: Option<Date>) -> Option<&Leaning> {
        self.leanings
            .iter()
            .find(|found| found.conflict == conflict && holds_on(found.from, found.to, day))
    }
}

/// All sources, found by any name.
pub type SourceRegister = Register<Source>;

impl Entry for Source {
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
    source: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    kind: String,
    owner: String,
    own_network: bool,
    #[serde(default = "vouches")]
    vouches: bool,
    #[serde(default)]
    leaning: Vec<LeaningRow>,
}

fn vouches() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeaningRow {
    conflict: String,
    side: String,
    from: Option<String>,
    to: Option<String>,
    basis: String,
}

impl SourceRegister {
    /// The register that comes with the program.
    pub fn shipped() -> Result<Self, RegisterError> {
        Self::parse(include_str!("../../../../registers/sources.toml"))
    }

    /// Reads a register.
    pub fn parse(text: &str) -> Result<Self, RegisterError> {
        let file: File = toml::from_str(text).map_err(Box::new)?;
        Self::of(file.source.into_iter().map(Row::into_source))
    }

    /// Takes in what an examination found of a source, before what was found earlier. A source that was
    /// not in the register becomes an entry of its own, its own owner.
    pub fn examine(&mut self, name: &str, found: Leaning) {
        let at = self.place(name).unwrap_or_else(|| {
            self.add(Source {
                id: folded(name),
                name: name.to_owned(),
                aliases: Vec::new(),
                kind: HolderKind::Outlet,
                owner: format!("name:{}", folded(name)),
                own_network: false,
                vouches: true,
                leanings: Vec::new(),
            })
        });
        if let Some(source) = self.entry_mut(at) {
            source.leanings.insert(0, found);
        }
    }
}

impl Row {
    fn into_source(self) -> Result<Source, RegisterError> {
        let refuse = |problem: String| RegisterError::Entry { entry: self.id.clone(), problem };
        let kind = HolderKind::from_code(&self.kind)
            .ok_or_else(|| refuse(format!("`{}` is not a kind of source", self.kind)))?;
        let mut leanings = Vec::new();
        for row in self.leaning {
            if row.basis.trim().is_empty() {
                return Err(refuse(format!("the leaning for `{}` has no basis", row.conflict)));
            }
            leanings.push(Leaning {
                side: match row.side.as_str() {
                    "neither" => LeaningSide::Neither,
                    side => LeaningSide::Side(side.to_owned()),
                },
                from: read_day(&self.id, row.from.as_deref())?,
                to: read_day(&self.id, row.to.as_deref())?,
                conflict: row.conflict,
                basis: row.basis,
            });
        }
        Ok(Source {
            id: self.id,
            name: self.name,
            aliases: self.aliases,
            kind,
            owner: self.owner,
            own_network: self.own_network,
            vouches: self.vouches,
            leanings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"
        [[source]]
        id = "monitor"
        name = "The Valley Monitor"
        aliases = ["VM"]
        kind = "monitor"
        owner = "valley"
        own_network = true
        [[source.leaning]]
        conflict = "valley"
        side = "neither"
        from = "2012-01-01"
        basis = "reports breaches by every side"
    "#;

    #[test]
    fn a_source_is_found_by_any_name_and_only_as_examined() {
        let register = SourceRegister::parse(TWO).unwrap();
        let source = register.find("valley monitor").unwrap();
        assert_eq!(register.find("VM").unwrap().id, source.id);
        let day = |text: &str| Some(text.parse().unwrap());
        assert!(source.leaning("valley", day("2012-01-01")).is_some());
        assert!(source.leaning("valley", day("2011-12-31")).is_none());
        assert!(source.leaning("valley", None).is_none());
        assert!(source.leaning("coast", day("2020-01-01")).is_none());
    }

    #[test]
    fn a_leaning_without_a_basis_and_a_name_of_two_are_refused() {
        let bare = TWO.replace("reports breaches by every side", " ");
        assert!(SourceRegister::parse(&bare).unwrap_err().to_string().contains("no basis"));
        let twice = format!("{TWO}{}", TWO.replace("id = \"monitor\"", "id = \"other\""));
        assert!(SourceRegister::parse(&twice).unwrap_err().to_string().contains("another entry"));
    }

    #[test]
    fn a_later_examination_counts_before_an_earlier_one_and_for_its_own_days() {
        let mut register = SourceRegister::parse(TWO).unwrap();
        let found = |from: &str, side: &str| Leaning {
            conflict: "valley".to_owned(),
            side: LeaningSide::Side(side.to_owned()),
            from: from.parse().ok(),
            to: None,
            basis: "bought by the ministry".to_owned(),
        };
        register.examine("VM", found("2020-01-01", "government"));
        register.examine("Ridge Voice", found("", "ridge"));
        let side = |name: &str, day: &str| {
            let source = register.find(name).unwrap();
            source.leaning("valley", day.parse().ok()).map(|found| found.side.clone())
        };
        assert_eq!(side("VM", "2019-12-31"), Some(LeaningSide::Neither));
        assert_eq!(side("VM", "2020-01-01"), Some(LeaningSide::Side("government".to_owned())));
        assert_eq!(side("ridge voice", "2001-01-01"), Some(LeaningSide::Side("ridge".to_owned())));
    }

    #[test]
    fn the_shipped_register_is_whole() {
        assert!(SourceRegister::shipped().unwrap().iter().count() >= 50);
    }
}
