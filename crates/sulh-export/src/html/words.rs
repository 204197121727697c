//! Takes codes of the ledger, gives the plain words a reader of the page sees.
//! Invariant: every value has words of its own: a value without them does not compile.

use sulh_ledger::{
    breach::NobodyBecause,
    link::{Ground, Obstacle},
    rules::{
        denial::Upheld,
        eligible::Hedge,
        interest::Interest,
        strength::Strength,
        transition::{State, Transition},
    },
    verdict::Flag,
};
use sulh_model::{
    agreement::{Assent, PressureKind, Stage, Standing},
    statement::Basis,
    term::{DependencyHow, Mode, Voluntariness},
};

/// A code as words, for kinds whose codes are words already.
pub fn spaced(code: &str) -> String {
    code.replace('_', " ")
}

/// A grade, and what it takes.
pub const fn grade(upheld: Upheld) -> (&'static str, &'static str) {
    match upheld {
        Upheld::None => {
            ("none", "nothing this track takes says so, which is no report that it is not so")
        }
        Upheld::Claimed => {
            ("claimed", "thin lines only: unnamed, hedged, self-serving or unexamined")
        }
        Upheld::Supported => {
            ("supported", "one solid line, or a party's admission against its interest")
        }
        Upheld::Corroborated => (
            "corroborated",
            "named lines of different owners, one solid and seen in the original, not all of one side",
        ),
        Upheld::Disputed => ("disputed", "denied as well as it is attested"),
        Upheld::Contradicted => ("contradicted", "denied better than it is attested"),
    }
}

/// A state, and what it means.
pub const fn state(state: State) -> (&'static str, &'static str) {
    match state {
        State::NotAgreed => ("not agreed", "nobody on this track vouches for the promise"),
        State::Waiting => ("waiting", "promised on a condition that has not come about"),
        State::Pending => ("pending", "promised, not begun"),
        State::Binding => {
            ("binding", "promised and in effect; says nothing about whether it is kept")
        }
        State::UnderWay => ("under way", "begun"),
        State::Done => ("done", "carried out"),
        State::Suspended => ("suspended", "stopped for a time"),
        State::Violated => ("violated", "a breach is reported; it can be made good"),
        State::Unused => ("unused", "allowed and not made use of, which is no breach"),
        State::Used => ("used", "allowed and made use of"),
        State::EndedExpired => ("ended: expired", "over, because its time ran out"),
        State::EndedDischarged => ("ended: discharged", "over, because nobody owes it any more"),
        State::EndedFailed => ("ended: failed", "over, because its agreement broke down"),
    }
}

/// A flag, and what it warns of.
pub const fn flag(flag: Flag) -> (&'static str, &'static str) {
    match flag {
        Flag::Overdue => {
            ("overdue", "the last possible day of the deadline is over and it is not done")
        }
        Flag::NotDoneReported => (
            "reported not done",
            "somebody says that it was not done; having no report is another thing",
        ),
        Flag::ObservanceNotReported => {
            ("observance not reported", "it is in effect and nobody says whether it is kept")
        }
        Flag::Disputed => ("disputed", "something of it is denied as well as it is attested"),
        Flag::TimingOpen => {
            ("timing open", "reports place the same thing in times that do not meet")
        }
        Flag::OriginalNotSeen => {
            ("original not seen", "no voucher's own page is in the ledger, only what others relay")
        }
        Flag::VoucherInherited => (
            "voucher inherited",
            "who says so stands in an earlier sentence, as for the items of a list",
        ),
        Flag::AnnouncedByOneSide => ("announced by one side", "only one side speaks of it"),
        Flag::Anomaly => (
            "anomaly",
            "a step was told that cannot follow from the state before; it is shown and not applied",
        ),
        Flag::PossiblyKnown => (
            "possibly known",
            "it leans on a page without a publication day, which may be later than the day asked about",
        ),
        Flag::IncidentsReported => {
            ("incidents reported", "fighting was reported where and while it held: without blame")
        }
        Flag::ContentDisputed => (
            "content disputed",
            "another version of the agreement says the contrary of this promise",
        ),
        Flag::LinkedByRule => (
            "linked by rule",
            "an event was tied to it by kind, doer, place and day; its page does not name the promise",
        ),
    }
}

