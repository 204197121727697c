//! Takes the actor register and the phrases of a sentence, gives who is meant.
//! Invariant: the name stays the page's wording; kind and side come from the register, or from words
//! that say them, and from nothing else.

use crate::rules::{RulesError, lexicon};
use crate::scene::Scene;
use serde::Deserialize;
use std::collections::BTreeMap;
use sulh_model::actor::{ActorKind, Who};
use sulh_model::register::{ActorRegister, folded};
use sulh_model::span::Span;
use sulh_syntax::{Phrase, Sentence, Upos};

/// The longest name of an actor, in words.
const NAME_WORDS_MAX: usize = 6;

/// The actors the program knows by name and by noun.
#[derive(Debug)]
pub(crate) struct ActorNames {
    register: ActorRegister,
    by_head: BTreeMap<String, ActorKind>,
    sides: BTreeMap<String, String>,
    ranks: Vec<String>,
    parties: Vec<String>,
    qualified: BTreeMap<String, BTreeMap<String, ActorKind>>,
}

#[derive(Debug, Deserialize)]
struct File {
    heads: BTreeMap<String, Vec<String>>,
    sides: BTreeMap<String, Vec<String>>,
    ranks: Ranks,
    parties: Ranks,
    qualified: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize)]
struct Ranks {
    words: Vec<String>,
}

/// A named actor in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ActorMention {
    /// Its words, first to last.
    pub words: (usize, usize),
    /// Entry of the register.
    pub id: String,
    /// What kind.
    pub kind: ActorKind,
}

