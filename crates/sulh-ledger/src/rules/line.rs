//! R2. Takes the evidence for a proposition, gives its lines: one for each owner of a root.
//! Invariant: a copy never adds a line; of several relays of one root the most doubtful counts;
//! all unnamed voices of one side are one line.

use super::{
    eligible::Hedge,
    interest::{Interest, Stake},
    strength::{Strength, strength},
    voucher::{Stance, Voucher},
};
use crate::window::Window;
use std::collections::BTreeMap;
use sulh_model::{span::Span, statement::Basis};

/// One statement that bears on a proposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The capture it stands in, by its place among those of the question.
    pub item: usize,
    /// The words.
    pub spans: Vec<Span>,
    /// Who vouches.
    pub voucher: Voucher,
    /// How firmly.
    pub hedge: Hedge,
    /// True when it says that the thing is not so.
    pub denies: bool,
    /// True when it stands in a headline.
    pub headline: bool,
    /// When the thing happened.
    pub window: Window,
}

/// One line: what one owner says, however often it is repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Who vouches; nothing when nobody named does.
    pub voucher: Option<String>,
    /// The owner group, which tells lines apart.
    pub owner: String,
    /// Where the voucher stands in the conflict.
    pub stance: Stance,
    /// How it knows.
    pub basis: Basis,
    /// What it has in being believed.
    pub interest: Interest,
    /// True when the voucher's own page is in the ledger.
    pub original_seen: bool,
    /// How firmly it speaks.
    pub hedge: Hedge,
    /// How much it can carry.
    pub strength: Strength,
}

/// The lines of some evidence, which all affirms or all denies, in the order of their owners.
pub fn lines(evidence: &[&Evidence], stake: &Stake, denies: bool) -> Vec<Line> {
    let mut owners: BTreeMap<&str, BTreeMap<&str, Vec<&Evidence>>> = BTreeMap::new();
    for one in evidence {
        let roots = owners.entry(&one.voucher.owner).or_default();
        roots.entry(&one.voucher.root).or_default().push(one);
    }
    let best = |roots: BTreeMap<&str, Vec<&Evidence>>| {
        roots
            .into_values()
            .filter_map(|told| line_of_root(&told, stake, denies))
            .max_by(|left, right| rank(left).cmp(&rank(right)))
    };
    owners.into_values().filter_map(best).collect()
}

fn rank(line: &Line) -> (Strength, bool, Option<&str>) {
    (line.strength, line.original_seen, line.voucher.as_deref())
}

fn line_of_root(told: &[&Evidence], stake: &Stake, denies: bool) -> Option<Line> {
    let is_original = |one: &&Evidence| !one.voucher.relayed && one.voucher.name.is_some();
    let original_seen = told.iter().any(is_original);
    // The original speaks for itself; without it, a relay may have dropped a doubt, never added firmness.
    let spoken = told.iter().filter(|one| !original_seen || is_original(one));
    let weighed = spoken.map(|one| {
        let interest = stake.interest(&one.voucher, denies);
        (one, interest, strength(&one.voucher, interest, one.hedge))
    });
    let (one, interest, strength) = weighed.min_by(|(left, _, weak), (right, _, strong)| {
        let key = |one: &Evidence| (std::cmp::Reverse(one.hedge), one.voucher.basis, one.item);
        weak.cmp(strong).then_with(|| key(left).cmp(&key(right)))
    })?;
    Some(Line {
        voucher: one.voucher.name.clone(),
        owner: one.voucher.owner.clone(),
        stance: one.voucher.stance.clone(),
        basis: one.voucher.basis,
        interest,
        original_seen,
        hedge: one.hedge,
        strength,
    })
}

#[cfg(test)]
pub(crate) mod samples {
    //! Lines and vouchers for the tests of the rules, good in every respect until one is taken away.

    use super::*;

    pub(crate) fn voucher(name: &str) -> Voucher {
        Voucher {
            name: (!name.is_empty()).then(|| name.to_owned()),
            root: name.to_owned(),
            owner: name.to_owned(),
            stance: Stance::Neither,
            basis: Basis::OwnNetwork,
            organ: false,
            through_unnamed: false,
            relayed: false,
            inherited: false,
        }
    }

    pub(crate) fn line(name: &str) -> Line {
        let voucher = voucher(name);
        Line {
            voucher: voucher.name,
            owner: voucher.owner,
            stance: voucher.stance,
            basis: voucher.basis,
            interest: Interest::None,
            original_seen: true,
            hedge: Hedge::Plain,
            strength: Strength::Solid,
        }
    }

    impl Line {
        pub(crate) fn thin(self) -> Self {
            Self { strength: Strength::Thin, ..self }
        }
        pub(crate) fn unconfirmed(self) -> Self {
            Self { strength: Strength::Unconfirmed, ..self }
        }
        pub(crate) fn admits(self) -> Self {
            Self { strength: Strength::Admission, ..self }
        }
        pub(crate) fn unseen(self) -> Self {
            Self { original_seen: false, ..self }
        }
        pub(crate) fn leans(self, side: &str) -> Self {
            Self { stance: Stance::Leans(side.to_owned()), ..self }
        }
        pub(crate) fn unexamined(self) -> Self {
            Self { stance: Stance::NotExamined, ..self }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{samples::voucher, *};

    fn evidence(owner: &str, root: &str, relayed: bool, hedge: Hedge, item: usize) -> Evidence {
        let name = Some(root.to_owned()).filter(|root| !root.is_empty());
        let (root, owner) = (root.to_owned(), owner.to_owned());
        let window = Window { latest: "2023-04-15".parse().unwrap(), earliest: None };
        Evidence {
            item,
            spans: vec![],
            voucher: Voucher { name, root, owner, relayed, ..voucher("") },
            hedge,
            denies: false,
            headline: false,
            window,
        }
    }

    fn check(evidence: &[Evidence], expected: &str) {
        let show = |evidence: Vec<&Evidence>| {
            let lines = lines(&evidence, &Stake::Unknown, false);
            let shown = lines.iter().map(|line| {
                let seen = if line.original_seen { "seen" } else { "unseen" };
                format!("{} {} {seen}", line.owner, line.strength)
            });
            shown.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(show(evidence.iter().collect()), expected);
        assert_eq!(show(evidence.iter().rev().collect()), expected, "the order tells");
    }

    #[test]
    fn one_owner_is_one_line() {
        let firm = |owner, root, item| evidence(owner, root, false, Hedge::Plain, item);
        check(&[firm("house", "paper", 0), firm("house", "radio", 1)], "house solid seen");
        check(
            &[firm("house", "paper", 0), firm("mill", "weekly", 1)],
            "house solid seen, mill solid seen",
        );
    }

    #[test]
    fn the_most_doubtful_relay_counts_until_the_original_is_seen() {
        let relay = |hedge, item| evidence("house", "paper", true, hedge, item);
        let relays = [relay(Hedge::Plain, 0), relay(Hedge::Hedged, 1)];
        check(&relays, "house thin unseen");
        let original = evidence("house", "paper", false, Hedge::Plain, 2);
        let [first, second] = relays;
        check(&[first, second, original], "house solid seen");
    }

    #[test]
    fn unnamed_voices_of_one_side_are_one_line() {
        let voice = |item| evidence("anonymous:north", "", true, Hedge::Unconfirmed, item);
        check(&[voice(0), voice(1)], "anonymous:north unconfirmed unseen");
    }
}
