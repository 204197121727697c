//! Takes the arcs of a sentence, gives its clauses in outline: which word each turns on and what it hangs on.
//! Invariant: one outline for every word that is a predicate, in the order of the verbs; `parent` and `joined_to` lead
//! to no circle.

use super::arcs::Arcs;
use super::compounds::Compounds;
use crate::clause::ClauseRole;
use crate::lexicon::Lexicon;
use crate::token::{Upos, VerbForm};
use crate::tree::{Penn, Relation};

/// What makes a predicate of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A verb, or an adjective that is one in form: "were wounded".
    Verb,
    /// "is responsible", "is a town", "is in the town".
    Copular,
    /// "the plan is *that they leave*": a form of "be" above a clause of its own.
    Outer,
}

/// A clause in outline.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub kind: Kind,
    /// The word that completes it: the verb, or what is said to be.
    pub head: usize,
    /// The verb.
    pub word: usize,
    /// Words above the head that only say when: "about" in "is about to leave", outermost first.
    pub tops: Vec<usize>,
    pub role: ClauseRole,
    pub parent: Option<usize>,
    pub joined_to: Option<usize>,
    /// The noun a relative clause describes.
    pub describes: Option<usize>,
    /// Hung elsewhere than the tree hangs it, on the evidence of the words.
    pub moved: bool,
}

impl Draft {
    /// The word by which the clause hangs.
    pub fn top(&self) -> usize {
        self.tops.first().copied().unwrap_or(self.head)
    }

    /// The words whose dependents are the clause's own.
    pub fn parts(&self) -> impl Iterator<Item = usize> + '_ {
        self.tops.iter().copied().chain(std::iter::once(self.head))
    }
}

/// The clauses of a sentence in outline.
pub(super) struct Drafts {
    pub all: Vec<Draft>,
    /// The clause each word stands in.
    pub owner: Vec<Option<usize>>,
    /// The clause a word is the predicate of.
    pub of_word: Vec<Option<usize>>,
    /// The outlines, each after what it hangs on.
    pub order: Vec<usize>,
}

impl Drafts {
    pub fn find(arcs: &Arcs<'_>, compounds: &Compounds, lexicon: &Lexicon) -> Self {
        let finder = Finder { arcs, compounds, lexicon };
        let mut all = finder.predicates();
        all.sort_by_key(|draft| draft.word);
        let mut of_word = vec![None; arcs.len()];
        let mut outer_of = vec![None; arcs.len()];
        for (at, draft) in all.iter().enumerate() {
            if draft.kind == Kind::Outer {
                outer_of[draft.head] = Some(at);
            } else {
                draft.parts().for_each(|word| of_word[word] = Some(at));
            }
        }
        let mut owner: Vec<Option<usize>> = vec![None; arcs.len()];
        let mut order = Vec::with_capacity(all.len());
        for at in arcs.top_down() {
            let outer = arcs.head(*at).and_then(|head| outer_of[head]);
            let to_outer =
                matches!(arcs.relation(*at), Relation::NsubjOuter | Relation::CsubjOuter);
            owner[*at] = of_word[*at]
                .or(outer.filter(|_| to_outer))
                .or(arcs.head(*at).and_then(|head| owner[head]));
            // Of an outline with words above its head the topmost is met first.
            if let Some(own) = of_word[*at].filter(|own| all[*own].top() == *at) {
                order.extend(outer_of[all[own].head]);
                order.push(own);
            }
        }
        for (at, draft) in all.iter().enumerate().filter(|(_, draft)| draft.kind == Kind::Outer) {
            owner[draft.word] = Some(at);
        }
        let mut drafts = Self { all, owner, of_word, order };
        drafts.hang(arcs, compounds, lexicon, &outer_of);
        drafts
    }
}

struct Finder<'a> {
    arcs: &'a Arcs<'a>,
    compounds: &'a Compounds,
    lexicon: &'a Lexicon,
}

/// Relations by which a verb says something, and relations by which it only describes or helps.
const HELPING: &[Relation] = &[
    Relation::Amod,
    Relation::Case,
    Relation::Mark,
    Relation::Fixed,
    Relation::Cc,
    Relation::CcPreconj,
    Relation::Det,
    Relation::DetPredet,
    Relation::Flat,
    Relation::NmodDesc,
    Relation::Goeswith,
    Relation::Punct,
    Relation::Aux,
    Relation::AuxPass,
    Relation::Cop,
    Relation::Nummod,
    Relation::Compound,
    Relation::CompoundPrt,
    Relation::Advmod,
    Relation::Discourse,
    Relation::Expl,
    Relation::Reparandum,
];

