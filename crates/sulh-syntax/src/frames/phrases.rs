//! Takes a noun of a tree, gives its phrase with what hangs on it; and the preposition that binds it.
//! Invariant: a phrase's head lies inside its words; a phrase has a bounded number of parts, however deep the tree is.

use super::arcs::Arcs;
use super::compounds::Compounds;
use super::drafts::Drafts;
use crate::calendar::{MONTHS, WEEKDAYS};
use crate::lexicon::Lexicon;
use crate::phrase::{Oblique, Phrase};
use crate::token::Upos;
use crate::tree::Relation;

/// More parts than this has no phrase of any report; what lies beyond them stays in its clause's words only.
const PARTS_MAX: usize = 96;
/// How deep one may hang on another: "of the commander of the brigade of ...".
const DEPTH_MAX: usize = 12;

/// "at the very least 300"
const NUMBER_WORDS_MAX: usize = 4;

/// What a noun phrase is made from.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'a> {
    pub arcs: &'a Arcs<'a>,
    pub compounds: &'a Compounds,
    pub drafts: &'a Drafts,
    pub lexicon: &'a Lexicon,
}

/// Dependents that are words of the phrase itself.
const INNER: &[Relation] = &[
    Relation::Det,
    Relation::DetPredet,
    Relation::Amod,
    Relation::Compound,
    Relation::Nummod,
    Relation::NmodPoss,
    Relation::NmodDesc,
    Relation::Flat,
    Relation::Fixed,
    Relation::Goeswith,
];

