//! Takes the paragraphs of a plain text, gives where the article ends and its readers begin.
//! Invariant: one border at most, article first; without evidence that no outlet's own voice explains there is none.
//!
//! Every paragraph gets a score from its register (`rules/page/register.toml`). The border is the change point of
//! greatest likelihood: the paragraph from which on the scores sum up highest.

use super::{
    echo::Echoes,
    thread::{self, Thread},
};
use crate::{
    quotes::Quoted,
    register::{Register, Score, Shown, Sighting},
};

/// A single paragraph must not outvote all others.
const SCORE_MAX: f32 = 6.0;
const SCORE_MIN: f32 = -2.5;

/// A line that says "12 Comments", and a button that answers a reader.
const BORDER_LINE: f32 = 6.0;
const ANSWER: f32 = 2.0;

/// Evidence needed for a border, and what makes it sure. One clear sign is 1.5 to 2.5: two of them make a border.
const TOTAL_MIN: f32 = 3.0;
const TOTAL_SURE: f32 = 6.0;

/// What stands before the border must read like a report.
const ARTICLE_MAX: f32 = -0.5;

/// Evidence that no outlet's own voice explains: in all, in a paragraph, and the share of paragraphs that have it.
const BEYOND_VOICE_MIN: f32 = 1.4;
const TELLING_MIN: f32 = 0.8;
const TELLING_SHARE_MIN: f32 = 0.45;

/// What tells polite readers from a report: its mean score, theirs, how many of them speak up, and how long they are.
const ARTICLE_MEAN_MAX: f32 = -0.7;
const SPEAKING_MIN: f32 = 0.8;
const SPEAKING_MEAN_MIN: f32 = 1.0;
const SPEAKING_SHARE_MIN: f32 = 0.5;
const READER_WORDS_MAX: f32 = 40.0;

/// After an article that is a person's voice itself, readers must be louder.
const VOICED_FACTOR: f32 = 2.0;

/// How much more than the report before them readers speak up: a blog's own voice must not make readers of its end.
const ABOVE_ARTICLE: f32 = 0.8;

/// A line that announces readers stands at most so many paragraphs above the first signed contribution.
const ANNOUNCED_PARAGRAPHS_MAX: usize = 4;

/// Two borders this near in evidence cannot be told apart.
const RIVAL_MARGIN: f32 = 0.5;

/// What a paragraph is to the search.
pub(super) struct Candidate<'a> {
    pub text: &'a str,
    pub listed: bool,
    /// A line such as "12 Comments".
    pub border_line: bool,
    /// A reader's name and stamp.
    pub signature: bool,
    /// A line that frames contributions.
    pub furniture: bool,
    /// A button that answers one.
    pub answer: bool,
}

impl Candidate<'_> {
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}

/// Where the readers begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// The page is all article.
    None,
    /// All article, though it reads like readers from here on.
    Doubtful(usize),
    /// They begin with this paragraph.
    At(usize),
    /// They begin with this paragraph or one near it.
    Unsure(usize),
}

/// The paragraphs of a page and what is known of them.
pub(super) struct Search<'a> {
    pub candidates: &'a [Candidate<'a>],
    /// So many of them are heads of the article.
    pub heads: usize,
    pub quoted: &'a Quoted,
    pub echoes: &'a Echoes,
    pub language: Option<&'a str>,
}

/// The point from which on paragraphs speak up most.
struct Change {
    at: usize,
    /// How much they do, above what the article before them does.
    total: f32,
    /// What the paragraphs of the article score in the mean, and in all.
    article_mean: f32,
    article: f32,
    /// A neighbour is as good.
    rival: bool,
}

impl Search<'_> {
    /// Where the readers begin. Names with stamps tell more than any register.
    pub fn border(&self) -> Border {
        match thread::begins(self.candidates, self.heads) {
            Thread::Several(at) => return Border::At(self.announced(at)),
            Thread::Lone(at) => return Border::Unsure(self.announced(at)),
            Thread::None => {}
        }
        let register = Register::shipped();
        let shown: Vec<Shown> =
            (0..self.candidates.len()).map(|at| self.shown(register, at)).collect();
        let voiced = is_voiced(register, self.candidates, self.heads, &shown);
        let scores: Vec<Score> = self
            .candidates
            .iter()
            .zip(&shown)
            .map(|(c, shown)| score(register, c, shown, voiced))
            .collect();
        let Some(change) = change(&scores, self.heads).filter(|change| change.total >= TOTAL_MIN)
        else {
            return Border::None;
        };
        self.judge(&change, &scores, voiced)
    }

    /// The line that announces the readers, where one stands shortly before the first that is signed.
    fn announced(&self, at: usize) -> usize {
        let from = at.saturating_sub(ANNOUNCED_PARAGRAPHS_MAX).max(self.heads + 1);
        (from..at).find(|line| self.candidates[*line].border_line).unwrap_or(at)
    }

    fn judge(&self, change: &Change, scores: &[Score], voiced: bool) -> Border {
        let marked = self.candidates[change.at].border_line;
        let reported = change.article <= ARTICLE_MAX;
        let sober = !voiced && change.article_mean <= ARTICLE_MEAN_MAX;
        let told_apart = shows_readers(scores, change.at, self.quoted, voiced)
            || sober && contrasts(self.candidates, scores, change.at, self.quoted);
        if !(marked || reported && told_apart) {
            return match change.total >= TOTAL_SURE {
                true => Border::Doubtful(change.at),
                false => Border::None,
            };
        }
        if !marked && (change.rival || change.total < TOTAL_SURE) {
            Border::Unsure(change.at)
        } else {
            Border::At(change.at)
        }
    }

    fn shown(&self, register: &Register, at: usize) -> Shown {
        let candidate = &self.candidates[at];
        let outside = self.quoted.outside.get(at).cloned().unwrap_or_default();
        let mut sighting = Sighting::new(candidate.text, outside, candidate.listed);
        let whole = self.quoted.run_from(at).is_some_and(|run| run.len() == 1);
        sighting.echo = whole && self.echoes.source(at).is_some();
        sighting.off_topic = self.echoes.is_off_topic(at);
        register.shown(&sighting, self.language)
    }
}

