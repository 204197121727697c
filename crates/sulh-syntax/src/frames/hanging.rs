//! Takes the clauses of a sentence in outline, gives each its role and what it hangs on or is joined to.
//! Invariant: a clause hangs on one met before it from the root down, so that no walk upwards runs in a circle.

use super::arcs::Arcs;
use super::compounds::Compounds;
use super::drafts::{Draft, Drafts, Kind, SUBJECTS, has_to, marks};
use crate::clause::ClauseRole;
use crate::lexicon::Lexicon;
use crate::token::{Upos, VerbForm};
use crate::tree::Relation;

/// What a clause is and where it belongs.
#[derive(Clone, Copy, Debug)]
struct Place {
    role: ClauseRole,
    parent: Option<usize>,
    joined_to: Option<usize>,
    describes: Option<usize>,
    moved: bool,
}

impl Place {
    const fn new(role: ClauseRole, parent: Option<usize>) -> Self {
        Self { role, parent, joined_to: None, describes: None, moved: false }
    }
}

impl Drafts {
    /// Gives every outline its role, from the root down.
    pub(super) fn hang(
        &mut self,
        arcs: &Arcs<'_>,
        compounds: &Compounds,
        lexicon: &Lexicon,
        outer_of: &[Option<usize>],
    ) {
        for at in self.order.clone() {
            let outer = outer_of[self.all[at].head].filter(|outer| *outer != at);
            let mut place = match outer {
                Some(outer) => Place::new(ClauseRole::Complement, Some(outer)),
                None => self.place(arcs, lexicon, at),
            };
            // "on condition that they leave": the run opens a clause of its own, whatever its words are one by one.
            let runs = marks(arcs, self.all[at].top()).filter_map(|mark| compounds.ending(mark));
            let opened = runs
                .into_iter()
                .any(|run| lexicon.closed.compound_subordinators.contains(&run.words));
            if opened && place.joined_to.is_none() {
                place = Place::new(ClauseRole::Adverbial, place.parent);
            }
            let draft = &mut self.all[at];
            draft.role = place.role;
            draft.parent = place.parent.filter(|parent| *parent != at);
            draft.joined_to = place.joined_to.filter(|host| *host != at);
            draft.describes = place.describes;
            draft.moved = place.moved;
        }
    }

    fn place(&self, arcs: &Arcs<'_>, lexicon: &Lexicon, at: usize) -> Place {
        let draft = &self.all[at];
        let top = draft.top();
        let Some(head) = arcs.head(top) else { return Place::new(ClauseRole::Main, None) };
        let around = self.owner[head].filter(|around| *around != at);
        let describes = |place: Place| Place { describes: Some(head), ..place };
        let relation = arcs.relation(top);
        match relation {
            Relation::Conj => match self.of_word[head].filter(|host| *host != at) {
                Some(host) => self.joined(arcs, lexicon, at, host),
                None => Place { joined_to: around, ..Place::new(ClauseRole::Main, None) },
            },
            Relation::Ccomp if self.is_said_before(arcs, at, around) => {
                Place::new(ClauseRole::Main, None)
            }
            Relation::Acl | Relation::AclRelcl if !self.describes_noun(arcs, at) => {
                let role = if opens_with_gerund(arcs, draft) {
                    ClauseRole::Adverbial
                } else {
                    ClauseRole::Complement
                };
                describes(Place::new(role, around))
            }
            Relation::Acl | Relation::AclRelcl => {
                describes(Place::new(ClauseRole::Relative, around))
            }
            // "whenever he came", against ", which angered them".
            Relation::AdvclRelcl if arcs.upos(head) != Upos::Adv => {
                Place::new(ClauseRole::Relative, around)
            }
            Relation::Advcl | Relation::AdvclRelcl => {
                let aim = has_to(arcs, top) && marks(arcs, top).all(|m| arcs.word(m) == "in");
                let role = if aim { ClauseRole::Complement } else { ClauseRole::Adverbial };
                Place::new(role, around)
            }
            Relation::Parataxis | Relation::Dep | Relation::List => {
                match noun_before_that(arcs, draft) {
                    Some(noun) => {
                        Place { describes: Some(noun), ..Place::new(ClauseRole::Relative, around) }
                    }
                    None => Place::new(ClauseRole::Main, None),
                }
            }
            _ if opens_with_gerund(arcs, draft) => Place::new(ClauseRole::Adverbial, around),
            _ => Place::new(ClauseRole::Complement, around),
        }
    }

    /// A further clause joined to one: it stands where that stands, unless its words lift it out of what is said.
    fn joined(&self, arcs: &Arcs<'_>, lexicon: &Lexicon, at: usize, host: usize) -> Place {
        if let Some(speech) = self.speech_around(arcs, lexicon, host)
            && (self.looks_back(arcs, lexicon, at) || self.speaks_anew(arcs, lexicon, at))
        {
            let joined_to = Some(speech);
            return Place { joined_to, moved: true, ..Place::new(ClauseRole::Main, None) };
        }
        let host_draft = &self.all[host];
        // "the town that he left and they entered": both describe the town.
        Place {
            joined_to: Some(host),
            describes: host_draft.describes,
            ..Place::new(host_draft.role, host_draft.parent)
        }
    }

