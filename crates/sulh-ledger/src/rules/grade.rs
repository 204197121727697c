//! R5. Takes the lines behind a proposition, gives its grade; the same for the lines of a denial.
//! Invariant: thin lines never add up; `established` is no grade: only a person says it.

use super::{line::Line, strength::Strength, voucher::Stance};
use std::collections::BTreeSet;

sulh_model::codes! {
    /// How well something is attested.
    pub enum Grade {
        /// Nobody says it.
        None = "none",
        /// Only thin lines.
        Claimed = "claimed",
        /// One solid line, or an admission.
        Supported = "supported",
        /// Two named lines of two owners, one of them solid and seen in the original, not all of one side.
        Corroborated = "corroborated",
    }
}

/// The grade of some lines.
pub fn grade(lines: &[Line]) -> Grade {
    let carries = |line: &Line| matches!(line.strength, Strength::Admission | Strength::Solid);
    if lines.is_empty() {
        Grade::None
    } else if !lines.iter().any(carries) {
        Grade::Claimed
    } else if is_corroborated(lines) {
        Grade::Corroborated
    } else {
        Grade::Supported
    }
}

fn is_corroborated(lines: &[Line]) -> bool {
    let named = || {
        lines.iter().filter(|line| line.voucher.is_some() && line.strength > Strength::Unconfirmed)
    };
    let owners: BTreeSet<&str> = named().map(|line| line.owner.as_str()).collect();
    let seen = named().any(|line| line.strength == Strength::Solid && line.original_seen);
    // A line of unknown leaning proves no spread: it may lean where the others lean.
    let neutral = named().any(|line| line.stance == Stance::Neither);
    let sides: BTreeSet<&str> = named().filter_map(|line| line.stance.side()).collect();
    owners.len() >= 2 && seen && (neutral || sides.len() >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::line::samples::line;

    fn check(lines: &[Line], expected: Grade) {
        assert_eq!(grade(lines), expected);
        let mut reversed = lines.to_vec();
        reversed.reverse();
        assert_eq!(grade(&reversed), expected, "the order of lines tells");
    }

    #[test]
    fn thin_lines_never_add_up() {
        check(&[], Grade::None);
        check(&[line("").thin()], Grade::Claimed);
        check(&[line("").thin(), line("paper").thin(), line("radio").thin()], Grade::Claimed);
    }

    #[test]
    fn one_solid_line_or_an_admission_supports() {
        check(&[line("monitor")], Grade::Supported);
        check(&[line("monitor").unseen()], Grade::Supported);
        check(&[line("ministry").leans("government").admits()], Grade::Supported);
        check(&[line("monitor"), line("").thin()], Grade::Supported);
    }

    #[test]
    fn corroboration_needs_two_named_owners_an_original_and_two_leanings() {
        check(&[line("monitor"), line("paper").leans("government").thin()], Grade::Corroborated);
        check(&[line("monitor").unseen(), line("paper").thin()], Grade::Supported);
        check(&[line("monitor"), line("paper").unconfirmed()], Grade::Supported);
        let one_side = [line("paper").leans("north"), line("radio").leans("north")];
        check(&one_side, Grade::Supported);
        let both = [line("paper").leans("north"), line("radio").leans("south")];
        check(&both, Grade::Corroborated);
        check(&[line("paper").leans("north"), line("blog").unexamined().thin()], Grade::Supported);
    }

    #[test]
    fn both_sides_admitting_is_no_corroboration() {
        let both = [line("army").leans("north").admits(), line("front").leans("south").admits()];
        check(&both, Grade::Supported);
    }
}
