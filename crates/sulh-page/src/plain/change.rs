//! Takes how much each paragraph of a page speaks up, gives where that changes most, and what is heard from there on.
//! Invariant: a change is to more, never to less; long quotations are no part of what is heard.

use crate::{quotes::Quoted, register::Score};

/// Evidence that no outlet's own voice explains: in all, in a paragraph, and the share of paragraphs that have it.
const BEYOND_VOICE_MIN: f32 = 1.4;
const TELLING_MIN: f32 = 0.8;
const TELLING_SHARE_MIN: f32 = 0.45;

/// After an article that is a person's voice itself, readers must be louder.
const VOICED_FACTOR: f32 = 2.0;

/// What follows a clear change: its mean evidence of readers, and the share of its paragraphs that have some.
const BEYOND_VOICE_MEAN_CLEAR: f32 = 0.95;
const TELLING_SHARE_CLEAR: f32 = 0.3;

/// Most of what somebody says is spoken.
const SPEAKING_SHARE_MIN: f32 = 0.5;

/// How much more than the report before them readers speak up: a blog's own voice must not make readers of its end.
const ABOVE_ARTICLE: f32 = 0.8;

/// Two borders this near in evidence cannot be told apart.
const RIVAL_SHARE: f32 = 0.9;
const OUTSPOKEN_MIN: f32 = 1.0;

/// The point from which on paragraphs speak up most.
pub(super) struct Change {
    pub at: usize,
    /// How much they do, above what the article before them does.
    pub total: f32,
    /// What the paragraphs of the article score in the mean, and in all.
    pub article_mean: f32,
    pub article: f32,
    /// How much better two means explain the scores than one does.
    pub gain: f32,
    /// The first of the points right before it that are as good.
    pub earliest: usize,
    /// A neighbour is as good.
    pub rival: bool,
}

impl Change {
    /// The article comes first: its heads and its first paragraph are never a reader's.
    pub fn find(scores: &[Score], heads: usize) -> Option<Self> {
        let mut tails = vec![0.0; scores.len() + 1];
        for at in (0..scores.len()).rev() {
            tails[at] = tails[at + 1] + scores[at].total;
        }
        let mean = |at: usize| (tails[heads] - tails[at]) / (at - heads) as f32;
        let gain = |at: usize| {
            let (before, behind) = ((at - heads) as f32, (scores.len() - at) as f32);
            let apart = (tails[at] / behind - mean(at)).max(0.0);
            before * behind / (before + behind) * apart * apart
        };
        let mut best: Option<(usize, f32)> = None;
        // Of equals the last: what is lost to a border too early is evidence.
        for at in heads + 1..scores.len() {
            let gain = gain(at);
            if gain > 0.0 && best.is_none_or(|(_, best)| gain >= best) {
                best = Some((at, gain));
            }
        }
        let (at, most) = best?;
        let as_good = |near: usize| near < scores.len() && gain(near) > most * RIVAL_SHARE;
        // What reads as a report is no reader's, however little it weighs in the sum.
        let rivals = |near: &usize| scores[*near].total >= 0.0 && as_good(*near);
        let earliest = (heads + 1..at).rev().take_while(rivals).last().unwrap_or(at);
        let rival = earliest < at || scores[at].total < OUTSPOKEN_MIN && as_good(at + 1);
        let total = tails[at] - (mean(at) + ABOVE_ARTICLE).max(0.0) * (scores.len() - at) as f32;
        let article = tails[heads] - tails[at];
        Some(Self {
            at,
            total,
            article_mean: article / (at - heads) as f32,
            article,
            gain: most,
            earliest,
            rival,
        })
    }
}

/// What follows a border: its paragraphs but for long quotations.
pub(super) struct Tail(Vec<Score>);

impl Tail {
    pub fn new(scores: &[Score], from: usize, quoted: &Quoted) -> Self {
        let own = |at: usize| quoted.run_around(from + at).is_none_or(|run| run.len() == 1);
        Self(
            scores.iter().enumerate().filter(|(at, _)| own(*at)).map(|(_, score)| *score).collect(),
        )
    }

    /// The share of paragraphs of which something holds.
    fn share(&self, holds: impl Fn(&Score) -> bool) -> f32 {
        let count = self.0.iter().filter(|score| holds(score)).count();
        count as f32 / self.0.len().max(1) as f32
    }

    fn beyond_voice(&self) -> f32 {
        self.0.iter().map(|score| score.beyond_voice).sum()
    }

    /// True when what follows shows more of readers than an outlet's own voice explains, and in most of its
    /// paragraphs: an op-ed sums up to much, but its paragraphs are sober.
    pub fn shows_readers(&self, voiced: bool) -> bool {
        let factor = if voiced { VOICED_FACTOR } else { 1.0 };
        self.beyond_voice() >= BEYOND_VOICE_MIN * factor
            && self.share(|score| score.beyond_voice >= TELLING_MIN) >= TELLING_SHARE_MIN
    }

    /// The same, whatever voice the article has, where the register changes clearly.
    pub fn is_clear(&self) -> bool {
        self.beyond_voice() >= BEYOND_VOICE_MEAN_CLEAR * self.0.len() as f32
            && self.share(|score| score.beyond_voice >= TELLING_MIN) >= TELLING_SHARE_CLEAR
    }

    /// True when somebody speaks in most of it.
    pub fn speaks(&self) -> bool {
        self.share(|score| score.spoken > 0.0) >= SPEAKING_SHARE_MIN
    }
}
