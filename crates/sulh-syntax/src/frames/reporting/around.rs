//! Takes a clause of saying, gives what is said before it or around it: "..., the monitor said, ...".
//! Invariant: what is found by the words alone, where the tree shows nothing, is held to be less sure.

use super::Finder;
use crate::clause::{Clause, ClauseRole, ReportPosition, Tense};
use crate::phrase::Phrase;
use crate::token::VerbForm;
use crate::tree::Relation;
use sulh_model::span::Span;

/// How sure a finding is that the words show and the tree does not.
const BY_WORDS_ALONE: f32 = 0.4;

/// What is said, and where the words of saying stand to it.
pub(super) struct Around {
    pub content: Vec<Span>,
    pub position: ReportPosition,
    pub certainty: f32,
}

impl Finder<'_> {
    /// What is said before or around the cue: by the tree, else by the words.
    pub(super) fn around(&self, at: usize) -> Option<Around> {
        let clause = &self.clauses[at];
        let postposed = self.lexicon.reporting.postposed.contains(&clause.predicate.lemma);
        self.by_tree(at).or_else(|| self.by_words(clause).filter(|_| postposed))
    }

    fn by_tree(&self, at: usize) -> Option<Around> {
        let draft = self.draft(at);
        let top = draft.top();
        let own = draft.word;
        let said = |child: &usize| {
            let relation = self.arcs.relation(*child);
            let before = *child < own && relation == Relation::Ccomp;
            let after = *child > own
                && matches!(relation, Relation::Ccomp | Relation::Parataxis)
                && self.is_quoted(*child);
            before || after
        };
        let below: Vec<usize> = draft
            .parts()
            .flat_map(|part| self.arcs.children(part).iter().copied())
            .filter(said)
            .collect();
        if below.iter().any(|child| *child < own) {
            let mut pieces: Vec<(usize, usize)> = Vec::new();
            for child in &below {
                pieces.extend(without(self.arcs.reach(*child), self.own_words(at)));
            }
            let certainty =
                below.iter().map(|child| self.arcs.certainty(*child)).fold(1.0, f32::min);
            return self.pieces(&pieces, own, certainty);
        }
        // "The road, the army said, was open": the words of saying are thrown in.
        let host = self
            .arcs
            .head(top)
            .filter(|_| self.arcs.relation(top) == Relation::Parataxis && below.is_empty())?;
        let pieces = without(self.arcs.reach(host), self.arcs.reach(top));
        let touches = pieces.iter().any(|(_, last)| *last < own);
        self.pieces(&pieces, own, self.arcs.certainty(top)).filter(|_| touches)
    }

    /// The words of the cue's clause without what it says.
    fn own_words(&self, at: usize) -> (usize, usize) {
        let clause = &self.clauses[at];
        let source = clause.doer().map(|source| source.words);
        let word = clause.predicate.word;
        source.map_or((word, word), |(first, last)| (first.min(word), last.max(word)))
    }

    fn is_quoted(&self, at: usize) -> bool {
        let (first, last) = self.arcs.reach(at);
        let opens = |at: usize| self.arcs.word(at).starts_with(['"', '“', '\'', '‘', '`']);
        (first..=last.min(first + 2)).any(opens) || first.checked_sub(1).is_some_and(opens)
    }

    fn pieces(&self, pieces: &[(usize, usize)], own: usize, certainty: f32) -> Option<Around> {
        let stretch = |before: bool| {
            pieces
                .iter()
                .filter(|(first, _)| (*first < own) == before)
                .map(|(first, last)| {
                    self.arcs.tokens[*first].span.cover(self.arcs.tokens[*last].span)
                })
                .reduce(Span::cover)
                .and_then(|span| self.cut_marks(span))
                .filter(|span| span.len() > 2)
        };
        let (head, tail) = (stretch(true), stretch(false));
        let position = match (&head, &tail) {
            (Some(_), Some(_)) => ReportPosition::Inside,
            (Some(_), None) => ReportPosition::After,
            _ => ReportPosition::Before,
        };
        let content: Vec<Span> = head.into_iter().chain(tail).collect();
        (!content.is_empty()).then_some(Around { content, position, certainty })
    }

    /// "..., the monitor said": by the comma or the closing mark before who says it.
    fn by_words(&self, clause: &Clause) -> Option<Around> {
        let told_somebody = self.lexicon.reporting.telling.contains(&clause.predicate.lemma);
        let inverted = self.inverted_source(clause);
        let stands_alone = clause.role == ClauseRole::Main
            && (clause.object.is_none() || told_somebody || inverted.is_some())
            && !clause.predicate.passive;
        let source = inverted.as_ref().or_else(|| clause.doer()).filter(|_| stands_alone)?;
        let start = source.span.start().min(clause.predicate.span.start());
        let before = Span::new(self.sentence.start(), start.max(self.sentence.start()));
        let before = before.trimmed(self.text);
        if !before.of(self.text).ends_with([',', '”', '"', '’', '—', '–', '?']) {
            return None;
        }
        let head = self.cut_marks(before).filter(|head| self.can_be_said(*head, before))?;
        let ends = clause.obliques.iter().map(|oblique| oblique.phrase.full_span().end());
        let own_end = ends
            .chain(clause.object.iter().map(|object| object.full_span().end()))
            .chain([clause.predicate.span.end(), source.full_span().end()])
            .fold(start, usize::max)
            .min(self.sentence.end());
        let after = Span::new(own_end, self.sentence.end()).trimmed(self.text);
        let goes_on = after.of(self.text).starts_with([',', '“', '"', ';']);
        let tail = self.cut_marks(after).filter(|tail| goes_on && tail.len() > 2);
        let position = if tail.is_some() { ReportPosition::Inside } else { ReportPosition::After };
        Some(Around {
            content: std::iter::once(head).chain(tail).collect(),
            position,
            certainty: BY_WORDS_ALONE,
        })
    }

    /// "Asked about the road, the governor would not confirm": what only opens a sentence is not said in it.
    fn can_be_said(&self, words: Span, before: Span) -> bool {
        let quoted = before.of(self.text).ends_with(['”', '"', '’', '?']);
        let stands = |clause: &Clause| match clause.role {
            ClauseRole::Main | ClauseRole::Complement => true,
            ClauseRole::Adverbial => clause.mark.is_none() && clause.predicate.tense != Tense::None,
            ClauseRole::Relative | ClauseRole::Nominal => false,
        };
        let inside = |clause: &&Clause| words.contains(clause.predicate.span);
        quoted || self.clauses.iter().filter(inside).any(stands)
    }

    /// `"...," said the witness`: taken for its object, the phrase right after the verb is who says it.
    pub(super) fn inverted_source(&self, clause: &Clause) -> Option<Phrase> {
        let verb = clause.predicate.word;
        let own_subject = clause.subject.is_some() && !clause.shared_subject;
        let before = self.sentence.start().min(clause.predicate.span.start());
        let before = Span::new(before, clause.predicate.span.start()).trimmed(self.text);
        let closed = before.of(self.text).ends_with([',', '”', '"', '?', '!'])
            && clause.predicate.form != VerbForm::Gerund
            && !own_subject;
        clause.object.as_ref().filter(|object| closed && object.words.0 == verb + 1).cloned()
    }

    /// `The envoy said: "..."`
    pub(super) fn quotation_after(&self, clause: &Clause) -> Option<Span> {
        let from = clause.predicate.span.end().min(self.sentence.end());
        let rest = Span::new(from, self.sentence.end());
        let words = rest.of(self.text);
        let mark = words.find(['“', '"', ':'])?;
        let near = words[..mark].split_whitespace().count() <= 6;
        let tail = Span::new(rest.start() + mark, rest.end());
        self.cut_marks(tail).filter(|_| near)
    }

    /// All that a clause says with what is joined to it, up to where somebody else begins to speak.
    pub(super) fn said_with(&self, at: usize) -> Span {
        let (first, last) = self.arcs.reach(self.draft(at).top());
        let speaks = |other: &usize| {
            let draft = self.draft(*other);
            let own = &self.clauses[*other];
            draft.word > self.draft(at).word
                && self.lexicon.reporting.verbs.contains(&own.predicate.lemma)
                && own.subject.is_some()
                && !own.shared_subject
                && draft.joined_to.is_some()
        };
        let next = (0..self.clauses.len())
            .filter(speaks)
            .map(|other| self.arcs.reach(self.draft(other).top()).0)
            .filter(|start| first < *start && *start <= last)
            .min();
        let last = next.map_or(last, |next| next - 1);
        self.arcs.tokens[first].span.cover(self.arcs.tokens[last].span)
    }

    /// A stretch without the marks and quotation signs at its ends.
    pub(super) fn cut_marks(&self, span: Span) -> Option<Span> {
        let words = span.of(self.text);
        let marks = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '“' | '”' | '"' | '—' | '–')
        };
        let start = words.len() - words.trim_start_matches(marks).len();
        let kept = words.trim_matches(marks);
        kept.contains(char::is_alphanumeric)
            .then(|| Span::new(span.start() + start, span.start() + start + kept.len()))
    }
}

/// A run of words without those of another run inside it.
fn without(whole: (usize, usize), hole: (usize, usize)) -> Vec<(usize, usize)> {
    let before = (whole.0 < hole.0).then(|| (whole.0, whole.1.min(hole.0.saturating_sub(1))));
    let after = (whole.1 > hole.1).then(|| (whole.0.max(hole.1 + 1), whole.1));
    before.into_iter().chain(after).collect()
}
