//! R5 and R6 together. Takes all evidence for one proposition, gives how it stands.
//! Invariant: the answer does not depend on the order of the evidence, and finding it allocates nothing
//! once the scales have weighed their largest proposition.

use super::{
    denial::{Mark, Upheld, uphold},
    grade::{Grade, grade},
    interest::Stake,
    line::{Case, Evidence, Line, Spoken, carries, draw},
    tracks::Track,
    vouchers::{TextId, Vouchers},
};
use crate::window::Window;

/// How one proposition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weight {
    /// How it stands.
    pub upheld: Upheld,
    /// The grade of those who say so.
    pub support: Grade,
    /// The grade of those who deny it, of the same days.
    pub denial: Grade,
    /// How a denial that changes nothing is shown.
    pub mark: Option<Mark>,
    /// When it happened, by the evidence that reaches back first; nothing when nobody says it.
    pub window: Option<Window>,
    /// The same by what is said firmly enough to support it: a thin early claim moves no reported day.
    pub firm_window: Option<Window>,
    /// True when those who say so mean days that cannot be the same.
    pub days_apart: bool,
    /// True when somebody named says so and no page of such a one was seen.
    pub original_not_seen: bool,
    /// True when the attribution of a line comes from an earlier sentence.
    pub inherited: bool,
}

impl Weight {
    /// When it happened, as a track has it.
    pub fn window_on(&self, track: Track) -> Option<Window> {
        match track {
            Track::Reported => self.firm_window.or(self.window),
            Track::Claimed => self.window,
        }
    }
}

/// The scales propositions are weighed on, one after the other. They hold the lines of the last one.
#[derive(Debug, Default)]
pub struct Scales {
    spoken: Vec<Spoken>,
    /// The lines that say so.
    pub(super) support: Vec<Line<TextId>>,
    /// The lines that deny it, of the same days.
    pub(super) denials: Vec<Line<TextId>>,
    /// The lines that say so of days no denial reaches; none where nobody denies anything.
    pub(super) uncontested: Vec<Line<TextId>>,
}

impl Scales {
    /// Weighs the evidence for a proposition.
    pub fn weight(
        &mut self,
        evidence: &[Evidence],
        vouchers: &Vouchers,
        stake: &Stake<TextId>,
    ) -> Weight {
        let said = || evidence.iter().filter(|one| !one.denies);
        self.draw_lines(evidence, Case { vouchers, stake });
        let (support, denial) = (grade(&self.support), grade(&self.denials));
        let contested = uphold(support, denial);
        // "Not yet entered on the 3rd" does not touch "entered on the 8th": what no denial reaches
        // stands by itself where that is better.
        let alone = uphold(grade(&self.uncontested), Grade::None);
        let stands_alone = alone.0 > contested.0;
        let (upheld, mark) = if stands_alone { alone } else { contested };
        // What stands alone lies on the days no denial reaches.
        let counting = || said().filter(|one| !stands_alone || is_untouched(one, evidence));
        let case = Case { vouchers, stake };
        let mut named = self.support.iter().filter(|line| line.voucher.is_some()).peekable();
        Weight {
            upheld,
            support,
            denial,
            mark,
            window: counting().map(|one| one.window).min(),
            firm_window: counting().filter(|one| carries(one, case)).map(|one| one.window).min(),
            days_apart: Window::are_apart(said().map(|one| one.window)),
            original_not_seen: named.peek().is_some() && named.all(|line| !line.original_seen),
            inherited: said().any(|one| vouchers.get(one.voucher).inherited),
        }
    }

    fn draw_lines(&mut self, evidence: &[Evidence], case: Case<'_>) {
        let said = || evidence.iter().filter(|one| !one.denies);
        let denied = || evidence.iter().filter(|one| one.denies);
        let Self { spoken, support, denials, uncontested } = self;
        draw(said(), case, false, spoken, support);
        denials.clear();
        uncontested.clear();
        if denied().next().is_none() {
            return;
        }
        let of_these_days =
            |one: &&Evidence| said().any(|other| one.window.may_overlap(other.window));
        let untouched = |one: &&Evidence| is_untouched(one, evidence);
        if support.is_empty() {
            draw(denied(), case, true, spoken, denials);
        } else {
            draw(denied().filter(of_these_days), case, true, spoken, denials);
            draw(said().filter(untouched), case, false, spoken, uncontested);
        }
    }
}

