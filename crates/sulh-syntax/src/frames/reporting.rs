//! Takes the clauses of a sentence and its tree, gives who is made to say what in it.
//! Invariant: the words of saying are never part of what is said.

mod around;

use super::arcs::Arcs;
use super::drafts::Draft;
use super::phrases::Phrases;
use crate::clause::{Clause, ClauseRole, Report, ReportPosition, Tense};
use crate::lexicon::Lexicon;
use crate::phrase::Phrase;
use crate::token::{Upos, VerbForm};
use crate::tree::{Penn, Relation};
use sulh_model::span::Span;

/// The reports of a sentence, in the order of their cues.
pub(super) fn reports(
    text: &str,
    sentence: Span,
    phrases: Phrases<'_>,
    clauses: &[Clause],
    lexicon: &Lexicon,
) -> Vec<Report> {
    let mut below = vec![Vec::new(); clauses.len()];
    for (at, clause) in clauses.iter().enumerate() {
        if let Some(parent) = clause.parent {
            below[parent].push(at);
        }
    }
    let finder = Finder { text, sentence, phrases, arcs: phrases.arcs, clauses, below, lexicon };
    let mut found: Vec<Report> = (0..clauses.len()).filter_map(|at| finder.by_verb(at)).collect();
    for at in 0..finder.arcs.len() {
        found.extend(finder.by_preposition(at));
        found.extend(finder.by_adverb(at));
    }
    found.extend((0..clauses.len()).filter_map(|at| finder.by_noun(at)));
    found.sort_by_key(|report| report.cue);
    found.dedup_by_key(|report| report.cue);
    found.retain(|report| {
        !report.content.is_empty()
            && !report.content.iter().any(|content| content.overlaps(report.cue))
    });
    found
}

struct Finder<'a> {
    text: &'a str,
    sentence: Span,
    phrases: Phrases<'a>,
    arcs: &'a Arcs<'a>,
    clauses: &'a [Clause],
    /// The clauses that hang on each.
    below: Vec<Vec<usize>>,
    lexicon: &'a Lexicon,
}

/// Relations of what is said to the verb of saying.
const SAID: &[Relation] = &[Relation::Ccomp, Relation::Xcomp, Relation::Csubj, Relation::CsubjPass];

