//! Takes a word with the form of a verb, gives whether it is one here: by the words around it.
//! Invariant: a form the lists know is never lost; what is no verb becomes the noun or adjective it looks like.

use super::{Tagger, VerbReading};
use crate::token::{Token, Upos, VerbForm};

impl Tagger<'_> {
    /// The verb the word is, or the noun or adjective it is in spite of its form; nothing for other words.
    pub(super) fn tag_verb(&self, at: usize, before: &[Token]) -> Option<(Upos, VerbReading)> {
        let word = self.word(at);
        if self.lexicon.closed.not_verbs.contains(word) {
            return Some(self.tag_verb_like(at, before));
        }
        if self.lexicon.closed.adjectives.contains(word) && !self.verb_slot(before) {
            return None;
        }
        let known = self.lexicon.verb_readings(word);
        let guessed;
        let readings = if known.is_empty() {
            guessed = guess_verb(word);
            guessed.as_slice()
        } else {
            known
        };
        let has = |form: VerbForm| readings.iter().find(|(_, f)| *f == form).cloned();
        if readings.is_empty() {
            // After "will" or "to" an unknown word is a verb.
            let plain = word.chars().all(|c| c.is_ascii_lowercase()) && !word.ends_with("ly");
            let unknown = plain && self.verb_slot(before) && !self.is_function_word(word);
            return unknown.then(|| (Upos::Verb, Some((word.to_owned(), VerbForm::Base))));
        }
        if self.lexicon.closed.prepositions.contains(word) && !self.verb_slot(before) {
            return None;
        }
        if let Some(reading) = has(VerbForm::Gerund) {
            return Some(self.tag_gerund(at, before, reading));
        }
        if let Some(reading) = has(VerbForm::Base).filter(|_| self.verb_slot(before)) {
            return Some((Upos::Verb, Some(reading)));
        }
        // "will enter and set up posts": a form that is both is the one of the verb it is joined to.
        let joined =
            before.last().is_some_and(|token| token.upos == Upos::Cconj || token.lemma == ",");
        let after_base = before
            .iter()
            .rev()
            .find(|token| token.upos == Upos::Verb)
            .is_some_and(|token| token.verb_form == Some(VerbForm::Base));
        if let Some(reading) =
            has(VerbForm::Base).filter(|_| joined && after_base && has(VerbForm::Past).is_some())
        {
            return Some((Upos::Verb, Some(reading)));
        }
        if let Some(past) = has(VerbForm::Past).or_else(|| has(VerbForm::PastParticiple)) {
            let base_too = has(VerbForm::Base).is_some();
            if !base_too || !self.noun_slot(before) {
                return Some(self.tag_past(at, before, past, has(VerbForm::Past).is_some()));
            }
        }
        let reading = has(VerbForm::Base).or_else(|| has(VerbForm::Present))?;
        Some(self.tag_present(at, before, reading))
    }

    /// "wanted", "armed", "meeting": an adjective before a noun, a noun elsewhere, a verb after "was" or "to".
    pub(super) fn tag_verb_like(&self, at: usize, before: &[Token]) -> (Upos, VerbReading) {
        let word = self.word(at);
        let after_have = before.last().is_some_and(|t| t.upos == Upos::Aux && t.lemma == "have");
        if word.ends_with("ed")
            && (after_have || (self.subject_before(before) && !self.noun_slot(before)))
        {
            let reading = self.lexicon.verb_readings(word).first().cloned();
            if let Some((lemma, _)) = reading {
                let form = if after_have { VerbForm::PastParticiple } else { VerbForm::Past };
                return (Upos::Verb, Some((lemma, form)));
            }
        }
        let be_before = self.last_word_aux(before).is_some_and(|t| t.lemma == "be");
        if be_before && let Some((lemma, form)) = self.lexicon.verb_readings(word).first().cloned()
        {
            let form = if form == VerbForm::Gerund { form } else { VerbForm::PastParticiple };
            return (Upos::Verb, Some((lemma, form)));
        }
        if word.ends_with("ing")
            && (self.lexicon.closed.prepositions.contains(word)
                || matches!(word, "including" | "according"))
        {
            return (Upos::Adp, None);
        }
        if self.noun_slot(before) && !self.is_nominal_ahead(at + 1) {
            return (Upos::Noun, None);
        }
        let participle = word.ends_with("ed") && !self.lexicon.verb_readings(word).is_empty();
        (if participle { Upos::Adj } else { Upos::Noun }, None)
    }

    /// The auxiliary before, over adverbs and negations.
    pub(super) fn last_word_aux<'t>(&self, before: &'t [Token]) -> Option<&'t Token> {
        before
            .iter()
            .rev()
            .find(|token| match token.upos {
                Upos::Adv => false,
                Upos::Part => token.lemma == "to",
                _ => true,
            })
            .filter(|token| token.upos == Upos::Aux)
    }

    /// A base form must be a verb here: after "to", a modal or "do", or in line with one after "and".
    pub(super) fn verb_slot(&self, before: &[Token]) -> bool {
        if let Some(aux) = self.last_word_aux(before)
            && (self.lexicon.closed.modals.contains(&aux.lemma) || aux.lemma == "do")
        {
            return true;
        }
        let meaningful = before.iter().rev().find(|token| token.upos != Upos::Adv);
        meaningful.is_some_and(|token| token.upos == Upos::Part && token.lemma == "to")
    }

    /// A noun is expected: after an article, adjective, preposition, number or possessive.
    pub(super) fn noun_slot(&self, before: &[Token]) -> bool {
        before.last().is_some_and(|token| match token.upos {
            Upos::Det | Upos::Adj | Upos::Adp | Upos::Num => true,
            Upos::Part => matches!(token.lemma.as_str(), "'s" | "’s" | "'" | "’"),
            _ => false,
        })
    }

    /// A subject may stand right before.
    pub(super) fn subject_before(&self, before: &[Token]) -> bool {
        before.iter().rev().find(|token| !matches!(token.upos, Upos::Adv)).is_some_and(|token| {
            matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron) || token.lemma == ")"
        })
    }

    pub(super) fn tag_gerund(
        &self,
        at: usize,
        before: &[Token],
        reading: (String, VerbForm),
    ) -> (Upos, VerbReading) {
        // "the handing over of prisoners"
        let pair = format!("{} {}", reading.0, self.word(at + 1));
        let particle = self.lexicon.closed.phrasal.contains(&pair) && self.word(at + 2) == "of";
        let next_of = self.word(at + 1) == "of" || particle;
        let slot = before.last().map(|token| token.upos);
        let noun = next_of
            || matches!(slot, Some(Upos::Det | Upos::Adj | Upos::Num))
            || (slot == Some(Upos::Part) && self.noun_slot(before));
        if noun && self.last_word_aux(before).is_none_or(|aux| aux.lemma != "be") {
            return (Upos::Noun, None);
        }
        (Upos::Verb, Some(reading))
    }

    pub(super) fn tag_past(
        &self,
        at: usize,
        before: &[Token],
        reading: (String, VerbForm),
        can_be_finite: bool,
    ) -> (Upos, VerbReading) {
        let (lemma, _) = reading;
        if let Some(aux) = self.last_word_aux(before)
            && matches!(aux.lemma.as_str(), "have" | "be" | "get")
        {
            return (Upos::Verb, Some((lemma, VerbForm::PastParticiple)));
        }
        let opens = before.iter().all(|token| token.upos == Upos::Punct);
        let after_verb = before.last().is_some_and(|token| token.upos == Upos::Verb);
        if (self.noun_slot(before) || opens || after_verb) && self.is_nominal_ahead(at + 1) {
            return (Upos::Adj, None);
        }
        if before.last().is_some_and(|token| token.upos == Upos::Cconj) {
            // "was arrested and taken", "entered and searched": the form of the verb it is joined to.
            if let Some(other) = before.iter().rev().find(|token| token.upos == Upos::Verb) {
                let form = match other.verb_form {
                    Some(VerbForm::PastParticiple) => VerbForm::PastParticiple,
                    _ if can_be_finite => VerbForm::Past,
                    _ => VerbForm::PastParticiple,
                };
                return (Upos::Verb, Some((lemma, form)));
            }
        }
        let by_next = self.word(at + 1) == "by";
        // "the bodies of those killed"
        let those = before.last().is_some_and(|token| token.lemma == "those");
        let form = if can_be_finite && !by_next && !those {
            VerbForm::Past
        } else {
            VerbForm::PastParticiple
        };
        (Upos::Verb, Some((lemma, form)))
    }

    pub(super) fn tag_present(
        &self,
        at: usize,
        before: &[Token],
        reading: (String, VerbForm),
    ) -> (Upos, VerbReading) {
        let (lemma, form) = reading;
        let verb = (Upos::Verb, Some((lemma.clone(), form)));
        let noun = (Upos::Noun, None);
        let also_noun = self.lexicon.is_also_noun(&lemma);
        if self.noun_slot(before) {
            return if also_noun || form == VerbForm::Base { noun } else { verb };
        }
        let next = self.word(at + 1);
        let closed = &self.lexicon.closed;
        let object_next = closed.determiners.contains(next)
            || closed.possessives.contains(next)
            || closed.pronouns.contains(next)
            || (next == "that" || (next == "to" && self.opens_infinitive(at + 2)));
        let after_conjunction = before
            .last()
            .is_some_and(|token| matches!(token.upos, Upos::Cconj) || token.lemma == ",");
        let joined_to_base = after_conjunction
            && before
                .iter()
                .rev()
                .find(|token| token.upos == Upos::Verb)
                .is_some_and(|token| token.verb_form == Some(form));
        let opens = before.iter().all(|token| token.upos == Upos::Punct);
        if !also_noun {
            return if opens && form == VerbForm::Present { noun } else { verb };
        }
        // "calls for", "Stop shelling": the next word makes it a verb.
        let phrasal = closed.phrasal.contains(&format!("{lemma} {next}"));
        let gerund_next =
            opens && next.ends_with("ing") && !self.lexicon.verb_readings(next).is_empty();
        if gerund_next
            || (phrasal && (opens || self.subject_before(before)) && !self.has_finite_verb(before))
        {
            return verb;
        }
        if joined_to_base && next.ends_with('s') && self.is_nominal_ahead(at + 1) {
            return verb;
        }
        let pronoun_subject = before.last().is_some_and(|token| token.upos == Upos::Pron);
        let subject = self.subject_before(before) && !self.has_finite_verb(before);
        let capital_next = self.is_capital(at + 1) && !self.title_case;
        if pronoun_subject
            || ((subject || joined_to_base || opens) && (object_next || (capital_next && !opens)))
        {
            return verb;
        }
        noun
    }

    /// A finite verb already stands in this stretch, since the last comma, conjunction of clauses or relative.
    pub(super) fn has_finite_verb(&self, before: &[Token]) -> bool {
        before
            .iter()
            .rev()
            .take_while(|token| {
                token.upos != Upos::Sconj
                    && !matches!(token.lemma.as_str(), "," | ";" | ":" | "who" | "which")
            })
            .any(|token| matches!(token.verb_form, Some(VerbForm::Past | VerbForm::Present)))
    }
}

/// Words in -ed and -ing the list does not hold: most are verbs.
fn guess_verb(word: &str) -> Vec<(String, VerbForm)> {
    let plain = word.chars().all(|c| c.is_ascii_lowercase());
    if plain
        && word.len() > 5
        && let Some(stem) = word.strip_suffix("ed")
    {
        return vec![
            (stem.to_owned(), VerbForm::Past),
            (stem.to_owned(), VerbForm::PastParticiple),
        ];
    }
    if plain
        && word.len() > 6
        && let Some(stem) = word.strip_suffix("ing")
    {
        return vec![(stem.to_owned(), VerbForm::Gerund)];
    }
    Vec::new()
}