impl ActorNames {
    /// The register and the nouns that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        const FILE: &str = "generic_actors.toml";
        let file: File = lexicon(FILE)?;
        let mut by_head = BTreeMap::new();
        for (code, words) in file.heads {
            let kind = ActorKind::from_code(&code).ok_or_else(|| {
                RulesError::file(FILE, format!("`{code}` is not a kind of actor"))
            })?;
            by_head.extend(words.into_iter().map(|word| (word, kind)));
        }
        let sides = file
            .sides
            .into_iter()
            .flat_map(|(side, words)| words.into_iter().map(move |word| (word, side.clone())));
        let mut qualified: BTreeMap<String, BTreeMap<String, ActorKind>> = BTreeMap::new();
        for (noun, words) in file.qualified {
            for (word, code) in words {
                let kind = ActorKind::from_code(&code).ok_or_else(|| {
                    RulesError::file(FILE, format!("`{code}` is not a kind of actor"))
                })?;
                qualified.entry(noun.clone()).or_default().insert(word, kind);
            }
        }
        Ok(Self {
            qualified,
            parties: file.parties.words,
            register: ActorRegister::shipped()?,
            by_head,
            sides: sides.collect(),
            ranks: file.ranks.words,
        })
    }

    /// The register.
    pub fn register(&self) -> &ActorRegister {
        &self.register
    }

    /// The named actors of a sentence.
    pub fn mentions(&self, text: &str, sentence: &Sentence) -> Vec<ActorMention> {
        let tokens = &sentence.tokens;
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let named =
                tokens[at].form(text).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
            let longest = (at..tokens.len().min(at + NAME_WORDS_MAX))
                .rev()
                .filter(|last| named && !matches!(tokens[*last].upos, Upos::Punct | Upos::Part))
                .find_map(|last| {
                    let span = tokens[at].span.cover(tokens[last].span);
                    let name = folded(span.of(text));
                    self.register
                        .find(&name)
                        .filter(|_| !name.is_empty())
                        .map(|actor| (last, actor))
                });
            match longest {
                Some((last, actor)) => {
                    found.push(ActorMention {
                        words: (at, last),
                        id: actor.id.clone(),
                        kind: actor.kind,
                    });
                    at = last + 1;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Who a phrase means, with the words that hang on it ("officers of the fourth division").
    pub fn who(&self, scene: &Scene<'_>, phrase: &Phrase) -> Who {
        let words = self.words_of(scene, phrase);
        let core = scene.core(phrase);
        let head = scene.token(core.head);
        let lemma = head.map_or(String::new(), |token| token.lemma.to_lowercase());
        // "SAA troops" are the SAA; "senior SAA officers" are persons of it, and still speak for it.
        let named = scene
            .actors
            .iter()
            .find(|mention| mention.words.0 >= core.words.0 && mention.words.1 <= core.words.1);
        let generic = self.kind_of(scene, core, &lemma);
        let part_of = |kind: &ActorKind| {
            matches!(
                kind,
                ActorKind::StateForces | ActorKind::ArmedGroup | ActorKind::ArmedOpposition
            )
        };
        let whole = named.filter(|mention| {
            let is_head = mention.words.0 <= core.head && core.head <= mention.words.1;
            is_head || generic.as_ref().is_none_or(part_of) || self.is_rank(&lemma)
        });
        let side = self.side_in_words(scene, core).map(str::to_owned);
        Who {
            name: scene.of(words).to_owned(),
            register_id: whole.map(|mention| mention.id.clone()),
            kind: whole.map(|mention| mention.kind).or(generic),
            side,
            span: words,
        }
    }

    /// What a noun says of the actor: with a word beside it ("armed group", "government forces"), or by itself.
    fn kind_of(&self, scene: &Scene<'_>, phrase: &Phrase, lemma: &str) -> Option<ActorKind> {
        let qualified = self.qualified.get(lemma).and_then(|with| {
            scene
                .sentence
                .phrase_tokens(phrase)
                .iter()
                .find_map(|token| with.get(&token.lemma.to_lowercase()).copied())
        });
        qualified
            .or_else(|| self.by_head.get(lemma).copied())
            .or_else(|| self.shared(scene, phrase))
    }

    /// "the Salamat and Beni Halba tribes": a name takes the noun that the last of those named with it brings.
    fn shared(&self, scene: &Scene<'_>, phrase: &Phrase) -> Option<ActorKind> {
        let is_name = |at: usize| scene.token(at).is_some_and(|token| token.upos == Upos::Propn);
        let joins = |at: usize| {
            scene.token(at).is_some_and(|token| matches!(token.lemma.as_str(), "and" | ","))
        };
        let mut at = phrase.words.1 + 1;
        if !is_name(phrase.head) || !joins(at) {
            return None;
        }
        while is_name(at) || joins(at) {
            at += 1;
        }
        let noun = scene.token(at).filter(|_| is_name(at - 1))?;
        let lemma = noun.lemma.to_lowercase();
        let many = scene.of(noun.span).to_lowercase() != lemma;
        self.by_head.get(&lemma).copied().filter(|_| many)
    }

    /// Whether the noun is a title or rank.
    pub fn is_rank(&self, lemma: &str) -> bool {
        self.ranks.iter().any(|rank| rank == lemma)
    }

    /// Whether a phrase means somebody who can act: a named actor or a noun of people.
    pub fn is_actor(&self, scene: &Scene<'_>, phrase: &Phrase) -> bool {
        let core = scene.core(phrase);
        let lemma =
            scene.token(core.head).map_or(String::new(), |token| token.lemma.to_lowercase());
        let named = scene
            .actors
            .iter()
            .any(|mention| mention.words.0 >= core.words.0 && mention.words.1 <= core.words.1);
        named
            || self.kind_of(scene, core, &lemma).is_some()
            || self.is_rank(&lemma)
            || self.parties.contains(&lemma)
    }

    /// The phrase without its article, with the places and wholes that hang on it.
    fn words_of(&self, scene: &Scene<'_>, phrase: &Phrase) -> Span {
        let article = scene.token(phrase.words.0).is_some_and(|token| {
            token.upos == Upos::Det && matches!(token.lemma.as_str(), "the" | "a" | "an")
        });
        let first = if article && phrase.words.0 < phrase.words.1 {
            phrase.words.0 + 1
        } else {
            phrase.words.0
        };
        let start = scene.token(first).map_or(phrase.span.start(), |token| token.span.start());
        // "security forces in the port" are security forces; "the Arabs in the council" are others than all Arabs.
        let stands_at = |modifier: &Phrase| {
            let head = modifier.head;
            scene.places.iter().any(|place| place.words.0 <= head && head <= place.words.1)
        };
        let tied = phrase.modifiers.iter().filter(|modifier| match modifier.case.as_str() {
            "of" | "from" => true,
            "in" => !stands_at(&modifier.phrase),
            _ => false,
        });
        let end = tied
            .map(|modifier| modifier.phrase.full_span().end())
            .fold(phrase.span.end(), usize::max);
        Span::new(start, end)
    }

    fn side_in_words(&self, scene: &Scene<'_>, phrase: &Phrase) -> Option<&str> {
        let mut sides = scene.tokens_in(phrase.span).filter_map(|at| {
            let token = scene.token(at)?;
            let named =
                scene.actors.iter().any(|mention| mention.words.0 <= at && at <= mention.words.1);
            self.sides.get(&token.lemma.to_lowercase()).filter(|_| !named)
        });
        let first = sides.next()?;
        sides.all(|side| side == first).then_some(first.as_str())
    }
}
