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
pub use meanings::{VectorsError, meanings};
pub use treebank::{Example, read};

use super::{
    Linear, TagKind, Tagged, kind_of,
    parser::Step,
    state::Move,
    tagger,
    weights::{CLASSES_MAX, Weights},
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
    /// Rounds of the parser.
    pub parser_epochs: usize,
    /// Parts the sentences are cut into, each tagged by what the others teach.
    pub folds: usize,
    /// By how much the right tag must be ahead.
    pub tagger_margin: i32,
    /// By how much the right step must be ahead.
    pub parser_margin: i32,
    /// In how many of a hundred cases the parser's errors are followed.
    pub wander: usize,
    /// Average weights of the tagger below this many hundredths are left out.
    pub tagger_least: u32,
    /// The parser's.
    pub parser_least: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            tagger_epochs: 8,
            fold_epochs: 5,
            parser_epochs: 8,
            folds: 5,
            tagger_margin: 0,
            parser_margin: 0,
            wander: 90,
            tagger_least: 100,
            parser_least: 150,
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
    let tags = school.jackknife();
    tell("tagger");
    let tagger = school.tagger(|_| true, options.tagger_epochs);
    tell("parser");
    let parser = school.parser(&tags);
    let model = Linear {
        trained_from: school.digest(),
        tags: std::mem::take(&mut school.tags),
        words: std::mem::take(&mut school.classes),
        tagger,
        steps: std::mem::take(&mut school.steps),
        parser,
        lemmas,
    };
    Ok(model.write())
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

    /// A tagger of the sentences in these folds.
    fn tagger(&self, of_fold: impl Fn(usize) -> bool, epochs: usize) -> Weights {
        let lessons: Vec<_> = self
            .words
            .iter()
            .zip(&self.right_tags)
            .enumerate()
            .filter(|(at, _)| of_fold(at % self.options.folds.max(1)))
            .map(|(_, (words, tags))| tags::Lesson { words, tags })
            .collect();
        let margin = self.options.tagger_margin;
        let course = tags::Course { epochs, margin, seed: self.options.seed };
        let learner = tags::learn(&lessons, self.tags.len(), course);
        learner.pack(learner.packing(self.options.tagger_least))
    }

    /// Each sentence tagged by what the other folds teach: the parser must learn from tags as wrong as it will meet.
    fn jackknife(&self) -> Vec<Vec<u8>> {
        let folds = self.options.folds;
        if folds < 2 {
            return self.right_tags.clone();
        }
        let taggers: Vec<Weights> =
            (0..folds).map(|fold| self.tagger(|of| of != fold, self.options.fold_epochs)).collect();
        let words = self.words.iter().enumerate();
        words
            .map(|(at, words)| {
                let choices = tagger::tag(words, &taggers[at % folds], self.tags.len());
                choices.into_iter().map(|choice| choice.class).collect()
            })
            .collect()
    }

    fn parser(&self, tags: &[Vec<u8>]) -> Weights {
        let lessons: Vec<_> = self
            .examples
            .iter()
            .zip(&self.words)
            .zip(tags)
            .map(|((example, words), tags)| {
                let kinds = tags.iter().map(|tag| {
                    let of = self.tags[usize::from(*tag)];
                    (*tag, of.tag.upos as u8, of.kind)
                });
                let inputs = super::parser::Inputs::new(words, kinds);
                let nodes = example.tree.nodes();
                let heads = nodes.iter().map(|node| {
                    u32::try_from(node.head.unwrap_or(nodes.len())).unwrap_or(u32::MAX)
                });
                let relations = nodes.iter().map(|node| node.relation as u8);
                trees::Lesson::new(inputs, heads.collect(), relations.collect())
            })
            .collect();
        let course = trees::Course {
            epochs: self.options.parser_epochs,
            margin: self.options.parser_margin,
            wander: self.options.wander,
            seed: self.options.seed,
        };
        let learner = trees::learn(&lessons, &self.steps, course);
        learner.pack(learner.packing(self.options.parser_least))
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
            digest.update("\n");
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
