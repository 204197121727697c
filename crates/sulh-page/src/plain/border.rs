//! Takes the paragraphs of a plain text, gives where the article ends and its readers begin.
//! Invariant: one border at most, article first; without evidence that no outlet's own voice explains there is none.
//!
//! Every paragraph gets a score from its register (`rules/page/register.toml`). The border is the change point of
//! greatest likelihood: the paragraph from which on the scores sum up highest.

use super::echo::Echoes;
use crate::{
    quotes::Quoted,
    register::{Register, Score, Shown, Sighting},
};

/// A single paragraph must not outvote all others.
const SCORE_MAX: f32 = 6.0;
const SCORE_MIN: f32 = -2.5;

/// A line that says "12 Comments", and a line with a reader's name and stamp.
const BORDER_LINE: f32 = 6.0;
const SIGNATURE: f32 = 4.0;

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

/// Searches the border among candidates; the first `heads` of them are heads of the article.
pub(super) fn search(
    candidates: &[Candidate<'_>],
    heads: usize,
    quoted: &Quoted,
    echoes: &Echoes,
) -> Border {
    let register = Register::shipped();
    let shown: Vec<Shown> = candidates
        .iter()
        .enumerate()
        .map(|(at, c)| shown(register, c, at, quoted, echoes))
        .collect();
    let voiced = is_voiced(register, candidates, heads, &shown);
    let scores: Vec<Score> =
        candidates.iter().zip(&shown).map(|(c, shown)| score(register, c, shown, voiced)).collect();
    let mut totals = vec![0.0; candidates.len()];
    let (mut total, mut best) = (0.0, 0);
    for at in (0..candidates.len()).rev() {
        total += scores[at].total;
        totals[at] = total;
        // The article comes first: its heads and its first paragraph are never a reader's.
        if at > heads && total > totals.get(best).copied().filter(|_| best > 0).unwrap_or(0.0) {
            best = at;
        }
    }
    if best == 0 || totals[best] < TOTAL_MIN {
        return Border::None;
    }
    let article: f32 = scores[heads..best].iter().map(|score| score.total).sum();
    let marked = candidates[best].border_line || candidates[best].signature;
    let reported = article <= ARTICLE_MAX;
    let mean = article / (best - heads) as f32;
    let told_apart = shows_readers(&scores, best, quoted, voiced)
        || !voiced && mean <= ARTICLE_MEAN_MAX && contrasts(candidates, &scores, best, quoted);
    if !(marked || reported && told_apart) {
        return if totals[best] >= TOTAL_SURE { Border::Doubtful(best) } else { Border::None };
    }
    let near = [best - 1, best + 1];
    let rival = near.iter().any(|other| {
        *other > heads
            && totals.get(*other).is_some_and(|rival| totals[best] - rival < RIVAL_MARGIN)
    });
    if !marked && (rival || totals[best] < TOTAL_SURE) {
        Border::Unsure(best)
    } else {
        Border::At(best)
    }
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

fn shown(
    register: &Register,
    candidate: &Candidate<'_>,
    at: usize,
    quoted: &Quoted,
    echoes: &Echoes,
) -> Shown {
    let outside = quoted.outside.get(at).cloned().unwrap_or_default();
    let mut sighting = Sighting::new(candidate.text, outside, candidate.listed);
    let whole = quoted.run_from(at).is_some_and(|run| run.len() == 1);
    sighting.echo = whole && echoes.source(at).is_some();
    sighting.off_topic = echoes.is_off_topic(at);
    register.shown(&sighting)
}

fn score(register: &Register, candidate: &Candidate<'_>, shown: &Shown, voiced: bool) -> Score {
    let marked = |weight| Score { total: weight, beyond_voice: weight };
    match candidate {
        Candidate { border_line: true, .. } => marked(BORDER_LINE),
        Candidate { signature: true, .. } => marked(SIGNATURE),
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
