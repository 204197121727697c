//! Takes sentences with their trees, gives a model file.
//! Invariant: the same sentences, word classes, options and seed give the same bytes on every machine.

mod known;
mod learner;
mod lemmas;
mod meanings;
mod random;
mod tags;
mod treebank;
mod trees;

pub use known::Knowledge;
pub use meanings::{Meanings, VectorsError};
pub use treebank::{Example, read};

use super::{
    Linear, TagKind, Tagged, backward, forward,
    inputs::Placed,
    kind_of,
    parser::{Parser, Step},
    situation::Part,
    state::Move,
    tagger::Tagger,
    weights::CLASSES_MAX,
    words::{Word, WordClasses},
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// How a model is learned.
#[derive(Clone, Debug)]
pub struct Options {
    /// Decides orders and wanderings.
    pub seed: u64,
    /// Rounds of the tagger.
    pub tagger_epochs: usize,
    /// Rounds of the taggers that tag what they did not see.
    pub fold_epochs: usize,
    /// Rounds of the scout.
    pub scout_epochs: usize,
    /// Rounds of the parser.
    pub parser_epochs: usize,
    /// Parts the sentences are cut into, each tagged by what the others teach.
    pub folds: usize,
    /// By how much the right tag must be ahead.
    pub tagger_margin: i32,
    /// By how much the right step must be ahead.
    pub parser_margin: i32,
    /// Features the tagger meets less often than this are not learned.
    pub tagger_rare: u8,
    /// The same for the parsers.
    pub parser_rare: u8,
    /// In how many of a hundred cases the parser's errors are followed.
    pub wander: usize,
    /// Buckets of 64 bytes for the tagger's weights: the greatest that have room are kept.
    pub tagger_room: usize,
    /// The scout's.
    pub scout_room: usize,
    /// The parser's.
    pub parser_room: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            tagger_epochs: 5,
            fold_epochs: 3,
            scout_epochs: 3,
            parser_epochs: 6,
            folds: 5,
            tagger_margin: 60,
            parser_margin: 100,
            tagger_rare: 2,
            parser_rare: 3,
            wander: 90,
            tagger_room: 36_000,
            scout_room: 20_000,
            parser_room: 80_000,
        }
    }
}

/// Why nothing was learned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// Not even a tree with arcs to both sides.
    #[error(
        "the sentences do not show words hanging to the left and to the right; give whole treebanks"
    )]
    TooLittle,
    /// A table would overflow.
    #[error(
        "the sentences use {0} different tags or steps, more than {CLASSES_MAX}; clean the treebanks"
    )]
    TooManyClasses(usize),
}

/// A model file of this payload, whatever it holds: its checksum is right.
pub fn sealed(trained_from: [u8; 32], payload: &[u8]) -> Vec<u8> {
    super::file::seal(trained_from, payload)
}

/// Learns a model. What is done next is told to `tell`.
pub fn train(
    examples: &[Example],
    knowledge: &Knowledge,
    options: &Options,
    tell: &mut dyn FnMut(&str),
) -> Result<Vec<u8>, TrainError> {
    let mut school = School::new(examples, knowledge, options)?;
    tell("lemmas");
    let all: Vec<&Example> = examples.iter().collect();
    let lemmas = lemmas::learn(&all);
    tell("tags of what was not seen, in folds");
    let tags = school.unseen_tags();
    tell("tagger");
    let tagger = school.tagger(|_| true, options.tagger_epochs);
    tell("hints on what was not seen, in folds");
    let hints = school.unseen_hints(&tags);
    tell("scout");
    let scout = school.scout(&tags, |_| true);
    tell("parser");
    let parser = school.parser(&tags, &hints);
    let model = Linear {
        trained_from: school.digest(),
        tags: std::mem::take(&mut school.tags),
        words: std::mem::take(&mut school.classes),
        tagger,
        scout,
        parser,
        lemmas,
    };
    Ok(model.write())
}

/// The sentences of a round, each as often as it is to be read.
fn order(times: impl Iterator<Item = usize>) -> Vec<usize> {
    times.enumerate().flat_map(|(at, times)| std::iter::repeat_n(at, times)).collect()
}

/// What all lessons share.
struct School<'e> {
    examples: &'e [Example],
    options: &'e Options,
    classes: WordClasses,
    tags: Vec<TagKind>,
    steps: Vec<Step>,
    words: Vec<Vec<Word>>,
    right_tags: Vec<Vec<u8>>,
}

impl<'e> School<'e> {
    fn new(
        examples: &'e [Example],
        knowledge: &Knowledge,
        options: &'e Options,
    ) -> Result<Self, TrainError> {
        let (tags, right_tags) = tags_of(examples)?;
        let steps = steps_of(examples)?;
        let classes = knowledge.classes(examples);
        let words = examples
            .iter()
            .map(|example| example.forms.iter().map(|form| classes.word(form)).collect())
            .collect();
        Ok(Self { examples, options, classes, tags, steps, words, right_tags })
    }

    fn fold(&self, sentence: usize) -> usize {
        sentence % self.options.folds.max(1)
    }

    /// A tagger of the sentences in these folds.
    fn tagger(&self, of_fold: impl Fn(usize) -> bool, epochs: usize) -> Tagger {
        let lessons: Vec<_> = self
            .words
            .iter()
            .zip(&self.right_tags)
            .enumerate()
            .filter(|(at, _)| of_fold(self.fold(*at)))
            .map(|(at, (words, tags))| {
                let times = self.examples[at].times;
                tags::Lesson { words, tags, times }
            })
            .collect();
        let margin = self.options.tagger_margin;
        let (rare, seed) = (self.options.tagger_rare, self.options.seed);
        let course = tags::Course { epochs, margin, rare, seed };
        let learner = tags::learn(&lessons, self.tags.len(), course);
        Tagger {
            tags: self.tags.len(),
            weights: learner.pack(self.options.tagger_room),
            settled: i32::MAX,
        }
    }

