//! Takes the words of a sentence with their tags, gives each one's head and relation by the steps of a machine.
//! Invariant: at most two steps a word, each of a bounded number of look-ups; the result is one tree.

use super::{
    inputs::{Inputs, Placed},
    situation::{Part, StateFeatures},
    state::{Move, State},
    weights::{CLASSES_MAX, Scores, Weigh, Weights},
};

/// A step with the relation it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    pub(super) moves: Move,
    pub(super) relation: u8,
}

/// The best of the allowed steps, and how far it is ahead of the best that would do something else than it: another
/// move, or another relation.
pub(super) fn best(sums: &Scores, steps: &[Step], state: &State) -> Option<(usize, i32)> {
    let mut best = None;
    let mut next = i32::MIN;
    let allowed = [Move::Shift, Move::Left, Move::Right].map(|moves| state.allows(moves));
    for (at, (step, sum)) in steps.iter().zip(sums).enumerate() {
        if !allowed[step.moves as usize] {
            continue;
        }
        match best {
            Some((_, held)) if *sum <= held => next = next.max(*sum),
            _ => {
                next = best.map_or(next, |(_, held)| held);
                best = Some((at, *sum));
            }
        }
    }
    best.map(|(at, sum)| (at, sum.saturating_sub(next)))
}

/// A parser's weights and steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parser {
    pub(super) part: Part,
    pub(super) steps: Vec<Step>,
    pub(super) weights: Weights,
    /// How far a step must be ahead by the first features for the others not to be asked.
    pub(super) settled: i32,
}

impl Parser {
    /// Parses a sentence. The relation of the root is not set.
    pub(super) fn parse(&self, inputs: &Inputs) -> Vec<Placed> {
        let mut state = State::default();
        state.start(inputs.len());
        let mut features = StateFeatures::new();
        let mut ahead_of = vec![i32::MAX; inputs.len() as usize];
        while !state.is_done() {
            if state.is_closing() {
                state.close();
                continue;
            }
            // A list without any allowed step is refused when the model is loaded; shifting always ends.
            let Some((step, ahead)) = self.choose(inputs, &state, &mut features) else { break };
            let moved = if step.moves == Move::Shift { state.next } else { state.stacked(0) };
            let held = &mut ahead_of[moved as usize];
            *held = (*held).min(ahead);
            apply(&mut state, step);
        }
        let words = state.built.iter().zip(ahead_of);
        words
            .map(|(built, ahead)| Placed { head: built.head, relation: built.relation, ahead })
            .collect()
    }

    fn choose(
        &self,
        inputs: &Inputs,
        state: &State,
        features: &mut StateFeatures,
    ) -> Option<(Step, i32)> {
        let mut sums = [0; CLASSES_MAX];
        self.weights.weigh(features.first(self.part, inputs, state), &mut sums);
        let mut chosen = best(&sums, &self.steps, state)?;
        if self.part == Part::Main && chosen.1 < self.settled {
            self.weights.weigh(features.more(), &mut sums);
            chosen = best(&sums, &self.steps, state)?;
        }
        let (at, ahead) = chosen;
        Some((*self.steps.get(at)?, ahead))
    }
}

/// Does a step.
pub(super) fn apply(state: &mut State, step: Step) {
    match step.moves {
        Move::Shift => state.shift(),
        Move::Left => state.left(step.relation),
        Move::Right => state.right(step.relation),
    }
}
