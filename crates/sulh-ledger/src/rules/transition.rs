//! Takes the state of a term element and a transition that is told of it, gives the next state.
//! Invariant: `TABLE` is the whole table of the rules; what it does not hold is an anomaly or a no-op, never a move.

sulh_model::codes! {
    /// What a proposition says of a term element. The order is the order in which transitions of one day apply.
    pub enum Transition {
        /// It was promised.
        Agreed = "agreed",
        /// What it waited for came about.
        ConditionMet = "condition_met",
        /// What it waited for can no longer come about.
        ConditionLapsed = "condition_lapsed",
        /// Its performance began.
        Begun = "begun",
        /// It was performed.
        Completed = "completed",
        /// It was seen to be kept.
        Observed = "observed",
        /// Its performance stopped for a time.
        Suspended = "suspended",
        /// Its performance went on again.
        Resumed = "resumed",
        /// It was broken.
        Breached = "breached",
        /// A breach was made good.
        Remedied = "remedied",
        /// What had been performed was taken back.
        Undone = "undone",
        /// It is told as not performed.
        NotDone = "not_done",
        /// It was prolonged.
        Extended = "extended",
        /// Its time ran out.
        Expired = "expired",
        /// The one it was promised to gave it up.
        Waived = "waived",
        /// Another agreement took its place.
        Superseded = "superseded",
        /// Its agreement broke down.
        Collapsed = "collapsed",
    }
}

sulh_model::codes! {
    /// The state of a term element, or of a term.
    pub enum State {
        /// Nobody (on this track) says that it was promised.
        NotAgreed = "not_agreed",
        /// Promised on a condition that has not come about.
        Waiting = "waiting",
        /// Promised and due.
        Pending = "pending",
        /// Promised and in effect; it says nothing about compliance.
        Binding = "binding",
        /// Being performed.
        UnderWay = "under_way",
        /// Performed.
        Done = "done",
        /// Stopped for a time.
        Suspended = "suspended",
        /// Broken.
        Violated = "violated",
        /// Allowed, and not made use of.
        Unused = "unused",
        /// Allowed, and made use of.
        Used = "used",
        /// Over: its time ran out.
        EndedExpired = "ended_expired",
        /// Over: nobody owes it any more.
        EndedDischarged = "ended_discharged",
        /// Over: its agreement broke down.
        EndedFailed = "ended_failed",
    }
}

sulh_model::codes! {
    /// How an element is kept, as far as the table tells elements apart.
    pub enum Duty {
        /// By reaching a result or by one act.
        Perform = "perform",
        /// By lasting.
        Maintain = "maintain",
        /// It need not be made use of.
        Permission = "permission",
    }
}

/// What a transition does to a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It moves.
    To(State),
    /// The state already holds, or the transition moves nothing.
    Holds,
    /// The table has no such move: kept, shown, not applied.
    Anomaly,
}

/// A row: from any of these states, by this transition, for these duties, to that state.
struct Row(&'static [State], Transition, &'static [Duty], State);

const PERFORM: &[Duty] = &[Duty::Perform];
const MAINTAIN: &[Duty] = &[Duty::Maintain];
const PERMISSION: &[Duty] = &[Duty::Permission];
const ANY: &[Duty] = Duty::ALL;
const LIVE: &[State] = &[
    State::Waiting,
    State::Pending,
    State::Binding,
    State::UnderWay,
    State::Suspended,
    State::Violated,
    State::Unused,
    State::Used,
];

