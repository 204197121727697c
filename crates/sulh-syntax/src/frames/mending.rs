//! Takes the words of a sentence with a parser's tree, gives the tree without what no tree of English has.
//! Invariant: a tree stays a tree: a word is hung on one that does not hang on it; what is mended is less sure.
//!
//! Each mend sets right one thing that words and tree together show to be impossible: two subjects joined by "and", a
//! subject behind a preposition, words of saying behind a comma that describe nothing. Where both could be right the
//! tree stands.

use crate::lexicon::{Lexicon, singular_of};
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
    }
    mender.loose_prepositions();
    mender.by_children();
    mender.verb_of_the_sentence();
}

/// Verbs whose participle after a noun tells what befell it: "five civilians killed in the shelling".
const BEFALLS: [&str; 12] = [
    "kill", "wound", "injure", "arrest", "detain", "kidnap", "abduct", "displace", "besiege",
    "free", "release", "capture",
];

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

    /// "Warplanes bombed": a capital at the beginning says nothing.
    fn first_word(&mut self, text: &str) {
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
    fn gerund_as_noun(&mut self, at: usize) {
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
            let lemma = self.word(at).to_owned();
            let token = &mut self.tokens[at];
            token.upos = Upos::Noun;
            token.verb_form = None;
            token.lemma = lemma;
        }
    }

    /// "according to two elders": never a verb.
    fn according_to(&mut self, at: usize) {
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

    /// "the withdrawal from Ras Isa was announced": a preposition binds no verb, but the noun behind it.
    fn loose_prepositions(&mut self) {
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

    /// "Tanks rolled into the town.": where nothing else is finite, the form that can be is.
    fn verb_of_the_sentence(&mut self) {
        let finite = |token: &Token| {
            matches!(token.penn, Some(Penn::Vbd | Penn::Vbz | Penn::Vbp | Penn::Md))
        };
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
        let befalls = !object && BEFALLS.contains(&self.tokens[verb].lemma.as_str());
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
            let has =
                |relation: Relation| own.iter().any(|child| self.relation(*child) == relation);
            // "the evacuation of the wounded": with an article and a preposition it names.
            let named = self.relation(at) == Relation::Acl
                && has(Relation::Det)
                && has(Relation::Case)
                && self.tokens[at].upos == Upos::Verb;
            if named {
                let lemma = self.word(at).to_owned();
                self.hang(at, Some(head), Relation::Nmod);
                let token = &mut self.tokens[at];
                (token.upos, token.verb_form, token.lemma) = (Upos::Noun, None, lemma);
                continue;
            }
            if self.says_behind_comma(at, own) {
                self.hang(at, Some(head), Relation::Parataxis);
                continue;
            }
            let relation = self.relation(at);
            let argument = SUBJECTS.contains(&relation) || relation == Relation::Obj;
            let earlier = children[head].iter().copied().rfind(|other| {
                *other < at
                    && (self.relation(*other) == relation
                        || (SUBJECTS.contains(&self.relation(*other))
                            && SUBJECTS.contains(&relation)))
            });
            let Some(earlier) = earlier.filter(|_| argument) else { continue };
            let joined = own.iter().any(|child| {
                self.relation(*child) == Relation::Cc && *child < at && *child > earlier
            });
            let bound = own.iter().any(|child| {
                self.relation(*child) == Relation::Case
                    && self.tokens[*child].upos == Upos::Adp
                    && *child > earlier
            });
            match (joined, bound) {
                (true, _) => self.hang(at, Some(earlier), Relation::Conj),
                (false, true) => self.hang(at, Some(earlier), Relation::Nmod),
                _ => {}
            }
        }
    }

    /// "..., the agency reported on Tuesday.": words of saying that nothing opens describe and complete nothing.
    fn says_behind_comma(&self, at: usize, own: &[usize]) -> bool {
        let token = &self.tokens[at];
        let finite = matches!(token.penn, Some(Penn::Vbd | Penn::Vbz | Penn::Vbp));
        let behind = token.head.is_some_and(|head| head < at);
        let loose = matches!(self.relation(at), Relation::Advcl | Relation::Conj);
        let says = self.lexicon.reporting.postposed.contains(&token.lemma);
        if !(finite && behind && loose && says) {
            return false;
        }
        let subject = own.iter().find(|child| SUBJECTS.contains(&self.relation(**child)));
        let opened = own.iter().any(|child| {
            matches!(
                self.relation(*child),
                Relation::Mark | Relation::Cc | Relation::Ccomp | Relation::Obj
            ) || self.tokens[*child].penn == Some(Penn::Wrb)
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
        !opened && comma.is_some()
    }
}
