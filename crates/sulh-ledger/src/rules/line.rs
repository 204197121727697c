//! R2. Takes the evidence for a proposition, gives its lines: one for each owner of a root.
//! Invariant: a copy never adds a line; of several relays of one root the most doubtful counts;
//! all unnamed voices of one side are one line.

use super::{
    eligible::Hedge,
    interest::{Interest, Stake},
    strength::{Strength, strength},
    voucher::{Stance, Voucher},
    vouchers::{TextId, VoucherId, Vouchers},
};
use crate::window::Window;
use std::cmp::Ordering;
use sulh_model::{span::Span, statement::Basis};

/// One statement that bears on a proposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The capture it stands in, by its place among those of the question.
    pub item: u32,
    /// The words.
    pub span: Option<Span>,
    /// Who vouches.
    pub voucher: VoucherId,
    /// When the thing happened.
    pub window: Window,
    /// How firmly.
    pub hedge: Hedge,
    /// True when it says that the thing is not so.
    pub denies: bool,
    /// True when it stands in a headline.
    pub headline: bool,
}

// Millions of these lie in memory; the budget for a statement with all its indexes is 100 bytes.
const _: () = assert!(size_of::<Evidence>() <= 36);

/// One line: what one owner says, however often it is repeated. Its texts are spelled out, or numbers
/// of `vouchers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<Text = String> {
    /// Who vouches; nothing when nobody named does.
    pub voucher: Option<Text>,
    /// The owner group, which tells lines apart.
    pub owner: Text,
    /// Where the voucher stands in the conflict.
    pub stance: Stance<Text>,
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

/// What lines are drawn by: who vouches, and who gains.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) vouchers: &'a Vouchers,
    pub(super) stake: &'a Stake<TextId>,
}

/// A statement with what its voucher's word can carry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    by: Voucher<TextId>,
    voucher: VoucherId,
    item: u32,
    hedge: Hedge,
    interest: Interest,
    strength: Strength,
}

/// Draws the lines of some evidence, which all affirms or all denies. What `spoken` and `lines` held before
/// is lost; they are given so that weighing millions of propositions allocates nothing.
pub(super) fn draw<'e>(
    evidence: impl Iterator<Item = &'e Evidence>,
    case: Case<'_>,
    denies: bool,
    spoken: &mut Vec<Spoken>,
    lines: &mut Vec<Line<TextId>>,
) {
    spoken.clear();
    spoken.extend(evidence.map(|one| {
        let by = *case.vouchers.get(one.voucher);
        let interest = case.stake.interest(&by.stance, by.organ, denies);
        let strength = strength(&by, interest, one.hedge);
        Spoken { by, voucher: one.voucher, item: one.item, hedge: one.hedge, interest, strength }
    }));
    spoken.sort_unstable_by_key(|one| (one.by.owner, one.by.root));
    lines.clear();
    let owners = spoken.chunk_by(|left, right| left.by.owner == right.by.owner);
    lines.extend(owners.filter_map(|owner| line_of_owner(owner, case.vouchers)));
}

/// True when a statement by itself supports what it says.
pub(super) fn carries(one: &Evidence, case: Case<'_>) -> bool {
    let by = case.vouchers.get(one.voucher);
    let interest = case.stake.interest(&by.stance, by.organ, one.denies);
    matches!(strength(by, interest, one.hedge), Strength::Solid | Strength::Admission)
}

/// The best of the roots of one owner.
fn line_of_owner(told: &[Spoken], vouchers: &Vouchers) -> Option<Line<TextId>> {
    let roots = told.chunk_by(|left, right| left.by.root == right.by.root);
    let best = roots.filter_map(|root| word_of_root(root, vouchers)).max_by(|left, right| {
        let rank = |(one, seen): &(&Spoken, bool)| (one.strength, *seen);
        let name = || vouchers.order_of_roots(left.0.voucher, right.0.voucher);
        rank(left).cmp(&rank(right)).then_with(name)
    });
    let (one, original_seen) = best?;
    Some(Line {
        voucher: one.by.name,
        owner: one.by.owner,
        stance: one.by.stance,
        basis: one.by.basis,
        interest: one.interest,
        original_seen,
        hedge: one.hedge,
        strength: one.strength,
    })
}