impl Finder<'_> {
    fn draft(&self, at: usize) -> &Draft {
        &self.phrases.drafts.all[at]
    }

    fn by_verb(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let lemma = &clause.predicate.lemma;
        let reporting = &self.lexicon.reporting;
        if !reporting.verbs.contains(lemma) {
            return None;
        }
        if let Some(relayed) = self.relayed(at) {
            return Some(relayed);
        }
        // "Rebels accused of breaking the truce": with nobody for its object, the subject is the accused.
        let is_accused = lemma == "accuse"
            && !clause.predicate.passive
            && clause.object.is_none()
            && clause.role != ClauseRole::Relative;
        let inverted = self.inverted_source(clause);
        let report = |content: Vec<Span>, position, confidence: f32| Report {
            source: inverted
                .as_ref()
                .or_else(|| clause.doer().filter(|_| !is_accused))
                .filter(|source| !self.is_empty_subject(source))
                .cloned(),
            cue: self.arcs.tokens[clause.predicate.word].span,
            cue_lemma: lemma.clone(),
            cue_negated: self.is_negated(clause),
            content,
            position,
            clause: Some(at),
            confidence: confidence.min(clause.confidence),
        };
        // "..., declares a poster hung in the bazaar": what follows who says it describes him.
        let complement = self.complement(at).filter(|_| inverted.is_none());
        if let Some((content, certainty)) = complement {
            return Some(report(vec![content], ReportPosition::Before, certainty));
        }
        if let Some(around) = self.around(at) {
            return Some(report(around.content, around.position, around.certainty));
        }
        if let Some(content) = self.quotation_after(clause) {
            return Some(report(vec![content], ReportPosition::Before, 0.5));
        }
        if let Some(charge) = self.charge(clause) {
            return Some(report(vec![charge], ReportPosition::Before, 1.0));
        }
        if let Some((content, certainty)) = self.shared_content(at) {
            return Some(report(vec![content], ReportPosition::Before, certainty));
        }
        // "this is yet to be confirmed", "shall report any violation": nothing is said by it.
        let open = clause.predicate.modal.as_deref() == Some("yet to")
            || clause.predicate.tense == Tense::Future
            || (clause.predicate.passive && clause.predicate.negation.is_some());
        let content = self.named_content(clause).filter(|_| !open)?;
        Some(report(vec![content], ReportPosition::Before, 1.0))
    }

    /// "did not say", "refused to confirm", "without saying".
    fn is_negated(&self, clause: &Clause) -> bool {
        let refusing = &self.lexicon.verb_classes.refusing;
        let refuses = |parent: usize| refusing.contains(&self.clauses[parent].predicate.lemma);
        let refused = clause.role == ClauseRole::Complement && clause.parent.is_some_and(refuses);
        let without = clause.mark.as_deref() == Some("without");
        clause.predicate.negation.is_some() || refused || without
    }

    /// "neither confirmed nor denied that ...": what one of joined verbs says, the other says.
    fn shared_content(&self, at: usize) -> Option<(Span, f32)> {
        let clause = &self.clauses[at];
        let after = |content: &(Span, f32)| content.0.start() >= clause.predicate.span.end();
        let host = clause.joined_to.filter(|_| clause.shared_subject && clause.object.is_none());
        if let Some(content) = host.and_then(|host| self.complement(host)).filter(after) {
            return Some(content);
        }
        let next = self.clauses.get(at + 1).filter(|next| {
            next.joined_to == Some(at) && next.shared_subject && clause.object.is_none()
        })?;
        let says = self.lexicon.reporting.verbs.contains(&next.predicate.lemma);
        let content = says.then(|| self.complement(at + 1)).flatten();
        let named = || self.named_content(next).map(|content| (content, next.confidence));
        content.or_else(|| says.then(named).flatten())
    }

    /// "denied the attack", "confirmed reports that ...": the noun, with what describes it, is what is said.
    fn named_content(&self, clause: &Clause) -> Option<Span> {
        let reporting = &self.lexicon.reporting;
        let unsaid =
            |phrase: &Phrase| reporting.never_said.contains(&self.arcs.tokens[phrase.head].lemma);
        let object = clause.undergoer().filter(|object| {
            // "were denied access": nobody denies those who were.
            let kept_out = unsaid(object) || clause.object.as_ref().is_some_and(unsaid);
            reporting.nominal_content.contains(&clause.predicate.lemma) && !kept_out
        })?;
        let own = clause.predicate.span;
        let described = self
            .clauses
            .iter()
            .filter(|other| other.describes.is_some_and(|noun| holds(object, noun)))
            .filter(|other| clause.role != ClauseRole::Relative && other.span.start() > own.end());
        Some(described.fold(object.full_span(), |span, other| span.cover(other.span)))
    }

    /// "it was reported that": the "it" says nothing.
    fn is_empty_subject(&self, phrase: &Phrase) -> bool {
        self.arcs.relation(phrase.head) == Relation::Expl || self.arcs.word(phrase.head) == "there"
    }

    /// The finite or infinite clauses that the tree makes the content of the cue, and how sure it is.
    fn complement(&self, at: usize) -> Option<(Span, f32)> {
        let own = self.clauses[at].predicate.word;
        let accuses = self.clauses[at].predicate.lemma == "accuse";
        let mut content: Option<(Span, f32)> = None;
        for child in self.below[at].iter().copied() {
            let clause = &self.clauses[child];
            // "accused them of shelling": what they are accused of is what is said.
            let charge = accuses && clause.mark.as_deref() == Some("of");
            let asked = matches!(clause.mark.as_deref(), Some("whether" | "if"))
                || self.opens_with_question(child);
            let said = clause.role == ClauseRole::Complement && self.is_said(child) && !asked;
            if (said || charge) && clause.predicate.word > own {
                let sure = self.arcs.certainty(self.draft(child).top());
                content = Some(content.map_or((clause.span, sure), |(span, before)| {
                    (span.cover(clause.span), before.min(sure))
                }));
            }
        }
        content
    }

    /// "did not say when they would leave": what is asked is not said.
    fn opens_with_question(&self, at: usize) -> bool {
        let draft = self.draft(at);
        let first = self.arcs.reach(draft.top()).0;
        self.arcs.penn(first) == Some(Penn::Wrb)
    }

    /// The clause, or the one it is joined to, is the verb's own complement and not only its aim.
    fn is_said(&self, at: usize) -> bool {
        let mut at = at;
        while let Some(host) = self.draft(at).joined_to.filter(|_| !self.draft(at).moved) {
            at = host;
        }
        SAID.contains(&self.arcs.relation(self.draft(at).top()))
    }

    /// "accused the rebels of violations of the truce": what they are accused of.
    fn charge(&self, clause: &Clause) -> Option<Span> {
        let accused = clause.undergoer().filter(|_| clause.predicate.lemma == "accuse")?;
        let of = clause.bound_by("of").next().or_else(|| accused.modifier("of"))?;
        let known = self.lexicon.verb_of_noun(&self.arcs.tokens[of.head].lemma).is_some();
        known.then(|| of.full_span())
    }

    /// "quoted a rebel as saying", "citing a resident": who is made to speak by the one who reports.
    fn relayed(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let lemma = clause.predicate.lemma.as_str();
        let relays = |lemma: &str| self.lexicon.reporting.relaying.contains(lemma);
        let report = |source: Option<Phrase>, content: Vec<Span>, position| Report {
            source,
            cue: self.arcs.tokens[clause.predicate.word].span,
            cue_lemma: lemma.to_owned(),
            cue_negated: clause.predicate.negation.is_some(),
            content,
            position,
            clause: Some(at),
            confidence: clause.confidence,
        };
        let parent = clause.parent.map(|parent| &self.clauses[parent]);
        let relayed_by = parent.filter(|parent| {
            relays(&parent.predicate.lemma) && clause.role == ClauseRole::Adverbial
        });
        if let Some(parent) = relayed_by {
            // "..., he was quoted as saying": what is said stands before both.
            let (content, position) = match (self.complement(at), clause.parent) {
                (Some((content, _)), _) => (vec![content], ReportPosition::Before),
                (None, Some(above)) => {
                    let around = self.around(above)?;
                    (around.content, around.position)
                }
                (None, None) => return None,
            };
            return Some(report(parent.undergoer().cloned(), content, position));
        }
        if !relays(lemma) {
            return None;
        }
        let quoted = self.below[at].iter().copied().find(|child| {
            self.clauses[*child].role == ClauseRole::Adverbial
                && self.lexicon.reporting.verbs.contains(&self.clauses[*child].predicate.lemma)
        });
        if let Some(quoted) = quoted {
            let content = self.complement(quoted).map(|(content, _)| vec![content]);
            let content = content.or_else(|| self.around(at).map(|around| around.content))?;
            return Some(report(clause.doer().cloned(), content, ReportPosition::Before));
        }
        // "Reuters, citing a resident, said": what the other says.
        let says = |above: &usize| {
            clause.predicate.form == VerbForm::Gerund
                && self.lexicon.reporting.verbs.contains(&self.clauses[*above].predicate.lemma)
        };
        let above = clause.parent.filter(says)?;
        let content = self
            .complement(above)
            .map(|(content, _)| vec![content])
            .or_else(|| self.around(above).map(|around| around.content))?;
        clause.object.clone().map(|source| report(Some(source), content, ReportPosition::Before))
    }

    /// "claims that the road was cut": the noun says, and its owner where it has one.
    fn by_noun(&self, at: usize) -> Option<Report> {
        let clause = &self.clauses[at];
        let noun = clause.describes.filter(|_| {
            clause.role == ClauseRole::Complement && clause.mark.as_deref() == Some("that")
        })?;
        let lemma = self.arcs.lemma(noun).to_lowercase();
        let says = self.lexicon.reporting.nouns.contains(&lemma);
        let owner = self.arcs.child_by(noun, &[Relation::NmodPoss]);
        let owner = owner.filter(|owner| self.arcs.upos(*owner) != Upos::Det);
        says.then(|| Report {
            source: owner.map(|owner| self.phrases.phrase(owner)),
            cue: self.arcs.tokens[noun].span,
            cue_lemma: lemma,
            cue_negated: false,
            content: vec![clause.span],
            position: ReportPosition::Before,
            clause: None,
            confidence: clause.confidence,
        })
    }

    /// "according to two elders"
    fn by_preposition(&self, at: usize) -> Option<Report> {
        let (case, first) = self.phrases.case(at)?;
        if !self.lexicon.reporting.prepositions.contains(&case) || self.phrases.is_time(at) {
            return None;
        }
        let counts = case == "per" && !matches!(self.arcs.upos(at), Upos::Propn);
        if counts
            || !matches!(
                self.arcs.relation(at),
                Relation::Obl | Relation::Nmod | Relation::Root | Relation::Parataxis
            )
        {
            return None;
        }
        let phrase = self.phrases.phrase(at);
        let cue = self.arcs.tokens[first]
            .span
            .cover(self.arcs.tokens[phrase.words.0.checked_sub(1)?].span);
        let owner = self.phrases.drafts.owner[at];
        let region = owner.map_or(self.sentence, |owner| self.said_with(owner));
        let source = phrase.full_span().cover(self.arcs.tokens[self.arcs.reach(at).1].span);
        let before = Span::new(region.start().min(cue.start()), cue.start());
        let after = Span::new(source.end(), region.end().max(source.end()));
        let head = self.cut_marks(before);
        let tail = self.cut_marks(after);
        let position = match (&head, &tail) {
            (Some(_), Some(_)) => ReportPosition::Inside,
            (Some(_), None) => ReportPosition::After,
            _ => ReportPosition::Before,
        };
        Some(Report {
            source: Some(phrase),
            cue,
            cue_lemma: case,
            cue_negated: false,
            content: head.into_iter().chain(tail).collect(),
            position,
            clause: None,
            confidence: self.arcs.certainty(at),
        })
    }

    /// "reportedly"
    fn by_adverb(&self, at: usize) -> Option<Report> {
        let word = self.arcs.word(at);
        let owner = self.phrases.drafts.owner[at].filter(|_| {
            self.arcs.upos(at) == Upos::Adv && self.lexicon.reporting.adverbs.contains(word)
        })?;
        let cue = self.arcs.tokens[at].span;
        let clause = self.clauses[owner].span;
        let before = Span::new(clause.start().min(cue.start()), cue.start());
        let after = Span::new(cue.end(), clause.end().max(cue.end()));
        Some(Report {
            source: None,
            cue,
            cue_lemma: word.to_owned(),
            cue_negated: false,
            content: [before, after].into_iter().filter_map(|part| self.cut_marks(part)).collect(),
            position: ReportPosition::Inside,
            clause: None,
            confidence: self.arcs.certainty(at),
        })
    }
}

/// Whether a word is among the heads of a phrase.
fn holds(phrase: &Phrase, word: usize) -> bool {
    phrase.each().any(|part| {
        part.head == word || part.modifiers.iter().any(|modifier| holds(&modifier.phrase, word))
    })
}
