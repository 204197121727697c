//! R3. Takes what a proposition is worth to the sides and where a voucher stands, gives the voucher's interest.
//! Invariant: an interest is never assumed away: where sides are not known, a sided voucher's interest is unknown.

use super::voucher::Stance;
use std::collections::BTreeSet;
use sulh_model::vocabulary::Gain;

sulh_model::codes! {
    /// What a voucher has in being believed.
    pub enum Interest {
        /// Nothing.
        None = "none",
        /// Its side gains.
        SelfServing = "self_serving",
        /// It speaks against its own side: an admission.
        AgainstInterest = "against_interest",
        /// It cannot be told.
        Unknown = "unknown",
    }
}

/// Who gains when a proposition is believed. Sides are spelled out, or numbers of `vouchers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stake<Side = String> {
    /// This side; the other sides involved lose.
    For {
        /// The side that gains.
        side: Side,
        /// All sides involved.
        involved: BTreeSet<Side>,
    },
    /// Every side but this one: a breach it is accused of, a promise it is said to have given.
    Against(Side),
    /// All of these sides.
    Shared(BTreeSet<Side>),
    /// All of these sides, and each binds itself by saying so: the making of an agreement.
    Bond(BTreeSet<Side>),
    /// It cannot be told.
    Unknown,
}

impl Stake {
    /// What the performance of a promise is worth.
    pub fn of_performance(gain: Gain, bearer: Option<&str>, involved: &BTreeSet<String>) -> Self {
        match (gain, bearer) {
            (Gain::Both, _) if !involved.is_empty() => Self::Shared(involved.clone()),
            (Gain::Bearer, Some(bearer)) => {
                Self::For { side: bearer.to_owned(), involved: involved.clone() }
            }
            (Gain::Counterpart, Some(bearer)) => Self::Against(bearer.to_owned()),
            _ => Self::Unknown,
        }
    }

    /// What a word on one's own doing is worth: to the one it is about, or to its opponents.
    pub fn against(side: Option<&str>) -> Self {
        side.map_or(Self::Unknown, |side| Self::Against(side.to_owned()))
    }
}

impl<Side: Ord> Stake<Side> {
    /// What one who stands here, as an organ of its side or not, has in this being believed, or in its
    /// denial being believed.
    pub fn interest(&self, stance: &Stance<Side>, organ: bool, denies: bool) -> Interest {
        let side = match stance {
            Stance::Neither => return Interest::None,
            Stance::NotExamined => return Interest::Unknown,
            Stance::Leans(side) | Stance::Stated(side) => side,
        };
        let worth = self.worth(side, organ, denies);
        match if denies { worth.reversed() } else { worth } {
            Worth::Gains => Interest::SelfServing,
            // A friendly outlet is not the party: it admits nothing.
            Worth::Loses if organ => Interest::AgainstInterest,
            Worth::Loses | Worth::Apart => Interest::None,
            Worth::Unknown => Interest::Unknown,
        }
    }

    fn worth(&self, side: &Side, organ: bool, denies: bool) -> Worth {
        match self {
            Self::For { side: gaining, .. } if gaining == side => Worth::Gains,
            Self::For { involved, .. } if involved.contains(side) => Worth::Loses,
            Self::For { .. } => Worth::Apart,
            Self::Against(losing) if losing == side => Worth::Loses,
            Self::Against(_) => Worth::Gains,
            Self::Shared(sides) | Self::Bond(sides) if sides.is_empty() => Worth::Unknown,
            Self::Shared(sides) if sides.contains(side) => Worth::Gains,
            // A party's own announcement binds it; its denial of the deal frees it again.
            Self::Bond(sides) if sides.contains(side) => match (organ, denies) {
                (true, _) => Worth::Loses,
                (false, false) => Worth::Gains,
                (false, true) => Worth::Loses,
            },
            Self::Shared(_) | Self::Bond(_) => Worth::Apart,
            Self::Unknown => Worth::Unknown,
        }
    }