const TABLE: &[Row] = {
    use State::*;
    use Transition as T;
    &[
        Row(&[NotAgreed], T::Agreed, PERFORM, Pending),
        Row(&[NotAgreed], T::Agreed, MAINTAIN, Binding),
        Row(&[NotAgreed], T::Agreed, PERMISSION, Unused),
        Row(&[Waiting], T::ConditionMet, PERFORM, Pending),
        Row(&[Waiting], T::ConditionMet, MAINTAIN, Binding),
        Row(&[Waiting], T::ConditionMet, PERMISSION, Unused),
        Row(&[Waiting], T::ConditionLapsed, ANY, EndedDischarged),
        Row(&[Waiting, Pending, Violated], T::Begun, PERFORM, UnderWay),
        Row(&[Waiting, Violated], T::Begun, MAINTAIN, UnderWay),
        Row(&[Waiting, Unused], T::Begun, PERMISSION, Used),
        Row(&[Waiting, Pending, UnderWay, Violated], T::Completed, PERFORM, Done),
        Row(&[Waiting, Unused], T::Completed, PERMISSION, Used),
        Row(&[Pending, UnderWay, Binding], T::Suspended, ANY, Suspended),
        // What was broken and is told as taken up again has begun again.
        Row(&[Suspended, Violated], T::Resumed, PERFORM, UnderWay),
        Row(&[Suspended, Violated], T::Resumed, MAINTAIN, Binding),
        Row(&[Pending, UnderWay, Binding, Suspended, Done], T::Breached, ANY, Violated),
        Row(&[Violated], T::Remedied, MAINTAIN, Binding),
        Row(&[Violated], T::Remedied, PERFORM, UnderWay),
        Row(&[Done], T::Undone, ANY, UnderWay),
        Row(LIVE, T::Expired, ANY, EndedExpired),
        Row(LIVE, T::Waived, ANY, EndedDischarged),
        Row(LIVE, T::Superseded, ANY, EndedDischarged),
        Row(LIVE, T::Collapsed, ANY, EndedFailed),
    ]
};

impl State {
    /// True when it was promised and is neither performed nor over.
    pub fn is_live(self) -> bool {
        LIVE.contains(&self)
    }

    /// True when it is over.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::EndedExpired | Self::EndedDischarged | Self::EndedFailed)
    }

    /// The state of a term whose elements are in these states.
    pub fn of_term(elements: impl Iterator<Item = Self> + Clone) -> Self {
        let all = |wanted: Self| elements.clone().all(|state| state == wanted);
        let Some(first) = elements.clone().next() else { return Self::NotAgreed };
        if elements.clone().any(|state| state == Self::Violated) {
            return Self::Violated;
        }
        if all(first) {
            return first;
        }
        // Nothing left to do, and not everything done: the term is over as its last element ended.
        let is_over = |state: Self| state.is_ended() || state == Self::Done;
        match elements.clone().filter(|state| state.is_ended()).max() {
            Some(ended) if elements.clone().all(is_over) => ended,
            _ => Self::UnderWay,
        }
    }
}

/// What a transition does to a state. A conditional promise waits, whatever its duty.
pub fn step(state: State, transition: Transition, duty: Duty, conditional: bool) -> Step {
    if transition == Transition::Agreed && state == State::NotAgreed && conditional {
        return Step::To(State::Waiting);
    }
    let row = TABLE.iter().find(|Row(from, by, duties, _)| {
        *by == transition && from.contains(&state) && duties.contains(&duty)
    });
    match row {
        Some(Row(_, _, _, to)) => Step::To(*to),
        None if holds(state, transition) => Step::Holds,
        None => Step::Anomaly,
    }
}

