//! Takes the words of one sentence, gives their parts of speech, verb forms and lemmas.
//! Invariant: one token for every word, in order; a word nothing is known of becomes a noun, never an error.

use crate::lexicon::{Lexicon, singular_of};
use crate::token::{Token, Upos, VerbForm};
use std::collections::BTreeSet;
use sulh_model::span::Span;

const TIME_NAMES: [&str; 20] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "ramadan",
    "eid",
];

/// Endings of adjectives, and of the compounds reporters make ("rebel-held").
const ADJECTIVE_ENDINGS: [&str; 16] = [
    "-held",
    "-led",
    "-backed",
    "-based",
    "-controlled",
    "-affiliated",
    "-aligned",
    "-run",
    "al",
    "ive",
    "ous",
    "ful",
    "less",
    "able",
    "ible",
    "ic",
];

/// Tags the words of one sentence.
pub fn tag(text: &str, words: &[Span], lexicon: &Lexicon) -> Vec<Token> {
    let tagger = Tagger {
        lexicon,
        forms: words.iter().map(|span| span.of(text)).collect(),
        lower: words.iter().map(|span| span.of(text).to_lowercase()).collect(),
        title_case: is_title_case(text, words),
    };
    let mut tokens: Vec<Token> = Vec::with_capacity(words.len());
    for (at, span) in words.iter().enumerate() {
        let (upos, verb) = tagger.tag_one(at, &tokens);
        let lemma = match &verb {
            Some((lemma, _)) => lemma.clone(),
            None => tagger.lemma(at, upos),
        };
        let verb_form = verb.map(|(_, form)| form);
        tokens.push(Token { span: *span, lemma, upos, verb_form, head: None, relation: None });
    }
    settle_reduced_relatives(&mut tokens, &tagger.lower, &lexicon.reporting.bare_complement);
    settle_subordinators(&mut tokens, &tagger);
    tokens
}

/// Headlines capitalise every word: there a capital says nothing.
fn is_title_case(text: &str, words: &[Span]) -> bool {
    let long: Vec<&str> =
        words.iter().map(|span| span.of(text)).filter(|word| word.chars().count() > 3).collect();
    let capitals = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    long.len() >= 4 && capitals * 4 >= long.len() * 3
}

struct Tagger<'a> {
    lexicon: &'a Lexicon,
    forms: Vec<&'a str>,
    lower: Vec<String>,
    title_case: bool,
}

type VerbReading = Option<(String, VerbForm)>;

