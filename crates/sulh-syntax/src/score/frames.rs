//! Takes what a treebank's tree and a parser's tell of a sentence, gives in how many both tell the same.
//! Invariant: a sentence is right as a whole or not at all; phrases are compared by their heads, what is said by its
//! bytes.

use crate::clause::{Clause, ClauseRole, Report};
use crate::{Phrase, Sentence};
use std::collections::BTreeSet;
use sulh_model::span::Span;

/// In how many sentences a parser tells who did what, and who says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    /// All of them.
    pub sentences: usize,
    /// The main clause has the same verb, passive or not, with the same modal and negation, the same subject, objects
    /// and agent.
    pub main: usize,
    /// The same are made to say the same, denied or not; nobody else is made to say anything.
    pub attribution: usize,
    /// Both.
    pub both: usize,
}

impl Frames {
    /// Adds a sentence as the treebank's tree tells it, and as the parser's tells it.
    pub fn add(&mut self, gold: &Sentence, found: &Sentence) {
        let main = main(gold) == main(found);
        let attribution = said(gold) == said(found);
        self.sentences += 1;
        self.main += usize::from(main);
        self.attribution += usize::from(attribution);
        self.both += usize::from(main && attribution);
    }

    /// The shares of sentences: with the right main clause, the right attribution, both.
    pub fn shares(self) -> [f64; 3] {
        [self.main, self.attribution, self.both].map(|right| super::share(right, self.sentences))
    }
}

/// Who does what to whom in the main clause.
#[derive(PartialEq, Eq)]
struct Frame<'s> {
    verb: usize,
    passive: bool,
    modal: Option<&'s str>,
    negation: Option<Span>,
    /// Subject, object, indirect object, agent.
    phrases: [Option<usize>; 4],
}

fn main(sentence: &Sentence) -> Option<Frame<'_>> {
    let clauses = sentence.clauses.iter();
    let clause: &Clause = clauses
        .filter(|clause| clause.role == ClauseRole::Main)
        .find(|clause| clause.joined_to.is_none())?;
    let verb = &clause.predicate;
    let phrases = [&clause.subject, &clause.object, &clause.indirect_object, &clause.agent];
    Some(Frame {
        verb: verb.word,
        passive: verb.passive,
        modal: verb.modal.as_deref(),
        negation: verb.negation,
        phrases: phrases.map(|phrase| phrase.as_ref().map(head)),
    })
}

const fn head(phrase: &Phrase) -> usize {
    phrase.head
}

/// Who says what: the source's head, the word of saying, whether that is negated, the stretches said.
fn said(sentence: &Sentence) -> BTreeSet<(Option<usize>, Span, bool, &[Span])> {
    let of = |report: &'_ Report| report.source.as_ref().map(head);
    let reports = sentence.reports.iter();
    reports
        .map(|report| (of(report), report.cue, report.cue_negated, report.content.as_slice()))
        .collect()
}
