//! Takes the paragraphs below the border, gives the contributions they make up.
//! Invariant: contributions are runs of paragraphs, in order and disjoint; a quotation lies inside the contribution that introduces it.

use super::echo::Echoes;
use crate::{quotes::Quoted, register::Register, signed::Signature, wording};
use std::ops::Range;

/// A line that only introduces a quotation is this short ("The institute's paper.").
const INTRODUCTION_WORDS_MAX: usize = 8;

/// Where words that hand over to a quotation are looked for: at the end of a contribution.
const HAND_OVER_WORDS: usize = 40;

/// One reader's contribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contribution {
    /// Its paragraphs.
    pub paragraphs: Range<usize>,
    /// Those of them that are quotation.
    pub quotations: Vec<usize>,
    /// The paragraph that signs it.
    pub signature: Option<usize>,
    /// A paragraph of the contribution it answers.
    pub answers: Option<usize>,
}

/// One paragraph as grouping sees it.
pub(super) struct Line<'a> {
    pub text: &'a str,
    pub signature: Option<&'a Signature>,
    /// A border line or furniture: belongs to nobody.
    pub furniture: bool,
}

/// What the open contribution waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Awaits {
    /// Nothing: the next line is another reader's.
    Nothing,
    /// It has quoted and goes on to say what of it.
    Reaction,
    /// It has announced a quotation.
    Quotation,
    /// It ended in a colon: whatever comes is its own.
    Anything,
    /// It is signed; everything up to the next signature is its own.
    NextSignature,
}

struct Grouping<'a> {
    lines: &'a [Line<'a>],
    quoted: &'a Quoted,
    echoes: &'a Echoes,
    done: Vec<Contribution>,
    open: Option<(Contribution, Awaits)>,
    signature: Option<usize>,
}

/// Groups the lines from `border` on.
pub(super) fn group(
    lines: &[Line<'_>],
    border: usize,
    quoted: &Quoted,
    echoes: &Echoes,
) -> Vec<Contribution> {
    let mut grouping =
        Grouping { lines, quoted, echoes, done: Vec::new(), open: None, signature: None };
    let mut at = border;
    while at < lines.len() {
        let run = quoted.run_from(at).map_or(0, |run| run.len());
        if lines[at].furniture {
            // A stamp below a name belongs to the signature; other furniture ends a contribution.
            if grouping.signature.is_none_or(|signed| signed + 1 != at) {
                grouping.close();
            }
            at += 1;
        } else if lines[at].signature.is_some() {
            grouping.close();
            grouping.signature = Some(at);
            at += 1;
        } else if run > 0 {
            grouping.quotation(at..at + run);
            at += run;
        } else {
            grouping.prose(at);
            at += 1;
        }
    }
    grouping.close();
    grouping.done
}

impl Grouping<'_> {
    fn close(&mut self) {
        self.done.extend(self.open.take().map(|(contribution, _)| contribution));
        self.signature = None;
    }

    /// Adds paragraphs to the open contribution, or opens one with them.
    fn add(&mut self, paragraphs: Range<usize>, joins: bool, quotation: bool, awaits: Awaits) {
        if !joins && self.open.as_ref().is_some_and(|(_, awaits)| *awaits != Awaits::NextSignature)
        {
            self.close();
        }
        let signature = self.signature;
        let awaits = if signature.is_some() { Awaits::NextSignature } else { awaits };
        let fresh = Contribution {
            paragraphs: paragraphs.clone(),
            quotations: Vec::new(),
            signature,
            answers: None,
        };
        let (open, waiting) = self.open.get_or_insert((fresh, awaits));
        open.paragraphs.end = paragraphs.end;
        *waiting = awaits;
        if quotation {
            open.quotations.extend(paragraphs);
        }
    }

    fn awaits(&self) -> Awaits {
        self.open.as_ref().map_or(Awaits::Nothing, |(_, awaits)| *awaits)
    }

    /// Lines that are all quotation: they open a contribution, unless the open one announced them or they repeat its own quotation.
    fn quotation(&mut self, run: Range<usize>) {
        let source = self.echoes.source(run.start);
        let own = source.is_some_and(|source| {
            self.open.as_ref().is_some_and(|(open, _)| open.paragraphs.contains(&source))
        });
        let announced = matches!(self.awaits(), Awaits::Quotation | Awaits::Anything)
            && (source.is_none() || run.len() > 1);
        let answers = source.filter(|_| !own).and_then(|source| self.contribution_around(source));
        self.add(run, own || announced, true, Awaits::Reaction);
        if let (Some(answers), Some((open, _))) = (answers, &mut self.open)
            && answers != open.paragraphs.start
        {
            open.answers = Some(answers);
        }
    }

    /// The first paragraph of the contribution a paragraph lies in.
    fn contribution_around(&self, paragraph: usize) -> Option<usize> {
        let open = self
            .open
            .iter()
            .map(|(open, _)| open)
            .find(|open| open.paragraphs.contains(&paragraph));
        let after = self.done.partition_point(|done| done.paragraphs.end <= paragraph);
        let done = self.done.get(after).filter(|done| done.paragraphs.contains(&paragraph));
        open.or(done).map(|contribution| contribution.paragraphs.start)
    }

    fn prose(&mut self, at: usize) {
        let text = self.lines[at].text;
        let awaits = self.awaits();
        if is_ornament(text) || is_bare_link(text) {
            // A source's address closes its quotation; dots between two parts change nothing.
            let next = match awaits {
                Awaits::Reaction if is_bare_link(text) => Awaits::Nothing,
                other => other,
            };
            self.add(at..at + 1, self.open.is_some(), false, next);
            return;
        }
        let introduces = self.introduces(at);
        let joins = match awaits {
            Awaits::Nothing => false,
            Awaits::Quotation => introduces,
            Awaits::Reaction | Awaits::Anything | Awaits::NextSignature => true,
        };
        let next = if text.ends_with(':') {
            Awaits::Anything
        } else if introduces || hands_over(text) {
            Awaits::Quotation
        } else {
            Awaits::Nothing
        };
        self.add(at..at + 1, joins, false, next);
    }

    /// A short line right before a quotation.
    fn introduces(&self, at: usize) -> bool {
        let short = self.lines[at].text.split_whitespace().count() <= INTRODUCTION_WORDS_MAX;
        short && self.quoted.run_from(at + 1).is_some()
    }
}

fn is_ornament(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

fn is_bare_link(text: &str) -> bool {
    let link = |word: &str| {
        word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.")
    };
    let mut words = text.split_whitespace();
    words.next().is_some_and(|first| {
        link(first)
            || matches!(first.to_lowercase().as_str(), "source:" | "link:" | "via")
                && words.clone().next().is_some_and(link)
    }) && words.count() <= 1
}

/// "… have a read if there is time. ……"
fn hands_over(text: &str) -> bool {
    let mut tail: Vec<&str> = text.split_whitespace().rev().take(HAND_OVER_WORDS).collect();
    tail.reverse();
    let tail = wording::words(&tail.join(" "));
    let trails_off = text.ends_with("...") || text.ends_with('…');
    let announced = Register::shipped().hand_over.found(&tail).next().is_some();
    announced || trails_off && text.split_whitespace().next_back().is_some_and(is_ornament)
}
