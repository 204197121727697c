//! R7. Takes the weighed transitions of a term element, gives its state on one track.
//! Invariant: the fold runs in the order of days, then of transitions, never of arrival.

use super::{
    denial::Upheld,
    transition::{Duty, State, Step, Transition, step},
    weigh::Weight,
};
use crate::window::Window;

sulh_model::codes! {
    /// Which propositions count.
    pub enum Track {
        /// Those supported or better, neither disputed nor contradicted.
        Reported = "reported",
        /// All that somebody claims and that is not contradicted.
        Claimed = "claimed",
    }
}

impl Track {
    /// True when a proposition that stands like this counts.
    pub const fn takes(self, upheld: Upheld) -> bool {
        match self {
            Self::Reported => upheld.is_reported(),
            Self::Claimed => upheld.is_claimed(),
        }
    }
}

/// A transition of an element, with how it stands. Days order them, the first last day before all, then
/// transitions, then how they stand: moves that are equal in all of these do the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Move {
    /// When, by what is claimed.
    pub window: Window,
    /// What.
    pub transition: Transition,
    /// How it stands.
    pub upheld: Upheld,
    /// When, by what is said firmly.
    pub firm: Window,
}

impl Move {
    /// The move a proposition makes; nothing when nobody says it.
    pub fn new(transition: Transition, weight: &Weight) -> Option<Self> {
        let window = weight.window?;
        Some(Self {
            window,
            firm: weight.firm_window.unwrap_or(window),
            transition,
            upheld: weight.upheld,
        })
    }
}

/// What an element has come to on a track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// Its state.
    pub state: State,
    /// How the transition that brought it there stands.
    pub upheld: Upheld,
    /// Transitions the table does not allow: kept, not applied.
    pub anomalies: Anomalies,
}

/// Transitions the table does not allow, each once, in the order of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anomalies {
    told: [Transition; Transition::ALL.len()],
    count: u8,
}

impl Anomalies {
    const NONE: Self = Self { told: [Transition::Agreed; Transition::ALL.len()], count: 0 };

    /// The transitions.
    pub fn as_slice(&self) -> &[Transition] {
        &self.told[..usize::from(self.count)]
    }

    fn add(&mut self, transition: Transition) {
        if !self.as_slice().contains(&transition) {
            self.told[usize::from(self.count)] = transition;
            self.count += 1;
        }
    }
}

/// What an element has come to on both tracks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    /// By what is reported.
    pub reported: Folded,
    /// By what is claimed.
    pub claimed: Folded,
}

impl Course {
    /// What it has come to on a track.
    pub const fn on(&self, track: Track) -> &Folded {
        match track {
            Track::Reported => &self.reported,
            Track::Claimed => &self.claimed,
        }
    }
}

/// The state of a term on a track; its grade is the weakest among the elements that are in that state.
pub fn term_state(elements: &[Course], track: Track) -> (State, Upheld) {
    let folded = elements.iter().map(|element| element.on(track));
    let state = State::of_term(folded.clone().map(|element| element.state));
    let same = folded.clone().filter(|element| element.state == state);
    let weakest = same.map(|element| element.upheld).min();
    let any = folded.map(|element| element.upheld).min();
    (state, weakest.or(any).unwrap_or(Upheld::None))
}

/// Folds moves; it keeps its buffer, so that the next fold allocates nothing.
#[derive(Debug, Default)]
pub struct Folder {
    taken: Vec<Move>,
}

impl Folder {
    /// Folds the moves of an element on both tracks.
    pub fn course(&mut self, moves: &[Move], duty: Duty, conditional: bool) -> Course {
        let mut on = |track| self.fold(moves, track, duty, conditional);
        Course { reported: on(Track::Reported), claimed: on(Track::Claimed) }
    }

    fn fold(&mut self, moves: &[Move], track: Track, duty: Duty, conditional: bool) -> Folded {
        self.taken.clear();
        self.taken.extend(moves.iter().filter(|told| track.takes(told.upheld)).map(|told| {
            let window = match track {
                Track::Reported => told.firm,
                Track::Claimed => told.window,
            };
            Move { window, ..*told }
        }));
        promise_first(&mut self.taken);
        self.taken.sort_unstable();
        let mut folded =
            Folded { state: State::NotAgreed, upheld: Upheld::None, anomalies: Anomalies::NONE };
        for told in &self.taken {
            match step(folded.state, told.transition, duty, conditional) {
                Step::To(state) => (folded.state, folded.upheld) = (state, told.upheld),
                Step::Holds => {}
                Step::Anomaly => folded.anomalies.add(told.transition),
            }
        }
        folded
    }
}