/// What a proposition says happened.
pub const fn transition(transition: Transition) -> &'static str {
    match transition {
        Transition::Agreed => "promised",
        Transition::ConditionMet => "condition met",
        Transition::ConditionLapsed => "condition lapsed",
        Transition::Begun => "begun",
        Transition::Completed => "completed",
        Transition::Observed => "seen to be kept",
        Transition::Suspended => "suspended",
        Transition::Resumed => "resumed",
        Transition::Breached => "broken",
        Transition::Remedied => "made good",
        Transition::Undone => "undone",
        Transition::NotDone => "not done",
        Transition::Extended => "extended",
        Transition::Expired => "expired",
        Transition::Waived => "waived",
        Transition::Superseded => "replaced by another agreement",
        Transition::Collapsed => "ended with its agreement",
    }
}

/// How far an agreement has come.
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Proposed => "proposed",
        Stage::Talks => "talks",
        Stage::Initial => "initial",
        Stage::Final => "final",
        Stage::InForce => "in force",
        Stage::Amended => "amended",
        Stage::Extended => "extended",
        Stage::Suspended => "suspended",
        Stage::Concluded => "carried out",
        Stage::Expired => "run out",
        Stage::Collapsed => "broken down",
        Stage::Superseded => "replaced",
    }
}

/// How an agreement stands in a page.
pub const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Reported => "reported",
        Standing::Proposed => "proposed, not reported as made",
        Standing::Denied => "denied",
        Standing::Lead => "a lead only",
        Standing::OutOfScope => "out of scope: not between parties to a conflict",
    }
}

/// What is known of a party's consent.
pub const fn assent(assent: Assent) -> &'static str {
    match assent {
        Assent::Signed => "signed",
        Assent::Announced => "announced it",
        Assent::ReportedByOther => "reported by others",
        Assent::Silent => "silent",
        Assent::Rejects => "rejects it",
        Assent::Withdrew => "withdrew",
    }
}

/// Under what pressure an agreement came about.
pub const fn pressure(kind: PressureKind) -> &'static str {
    match kind {
        PressureKind::Siege => "siege",
        PressureKind::Ultimatum => "ultimatum",
        PressureKind::Bombardment => "bombardment",
        PressureKind::Reinforcement => "forces massed",
        PressureKind::ThreatenedOperation => "threatened operation",
    }
}

/// How a voucher knows.
pub const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Saw => "saw it",
        Basis::Participant => "took part",
        Basis::Document => "has the document",
        Basis::OwnNetwork => "own people on the ground",
        Basis::ToldNamed => "told by somebody named",
        Basis::ToldUnnamed => "told by somebody unnamed",
        Basis::Media => "from other media",
        Basis::None => "does not say",
    }
}

/// What a voucher has in being believed.
pub const fn interest(interest: Interest) -> &'static str {
    match interest {
        Interest::None => "none seen",
        Interest::SelfServing => "serves its own side",
        Interest::AgainstInterest => "against its own side",
        Interest::Unknown => "not known",
    }
}

/// How much a line can carry.
pub const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Unconfirmed => "unconfirmed",
        Strength::Thin => "thin",
        Strength::Admission => "admission",
        Strength::Solid => "solid",
    }
}

/// How firmly a line speaks.
pub const fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::Plain => "plainly",
        Hedge::Hedged => "with doubt",
        Hedge::Unconfirmed => "as unconfirmed",
    }
}

/// Why nobody is held responsible.
pub const fn nobody(reason: NobodyBecause) -> &'static str {
    match reason {
        NobodyBecause::NobodyAccused => "the words accuse nobody",
        NobodyBecause::Community => "a community is never responsible",
        NobodyBecause::KindUnknown => {
            "it is not known what kind of actor is accused, and it may be a community"
        }
    }
}

