//! Takes the words of a sentence with a parser's tree, gives the tree without what no tree of English has.
//! Invariant: a tree stays a tree: a word is hung on one that does not hang on it; what is mended is less sure.
//!
//! Each mend sets right one thing that words and tree together show to be impossible: two subjects joined by "and", a
//! subject behind a preposition, words of saying behind a comma that describe nothing. Where both could be right the
//! tree stands.

mod words;

use crate::lexicon::Lexicon;
use crate::token::{Token, Upos, VerbForm};
use crate::tree::{Penn, Relation};

/// How sure a mended arc is at most.
const MENDED: f32 = 0.4;

/// Sets right what cannot be.
pub(super) fn mend(text: &str, tokens: &mut [Token], certainty: &mut [f32], lexicon: &Lexicon) {
    let lower = tokens.iter().map(|token| token.form(text).to_lowercase()).collect();
    let mut mender = Mender { tokens, certainty, lexicon, lower };
    mender.first_word(text);
    for at in 0..mender.tokens.len() {
        mender.gerund_as_noun(at);
        mender.according_to(at);
        mender.subject_of_verb(at);
    }
    mender.loose_prepositions();
    mender.by_children();
    mender.verb_of_the_sentence();
}

struct Mender<'a> {
    tokens: &'a mut [Token],
    certainty: &'a mut [f32],
    lexicon: &'a Lexicon,
    lower: Vec<String>,
}

const SUBJECTS: [Relation; 2] = [Relation::Nsubj, Relation::NsubjPass];

