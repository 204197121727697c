//! Takes the frames of rule files and a clause, gives the kind of thing the clause is about.
//! Invariant: a frame speaks of dictionary forms and classes only; the most specific frame that fits wins, between
//! equally specific ones the one that names the very noun something is done to, then the first file by name.

use crate::classes::{ClassSet, Classes};
use crate::rules::{RulesError, folder};
use crate::scene::Scene;
use serde::Deserialize;
use sulh_model::span::Span;
use sulh_model::vocabulary::EventKind;
use sulh_syntax::{Clause, ClauseRole, Phrase};

/// The frames of one folder of rules, each file about one kind.
#[derive(Debug)]
pub(crate) struct Frames {
    files: Vec<FrameFile>,
}

#[derive(Debug)]
pub(crate) struct FrameFile {
    /// The code of the kind.
    pub kind: String,
    /// How its elements are kept, for terms.
    pub mode: Option<String>,
    /// What kind of duty it is when not negated, for terms.
    pub modality: Option<String>,
    /// The event that its words name, for terms: "enter" an entry.
    act: Option<EventKind>,
    frames: Vec<Frame>,
    #[cfg(test)]
    pub examples: Vec<String>,
    #[cfg(test)]
    pub counter_examples: Vec<String>,
    #[cfg(test)]
    pub name: String,
}

#[derive(Debug)]
struct Frame {
    verbs: Vec<String>,
    doer: Vec<Pattern>,
    undergoer: Vec<Pattern>,
    oblique: Vec<Pattern>,
    any: Vec<Pattern>,
    never: Vec<Pattern>,
    never_undergoer: Vec<Pattern>,
    /// The event the words of this frame name, where it is another than the file's; of an event, the act
    /// whose outcome they take back.
    act: Option<EventKind>,
    begun: bool,
    weight: u32,
}

/// A file that fits a clause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit<'f> {
    pub file: &'f FrameFile,
    /// The event that the words name.
    pub act: Option<EventKind>,
    /// The words tell no more than its beginning: "buses entered the camp".
    pub begun: bool,
}

/// A word, several words in a row, or a class.
#[derive(Debug)]
enum Pattern {
    Words(Vec<String>),
    Class(ClassSet),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    kind: String,
    mode: Option<String>,
    modality: Option<String>,
    act: Option<String>,
    when: Vec<FrameRow>,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameRow {
    verb: Vec<String>,
    #[serde(default)]
    doer: Vec<String>,
    #[serde(default)]
    undergoer: Vec<String>,
    #[serde(default)]
    oblique: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    never: Vec<String>,
    #[serde(default)]
    never_undergoer: Vec<String>,
    #[serde(alias = "reverses")]
    act: Option<String>,
    #[serde(default)]
    begun: bool,
}

impl Frames {
    /// The frames of every file in a folder under rules/.
    pub fn shipped(path: &str, classes: &Classes) -> Result<Self, RulesError> {
        let mut files = Vec::new();
        for (name, row) in folder::<FileRow>(path)? {
            if row.examples.is_empty() || row.counter_examples.is_empty() {
                return Err(RulesError::file(name, "it needs examples and counter_examples"));
            }
            let frames = row.when.into_iter().map(|frame| Frame::build(&name, frame, classes));
            files.push(FrameFile {
                act: act(&name, row.act)?,
                kind: row.kind,
                mode: row.mode,
                modality: row.modality,
                frames: frames.collect::<Result<_, _>>()?,
                #[cfg(test)]
                examples: row.examples,
                #[cfg(test)]
                counter_examples: row.counter_examples,
                #[cfg(test)]
                name,
            });
        }
        Ok(Self { files })
    }

