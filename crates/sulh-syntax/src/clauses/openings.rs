//! Takes the words that open and close clauses: "if", "that", "who", commas, semicolons.
//! Invariant: the innermost open clause is the last one opened; the outermost is never closed.

use super::{Builder, Draft};
use crate::chunk::Chunk;
use crate::clause::ClauseRole;

impl Builder<'_> {
    pub(super) fn open_adverbial(&mut self, first: usize, word: &str) {
        // A conjunction before it closes nothing: "and after the truce".
        let top = self.top();
        let mut draft = Draft::new(ClauseRole::Adverbial, Some(top));
        draft.mark = Some(word.to_owned());
        draft.after_comma = self.comma;
        self.push(draft);
        self.touch(first, first);
        self.last_phrase = None;
        self.preposition = None;
    }

    pub(super) fn open_content(&mut self) {
        let top = self.top();
        let is_content = |draft: &Draft| {
            draft.role == ClauseRole::Complement && draft.mark.as_deref() == Some("that")
        };
        if self.conjunction
            && let Some(place) =
                self.open.iter().rposition(|draft| is_content(&self.drafts[*draft]))
        {
            // "claimed that ... and that ...".
            let other = self.open[place];
            self.open.truncate(place);
            let mut draft = Draft::new(ClauseRole::Complement, self.drafts[other].parent);
            draft.joined_to = Some(other);
            draft.mark = Some("that".to_owned());
            self.push(draft);
            self.last_phrase = None;
            return;
        }
        let mut draft = Draft::new(ClauseRole::Complement, Some(top));
        draft.mark = Some("that".to_owned());
        self.push(draft);
        self.last_phrase = None;
        self.preposition = None;
    }

    /// "the deal that the two clans reached in May": the verb lacks its object, which is the deal.
    pub(super) fn describes_concluded(&mut self, at: usize) -> bool {
        let Some((draft, slot)) = self.last_phrase else { return false };
        let head = self.slot_mut(draft, slot).map(|phrase| {
            let core = phrase.conjuncts.last().unwrap_or(phrase);
            core.head
        });
        let closed = &self.lexicon.closed;
        let deal = head
            .is_some_and(|head| closed.concluded.contains(&self.tokens[head].lemma.to_lowercase()));
        let verb = self.chunks[at + 1..]
            .iter()
            .position(|chunk| matches!(chunk, Chunk::Verb(_)))
            .map(|verb| at + 1 + verb);
        deal && verb.is_some_and(|verb| {
            let concludes = matches!(&self.chunks[verb], Chunk::Verb(group)
                if !group.passive && closed.concluding.contains(&group.lemma));
            concludes && !matches!(self.next_chunk(verb), Some(Chunk::Noun(_)))
        })
    }

    /// "the deal they reached in May": the same without "that", right after the noun.
    pub(super) fn describes_bare(&mut self, at: usize) -> bool {
        let plain = self.preposition.is_none() && !self.comma && !self.conjunction;
        let after_noun =
            at.checked_sub(1).is_some_and(|before| matches!(self.chunks[before], Chunk::Noun(_)));
        let verb_next = matches!(self.next_chunk(at), Some(Chunk::Verb(_)));
        plain && after_noun && verb_next && self.describes_concluded(at)
    }

    pub(super) fn open_relative(&mut self, at: usize, word: usize) {
        let top = self.top();
        let antecedent = self.last_phrase.and_then(|(draft, slot)| {
            self.slot_mut(draft, slot).map(|phrase| {
                let mut bare = phrase.conjuncts.last().unwrap_or(phrase).clone();
                bare.conjuncts.clear();
                bare
            })
        });
        let mut draft = Draft::new(ClauseRole::Relative, Some(top));
        draft.after_comma = self.comma;
        let subject_relative = matches!(self.next_chunk(at), Some(Chunk::Verb(_)));
        if subject_relative {
            draft.subject = antecedent;
        } else {
            draft.object = antecedent.filter(|_| self.preposition.is_none());
        }
        self.preposition = None;
        self.push(draft);
        self.touch(word, word);
        self.last_phrase = None;
    }

    pub(super) fn take_comma(&mut self) {
        self.comma = true;
        self.preposition = None;
        while self.open.len() > 1 {
            let draft = &self.drafts[self.top()];
            let below = self.open[self.open.len() - 2];
            let closes = match draft.role {
                ClauseRole::Relative => draft.verb.is_some(),
                ClauseRole::Adverbial => draft.verb.is_some() && !self.has_verb(below),
                ClauseRole::Complement => draft.verb.is_some() && !self.has_verb(below),
                ClauseRole::Main => draft.parenthesis && draft.verb.is_some(),
                ClauseRole::Nominal => false,
            };
            if !closes {
                break;
            }
            self.open.pop();
            self.last_phrase = None;
        }
    }

    pub(super) fn take_stop(&mut self, _word: usize) {
        self.preposition = None;
        self.last_phrase = None;
        if self.has_verb(self.top()) {
            self.open.clear();
            self.push(Draft::new(ClauseRole::Main, None));
        }
    }

    pub(super) fn take_adjective(&mut self, word: usize) {
        self.touch(word, word);
        let draft = self.draft();
        if draft.verb.as_ref().is_some_and(|verb| verb.lemma == "be") && draft.attribute.is_none() {
            draft.attribute = Some(word);
        }
    }

    /// The next chunk that is no adverb or stray mark.
    pub(super) fn next_chunk(&self, at: usize) -> Option<&Chunk> {
        self.chunks[at + 1..].iter().find(|chunk| !matches!(chunk, Chunk::Other(_)))
    }
}
