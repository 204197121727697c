//! Takes the tagged words of a sentence, gives its chunks: noun phrases, verb groups and what binds them.
//! Invariant: chunks are in order and do not overlap; every verb lies in exactly one verb group.

use crate::calendar::{MONTHS, WEEKDAYS, is_time_name};
use crate::clause::Tense;
use crate::lexicon::Lexicon;
use crate::token::{Token, Upos, VerbForm};

/// A stretch of words that act as one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Chunk {
    /// A noun phrase.
    Noun(NounGroup),
    /// A noun phrase that only says when: "last month".
    Time(NounGroup),
    /// A verb with its helpers.
    Verb(VerbGroup),
    /// A preposition, or several words that act as one.
    Preposition { first: usize, last: usize, case: String },
    /// A word that opens a subordinate clause.
    Subordinator { first: usize, last: usize, word: String },
    /// "that" before what is said.
    That(usize),
    /// "who", "which", "that" after a noun.
    Relative(usize),
    /// "and", "or", "but".
    Conjunction(usize),
    /// A comma or dash.
    Comma(usize),
    /// A semicolon or colon.
    Stop(usize),
    /// An adjective outside a noun phrase.
    Adjective(usize),
    /// Anything that says nothing about structure.
    Other(usize),
}

/// The words of a noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NounGroup {
    pub first: usize,
    pub last: usize,
    pub head: usize,
}

/// The words of a verb with its helpers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VerbGroup {
    pub first: usize,
    pub last: usize,
    pub main: usize,
    pub lemma: String,
    pub form: VerbForm,
    pub tense: Tense,
    pub perfect: bool,
    pub progressive: bool,
    pub passive: bool,
    pub modal: Option<String>,
    pub negation: Option<usize>,
    pub adverbs: Vec<String>,
    pub infinitive: bool,
}

impl VerbGroup {
    /// Whether it can be the predicate of a clause by itself.
    pub fn is_finite(&self) -> bool {
        !self.infinitive && self.tense != Tense::None
    }
}

/// The chunks of a sentence.
pub(crate) fn chunks(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Chunk> {
    let chunker = Chunker {
        tokens,
        lexicon,
        lower: tokens.iter().map(|token| token.form(text).to_lowercase()).collect(),
    };
    let mut chunks = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (chunk, next) = chunker.chunk_at(at);
        debug_assert!(next > at);
        chunks.push(chunk);
        at = next;
    }
    chunks
}

struct Chunker<'a> {
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    lower: Vec<String>,
}

const TIME_NOUNS: [&str; 14] = [
    "month",
    "week",
    "year",
    "day",
    "night",
    "morning",
    "evening",
    "weekend",
    "today",
    "yesterday",
    "afternoon",
    "summer",
    "winter",
    "spring",
];

