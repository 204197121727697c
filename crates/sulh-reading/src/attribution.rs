//! Takes the reports of a sentence and who a page says is speaking, gives the attribution chain of a stretch.
//! Invariant: the chain is ordered outermost first; a holder is named only when a reader could tell who it is.

use crate::rules::{RulesError, rule};
use crate::scene::Scene;
use serde::Deserialize;
use std::collections::BTreeSet;
use sulh_model::actor::ActorKind;
use sulh_model::register::{Source, SourceRegister, folded};
use sulh_model::span::Span;
use sulh_model::statement::{Basis, Holder, HolderKind};
use sulh_syntax::{Phrase, Report, Upos};

/// What the program knows of speakers.
#[derive(Debug)]
pub(crate) struct Speakers {
    register: SourceRegister,
    groups: Vec<Group>,
    unnamed: BTreeSet<String>,
    speaking: BTreeSet<String>,
    texts: BTreeSet<String>,
}

#[derive(Debug)]
struct Group {
    kind: HolderKind,
    side: Option<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    group: Vec<GroupRow>,
    unnamed: Unnamed,
    speaking: Unnamed,
    texts: Unnamed,
}

#[derive(Deserialize)]
struct GroupRow {
    kind: String,
    side: Option<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Unnamed {
    words: BTreeSet<String>,
}

impl Speakers {
    /// The register and the descriptions that come with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        const FILE: &str = "attribution/holders.toml";
        let file: File = rule(FILE)?;
        let groups = file.group.into_iter().map(|row| {
            let kind = HolderKind::from_code(&row.kind).ok_or_else(|| {
                RulesError::file(FILE, format!("`{}` is not a kind of holder", row.kind))
            })?;
            Ok(Group { kind, side: row.side, words: row.words })
        });
        Ok(Self {
            register: SourceRegister::shipped()?,
            groups: groups.collect::<Result<_, RulesError>>()?,
            unnamed: file.unnamed.words,
            speaking: file.speaking.words,
            texts: file.texts.words,
        })
    }

    /// The source of the register a stretch of words names: the whole, or the longest run of words in it.
    pub fn source_in(&self, words: &str) -> Option<&Source> {
        let folded_words = folded(words);
        let parts: Vec<&str> = folded_words.split(' ').collect();
        (1..=parts.len().min(10)).rev().find_map(|length| {
            parts.windows(length).find_map(|window| {
                let name = window.join(" ");
                self.register.find(&name).filter(|source| is_written_as_name(words, source, length))
            })
        })
    }

    /// The chain for a stretch of a sentence, outermost first. `before` are the holders met earlier on the page, to
    /// whom "the mission" and "it" may point back.
    pub fn chain(&self, scene: &Scene<'_>, stretch: Span, before: &[Holder]) -> Vec<Holder> {
        let mut around: Vec<&Report> = scene
            .sentence
            .reports
            .iter()
            .filter(|report| report.content.iter().any(|content| content.contains(stretch)))
            .collect();
        let relays = |report: &&Report| {
            matches!(report.cue_lemma.as_str(), "cite" | "quote")
                && report.content.len() == 1
                && scene.of(report.cue).ends_with("ing")
        };
        around.sort_by_key(|report| {
            (
                std::cmp::Reverse(
                    report.content.iter().map(|content| content.len()).sum::<usize>(),
                ),
                relays(report),
            )
        });
        around.iter().flat_map(|report| self.holders(scene, report, before)).collect()
    }

    /// The holders one report brings: the one told before the one who tells ("sources told the monitor").
    fn holders(&self, scene: &Scene<'_>, report: &Report, before: &[Holder]) -> Vec<Holder> {
        let source = report.source.as_ref();
        let Some(source) =
            source.filter(|source| !self.is_text(scene, source) && !is_oneself(scene, source))
        else {
            return Vec::new();
        };
        let cue = scene.of(report.cue);
        let teller = self.holder(scene, source, cue);
        let teller = points_back(scene, source, &teller, before).unwrap_or(teller);
        let told = report
            .clause
            .and_then(|at| scene.sentence.clauses[at].object.as_ref())
            .filter(|_| matches!(report.cue_lemma.as_str(), "tell" | "inform"))
            .and_then(|phrase| {
                let named = self.source_in(scene.of(phrase.own_span()))?;
                Some(Holder {
                    basis: if teller.named { Basis::ToldNamed } else { Basis::ToldUnnamed },
                    ..self.registered(scene, phrase, named, cue)
                })
            });
        told.into_iter().chain([teller]).collect()
    }

    /// "according to the deal": a text says what it holds, but nobody vouches by being one.
    fn is_text(&self, scene: &Scene<'_>, phrase: &Phrase) -> bool {
        let head =
            scene.token(phrase.head).map_or(String::new(), |token| token.lemma.to_lowercase());
        self.texts.contains(&head) && self.source_in(scene.of(phrase.own_span())).is_none()
    }

    /// One holder, by its phrase.
    fn holder(&self, scene: &Scene<'_>, phrase: &Phrase, cue: &str) -> Holder {
        let words = scene.of(phrase.own_span());
        if let Some(source) = self.source_in(words) {
            return self.registered(scene, phrase, source, cue);
        }
        let described = self.actor(scene, phrase).unwrap_or_else(|| self.describe(words));
        Holder {
            name: without_article(words).to_owned(),
            register_id: None,
            kind: described.kind,
            // A pronoun nobody was found for names nobody.
            named: described.named
                && scene.token(phrase.head).is_none_or(|token| token.upos != Upos::Pron),
            side: described.side,
            cue: Some(cue.to_owned()),
            basis: described.basis,
            span: Some(span_without_article(scene, phrase)),
            inherited: false,
        }
    }