/// What speaks for two agreements being one.
pub const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::SamePlace => "they are of one place",
        Ground::CloseInTime => "their days lie within a fortnight",
        Ground::SharedRoot => "one source vouches for both",
        Ground::SharedTerms => "they share kinds of terms",
    }
}

/// What speaks against two agreements being one, or is missing for it.
pub const fn obstacle(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::TooLittleShared => "neither a source nor two kinds of terms in common",
        Obstacle::PlaceWithin => "the one place lies in the other and is not the same",
        Obstacle::KindsDiffer => "their kinds do not go together",
        Obstacle::PartiesDiffer => "their parties are of other sides",
        Obstacle::ToldAsNew => "the words call one of them new, second or another",
        Obstacle::BrokenBetween => {
            "between them it broke down, a party left it, or fighting began again"
        }
    }
}

/// When an element is kept.
pub const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Achieve => "kept once it is reached",
        Mode::Maintain => "kept as long as it lasts",
        Mode::Punctual => "kept by one act",
    }
}

/// How free a relocation is, by the words.
pub const fn voluntariness(how: Voluntariness) -> &'static str {
    match how {
        Voluntariness::StatedFree => "said to be free",
        Voluntariness::RefusalBased => "follows on a refusal",
        Voluntariness::UnderThreat => "under threat",
        Voluntariness::NotStated => "the words do not say",
    }
}

/// How a term hangs on another.
pub const fn dependency(how: DependencyHow) -> &'static str {
    match how {
        DependencyHow::Before => "before",
        DependencyHow::After => "after",
        DependencyHow::Concurrent => "at the same time as",
        DependencyHow::InExchange => "in exchange for",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Every label is words, and no two values share one.
    fn check(labels: &[&str]) {
        let different: BTreeSet<&&str> = labels.iter().collect();
        assert_eq!(different.len(), labels.len(), "{labels:?}");
        assert!(labels.iter().all(|label| !label.is_empty() && !label.contains('_')), "{labels:?}");
    }

    #[test]
    fn every_code_has_plain_words_of_its_own() {
        let both = |(label, meaning): (&'static str, &'static str)| [label, meaning];
        let all = |pairs: Vec<[&'static str; 2]>| {
            check(&pairs.iter().map(|pair| pair[0]).collect::<Vec<_>>());
            check(&pairs.iter().map(|pair| pair[1]).collect::<Vec<_>>());
        };
        all(Upheld::ALL.iter().map(|it| both(grade(*it))).collect());
        all(State::ALL.iter().map(|it| both(state(*it))).collect());
        all(Flag::ALL.iter().map(|it| both(flag(*it))).collect());
        check(&Transition::ALL.iter().map(|it| transition(*it)).collect::<Vec<_>>());
        check(&Stage::ALL.iter().map(|it| stage(*it)).collect::<Vec<_>>());
        check(&Standing::ALL.iter().map(|it| standing(*it)).collect::<Vec<_>>());
        check(&Assent::ALL.iter().map(|it| assent(*it)).collect::<Vec<_>>());
        check(&PressureKind::ALL.iter().map(|it| pressure(*it)).collect::<Vec<_>>());
        check(&Basis::ALL.iter().map(|it| basis(*it)).collect::<Vec<_>>());
        check(&Interest::ALL.iter().map(|it| interest(*it)).collect::<Vec<_>>());
        check(&Strength::ALL.iter().map(|it| strength(*it)).collect::<Vec<_>>());
        check(&NobodyBecause::ALL.iter().map(|it| nobody(*it)).collect::<Vec<_>>());
        check(&Ground::ALL.iter().map(|it| ground(*it)).collect::<Vec<_>>());
        check(&Obstacle::ALL.iter().map(|it| obstacle(*it)).collect::<Vec<_>>());
        check(&Mode::ALL.iter().map(|it| mode(*it)).collect::<Vec<_>>());
        check(&Voluntariness::ALL.iter().map(|it| voluntariness(*it)).collect::<Vec<_>>());
        check(&DependencyHow::ALL.iter().map(|it| dependency(*it)).collect::<Vec<_>>());
    }
}