impl Tagger<'_> {
    fn word(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    fn tag_one(&self, at: usize, before: &[Token]) -> (Upos, VerbReading) {
        let word = self.word(at);
        let first = word.chars().next().unwrap_or(' ');
        if !first.is_alphanumeric() && !word.chars().any(char::is_alphanumeric) {
            return (
                if first.is_ascii_punctuation() || !first.is_ascii() {
                    Upos::Punct
                } else {
                    Upos::Sym
                },
                None,
            );
        }
        if matches!(word, "'s" | "’s") {
            return self.tag_clitic_s(at, before);
        }
        if word.chars().all(|c| c.is_numeric() || matches!(c, ',' | '.' | ':' | '%')) {
            return (Upos::Num, None);
        }
        let closed = &self.lexicon.closed;
        if closed.numbers.contains(word) {
            return (Upos::Num, None);
        }
        if word == "no" && self.word(at + 1) == "longer" {
            return (Upos::Part, None);
        }
        if self.counts(at) {
            return (Upos::Adv, None);
        }
        if self.is_name(at) {
            return (Upos::Propn, None);
        }
        if let Some(tagged) = self.tag_auxiliary(at, before) {
            return tagged;
        }
        if word == "that" {
            return (self.tag_that(at, before), None);
        }
        if word == "to" {
            return (if self.opens_infinitive(at + 1) { Upos::Part } else { Upos::Adp }, None);
        }
        if closed.negations.contains(word) {
            return (Upos::Part, None);
        }
        if closed.conjunctions.contains(word) && word != "yet" {
            return (Upos::Cconj, None);
        }
        if let Some(reading) = self.tag_verb(at, before) {
            return reading;
        }
        (self.tag_other(word, at, before), None)
    }

    fn tag_other(&self, word: &str, at: usize, before: &[Token]) -> Upos {
        let closed = &self.lexicon.closed;
        let is_last = at + 1 >= self.lower.len();
        let table = [
            (closed.determiners.contains(word) || closed.possessives.contains(word), Upos::Det),
            (closed.relatives.contains(word) || closed.pronouns.contains(word), Upos::Pron),
            (closed.adjectives.contains(word) && !self.stands_as_noun(at, before), Upos::Adj),
            (closed.adjectives.contains(word), Upos::Noun),
            (word == "following" && self.noun_slot(before), Upos::Adj),
            (word == "so" && self.word(at + 1) == "far", Upos::Adv),
            (closed.subordinators.contains(word), Upos::Sconj),
            (closed.prepositions.contains(word) && !is_last, Upos::Adp),
            (closed.adverbs.contains(word) || closed.prepositions.contains(word), Upos::Adv),
            (word.len() > 4 && word.ends_with("ly"), Upos::Adv),
        ];
        if let Some((_, upos)) = table.into_iter().find(|(holds, _)| *holds) {
            return upos;
        }
        let adjective =
            ADJECTIVE_ENDINGS.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end));
        if adjective
            && (self.is_nominal_ahead(at + 1) || before.last().is_some_and(|t| t.upos == Upos::Aux))
        {
            return Upos::Adj;
        }
        let known_noun = self.lexicon.verb_of_noun(word).is_some() || singular_of(word) != word;
        if at == 0 && self.forms[at].starts_with(char::is_uppercase) && !known_noun {
            return Upos::Propn;
        }
        if word.chars().next().is_some_and(|c| {
            c.is_alphabetic() && !c.is_ascii() && !c.is_lowercase() && !c.is_uppercase()
        }) {
            return Upos::X;
        }
        Upos::Noun
    }

    /// "about 400", "at least 400", "more than 400": words that belong to the number.
    fn counts(&self, at: usize) -> bool {
        let number = |at: usize| {
            let word = self.word(at);
            word.starts_with(|c: char| c.is_ascii_digit())
                || self.lexicon.closed.numbers.contains(word)
        };
        let word = self.word(at);
        let before = at.checked_sub(1).map_or("", |at| self.word(at));
        let single = matches!(
            word,
            "about"
                | "around"
                | "over"
                | "nearly"
                | "almost"
                | "roughly"
                | "approximately"
                | "under"
        );
        let opens = matches!(
            (word, self.word(at + 1)),
            ("at", "least" | "most") | ("more" | "less" | "fewer", "than") | ("up", "to")
        );
        let closes = matches!(
            (before, word),
            ("at", "least" | "most") | ("more" | "less" | "fewer", "than") | ("up", "to")
        );
        (single && number(at + 1)) || (opens && number(at + 2)) || (closes && number(at + 1))
    }

    /// Whether the word is written as a name: a capital where English needs none.
    fn is_name(&self, at: usize) -> bool {
        let form = self.forms[at];
        let word = self.word(at);
        if TIME_NAMES.contains(&word) && form.starts_with(char::is_uppercase) {
            return true;
        }
        if !form.starts_with(char::is_uppercase) {
            return false;
        }
        let acronym = form.chars().filter(|c| c.is_uppercase()).count() >= 2;
        let opens =
            at == 0 || self.forms[..at].iter().all(|form| !form.chars().any(char::is_alphanumeric));
        if acronym && !self.title_case {
            return true;
        }
        let closed = &self.lexicon.closed;
        let function_word = self.is_function_word(word)
            || closed.modals.contains(word) && word != "may"
            || closed.negations.contains(word);
        if function_word || (word == "may" && !self.is_month_may(at)) {
            return false;
        }
        if self.title_case {
            return acronym && self.lexicon.verb_readings(word).is_empty();
        }
        !opens || (self.is_capital(at + 1) && self.lexicon.verb_readings(word).is_empty())
    }

    fn is_function_word(&self, word: &str) -> bool {
        let closed = &self.lexicon.closed;
        closed.determiners.contains(word)
            || closed.prepositions.contains(word)
            || closed.pronouns.contains(word)
            || closed.possessives.contains(word)
            || closed.conjunctions.contains(word)
            || closed.subordinators.contains(word)
            || closed.adverbs.contains(word)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.forms.get(at).is_some_and(|form| form.starts_with(char::is_uppercase))
    }

    fn is_month_may(&self, at: usize) -> bool {
        let digits = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        digits(at + 1)
            || (at > 0
                && (digits(at - 1)
                    || matches!(
                        self.word(at - 1),
                        "in" | "last" | "since" | "early" | "late" | "mid" | "of"
                    )))
    }

    /// "'s" after a noun is the possessive, unless a participle follows and it stands for "is" or "has".
    fn tag_clitic_s(&self, at: usize, before: &[Token]) -> (Upos, VerbReading) {
        let pronoun = before.last().is_some_and(|token| token.upos == Upos::Pron);
        let verb_next = matches!(self.word(at + 1), "been" | "not" | "being");
        if pronoun || verb_next {
            return (Upos::Aux, Some(("be".to_owned(), VerbForm::Present)));
        }
        (Upos::Part, None)
    }

    fn tag_auxiliary(&self, at: usize, before: &[Token]) -> Option<(Upos, VerbReading)> {
        let closed = &self.lexicon.closed;
        let word = self.word(at).trim_start_matches(['\'', '’']);
        let form = match word {
            "been" => VerbForm::PastParticiple,
            "being" | "having" => VerbForm::Gerund,
            "was" | "were" | "had" | "did" => VerbForm::Past,
            "be" | "have" | "do" => VerbForm::Base,
            _ => VerbForm::Present,
        };
        let lemma = if closed.be.contains(word) {
            "be"
        } else if closed.have.contains(word) {
            "have"
        } else if closed.do_.contains(word) {
            "do"
        } else if closed.modals.contains(word) {
            let noun_before =
                before.last().is_some_and(|t| t.upos == Upos::Det || t.upos == Upos::Adj);
            return (!noun_before).then(|| (Upos::Aux, Some((word.to_owned(), VerbForm::Present))));
        } else {
            return None;
        };
        Some((Upos::Aux, Some((lemma.to_owned(), form))))
    }

    fn tag_that(&self, at: usize, before: &[Token]) -> Upos {
        match before.last().map(|token| token.upos) {
            Some(Upos::Verb | Upos::Aux | Upos::Adj | Upos::Cconj) => Upos::Sconj,
            Some(Upos::Noun | Upos::Propn | Upos::Pron) => {
                // "told reporters that", "claims that": what follows decides between content and description.
                let verb_next = self.is_verb_ahead(at + 1);
                if verb_next { Upos::Pron } else { Upos::Sconj }
            }
            Some(Upos::Punct) if !self.is_nominal_ahead(at + 1) => Upos::Sconj,
            _ if self.is_nominal_ahead(at + 1) => Upos::Det,
            _ => Upos::Pron,
        }
    }

    /// A verb form follows at once: an auxiliary, or a form that is nothing else.
    fn is_verb_ahead(&self, at: usize) -> bool {
        let closed = &self.lexicon.closed;
        let word = self.word(at);
        let auxiliary = closed.be.contains(word)
            || closed.have.contains(word)
            || closed.do_.contains(word)
            || closed.modals.contains(word);
        auxiliary
            || self.lexicon.verb_readings(word).iter().any(|(lemma, form)| {
                !matches!(form, VerbForm::Gerund | VerbForm::Base)
                    && !self.lexicon.is_also_noun(lemma)
            })
    }

    fn is_nominal_ahead(&self, at: usize) -> bool {
        let word = self.word(at);
        let closed = &self.lexicon.closed;
        word.starts_with(char::is_alphanumeric)
            && !self.is_function_word(word)
            && !closed.modals.contains(word)
            && !closed.be.contains(word)
            && !closed.have.contains(word)
    }

    /// "a local official told", "the wounded were": an adjective in a noun's place with no noun after it.
    fn stands_as_noun(&self, at: usize, before: &[Token]) -> bool {
        self.noun_slot(before) && (!self.is_nominal_ahead(at + 1) || self.is_verb_ahead(at + 1))
    }

    fn opens_infinitive(&self, at: usize) -> bool {
        let closed = &self.lexicon.closed;
        let skip = usize::from(
            closed.adverbs.contains(self.word(at))
                || self.word(at).ends_with("ly")
                || self.word(at) == "not",
        );
        let word = self.word(at + skip);
        if matches!(word, "be" | "have" | "do") {
            return true;
        }
        !self.is_capital(at + skip)
            && self.lexicon.verb_readings(word).iter().any(|(_, form)| *form == VerbForm::Base)
    }

    /// The verb the word is, or the noun or adjective it is in spite of its form; nothing for other words.
    fn tag_verb(&self, at: usize, before: &[Token]) -> Option<(Upos, VerbReading)> {
        let word = self.word(at);
        if self.lexicon.closed.not_verbs.contains(word) {
            return Some(self.tag_verb_like(at, before));
        }
        if self.lexicon.closed.adjectives.contains(word) && !self.verb_slot(before) {
            return None;
        }
        let known = self.lexicon.verb_readings(word);
        let guessed;
        let readings = if known.is_empty() {
            guessed = guess_verb(word);
            guessed.as_slice()
        } else {
            known
        };
        let has = |form: VerbForm| readings.iter().find(|(_, f)| *f == form).cloned();
        if readings.is_empty() {
            // After "will" or "to" an unknown word is a verb.
            let plain = word.chars().all(|c| c.is_ascii_lowercase()) && !word.ends_with("ly");
            let unknown = plain && self.verb_slot(before) && !self.is_function_word(word);
            return unknown.then(|| (Upos::Verb, Some((word.to_owned(), VerbForm::Base))));
        }
        if self.lexicon.closed.prepositions.contains(word) && !self.verb_slot(before) {
            return None;
        }
        if let Some(reading) = has(VerbForm::Gerund) {
            return Some(self.tag_gerund(at, before, reading));
        }
        if let Some(reading) = has(VerbForm::Base).filter(|_| self.verb_slot(before)) {
            return Some((Upos::Verb, Some(reading)));
        }
        if let Some(past) = has(VerbForm::Past).or_else(|| has(VerbForm::PastParticiple)) {
            let base_too = has(VerbForm::Base).is_some();
            if !base_too || !self.noun_slot(before) {
                return Some(self.tag_past(at, before, past, has(VerbForm::Past).is_some()));
            }
        }
        let reading = has(VerbForm::Base).or_else(|| has(VerbForm::Present))?;
        Some(self.tag_present(at, before, reading))
    }

    /// "wanted", "armed", "meeting": an adjective before a noun, a noun elsewhere, a verb after "was" or "to".
    fn tag_verb_like(&self, at: usize, before: &[Token]) -> (Upos, VerbReading) {
        let word = self.word(at);
        let after_have = before.last().is_some_and(|t| t.upos == Upos::Aux && t.lemma == "have");
        if word.ends_with("ed")
            && (after_have || (self.subject_before(before) && !self.noun_slot(before)))
        {
            let reading = self.lexicon.verb_readings(word).first().cloned();
            if let Some((lemma, _)) = reading {
                let form = if after_have { VerbForm::PastParticiple } else { VerbForm::Past };
                return (Upos::Verb, Some((lemma, form)));
            }
        }
        let be_before = self.last_word_aux(before).is_some_and(|t| t.lemma == "be");
        if be_before && let Some((lemma, form)) = self.lexicon.verb_readings(word).first().cloned()
        {
            let form = if form == VerbForm::Gerund { form } else { VerbForm::PastParticiple };
            return (Upos::Verb, Some((lemma, form)));
        }
        if word.ends_with("ing")
            && (self.lexicon.closed.prepositions.contains(word)
                || matches!(word, "including" | "according"))
        {
            return (Upos::Adp, None);
        }
        if self.noun_slot(before) && !self.is_nominal_ahead(at + 1) {
            return (Upos::Noun, None);
        }
        let participle = word.ends_with("ed") && !self.lexicon.verb_readings(word).is_empty();
        (if participle { Upos::Adj } else { Upos::Noun }, None)
    }

    /// The auxiliary before, over adverbs and negations.
    fn last_word_aux<'t>(&self, before: &'t [Token]) -> Option<&'t Token> {
        before
            .iter()
            .rev()
            .find(|token| match token.upos {
                Upos::Adv => false,
                Upos::Part => token.lemma == "to",
                _ => true,
            })
            .filter(|token| token.upos == Upos::Aux)
    }

    /// A base form must be a verb here: after "to", a modal or "do", or in line with one after "and".
    fn verb_slot(&self, before: &[Token]) -> bool {
        if let Some(aux) = self.last_word_aux(before)
            && (self.lexicon.closed.modals.contains(&aux.lemma) || aux.lemma == "do")
        {
            return true;
        }
        let meaningful = before.iter().rev().find(|token| token.upos != Upos::Adv);
        meaningful.is_some_and(|token| token.upos == Upos::Part && token.lemma == "to")
    }

    /// A noun is expected: after an article, adjective, preposition, number or possessive.
    fn noun_slot(&self, before: &[Token]) -> bool {
        before.last().is_some_and(|token| match token.upos {
            Upos::Det | Upos::Adj | Upos::Adp | Upos::Num => true,
            Upos::Part => matches!(token.lemma.as_str(), "'s" | "’s"),
            _ => false,
        })
    }

    /// A subject may stand right before.
    fn subject_before(&self, before: &[Token]) -> bool {
        before.iter().rev().find(|token| !matches!(token.upos, Upos::Adv)).is_some_and(|token| {
            matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron) || token.lemma == ")"
        })
    }

    fn tag_gerund(
        &self,
        at: usize,
        before: &[Token],
        reading: (String, VerbForm),
    ) -> (Upos, VerbReading) {
        let next_of = self.word(at + 1) == "of";
        let slot = before.last().map(|token| token.upos);
        let noun = next_of
            || matches!(slot, Some(Upos::Det | Upos::Adj | Upos::Num))
            || (slot == Some(Upos::Part) && self.noun_slot(before));
        if noun && self.last_word_aux(before).is_none_or(|aux| aux.lemma != "be") {
            return (Upos::Noun, None);
        }
        (Upos::Verb, Some(reading))
    }

    fn tag_past(
        &self,
        at: usize,
        before: &[Token],
        reading: (String, VerbForm),
        can_be_finite: bool,
    ) -> (Upos, VerbReading) {
        let (lemma, _) = reading;
        if let Some(aux) = self.last_word_aux(before)
            && matches!(aux.lemma.as_str(), "have" | "be" | "get")
        {
            return (Upos::Verb, Some((lemma, VerbForm::PastParticiple)));
        }
        let opens = before.iter().all(|token| token.upos == Upos::Punct);
        let after_verb = before.last().is_some_and(|token| token.upos == Upos::Verb);
        if (self.noun_slot(before) || opens || after_verb) && self.is_nominal_ahead(at + 1) {
            return (Upos::Adj, None);
        }
        if before.last().is_some_and(|token| token.upos == Upos::Cconj) {
            // "was arrested and taken", "entered and searched": the form of the verb it is joined to.
            if let Some(other) = before.iter().rev().find(|token| token.upos == Upos::Verb) {
                let form = match other.verb_form {
                    Some(VerbForm::PastParticiple) => VerbForm::PastParticiple,
                    _ if can_be_finite => VerbForm::Past,
                    _ => VerbForm::PastParticiple,
                };
                return (Upos::Verb, Some((lemma, form)));
            }
        }
        let by_next = self.word(at + 1) == "by";
        // "the bodies of those killed"
        let those = before.last().is_some_and(|token| token.lemma == "those");
        let form = if can_be_finite && !by_next && !those {
            VerbForm::Past
        } else {
            VerbForm::PastParticiple
        };
        (Upos::Verb, Some((lemma, form)))
    }

    fn tag_present(
        &self,
        at: usize,
        before: &[Token],
        reading: (String, VerbForm),
    ) -> (Upos, VerbReading) {
        let (lemma, form) = reading;
        let verb = (Upos::Verb, Some((lemma.clone(), form)));
        let noun = (Upos::Noun, None);
        let also_noun = self.lexicon.is_also_noun(&lemma);
        if self.noun_slot(before) {
            return if also_noun || form == VerbForm::Base { noun } else { verb };
        }
        let next = self.word(at + 1);
        let closed = &self.lexicon.closed;
        let object_next = closed.determiners.contains(next)
            || closed.possessives.contains(next)
            || closed.pronouns.contains(next)
            || (next == "that" || (next == "to" && self.opens_infinitive(at + 2)));
        let after_conjunction = before
            .last()
            .is_some_and(|token| matches!(token.upos, Upos::Cconj) || token.lemma == ",");
        let joined_to_base = after_conjunction
            && before
                .iter()
                .rev()
                .find(|token| token.upos == Upos::Verb)
                .is_some_and(|token| token.verb_form == Some(form));
        let opens = before.iter().all(|token| token.upos == Upos::Punct);
        if !also_noun {
            return if opens && form == VerbForm::Present { noun } else { verb };
        }
        // "calls for", "Stop shelling": the next word makes it a verb.
        let phrasal = closed.phrasal.contains(&format!("{lemma} {next}"));
        let gerund_next =
            opens && next.ends_with("ing") && !self.lexicon.verb_readings(next).is_empty();
        if gerund_next
            || (phrasal && (opens || self.subject_before(before)) && !self.has_finite_verb(before))
        {
            return verb;
        }
        if joined_to_base && next.ends_with('s') && self.is_nominal_ahead(at + 1) {
            return verb;
        }
        let pronoun_subject = before.last().is_some_and(|token| token.upos == Upos::Pron);
        let subject = self.subject_before(before) && !self.has_finite_verb(before);
        let capital_next = self.is_capital(at + 1) && !self.title_case;
        if pronoun_subject
            || ((subject || joined_to_base || opens) && (object_next || (capital_next && !opens)))
        {
            return verb;
        }
        noun
    }

    /// A finite verb already stands in this stretch, since the last comma, conjunction of clauses or relative.
    fn has_finite_verb(&self, before: &[Token]) -> bool {
        before
            .iter()
            .rev()
            .take_while(|token| {
                token.upos != Upos::Sconj
                    && !matches!(token.lemma.as_str(), "," | ";" | ":" | "who" | "which")
            })
            .any(|token| matches!(token.verb_form, Some(VerbForm::Past | VerbForm::Present)))
    }

    fn lemma(&self, at: usize, upos: Upos) -> String {
        match upos {
            Upos::Propn | Upos::X => self.forms[at].to_owned(),
            Upos::Noun => singular_of(self.word(at)),
            _ => self.word(at).to_owned(),
        }
    }
}