impl Mender<'_> {
    fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn relation(&self, at: usize) -> Relation {
        self.tokens[at].relation.unwrap_or(Relation::Dep)
    }

    fn hang(&mut self, at: usize, head: Option<usize>, relation: Relation) {
        self.tokens[at].head = head;
        self.tokens[at].relation = Some(relation);
        self.certainty[at] = self.certainty[at].min(MENDED);
    }

    /// "Tanks rolled into the town.": where nothing else is finite, the form that can be is.
    fn verb_of_the_sentence(&mut self) {
        let finite = |token: &Token| is_finite(token) || token.penn == Some(Penn::Md);
        let ends = self.tokens.iter().rev().take(2).any(|token| token.penn == Some(Penn::Stop));
        let root = self.tokens.iter().position(|token| token.head.is_none());
        let Some(root) = root.filter(|root| {
            ends && self.tokens[*root].is_nominal() && !self.tokens.iter().any(finite)
        }) else {
            return;
        };
        let mut described = (0..self.tokens.len()).filter(|at| {
            self.tokens[*at].head == Some(root)
                && self.relation(*at) == Relation::Acl
                && self.tokens[*at].penn == Some(Penn::Vbn)
        });
        let (Some(verb), None) = (described.next(), described.next()) else { return };
        let readings = self.lexicon.verb_readings(self.word(verb));
        let past = readings.iter().any(|(_, form)| *form == VerbForm::Past)
            || (readings.is_empty() && self.word(verb).ends_with("ed"));
        let alone = !self.tokens.iter().any(|token| {
            token.head == Some(verb)
                && matches!(
                    token.relation,
                    Some(Relation::Aux | Relation::AuxPass | Relation::OblAgent)
                )
        });
        if verb < root || !past || !alone || self.word(verb + 1) == "by" {
            return;
        }
        let object = self
            .tokens
            .iter()
            .any(|token| token.head == Some(verb) && token.relation == Some(Relation::Obj));
        let befalls =
            !object && self.lexicon.verb_classes.befalls.contains(&self.tokens[verb].lemma);
        self.hang(verb, None, Relation::Root);
        let subject = if befalls { Relation::NsubjPass } else { Relation::Nsubj };
        self.hang(root, Some(verb), subject);
        for at in verb + 1..self.tokens.len() {
            if self.tokens[at].head == Some(root) {
                self.tokens[at].head = Some(verb);
            }
        }
        if !befalls {
            self.tokens[verb].penn = Some(Penn::Vbd);
            self.tokens[verb].verb_form = Some(VerbForm::Past);
        }
    }

    /// What shows in a word together with what hangs on it.
    fn by_children(&mut self) {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); self.tokens.len()];
        for (at, token) in self.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head].push(at);
            }
        }
        for at in 0..self.tokens.len() {
            let Some(head) = self.tokens[at].head else { continue };
            let own = &children[at];
            if let Some(relation) = self.noun_by_children(at, own) {
                self.hang(at, Some(head), relation);
                self.make_noun(at);
                continue;
            }
            if let Some(noun) = self.told_participle(at, head, own) {
                self.hang(at, Some(noun), Relation::Acl);
                continue;
            }
            if self.says_behind_comma(at, own) {
                self.hang(at, Some(head), Relation::Parataxis);
                continue;
            }
            if let Some((earlier, relation)) = self.second_argument(at, own, &children[head]) {
                self.hang(at, Some(earlier), relation);
            }
        }
    }

    /// A verb that is a noun in truth, and what it is to its head.
    fn noun_by_children(&self, at: usize, own: &[usize]) -> Option<Relation> {
        let has = |relation: Relation| own.iter().any(|child| self.relation(*child) == relation);
        // "the evacuation of the wounded": with an article and a preposition it names.
        let named = self.relation(at) == Relation::Acl
            && has(Relation::Det)
            && has(Relation::Case)
            && self.tokens[at].upos == Upos::Verb;
        // "fighting which broke out has left many dead": what a clause describes is a noun.
        let described = self.relation(at).universal() == "csubj"
            && self.tokens[at].penn == Some(Penn::Vbg)
            && has(Relation::AclRelcl)
            && !has(Relation::Obj);
        match (named, described) {
            (true, _) => Some(Relation::Nmod),
            (false, true) => Some(Relation::Nsubj),
            (false, false) => None,
        }
    }

    fn make_noun(&mut self, at: usize) {
        let lemma = self.word(at).to_owned();
        let token = &mut self.tokens[at];
        (token.upos, token.verb_form, token.lemma) = (Upos::Noun, None, lemma);
    }

    /// A second subject or object that "and" or a preposition ties to the first: the first, and what it is to it.
    fn second_argument(
        &self,
        at: usize,
        own: &[usize],
        beside: &[usize],
    ) -> Option<(usize, Relation)> {
        let relation = self.relation(at);
        let is_subject = SUBJECTS.contains(&relation);
        let same = |other: usize| {
            self.relation(other) == relation
                || (is_subject && SUBJECTS.contains(&self.relation(other)))
        };
        let argument = is_subject || relation == Relation::Obj;
        let earlier =
            beside.iter().copied().rfind(|other| argument && *other < at && same(*other))?;
        let joined = own
            .iter()
            .any(|child| self.relation(*child) == Relation::Cc && *child < at && *child > earlier);
        let bound = own.iter().any(|child| {
            self.relation(*child) == Relation::Case
                && self.tokens[*child].upos == Upos::Adp
                && *child > earlier
        });
        match (joined, bound) {
            (true, _) => Some((earlier, Relation::Conj)),
            (false, true) => Some((earlier, Relation::Nmod)),
            (false, false) => None,
        }
    }

    /// "told the families gathered in the yard": a participle with nothing of its own describes the noun before it.
    fn told_participle(&self, at: usize, head: usize, own: &[usize]) -> Option<usize> {
        let participle = self.relation(at) == Relation::Ccomp
            && matches!(self.tokens[at].penn, Some(Penn::Vbn | Penn::Vbd))
            && head < at
            && !own.iter().any(|child| {
                *child < at && self.tokens[*child].upos != Upos::Adv
                    || matches!(self.relation(*child), Relation::Obj | Relation::Nsubj)
            });
        at.checked_sub(1).filter(|noun| {
            participle
                && self.tokens[*noun].head == Some(head)
                && matches!(self.relation(*noun), Relation::Obj | Relation::Iobj | Relation::Nsubj)
        })
    }

    /// "..., the agency reported on Tuesday.": words of saying that nothing opens describe and complete nothing.
    fn says_behind_comma(&self, at: usize, own: &[usize]) -> bool {
        let token = &self.tokens[at];
        let behind = token.head.is_some_and(|head| head < at);
        let loose = matches!(self.relation(at), Relation::Advcl | Relation::Conj);
        let says = self.lexicon.reporting.postposed.contains(&token.lemma);
        if !(is_finite(token) && behind && loose && says) {
            return false;
        }
        let subject = own.iter().find(|child| SUBJECTS.contains(&self.relation(**child)));
        // "..., declares a leaflet on the walls": who says it is taken for the object.
        let inverted = subject.is_none()
            && own.iter().any(|child| *child > at && self.relation(*child) == Relation::Obj)
            && at
                .checked_sub(1)
                .is_some_and(|before| matches!(self.word(before), "," | "”" | "\""));
        let opened = own.iter().any(|child| {
            let object = self.relation(*child) == Relation::Obj && !inverted;
            let opens =
                matches!(self.relation(*child), Relation::Mark | Relation::Cc | Relation::Ccomp);
            object || opens || self.tokens[*child].penn == Some(Penn::Wrb)
        });
        // Back over the words of the subject to the comma.
        let comma = subject.and_then(|subject| {
            let from = (0..*subject).rev().find(|before| {
                !matches!(
                    self.tokens[*before].upos,
                    Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Part
                )
            });
            from.filter(|from| matches!(self.word(*from), "," | "”" | "\"" | "''"))
        });
        !opened && (inverted || comma.is_some())
    }
}

/// A form that has a tense of its own.
const fn is_finite(token: &Token) -> bool {
    matches!(token.penn, Some(Penn::Vbd | Penn::Vbz | Penn::Vbp))
}
