//! Takes the words of one sentence, gives their parts of speech, verb forms and lemmas.
//! Invariant: one token for every word, in order; a word nothing is known of becomes a noun, never an error.

mod settle;
mod verbs;

use crate::calendar::is_time_name;
use crate::lexicon::{Lexicon, singular_of};
use crate::token::{Token, Upos, VerbForm};
use sulh_model::span::Span;

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
        words,
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
        tokens.push(Token {
            span: *span,
            lemma,
            upos,
            verb_form,
            penn: None,
            head: None,
            relation: None,
        });
    }
    settle::settle_concluded(&mut tokens, lexicon);
    settle::settle_reduced_relatives(
        &mut tokens,
        &tagger.lower,
        &lexicon.reporting.bare_complement,
    );
    settle::settle_subordinators(&mut tokens, &tagger);
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
    words: &'a [Span],
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
        if self.is_plural_possessive(at) {
            return (Upos::Part, None);
        }
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
        // "one prisoner", not "one of them" nor "no one".
        let one = word == "one"
            && self.is_nominal_ahead(at + 1)
            && !self.is_verb_ahead(at + 1)
            && before.last().is_none_or(|token| token.lemma != "no");
        if closed.numbers.contains(word) || one {
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
        let of_gerund = before.last().is_some_and(|noun| {
            noun.upos == Upos::Noun && noun.lemma.ends_with("ing") && self.word(at + 1) == "of"
        });
        if of_gerund && matches!(word, "over" | "down" | "up" | "out" | "back") {
            return (Upos::Adv, None);
        }
        if let Some(reading) = self.tag_verb(at, before) {
            return reading;
        }
        (self.tag_other(word, at, before), None)
    }

    fn tag_other(&self, word: &str, at: usize, before: &[Token]) -> Upos {
        let closed = &self.lexicon.closed;
        let is_last = at + 1 >= self.lower.len();
        // "and so broke the truce": after "and" it opens no clause of its own.
        let joined = before.last().is_some_and(|token| token.upos == Upos::Cconj);
        let table = [
            (closed.determiners.contains(word) || closed.possessives.contains(word), Upos::Det),
            (closed.relatives.contains(word) || closed.pronouns.contains(word), Upos::Pron),
            (closed.adjectives.contains(word) && !self.stands_as_noun(at, before), Upos::Adj),
            (closed.adjectives.contains(word), Upos::Noun),
            (word == "following" && self.noun_slot(before), Upos::Adj),
            (word == "so" && (self.word(at + 1) == "far" || joined), Upos::Adv),
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
        if is_time_name(word) && form.starts_with(char::is_uppercase) {
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

    /// "the doctors' union": a mark right after a plural and before a word, where no quotation is open.
    fn is_plural_possessive(&self, at: usize) -> bool {
        let mark = |word: &str| matches!(word, "'" | "’");
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        let touches =
            at > 0 && self.words[at - 1].end() == self.words[at].start() && before.ends_with('s');
        let parted = self.words.get(at + 1).is_some_and(|next| next.start() > self.words[at].end());
        let opened = self.lower[..at].iter().any(|word| mark(word) || word == "‘");
        mark(self.word(at)) && touches && parted && !opened && self.is_nominal_ahead(at + 1)
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
        // "a government official told"
        let after_noun = before.last().is_some_and(|token| token.upos == Upos::Noun)
            && self.is_verb_ahead(at + 1);
        after_noun
            || (self.noun_slot(before)
                && (!self.is_nominal_ahead(at + 1) || self.is_verb_ahead(at + 1)))
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

    fn lemma(&self, at: usize, upos: Upos) -> String {
        match upos {
            Upos::Propn | Upos::X => self.forms[at].to_owned(),
            Upos::Noun => singular_of(self.word(at)),
            _ => self.word(at).to_owned(),
        }
    }
}
