//! Takes the chunks of a sentence, gives its clauses.
//! Invariant: one clause for every verb group, in the order of the verbs; a parent stands in the same list
//! and never below its own child.

use crate::chunk::{Chunk, NounGroup, VerbGroup};
use crate::clause::{Clause, ClauseRole, Predicate, Tense};
use crate::lexicon::Lexicon;
use crate::phrase::{Oblique, Phrase};
use crate::token::{Token, Upos, VerbForm};
use sulh_model::span::Span;

/// The clauses of a sentence.
pub(crate) fn clauses(tokens: &[Token], chunks: &[Chunk], lexicon: &Lexicon) -> Vec<Clause> {
    let mut builder = Builder {
        tokens,
        chunks,
        lexicon,
        drafts: vec![Draft::new(ClauseRole::Main, None)],
        open: vec![0],
        preposition: None,
        conjunction: false,
        comma: false,
        last_phrase: None,
    };
    for at in 0..chunks.len() {
        builder.take(at);
    }
    builder.finish()
}

/// A clause in the making.
#[derive(Debug)]
struct Draft {
    role: ClauseRole,
    parent: Option<usize>,
    joined_to: Option<usize>,
    mark: Option<String>,
    subject: Option<Phrase>,
    verb: Option<VerbGroup>,
    object: Option<Phrase>,
    indirect_object: Option<Phrase>,
    obliques: Vec<Oblique>,
    attribute: Option<usize>,
    after_comma: bool,
    words: Option<(usize, usize)>,
}

impl Draft {
    const fn new(role: ClauseRole, parent: Option<usize>) -> Self {
        Self {
            role,
            parent,
            joined_to: None,
            mark: None,
            subject: None,
            verb: None,
            object: None,
            indirect_object: None,
            obliques: Vec::new(),
            attribute: None,
            after_comma: false,
            words: None,
        }
    }
}

/// Where the phrase met last was put, so that what follows can hang on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Subject,
    Object,
    Oblique(usize),
}

struct Builder<'a> {
    tokens: &'a [Token],
    chunks: &'a [Chunk],
    lexicon: &'a Lexicon,
    drafts: Vec<Draft>,
    /// The drafts that can still take words, innermost last. Never empty.
    open: Vec<usize>,
    preposition: Option<(usize, usize, String)>,
    conjunction: bool,
    comma: bool,
    last_phrase: Option<(usize, Slot)>,
}

