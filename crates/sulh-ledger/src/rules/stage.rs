//! Takes the weighed stages of an agreement, gives the stage it has come to on one track.
//! Invariant: an agreement that is over stays over; an early stage told late moves nothing back.

use super::{denial::Upheld, tracks::Track};
use crate::window::Window;
use sulh_model::agreement::Stage;

/// A stage told of an agreement, with how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StageMove {
    /// When.
    pub window: Window,
    /// Which.
    pub stage: Stage,
    /// How it stands.
    pub upheld: Upheld,
}

/// What an agreement has come to on a track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageFolded {
    /// Its stage; nothing when none is told.
    pub stage: Option<Stage>,
    /// How that stands.
    pub upheld: Upheld,
    /// Stages that cannot follow on the one before: kept, not applied.
    pub anomalies: Vec<Stage>,
}

/// Folds the stages of an agreement.
pub fn fold_stages(moves: &[StageMove], track: Track) -> StageFolded {
    let mut taken: Vec<StageMove> =
        moves.iter().copied().filter(|told| track.takes(told.upheld)).collect();
    taken.sort_unstable();
    let mut folded = StageFolded { stage: None, upheld: Upheld::None, anomalies: Vec::new() };
    for told in taken {
        match follow(folded.stage, told.stage) {
            Follows::Holds => {}
            Follows::Anomaly => folded.anomalies.push(told.stage),
            Follows::Moves => (folded.stage, folded.upheld) = (Some(told.stage), told.upheld),
        }
    }
    folded
}

/// How far a stage is on the way to force; nothing for what can befall an agreement later.
const fn way(stage: Stage) -> Option<u8> {
    match stage {
        Stage::Proposed => Some(0),
        Stage::Talks => Some(1),
        Stage::Initial => Some(2),
        Stage::Final => Some(3),
        Stage::InForce => Some(4),
        _ => None,
    }
}

const fn is_over(stage: Stage) -> bool {
    matches!(stage, Stage::Concluded | Stage::Expired | Stage::Collapsed | Stage::Superseded)
}

/// True when a stage says that another was left, so that the other, told of later days, has come again.
pub(crate) const fn takes_back(stage: Stage, other: Stage) -> bool {
    match (stage, other) {
        (Stage::Suspended, Stage::Suspended) => false,
        (Stage::Suspended, other) => !is_over(other),
        (Stage::InForce, other) => matches!(other, Stage::Suspended),
        _ => false,
    }
}

enum Follows {
    Moves,
    Holds,
    Anomaly,
}

fn follow(from: Option<Stage>, to: Stage) -> Follows {
    let Some(from) = from else { return Follows::Moves };
    match (way(from), way(to)) {
        _ if from == to => Follows::Holds,
        _ if is_over(from) => Follows::Anomaly,
        (Some(before), Some(after)) if after > before => Follows::Moves,
        (None, Some(_)) if from == Stage::Suspended && to == Stage::InForce => Follows::Moves,
        (_, Some(_)) => Follows::Holds,
        // One cannot change, prolong or stop what was never agreed.
        (Some(before), None) if before < 2 && !is_over(to) => Follows::Anomaly,
        (_, None) => Follows::Moves,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stages: &[&str], expected: &str, anomalies: usize) {
        let moves = stages.iter().enumerate().map(|(day, code)| StageMove {
            window: Window { latest: jiff::civil::date(2018, 7, day as i8 + 1), earliest: None },
            stage: Stage::from_code(code).unwrap(),
            upheld: Upheld::Supported,
        });
        let folded = fold_stages(&moves.collect::<Vec<_>>(), Track::Reported);
        assert_eq!(folded.stage.map_or("none", Stage::code), expected, "{stages:?}");
        assert_eq!(folded.anomalies.len(), anomalies, "{stages:?}");
    }

    #[test]
    fn stages_follow_one_another() {
        check(&[], "none", 0);
        check(&["proposed", "talks", "initial", "final", "in_force"], "in_force", 0);
        check(&["final", "initial"], "final", 0);
        check(&["in_force", "suspended", "in_force"], "in_force", 0);
        check(&["in_force", "extended", "collapsed"], "collapsed", 0);
        check(&["talks", "collapsed"], "collapsed", 0);
        check(&["talks", "extended"], "talks", 1);
        check(&["collapsed", "in_force"], "collapsed", 1);
    }
}