/// True when the transition tells what already holds, or is of a kind that never moves a state.
fn holds(state: State, transition: Transition) -> bool {
    use State::*;
    match transition {
        Transition::Agreed => state != NotAgreed,
        Transition::ConditionMet => state != NotAgreed && state != Waiting && !state.is_ended(),
        Transition::ConditionLapsed => state == EndedDischarged,
        Transition::Begun => matches!(state, UnderWay | Done | Used),
        Transition::Completed => matches!(state, Done | Used),
        Transition::Observed => state != NotAgreed,
        Transition::Suspended => state == Suspended,
        Transition::Resumed => matches!(state, UnderWay | Binding),
        Transition::Breached => state == Violated,
        Transition::Remedied => matches!(state, Binding | UnderWay),
        Transition::Undone => state == UnderWay,
        // A promise told as not kept is a flag beside the state, never a state.
        Transition::NotDone => true,
        Transition::Extended => state.is_live(),
        // The end of an agreement does not touch what was done, never promised, or over.
        Transition::Expired
        | Transition::Waived
        | Transition::Superseded
        | Transition::Collapsed => !state.is_live(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `check("pending completed perform", "done")`; the words are codes.
    fn check(given: &str, expected: &str) {
        let mut words = given.split(' ');
        let (state, transition, duty) =
            (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let state = State::ALL.iter().find(|value| value.code() == state).unwrap();
        let transition = Transition::ALL.iter().find(|value| value.code() == transition).unwrap();
        let duty = Duty::ALL.iter().find(|value| value.code() == duty).unwrap();
        let found = match step(*state, *transition, *duty, words.next() == Some("conditional")) {
            Step::To(to) => to.code(),
            Step::Holds => "holds",
            Step::Anomaly => "anomaly",
        };
        assert_eq!(found, expected, "{given}");
    }

    #[test]
    fn promises_and_conditions() {
        check("not_agreed agreed perform conditional", "waiting");
        check("not_agreed agreed maintain conditional", "waiting");
        check("not_agreed agreed perform", "pending");
        check("not_agreed agreed maintain", "binding");
        check("not_agreed agreed permission", "unused");
        check("waiting condition_met perform", "pending");
        check("waiting condition_met maintain", "binding");
        check("waiting condition_met permission", "unused");
        check("waiting condition_lapsed perform", "ended_discharged");
        check("waiting condition_lapsed maintain", "ended_discharged");
    }

    #[test]
    fn performance() {
        for from in ["waiting", "pending", "violated"] {
            check(&format!("{from} begun perform"), "under_way");
        }
        for from in ["waiting", "pending", "under_way", "violated"] {
            check(&format!("{from} completed perform"), "done");
        }
        check("violated begun maintain", "under_way");
        check("binding completed maintain", "anomaly");
        check("unused begun permission", "used");
        check("unused completed permission", "used");
        check("done begun perform", "holds");
        check("under_way begun perform", "holds");
        check("done completed perform", "holds");
        check("not_agreed begun perform", "anomaly");
    }

    #[test]
    fn stops_breaches_and_reversals() {
        for from in ["pending", "under_way", "binding"] {
            check(&format!("{from} suspended perform"), "suspended");
        }
        check("suspended resumed perform", "under_way");
        check("suspended resumed maintain", "binding");
        check("violated resumed maintain", "binding");
        check("violated resumed perform", "under_way");
        for from in ["pending", "under_way", "binding", "suspended", "done"] {
            check(&format!("{from} breached perform"), "violated");
        }
        check("violated breached perform", "holds");
        check("unused breached permission", "anomaly");
        check("violated remedied maintain", "binding");
        check("violated remedied perform", "under_way");
        check("done undone perform", "under_way");
        check("pending undone perform", "anomaly");
    }

    #[test]
    fn ends() {
        for from in ["waiting", "pending", "binding", "under_way", "suspended", "violated"] {
            check(&format!("{from} extended perform"), "holds");
            check(&format!("{from} expired perform"), "ended_expired");
            check(&format!("{from} waived perform"), "ended_discharged");
            check(&format!("{from} superseded perform"), "ended_discharged");
            check(&format!("{from} collapsed perform"), "ended_failed");
        }
        check("done expired perform", "holds");
        check("done collapsed perform", "holds");
        check("ended_expired collapsed maintain", "holds");
        check("not_agreed extended perform", "anomaly");
        check("ended_failed begun perform", "anomaly");
    }

    #[test]
    fn silence_and_not_done_move_nothing() {
        for state in State::ALL {
            check(&format!("{state} not_done perform"), "holds");
        }
        check("binding observed maintain", "holds");
        check("not_agreed observed maintain", "anomaly");
    }

    #[test]
    fn a_term_is_what_its_elements_are() {
        let check = |elements: &[State], expected| {
            assert_eq!(State::of_term(elements.iter().copied()), expected)
        };
        check(&[State::Pending, State::Pending], State::Pending);
        check(&[State::Waiting], State::Waiting);
        check(&[State::Done, State::Done], State::Done);
        check(&[State::Done, State::Pending], State::UnderWay);
        check(&[State::UnderWay, State::Pending], State::UnderWay);
        check(&[State::Done, State::Violated], State::Violated);
        check(&[State::Done, State::EndedFailed], State::EndedFailed);
        check(&[], State::NotAgreed);
    }
}