impl Builder<'_> {
    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn draft(&mut self) -> &mut Draft {
        let top = self.top();
        &mut self.drafts[top]
    }

    fn has_verb(&self, draft: usize) -> bool {
        self.drafts[draft].verb.is_some()
    }

    fn push(&mut self, draft: Draft) -> usize {
        let index = self.drafts.len();
        self.drafts.push(draft);
        self.open.push(index);
        index
    }

    fn touch(&mut self, first: usize, last: usize) {
        let words = &mut self.draft().words;
        *words = Some(words.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
    }

    fn take(&mut self, at: usize) {
        match &self.chunks[at] {
            Chunk::Noun(group) => self.take_noun(at, *group),
            Chunk::Time(group) => self.take_time(*group),
            Chunk::Verb(group) => self.take_verb(at, group.clone()),
            Chunk::Preposition { first, last, case } => {
                self.conjunction = false;
                self.preposition = Some((*first, *last, case.clone()));
                return;
            }
            Chunk::Subordinator { first, word, .. } => self.open_adverbial(*first, word),
            Chunk::That(_) => self.open_content(),
            Chunk::Relative(word) => self.open_relative(at, *word),
            Chunk::Conjunction(_) => {
                self.conjunction = true;
                return;
            }
            Chunk::Comma(_) => self.take_comma(),
            Chunk::Stop(word) => self.take_stop(*word),
            Chunk::Adjective(word) => self.take_adjective(*word),
            Chunk::Other(_) => return,
        }
        if !matches!(self.chunks[at], Chunk::Comma(_) | Chunk::Other(_)) {
            self.comma = false;
        }
        if !matches!(self.chunks[at], Chunk::Adjective(_)) {
            self.conjunction = false;
        }
    }

    /// The next chunk that is no adverb or stray mark.
    fn next_chunk(&self, at: usize) -> Option<&Chunk> {
        self.chunks[at + 1..].iter().find(|chunk| !matches!(chunk, Chunk::Other(_)))
    }

    fn finite_next(&self, at: usize) -> bool {
        let mut rest = self.chunks[at + 1..]
            .iter()
            .filter(|chunk| !matches!(chunk, Chunk::Other(_) | Chunk::Time(_)));
        match rest.next() {
            Some(Chunk::Verb(group)) => group.is_finite(),
            // "the convoys to Madaya were": over prepositional phrases to the verb.
            Some(Chunk::Preposition { .. }) => {
                let rest: Vec<&Chunk> = rest.collect();
                rest.iter()
                    .find(|chunk| !matches!(chunk, Chunk::Noun(_) | Chunk::Preposition { .. }))
                    .is_some_and(|chunk| matches!(chunk, Chunk::Verb(group) if group.is_finite()))
            }
            _ => false,
        }
    }

    fn phrase(&self, group: NounGroup) -> Phrase {
        let span = self.tokens[group.first].span.cover(self.tokens[group.last].span);
        Phrase {
            head: group.head,
            words: (group.first, group.last),
            span,
            modifiers: Vec::new(),
            conjuncts: Vec::new(),
        }
    }

    fn slot_mut(&mut self, draft: usize, slot: Slot) -> Option<&mut Phrase> {
        let draft = self.drafts.get_mut(draft)?;
        match slot {
            Slot::Subject => draft.subject.as_mut(),
            Slot::Object => draft.object.as_mut(),
            Slot::Oblique(index) => {
                draft.obliques.get_mut(index).map(|oblique| &mut oblique.phrase)
            }
        }
    }

    fn take_time(&mut self, group: NounGroup) {
        self.touch(group.first, group.last);
        let case = self.preposition.take().map_or(String::new(), |(_, _, case)| case);
        let phrase = self.phrase(group);
        self.draft().obliques.push(Oblique { case, phrase });
    }

    fn take_noun(&mut self, at: usize, group: NounGroup) {
        let phrase = self.phrase(group);
        if let Some((first, _, case)) = self.preposition.take() {
            self.touch(first, group.last);
            return self.take_bound(case, phrase);
        }
        let top = self.top();
        let finite_next = self.finite_next(at);
        if self.conjunction && !(finite_next && self.has_verb(top)) && self.join(phrase.clone()) {
            return self.touch(group.first, group.last);
        }
        if !self.has_verb(top) {
            return self.take_subject(group, phrase);
        }
        if finite_next && self.opens_clause(top) {
            self.open_clause_with_subject(top);
            self.touch(group.first, group.last);
            self.draft().subject = Some(phrase);
            self.last_phrase = Some((self.top(), Slot::Subject));
            return;
        }
        if self.comma && (self.drafts[top].object.is_some() || self.last_phrase.is_some()) {
            // "the governor, a former officer, signed" and the items of a list both come here.
            if self.list_goes_on(at) {
                self.join(phrase);
            }
            return self.touch(group.first, group.last);
        }
        self.take_object(group, phrase);
    }

    fn take_subject(&mut self, group: NounGroup, phrase: Phrase) {
        self.touch(group.first, group.last);
        if self.draft().subject.is_some() && self.comma {
            return;
        }
        self.draft().subject = Some(phrase);
        self.last_phrase = Some((self.top(), Slot::Subject));
    }

    fn take_object(&mut self, group: NounGroup, phrase: Phrase) {
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
    fn list_goes_on(&self, at: usize) -> bool {
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
    fn join(&mut self, phrase: Phrase) -> bool {
        let Some((draft, slot)) = self.last_phrase else { return false };
        let tokens = self.tokens;
        let lexicon = self.lexicon;
        let of_action =
            |phrase: &Phrase| lexicon.verb_of_noun(&tokens[phrase.head].lemma).is_some();
        let Some(host) = self.slot_mut(draft, slot) else { return false };
        if !host.modifiers.is_empty() && !(of_action(&phrase) && of_action(host)) {
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
    fn take_bound(&mut self, case: String, phrase: Phrase) {
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

    fn hangs_on_noun(&mut self, case: &str, phrase: &Phrase, draft: usize, slot: Slot) -> bool {
        let Some(host) = self.slot_mut(draft, slot) else { return false };
        let inner = host.conjuncts.last().unwrap_or(host);
        // Something stood between: another phrase, a comma, a verb.
        let ends = inner.modifiers.iter().map(|m| m.phrase.words.1).max().unwrap_or(inner.words.1);
        let head = inner.head;
        let adjacent = phrase.words.0 <= ends + 5 && !self.comma;
        if !adjacent {
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
    fn opens_clause(&self, top: usize) -> bool {
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

    fn open_clause_with_subject(&mut self, top: usize) {
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

    fn main_draft(&self) -> Option<usize> {
        self.open
            .iter()
            .copied()
            .find(|draft| self.drafts[*draft].role == ClauseRole::Main && self.has_verb(*draft))
    }

    fn take_verb(&mut self, at: usize, group: VerbGroup) {
        if group.is_finite() {
            self.take_finite(group);
        } else if group.infinitive {
            self.take_infinitive(group);
        } else {
            self.take_participle(at, group);
        }
    }

    fn set_verb(&mut self, group: VerbGroup) {
        self.touch(group.first, group.last);
        self.draft().verb = Some(group);
        self.last_phrase = None;
        self.preposition = None;
    }

    fn take_finite(&mut self, group: VerbGroup) {
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
    fn joinable(&self, group: &VerbGroup) -> usize {
        let bare = group.form == VerbForm::Base && group.modal.is_none();
        let same = |draft: &usize| {
            self.drafts[*draft].verb.as_ref().is_some_and(|verb| match bare {
                true => verb.infinitive || verb.modal.is_some() || verb.form == VerbForm::Base,
                false => verb.is_finite() == group.is_finite() && verb.tense == group.tense,
            })
        };
        self.open.iter().copied().rev().find(same).unwrap_or_else(|| self.top())
    }

    fn take_infinitive(&mut self, group: VerbGroup) {
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

    fn take_participle(&mut self, at: usize, group: VerbGroup) {
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
        let after_noun = self.last_phrase.is_some() && !self.comma;
        match after_noun {
            true => self.describe_last_phrase(group),
            false if self.comma => self.push_participle(ClauseRole::Adverbial, None, group),
            false => self.push_participle(ClauseRole::Complement, None, group),
        }
    }

    /// A sentence or list item that begins with a participle: "Releasing all detainees", "Held since May, he ...".
    fn open_with_participle(&mut self, at: usize, group: VerbGroup) {
        let main_follows = self.chunks[at + 1..]
            .iter()
            .skip_while(|chunk| !matches!(chunk, Chunk::Comma(_)))
            .any(|chunk| matches!(chunk, Chunk::Verb(verb) if verb.is_finite()));
        if main_follows {
            self.push(Draft::new(ClauseRole::Adverbial, None));
        }
        self.set_verb(group);
    }

    fn join_participle(&mut self, host: usize, group: VerbGroup) {
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

    fn push_participle(&mut self, role: ClauseRole, mark: Option<String>, group: VerbGroup) {
        let top = self.top();
        let mut draft = Draft::new(role, self.has_verb(top).then_some(top));
        draft.subject = self.drafts[top].subject.clone();
        draft.mark = mark;
        draft.after_comma = self.comma;
        self.push(draft);
        self.set_verb(group);
    }

    fn describe_last_phrase(&mut self, group: VerbGroup) {
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

    fn open_adverbial(&mut self, first: usize, word: &str) {
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

    fn open_content(&mut self) {
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

    fn open_relative(&mut self, at: usize, word: usize) {
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

    fn take_comma(&mut self) {
        self.comma = true;
        self.preposition = None;
        while self.open.len() > 1 {
            let draft = &self.drafts[self.top()];
            let below = self.open[self.open.len() - 2];
            let closes = match draft.role {
                ClauseRole::Relative => draft.verb.is_some(),
                ClauseRole::Adverbial => draft.verb.is_some() && !self.has_verb(below),
                ClauseRole::Complement => draft.verb.is_some() && !self.has_verb(below),
                ClauseRole::Main | ClauseRole::Nominal => false,
            };
            if !closes {
                break;
            }
            self.open.pop();
            self.last_phrase = None;
        }
    }

    fn take_stop(&mut self, _word: usize) {
        self.preposition = None;
        self.last_phrase = None;
        if self.has_verb(self.top()) {
            self.open.clear();
            self.push(Draft::new(ClauseRole::Main, None));
        }
    }

    fn take_adjective(&mut self, word: usize) {
        self.touch(word, word);
        let draft = self.draft();
        if draft.verb.as_ref().is_some_and(|verb| verb.lemma == "be") && draft.attribute.is_none() {
            draft.attribute = Some(word);
        }
    }

    fn finish(self) -> Vec<Clause> {
        let kept: Vec<usize> =
            (0..self.drafts.len()).filter(|draft| self.drafts[*draft].verb.is_some()).collect();
        let mut order = kept.clone();
        order.sort_by_key(|draft| self.drafts[*draft].verb.as_ref().map_or(0, |verb| verb.main));
        let place = |draft: usize| order.iter().position(|other| *other == draft);
        // A parent without a verb passes its children to its own parent.
        let parent_of = |draft: usize| {
            let mut next = self.drafts[draft].parent;
            let mut steps = 0;
            while let Some(parent) = next {
                if self.drafts[parent].verb.is_some() && parent != draft {
                    return place(parent);
                }
                next = self.drafts[parent].parent;
                steps += 1;
                if steps > self.drafts.len() {
                    break;
                }
            }
            None
        };
        let mut clauses: Vec<Clause> = order
            .iter()
            .filter_map(|draft| {
                let joined = self.drafts[*draft].joined_to.and_then(place);
                self.clause(&self.drafts[*draft], parent_of(*draft), joined)
            })
            .collect();
        stretch_over_children(&mut clauses);
        clauses
    }

    fn clause(
        &self,
        draft: &Draft,
        parent: Option<usize>,
        joined_to: Option<usize>,
    ) -> Option<Clause> {
        let verb = draft.verb.clone()?;
        let mut obliques = draft.obliques.clone();
        let by = obliques.iter().position(|oblique| verb.passive && oblique.case == "by");
        let agent = by.map(|index| obliques.remove(index).phrase);
        let (first, last) = draft.words.unwrap_or((verb.first, verb.last));
        let mut span = self.tokens[first].span.cover(self.tokens[last].span);
        for phrase in draft.object.iter().chain(obliques.iter().map(|o| &o.phrase)).chain(&agent) {
            span = span.cover(phrase.full_span()).cover(span);
        }
        let negation = verb.negation.map(|at| self.tokens[at].span).or_else(|| {
            draft.subject.as_ref().and_then(|subject| self.negative_determiner(subject)).or_else(
                || draft.object.as_ref().and_then(|object| self.negative_determiner(object)),
            )
        });
        let finite_without_subject = verb.is_finite() && draft.subject.is_none();
        let mut confidence: f32 = if finite_without_subject { 0.5 } else { 0.8 };
        if draft.indirect_object.is_some() {
            confidence -= 0.1;
        }
        Some(Clause {
            role: draft.role,
            parent,
            joined_to,
            predicate: Predicate {
                word: verb.main,
                span: self.tokens[verb.first].span.cover(self.tokens[verb.last].span),
                lemma: verb.lemma,
                form: verb.form,
                tense: verb.tense,
                perfect: verb.perfect,
                progressive: verb.progressive,
                passive: verb.passive,
                modal: verb.modal,
                negation,
                adverbs: verb.adverbs,
            },
            subject: draft.subject.clone(),
            object: draft.object.clone(),
            indirect_object: draft.indirect_object.clone(),
            agent,
            obliques,
            attribute: draft.attribute,
            mark: draft.mark.clone(),
            span,
            confidence,
        })
    }

    /// "No fighters surrendered": the negation stands on the noun.
    fn negative_determiner(&self, phrase: &Phrase) -> Option<Span> {
        let first = &self.tokens[phrase.words.0];
        (first.upos == Upos::Det && matches!(first.lemma.as_str(), "no" | "neither"))
            .then_some(first.span)
    }
}

/// A clause reaches over the clauses that hang on it, relative ones before its verb included.
fn stretch_over_children(clauses: &mut [Clause]) {
    for _ in 0..3 {
        for at in 0..clauses.len() {
            if let Some(parent) = clauses[at].parent.filter(|parent| *parent != at) {
                let child = clauses[at].span;
                clauses[parent].span = clauses[parent].span.cover(child);
            }
        }
    }
}

/// Nouns of action read as clauses: "the release of detainees by the militia".
pub(crate) fn nominal_clauses(
    tokens: &[Token],
    clauses: &[Clause],
    lone: &[Phrase],
    lexicon: &Lexicon,
) -> Vec<Clause> {
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let phrases = clause
            .subject
            .iter()
            .chain(&clause.object)
            .chain(&clause.indirect_object)
            .chain(&clause.agent);
        for phrase in phrases.chain(clause.obliques.iter().map(|oblique| &oblique.phrase)) {
            collect_nominals(tokens, phrase, Some(at), lexicon, &mut found);
        }
    }
    for phrase in lone {
        collect_nominals(tokens, phrase, None, lexicon, &mut found);
    }
    found.sort_by_key(|clause| clause.predicate.word);
    found.dedup_by_key(|clause| clause.predicate.word);
    found
}

fn collect_nominals(
    tokens: &[Token],
    phrase: &Phrase,
    parent: Option<usize>,
    lexicon: &Lexicon,
    found: &mut Vec<Clause>,
) {
    for part in phrase.each() {
        if let Some(clause) = nominal_clause(tokens, part, parent, lexicon) {
            found.push(clause);
        }
        for modifier in &part.modifiers {
            collect_nominals(tokens, &modifier.phrase, parent, lexicon, found);
        }
    }
}

fn nominal_clause(
    tokens: &[Token],
    phrase: &Phrase,
    parent: Option<usize>,
    lexicon: &Lexicon,
) -> Option<Clause> {
    let head = &tokens[phrase.head];
    let lemma = lexicon.verb_of_noun(&head.lemma)?.to_owned();
    let take = |case: &str| phrase.modifier(case).cloned();
    let (first, head_at) = (phrase.words.0, phrase.head);
    let possessor = possessor(tokens, phrase);
    let compound = (head_at > first
        && matches!(tokens[head_at - 1].upos, Upos::Noun | Upos::Propn))
    .then(|| Phrase {
        head: head_at - 1,
        words: (head_at - 1, head_at - 1),
        span: tokens[head_at - 1].span,
        modifiers: Vec::new(),
        conjuncts: Vec::new(),
    });
    let negation = (tokens[first].upos == Upos::Det && tokens[first].lemma == "no")
        .then_some(tokens[first].span);
    let of = take("of");
    Some(Clause {
        role: ClauseRole::Nominal,
        parent,
        joined_to: None,
        predicate: Predicate {
            word: head_at,
            lemma,
            span: head.span,
            form: VerbForm::Base,
            tense: Tense::None,
            perfect: false,
            progressive: false,
            passive: false,
            modal: None,
            negation,
            adverbs: Vec::new(),
        },
        subject: take("by").or(possessor),
        object: of.or(compound),
        indirect_object: None,
        agent: None,
        obliques: phrase
            .modifiers
            .iter()
            .filter(|modifier| !matches!(modifier.case.as_str(), "of" | "by"))
            .cloned()
            .collect(),
        attribute: None,
        mark: None,
        span: phrase.own_span(),
        confidence: 0.7,
    })
}

/// "the army's withdrawal": the phrase before the possessive mark.
fn possessor(tokens: &[Token], phrase: &Phrase) -> Option<Phrase> {
    let (first, _) = phrase.words;
    let mark = (first..phrase.head).find(|at| tokens[*at].upos == Upos::Part)?;
    let head = mark.checked_sub(1).filter(|at| *at >= first)?;
    Some(Phrase {
        head,
        words: (first, head),
        span: tokens[first].span.cover(tokens[head].span),
        modifiers: Vec::new(),
        conjuncts: Vec::new(),
    })
}
