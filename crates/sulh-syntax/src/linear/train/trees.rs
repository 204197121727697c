//! Takes sentences with their trees, gives the weights of the parser.
//! Invariant: the same sentences in the same order, with the same seed, give the same weights.
//!
//! A dynamic oracle says of every state which steps lose no arc that can still be had, so that the parser learns
//! from its own mistakes what to do after them.

use super::{Example, learner::Learner, random::Random};
use crate::linear::{
    inputs::Inputs,
    parser::{self, Step},
    situation::{Part, StateFeatures},
    state::{Move, NONE, State},
    weights::{CLASSES_MAX, Scores, Weigh},
};

/// A sentence for the parser.
pub(super) struct Lesson {
    pub(super) inputs: Inputs,
    /// How often it is read in one round.
    pub(super) times: usize,
    /// Each word's head; for the root the number of words.
    pub(super) heads: Vec<u32>,
    pub(super) relations: Vec<u8>,
    /// The words that hang on each word.
    pub(super) children: Vec<Vec<u32>>,
}

impl Lesson {
    pub(super) fn new(inputs: Inputs, example: &Example) -> Self {
        let root = inputs.len();
        let tree = &example.tree;
        let heads = tree.nodes().iter().map(|node| node.head.map_or(root, number)).collect();
        let relations = tree.nodes().iter().map(|node| node.relation as u8).collect();
        Self::of(inputs, heads, relations, example.times)
    }

    /// Of a sentence read from its end.
    pub(super) fn turned(inputs: Inputs, example: &Example) -> Self {
        let root = inputs.len();
        let nodes = || example.tree.nodes().iter().rev();
        let heads = nodes().map(|node| node.head.map_or(root, |head| root - 1 - number(head)));
        let relations = nodes().map(|node| node.relation as u8).collect();
        Self::of(inputs, heads.collect(), relations, example.times)
    }

    fn of(inputs: Inputs, heads: Vec<u32>, relations: Vec<u8>, times: usize) -> Self {
        let mut children = vec![Vec::new(); heads.len() + 1];
        for (word, head) in (0_u32..).zip(&heads) {
            children[*head as usize].push(word);
        }
        Self { inputs, times, heads, relations, children }
    }
}

fn number(word: usize) -> u32 {
    u32::try_from(word).unwrap_or(NONE)
}

/// How long and how strictly it is learned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) part: Part,
    pub(super) epochs: usize,
    /// By how much the right choice must be ahead.
    pub(super) margin: i32,
    /// Features met less often than this in the first epoch are not learned.
    pub(super) rare: u8,
    /// In how many of a hundred cases a wrong choice is followed.
    pub(super) wander: usize,
    pub(super) seed: u64,
}

/// Arcs lost by shifting, left and right.
fn costs(lesson: &Lesson, state: &State, on_stack: &[bool]) -> [u32; 3] {
    let (s0, s1, b0) = (state.stacked(0), state.stacked(1), state.next);
    let waiting = |word: u32| u32::from(word >= b0);
    let mut lost = [0; 3];
    if b0 < state.words {
        let children = &lesson.children[b0 as usize];
        let held = children.iter().filter(|child| on_stack[**child as usize]).count();
        lost[0] = u32::try_from(held).unwrap_or(u32::MAX);
        let head = lesson.heads[b0 as usize];
        let is_below = head < b0 && head != s0 && on_stack[head as usize];
        lost[0] += u32::from(is_below);
    }
    if s0 != NONE {
        let children = &lesson.children[s0 as usize];
        let to_come: u32 = children.iter().map(|child| waiting(*child)).sum();
        let head = lesson.heads[s0 as usize];
        lost[1] = to_come + u32::from(head == s1 || head > b0);
        lost[2] = to_come + waiting(head);
    }
    lost
}

/// The best step that loses least, and the best that loses more.
fn judge(
    lesson: &Lesson,
    state: &State,
    steps: &[Step],
    sums: &Scores,
    lost: [u32; 3],
) -> (Option<usize>, Option<usize>) {
    let s0 = state.stacked(0);
    let allowed = [Move::Shift, Move::Left, Move::Right].map(|moves| state.allows(moves));
    let cost = |step: &Step| {
        let arc = match step.moves {
            Move::Shift => return lost[0],
            Move::Left => state.next,
            Move::Right => state.stacked(1),
        };
        let is_right = lesson.heads[s0 as usize] == arc;
        let is_misnamed = is_right && lesson.relations[s0 as usize] != step.relation;
        lost[step.moves as usize] + u32::from(is_misnamed)
    };
    let allowed = || {
        let steps = steps.iter().enumerate();
        steps.filter(|(_, step)| allowed[step.moves as usize])
    };
    let least = allowed().map(|(_, step)| cost(step)).min().unwrap_or(0);
    let mut right: Option<usize> = None;
    let mut wrong: Option<usize> = None;
    for (at, step) in allowed() {
        let held = if cost(step) == least { &mut right } else { &mut wrong };
        if held.is_none_or(|held| sums[at] > sums[held]) {
            *held = Some(at);
        }
    }
    (right, wrong)
}

/// Learns to parse.
pub(super) fn learn(lessons: &[Lesson], steps: &[Step], course: Course) -> Learner {
    let mut learner = Learner::new(course.rare);
    let mut random = Random::new(course.seed);
    let mut order = super::order(lessons.iter().map(|lesson| lesson.times));
    let mut state = State::default();
    for epoch in 0..course.epochs {
        random.shuffle(&mut order);
        for at in &order {
            let is_first = epoch == 0;
            learn_one(
                &lessons[*at],
                steps,
                course,
                is_first,
                &mut state,
                &mut learner,
                &mut random,
            );
        }
    }
    learner
}

fn learn_one(
    lesson: &Lesson,
    steps: &[Step],
    course: Course,
    is_first: bool,
    state: &mut State,
    learner: &mut Learner,
    random: &mut Random,
) {
    let mut features = StateFeatures::new();
    state.start(lesson.inputs.len());
    let mut on_stack = vec![false; lesson.heads.len() + 1];
    while !state.is_done() {
        if state.is_closing() {
            state.close();
            continue;
        }
        features.first(course.part, &lesson.inputs, state);
        if course.part == Part::Main {
            features.more();
        }
        let mut sums = [0; CLASSES_MAX];
        learner.weigh(features.all(), &mut sums);
        learner.step();
        if is_first {
            learner.meet(features.all());
        }
        let lost = costs(lesson, state, &on_stack);
        let (right, wrong) = judge(lesson, state, steps, &sums, lost);
        let chosen = match (right, wrong) {
            (Some(right), Some(wrong)) => {
                if sums[right] <= sums[wrong].saturating_add(course.margin) {
                    learner.correct(features.all(), class(right), 1);
                    learner.correct(features.all(), class(wrong), -1);
                }
                let errs = sums[wrong] >= sums[right];
                if errs && random.percent(course.wander) { wrong } else { right }
            }
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => break,
        };
        let (shifted, popped) = (state.next, state.stacked(0));
        match steps[chosen].moves {
            Move::Shift => on_stack[shifted as usize] = true,
            Move::Left | Move::Right => on_stack[popped as usize] = false,
        }
        parser::apply(state, steps[chosen]);
    }
}

fn class(step: usize) -> u8 {
    u8::try_from(step).unwrap_or(u8::MAX)
}
