//! Takes the paragraphs of a plain text, gives where the article ends and its readers begin.
//! Invariant: one border at most, article first; without evidence that no outlet's own voice explains there is none.
//!
//! Every paragraph gets a score from its register (`rules/page/register.toml`). Names with stamps make the border
//! (see `thread`); without them it stands where the scores change most (see `change`).

use super::{
    change::{Change, Tail},
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

/// What tells polite readers from a report: its mean score, theirs, how many of them speak up, and how long they are.
const ARTICLE_MEAN_MAX: f32 = -0.7;
const SPEAKING_MIN: f32 = 0.8;
const SPEAKING_MEAN_MIN: f32 = 1.0;
const SPEAKING_SHARE_MIN: f32 = 0.5;
const READER_WORDS_MAX: f32 = 40.0;

/// A change of register this clear needs no sober report before it, when what follows shows enough of readers.
const GAIN_CLEAR: f32 = 20.0;

/// A line that announces readers stands at most so many paragraphs above the first signed contribution.
const ANNOUNCED_PARAGRAPHS_MAX: usize = 4;

/// And so near to where their register begins.
const MARKED_PARAGRAPHS: usize = 2;

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

impl Search<'_> {
    /// Where the readers begin. Names with stamps tell more than any register.
    pub fn border(&self) -> Border {
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
        let thread = thread::begins(self.candidates, &scores, self.heads);
        if let Thread::Several(at) = thread {
            return Border::At(self.announced(at));
        }
        if let Thread::Lone(at) = thread
            && scores[at..].iter().map(|score| score.total).sum::<f32>() >= 0.0
        {
            return Border::Unsure(self.announced(at));
        }
        let change = Change::find(&scores, self.heads).filter(|change| change.total >= TOTAL_MIN);
        match (change.map_or(Border::None, |change| self.judge(&change, &scores, voiced)), thread) {
            (Border::None, Thread::Lone(at)) => Border::Doubtful(at),
            (border, _) => border,
        }
    }

    /// The line that announces the readers, where one stands shortly before the first that is signed.
    fn announced(&self, at: usize) -> usize {
        let from = at.saturating_sub(ANNOUNCED_PARAGRAPHS_MAX).max(self.heads + 1);
        (from..at).find(|line| self.candidates[*line].border_line).unwrap_or(at)
    }

    /// A line such as "12 Comments" next to where the register changes.
    fn marked(&self, at: usize) -> Option<usize> {
        let near =
            at.saturating_sub(MARKED_PARAGRAPHS).max(self.heads + 1)..=at + MARKED_PARAGRAPHS;
        near.into_iter().find(|line| self.candidates.get(*line).is_some_and(|c| c.border_line))
    }

    fn judge(&self, change: &Change, scores: &[Score], voiced: bool) -> Border {
        if let Some(line) = self.marked(change.at) {
            return Border::At(line);
        }
        let tail = Tail::new(&scores[change.at..], change.at, self.quoted);
        let reported = change.article <= ARTICLE_MAX;
        let sober = !voiced && change.article_mean <= ARTICLE_MEAN_MAX;
        let told_apart = tail.shows_readers(voiced)
            || sober && contrasts(self.candidates, scores, change.at, self.quoted);
        let answers = reported && told_apart;
        let turns = change.gain >= GAIN_CLEAR;
        if !(answers || turns && tail.is_clear()) {
            let doubtful = turns && tail.speaks();
            return if doubtful { Border::Doubtful(change.at) } else { Border::None };
        }
        let sure = answers && sober && !change.rival && change.total >= TOTAL_SURE;
        if sure { Border::At(change.at) } else { Border::Unsure(change.earliest) }
    }

    fn shown(&self, register: &Register, at: usize) -> Shown {
        let candidate = &self.candidates[at];
        let outside = self.quoted.outside.get(at).cloned().unwrap_or_default();
        let mut sighting = Sighting::new(candidate.text, outside, candidate.listed);
        let whole = self.quoted.run_from(at).is_some_and(|run| run.len() == 1);
        sighting.echo = whole && self.echoes.source(at).is_some();
        sighting.off_topic = self.echoes.is_off_topic(at);
        sighting.language = self.language;
        register.shown(&sighting)
    }
}

/// True when what follows a sober report is short paragraphs that nearly all speak for themselves:
/// polite readers say "I" and ask, without slang or shouting.
fn contrasts(candidates: &[Candidate<'_>], scores: &[Score], from: usize, quoted: &Quoted) -> bool {
    let whole = |at: &usize| quoted.run_around(*at).is_some();
    let tail: Vec<usize> = (from..scores.len()).filter(|at| !whole(at)).collect();
    let speaks = |at: &&usize| scores[**at].total >= SPEAKING_MIN && scores[**at].spoken > 0.0;
    let speaking = tail.iter().filter(speaks).count() as f32;
    let words: usize = tail.iter().map(|at| candidates[*at].text.split_whitespace().count()).sum();
    let total: f32 = tail.iter().map(|at| scores[*at].total).sum();
    let count = tail.len().max(1) as f32;
    speaking >= SPEAKING_SHARE_MIN * count
        && total >= SPEAKING_MEAN_MIN * count
        && words as f32 <= READER_WORDS_MAX * count
}

fn score(register: &Register, candidate: &Candidate<'_>, shown: &Shown, voiced: bool) -> Score {
    let marked = |weight| Score { total: weight, beyond_voice: weight, spoken: weight };
    match candidate {
        Candidate { border_line: true, .. } => marked(BORDER_LINE),
        Candidate { answer: true, .. } => marked(ANSWER),
        Candidate { furniture: true, .. } => marked(0.0),
        _ => {
            let score = register.score(shown, voiced);
            let total = score.total.clamp(SCORE_MIN, SCORE_MAX);
            Score { total, beyond_voice: score.beyond_voice.min(SCORE_MAX), ..score }
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
    const KINDS: &[&str] = &[
        "opinion",
        "op-ed",
        "interview",
        "commentary",
        "column",
        "letter",
        "letters",
        "editorial",
        "kommentar",
        "meinung",
        "gastbeitrag",
        "leitartikel",
        "tribune",
        "entretien",
        "opinión",
        "entrevista",
        "opinione",
        "intervista",
        "opinia",
        "wywiad",
        "мнение",
        "интервью",
        "думка",
        "інтерв'ю",
        "رأي",
        "مقابلة",
    ];
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