/// True when no denial can mean the days of what is said.
fn is_untouched(one: &Evidence, evidence: &[Evidence]) -> bool {
    !evidence.iter().any(|other| other.denies && one.window.may_overlap(other.window))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        eligible::Hedge,
        line::samples::{Says, gathered, says},
        voucher::Stance,
    };
    use proptest::prelude::*;

    fn entered(name: &str, day: &str) -> Says {
        let day = day.parse().unwrap();
        Says { window: Window { earliest: Some(day), latest: day }, ..says(name) }
    }

    fn weight<'s>(says: impl IntoIterator<Item = &'s Says>) -> Weight {
        let (evidence, mut vouchers) = gathered(says);
        let stake = vouchers.stake(Stake::Unknown);
        Scales::default().weight(&evidence, &vouchers, &stake)
    }

    fn check(says: &[Says], expected: Upheld, days_apart: bool) {
        let found = weight(says);
        assert_eq!((found.upheld, found.days_apart), (expected, days_apart));
        assert_eq!(weight(says.iter().rev()), found, "the order tells");
    }

    #[test]
    fn a_denial_counts_for_its_own_days_only() {
        let entered = |day| entered("monitor", day);
        let until = Window { earliest: None, latest: "2019-03-03".parse().unwrap() };
        let denied = Says { denies: true, window: until, ..says("paper") };
        check(&[entered("2019-03-02"), denied.clone()], Upheld::Disputed, false);
        let apart = [entered("2019-03-08"), denied.clone()];
        check(&apart, Upheld::Supported, false);
        assert_eq!(weight(&apart).denial, Grade::None, "a denial of other days counts here");
        check(&[denied], Upheld::None, false);
    }

    #[test]
    fn days_that_cannot_be_one_are_apart() {
        let two = [entered("monitor", "2019-03-02"), entered("paper", "2019-03-08")];
        check(&two, Upheld::Corroborated, true);
    }

    #[test]
    fn a_thin_early_claim_and_a_denied_one_move_no_reported_day() {
        let firm = |says: &[Says]| {
            weight(says).firm_window.map(|window| window.latest.to_string()).unwrap_or_default()
        };
        let thin = Says { hedge: Hedge::Unconfirmed, ..entered("paper", "2019-03-01") };
        assert_eq!(firm(&[thin.clone(), entered("monitor", "2019-03-08")]), "2019-03-08");
        assert_eq!(firm(&[thin]), "");
        let denied = Says { denies: true, ..entered("paper", "2019-03-02") };
        let two = [entered("monitor", "2019-03-02"), entered("monitor", "2019-03-08"), denied];
        assert_eq!(firm(&two), "2019-03-08");
    }

    #[test]
    fn no_voucher_of_a_name_was_seen_or_one_was() {
        let check = |says: &[Says], expected| {
            assert_eq!(weight(says).original_not_seen, expected);
        };
        let mut relayed = says("monitor");
        relayed.voucher.relayed = true;
        check(std::slice::from_ref(&relayed), true);
        check(&[relayed, says("paper")], false);
        check(&[says("")], false);
    }

    proptest! {
        #[test]
        fn one_more_independent_solid_line_never_lowers(
            told in prop::collection::vec((0..4_usize, 0..3_usize, any::<bool>(), any::<bool>()), 0..8)
        ) {
            let mut all: Vec<Says> = Vec::new();
            for (who, hedge, denies, relayed) in told {
                let name = ["", "paper", "radio", "monitor"][who];
                let mut one = Says { denies, ..entered(name, "2019-03-02") };
                one.hedge = [Hedge::Plain, Hedge::Hedged, Hedge::Unconfirmed][hedge];
                one.voucher.relayed = relayed;
                one.voucher.stance = match who {
                    1 => Stance::Leans("north".to_owned()),
                    2 => Stance::NotExamined,
                    _ => Stance::Neither,
                };
                all.push(one);
            }
            let before = weight(&all).upheld;
            all.push(entered("another", "2019-03-02"));
            prop_assert!(weight(&all).upheld >= before);
        }
    }
}