/// Words in -ed and -ing the list does not hold: most are verbs.
fn guess_verb(word: &str) -> Vec<(String, VerbForm)> {
    let plain = word.chars().all(|c| c.is_ascii_lowercase());
    if plain
        && word.len() > 5
        && let Some(stem) = word.strip_suffix("ed")
    {
        return vec![
            (stem.to_owned(), VerbForm::Past),
            (stem.to_owned(), VerbForm::PastParticiple),
        ];
    }
    if plain
        && word.len() > 6
        && let Some(stem) = word.strip_suffix("ing")
    {
        return vec![(stem.to_owned(), VerbForm::Gerund)];
    }
    Vec::new()
}

/// "The deal reached on Sunday collapsed": of two past forms with nothing between them that opens a clause,
/// the first describes its noun.
fn settle_reduced_relatives(tokens: &mut [Token], lower: &[String], reporting: &BTreeSet<String>) {
    let finite: Vec<usize> = (0..tokens.len())
        .filter(|at| {
            tokens[*at]
                .verb_form
                .is_some_and(|form| matches!(form, VerbForm::Past | VerbForm::Present))
        })
        .collect();
    for pair in finite.windows(2) {
        let (first, second) = (pair[0], pair[1]);
        let is_past =
            tokens[first].upos == Upos::Verb && tokens[first].verb_form == Some(VerbForm::Past);
        let noun_before = first > 0 && matches!(tokens[first - 1].upos, Upos::Noun | Upos::Propn);
        let closed_by = lower.get(first + 1).map(String::as_str).unwrap_or("");
        let phrase_next = matches!(
            tokens.get(first + 1).map(|t| t.upos),
            Some(Upos::Adp | Upos::Propn | Upos::Adv | Upos::Part)
        ) || closed_by == "earlier";
        let between = &tokens[first + 1..second];
        let opens_clause = between.iter().any(|token| {
            matches!(token.upos, Upos::Sconj | Upos::Cconj | Upos::Pron | Upos::Punct)
        });
        let noun_between = between.iter().any(Token::is_nominal);
        if opens_clause || !noun_between {
            continue;
        }
        if is_past && noun_before && phrase_next {
            tokens[first].verb_form = Some(VerbForm::PastParticiple);
            continue;
        }
        // "released five soldiers kidnapped in August": the second describes the noun before it.
        let speaks = reporting.contains(&tokens[first].lemma);
        let describes = tokens[second].verb_form == Some(VerbForm::Past)
            && tokens[second].upos == Upos::Verb
            && matches!(tokens[second - 1].upos, Upos::Noun | Upos::Propn)
            && matches!(tokens.get(second + 1).map(|token| token.upos), Some(Upos::Adp));
        if describes && !speaks && tokens[first].upos == Upos::Verb {
            tokens[second].verb_form = Some(VerbForm::PastParticiple);
        }
    }
}