/// The change point of greatest likelihood. The article comes first: its heads and its first paragraph are never a reader's.
fn change(scores: &[Score], heads: usize) -> Option<Change> {
    let mut tails = vec![0.0; scores.len() + 1];
    for at in (0..scores.len()).rev() {
        tails[at] = tails[at + 1] + scores[at].total;
    }
    let above = |at: usize| {
        let mean = (tails[heads] - tails[at]) / (at - heads) as f32;
        tails[at] - (mean + ABOVE_ARTICLE).max(0.0) * (scores.len() - at) as f32
    };
    let mut best: Option<(usize, f32)> = None;
    // Of equals the last: what is lost to a border too early is evidence.
    for at in heads + 1..scores.len() {
        let total = above(at);
        if total > 0.0 && best.is_none_or(|(_, best)| total >= best) {
            best = Some((at, total));
        }
    }
    let (at, total) = best?;
    let rival = [at - 1, at + 1]
        .into_iter()
        .any(|near| near > heads && near < scores.len() && total - above(near) < RIVAL_MARGIN);
    let article = tails[heads] - tails[at];
    Some(Change { at, total, article_mean: article / (at - heads) as f32, article, rival })
}

/// True when what follows a sober report is short paragraphs that nearly all speak for themselves:
/// polite readers say "I" and ask, without slang or shouting.
fn contrasts(candidates: &[Candidate<'_>], scores: &[Score], from: usize, quoted: &Quoted) -> bool {
    let whole = |at: &usize| quoted.run_around(*at).is_some();
    let tail: Vec<usize> = (from..scores.len()).filter(|at| !whole(at)).collect();
    let speaking = tail.iter().filter(|at| scores[**at].total >= SPEAKING_MIN).count() as f32;
    let words: usize = tail.iter().map(|at| candidates[*at].text.split_whitespace().count()).sum();
    let total: f32 = tail.iter().map(|at| scores[*at].total).sum();
    let count = tail.len().max(1) as f32;
    speaking >= SPEAKING_SHARE_MIN * count
        && total >= SPEAKING_MEAN_MIN * count
        && words as f32 <= READER_WORDS_MAX * count
}

/// True when what follows shows more of readers than an outlet's own voice explains, and in most of its paragraphs:
/// an op-ed sums up to much, but its paragraphs are sober.
fn shows_readers(scores: &[Score], from: usize, quoted: &Quoted, voiced: bool) -> bool {
    let tail: Vec<f32> = (from..scores.len())
        .filter(|at| quoted.run_around(*at).is_none_or(|run| run.len() == 1))
        .map(|at| scores[at].beyond_voice)
        .collect();
    let factor = if voiced { VOICED_FACTOR } else { 1.0 };
    let telling = tail.iter().filter(|beyond| **beyond >= TELLING_MIN).count() as f32;
    tail.iter().sum::<f32>() >= BEYOND_VOICE_MIN * factor
        && telling >= TELLING_SHARE_MIN * tail.len() as f32
}

fn score(register: &Register, candidate: &Candidate<'_>, shown: &Shown, voiced: bool) -> Score {
    let marked = |weight| Score { total: weight, beyond_voice: weight };
    match candidate {
        Candidate { border_line: true, .. } => marked(BORDER_LINE),
        Candidate { answer: true, .. } => marked(ANSWER),
        Candidate { furniture: true, .. } => marked(0.0),
        _ => {
            let score = register.score(shown, voiced);
            let total = score.total.clamp(SCORE_MIN, SCORE_MAX);
            Score { total, beyond_voice: score.beyond_voice.min(SCORE_MAX) }
        }
    }
}

/// True for an op-ed, an interview or a letter: the article speaks in a person's voice itself.
fn is_voiced(
    register: &Register,
    candidates: &[Candidate<'_>],
    heads: usize,
    shown: &[Shown],
) -> bool {
    const KINDS: [&str; 8] =
        ["opinion", "op-ed", "interview", "commentary", "column", "letter", "letters", "editorial"];
    let headed = candidates.iter().take(heads).any(|head| {
        crate::wording::words(head.text).iter().any(|word| KINDS.contains(&word.as_str()))
    });
    let opening = shown.get(heads).is_some_and(|shown| register.is_voiced(shown));
    headed || opening || turns(candidates) >= 3
}

/// How many paragraphs are the turns of an interview: "Q:", "A:", or one name with a colon again and again.
fn turns(candidates: &[Candidate<'_>]) -> usize {
    let mut by_speaker: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for candidate in candidates {
        let speaker = candidate.text.split_once(':').map(|(speaker, _)| speaker);
        let speaker = speaker.or_else(|| {
            candidate.text.split_once(". ").map(|(speaker, _)| speaker).filter(|s| s.len() == 1)
        });
        if let Some(speaker) =
            speaker.filter(|speaker| speaker.len() <= 30 && speaker.starts_with(char::is_uppercase))
        {
            *by_speaker.entry(speaker).or_default() += 1;
        }
    }
    by_speaker.values().filter(|times| **times >= 2).sum()
}
