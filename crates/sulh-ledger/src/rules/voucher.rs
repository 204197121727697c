//! R1. Takes an attribution chain, the outlet and the registers, gives who vouches and how that one knows.
//! Invariant: the voucher is the last named holder of the chain; the outlet vouches only for what it says
//! in its own voice; nobody named means nobody vouches.

use jiff::civil::Date;
use sulh_model::{
    actor::ActorKind,
    links::Links,
    register::{Actor, ActorRegister, LeaningSide, Source, SourceRegister, folded},
    statement::{Basis, Holder, HolderKind},
};

/// The registers the rules look names up in.
#[derive(Clone, Debug)]
pub struct Registers {
    /// Sources, their owners and leanings.
    pub sources: SourceRegister,
    /// Actors and their sides.
    pub actors: ActorRegister,
    /// Which events bear on which promises.
    pub links: Links,
}

/// Where a voucher stands in the conflict. Its text is spelled out, or a number of `vouchers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance<Text = String> {
    /// Examined, and found to lean to no side.
    Neither,
    /// Examined, and found to lean to this side.
    Leans(Text),
    /// Of this side by its own description or as an actor; as a source it was not examined.
    Stated(Text),
    /// Not examined, which is not neutral.
    NotExamined,
}

impl<Text> Stance<Text> {
    /// The side, where there is one.
    pub const fn side(&self) -> Option<&Text> {
        match self {
            Self::Leans(side) | Self::Stated(side) => Some(side),
            Self::Neither | Self::NotExamined => None,
        }
    }

    /// True when a register entry with a basis says where it stands.
    pub const fn is_examined(&self) -> bool {
        matches!(self, Self::Neither | Self::Leans(_))
    }

    /// The same stance with its text written otherwise.
    pub(super) fn map<Other>(self, text: impl FnOnce(Text) -> Other) -> Stance<Other> {
        match self {
            Self::Neither => Stance::Neither,
            Self::Leans(side) => Stance::Leans(text(side)),
            Self::Stated(side) => Stance::Stated(text(side)),
            Self::NotExamined => Stance::NotExamined,
        }
    }
}

/// Who vouches for a statement. Its texts are spelled out, or numbers of `vouchers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Voucher<Text = String> {
    /// The name; nothing when nobody named says it, or when the one who does never vouches.
    pub name: Option<Text>,
    /// The root: the source itself, under one spelling.
    pub root: Text,
    /// The owner group of the root. Lines are told apart by it.
    pub owner: Text,
    /// Where it stands in the conflict.
    pub stance: Stance<Text>,
    /// How it knows.
    pub basis: Basis,
    /// True for a party to the conflict and its officials, speaking for themselves.
    pub organ: bool,
    /// True when it was told by somebody unnamed who is not of its own network.
    pub through_unnamed: bool,
    /// True when the page relays it; false when the page is its own.
    pub relayed: bool,
    /// True when the attribution comes from an earlier sentence.
    pub inherited: bool,
}

impl<Text> Voucher<Text> {
    /// The same voucher with its texts written otherwise.
    pub(super) fn map<Other>(self, mut text: impl FnMut(Text) -> Other) -> Voucher<Other> {
        Voucher {
            name: self.name.map(&mut text),
            root: text(self.root),
            owner: text(self.owner),
            stance: self.stance.map(text),
            basis: self.basis,
            organ: self.organ,
            through_unnamed: self.through_unnamed,
            relayed: self.relayed,
            inherited: self.inherited,
        }
    }
}

/// The outlet of a page, with what its conflict and day are.
#[derive(Clone, Copy, Debug)]
pub struct Outlet<'a> {
    /// Its name, if known.
    pub name: Option<&'a str>,
    /// The conflict the agreement belongs to.
    pub conflict: Option<&'a str>,
    /// The day the page was published, if known.
    pub published: Option<Date>,
}

impl Registers {
    /// The voucher of a chain.
    pub fn voucher(&self, chain: &[Holder], outlet: Outlet<'_>) -> Voucher {
        let Some(at) = chain.iter().rposition(|holder| holder.named) else {
            return match (chain, outlet.name) {
                ([], Some(name)) => self.own_voice(name, outlet),
                _ => anonymous(chain),
            };
        };
        let holder = &chain[at];
        let source = match holder.register_id.as_deref() {
            Some(id) => self.sources.get(id).or_else(|| self.sources.find(&holder.name)),
            None => self.sources.find(&holder.name),
        };
        let own_network = source.is_some_and(|source| source.own_network);
        let unnamed = at + 1 < chain.len();
        let party = matches!(holder.kind, HolderKind::Party | HolderKind::Official);
        let told = match (holder.basis, own_network, unnamed) {
            (Basis::None, true, _) => Basis::OwnNetwork,
            (Basis::None, false, true) => Basis::ToldUnnamed,
            (basis, _, _) => basis,
        };
        let mut voucher = self.of(source, &holder.name, outlet);
        voucher.basis = told;
        voucher.organ |= party;
        voucher.through_unnamed = (unnamed || holder.basis == Basis::ToldUnnamed) && !own_network;
        voucher.relayed = outlet.name.is_none_or(|name| self.root(name) != voucher.root);
        voucher.inherited = holder.inherited;
        if let (Stance::NotExamined, Some(side)) = (&voucher.stance, &holder.side) {
            voucher.stance = Stance::Stated(side.clone());
        }
        voucher
    }

    /// The dated side of a name in a conflict, where the actor register gives one.
    pub fn actor_side(&self, actor: Option<&Actor>, outlet: Outlet<'_>) -> Option<String> {
        let side = actor?.side(outlet.conflict?, outlet.published)?;
        Some(side.to_owned())
    }