const CLAUSAL: &[Relation] = &[
    Relation::Root,
    Relation::Conj,
    Relation::Ccomp,
    Relation::Xcomp,
    Relation::Advcl,
    Relation::AdvclRelcl,
    Relation::Acl,
    Relation::AclRelcl,
    Relation::Csubj,
    Relation::CsubjPass,
    Relation::CsubjOuter,
    Relation::Parataxis,
    Relation::Dep,
    Relation::List,
    Relation::Orphan,
    Relation::Dislocated,
];

pub(super) const SUBJECTS: &[Relation] = &[Relation::Nsubj, Relation::NsubjPass];

impl Finder<'_> {
    fn predicates(&self) -> Vec<Draft> {
        let mut is = vec![false; self.arcs.len()];
        for (at, is) in is.iter_mut().enumerate() {
            *is = self.is_predicate(at);
        }
        let mut merged = vec![None; self.arcs.len()];
        for at in (0..self.arcs.len()).filter(|at| is[*at]) {
            if let Some(below) = self.only_says_when(at).filter(|below| is[*below]) {
                merged[below] = Some(at);
            }
        }
        let above: Vec<bool> = {
            let mut above = vec![false; self.arcs.len()];
            merged.iter().flatten().for_each(|at| above[*at] = true);
            above
        };
        let mut drafts = Vec::new();
        for head in (0..self.arcs.len()).filter(|at| is[*at] && !above[*at]) {
            let mut tops = Vec::new();
            let mut up = merged[head];
            while let Some(top) = up {
                tops.push(top);
                up = merged[top];
            }
            tops.reverse();
            self.draft(head, tops, &mut drafts);
        }
        drafts
    }

    fn draft(&self, head: usize, tops: Vec<usize>, drafts: &mut Vec<Draft>) {
        let mut copulas = self.arcs.children_by(head, &[Relation::Cop]);
        let first = copulas.next();
        let second = copulas.next();
        let verb = self.is_verb(head) || (first.is_some() && self.is_participle(head));
        let outer_subject =
            self.arcs.child_by(head, &[Relation::NsubjOuter, Relation::CsubjOuter]).is_some();
        let to_come = first.is_some_and(|copula| self.is_to_come(head, copula));
        let has_outer = first.is_some()
            && !to_come
            && ((self.is_verb(head) && self.arcs.upos(head) == Upos::Verb)
                || (outer_subject && second.is_some()));
        let mut push = |kind, word, tops| {
            drafts.push(Draft {
                kind,
                head,
                word,
                tops,
                role: ClauseRole::Main,
                parent: None,
                joined_to: None,
                describes: None,
                moved: false,
            });
        };
        if let (true, Some(copula)) = (has_outer, first) {
            push(Kind::Outer, copula, Vec::new());
        }
        match (verb, if has_outer { second } else { first }) {
            (false, Some(copula)) => push(Kind::Copular, copula, tops),
            _ => push(Kind::Verb, head, tops),
        }
    }

    fn is_verb(&self, at: usize) -> bool {
        matches!(self.arcs.upos(at), Upos::Verb | Upos::Aux)
    }

    /// "were wounded": taken for an adjective, a participle of a verb in form.
    fn is_participle(&self, at: usize) -> bool {
        let word = self.arcs.word(at);
        let closed = &self.lexicon.closed;
        self.arcs.upos(at) == Upos::Adj
            && (!closed.adjectives.contains(word) || closed.not_verbs.contains(word))
            && self
                .lexicon
                .verb_readings(word)
                .iter()
                .any(|(lemma, form)| *form == VerbForm::PastParticiple && lemma.as_str() != word)
    }

    fn is_predicate(&self, at: usize) -> bool {
        let arcs = self.arcs;
        let relation = arcs.relation(at);
        let copula = arcs.child_by(at, &[Relation::Cop]).is_some();
        if copula && !matches!(relation, Relation::Aux | Relation::AuxPass | Relation::Cop) {
            return true;
        }
        let helped = || arcs.child_by(at, &[Relation::Aux, Relation::AuxPass]).is_some();
        let has_subject = || arcs.child_by(at, SUBJECTS).is_some();
        match arcs.upos(at) {
            _ if HELPING.contains(&relation) || self.opens_condition(at) => false,
            Upos::Verb if CLAUSAL.contains(&relation) => true,
            Upos::Verb => self.acts_as_clause(at),
            // "they have": what would follow is left out; a modal alone says nothing.
            Upos::Aux => {
                CLAUSAL.contains(&relation) && matches!(arcs.lemma(at), "be" | "have" | "do")
            }
            _ => {
                let form_of_verb = !self.lexicon.verb_readings(arcs.word(at)).is_empty();
                let object = || arcs.child_by(at, &[Relation::Obj, Relation::Ccomp]).is_some();
                CLAUSAL.contains(&relation)
                    && form_of_verb
                    && (helped() || (has_subject() && object()))
            }
        }
    }

    /// A verb in the place of a noun: a clause where it has what only verbs have.
    fn acts_as_clause(&self, at: usize) -> bool {
        const OF_VERBS: &[Relation] = &[
            Relation::Nsubj,
            Relation::NsubjPass,
            Relation::Obj,
            Relation::Iobj,
            Relation::Aux,
            Relation::AuxPass,
            Relation::OblAgent,
            Relation::Ccomp,
            Relation::Xcomp,
        ];
        const OF_NOUNS: &[Relation] = &[Relation::Det, Relation::Amod, Relation::NmodPoss];
        self.arcs.child_by(at, OF_VERBS).is_some() && self.arcs.child_by(at, OF_NOUNS).is_none()
    }

    /// "provided that": no clause of its own.
    fn opens_condition(&self, at: usize) -> bool {
        self.compounds.hold(at) && matches!(self.arcs.word(at), "provided" | "providing")
    }

    /// "the army is to withdraw": "is" only says when.
    fn is_to_come(&self, head: usize, copula: usize) -> bool {
        let mut marks = self.arcs.children_by(head, &[Relation::Mark]);
        let to = marks.find(|mark| self.arcs.word(*mark) == "to");
        to.is_some_and(|to| copula < to && to <= copula + 2)
            && self.arcs.lemma(copula) == "be"
            && self.is_no_aim(head)
    }

    /// Who is to do something does it; "the aim is to withdraw" only says what the aim is.
    fn is_no_aim(&self, at: usize) -> bool {
        let by = [Relation::Nsubj, Relation::NsubjPass, Relation::NsubjOuter];
        let subject = self.arcs.child_by(at, &by);
        subject.is_some_and(|subject| !self.lexicon.nouns.aims.contains(self.arcs.lemma(subject)))
    }

    /// "is *about* to leave", "*has* yet to leave": the verb below, where the word above only says when.
    fn only_says_when(&self, at: usize) -> Option<usize> {
        let arcs = self.arcs;
        let below = arcs.child_by(at, &[Relation::Xcomp]).filter(|below| has_to(arcs, *below))?;
        let helpers = [Relation::Aux, Relation::AuxPass, Relation::Cop];
        let be = arcs.children_by(at, &helpers).any(|helper| arcs.lemma(helper) == "be");
        let prospective = be && self.lexicon.closed.prospective.contains(arcs.word(at));
        let is_to = arcs.lemma(at) == "be" && self.is_no_aim(at);
        let yet =
            arcs.lemma(at) == "have" && arcs.children(at).iter().any(|c| arcs.word(*c) == "yet");
        (prospective || is_to || yet).then_some(below)
    }
}

/// "to leave"
pub(super) fn has_to(arcs: &Arcs<'_>, at: usize) -> bool {
    // "to leave", "to be leaving"; but "back to shelling".
    let gerund = arcs.penn(at) == Some(Penn::Vbg)
        && arcs.child_by(at, &[Relation::Aux, Relation::AuxPass]).is_none();
    !gerund && arcs.children_by(at, &[Relation::Mark]).any(|mark| arcs.word(mark) == "to")
}

/// The words that open a clause, the "to" of infinitives left out: "that", "if", "of" before "shelling".
pub(super) fn marks<'a>(arcs: &'a Arcs<'_>, at: usize) -> impl Iterator<Item = usize> + 'a {
    let infinitive = has_to(arcs, at);
    arcs.children_by(at, &[Relation::Mark])
        .filter(move |mark| !infinitive || arcs.word(*mark) != "to")
}