    /// The file whose frame fits the clause best, and what its words name.
    pub fn classify(&self, scene: &Scene<'_>, clause: &Clause) -> Option<Fit<'_>> {
        let mut best: Option<((u32, bool), Fit<'_>)> = None;
        for file in &self.files {
            for frame in file.frames.iter().filter(|frame| frame.fits(scene, clause)) {
                let rank = (frame.weight, frame.names_undergoer(scene, clause));
                if best.is_none_or(|(other, _)| rank > other) {
                    best =
                        Some((rank, Fit { file, act: frame.act.or(file.act), begun: frame.begun }));
                }
            }
        }
        best.map(|(_, fit)| fit)
    }

    /// Every file.
    #[cfg(test)]
    pub fn files(&self) -> &[FrameFile] {
        &self.files
    }
}

#[cfg(test)]
impl FrameFile {
    /// The events its words can name.
    pub fn acts(&self) -> impl Iterator<Item = EventKind> {
        self.frames.iter().filter_map(|frame| frame.act.or(self.act))
    }
}

impl Frame {
    fn build(file: &str, row: FrameRow, classes: &Classes) -> Result<Self, RulesError> {
        let patterns = |words: Vec<String>| -> Result<Vec<Pattern>, RulesError> {
            words.iter().map(|word| Pattern::build(file, word, classes)).collect()
        };
        let wildcard = row.verb.iter().any(|verb| verb == "*");
        let weight = u32::from(!wildcard) * 2
            + u32::from(!row.doer.is_empty())
            + u32::from(!row.undergoer.is_empty()) * 2
            + u32::from(!row.oblique.is_empty())
            + u32::from(!row.any.is_empty());
        Ok(Self {
            verbs: if wildcard { Vec::new() } else { row.verb },
            doer: patterns(row.doer)?,
            undergoer: patterns(row.undergoer)?,
            oblique: patterns(row.oblique)?,
            any: patterns(row.any)?,
            never: patterns(row.never)?,
            never_undergoer: patterns(row.never_undergoer)?,
            act: act(file, row.act)?,
            begun: row.begun,
            weight,
        })
    }

    fn fits(&self, scene: &Scene<'_>, clause: &Clause) -> bool {
        let verb = &clause.predicate.lemma;
        if !self.verbs.is_empty()
            && !self.verbs.iter().any(|known| verb_fits(known, verb, scene, clause))
        {
            return false;
        }
        let nominal = clause.role == ClauseRole::Nominal;
        // "the withdrawal of forces": the noun does not say whether they go or are pulled out.
        let doers: Vec<&Phrase> = match nominal {
            true => clause.subject.iter().chain(&clause.object).collect(),
            false => clause.doer().into_iter().collect(),
        };
        let undergoers: Vec<&Phrase> = clause.undergoer().into_iter().collect();
        // "discussed the evacuation with the militia": where a phrase with a preposition hangs, on the verb or on what
        // it is done to, is often anybody's guess.
        let hanging = undergoers.iter().flat_map(|phrase| &phrase.modifiers);
        let obliques: Vec<&Phrase> = clause
            .obliques
            .iter()
            .chain(hanging.filter(|oblique| oblique.case != "of"))
            .map(|oblique| &oblique.phrase)
            .collect();
        let in_phrases = |patterns: &[Pattern], phrases: &[&Phrase]| {
            patterns.is_empty()
                || patterns
                    .iter()
                    .any(|pattern| phrases.iter().any(|phrase| pattern.in_phrase(scene, phrase)))
        };
        let in_clause = |pattern: &Pattern| pattern.in_span(scene, clause.span);
        in_phrases(&self.doer, &doers)
            && in_phrases(&self.undergoer, &undergoers)
            && in_phrases(&self.oblique, &obliques)
            && (self.any.is_empty() || self.any.iter().any(in_clause))
            && !self.never.iter().any(in_clause)
            && !self
                .never_undergoer
                .iter()
                .any(|pattern| undergoers.iter().any(|phrase| pattern.in_phrase(scene, phrase)))
    }
}

impl Frame {
    /// Whether what it asks for is what something is done to, and not in what hangs on that: "a mechanism for the truce"
    /// is a mechanism.
    fn names_undergoer(&self, scene: &Scene<'_>, clause: &Clause) -> bool {
        clause.undergoer().is_some_and(|phrase| {
            let mut parts = phrase.each();
            parts.any(|part| self.undergoer.iter().any(|own| own.in_span(scene, part.span)))
        })
    }
}

fn act(file: &str, code: Option<String>) -> Result<Option<EventKind>, RulesError> {
    code.map(|code| {
        EventKind::from_code(&code)
            .ok_or_else(|| RulesError::file(file, format!("`{code}` is not a kind of event")))
    })
    .transpose()
}

/// "move into" fits the verb "move" with "into" right after it or among its prepositions, "be open" what is open.
fn verb_fits(known: &str, verb: &str, scene: &Scene<'_>, clause: &Clause) -> bool {
    if known == verb {
        return true;
    }
    let Some((head, rest)) = known.split_once(' ') else { return false };
    head == verb
        && (clause.obliques.iter().any(|oblique| oblique.case == rest)
            || clause.attribute.is_some_and(|at| scene.is_word(at, rest))
            || scene.word_after(clause.predicate.word) == Some(rest))
}

impl Pattern {
    fn build(file: &str, word: &str, classes: &Classes) -> Result<Self, RulesError> {
        match word.strip_prefix('@') {
            Some(name) => classes
                .named(name)
                .map(Self::Class)
                .ok_or_else(|| RulesError::file(file, format!("there is no class `@{name}`"))),
            None => Ok(Self::Words(word.split(' ').map(str::to_owned).collect())),
        }
    }

    fn in_phrase(&self, scene: &Scene<'_>, phrase: &Phrase) -> bool {
        phrase.each().any(|part| match self {
            Self::Class(set) => scene.phrase_classes(part).meets(*set),
            Self::Words(_) => self.in_span(scene, part.own_span()),
        })
    }

    fn in_span(&self, scene: &Scene<'_>, span: Span) -> bool {
        let tokens = scene.tokens_in(span);
        match self {
            Self::Class(set) => tokens.clone().any(|at| scene.classes_at(at).meets(*set)),
            Self::Words(words) => tokens.clone().any(|at| {
                words.iter().enumerate().all(|(i, word)| scene.is_word(at + i, word))
                    && at + words.len() <= tokens.end
            }),
        }
    }
}