    /// The clause of saying that a clause is the content of.
    fn speech_around(&self, arcs: &Arcs<'_>, lexicon: &Lexicon, host: usize) -> Option<usize> {
        let draft = &self.all[host];
        let parent = draft.parent.filter(|_| draft.role == ClauseRole::Complement)?;
        let says = lexicon.reporting.verbs.contains(arcs.lemma(self.all[parent].word));
        (says && self.all[parent].role == ClauseRole::Main).then_some(parent)
    }

    /// "but this is yet to be confirmed": said of what was said, not by the one who said it.
    fn looks_back(&self, arcs: &Arcs<'_>, lexicon: &Lexicon, at: usize) -> bool {
        const POINTERS: [&str; 6] = ["this", "that", "these", "those", "it", "none"];
        let draft = &self.all[at];
        let subject = draft.parts().find_map(|part| arcs.child_by(part, SUBJECTS));
        let points = subject.is_some_and(|subject| {
            POINTERS.contains(&arcs.word(subject))
                || lexicon.nouns.tidings.contains(arcs.lemma(subject))
        });
        let unconfirmed = matches!(arcs.word(draft.head), "unconfirmed" | "unverified" | "unclear");
        points && (lexicon.verb_classes.checking.contains(arcs.lemma(draft.word)) || unconfirmed)
    }

    /// "said they had left, but the army denied it": another one speaks.
    fn speaks_anew(&self, arcs: &Arcs<'_>, lexicon: &Lexicon, at: usize) -> bool {
        let draft = &self.all[at];
        let says = draft.kind == Kind::Verb
            && lexicon.reporting.verbs.contains(arcs.lemma(draft.word))
            && matches!(
                arcs.tokens[draft.word].verb_form,
                Some(VerbForm::Past | VerbForm::Present)
            );
        let subject = arcs.child_by(draft.head, SUBJECTS);
        let named = subject.is_some_and(|subject| arcs.upos(subject) != Upos::Pron);
        let content = arcs.child_by(draft.head, &[Relation::Ccomp, Relation::Obj, Relation::Xcomp]);
        says && named && content.is_some() && marks(arcs, draft.head).next().is_none()
    }

    /// What is said stands before the words of saying: "..., the monitor said."
    fn is_said_before(&self, arcs: &Arcs<'_>, at: usize, around: Option<usize>) -> bool {
        let Some(cue) = around.map(|around| &self.all[around]) else { return false };
        let draft = &self.all[at];
        cue.kind == Kind::Verb && draft.head < cue.word && marks(arcs, draft.top()).next().is_none()
    }

    /// A relative clause, in full or reduced to a participle; not "the deal that they leave", "the order to leave".
    fn describes_noun(&self, arcs: &Arcs<'_>, at: usize) -> bool {
        let draft = &self.all[at];
        let top = draft.top();
        if has_to(arcs, top) {
            return false;
        }
        let marked = marks(arcs, top).next().is_some();
        match arcs.relation(top) {
            Relation::AclRelcl => !is_told_in_full(arcs, draft),
            _ if marked => false,
            _ => {
                let finite = arcs.child_by(draft.head, SUBJECTS).is_some();
                !finite || draft.kind == Kind::Copular
            }
        }
    }
}

/// "the deal that the army leave the town": nothing is missing in it that the noun could fill.
fn is_told_in_full(arcs: &Arcs<'_>, draft: &Draft) -> bool {
    let has = |relations: &[Relation]| {
        arcs.children_by(draft.head, relations)
            .any(|word| !matches!(arcs.word(word), "that" | "who" | "which" | "whom"))
    };
    let opens = arcs.word(arcs.reach(draft.top()).0) == "that";
    opens && has(SUBJECTS) && has(&[Relation::Obj]) && draft.kind == Kind::Verb
}

/// "the town, that's south of the capital": what a comma and "that" tie to a noun describes it.
fn noun_before_that(arcs: &Arcs<'_>, draft: &Draft) -> Option<usize> {
    // The comma may hang on either side.
    let opens = |at: usize| arcs.reach(draft.top()).0 + 1 >= at;
    let that = arcs.child_by(draft.head, SUBJECTS)?;
    let that = Some(that).filter(|that| arcs.word(*that) == "that" && opens(*that))?;
    let noun = that.checked_sub(2)?;
    (arcs.word(that - 1) == "," && arcs.tokens[noun].is_nominal()).then_some(noun)
}

/// "of shelling", "after leaving": a gerund behind a preposition.
fn opens_with_gerund(arcs: &Arcs<'_>, draft: &Draft) -> bool {
    let gerund = arcs.tokens[draft.word].verb_form == Some(VerbForm::Gerund)
        || arcs
            .children_by(draft.head, &[Relation::Aux, Relation::AuxPass])
            .any(|aux| arcs.tokens[aux].verb_form == Some(VerbForm::Gerund));
    let marked =
        marks(arcs, draft.top()).any(|mark| !matches!(arcs.word(mark), "that" | "whether" | "if"));
    gerund && marked && arcs.child_by(draft.head, SUBJECTS).is_none()
}