impl Chunker<'_> {
    fn upos(&self, at: usize) -> Option<Upos> {
        self.tokens.get(at).map(|token| token.upos)
    }

    fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn chunk_at(&self, at: usize) -> (Chunk, usize) {
        if let Some((last, word)) = self.listed(at, &self.lexicon.closed.compound_subordinators) {
            return (Chunk::Subordinator { first: at, last, word }, last + 1);
        }
        // "up to 300 fighters": the words loosen the number and bind nothing.
        let counts = |last: usize| {
            self.upos(at) == Some(Upos::Adv) && self.upos(last + 1) == Some(Upos::Num)
        };
        if let Some((last, case)) = self.listed(at, &self.lexicon.closed.compound_prepositions)
            && !counts(last)
        {
            return (Chunk::Preposition { first: at, last, case }, last + 1);
        }
        if let Some(group) = self.verb_group(at) {
            let next = group.last + 1;
            return (Chunk::Verb(group), next);
        }
        if let Some(group) = self.noun_group(at) {
            let next = group.last + 1;
            let time = self.is_time(group);
            return (if time { Chunk::Time(group) } else { Chunk::Noun(group) }, next);
        }
        (self.single(at), at + 1)
    }

    fn single(&self, at: usize) -> Chunk {
        let word = self.word(at);
        match self.tokens[at].upos {
            Upos::Adp => Chunk::Preposition { first: at, last: at, case: word.to_owned() },
            Upos::Sconj if word == "that" => Chunk::That(at),
            Upos::Pron if self.is_relative(at) => Chunk::Relative(at),
            Upos::Sconj => Chunk::Subordinator { first: at, last: at, word: word.to_owned() },
            Upos::Cconj => Chunk::Conjunction(at),
            Upos::Adj => Chunk::Adjective(at),
            Upos::Punct => match word.chars().next() {
                Some(',' | '–' | '—' | '،') => Chunk::Comma(at),
                Some(';' | ':' | '؛') => Chunk::Stop(at),
                _ => Chunk::Other(at),
            },
            _ => Chunk::Other(at),
        }
    }

    /// A compound that begins here, with its last word.
    fn listed(&self, at: usize, compounds: &[String]) -> Option<(usize, String)> {
        compounds
            .iter()
            .filter(|compound| {
                compound.split(' ').enumerate().all(|(i, word)| self.word(at + i) == word)
            })
            .max_by_key(|compound| compound.len())
            .map(|compound| (at + compound.split(' ').count() - 1, compound.clone()))
    }

    fn noun_group(&self, first: usize) -> Option<NounGroup> {
        let mut head = None;
        let mut last = first;
        let mut at = first;
        while let Some(upos) = self.upos(at) {
            let word = self.word(at);
            let fits = match upos {
                Upos::Det | Upos::Num | Upos::Noun | Upos::Propn => true,
                Upos::Adj => {
                    head.is_none()
                        || (self.is_inner(at)
                            && !matches!(word, "last" | "next" | "early" | "late"))
                }
                // "the Observatory for Human Rights": a preposition inside the name of a body.
                Upos::Adp => {
                    head == Some(last)
                        && self.names_a_body(last)
                        && self.upos(at + 1) == Some(Upos::Propn)
                }
                Upos::Pron => at == first && !self.is_relative(at),
                Upos::Part => matches!(word, "'s" | "’s" | "'" | "’") && head.is_some(),
                Upos::Adv => {
                    // "about 400 fighters", "the newly formed council"
                    let number = matches!(self.upos(at + 1), Some(Upos::Num))
                        || (self.upos(at + 1) == Some(Upos::Adv)
                            && self.upos(at + 2) == Some(Upos::Num));
                    head.is_none()
                        && (number || (at > first && self.upos(at + 1) == Some(Upos::Adj)))
                }
                _ => false,
            };
            // A new article opens a new phrase: "gave the town | the right".
            let reopens = upos == Upos::Det && head.is_some() && self.word(at - 1) != "'s";
            if !fits || (reopens && !matches!(self.upos(at - 1), Some(Upos::Det))) {
                break;
            }
            if matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num) {
                head = Some(at);
            }
            last = at;
            at += 1;
            // "Last month local fighters": the time ends where the next phrase begins.
            let time_ends = TIME_NOUNS.contains(&word)
                && matches!(self.word(first), "last" | "this" | "next" | "earlier")
                && head == Some(last);
            // "In February fighters left": the name of a time is a phrase of its own.
            let time_name = at == first + 1
                && is_time_name(self.word(first))
                && matches!(self.upos(at), Some(Upos::Noun | Upos::Adj | Upos::Propn))
                && !TIME_NOUNS.contains(&self.word(at))
                && !is_time_name(self.word(at));
            if upos == Upos::Pron || time_ends || time_name {
                break;
            }
        }
        let determiner_alone = head.is_none()
            && self.upos(first) == Some(Upos::Det)
            && last == first
            && !self.lexicon.closed.possessives.contains(self.word(first));
        let head = head.or_else(|| determiner_alone.then_some(first))?;
        let last = self.with_bracketed_name(last.max(head));
        Some(NounGroup { first, last, head })
    }

    /// Nouns that name a body and take a preposition into its name.
    fn names_a_body(&self, at: usize) -> bool {
        let bodies = [
            "observatory",
            "network",
            "centre",
            "center",
            "office",
            "council",
            "committee",
            "organisation",
            "organization",
            "association",
            "commission",
            "agency",
            "institute",
            "movement",
            "foundation",
            "mission",
            "front",
        ];
        self.upos(at) == Some(Upos::Propn)
            && bodies.contains(&self.word(at))
            && self.word(at + 1) == "for"
    }

    /// "who" and "which", and "that" after a noun.
    fn is_relative(&self, at: usize) -> bool {
        let after_noun = at > 0 && (self.tokens[at - 1].is_nominal() || self.word(at - 1) == ")");
        self.lexicon.closed.relatives.contains(self.word(at))
            || (self.word(at) == "that" && after_noun)
    }

    /// An adjective after a noun belongs to the phrase only when another noun follows: "army heavy weapons".
    fn is_inner(&self, at: usize) -> bool {
        matches!(self.upos(at + 1), Some(Upos::Noun | Upos::Propn | Upos::Adj))
    }

    /// "(SAA)" after a name belongs to it.
    fn with_bracketed_name(&self, last: usize) -> usize {
        let opens = self.word(last + 1) == "(";
        let close = (last + 2..last + 8).find(|at| self.word(*at) == ")");
        match close {
            Some(close)
                if opens
                    && (last + 2..close).all(|at| {
                        matches!(self.upos(at), Some(Upos::Propn | Upos::Noun | Upos::X))
                    }) =>
            {
                close
            }
            _ => last,
        }
    }

    fn is_time(&self, group: NounGroup) -> bool {
        let head = self.word(group.head);
        let singular = self.tokens[group.head].lemma.to_lowercase();
        let told = |at: usize| {
            matches!(
                self.word(at),
                "last"
                    | "this"
                    | "next"
                    | "earlier"
                    | "that"
                    | "previous"
                    | "following"
                    | "same"
                    | "every"
                    | "each"
                    | "one"
                    | "two"
                    | "three"
                    | "four"
                    | "five"
                    | "few"
                    | "past"
            )
        };
        let pointed =
            (group.first..group.head).any(|at| told(at) || self.upos(at) == Some(Upos::Num));
        if WEEKDAYS.contains(&head) || matches!(head, "today" | "yesterday") {
            return true;
        }
        if TIME_NOUNS.contains(&singular.as_str()) {
            let weekday = (group.first..group.head).any(|at| WEEKDAYS.contains(&self.word(at)));
            return pointed || weekday || group.first == group.head;
        }
        let month = (group.first..=group.last)
            .any(|at| MONTHS.contains(&self.word(at)) && self.upos(at) == Some(Upos::Propn));
        month
            && (group.first..=group.last).all(|at| {
                matches!(self.upos(at), Some(Upos::Num | Upos::Det))
                    || MONTHS.contains(&self.word(at))
                    || told(at)
            })
    }

    fn verb_group(&self, first: usize) -> Option<VerbGroup> {
        let mut scan = Scan::default();
        let mut at = first;
        if self.upos(at) == Some(Upos::Part) && self.word(at) == "to" {
            scan.infinitive = true;
            at += 1;
        }
        loop {
            let token = self.tokens.get(at)?;
            match token.upos {
                Upos::Aux => {
                    scan.helpers.push(at);
                    at += 1;
                    if let Some(next) = self.prospective(at, &scan) {
                        scan.prospective =
                            Some(if self.word(at) == "yet" { "yet to" } else { "about to" });
                        at = next;
                    }
                }
                Upos::Adv if !scan.is_empty() && self.verb_ahead(at + 1) => {
                    scan.adverbs.push(self.word(at).to_owned());
                    at += 1;
                }
                Upos::Part
                    if self.negates(at) && (!scan.is_empty() || self.word(at + 1) == "to") =>
                {
                    scan.negation = Some(at);
                    at += 1;
                    if !scan.infinitive && scan.helpers.is_empty() && self.word(at) == "to" {
                        scan.infinitive = true;
                        at += 1;
                    }
                }
                Upos::Verb => return Some(self.finish(first, at, scan)),
                _ if !scan.helpers.is_empty() => return self.finish_without_verb(first, scan),
                _ => return None,
            }
            if at >= self.tokens.len() {
                return self.finish_without_verb(first, scan);
            }
        }
    }

    /// "is *about to* leave": the place after "to", where such words stand here.
    fn prospective(&self, at: usize, scan: &Scan) -> Option<usize> {
        let helper = scan.helpers.last().map_or("", |at| self.tokens[*at].lemma.as_str());
        // "has yet to leave"
        let awaited = helper == "have"
            && self.word(at) == "yet"
            && self.word(at + 1) == "to"
            && self.verb_ahead(at + 2);
        if awaited {
            return Some(at + 2);
        }
        if helper != "be" {
            return None;
        }
        let skip = usize::from(self.upos(at) == Some(Upos::Adv));
        if self.lexicon.closed.prospective.contains(self.word(at + skip))
            && self.word(at + skip + 1) == "to"
            && self.verb_ahead(at + skip + 2)
        {
            return Some(at + skip + 2);
        }
        // "is to leave", "is yet to be confirmed".
        let to = at + usize::from(self.word(at) == "yet");
        (self.word(to) == "to" && self.upos(to) == Some(Upos::Part)).then_some(to + 1)
    }

    fn verb_ahead(&self, at: usize) -> bool {
        (at..self.tokens.len().min(at + 3))
            .find(|at| !matches!(self.upos(*at), Some(Upos::Adv)))
            .is_some_and(|at| {
                matches!(self.upos(at), Some(Upos::Verb | Upos::Aux)) || self.negates(at)
            })
    }

    /// "not", "never", and "no" before "longer".
    fn negates(&self, at: usize) -> bool {
        let word = self.word(at);
        self.lexicon.closed.negations.contains(word)
            || (word == "no" && self.word(at + 1) == "longer")
    }

    /// A group of helpers alone: its last is the verb ("is responsible", "has two posts").
    fn finish_without_verb(&self, first: usize, mut scan: Scan) -> Option<VerbGroup> {
        let main = scan.helpers.pop()?;
        if self.lexicon.closed.modals.contains(&self.tokens[main].lemma) {
            return None;
        }
        scan.negation = scan.negation.filter(|at| *at < main).or_else(|| {
            (self.lexicon.closed.negations.contains(self.word(main + 1))
                && self.upos(main + 1) == Some(Upos::Part))
            .then_some(main + 1)
        });
        Some(self.finish(first, main, scan))
    }

    fn finish(&self, first: usize, main: usize, scan: Scan) -> VerbGroup {
        let lemma_of = |at: &usize| self.tokens[*at].lemma.as_str();
        let modal = scan
            .helpers
            .iter()
            .map(lemma_of)
            .find(|lemma| self.lexicon.closed.modals.contains(*lemma));
        let form = self.tokens[main].verb_form.unwrap_or(VerbForm::Base);
        let helper_be = scan.helpers.iter().map(lemma_of).any(|lemma| lemma == "be");
        let helper_have = scan.helpers.iter().map(lemma_of).any(|lemma| lemma == "have");
        let first_form = scan
            .helpers
            .first()
            .map_or(form, |at| self.tokens[*at].verb_form.unwrap_or(VerbForm::Base));
        let bare_participle = scan.helpers.is_empty() && matches!(form, VerbForm::PastParticiple);
        let tense = if scan.infinitive {
            Tense::None
        } else if scan.prospective.is_some() || modal.is_some() {
            Tense::Future
        } else {
            match first_form {
                _ if bare_participle => Tense::None,
                VerbForm::Past => Tense::Past,
                VerbForm::Gerund | VerbForm::PastParticiple => Tense::None,
                VerbForm::Present | VerbForm::Base if helper_have && !scan.helpers.is_empty() => {
                    Tense::Past
                }
                VerbForm::Present | VerbForm::Base => Tense::Present,
            }
        };
        let mut lemma = self.tokens[main].lemma.clone();
        let mut last = main.max(scan.negation.unwrap_or(main));
        let pair = format!("{lemma} {}", self.word(main + 1));
        if self.lexicon.closed.phrasal.contains(&pair) {
            lemma = pair;
            last = last.max(main + 1);
        }
        VerbGroup {
            first,
            last,
            main,
            lemma,
            form,
            tense,
            perfect: helper_have,
            progressive: helper_be && form == VerbForm::Gerund,
            passive: bare_participle || (form == VerbForm::PastParticiple && helper_be),
            modal: scan.prospective.or(modal).map(str::to_owned),
            negation: scan.negation,
            adverbs: scan.adverbs,
            infinitive: scan.infinitive,
        }
    }
}

/// What was met on the way to the main verb.
#[derive(Default)]
struct Scan {
    helpers: Vec<usize>,
    adverbs: Vec<String>,
    negation: Option<usize>,
    infinitive: bool,
    prospective: Option<&'static str>,
}

impl Scan {
    fn is_empty(&self) -> bool {
        self.helpers.is_empty() && !self.infinitive
    }
}
