//! Takes states, stages and grades before and after, gives which transitions brought them and what went back.
//! Invariant: a move forward is never a reversal; a reversal has one name.

use sulh_ledger::rules::{
    denial::Upheld,
    transition::{State, Transition},
};
use sulh_model::agreement::Stage;

sulh_model::codes! {
    /// How something went back.
    pub enum Reversal {
        /// What had been performed was taken back, or begun anew.
        Undone = "undone",
        /// A breach is told.
        Breached = "breached",
        /// It was stopped.
        Stopped = "stopped",
        /// It is over without having been kept.
        Failed = "failed",
        /// It is no longer reported, and still claimed.
        FellToClaimed = "fell_to_claimed",
        /// What brought it there no longer stands.
        Withdrawn = "withdrawn",
        /// It is denied now as well as it is attested.
        Disputed = "disputed",
        /// It is denied better than it is attested.
        Contradicted = "contradicted",
        /// It is attested less well.
        Weakened = "weakened",
    }
}

/// The transitions that bring an element into a state.
pub const fn brings(state: State) -> &'static [Transition] {
    use Transition as T;
    match state {
        State::NotAgreed => &[],
        State::Waiting | State::Unused => &[T::Agreed],
        State::Pending => &[T::Agreed, T::ConditionMet],
        State::Binding => &[T::Agreed, T::ConditionMet, T::Resumed, T::Remedied],
        State::UnderWay => &[T::Begun, T::Resumed, T::Remedied, T::Undone],
        State::Done => &[T::Completed],
        State::Suspended => &[T::Suspended],
        State::Violated => &[T::Breached],
        State::Used => &[T::Begun, T::Completed],
        State::EndedExpired => &[T::Expired],
        State::EndedDischarged => &[T::ConditionLapsed, T::Waived, T::Superseded],
        State::EndedFailed => &[T::Collapsed],
    }
}

/// How far a state is on the way to performance; nothing for what can befall a promise at any time.
const fn way(state: State) -> Option<u8> {
    match state {
        State::NotAgreed => Some(0),
        State::Waiting => Some(1),
        State::Pending | State::Binding | State::Unused => Some(2),
        State::UnderWay => Some(3),
        State::Done | State::Used => Some(4),
        State::Suspended
        | State::Violated
        | State::EndedExpired
        | State::EndedDischarged
        | State::EndedFailed => None,
    }
}

/// How a state went back on its way from one question to the next. `is_told` says whether a transition
/// is told of the element on this track: without it the old state lost its ground.
pub fn of_states(from: State, to: State, is_told: impl Fn(Transition) -> bool) -> Option<Reversal> {
    if from == to {
        return None;
    }
    match to {
        State::Violated => Some(Reversal::Breached),
        State::Suspended => Some(Reversal::Stopped),
        State::EndedFailed => Some(Reversal::Failed),
        // Done and taken back within the days that are compared.
        State::UnderWay if is_told(Transition::Undone) => Some(Reversal::Undone),
        _ => {
            let (before, after) = (way(from)?, way(to)?);
            (after < before).then_some(Reversal::Withdrawn)
        }
    }
}

/// How far a stage is on the way to force; nothing for what can befall an agreement later.
const fn stage_way(stage: Stage) -> Option<u8> {
    match stage {
        Stage::Proposed => Some(0),
        Stage::Talks => Some(1),
        Stage::Initial => Some(2),
        Stage::Final => Some(3),
        Stage::InForce | Stage::Amended | Stage::Extended => Some(4),
        Stage::Suspended
        | Stage::Concluded
        | Stage::Expired
        | Stage::Collapsed
        | Stage::Superseded => None,
    }
}

/// How a stage went back.
pub fn of_stages(from: Option<Stage>, to: Option<Stage>) -> Option<Reversal> {
    match (from, to) {
        (_, Some(Stage::Collapsed)) => Some(Reversal::Failed),
        (_, Some(Stage::Suspended)) => Some(Reversal::Stopped),
        (Some(_), None) => Some(Reversal::Withdrawn),
        (Some(before), Some(after)) => {
            (stage_way(after)? < stage_way(before)?).then_some(Reversal::Withdrawn)
        }
        (None, _) => None,
    }
}

/// How the standing of a proposition went back.
pub fn of_standings(from: Upheld, to: Upheld) -> Option<Reversal> {
    if to >= from {
        return None;
    }
    Some(match to {
        Upheld::Disputed => Reversal::Disputed,
        Upheld::Contradicted => Reversal::Contradicted,
        Upheld::Claimed if from.is_reported() => Reversal::FellToClaimed,
        Upheld::None | Upheld::Claimed | Upheld::Supported | Upheld::Corroborated => {
            Reversal::Weakened
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_back_is_named_and_what_goes_on_is_not() {
        let check = |from, to, told: &[Transition], expected| {
            assert_eq!(of_states(from, to, |one| told.contains(&one)), expected, "{from} to {to}");
        };
        check(State::Pending, State::UnderWay, &[], None);
        check(State::Done, State::UnderWay, &[Transition::Undone], Some(Reversal::Undone));
        check(State::Pending, State::UnderWay, &[Transition::Undone], Some(Reversal::Undone));
        check(State::UnderWay, State::Pending, &[], Some(Reversal::Withdrawn));
        check(State::Binding, State::Violated, &[], Some(Reversal::Breached));
        check(State::UnderWay, State::Suspended, &[], Some(Reversal::Stopped));
        check(State::Suspended, State::UnderWay, &[], None);
        check(State::Violated, State::Binding, &[], None);
        check(State::Pending, State::EndedFailed, &[], Some(Reversal::Failed));
        check(State::Pending, State::EndedDischarged, &[], None);
    }

    #[test]
    fn a_state_never_goes_back_to_itself_and_one_of_two_ways_is_forward() {
        for from in State::ALL {
            for to in State::ALL {
                let there = of_states(*from, *to, |_| false);
                let back = of_states(*to, *from, |_| false);
                assert!(from != to || there.is_none());
                let (Some(before), Some(after)) = (way(*from), way(*to)) else { continue };
                assert_eq!(there.is_some(), after < before);
                assert!(there.is_none() || back.is_none());
            }
        }
    }

    #[test]
    fn a_standing_that_falls_says_how() {
        let check = |from, to, expected| assert_eq!(of_standings(from, to), expected);
        check(Upheld::Claimed, Upheld::Supported, None);
        check(Upheld::Supported, Upheld::Claimed, Some(Reversal::FellToClaimed));
        check(Upheld::Corroborated, Upheld::Disputed, Some(Reversal::Disputed));
        check(Upheld::Claimed, Upheld::Contradicted, Some(Reversal::Contradicted));
        check(Upheld::Corroborated, Upheld::Supported, Some(Reversal::Weakened));
    }

    #[test]
    fn an_agreement_that_breaks_down_goes_back_and_one_that_is_finalised_does_not() {
        assert_eq!(of_stages(Some(Stage::Initial), Some(Stage::Final)), None);
        assert_eq!(of_stages(Some(Stage::InForce), Some(Stage::Collapsed)), Some(Reversal::Failed));
        assert_eq!(of_stages(Some(Stage::InForce), None), Some(Reversal::Withdrawn));
    }
}
