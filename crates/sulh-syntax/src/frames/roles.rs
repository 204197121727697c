//! Takes the clauses of a sentence in outline, gives them with their verbs and with who does what to whom.
//! Invariant: an argument is what the tree hangs on the verb; taken from elsewhere are only what joined verbs share,
//! whom a verb makes do something, and the noun a relative clause describes, and then the clause says so.

use super::arcs::Arcs;
use super::compounds::Compounds;
use super::drafts::{Draft, Drafts, Kind, has_to, marks};
use super::phrases::Phrases;
use super::verbs::{Verb, negative_noun, verb};
use crate::clause::{Clause, ClauseRole};
use crate::lexicon::Lexicon;
use crate::phrase::{Oblique, Phrase};
use crate::token::{Upos, VerbForm};
use crate::tree::Relation;

/// What a clause is filled from.
pub(super) struct Filler<'a> {
    pub arcs: &'a Arcs<'a>,
    pub compounds: &'a Compounds,
    pub drafts: &'a Drafts,
    pub phrases: Phrases<'a>,
    pub lexicon: &'a Lexicon,
}

/// Who and what, as far as it is found.
#[derive(Clone, Debug, Default)]
struct Arguments {
    subject: Option<Phrase>,
    object: Option<Phrase>,
    indirect: Option<Phrase>,
    agent: Option<Phrase>,
    obliques: Vec<Oblique>,
    attribute: Option<usize>,
    /// The subject is that of another clause, or the noun described.
    shared_subject: bool,
    /// The heads they were taken from.
    heads: Vec<usize>,
}