    fn own_voice(&self, name: &str, outlet: Outlet<'_>) -> Voucher {
        self.of(self.sources.find(name), name, outlet)
    }

    fn root(&self, name: &str) -> String {
        self.sources.find(name).map_or_else(|| folded(name), |source| source.id.clone())
    }

    fn of(&self, source: Option<&Source>, name: &str, outlet: Outlet<'_>) -> Voucher {
        let actor = self.actors.find(name);
        let leaning = source
            .zip(outlet.conflict)
            .and_then(|(source, conflict)| source.leaning(conflict, outlet.published));
        let stance = match leaning.map(|found| &found.side) {
            Some(LeaningSide::Neither) => Stance::Neither,
            Some(LeaningSide::Side(side)) => Stance::Leans(side.clone()),
            None => self.actor_side(actor, outlet).map_or(Stance::NotExamined, Stance::Stated),
        };
        let owner = match (source, actor) {
            (Some(source), _) => source.owner.clone(),
            (None, Some(actor)) => format!("actor:{}", self.topmost(actor)),
            (None, None) => format!("name:{}", folded(name)),
        };
        let vouches = source.is_none_or(|source| source.vouches);
        let party = |kind| matches!(kind, HolderKind::Party | HolderKind::Official);
        Voucher {
            name: vouches.then(|| source.map_or(name, |source| &source.name).to_owned()),
            root: source.map_or_else(|| folded(name), |source| source.id.clone()),
            owner,
            stance,
            basis: Basis::None,
            organ: source.map_or_else(|| actor.is_some_and(fights), |source| party(source.kind)),
            through_unnamed: false,
            relayed: false,
            inherited: false,
        }
    }

    /// The actor at the top of those it belongs to: a brigade speaks with its army's voice.
    fn topmost<'a>(&'a self, actor: &'a Actor) -> &'a str {
        let mut top = actor;
        // A register that goes round in a circle must not hang us.
        for _ in 0..16 {
            match top.member_of.as_deref().and_then(|id| self.actors.get(id)) {
                Some(above) => top = above,
                None => break,
            }
        }
        &top.id
    }
}

fn fights(actor: &Actor) -> bool {
    matches!(
        actor.kind,
        ActorKind::StateForces
            | ActorKind::ArmedOpposition
            | ActorKind::ArmedGroup
            | ActorKind::Authority
            | ActorKind::Political
            | ActorKind::ForeignState
    )
}

/// Nobody named: all such voices of one side are one line.
fn anonymous(chain: &[Holder]) -> Voucher {
    let side = chain.iter().rev().find_map(|holder| holder.side.clone());
    let root = format!("anonymous:{}", side.as_deref().unwrap_or("unknown"));
    Voucher {
        name: None,
        owner: root.clone(),
        root,
        stance: side.map_or(Stance::NotExamined, Stance::Stated),
        basis: chain.last().map_or(Basis::None, |holder| holder.basis),
        organ: false,
        through_unnamed: true,
        relayed: true,
        inherited: chain.iter().any(|holder| holder.inherited),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{anonymous, monitor, named, registers};

    fn check(chain: &[Holder], outlet: Option<&str>, expected: &str) -> Voucher {
        let published = "2020-06-01".parse().ok();
        let outlet = Outlet { name: outlet, conflict: Some("valley"), published };
        let voucher = registers().voucher(chain, outlet);
        let said = format!(
            "{} / {} / {:?}",
            voucher.name.as_deref().unwrap_or("nobody"),
            voucher.owner,
            voucher.stance
        );
        assert_eq!(said, expected);
        voucher
    }

    #[test]
    fn the_last_named_holder_vouches() {
        let chain = [named("Harbour News"), monitor()];
        let voucher = check(&chain, Some("Harbour News"), "Valley Monitor / valley / Neither");
        assert!(voucher.relayed);
        check(&[monitor(), named("A Daily")], None, "A Daily / name:a daily / NotExamined");
    }

    #[test]
    fn the_empty_chain_is_the_outlet_itself() {
        let outlet = Some("harbour news");
        let voucher = check(&[], outlet, "Harbour News / harbour / Leans(\"government\")");
        assert!(!voucher.relayed);
        check(&[], None, "nobody / anonymous:unknown / NotExamined");
        check(&[], Some("Copy Mill"), "nobody / mill / Neither");
    }

    #[test]
    fn unnamed_holders_leave_their_side() {
        let chain = [anonymous("opposition")];
        check(
            &chain,
            Some("Harbour News"),
            "nobody / anonymous:opposition / Stated(\"opposition\")",
        );
    }

    #[test]
    fn an_unnamed_holder_inside_thins_all_but_an_own_network() {
        let inside = |name: &str| [named(name), anonymous("opposition")];
        let thin = check(&inside("A Daily"), None, "A Daily / name:a daily / NotExamined");
        assert!(thin.through_unnamed);
        let firm = check(&inside("Valley Monitor"), None, "Valley Monitor / valley / Neither");
        assert!(!firm.through_unnamed);
    }

    #[test]
    fn a_page_of_the_voucher_itself_is_no_relay() {
        let voucher = check(&[monitor()], Some("VM"), "Valley Monitor / valley / Neither");
        assert!(!voucher.relayed);
    }

    #[test]
    fn a_brigade_speaks_for_its_army() {
        let chain = [named("River Brigade")];
        let voucher =
            check(&chain, None, "River Brigade / actor:valley_army / Stated(\"government\")");
        assert!(voucher.organ);
    }
}