/// A promise whose days leave it open came before what was done about it: a page of the 20th that tells
/// of an entry on the 8th "under the agreement" does not put the agreement on the 20th.
fn promise_first(moves: &mut [Move]) {
    let done = moves.iter().filter(|told| told.transition != Transition::Agreed);
    let Some(first) = done.map(|told| told.window.latest).min() else { return };
    for told in moves.iter_mut().filter(|told| told.transition == Transition::Agreed) {
        if told.window.earliest.is_none_or(|earliest| earliest <= first) {
            // An open beginning comes before any day: "entered by the 8th" is no reason to put a deal
            // "of October" behind it.
            told.window = Window { latest: told.window.latest.min(first), earliest: None };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `told` is a list of "transition weight day".
    fn check(told: &[&str], track: Track, conditional: bool, expected: State, anomalies: usize) {
        let moves: Vec<Move> = told.iter().map(|told| parse(told)).collect();
        let reversed: Vec<Move> = moves.iter().rev().copied().collect();
        for moves in [moves, reversed] {
            let course = Folder::default().course(&moves, Duty::Perform, conditional);
            let folded = course.on(track);
            let found = (folded.state, folded.anomalies.as_slice().len());
            assert_eq!(found, (expected, anomalies), "{told:?}");
        }
    }

    fn parse(told: &str) -> Move {
        let words: Vec<&str> = told.split(' ').collect();
        let (first, last) = words[2].split_once('/').unwrap_or((words[2], words[2]));
        let window = Window { latest: last.parse().unwrap(), earliest: first.parse().ok() };
        Move {
            window,
            firm: window,
            transition: *Transition::ALL.iter().find(|value| value.code() == words[0]).unwrap(),
            upheld: *Upheld::ALL.iter().find(|value| value.code() == words[1]).unwrap(),
        }
    }

    #[test]
    fn the_tracks_part_where_only_a_claim_goes_further() {
        let told = ["agreed supported 2017-05-04", "begun claimed 2017-05-06"];
        check(&told, Track::Reported, false, State::Pending, 0);
        check(&told, Track::Claimed, false, State::UnderWay, 0);
        let disputed = ["agreed supported 2017-05-04", "begun disputed 2017-05-06"];
        check(&disputed, Track::Reported, false, State::Pending, 0);
        check(&disputed, Track::Claimed, false, State::UnderWay, 0);
        let contradicted = ["agreed supported 2017-05-04", "begun contradicted 2017-05-06"];
        check(&contradicted, Track::Claimed, false, State::Pending, 0);
    }

    #[test]
    fn the_days_order_the_fold() {
        let told = [
            "agreed supported 2017-05-04",
            "completed supported 2017-05-06",
            "breached supported 2017-05-09",
        ];
        check(&told, Track::Reported, false, State::Violated, 0);
        let other = [told[0], "completed supported 2017-05-12", told[2]];
        check(&other, Track::Reported, false, State::Done, 0);
    }

    #[test]
    fn of_one_last_day_the_open_beginning_comes_first_and_then_the_rank_of_transitions() {
        let agreed = "agreed supported 2017-05-04";
        let check = |completed, breached, expected| {
            check(&[agreed, completed, breached], Track::Reported, false, expected, 0);
        };
        check("completed supported /2017-05-09", "breached supported 2017-05-09", State::Violated);
        check("completed supported 2017-05-09", "breached supported /2017-05-09", State::Done);
        check("completed supported 2017-05-09", "breached supported 2017-05-09", State::Violated);
    }

    #[test]
    fn a_promise_told_later_came_first_all_the_same() {
        let told = ["agreed supported /2017-05-20", "begun supported 2017-05-08"];
        check(&told, Track::Reported, false, State::UnderWay, 0);
        check(&["agreed supported 2017-05-20"], Track::Reported, true, State::Waiting, 0);
        let of_may = ["agreed supported 2017-05-01/2017-05-31", "begun supported /2017-05-08"];
        check(&of_may, Track::Reported, false, State::UnderWay, 0);
        let after = ["agreed supported 2017-05-20", "begun supported 2017-05-08"];
        check(&after, Track::Reported, false, State::Pending, 1);
    }

    #[test]
    fn what_the_table_does_not_allow_is_kept_and_not_applied() {
        check(&["begun supported 2017-05-08"], Track::Reported, false, State::NotAgreed, 1);
    }
}