    /// The same stake with its sides written otherwise.
    pub(super) fn map<Other: Ord>(self, mut side: impl FnMut(Side) -> Other) -> Stake<Other> {
        match self {
            Self::For { side: gaining, involved } => Stake::For {
                side: side(gaining),
                involved: involved.into_iter().map(side).collect(),
            },
            Self::Against(losing) => Stake::Against(side(losing)),
            Self::Shared(sides) => Stake::Shared(sides.into_iter().map(side).collect()),
            Self::Bond(sides) => Stake::Bond(sides.into_iter().map(side).collect()),
            Self::Unknown => Stake::Unknown,
        }
    }
}

#[derive(Clone, Copy)]
enum Worth {
    Gains,
    Loses,
    Apart,
    Unknown,
}

impl Worth {
    const fn reversed(self) -> Self {
        match self {
            Self::Gains => Self::Loses,
            Self::Loses => Self::Gains,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sides(names: &str) -> BTreeSet<String> {
        names.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// Voucher: "neither", "unexamined", a side, or a side with "organ ".
    fn check(stake: &Stake, who: &str, denies: bool, expected: Interest) {
        let (organ, side) = match who.strip_prefix("organ ") {
            Some(side) => (true, side),
            None => (false, who),
        };
        let stance = match side {
            "neither" => Stance::Neither,
            "unexamined" => Stance::NotExamined,
            side => Stance::Leans(side.to_owned()),
        };
        assert_eq!(stake.interest(&stance, organ, denies), expected, "{stake:?} {who} {denies}");
    }

    #[test]
    fn performance_that_serves_the_bearer() {
        let stake = Stake::of_performance(Gain::Bearer, Some("army"), &sides("army front"));
        check(&stake, "army", false, Interest::SelfServing);
        check(&stake, "organ front", false, Interest::AgainstInterest);
        check(&stake, "front", false, Interest::None);
        check(&stake, "third", false, Interest::None);
        check(&stake, "neither", false, Interest::None);
        check(&stake, "unexamined", false, Interest::Unknown);
        check(&stake, "front", true, Interest::SelfServing);
        check(&stake, "organ army", true, Interest::AgainstInterest);
    }

    #[test]
    fn performance_that_serves_the_counterpart() {
        let stake = Stake::of_performance(Gain::Counterpart, Some("front"), &sides("army front"));
        check(&stake, "army", false, Interest::SelfServing);
        check(&stake, "organ front", false, Interest::AgainstInterest);
        check(&stake, "organ front", true, Interest::SelfServing);
    }

    #[test]
    fn performance_that_serves_both_or_nobody_known() {
        let both = Stake::of_performance(Gain::Both, None, &sides("army front"));
        check(&both, "organ army", false, Interest::SelfServing);
        check(&both, "third", false, Interest::None);
        let unknown = Stake::of_performance(Gain::Bearer, None, &sides("army front"));
        check(&unknown, "army", false, Interest::Unknown);
        check(&unknown, "neither", false, Interest::None);
    }

    #[test]
    fn blame_and_promises_serve_the_others() {
        let stake = Stake::against(Some("front"));
        check(&stake, "army", false, Interest::SelfServing);
        check(&stake, "front", false, Interest::None);
        check(&stake, "organ front", false, Interest::AgainstInterest);
        check(&stake, "front", true, Interest::SelfServing);
        check(&Stake::against(None), "army", false, Interest::Unknown);
    }

    #[test]
    fn a_party_binds_itself_and_frees_itself() {
        let stake = Stake::Bond(sides("army front"));
        check(&stake, "organ army", false, Interest::AgainstInterest);
        check(&stake, "army", false, Interest::SelfServing);
        check(&stake, "organ army", true, Interest::SelfServing);
        check(&stake, "army", true, Interest::SelfServing);
        check(&Stake::Bond(sides("")), "army", false, Interest::Unknown);
    }
}