impl Phrases<'_> {
    /// The phrase a noun heads, with everything that hangs on it.
    pub fn phrase(&self, head: usize) -> Phrase {
        let mut parts = PARTS_MAX;
        self.build(head, 0, &mut parts)
    }

    /// A noun with what describes it, without those joined to it: what a relative clause is about.
    pub fn alone(&self, head: usize) -> Phrase {
        Phrase { conjuncts: Vec::new(), ..self.phrase(head) }
    }

    fn build(&self, head: usize, depth: usize, parts: &mut usize) -> Phrase {
        *parts = parts.saturating_sub(1);
        let mut phrase = self.bare(head);
        if depth >= DEPTH_MAX {
            return phrase;
        }
        for child in self.arcs.children(head).iter().copied() {
            if *parts == 0 {
                break;
            }
            let inside = phrase.words.0 <= child && child <= phrase.words.1;
            if inside || self.drafts.of_word[child].is_some() {
                continue;
            }
            match self.arcs.relation(child) {
                Relation::Conj if self.shares_case(head, child) => {
                    let joined = self.build(child, depth + 1, parts);
                    let further = joined.conjuncts.clone();
                    phrase.conjuncts.push(Phrase { conjuncts: Vec::new(), ..joined });
                    phrase.conjuncts.extend(further);
                }
                Relation::Appos => phrase.appositions.push(self.build(child, depth + 1, parts)),
                Relation::Nmod | Relation::Obl | Relation::OblAgent
                    if !self.is_told_apart(child) =>
                {
                    let modifiers = self.bound(child, depth + 1, parts);
                    // "forces and notables of the town": trees hang on the first what stands with the last.
                    let nearest = phrase.conjuncts.last_mut().filter(|last| last.head < child);
                    let beside = nearest.map_or(&mut phrase.modifiers, |last| &mut last.modifiers);
                    beside.extend(modifiers);
                }
                _ => {}
            }
        }
        self.share_noun(phrase)
    }

    /// A time that says when the clause is, wherever the tree hangs it; "the deal of May" is another thing.
    pub fn is_told_apart(&self, at: usize) -> bool {
        let of = self.case(at).is_some_and(|(case, _)| case == "of");
        !of && self.is_time(at)
    }

    /// Whether a noun names a day, a month or a time of day.
    pub fn is_time(&self, at: usize) -> bool {
        let word = self.arcs.word(at);
        let lemma = crate::lexicon::singular_of(word);
        let pointed = || {
            let by = [Relation::Det, Relation::Amod, Relation::Nummod, Relation::Compound];
            self.arcs.children_by(at, &by).any(|child| {
                !matches!(self.arcs.word(child), "the" | "a" | "an" | "first")
                    || self.arcs.relation(child) == Relation::Nummod
            })
        };
        let date = |at: usize| {
            self.arcs.upos(at) == Upos::Propn
                && (MONTHS.contains(&self.arcs.word(at)) || WEEKDAYS.contains(&self.arcs.word(at)))
        };
        let year = word.len() == 4
            && word.bytes().all(|b| b.is_ascii_digit())
            && (word.starts_with("19") || word.starts_with("20"));
        date(at)
            || matches!(word, "today" | "yesterday" | "tomorrow")
            || (self.lexicon.nouns.times.contains(&lemma) && (pointed() || self.arcs.reach(at).0 == at))
            || year
            // "3 October 2020"
            || (self.arcs.upos(at) == Upos::Num
                && self.arcs.children_by(at, &[Relation::NmodUnmarked]).any(date))
    }

    /// The phrases a preposition before this noun binds, those joined to it by another preposition included.
    pub fn obliques(&self, at: usize) -> Vec<Oblique> {
        let mut parts = PARTS_MAX;
        self.bound(at, 0, &mut parts)
    }

    fn bound(&self, at: usize, depth: usize, parts: &mut usize) -> Vec<Oblique> {
        if self.compounds.hold(at) && depth < DEPTH_MAX {
            // "in exchange for the release": "exchange" binds, "release" is bound.
            let below = self.arcs.children_by(at, &[Relation::Nmod, Relation::Obl]);
            let below: Vec<usize> =
                below.filter(|child| self.drafts.of_word[*child].is_none()).collect();
            return below
                .into_iter()
                .flat_map(|child| self.bound(child, depth + 1, parts))
                .collect();
        }
        let case = self.case(at).map_or(String::new(), |(case, _)| case);
        let mut found = vec![Oblique { case, phrase: self.build(at, depth, parts) }];
        for child in self.arcs.children_by(at, &[Relation::Conj]) {
            let apart = self.drafts.of_word[child].is_none() && !self.shares_case(at, child);
            if apart && *parts > 0 {
                let case = self.case(child).map_or(String::new(), |(case, _)| case);
                found.push(Oblique { case, phrase: self.build(child, depth + 1, parts) });
            }
        }
        found
    }

    /// The words before a noun that bind it, in lower case, and the first of them.
    pub fn case(&self, at: usize) -> Option<(String, usize)> {
        let cases: Vec<usize> = self
            .arcs
            .children_by(at, &[Relation::Case, Relation::Mark])
            .filter(|case| *case < at && self.arcs.upos(*case) != Upos::Part)
            .collect();
        let first = *cases.first()?;
        let last_word = |case: usize| {
            let fixed = self.arcs.children_by(case, &[Relation::Fixed]).last();
            fixed.unwrap_or(case)
        };
        let compound = cases.iter().find_map(|case| {
            self.compounds.ending(*case).or(self.compounds.ending(last_word(*case)))
        });
        if let Some(compound) = compound {
            return Some((compound.words.clone(), compound.first));
        }
        let words: Vec<String> = cases.iter().map(|case| self.arcs.with_fixed(*case)).collect();
        Some((words.join(" "), first))
    }

    /// "from X and Y", "from X and from Y", against "from X and to Y".
    fn shares_case(&self, host: usize, joined: usize) -> bool {
        let own = self.case(joined).map(|(case, _)| case);
        own.is_none() || own == self.case(host).map(|(case, _)| case)
    }

    /// The words of a phrase alone.
    fn bare(&self, head: usize) -> Phrase {
        let mut first = head;
        let mut last = head;
        let children = self.arcs.children(head);
        for child in children.iter().rev().copied().filter(|child| *child < head) {
            let (from, to) = self.arcs.reach(child);
            let own = self.is_inner(head, child);
            // What stands between two words of the phrase stands in it.
            if own && to < first && !self.compounds.hold(child) {
                first = from;
            }
        }
        for child in children.iter().copied().filter(|child| *child > head) {
            let (from, to) = self.arcs.reach(child);
            let touches =
                from == last + 1 || (from == last + 2 && self.arcs.upos(last + 1) == Upos::Punct);
            if touches && (self.is_inner(head, child) || self.is_name_with_for(head, child)) {
                last = to;
            }
        }
        last = self.with_bracketed_name(head, last);
        self.of_words(head, first, last)
    }

    fn of_words(&self, head: usize, first: usize, last: usize) -> Phrase {
        let (first, last) = (first.min(head), last.max(head).min(self.arcs.len() - 1));
        Phrase {
            head,
            words: (first, last),
            span: self.arcs.tokens[first].span.cover(self.arcs.tokens[last].span),
            modifiers: Vec::new(),
            conjuncts: Vec::new(),
            appositions: Vec::new(),
        }
    }

    /// Whether a dependent is among the words of the phrase itself.
    pub fn is_inner(&self, head: usize, child: usize) -> bool {
        let relation = self.arcs.relation(child);
        if self.drafts.of_word[child].is_some() {
            return false;
        }
        match relation {
            _ if INNER.contains(&relation) => child < head || relation != Relation::Amod,
            // "at least three", "about 400": what loosens a number belongs to it.
            Relation::Advmod | Relation::Nmod => {
                self.arcs.upos(head) == Upos::Num
                    && child < head
                    && self.arcs.reach(child).0 + NUMBER_WORDS_MAX >= head
                    && !matches!(self.arcs.word(child), "only" | "also" | "even" | "especially")
            }
            Relation::NmodUnmarked => child < head || self.is_date_word(child),
            _ => false,
        }
    }

    /// "October 3, 2020": the parts of a date.
    fn is_date_word(&self, at: usize) -> bool {
        self.arcs.upos(at) == Upos::Num || MONTHS.contains(&self.arcs.word(at))
    }

    /// "the Observatory for Human Rights": a preposition inside the name of a body.
    fn is_name_with_for(&self, head: usize, child: usize) -> bool {
        self.arcs.upos(head) == Upos::Propn
            && self.arcs.relation(child) == Relation::Nmod
            && self.lexicon.nouns.bodies.contains(self.arcs.word(head))
            && self.arcs.upos(child) == Upos::Propn
            && self.case(child).is_some_and(|(case, _)| case == "for")
    }

    /// "(SAA)" after a name belongs to it.
    fn with_bracketed_name(&self, head: usize, last: usize) -> usize {
        const WORDS_MAX: usize = 6;
        let opens = self.arcs.word(last + 1) == "(";
        let names = |at: usize| {
            matches!(self.arcs.upos(at), Upos::Propn | Upos::Noun | Upos::X)
                && self.arcs.head(at).is_some_and(|above| above == head || above > last)
        };
        let close = (last + 2..last + 2 + WORDS_MAX).find(|at| self.arcs.word(*at) == ")");
        match close {
            Some(close) if opens && head <= last && (last + 2..close).all(names) => close,
            _ => last,
        }
    }

    /// "the Salamat and Beni Halba tribes": names joined before a noun that is said of each are phrases of their own.
    fn share_noun(&self, phrase: Phrase) -> Phrase {
        let head = phrase.head;
        let many = self.arcs.word(head) != crate::lexicon::singular_of(self.arcs.word(head));
        let named = self
            .arcs
            .children_by(head, &[Relation::Compound, Relation::Amod])
            .filter(|name| *name < head && self.arcs.upos(*name) == Upos::Propn)
            .find(|name| {
                let conj = self.arcs.children_by(*name, &[Relation::Conj]);
                conj.into_iter().any(|other| self.arcs.upos(other) == Upos::Propn && other < head)
            });
        let Some(name) = named.filter(|_| many && self.arcs.upos(head) == Upos::Noun) else {
            return phrase;
        };
        let joined: Vec<usize> =
            self.arcs.children_by(name, &[Relation::Conj]).filter(|at| *at < head).collect();
        let start = |at: usize| {
            let own = self.arcs.children_by(at, INNER).next();
            own.map_or(at, |first| self.arcs.reach(first).0.min(at))
        };
        let end_before = |at: usize| {
            let at = start(at);
            let joins = |at: usize| matches!(self.arcs.upos(at), Upos::Cconj | Upos::Punct);
            (0..at).rev().find(|before| !joins(*before)).unwrap_or(0)
        };
        let Some(first_joined) = joined.first() else { return phrase };
        let mut whole = self.of_words(name, phrase.words.0, end_before(*first_joined).max(name));
        for (place, at) in joined.iter().enumerate() {
            let next = joined.get(place + 1).copied();
            whole.conjuncts.push(match next {
                Some(next) => self.of_words(*at, start(*at), end_before(next).max(*at)),
                None => Phrase {
                    words: (start(*at), phrase.words.1),
                    span: self.arcs.tokens[start(*at)]
                        .span
                        .cover(self.arcs.tokens[phrase.words.1].span),
                    conjuncts: Vec::new(),
                    ..phrase.clone()
                },
            });
        }
        whole.conjuncts.extend(phrase.conjuncts);
        whole
    }
}