    fn registered(&self, scene: &Scene<'_>, phrase: &Phrase, source: &Source, cue: &str) -> Holder {
        let words = scene.of(phrase.own_span());
        Holder {
            name: without_article(words).to_owned(),
            register_id: Some(source.id.clone()),
            kind: source.kind,
            named: true,
            side: None,
            cue: Some(cue.to_owned()),
            basis: if source.own_network { Basis::OwnNetwork } else { Basis::None },
            span: Some(span_without_article(scene, phrase)),
            inherited: false,
        }
    }

    /// A named actor, or somebody who speaks for one: a party to the conflict, or an authority.
    fn actor(&self, scene: &Scene<'_>, phrase: &Phrase) -> Option<Described> {
        let inside = |mention: &&crate::actors::ActorMention| {
            phrase.words.0 <= mention.words.0 && mention.words.1 <= phrase.words.1
        };
        let mention = scene.actors.iter().find(inside)?;
        let is_head = mention.words.0 <= phrase.head && phrase.head <= mention.words.1;
        let head =
            scene.token(phrase.head).map_or(String::new(), |token| token.lemma.to_lowercase());
        let speaks = is_head || self.speaking.contains(&head);
        if !speaks {
            return None;
        }
        let kind = match mention.kind {
            ActorKind::StateForces
            | ActorKind::ArmedOpposition
            | ActorKind::ArmedGroup
            | ActorKind::Political => HolderKind::Party,
            ActorKind::Organisation => HolderKind::Un,
            _ => HolderKind::Official,
        };
        Some(Described { kind, named: true, side: None, basis: Basis::Participant })
    }

    /// What a description says of a speaker.
    fn describe(&self, words: &str) -> Described {
        let folded_words = folded(words);
        let plain: Vec<&str> = folded_words.split(' ').collect();
        let holds = |known: &str| {
            let known: Vec<&str> = known.split(' ').collect();
            plain.windows(known.len()).any(|window| {
                window.iter().zip(&known).enumerate().all(|(i, (word, known_word))| {
                    word == known_word || (i + 1 == known.len() && is_plural_of(word, known_word))
                })
            })
        };
        let group = self.groups.iter().find(|group| group.words.iter().any(|known| holds(known)));
        let first = words.split_whitespace().next().unwrap_or("").to_lowercase();
        let vague = self.unnamed.contains(&first)
            || plain.iter().any(|word| self.unnamed.contains(*word) && word.len() > 3);
        let has_name =
            words.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        let kind = group.map_or(HolderKind::Anonymous, |group| group.kind);
        let named = !vague
            && (group.is_some_and(|group| group.kind != HolderKind::Anonymous)
                || has_name
                || is_name(words));
        let kind = if kind == HolderKind::Anonymous && named { HolderKind::Official } else { kind };
        let basis = if kind == HolderKind::Witness { Basis::Saw } else { Basis::None };
        Described { kind, named, side: group.and_then(|group| group.side.clone()), basis }
    }
}

/// "I assume": whoever speaks here already.
fn is_oneself(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    matches!(scene.of(phrase.span), "I" | "we" | "We")
}

/// "the mission", "it": the holder an earlier sentence named, where the words fit it and only it.
fn points_back(
    scene: &Scene<'_>,
    phrase: &Phrase,
    teller: &Holder,
    before: &[Holder],
) -> Option<Holder> {
    if teller.register_id.is_some() {
        return None;
    }
    let head = scene.token(phrase.head)?;
    let first = scene.token(phrase.words.0)?;
    let pronoun = head.upos == Upos::Pron && matches!(head.lemma.as_str(), "it" | "he" | "she");
    let definite = first.lemma == "the" && phrase.words.1 <= phrase.words.0 + 2;
    let last = before.last()?;
    let fits = |holder: &&Holder| {
        let noun = head.lemma.to_lowercase();
        holder.named && folded(&holder.name).split(' ').any(|word| word == noun)
            || holder.kind.code() == noun
            || matches!(
                (holder.kind, noun.as_str()),
                (
                    HolderKind::Monitor,
                    "group" | "observatory" | "organisation" | "organization" | "network"
                )
            )
    };
    let known = match (pronoun, definite) {
        (true, _) => Some(last).filter(|holder| holder.named),
        (_, true) => before.iter().rev().find(fits),
        _ => None,
    }?;
    Some(Holder {
        name: teller.name.clone(),
        cue: teller.cue.clone(),
        span: teller.span,
        inherited: false,
        ..known.clone()
    })
}

struct Described {
    kind: HolderKind,
    named: bool,
    side: Option<String>,
    basis: Basis,
}

/// A one-word alias must be written as a name: "Reuters", "SOHR", not "per".
fn is_written_as_name(words: &str, source: &Source, length: usize) -> bool {
    if length > 1 {
        return true;
    }
    std::iter::once(&source.name)
        .chain(&source.aliases)
        .any(|name| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == name.trim()))
}

fn is_name(words: &str) -> bool {
    words.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

fn is_plural_of(word: &str, singular: &str) -> bool {
    word.strip_suffix('s').is_some_and(|stem| stem == singular)
        || word.strip_suffix("ies").zip(singular.strip_suffix('y')).is_some_and(|(a, b)| a == b)
}

fn without_article(words: &str) -> &str {
    ["the ", "The "].iter().find_map(|article| words.strip_prefix(article)).unwrap_or(words)
}

fn span_without_article(scene: &Scene<'_>, phrase: &Phrase) -> Span {
    let span = phrase.own_span();
    let words = scene.of(span);
    Span::new(span.end() - without_article(words).len(), span.end())
}
