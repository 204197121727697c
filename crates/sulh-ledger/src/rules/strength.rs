//! R4. Takes a voucher, its interest and how firmly it speaks, gives how much its line can carry.
//! Invariant: solid needs all of: named, asserted, disinterested, examined, not through somebody unnamed.

use super::{eligible::Hedge, interest::Interest, voucher::Voucher};

sulh_model::codes! {
    /// How much a line can carry.
    pub enum Strength {
        /// Said not to be confirmed: it never combines upward.
        Unconfirmed = "unconfirmed",
        /// Too little to support anything.
        Thin = "thin",
        /// A party's own organ against its own interest.
        Admission = "admission",
        /// Named, examined, disinterested and plain.
        Solid = "solid",
    }
}

/// How much a voucher's word can carry.
pub fn strength<Text>(voucher: &Voucher<Text>, interest: Interest, hedge: Hedge) -> Strength {
    match (hedge, interest) {
        (Hedge::Unconfirmed, _) => Strength::Unconfirmed,
        _ if voucher.name.is_none() || voucher.through_unnamed => Strength::Thin,
        (Hedge::Hedged, _) => Strength::Thin,
        (Hedge::Plain, Interest::AgainstInterest) => Strength::Admission,
        (Hedge::Plain, Interest::None) if voucher.stance.is_examined() => Strength::Solid,
        (Hedge::Plain, Interest::None | Interest::SelfServing | Interest::Unknown) => {
            Strength::Thin
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{line::samples::voucher, voucher::Stance};

    #[test]
    fn each_lack_makes_a_line_thin() {
        let good = voucher("monitor");
        let check = |voucher: &Voucher, interest, hedge, expected| {
            assert_eq!(strength(voucher, interest, hedge), expected);
        };
        check(&good, Interest::None, Hedge::Plain, Strength::Solid);
        check(&good, Interest::None, Hedge::Hedged, Strength::Thin);
        check(&good, Interest::None, Hedge::Unconfirmed, Strength::Unconfirmed);
        check(&good, Interest::SelfServing, Hedge::Plain, Strength::Thin);
        check(&good, Interest::Unknown, Hedge::Plain, Strength::Thin);
        check(&good, Interest::AgainstInterest, Hedge::Plain, Strength::Admission);
        check(&good, Interest::AgainstInterest, Hedge::Hedged, Strength::Thin);
        let unnamed = Voucher { name: None, ..good.clone() };
        check(&unnamed, Interest::None, Hedge::Plain, Strength::Thin);
        let told = Voucher { through_unnamed: true, ..good.clone() };
        check(&told, Interest::None, Hedge::Plain, Strength::Thin);
        let stated = Voucher { stance: Stance::Stated("north".into()), ..good };
        check(&stated, Interest::None, Hedge::Plain, Strength::Thin);
    }
}
