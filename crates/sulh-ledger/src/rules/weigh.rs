//! R5, R6 and R12 together. Takes all evidence for one proposition, gives how it stands and what would change it.
//! Invariant: the answer does not depend on the order of the evidence.

use super::{
    denial::{Mark, Upheld, uphold},
    eligible::Hedge,
    grade::{Grade, grade},
    interest::{Interest, Stake},
    line::{Evidence, Line, lines},
    strength::Strength,
    voucher::Stance,
};
use crate::window::Window;
use sulh_model::statement::Basis;

/// How one proposition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The lines that say so.
    pub lines: Vec<Line>,
    /// The lines that deny it, of the same days.
    pub denials: Vec<Line>,
    /// The grade of the lines.
    pub support: Grade,
    /// The grade of the denials.
    pub denial: Grade,
    /// How it stands.
    pub upheld: Upheld,
    /// How a denial that changes nothing is shown.
    pub mark: Option<Mark>,
    /// When it happened, by the evidence that reaches back first; nothing when nobody says it.
    pub window: Option<Window>,
    /// True when those who say so mean days that cannot be the same.
    pub timing_open: bool,
    /// True when the attribution of a line comes from an earlier sentence.
    pub inherited: bool,
    /// What one more report would change, in a sentence.
    pub would_change: String,
}

/// Weighs the evidence for a proposition.
pub fn weigh(evidence: &[Evidence], stake: &Stake) -> Weighed {
    let said: Vec<&Evidence> = evidence.iter().filter(|one| !one.denies).collect();
    let overlaps = |one: &Evidence, others: &[&Evidence]| {
        others.iter().any(|other| one.window.may_overlap(other.window))
    };
    let denied: Vec<&Evidence> = evidence
        .iter()
        .filter(|one| one.denies && (said.is_empty() || overlaps(one, &said)))
        .collect();
    let uncontested: Vec<&Evidence> =
        said.iter().copied().filter(|one| !overlaps(one, &denied)).collect();
    let support = lines(&said, stake, false);
    let denials = lines(&denied, stake, true);
    let (upheld, mark) = uphold(grade(&support), grade(&denials));
    // "Not yet entered on the 3rd" does not touch "entered on the 8th": what no denial reaches
    // stands by itself where that is better.
    let alone = uphold(grade(&lines(&uncontested, stake, false)), Grade::None).0;
    let (upheld, mark) = if alone > upheld { (alone, None) } else { (upheld, mark) };
    Weighed {
        support: grade(&support),
        denial: grade(&denials),
        upheld,
        mark,
        window: said.iter().map(|one| one.window).min(),
        timing_open: said
            .iter()
            .any(|one| said.iter().any(|other| !one.window.may_overlap(other.window))),
        inherited: said.iter().any(|one| one.voucher.inherited),
        would_change: would_change(&support, &denials, upheld),
        lines: support,
        denials,
    }
}

/// R12: runs the grade again with one hypothetical line, first for the proposition, then against it.
fn would_change(support: &[Line], denials: &[Line], now: Upheld) -> String {
    let another = Line {
        voucher: Some("another source".to_owned()),
        owner: "hypothetical:another".to_owned(),
        stance: Stance::Neither,
        basis: Basis::None,
        interest: Interest::None,
        original_seen: true,
        hedge: Hedge::Plain,
        strength: Strength::Solid,
    };
    let with = |lines: &[Line]| grade(&[lines, std::slice::from_ref(&another)].concat());
    let said = uphold(with(support), grade(denials)).0;
    let denied = uphold(grade(support), with(denials)).0;
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
    use crate::rules::line::samples::{line, voucher};
    use proptest::prelude::*;

    fn evidence(name: &str, denies: bool, first: &str, last: &str) -> Evidence {
        Evidence {
            item: 0,
            spans: vec![],
            voucher: voucher(name),
            hedge: Hedge::Plain,
            denies,
            headline: false,
            window: Window { earliest: first.parse().ok(), latest: last.parse().unwrap() },
        }
    }

    fn check(evidence: &[Evidence], expected: Upheld, timing_open: bool) {
        let weighed = weigh(evidence, &Stake::Unknown);
        assert_eq!((weighed.upheld, weighed.timing_open), (expected, timing_open));
        let reversed: Vec<Evidence> = evidence.iter().rev().cloned().collect();
        assert_eq!(weigh(&reversed, &Stake::Unknown).upheld, expected);
    }

    #[test]
    fn a_denial_counts_for_its_own_days_only() {
        let entered = |day| evidence("monitor", false, day, day);
        let denied = evidence("paper", true, "", "2019-03-03");
        check(&[entered("2019-03-02"), denied.clone()], Upheld::Disputed, false);
        check(&[entered("2019-03-08"), denied.clone()], Upheld::Supported, false);
        let apart = weigh(&[entered("2019-03-08"), denied.clone()], &Stake::Unknown);
        assert_eq!(apart.denials, [], "a denial of other days is shown as one of these");
        check(&[denied], Upheld::None, false);
    }

    #[test]
    fn days_that_cannot_be_one_leave_the_timing_open() {
        let entered = |name, day| evidence(name, false, day, day);
        let two = [entered("monitor", "2019-03-02"), entered("paper", "2019-03-08")];
        check(&two, Upheld::Corroborated, true);
    }

    proptest! {
        #[test]
        fn one_more_independent_solid_line_never_lowers(
            told in prop::collection::vec((0..4_usize, 0..3_usize, any::<bool>(), any::<bool>()), 0..8)
        ) {
            let mut all: Vec<Evidence> = Vec::new();
            for (who, hedge, denies, relayed) in told {
                let name = ["", "paper", "radio", "monitor"][who];
                let mut one = evidence(name, denies, "2019-03-02", "2019-03-02");
                one.hedge = [Hedge::Plain, Hedge::Hedged, Hedge::Unconfirmed][hedge];
                one.voucher.relayed = relayed;
                one.voucher.stance = match who {
                    1 => Stance::Leans("north".to_owned()),
                    2 => Stance::NotExamined,
                    _ => Stance::Neither,
                };
                all.push(one);
            }
            let before = weigh(&all, &Stake::Unknown).upheld;
            all.push(evidence("another", false, "2019-03-02", "2019-03-02"));
            prop_assert!(weigh(&all, &Stake::Unknown).upheld >= before);
        }
    }

    #[test]
    fn what_would_change_it_is_what_the_grade_says() {
        let check = |support: &[Line], denials: &[Line], expected: &[&str]| {
            let now = uphold(grade(support), grade(denials)).0;
            let said = would_change(support, denials, now);
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
}
