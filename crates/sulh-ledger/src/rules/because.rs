//! R12. Takes all evidence for one proposition, gives its lines spelled out and what would change how it stands.
//! Invariant: it explains what `weigh` found, by the very lines that were found there.

use super::{
    denial::{Upheld, uphold},
    grade::{Grade, Tally},
    interest::Stake,
    line::{Evidence, Line},
    vouchers::{TextId, Vouchers},
    weigh::{Scales, Weight},
};

/// How one proposition stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// How it stands.
    pub weight: Weight,
    /// The lines that say so, in the order of their owners.
    pub lines: Vec<Line>,
    /// The lines that deny it, of the same days, in the order of their owners.
    pub denials: Vec<Line>,
    /// What one more report would change, in a sentence.
    pub would_change: String,
}

/// Weighs the evidence for a proposition and explains the outcome.
pub fn weigh(evidence: &[Evidence], vouchers: &Vouchers, stake: &Stake<TextId>) -> Weighed {
    let mut scales = Scales::default();
    let weight = scales.weight(evidence, vouchers, stake);
    let spelled = |lines: &[Line<TextId>]| {
        let mut lines: Vec<Line> = lines.iter().map(|line| vouchers.spelled(line)).collect();
        lines.sort_by(|left, right| left.owner.cmp(&right.owner));
        lines
    };
    Weighed {
        would_change: would_change(
            &scales.support,
            &scales.denials,
            &scales.uncontested,
            weight.upheld,
        ),
        weight,
        lines: spelled(&scales.support),
        denials: spelled(&scales.denials),
    }
}

/// Runs the grade again with one hypothetical line: first for the proposition, of days no denial reaches
/// where there are such, then against it, of all its days.
fn would_change<Text: PartialEq>(
    support: &[Line<Text>],
    denials: &[Line<Text>],
    uncontested: &[Line<Text>],
    now: Upheld,
) -> String {
    let with = |lines| Tally::of(lines).and_another().grade();
    let without = |lines| Tally::of(lines).grade();
    let contested = uphold(with(support), without(denials)).0;
    let alone = match uncontested {
        [] => Upheld::None,
        lines => uphold(with(lines), Grade::None).0,
    };
    let said = contested.max(alone);
    let denied = uphold(without(support), with(denials)).0;
    let who = if support.is_empty() {
        "a named source, examined as leaning to neither side, with its own page seen,"
    } else {
        "one more named source of another owner, examined as leaning to neither side, \
         with its own page seen,"
    };
    match (said != now, denied != now) {
        (true, true) => {
            format!("{who} would make it {said}; a denial by such a source would make it {denied}")
        }
        (true, false) => format!("{who} would make it {said}"),
        (false, true) => {
            format!("a denial by {who} would make it {denied}").replace("seen,", "seen")
        }
        (false, false) => "no single report would change it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::line::samples::{gathered, line, says};

    #[test]
    fn what_would_change_it_is_what_the_grade_says() {
        let check = |support: &[Line], denials: &[Line], expected: &[&str]| {
            let now = uphold(Tally::of(support).grade(), Tally::of(denials).grade()).0;
            let said = would_change(support, denials, &[], now);
            for words in expected {
                assert!(said.contains(words), "{said}");
            }
        };
        check(&[line("a").unseen()], &[], &["would make it corroborated", "make it disputed"]);
        check(&[line("").thin()], &[], &["would make it supported", "make it contradicted"]);
        check(&[], &[], &["a named source", "would make it supported"]);
        check(&[line("a"), line("b")], &[], &["no single report would change it"]);
        check(&[line("a"), line("b")], &[line("c")], &["a denial by one more", "make it disputed"]);
    }

    #[test]
    fn one_more_source_is_never_said_to_lower_what_stands_by_itself() {
        let denials = [line("c"), line("d")];
        let said = would_change(
            &[line("a").unseen(), line("b").unexamined().thin()],
            &denials,
            &[line("a").unseen()],
            Upheld::Supported,
        );
        assert!(said.contains("own page seen, would make it corroborated"), "{said}");
        assert!(said.contains("a denial by such a source would make it contradicted"), "{said}");
    }

    #[test]
    fn lines_are_spelled_out_in_the_order_of_owners() {
        let (evidence, vouchers) = gathered(&[says("radio"), says("monitor"), says("paper")]);
        let owners = weigh(&evidence, &vouchers, &Stake::Unknown).lines;
        let owners: Vec<&str> = owners.iter().map(|line| line.owner.as_str()).collect();
        assert_eq!(owners, ["monitor", "paper", "radio"]);
    }
}