impl Filler<'_> {
    /// The clauses, in the order of their verbs.
    pub fn clauses(&self) -> Vec<Clause> {
        let count = self.drafts.all.len();
        let mut verbs: Vec<Option<Verb>> = vec![None; count];
        let mut clauses: Vec<Option<Clause>> = vec![None; count];
        let mut times = self.times();
        for at in self.drafts.order.iter().copied() {
            let draft = &self.drafts.all[at];
            let host = draft.joined_to.filter(|_| !draft.moved);
            let shared = host.and_then(|host| verbs[host].as_ref());
            let own = verb(self.arcs, self.lexicon, draft, shared);
            let mut arguments = self.arguments(draft, &own);
            arguments.obliques.append(&mut times[at]);
            if arguments.subject.is_none() {
                self.share_subject(draft, &own, &clauses, &mut arguments);
            }
            self.fill_gap(draft, &own, &mut arguments);
            clauses[at] = Some(self.clause(
                draft,
                &own,
                arguments,
                host.and_then(|host| clauses[host].as_ref()),
            ));
            verbs[at] = Some(own);
        }
        clauses.into_iter().flatten().collect()
    }

    fn clause(
        &self,
        draft: &Draft,
        verb: &Verb,
        arguments: Arguments,
        host: Option<&Clause>,
    ) -> Clause {
        let arcs = self.arcs;
        let mut predicate = verb.predicate.clone();
        let denies = |phrase: &Option<Phrase>| {
            phrase
                .as_ref()
                .and_then(|phrase| negative_noun(arcs, self.lexicon, phrase.words, phrase.head))
        };
        predicate.negation = predicate
            .negation
            .or_else(|| denies(&arguments.subject).filter(|_| draft.role != ClauseRole::Relative))
            .or_else(|| denies(&arguments.object));
        let mark = self.mark(draft).or_else(|| host.and_then(|host| host.mark.clone()));
        let certainty =
            arguments.heads.iter().map(|head| arcs.certainty(*head)).fold(verb.certainty, f32::min);
        Clause {
            role: draft.role,
            parent: draft.parent,
            joined_to: draft.joined_to,
            describes: draft.describes,
            span: predicate.span,
            predicate,
            subject: arguments.subject,
            shared_subject: arguments.shared_subject,
            object: arguments.object,
            indirect_object: arguments.indirect,
            agent: arguments.agent,
            obliques: arguments.obliques,
            attribute: arguments.attribute,
            mark,
            confidence: if draft.moved { certainty * 0.5 } else { certainty },
        }
    }

    /// What opens a clause: "if", "that", the preposition before a gerund.
    fn mark(&self, draft: &Draft) -> Option<String> {
        let arcs = self.arcs;
        let top = draft.top();
        if draft.kind != Kind::Outer
            && let Some(mark) = draft.parts().find_map(|part| {
                // Of "on whether" the last says what is meant.
                marks(arcs, part).filter(|mark| *mark < draft.word).last()
            })
        {
            let order =
                arcs.with_fixed(mark) == "in order" || has_to(arcs, top) && arcs.word(mark) == "in";
            let last = arcs.children_by(mark, &[Relation::Fixed]).last().unwrap_or(mark);
            let compound = self.compounds.ending(mark).or(self.compounds.ending(last));
            let words = compound.map_or_else(|| arcs.with_fixed(mark), |run| run.words.clone());
            return (!order).then_some(words);
        }
        if draft.role != ClauseRole::Adverbial {
            return None;
        }
        // "when they left": the word that opens it has a place in it; "whenever" stands above it.
        let opens = |word: &str| {
            self.lexicon.closed.subordinators.contains(word) || matches!(word, "wherever" | "how")
        };
        let inside = arcs
            .children_by(draft.head, &[Relation::Advmod])
            .find(|word| *word < draft.word && opens(arcs.word(*word)));
        let above = arcs.head(top).filter(|head| {
            arcs.relation(top) == Relation::AdvclRelcl && arcs.upos(*head) == Upos::Adv
        });
        inside.or(above).map(|word| arcs.word(word).to_owned())
    }

    fn arguments(&self, draft: &Draft, verb: &Verb) -> Arguments {
        let mut found = Arguments::default();
        let arcs = self.arcs;
        let around = draft.parent.map(|parent| &self.drafts.all[parent]);
        let inside =
            around.is_some_and(|around| around.kind == Kind::Outer && around.head == draft.head);
        let alone = draft.kind != Kind::Outer && !inside;
        let inner_copula = arcs.children_by(draft.head, &[Relation::Cop]).count();
        for part in draft.parts() {
            for child in arcs.children(part).iter().copied() {
                let to_outer =
                    matches!(arcs.relation(child), Relation::NsubjOuter | Relation::CsubjOuter);
                // A plain "is" has no other subject than the outer one.
                let outer = to_outer && !alone && (draft.kind == Kind::Outer || inner_copula < 2);
                if (draft.kind == Kind::Outer) == outer {
                    self.take(draft, verb, child, &mut found);
                }
            }
        }
        if draft.kind == Kind::Copular {
            self.complement(draft, &mut found);
        }
        // "told Reuters that": the only one that is told stands where the object stands.
        if found.object.is_none() {
            found.object = found.indirect.take();
        }
        found
    }

    fn take(&self, draft: &Draft, verb: &Verb, child: usize, found: &mut Arguments) {
        let arcs = self.arcs;
        let relation = arcs.relation(child);
        if self.drafts.of_word[child].is_some()
            && self.drafts.of_word[child] != self.drafts.of_word[draft.head]
        {
            return;
        }
        let of_noun = draft.kind == Kind::Copular && arcs.tokens[draft.head].is_nominal();
        match relation {
            Relation::Nsubj | Relation::NsubjPass | Relation::NsubjOuter => {
                self.take_subject(draft, child, found);
            }
            Relation::Expl if found.subject.is_none() && arcs.word(child) == "it" => {
                found.subject = Some(self.phrases.phrase(child));
            }
            Relation::Obj => {
                let phrase = self.phrases.phrase(child);
                // "that the army leave the town": "that" only opens it.
                let opens = |object: &Phrase| {
                    draft.role == ClauseRole::Complement && arcs.word(object.head) == "that"
                };
                if found.object.as_ref().is_none_or(opens) {
                    found.object = Some(phrase);
                    found.heads.push(child);
                }
            }
            Relation::Iobj => {
                found.indirect = Some(self.phrases.phrase(child));
                found.heads.push(child);
            }
            // "sealed off the quarter": a thing with an article and no preposition is no time.
            Relation::OblUnmarked
                if found.object.is_none()
                    && !self.phrases.is_time(child)
                    && arcs
                        .child_by(child, &[Relation::Det])
                        .is_some_and(|the| arcs.word(the) == "the") =>
            {
                found.object = Some(self.phrases.phrase(child));
                found.heads.push(child);
            }
            Relation::OblAgent | Relation::Obl | Relation::OblUnmarked => {
                self.take_oblique(verb, child, found);
            }
            Relation::Nmod if !of_noun => self.take_oblique(verb, child, found),
            Relation::NmodUnmarked if !of_noun => self.take_oblique(verb, child, found),
            Relation::Advmod => self.take_adverb(child, found),
            Relation::Xcomp if arcs.tokens[child].is_nominal() => match self.phrases.case(child) {
                Some(_) => found.obliques.extend(self.phrases.obliques(child)),
                None if found.object.is_none() => {
                    found.object = Some(self.phrases.phrase(child));
                }
                None => {}
            },
            Relation::Xcomp
                if arcs.upos(child) == Upos::Adj
                    && self.lexicon.verb_classes.linking.contains(arcs.lemma(draft.word)) =>
            {
                found.attribute = Some(child);
            }
            _ => {}
        }
    }

    /// "There are reports": what there is stands where the object of "are" would.
    fn take_subject(&self, draft: &Draft, child: usize, found: &mut Arguments) {
        let there = self
            .arcs
            .children_by(draft.head, &[Relation::Expl])
            .any(|expletive| self.arcs.word(expletive) == "there");
        found.heads.push(child);
        let phrase = self.phrases.phrase(child);
        if there && child > draft.word {
            found.object = Some(phrase);
        } else {
            found.subject = Some(phrase);
        }
    }

    fn take_oblique(&self, verb: &Verb, child: usize, found: &mut Arguments) {
        let by_agent = self.arcs.relation(child) == Relation::OblAgent;
        let obliques = self.phrases.obliques(child);
        for mut oblique in obliques {
            // "moved in under the truce": "in" is the verb's.
            let own = verb.particle.filter(|at| self.arcs.head(*at) == Some(oblique.phrase.head));
            let case = own.and_then(|at| oblique.case.strip_prefix(self.arcs.word(at)));
            if let Some(rest) = case.and_then(|rest| rest.strip_prefix(' ')) {
                oblique.case = rest.to_owned();
            }
            let taken_in = verb.preposition.is_some_and(|at| {
                self.arcs.children_by(oblique.phrase.head, &[Relation::Case]).any(|case| case == at)
            });
            found.heads.push(oblique.phrase.head);
            if by_agent && verb.predicate.passive && found.agent.is_none() {
                found.agent = Some(oblique.phrase);
            } else if taken_in && found.object.is_none() {
                found.object = Some(oblique.phrase);
            } else {
                found.obliques.push(oblique);
            }
        }
    }

    /// "south of the town", "two days ago", "away from the front": what hangs on an adverb.
    fn take_adverb(&self, adverb: usize, found: &mut Arguments) {
        let below = [Relation::Obl, Relation::Nmod, Relation::OblUnmarked];
        for child in self.arcs.children_by(adverb, &below) {
            if self.drafts.of_word[child].is_some() {
                continue;
            }
            let mut obliques = self.phrases.obliques(child);
            for oblique in &mut obliques {
                let whole = self.compounds.hold(adverb) || oblique.case.is_empty();
                if !whole && child > adverb {
                    oblique.case = format!("{} {}", self.arcs.word(adverb), oblique.case);
                }
            }
            found.obliques.extend(obliques);
        }
    }

    /// What somebody or something is said to be.
    fn complement(&self, draft: &Draft, found: &mut Arguments) {
        let head = draft.head;
        match self.arcs.upos(head) {
            Upos::Adj => found.attribute = Some(head),
            Upos::Adv | Upos::Punct => {}
            _ if self.phrases.case(head).is_some() => {
                found.obliques.extend(self.phrases.obliques(head));
            }
            _ if found.object.is_none() => found.object = Some(self.phrases.phrase(head)),
            _ => {}
        }
    }

    /// What joined verbs, infinitives and participles take from the clause they belong to.
    fn share_subject(
        &self,
        draft: &Draft,
        verb: &Verb,
        clauses: &[Option<Clause>],
        found: &mut Arguments,
    ) {
        let clause = |at: usize| clauses[at].as_ref();
        let from = match (draft.joined_to.filter(|_| !draft.moved), draft.role) {
            (Some(host), _) => clause(host).and_then(|host| host.subject.clone()),
            (None, ClauseRole::Relative) => {
                let bare = self.arcs.relation(draft.top()) == Relation::Acl;
                draft.describes.filter(|_| bare).map(|noun| self.phrases.alone(noun))
            }
            (None, ClauseRole::Complement | ClauseRole::Adverbial) => {
                let open = verb.infinitive || !predicate_is_finite(verb);
                draft.parent.filter(|_| open).and_then(clause).and_then(|parent| {
                    // "called on both sides to leave"
                    let called = parent
                        .bound_by("on")
                        .next()
                        .filter(|_| verb.infinitive && parent.predicate.lemma.starts_with("call"));
                    if let Some(called) = called {
                        Some(called.clone())
                    } else if self.object_does(draft, verb, parent) {
                        parent.indirect_object.clone().or_else(|| parent.object.clone())
                    } else {
                        parent.subject.clone()
                    }
                })
            }
            _ => None,
        };
        found.shared_subject = from.is_some();
        found.subject = from;
    }

    /// "allowed them to leave", "accused them of shelling": whom the other verb is about does it.
    fn object_does(&self, draft: &Draft, verb: &Verb, parent: &Clause) -> bool {
        let predicate = &parent.predicate;
        if predicate.passive || (parent.object.is_none() && parent.indirect_object.is_none()) {
            return false;
        }
        let lemma = predicate.lemma.split(' ').next().unwrap_or("");
        let complements = self.arcs.relation(draft.top()) == Relation::Xcomp;
        let promises = self.lexicon.verb_classes.promising.contains(lemma);
        let bound = verb.predicate.form == VerbForm::Gerund
            && matches!(self.mark(draft).as_deref(), Some("of" | "from"));
        (complements && !promises)
            || bound
            || (verb.infinitive && self.lexicon.closed.object_control.contains(lemma))
    }

    /// The place in a relative clause that the noun it describes fills.
    fn fill_gap(&self, draft: &Draft, verb: &Verb, found: &mut Arguments) {
        let arcs = self.arcs;
        let relative = draft.role == ClauseRole::Relative && draft.joined_to.is_none();
        let Some(noun) = draft.describes.filter(|_| relative) else { return };
        let stands_for = |phrase: &Phrase| {
            matches!(arcs.word(phrase.head), "who" | "which" | "that" | "whom")
                && phrase.words.0 == phrase.words.1
        };
        let mut filled = false;
        for slot in [&mut found.subject, &mut found.object, &mut found.indirect] {
            if slot.as_ref().is_some_and(stands_for) {
                *slot = Some(self.phrases.alone(noun));
                filled = true;
            }
        }
        for oblique in found.obliques.iter_mut().filter(|oblique| stands_for(&oblique.phrase)) {
            oblique.phrase = self.phrases.alone(noun);
            filled = true;
        }
        if filled {
            found.shared_subject |=
                found.subject.as_ref().is_some_and(|subject| subject.head == noun);
            return;
        }
        // "the deal they signed": nothing else is what they signed.
        let placed = arcs
            .children_by(draft.head, &[Relation::Advmod, Relation::Mark])
            .any(|word| matches!(arcs.word(word), "where" | "when" | "why"));
        let lacks_object = found.object.is_none() && found.subject.is_some() && !placed;
        let takes = !verb.predicate.passive
            && draft.kind == Kind::Verb
            && arcs.child_by(draft.head, &[Relation::Ccomp, Relation::Xcomp]).is_none();
        let in_full = arcs.relation(draft.top()) == Relation::AclRelcl;
        if in_full
            && lacks_object
            && takes
            && !self.phrases.is_time(noun)
            && !self.lexicon.nouns.ways.contains(arcs.word(noun))
        {
            found.object = Some(self.phrases.alone(noun));
        }
    }

    /// The times of each clause that the tree hangs on a noun: "the meeting on Tuesday".
    fn times(&self) -> Vec<Vec<Oblique>> {
        let mut found = vec![Vec::new(); self.drafts.all.len()];
        for at in 0..self.arcs.len() {
            let relation = self.arcs.relation(at);
            let Some(head) = self.arcs.head(at) else { continue };
            let nominal = matches!(relation, Relation::Nmod | Relation::NmodUnmarked);
            let part = self.phrases.is_inner(head, at);
            let Some(owner) = self.drafts.owner[at].filter(|_| nominal && !part) else { continue };
            let verbal = self.drafts.of_word[head].is_some()
                && !(self.drafts.all[owner].kind == Kind::Copular
                    && self.arcs.tokens[head].is_nominal());
            if !verbal && self.drafts.of_word[at].is_none() && self.phrases.is_told_apart(at) {
                found[owner].extend(self.phrases.obliques(at));
            }
        }
        found
    }
}

const fn predicate_is_finite(verb: &Verb) -> bool {
    !verb.infinitive && !matches!(verb.predicate.tense, crate::clause::Tense::None)
}
