//! Takes the clause of an event and what governs it, gives how far the event has come.
//! Invariant: what is wanted, prevented or left open has not begun; only what is carried out under an arrangement can
//! be stopped for a time.

use crate::Reader;
use crate::governors::{Phase, Telling as Governed};
use crate::told::Telling;
use sulh_model::event::Aspect;
use sulh_model::page::BlockKind;
use sulh_model::statement::Factuality;
use sulh_model::vocabulary::EventKind;
use sulh_syntax::{ClauseRole, Tense};

impl Reader {
    /// How far an event has come, by the words.
    pub(super) fn aspect(
        &self,
        telling: &Telling<'_>,
        at: usize,
        index: usize,
        kind: EventKind,
        factuality: Factuality,
    ) -> Aspect {
        let scene = &telling.told[at].scene;
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[index];
        let phase = self.governors.phase(scene, index);
        // "Stopped an attack" had it never begun; "stopped the evacuation" halted one.
        if phase == Some(Phase::Halted) && self.links.performed_by(kind).next().is_some() {
            return Aspect::Suspended;
        }
        if self.governors.telling(scene, index) != Governed::AsItStands {
            return Aspect::Prospective;
        }
        let tense = clause.predicate.tense;
        match phase {
            Some(Phase::Resumed) => return Aspect::Resumed,
            Some(Phase::Begun) => return Aspect::Ongoing,
            _ if clause.predicate.progressive && tense != Tense::Future => return Aspect::Ongoing,
            _ => {}
        }
        let planned = matches!(
            factuality,
            Factuality::Planned
                | Factuality::Conditional
                | Factuality::Prediction
                | Factuality::Hypothetical
        );
        let item = telling.told[at].kind == BlockKind::ListItem && tense != Tense::Past;
        let bare = clause.role == ClauseRole::Main && tense == Tense::None;
        let parent = clause.parent.map(|parent| &clauses[parent].predicate);
        let governed_future = clause.role == ClauseRole::Nominal
            && parent.is_some_and(|parent| parent.tense == Tense::Future);
        let open = planned && clause.role != ClauseRole::Relative && tense != Tense::Past;
        if tense == Tense::Future || item || bare || governed_future || open {
            return Aspect::Prospective;
        }
        Aspect::Completed
    }
}
