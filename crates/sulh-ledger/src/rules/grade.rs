//! R5. Takes the lines behind a proposition, gives its grade; the same for the lines of a denial.
//! Invariant: thin lines never add up; `established` is no grade: only a person says it.

use super::{line::Line, strength::Strength, voucher::Stance};

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
pub fn grade<Text: PartialEq>(lines: &[Line<Text>]) -> Grade {
    Tally::of(lines).grade()
}

/// What of some lines, each of an owner of its own, their grade depends on.
#[derive(Debug)]
pub(super) struct Tally<'a, Text> {
    /// How many there are.
    lines: usize,
    /// How many of them have a name and are not told as unconfirmed.
    named: usize,
    /// True when one of them can support by itself.
    carries: bool,
    /// True when one of them is solid and seen in the original.
    seen: bool,
    spread: Spread<'a, Text>,
}

/// How far the leanings of named lines lie apart.
#[derive(Debug)]
enum Spread<'a, Text> {
    /// A line of unknown leaning proves no spread: it may lean where the others lean.
    Unknown,
    OneSide(&'a Text),
    Wide,
}

impl<'a, Text: PartialEq> Tally<'a, Text> {
    /// The tally of some lines.
    pub(super) fn of(lines: &'a [Line<Text>]) -> Self {
        let nothing =
            Self { lines: 0, named: 0, carries: false, seen: false, spread: Spread::Unknown };
        lines.iter().fold(nothing, Self::and)
    }

    fn and(mut self, line: &'a Line<Text>) -> Self {
        self.lines += 1;
        self.carries |= matches!(line.strength, Strength::Admission | Strength::Solid);
        if line.voucher.is_some() && line.strength > Strength::Unconfirmed {
            self.named += 1;
            self.seen |= line.strength == Strength::Solid && line.original_seen;
            self.spread = match (&line.stance, self.spread) {
                (Stance::Neither, _) => Spread::Wide,
                (Stance::Leans(side) | Stance::Stated(side), Spread::Unknown) => {
                    Spread::OneSide(side)
                }
                (Stance::Leans(side) | Stance::Stated(side), Spread::OneSide(other))
                    if side != other =>
                {
                    Spread::Wide
                }
                (_, spread) => spread,
            };
        }
        self
    }

    /// The tally with one more line, of another owner, that is good in every respect.
    pub(super) fn and_another(self) -> Self {
        Self {
            lines: self.lines + 1,
            named: self.named + 1,
            carries: true,
            seen: true,
            spread: Spread::Wide,
        }
    }

    /// The grade.
    pub(super) fn grade(&self) -> Grade {
        if self.lines == 0 {
            Grade::None
        } else if !self.carries {
            Grade::Claimed
        } else if self.named >= 2 && self.seen && matches!(self.spread, Spread::Wide) {
            Grade::Corroborated
        } else {
            Grade::Supported
        }
    }
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
