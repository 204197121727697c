//! Takes a noun phrase met in a sentence, gives it its place: subject, object, what hangs on a noun or a verb.
//! Invariant: a phrase is put in one place only.

use super::{Builder, Draft, Slot};
use crate::calendar::is_time_name;
use crate::chunk::{Chunk, NounGroup};
use crate::clause::ClauseRole;
use crate::phrase::{Oblique, Phrase};
use crate::token::Upos;

impl Builder<'_> {
    pub(super) fn finite_next(&self, at: usize) -> bool {
        let rest: Vec<&Chunk> = self.chunks[at + 1..]
            .iter()
            .filter(|chunk| !matches!(chunk, Chunk::Other(_) | Chunk::Time(_)))
            .collect();
        let verb_at = |skip: &dyn Fn(&Chunk) -> bool| {
            rest.iter()
                .find(|chunk| !skip(chunk))
                .is_some_and(|chunk| matches!(chunk, Chunk::Verb(group) if group.is_finite()))
        };
        match rest.first() {
            Some(Chunk::Verb(group)) => group.is_finite(),
            // "the convoys to Madaya were": over prepositional phrases to the verb.
            Some(Chunk::Preposition { .. }) => {
                verb_at(&|chunk| matches!(chunk, Chunk::Noun(_) | Chunk::Preposition { .. }))
            }
            // "..., residents and a doctor said".
            Some(Chunk::Conjunction(_)) if self.comma => {
                self.says_next(at)
                    && verb_at(&|chunk| matches!(chunk, Chunk::Noun(_) | Chunk::Conjunction(_)))
            }
            _ => false,
        }
    }

    pub(super) fn phrase(&self, group: NounGroup) -> Phrase {
        let span = self.tokens[group.first].span.cover(self.tokens[group.last].span);
        Phrase {
            head: group.head,
            words: (group.first, group.last),
            span,
            modifiers: Vec::new(),
            conjuncts: Vec::new(),
            appositions: Vec::new(),
        }
    }

    pub(super) fn take_time(&mut self, group: NounGroup) {
        self.touch(group.first, group.last);
        let case = self.preposition.take().map_or(String::new(), |(_, _, case)| case);
        let phrase = self.phrase(group);
        self.draft().obliques.push(Oblique { case, phrase });
    }

    pub(super) fn take_noun(&mut self, at: usize, group: NounGroup) {
        let phrase = self.phrase(group);
        if let Some((first, _, case)) = self.preposition.take() {
            self.touch(first, group.last);
            return self.take_bound(case, phrase);
        }
        let top = self.top();
        let finite_next = self.finite_next(at);
        if self.conjunction && !(finite_next && self.has_verb(top)) && self.join(at, phrase.clone())
        {
            return self.touch(group.first, group.last);
        }
        if !self.has_verb(top) {
            if self.comma && self.drafts[top].subject.is_some() && self.is_parenthesis(at) {
                return self.open_parenthesis(group, phrase);
            }
            return self.take_subject(group, phrase);
        }
        if finite_next && self.opens_clause(top) {
            self.open_clause_with_subject(at, top);
            self.touch(group.first, group.last);
            self.draft().subject = Some(phrase);
            self.last_phrase = Some((self.top(), Slot::Subject));
            return;
        }
        if self.comma && (self.drafts[top].object.is_some() || self.last_phrase.is_some()) {
            // "the governor, a former officer, signed" and the items of a list both come here.
            if self.list_goes_on(at) {
                self.join(at, phrase);
            }
            return self.touch(group.first, group.last);
        }
        self.take_object(group, phrase);
    }

    /// The next verb is a word of saying.
    fn says_next(&self, at: usize) -> bool {
        let verb = self.chunks[at + 1..].iter().find_map(|chunk| match chunk {
            Chunk::Verb(verb) => Some(verb),
            _ => None,
        });
        verb.is_some_and(|verb| {
            verb.is_finite() && self.lexicon.reporting.verbs.contains(&verb.lemma)
        })
    }

    /// ", the envoy said,": a phrase with a word of saying, closed by another comma.
    fn is_parenthesis(&self, at: usize) -> bool {
        let mut rest =
            self.chunks[at + 1..].iter().filter(|chunk| !matches!(chunk, Chunk::Other(_)));
        let says = matches!(rest.next(), Some(Chunk::Verb(verb)) if verb.is_finite() && self.lexicon.reporting.postposed.contains(&verb.lemma));
        let closed = rest.find(|chunk| {
            !matches!(chunk, Chunk::Time(_) | Chunk::Noun(_) | Chunk::Preposition { .. })
        });
        says && matches!(closed, Some(Chunk::Comma(_)))
    }

    fn open_parenthesis(&mut self, group: NounGroup, phrase: Phrase) {
        let mut draft = Draft::new(ClauseRole::Main, None);
        draft.parenthesis = true;
        draft.subject = Some(phrase);
        self.push(draft);
        self.touch(group.first, group.last);
        self.last_phrase = Some((self.top(), Slot::Subject));
    }

    pub(super) fn take_subject(&mut self, group: NounGroup, phrase: Phrase) {
        self.touch(group.first, group.last);
        if self.draft().subject.is_some() && self.comma {
            return;
        }
        self.draft().subject = Some(phrase);
        self.last_phrase = Some((self.top(), Slot::Subject));
    }

    pub(super) fn take_object(&mut self, group: NounGroup, phrase: Phrase) {
        self.touch(group.first, group.last);
        let top = self.top();
        let draft = self.draft();
        if let Some(object) = draft.object.take() {
            draft.indirect_object = Some(object);
        }
        draft.object = Some(phrase);
        self.last_phrase = Some((top, Slot::Object));
    }

    /// A comma list ends in "and": look for it before the next verb.
    pub(super) fn list_goes_on(&self, at: usize) -> bool {
        self.chunks[at + 1..]
            .iter()
            .take_while(|chunk| {
                !matches!(
                    chunk,
                    Chunk::Verb(_) | Chunk::Stop(_) | Chunk::Relative(_) | Chunk::That(_)
                )
            })
            .any(|chunk| matches!(chunk, Chunk::Conjunction(_)))
    }

    /// Joins a phrase to the one met last: "the army and the elders".
    pub(super) fn join(&mut self, at: usize, phrase: Phrase) -> bool {
        let Some((draft, slot)) = self.last_phrase else { return false };
        let next_case = match self.next_chunk(at) {
            Some(Chunk::Preposition { case, .. }) => Some(case.clone()),
            _ => None,
        };
        let tokens = self.tokens;
        let lexicon = self.lexicon;
        let of_action =
            |phrase: &Phrase| lexicon.verb_of_noun(&tokens[phrase.head].lemma).is_some();
        let Some(host) = self.slot_mut(draft, slot) else { return false };
        let both_of_action = of_action(&phrase) && of_action(host);
        let parallel = host.modifiers.last().is_some_and(|modifier| {
            let article = |phrase: &Phrase| tokens[phrase.words.0].upos == Upos::Det;
            let tied = matches!(modifier.case.as_str(), "of" | "from" | "in");
            // "the government of X and the rebels", "elders of X and leaders of Y": the two heads are joined.
            let same_case = next_case.as_deref() == Some(modifier.case.as_str());
            tied && ((article(&phrase) && !article(&modifier.phrase)) || same_case)
        });
        if !host.modifiers.is_empty() && !both_of_action && !parallel {
            // "a meeting between officers and elders": to the innermost phrase.
            let modifiers = match host.conjuncts.last_mut() {
                Some(last) => &mut last.modifiers,
                None => &mut host.modifiers,
            };
            if let Some(inner) = modifiers.last_mut() {
                inner.phrase.conjuncts.push(phrase);
            }
            return true;
        }
        host.conjuncts.push(phrase);
        true
    }

    /// A phrase after a preposition: it hangs on the noun before it, or on the verb.
    pub(super) fn take_bound(&mut self, case: String, phrase: Phrase) {
        let top = self.top();
        let on_noun = self.last_phrase.filter(|(draft, slot)| {
            *draft == top && self.hangs_on_noun(&case, &phrase, *draft, *slot)
        });
        if let Some((draft, slot)) = on_noun
            && let Some(host) = self.slot_mut(draft, slot)
        {
            let host = match host.conjuncts.is_empty() {
                true => host,
                false => {
                    let last = host.conjuncts.len() - 1;
                    &mut host.conjuncts[last]
                }
            };
            // "the release of detainees from prison": "of" binds to the innermost noun, others to the outer one.
            match host.modifiers.last_mut().filter(|_| matches!(case.as_str(), "of" | "from")) {
                Some(inner) if inner.phrase.conjuncts.is_empty() => {
                    inner.phrase.modifiers.push(Oblique { case, phrase })
                }
                Some(inner) => {
                    if let Some(last) = inner.phrase.conjuncts.last_mut() {
                        last.modifiers.push(Oblique { case, phrase });
                    }
                }
                None => host.modifiers.push(Oblique { case, phrase }),
            }
            return;
        }
        if case == "by" && self.drafts[top].verb.as_ref().is_some_and(|verb| verb.passive) {
            let draft = self.draft();
            draft.obliques.push(Oblique { case, phrase });
            let index = draft.obliques.len() - 1;
            self.last_phrase = Some((top, Slot::Oblique(index)));
            return;
        }
        let draft = self.draft();
        draft.obliques.push(Oblique { case, phrase });
        let index = draft.obliques.len() - 1;
        self.last_phrase = Some((top, Slot::Oblique(index)));
    }

    pub(super) fn hangs_on_noun(
        &mut self,
        case: &str,
        phrase: &Phrase,
        draft: usize,
        slot: Slot,
    ) -> bool {
        let Some(host) = self.slot_mut(draft, slot) else { return false };
        let inner = host.conjuncts.last().unwrap_or(host);
        // Something stood between: another phrase, a comma, a verb.
        let ends = inner.modifiers.iter().map(|m| m.phrase.words.1).max().unwrap_or(inner.words.1);
        let head = inner.head;
        let mut words = inner.words.0..=inner.words.1;
        let adjacent = phrase.words.0 <= ends + 5 && !self.comma;
        // "in early October between the clans": a month has no parties.
        let is_time = words.any(|at| is_time_name(&self.tokens[at].lemma.to_lowercase()));
        if !adjacent || (is_time && case != "of") {
            return false;
        }
        let noun_of_action = self.lexicon.verb_of_noun(&self.tokens[head].lemma).is_some();
        let before_verb = !self.has_verb(draft);
        let verb_takes_from = self.drafts[draft]
            .verb
            .as_ref()
            .is_some_and(|verb| self.lexicon.closed.from_verbs.contains(&verb.lemma));
        match case {
            "of" | "between" | "such as" => true,
            "according to" | "in exchange for" | "in return for" | "under" | "in" | "on"
                if !noun_of_action =>
            {
                before_verb && slot == Slot::Subject && case != "according to"
            }
            "from" => !verb_takes_from || (noun_of_action && slot != Slot::Object),
            "according to" | "in exchange for" | "in return for" | "as" | "after" | "before" => {
                false
            }
            _ => noun_of_action || (before_verb && slot == Slot::Subject),
        }
    }

    /// Whether a phrase with a finite verb after it opens a clause of its own here.
    pub(super) fn opens_clause(&self, top: usize) -> bool {
        let waiting = self
            .open
            .iter()
            .any(|draft| !self.has_verb(*draft) && self.drafts[*draft].subject.is_some());
        if waiting && !self.conjunction {
            // "The fighters who refuse the deal | will leave": the verb to come belongs to the fighters.
            return false;
        }
        let draft = &self.drafts[top];
        let speaks = draft
            .verb
            .as_ref()
            .is_some_and(|verb| self.lexicon.reporting.bare_complement.contains(&verb.lemma));
        speaks
            || self.conjunction
            || self.comma
            || draft.object.is_some()
            || draft.role != ClauseRole::Main
            || draft.attribute.is_some()
            || draft.verb.as_ref().is_some_and(|verb| verb.passive || verb.infinitive)
            || !draft.obliques.is_empty()
    }

    pub(super) fn open_clause_with_subject(&mut self, at: usize, top: usize) {
        let bare = self.drafts[top]
            .verb
            .as_ref()
            .is_some_and(|verb| self.lexicon.reporting.bare_complement.contains(&verb.lemma));
        let lets = self.drafts[top]
            .verb
            .as_ref()
            .is_some_and(|verb| matches!(verb.lemma.as_str(), "let" | "help" | "make"));
        if lets && !self.comma && !self.conjunction {
            self.push(Draft::new(ClauseRole::Complement, Some(top)));
            return;
        }
        let told = self.drafts[top].object.is_none()
            || self.drafts[top].verb.as_ref().is_some_and(|verb| verb.lemma == "tell");
        if bare && told && !self.comma && !self.conjunction {
            self.push(Draft::new(ClauseRole::Complement, Some(top)));
            return;
        }
        // An enclosing clause that still waits for its verb takes it: "after the siege, troops entered".
        if let Some(place) = self.open.iter().rposition(|draft| !self.has_verb(*draft))
            && self.drafts[self.open[place]].subject.is_none()
        {
            self.open.truncate(place + 1);
            return;
        }
        let role = self.drafts[top].role;
        let (role, parent, joined) = match role {
            // "said they had left, but the army denied": the second speaker is not what the first says.
            _ if self.conjunction && self.says_next(at) => (ClauseRole::Main, None, None),
            ClauseRole::Complement if self.conjunction => {
                (role, self.drafts[top].parent, Some(top))
            }
            _ if self.conjunction => (ClauseRole::Main, None, self.main_draft()),
            _ => (ClauseRole::Main, None, None),
        };
        let mut draft = Draft::new(role, parent);
        draft.joined_to = joined;
        draft.after_comma = self.comma;
        if role == ClauseRole::Main {
            self.open.clear();
        } else {
            self.open.pop();
        }
        self.push(draft);
    }

    pub(super) fn main_draft(&self) -> Option<usize> {
        self.open
            .iter()
            .copied()
            .find(|draft| self.drafts[*draft].role == ClauseRole::Main && self.has_verb(*draft))
    }
}
