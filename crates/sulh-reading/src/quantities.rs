//! Takes a clause, gives how many it speaks of, with the words that say so.
//! Invariant: a number the words do not give is nothing; what counts the doers is not given for the things done to.

use crate::classes::ClassSet;
use crate::rules::{RulesError, lexicon};
use crate::scene::Scene;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::span::Span;
use sulh_model::term::Quantity;
use sulh_syntax::{Clause, Phrase, Upos};

/// The words that count.
#[derive(Debug)]
pub(crate) struct Quantities {
    values: BTreeMap<String, u64>,
    times: BTreeMap<String, u64>,
    vague: BTreeSet<String>,
    loose: BTreeSet<String>,
    people: ClassSet,
    places: ClassSet,
}

#[derive(Deserialize)]
struct File {
    values: BTreeMap<String, u64>,
    times: BTreeMap<String, u64>,
    vague: Words,
    loose: Words,
}

#[derive(Deserialize)]
struct Words {
    words: BTreeSet<String>,
}

impl Quantities {
    /// The words that come with the program.
    pub fn shipped(classes: &crate::classes::Classes) -> Result<Self, RulesError> {
        let file: File = lexicon("quantities.toml")?;
        let class = |name: &str| classes.named(name).unwrap_or_default();
        Ok(Self {
            values: file.values,
            times: file.times,
            vague: file.vague.words,
            loose: file.loose.words,
            people: class("people").with(class("fighter")).with(class("detainee")),
            places: class("place"),
        })
    }

    /// How many a clause speaks of.
    pub fn of(&self, scene: &Scene<'_>, clause: &Clause) -> Option<Quantity> {
        let undergoer = clause.undergoer();
        // "Three hundred fighters left the town", "some fighters settled their status": those who do it are counted.
        let counts_doer = undergoer.is_none_or(|phrase| {
            let own = scene.token(phrase.words.0).is_some_and(|token| {
                matches!(token.lemma.as_str(), "their" | "his" | "her" | "its")
            });
            own || scene.phrase_classes(phrase).meets(self.places)
        });
        let doer = clause.doer().filter(|_| counts_doer);
        undergoer.into_iter().chain(doer).find_map(|phrase| self.of_phrase(scene, phrase))
    }

    /// "three women and a girl": one wording; a sum only of people, and only where every part is counted.
    fn of_phrase(&self, scene: &Scene<'_>, phrase: &Phrase) -> Option<Quantity> {
        let first = self.of_part(scene, phrase)?;
        let mut value = first.value;
        let mut span = first.span;
        let mut unit = first.unit.clone();
        for part in &phrase.conjuncts {
            let other = self.of_part(scene, part).or_else(|| single(scene, part));
            let Some(other) = other.filter(|_| self.is_people(scene, phrase, part)) else {
                return Some(first);
            };
            value = value.zip(other.value).map(|(one, two)| one + two);
            span = span.cover(other.span);
            unit = unit.filter(|unit| other.unit.as_ref() == Some(unit));
        }
        Some(Quantity { value, unit, wording: scene.of(span).to_owned(), span })
    }

    fn is_people(&self, scene: &Scene<'_>, one: &Phrase, other: &Phrase) -> bool {
        [one, other].iter().all(|part| scene.phrase_classes(part).meets(self.people))
    }

    fn of_part(&self, scene: &Scene<'_>, part: &Phrase) -> Option<Quantity> {
        let (first, value) = self.number_in(scene, part)?;
        // "one of two prisoners", "dozens of detainees": what is counted comes after "of".
        let counter = self.counts(scene, part.head);
        let counted = part.modifier("of").filter(|_| counter).map_or(part, |inner| inner);
        let head = scene.token(counted.head)?;
        let start = scene.token(first)?.span.start();
        let span = Span::new(start, head.span.end().max(scene.token(first)?.span.end()));
        let named = !self.counts(scene, counted.head);
        Some(Quantity {
            value,
            unit: named.then(|| head.lemma.clone()),
            wording: scene.of(span).to_owned(),
            span,
        })
    }

    fn counts(&self, scene: &Scene<'_>, at: usize) -> bool {
        let word = lower(scene, at);
        scene.token(at).is_some_and(|token| token.upos == Upos::Num)
            || self.values.contains_key(&word)
            || self.times.contains_key(&word)
            || self.vague.contains(&word)
    }

    /// The first word of the number of a phrase, and what it is worth.
    fn number_in(&self, scene: &Scene<'_>, part: &Phrase) -> Option<(usize, Option<u64>)> {
        let (from, to) = (part.words.0, part.words.1.max(part.head));
        let is_time = |at: usize| {
            scene.token(at).is_some_and(|token| scene.times_in(token.span).next().is_some())
        };
        let number = (from..=to).find(|at| self.value(scene, *at).is_some() && !is_time(*at));
        if let Some(at) = number {
            let mut value = self.value(scene, at);
            let mut next = at + 1;
            while let Some(times) = self.times.get(&lower(scene, next)).filter(|_| next <= to) {
                value = value.and_then(|value| value.checked_mul(*times));
                next += 1;
            }
            return Some((self.loosened(scene, at), value));
        }
        let vague = (from..=to).find(|at| self.vague.contains(&lower(scene, *at)))?;
        // "the most wanted", "their part": only where it opens the phrase, or heads it.
        (vague == from || vague == part.head).then_some((vague, None))
    }

    fn value(&self, scene: &Scene<'_>, at: usize) -> Option<u64> {
        let word = lower(scene, at);
        let digits = word.replace(',', "");
        self.values
            .get(&word)
            .or_else(|| self.times.get(&word))
            .copied()
            .or_else(|| digits.parse().ok())
    }

    /// "at least", "about" before a number belong to its wording.
    fn loosened(&self, scene: &Scene<'_>, number: usize) -> usize {
        (0..number)
            .rev()
            .take_while(|at| self.loose.contains(&lower(scene, *at)))
            .last()
            .unwrap_or(number)
    }
}

/// "a girl", beside others who are counted.
fn single(scene: &Scene<'_>, part: &Phrase) -> Option<Quantity> {
    let article = matches!(lower(scene, part.words.0).as_str(), "a" | "an");
    let span = scene.token(part.words.0)?.span.cover(scene.token(part.head)?.span);
    article.then(|| Quantity {
        value: Some(1),
        unit: scene.token(part.head).map(|token| token.lemma.clone()),
        wording: scene.of(span).to_owned(),
        span,
    })
}

fn lower(scene: &Scene<'_>, at: usize) -> String {
    scene.token(at).map_or(String::new(), |token| token.form(scene.text).to_lowercase())
}
