//! Takes the clauses of a sentence, gives who is made to say what in it.
//! Invariant: the words of saying are never part of what is said.

use crate::clause::{Clause, ClauseRole, Report, ReportPosition};
use crate::lexicon::Lexicon;
use crate::phrase::Phrase;
use crate::token::{Token, Upos, VerbForm};
use sulh_model::span::Span;

/// The reports of a sentence, in the order of their cues.
pub(crate) fn reports(
    text: &str,
    sentence: Span,
    tokens: &[Token],
    clauses: &[Clause],
    lexicon: &Lexicon,
) -> Vec<Report> {
    let finder = Finder { text, sentence, tokens, clauses, lexicon };
    let mut found: Vec<Report> = Vec::new();
    for at in 0..clauses.len() {
        found.extend(finder.by_verb(at));
        found.extend(finder.by_preposition(at));
        found.extend(finder.by_adverb(at));
    }
    found.sort_by_key(|report| report.cue);
    found.dedup_by_key(|report| report.cue);
    found.retain(|report| !report.content.is_empty());
    found
}

struct Finder<'a> {
    text: &'a str,
    sentence: Span,
    tokens: &'a [Token],
    clauses: &'a [Clause],
    lexicon: &'a Lexicon,
}

impl Finder<'_> {
    fn by_verb(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let lemma = &clause.predicate.lemma;
        let reporting = &self.lexicon.reporting;
        if clause.role == ClauseRole::Nominal || !reporting.verbs.contains(lemma) {
            return None;
        }
        if let Some(relayed) = self.relayed(at) {
            return Some(relayed);
        }
        let inverted = self.inverted_source(clause);
        // "Rebels accused of breaking the truce": with nobody for its object, the subject is the accused.
        let is_accused = lemma == "accuse"
            && !clause.predicate.passive
            && clause.object.is_none()
            && clause.role != ClauseRole::Relative;
        let report = |content: Vec<Span>, position| Report {
            source: inverted
                .as_ref()
                .or_else(|| clause.doer().filter(|_| !is_accused))
                .filter(|source| !self.is_empty_subject(source))
                .cloned(),
            cue: self.tokens[clause.predicate.word].span,
            cue_lemma: lemma.clone(),
            cue_negated: clause.predicate.negation.is_some(),
            content,
            position,
            clause: Some(at),
            confidence: clause.confidence,
        };
        if let Some(content) = self.complement(at) {
            return Some(report(vec![content], ReportPosition::Before));
        }
        if let Some((content, position)) = self.around(at) {
            return Some(report(content, position));
        }
        if let Some(content) = self.quotation_after(clause) {
            return Some(report(vec![content], ReportPosition::Before));
        }
        if let Some(charge) = self.charge(clause) {
            return Some(report(vec![charge], ReportPosition::Before));
        }
        let unsaid =
            |phrase: &Phrase| reporting.never_said.contains(&self.tokens[phrase.head].lemma);
        let object = clause.undergoer().filter(|object| {
            // "were denied access": nobody denies those who were.
            let kept_out = unsaid(object) || clause.object.as_ref().is_some_and(unsaid);
            reporting.nominal_content.contains(lemma) && !kept_out
        })?;
        Some(report(vec![object.full_span()], ReportPosition::Before))
    }

    /// "it was reported that": the "it" says nothing.
    fn is_empty_subject(&self, phrase: &Phrase) -> bool {
        phrase.words.0 == phrase.words.1
            && matches!(self.tokens[phrase.head].lemma.as_str(), "it" | "there")
    }

    /// The finite or infinite clauses that hang on the cue.
    fn complement(&self, at: usize) -> Option<Span> {
        let own = self.clauses[at].predicate.word;
        let mut content: Option<Span> = None;
        for clause in self.clauses {
            let complement = clause.role == ClauseRole::Complement;
            // "accused them of shelling": what they are accused of is what is said.
            let charge = self.clauses[at].predicate.lemma == "accuse"
                && clause.mark.as_deref() == Some("of");
            if (complement || charge) && clause.predicate.word > own && clause.parent == Some(at) {
                content = Some(content.map_or(clause.span, |span| span.cover(clause.span)));
            }
        }
        content
    }

    /// "accused the rebels of violations of the truce": what they are accused of.
    fn charge(&self, clause: &Clause) -> Option<Span> {
        let accused = clause.undergoer().filter(|_| clause.predicate.lemma == "accuse")?;
        let charge = accused.modifier("of").filter(|charge| {
            self.lexicon.verb_of_noun(&self.tokens[charge.head].lemma).is_some()
        })?;
        Some(charge.full_span())
    }

    /// "..., the monitor said" and "..., the monitor said, ...".
    fn around(&self, at: usize) -> Option<(Vec<Span>, ReportPosition)> {
        let clause = &self.clauses[at];
        let lemma = &clause.predicate.lemma;
        if !self.lexicon.reporting.postposed.contains(lemma) || clause.predicate.passive {
            return None;
        }
        let told_somebody = matches!(lemma.as_str(), "tell" | "inform");
        let inverted = self.inverted_source(clause);
        if clause.object.is_some() && !told_somebody && inverted.is_none() {
            return None;
        }
        let source = inverted.as_ref().or_else(|| clause.doer())?;
        let start = source.span.start().min(clause.predicate.span.start());
        let before = Span::new(self.sentence.start(), start).trimmed(self.text);
        if !before.of(self.text).ends_with([',', '”', '"', '’', '—', '–', '?']) {
            return None;
        }
        let head = self.cut_marks(before)?;
        let own_end = clause
            .obliques
            .iter()
            .map(|oblique| oblique.phrase.full_span().end())
            .chain(clause.object.iter().map(|object| object.full_span().end()))
            .chain([clause.predicate.span.end(), source.full_span().end()])
            .max()
            .unwrap_or(clause.predicate.span.end());
        let after =
            Span::new(own_end.min(self.sentence.end()), self.sentence.end()).trimmed(self.text);
        let goes_on = after.of(self.text).starts_with([',', '“', '"', ';']);
        match self.cut_marks(after).filter(|tail| goes_on && tail.len() > 2) {
            Some(tail) => Some((vec![head, tail], ReportPosition::Inside)),
            None => Some((vec![head], ReportPosition::After)),
        }
    }

    /// `"...," said the witness`: the phrase right after the verb is who says it.
    fn inverted_source(&self, clause: &Clause) -> Option<Phrase> {
        let verb = clause.predicate.word;
        let before =
            Span::new(self.sentence.start(), clause.predicate.span.start()).trimmed(self.text);
        let closed = before.of(self.text).ends_with([',', '”', '"', '?', '!'])
            && clause.predicate.form != VerbForm::Gerund;
        clause.object.as_ref().filter(|object| closed && object.words.0 == verb + 1).cloned()
    }

    /// "quoted a rebel as saying", "citing a resident": who is made to speak by the one who reports.
    fn relayed(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let lemma = clause.predicate.lemma.as_str();
        let relays = |lemma: &str| matches!(lemma, "quote" | "cite");
        let report = |source: Option<Phrase>, content: Vec<Span>| Report {
            source,
            cue: self.tokens[clause.predicate.word].span,
            cue_lemma: lemma.to_owned(),
            cue_negated: clause.predicate.negation.is_some(),
            content,
            position: ReportPosition::Before,
            clause: Some(at),
            confidence: clause.confidence,
        };
        let parent = clause.parent.map(|parent| &self.clauses[parent]);
        if clause.mark.as_deref() == Some("as")
            && parent.is_some_and(|parent| relays(&parent.predicate.lemma))
        {
            let source = parent.and_then(|parent| parent.undergoer().cloned());
            return self.complement(at).map(|content| report(source, vec![content]));
        }
        if !relays(lemma) {
            return None;
        }
        let quoted = (0..self.clauses.len()).find(|child| {
            self.clauses[*child].parent == Some(at)
                && self.clauses[*child].mark.as_deref() == Some("as")
        });
        if let Some(content) = quoted.and_then(|child| self.complement(child)) {
            return Some(report(clause.doer().cloned(), vec![content]));
        }
        // "Reuters, citing a resident, said": what the other says.
        let above = clause.parent.filter(|_| clause.predicate.form == VerbForm::Gerund)?;
        let content = self
            .complement(above)
            .map(|content| vec![content])
            .or_else(|| self.around(above).map(|(content, _)| content))?;
        clause.object.clone().map(|source| report(Some(source), content))
    }

    /// A stretch without the marks and quotation signs at its ends.
    fn cut_marks(&self, span: Span) -> Option<Span> {
        let words = span.of(self.text);
        let marks = |c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '“' | '”' | '"' | '—' | '–')
        };
        let start = words.len() - words.trim_start_matches(marks).len();
        let kept = words.trim_matches(marks);
        (!kept.is_empty())
            .then(|| Span::new(span.start() + start, span.start() + start + kept.len()))
    }

    /// `The envoy said: "..."`
    fn quotation_after(&self, clause: &Clause) -> Option<Span> {
        let rest = Span::new(clause.predicate.span.end(), self.sentence.end());
        let words = rest.of(self.text);
        let mark = words.find(['“', '"', ':'])?;
        let near = words[..mark].split_whitespace().count() <= 6;
        let tail = Span::new(rest.start() + mark, rest.end());
        self.cut_marks(tail).filter(|_| near)
    }

    fn by_preposition(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let prepositions = &self.lexicon.reporting.prepositions;
        let oblique =
            clause.obliques.iter().find(|oblique| prepositions.contains(&oblique.case))?;
        let source = oblique.phrase.full_span();
        let case_words = oblique.case.split(' ').count();
        let first = oblique.phrase.words.0.checked_sub(case_words)?;
        let cue = self.tokens[first].span.cover(self.tokens[oblique.phrase.words.0 - 1].span);
        let head = self.cut_marks(Span::new(self.sentence.start(), cue.start()));
        let tail =
            self.cut_marks(Span::new(source.end().min(self.sentence.end()), self.sentence.end()));
        let position = match (&head, &tail) {
            (Some(_), Some(_)) => ReportPosition::Inside,
            (Some(_), None) => ReportPosition::After,
            _ => ReportPosition::Before,
        };
        Some(Report {
            source: Some(oblique.phrase.clone()),
            cue,
            cue_lemma: oblique.case.clone(),
            cue_negated: false,
            content: head.into_iter().chain(tail).collect(),
            position,
            clause: None,
            confidence: 0.8,
        })
    }

    fn by_adverb(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let adverbs = &self.lexicon.reporting.adverbs;
        let cue = self.tokens.iter().find(|token| {
            token.upos == Upos::Adv
                && adverbs.contains(&token.lemma)
                && clause.span.contains(token.span)
        })?;
        let innermost = self
            .clauses
            .iter()
            .filter(|other| other.span.contains(cue.span))
            .min_by_key(|other| other.span.len())?;
        (innermost.span == clause.span).then(|| Report {
            source: None,
            cue: cue.span,
            cue_lemma: cue.lemma.clone(),
            cue_negated: false,
            content: around_cue(self, clause.span, cue.span),
            position: ReportPosition::Inside,
            clause: None,
            confidence: 0.8,
        })
    }
}

/// A clause without the adverb of saying in it.
fn around_cue(finder: &Finder<'_>, clause: Span, cue: Span) -> Vec<Span> {
    let before = Span::new(clause.start(), cue.start());
    let after = Span::new(cue.end(), clause.end());
    [before, after].into_iter().filter_map(|part| finder.cut_marks(part)).collect()
}
