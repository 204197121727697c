//! Takes words with what stands beside them, gives mends that a word and its neighbours show.
//! Invariant: a word changes its class or its head only where no English sentence has both as they were.

use super::{Mender, SUBJECTS, is_finite};
use crate::lexicon::singular_of;
use crate::token::{Token, Upos, VerbForm};
use crate::tree::Relation;

impl Mender<'_> {
    /// "Warplanes bombed": a capital at the beginning says nothing.
    pub(super) fn first_word(&mut self, text: &str) {
        let first = self.tokens.iter().position(|token| token.upos != Upos::Punct).unwrap_or(0);
        let Some(token) = self.tokens.get(first) else { return };
        let next_is_name = self.tokens.get(first + 1).is_some_and(|next| {
            next.upos == Upos::Propn || next.form(text).starts_with(char::is_uppercase)
        });
        let lower = self.word(first).to_owned();
        let common = singular_of(&lower) != lower || self.lexicon.verb_of_noun(&lower).is_some();
        let acronym = token.form(text).chars().filter(|c| c.is_uppercase()).count() > 1;
        if token.upos == Upos::Propn && common && !next_is_name && !acronym {
            self.tokens[first].upos = Upos::Noun;
            self.tokens[first].lemma = singular_of(&lower);
        }
    }

    /// "Lifting of the blockade": a noun of action, whatever its form.
    pub(super) fn gerund_as_noun(&mut self, at: usize) {
        let token = &self.tokens[at];
        let particle = usize::from(self.lexicon.closed.phrasal.contains(&format!(
            "{} {}",
            token.lemma,
            self.word(at + 1)
        )));
        let noun = token.upos == Upos::Verb
            && token.verb_form == Some(VerbForm::Gerund)
            && self.word(at + 1 + particle) == "of"
            && self.lexicon.verb_of_noun(self.word(at)).is_some();
        let helped = noun
            && self.tokens.iter().any(|other| {
                other.head == Some(at)
                    && matches!(other.relation, Some(Relation::Aux | Relation::AuxPass))
            });
        if noun && !helped {
            self.make_noun(at);
        }
    }

    /// "according to two elders": never a verb.
    pub(super) fn according_to(&mut self, at: usize) {
        let loose = self.word(at) == "according"
            && self.word(at + 1) == "to"
            && self.tokens[at].head.is_some()
            && !matches!(self.relation(at), Relation::Case | Relation::Fixed);
        let bound = |of: &Self| {
            (at + 2..of.tokens.len()).find(|word| {
                of.tokens[*word].head == Some(at)
                    && matches!(of.relation(*word), Relation::Obj | Relation::Obl | Relation::Nmod)
            })
        };
        let Some(noun) = loose.then(|| bound(self)).flatten() else { return };
        let above = self.tokens[at].head;
        self.hang(noun, above, Relation::Obl);
        for other in 0..self.tokens.len() {
            if self.tokens[other].head == Some(at) && other != at + 1 {
                self.tokens[other].head = Some(noun);
            }
        }
        self.hang(at, Some(noun), Relation::Case);
        self.hang(at + 1, Some(at), Relation::Fixed);
        self.tokens[at].upos = Upos::Adp;
    }

    /// "a local page reports": nothing is compounded with a verb that has a tense; before it stands its subject.
    pub(super) fn subject_of_verb(&mut self, at: usize) {
        let Some(head) = self.tokens[at].head.filter(|head| *head == at + 1) else { return };
        let loose = self.relation(at) == Relation::Compound
            && self.tokens[at].is_nominal()
            && self.tokens[head].upos == Upos::Verb
            && is_finite(&self.tokens[head]);
        let is_subject = |other: &Token| {
            other.relation.is_some_and(|relation| {
                SUBJECTS.contains(&relation) || relation.universal() == "csubj"
            })
        };
        let of_verb = |other: &&Token| other.head == Some(head);
        if !loose || self.tokens.iter().filter(of_verb).any(is_subject) {
            return;
        }
        self.hang(at, Some(head), Relation::Nsubj);
        for other in 0..at {
            let describes = matches!(
                self.relation(other),
                Relation::Det
                    | Relation::Amod
                    | Relation::Nummod
                    | Relation::NmodPoss
                    | Relation::Compound
            );
            if self.tokens[other].head == Some(head) && describes {
                self.tokens[other].head = Some(at);
            }
        }
    }

    /// "the withdrawal from Ras Isa was announced": a preposition binds no verb, but the noun behind it.
    pub(super) fn loose_prepositions(&mut self) {
        for at in 0..self.tokens.len() {
            let Some(head) = self.tokens[at].head.filter(|head| *head > at) else { continue };
            let loose = self.relation(at) == Relation::Case
                && self.tokens[at].upos == Upos::Adp
                && self.tokens[head].upos == Upos::Verb;
            let noun = (at + 1..head).find(|noun| {
                self.tokens[*noun].head == Some(head) && self.tokens[*noun].is_nominal()
            });
            let bound = noun.is_some_and(|noun| {
                (at + 1..noun).any(|other| {
                    self.tokens[other].head == Some(noun) && self.relation(other) == Relation::Case
                })
            });
            if let Some(noun) = noun.filter(|_| loose && !bound) {
                self.hang(at, Some(noun), Relation::Case);
            }
        }
    }
}
