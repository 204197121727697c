//! Takes sentences with their tags, gives the weights of the tagger.
//! Invariant: the same sentences in the same order, with the same seed, give the same weights.

use super::{learner::Learner, random::Random};
use crate::linear::{
    tagger::Tagging,
    weights::{CLASSES_MAX, Weigh},
    words::Word,
};

/// A sentence for the tagger.
pub(super) struct Lesson<'e> {
    pub(super) words: &'e [Word],
    pub(super) tags: &'e [u8],
    /// How often it is read in one round.
    pub(super) times: usize,
}

/// How long and how strictly it is learned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    pub(super) epochs: usize,
    /// By how much the right choice must be ahead.
    pub(super) margin: i32,
    /// Features met less often than this are not learned.
    pub(super) rare: u8,
    pub(super) seed: u64,
}

/// Learns to tag.
pub(super) fn learn(lessons: &[Lesson<'_>], classes: usize, course: Course) -> Learner {
    let mut learner = Learner::new(course.rare);
    let mut random = Random::new(course.seed);
    let mut order = super::order(lessons.iter().map(|lesson| lesson.times));
    for epoch in 0..course.epochs {
        random.shuffle(&mut order);
        for at in &order {
            let lesson = &lessons[*at];
            let mut tagging = Tagging::new(lesson.words);
            for right in lesson.tags {
                tagging.first();
                tagging.more();
                let mut sums = [0; CLASSES_MAX];
                learner.weigh(tagging.all(), &mut sums);
                learner.step();
                if epoch == 0 {
                    learner.meet(tagging.all());
                }
                let mut rival = (i32::MIN, 0);
                for (class, sum) in (0_u8..=u8::MAX).zip(&sums[..classes]) {
                    if class != *right && *sum > rival.0 {
                        rival = (*sum, class);
                    }
                }
                let sum = sums[usize::from(*right)];
                if sum <= rival.0.saturating_add(course.margin) {
                    learner.correct(tagging.all(), *right, 1);
                    learner.correct(tagging.all(), rival.1, -1);
                }
                // What follows is learned after what the tagger itself would have chosen.
                tagging.tags.push(if sum > rival.0 { *right } else { rival.1 });
            }
        }
    }
    learner
}