/// "after", "before", "since", "until", "as": they open a clause only where a verb follows before the next mark.
fn settle_subordinators(tokens: &mut [Token], tagger: &Tagger<'_>) {
    let closed = &tagger.lexicon.closed;
    for at in 0..tokens.len() {
        let word = tagger.word(at);
        let both = matches!(word, "after" | "before" | "since" | "until" | "till" | "as" | "once");
        if !both || !matches!(tokens[at].upos, Upos::Sconj | Upos::Adp | Upos::Adv) {
            continue;
        }
        let verb_follows = tokens[at + 1..]
            .iter()
            .take_while(|token| {
                !matches!(token.lemma.as_str(), "," | ";" | "." | ":" | "who" | "which" | "that")
            })
            .any(|token| {
                matches!(token.verb_form, Some(VerbForm::Past | VerbForm::Present))
                    || (token.upos == Upos::Aux && closed.modals.contains(&token.lemma))
            });
        let gerund_next =
            tokens.get(at + 1).is_some_and(|token| token.verb_form == Some(VerbForm::Gerund));
        let time_next = matches!(word, "since" | "until" | "till")
            && tokens.get(at + 1).is_some_and(|token| {
                token.upos == Upos::Num || TIME_NAMES.contains(&token.lemma.to_lowercase().as_str())
            });
        tokens[at].upos =
            if !time_next && (verb_follows || gerund_next) { Upos::Sconj } else { Upos::Adp };
    }
}
