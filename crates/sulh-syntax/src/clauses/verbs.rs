//! Takes a verb group met in a sentence, gives it a clause: one that waits for it, or a new one.
//! Invariant: every verb group is the predicate of exactly one clause.

use super::{Builder, Draft};
use crate::chunk::{Chunk, VerbGroup};
use crate::clause::{ClauseRole, Tense};
use crate::token::VerbForm;

impl Builder<'_> {
    pub(super) fn take_verb(&mut self, at: usize, group: VerbGroup) {
        if group.is_finite() {
            self.take_finite(group);
        } else if group.infinitive {
            self.take_infinitive(group);
        } else {
            self.take_participle(at, group);
        }
    }

    pub(super) fn set_verb(&mut self, group: VerbGroup) {
        self.touch(group.first, group.last);
        self.draft().verb = Some(group);
        self.last_phrase = None;
        self.preposition = None;
    }

    pub(super) fn take_finite(&mut self, group: VerbGroup) {
        let top = self.top();
        if !self.has_verb(top) {
            return self.set_verb(group);
        }
        if !self.conjunction
            && let Some(place) = self
                .open
                .iter()
                .rposition(|draft| !self.has_verb(*draft) && self.drafts[*draft].subject.is_some())
        {
            // "The fighters who refuse to settle | will leave".
            self.open.truncate(place + 1);
            return self.set_verb(group);
        }
        let bare = group.form == VerbForm::Base && group.modal.is_none();
        let helps = self.drafts[top]
            .verb
            .as_ref()
            .is_some_and(|verb| matches!(verb.lemma.as_str(), "help" | "let" | "make"));
        if bare && helps && !self.conjunction {
            return self.take_infinitive(VerbGroup {
                tense: Tense::None,
                infinitive: true,
                ..group
            });
        }
        let host = self.joinable(&group);
        let mut group = group;
        if bare && let Some(model) = self.drafts[host].verb.as_ref() {
            // "will join and enlist", "to enter and search": the helper holds for both.
            group.modal = model.modal.clone();
            group.tense = model.tense;
            group.infinitive = model.infinitive;
            group.negation = group.negation.or(model.negation);
        }
        let mut draft = Draft::new(self.drafts[host].role, self.drafts[host].parent);
        draft.joined_to = Some(host);
        draft.subject = self.drafts[host].subject.clone();
        draft.after_comma = self.comma;
        while self.open.len() > 1 && self.top() != host {
            self.open.pop();
        }
        self.open.pop();
        self.push(draft);
        self.set_verb(group);
    }

    /// The clause a further verb is joined to: the innermost whose verb has the same form, else the main one.
    pub(super) fn joinable(&self, group: &VerbGroup) -> usize {
        let bare = group.form == VerbForm::Base && group.modal.is_none();
        let same = |draft: &usize| {
            self.drafts[*draft].verb.as_ref().is_some_and(|verb| match bare {
                true => verb.infinitive || verb.modal.is_some() || verb.form == VerbForm::Base,
                false => verb.is_finite() == group.is_finite() && verb.tense == group.tense,
            })
        };
        self.open.iter().copied().rev().find(same).unwrap_or_else(|| self.top())
    }

    pub(super) fn take_infinitive(&mut self, group: VerbGroup) {
        let top = self.top();
        if self.conjunction && self.drafts[top].verb.as_ref().is_some_and(|verb| verb.infinitive) {
            let mut draft = Draft::new(self.drafts[top].role, self.drafts[top].parent);
            draft.joined_to = Some(top);
            draft.subject = self.drafts[top].subject.clone();
            self.open.pop();
            self.push(draft);
            return self.set_verb(group);
        }
        let parent = self.has_verb(top).then_some(top);
        let mut draft = Draft::new(ClauseRole::Complement, parent.or(self.drafts[top].parent));
        let host = &self.drafts[top];
        let controls_object = host.verb.as_ref().is_some_and(|verb| {
            self.lexicon.closed.object_control.contains(verb.lemma.split(' ').next().unwrap_or(""))
                && !verb.passive
        });
        draft.subject = match (&host.object, &host.subject) {
            (Some(object), _) if controls_object => Some(object.clone()),
            (_, subject) => subject.clone(),
        };
        if !self.has_verb(top)
            && self.drafts[top].subject.is_none()
            && self.drafts[top].obliques.is_empty()
        {
            // A list item: "To release all detainees".
            return self.set_verb(group);
        }
        self.push(draft);
        self.set_verb(group);
    }

    pub(super) fn take_participle(&mut self, at: usize, group: VerbGroup) {
        let top = self.top();
        let opens =
            !self.has_verb(top) && self.drafts[top].subject.is_none() && self.preposition.is_none();
        if opens && self.open.len() == 1 && self.drafts[top].obliques.is_empty() {
            return self.open_with_participle(at, group);
        }
        if let Some((_, _, case)) = self.preposition.take() {
            return self.push_participle(ClauseRole::Adverbial, Some(case), group);
        }
        if self.conjunction {
            let host = self.joinable(&group);
            let same = self.drafts[host]
                .verb
                .as_ref()
                .is_some_and(|verb| !verb.is_finite() && verb.form == group.form);
            if same
                || (group.form == VerbForm::PastParticiple
                    && self.drafts[host]
                        .verb
                        .as_ref()
                        .is_some_and(|verb| verb.passive || verb.perfect))
            {
                return self.join_participle(host, group);
            }
        }
        if self.drafts[top].role == ClauseRole::Adverbial && !self.has_verb(top) {
            // "after entering the town": the subordinator's own clause.
            if self.drafts[top].subject.is_none() {
                self.drafts[top].subject =
                    self.drafts[top].parent.and_then(|parent| self.drafts[parent].subject.clone());
            }
            return self.set_verb(group);
        }
        let waiting = !self.has_verb(top) && self.drafts[top].subject.is_some();
        let after_noun = self.last_phrase.is_some() && (!self.comma || waiting);
        match after_noun {
            true => self.describe_last_phrase(group),
            false if self.comma => self.push_participle(ClauseRole::Adverbial, None, group),
            false => self.push_participle(ClauseRole::Complement, None, group),
        }
    }

    /// A sentence or list item that begins with a participle: "Releasing all detainees", "Held since May, he ...".
    pub(super) fn open_with_participle(&mut self, at: usize, group: VerbGroup) {
        let main_follows = self.chunks[at + 1..]
            .iter()
            .skip_while(|chunk| !matches!(chunk, Chunk::Comma(_)))
            .any(|chunk| matches!(chunk, Chunk::Verb(verb) if verb.is_finite()));
        if main_follows {
            self.push(Draft::new(ClauseRole::Adverbial, None));
        }
        self.set_verb(group);
    }

    pub(super) fn join_participle(&mut self, host: usize, group: VerbGroup) {
        let of_host = |draft: &Draft| draft.verb.clone();
        let mut verb = group;
        if let Some(model) = of_host(&self.drafts[host]) {
            verb.passive = model.passive;
            verb.perfect = model.perfect;
            verb.tense = model.tense;
            verb.modal = model.modal;
            verb.progressive = model.progressive && verb.form == VerbForm::Gerund;
        }
        let mut draft = Draft::new(self.drafts[host].role, self.drafts[host].parent);
        draft.joined_to = Some(host);
        draft.mark = self.drafts[host].mark.clone();
        draft.subject = self.drafts[host].subject.clone();
        while self.open.len() > 1 && self.top() != host {
            self.open.pop();
        }
        self.open.pop();
        self.push(draft);
        self.set_verb(verb);
    }

    pub(super) fn push_participle(
        &mut self,
        role: ClauseRole,
        mark: Option<String>,
        group: VerbGroup,
    ) {
        let top = self.top();
        let mut draft = Draft::new(role, self.has_verb(top).then_some(top));
        // "accused them of shelling", "kept them from leaving": the object does it.
        let object = self.drafts[top]
            .object
            .as_ref()
            .filter(|_| matches!(mark.as_deref(), Some("of" | "from")));
        draft.subject = object.or(self.drafts[top].subject.as_ref()).cloned();
        draft.mark = mark;
        draft.after_comma = self.comma;
        self.push(draft);
        self.set_verb(group);
    }

    pub(super) fn describe_last_phrase(&mut self, group: VerbGroup) {
        let Some((draft, slot)) = self.last_phrase else { return };
        let antecedent = self.slot_mut(draft, slot).map(|phrase| {
            let mut bare = phrase.conjuncts.last().unwrap_or(phrase).clone();
            bare.conjuncts.clear();
            bare
        });
        let mut relative = Draft::new(ClauseRole::Relative, Some(draft));
        relative.subject = antecedent;
        self.push(relative);
        self.set_verb(group);
    }
}