    /// Each sentence tagged by what the other folds teach: the parser must learn from tags as wrong as it will meet.
    fn unseen_tags(&self) -> Vec<Vec<u8>> {
        if self.options.folds < 2 {
            return self.right_tags.clone();
        }
        let epochs = self.options.fold_epochs;
        let taggers: Vec<Tagger> =
            (0..self.options.folds).map(|fold| self.tagger(|of| of != fold, epochs)).collect();
        let words = self.words.iter().enumerate();
        words
            .map(|(at, words)| {
                let choices = taggers[self.fold(at)].tag(words);
                choices.into_iter().map(|choice| choice.class).collect()
            })
            .collect()
    }

    /// A scout taught by the sentences in these folds.
    fn scout(&self, tags: &[Vec<u8>], of_fold: impl Fn(usize) -> bool) -> Parser {
        let sentences = self.examples.iter().zip(&self.words).zip(tags).enumerate();
        let lessons: Vec<_> = sentences
            .filter(|(at, _)| of_fold(self.fold(*at)))
            .map(|(_, ((example, words), tags))| {
                trees::Lesson::turned(backward(&self.tags, words, tags), example)
            })
            .collect();
        let epochs = self.options.scout_epochs;
        self.learned(&lessons, Part::Scout, epochs, self.options.scout_room)
    }

    /// What scouts that did not see a sentence say of it.
    fn unseen_hints(&self, tags: &[Vec<u8>]) -> Vec<Vec<Placed>> {
        let folds = self.options.folds.max(1);
        // A single fold has no others to learn from.
        let scouts: Vec<Parser> =
            (0..folds).map(|fold| self.scout(tags, |of| of != fold || folds == 1)).collect();
        let sentences = self.words.iter().zip(tags).enumerate();
        sentences
            .map(|(at, (words, tags))| {
                scouts[self.fold(at)].parse(&backward(&self.tags, words, tags))
            })
            .collect()
    }

    fn parser(&self, tags: &[Vec<u8>], hints: &[Vec<Placed>]) -> Parser {
        let sentences = self.examples.iter().zip(&self.words).zip(tags).zip(hints);
        let lessons: Vec<_> = sentences
            .map(|(((example, words), tags), hints)| {
                let mut inputs = forward(&self.tags, words, tags);
                inputs.hint(hints);
                trees::Lesson::new(inputs, example)
            })
            .collect();
        let epochs = self.options.parser_epochs;
        self.learned(&lessons, Part::Main, epochs, self.options.parser_room)
    }

    fn learned(&self, lessons: &[trees::Lesson], part: Part, epochs: usize, room: usize) -> Parser {
        let course = trees::Course {
            part,
            epochs,
            margin: self.options.parser_margin,
            rare: self.options.parser_rare,
            wander: self.options.wander,
            seed: self.options.seed,
        };
        let learner = trees::learn(lessons, &self.steps, course);
        let weights = learner.pack(room);
        // While learning all features are asked: what is settled early is the reader's business.
        Parser { part, steps: self.steps.clone(), weights, settled: i32::MAX }
    }

    /// SHA-256 of all that decides what is learned.
    fn digest(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(format!("{:?}\n", self.options));
        for example in self.examples {
            let words = example.forms.iter().zip(&example.lemmas).zip(example.tree.nodes());
            for ((form, lemma), node) in words {
                digest.update(format!("{form}\t{lemma}\t{node:?}\n"));
            }
            digest.update(format!("{}\n", example.times));
        }
        for (form, classes) in self.classes.sorted() {
            digest.update(format!("{form} {classes:?}\n"));
        }
        digest.finalize().into()
    }
}

/// The tags in use, and each word's.
fn tags_of(examples: &[Example]) -> Result<(Vec<TagKind>, Vec<Vec<u8>>), TrainError> {
    let mut numbers = BTreeMap::new();
    for node in examples.iter().flat_map(|example| example.tree.nodes()) {
        numbers.insert((node.upos, node.penn), 0_u8);
    }
    if numbers.len() > CLASSES_MAX {
        return Err(TrainError::TooManyClasses(numbers.len()));
    }
    let mut tags = Vec::new();
    for (number, ((upos, penn), held)) in (0..=u8::MAX).zip(&mut numbers) {
        *held = number;
        let tag = Tagged { upos: *upos, penn: *penn };
        tags.push(TagKind { tag, kind: kind_of(tag) });
    }
    let right = examples.iter().map(|example| {
        let nodes = example.tree.nodes().iter();
        nodes.filter_map(|node| numbers.get(&(node.upos, node.penn)).copied()).collect()
    });
    Ok((tags, right.collect()))
}

/// The steps in use.
fn steps_of(examples: &[Example]) -> Result<Vec<Step>, TrainError> {
    let mut steps = std::collections::BTreeSet::from([Step { moves: Move::Shift, relation: 0 }]);
    for example in examples {
        for (word, node) in example.tree.nodes().iter().enumerate() {
            if let Some(head) = node.head {
                let moves = if word < head { Move::Left } else { Move::Right };
                steps.insert(Step { moves, relation: node.relation as u8 });
            }
        }
    }
    let can = |moves| steps.iter().any(|step| step.moves == moves);
    if !can(Move::Left) || !can(Move::Right) {
        return Err(TrainError::TooLittle);
    }
    if steps.len() > CLASSES_MAX {
        return Err(TrainError::TooManyClasses(steps.len()));
    }
    Ok(steps.into_iter().collect())
}