/// The word of a root that counts, and whether the root's own page was seen.
fn word_of_root<'s>(told: &'s [Spoken], vouchers: &Vouchers) -> Option<(&'s Spoken, bool)> {
    let is_original = |one: &Spoken| !one.by.relayed && one.by.name.is_some();
    let original_seen = told.iter().any(is_original);
    // The original speaks for itself; without it, a relay may have dropped a doubt, never added firmness.
    let spoken = told.iter().filter(|one| !original_seen || is_original(one));
    let word = spoken.min_by(|left, right| more_doubtful(left, right, vouchers))?;
    Some((word, original_seen))
}

fn more_doubtful(left: &Spoken, right: &Spoken, vouchers: &Vouchers) -> Ordering {
    let doubt = |one: &Spoken| (one.strength, std::cmp::Reverse(one.hedge), one.by.basis, one.item);
    doubt(left).cmp(&doubt(right)).then_with(|| vouchers.order(left.voucher, right.voucher))
}

#[cfg(test)]
pub(crate) mod samples {
    //! Lines and vouchers for the tests of the rules, good in every respect until one is taken away.

    use super::*;

    /// One statement, its voucher spelled out.
    #[derive(Clone, Debug)]
    pub(crate) struct Says {
        pub(crate) voucher: Voucher,
        pub(crate) window: Window,
        pub(crate) hedge: Hedge,
        pub(crate) denies: bool,
        pub(crate) item: u32,
    }

    pub(crate) fn says(name: &str) -> Says {
        Says {
            voucher: voucher(name),
            window: Window { latest: jiff::civil::date(2023, 4, 15), earliest: None },
            hedge: Hedge::Plain,
            denies: false,
            item: 0,
        }
    }

    pub(crate) fn gathered<'s>(
        says: impl IntoIterator<Item = &'s Says>,
    ) -> (Vec<Evidence>, Vouchers) {
        let mut vouchers = Vouchers::default();
        let evidence = |one: &Says| Evidence {
            item: one.item,
            span: None,
            voucher: vouchers.add(one.voucher.clone()),
            window: one.window,
            hedge: one.hedge,
            denies: one.denies,
            headline: false,
        };
        (says.into_iter().map(evidence).collect(), vouchers)
    }

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
    use super::{
        samples::{Says, gathered, says, voucher},
        *,
    };

    fn evidence(owner: &str, root: &str, relayed: bool, hedge: Hedge, item: u32) -> Says {
        let name = Some(root.to_owned()).filter(|root| !root.is_empty());
        let (root, owner) = (root.to_owned(), owner.to_owned());
        Says {
            voucher: Voucher { name, root, owner, relayed, ..voucher("") },
            hedge,
            item,
            ..says("")
        }
    }

    fn show<'s>(says: impl IntoIterator<Item = &'s Says>) -> String {
        let (evidence, vouchers) = gathered(says);
        let case = Case { vouchers: &vouchers, stake: &Stake::Unknown };
        let mut lines = Vec::new();
        draw(evidence.iter(), case, false, &mut Vec::new(), &mut lines);
        let show = |line: &Line<TextId>| {
            let seen = if line.original_seen { "seen" } else { "unseen" };
            format!("{} {} {seen}", vouchers.text(line.owner), line.strength)
        };
        let mut shown: Vec<String> = lines.iter().map(show).collect();
        shown.sort();
        shown.join(", ")
    }

    fn check(says: &[Says], expected: &str) {
        assert_eq!(show(says), expected);
        assert_eq!(show(says.iter().rev()), expected, "the order tells");
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
