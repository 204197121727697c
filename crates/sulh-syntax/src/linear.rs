//! Takes the words of a sentence, gives their tags, lemmas and tree, by weights learned from treebanks.
//! Invariant: whatever the words are, the work is bounded by their number, and words that are there make a tree.

mod features;
mod file;
mod inputs;
mod lemmas;
mod parser;
mod situation;
mod state;
mod tagger;
#[cfg(feature = "train")]
pub mod train;
mod weights;
mod words;

use crate::{
    token::Upos,
    tree::{Node, Penn, Relation, Tree},
};
use file::{Broken, DIGEST_BYTES, Reader};
use inputs::{Inputs, Kind, Reading};
use lemmas::Lemmas;
use parser::{Parser, Step};
use situation::Part;
use state::{Move, NONE};
use tagger::Tagger;
use weights::{CLASSES_MAX, UNIT, Weights};
use words::{Word, WordClasses};

/// Why bytes are no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Other bytes altogether, or only the first few.
    #[error("this is no file of the linear model; restore `models/` as it came with the program")]
    NotAModel,
    /// Another layout than this program's.
    #[error(
        "the linear model has layout {found}, this program reads layout {wanted}; take both from one release"
    )]
    OtherVersion {
        /// The file's.
        found: u32,
        /// The program's.
        wanted: u32,
    },
    /// Cut or changed.
    #[error(
        "the linear model is damaged: its checksum does not hold; restore `models/` as it came with the program"
    )]
    Damaged,
    /// Whole, but it says what this program does not know.
    #[error(
        "the linear model names tags or relations this program does not know; take both from one release"
    )]
    Unknown,
}

impl From<Broken> for ModelError {
    fn from(_: Broken) -> Self {
        Self::Unknown
    }
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub penn: Penn,
}

/// A sentence parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// Its tree.
    pub tree: Tree,
    /// How certain each word's tag is and its place in the tree: how far the best choice was ahead of the next one,
    /// from 0 (a toss-up) to 1.
    pub certainty: Vec<Certainty>,
}

/// How far a choice was ahead of the next one, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certainty {
    /// Of the tag.
    pub tag: f32,
    /// Of the place in the tree: of the closest of the choices that moved the word.
    pub place: f32,
}

/// A tag of the list, and what it is to the counts of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TagKind {
    tag: Tagged,
    kind: Kind,
}

/// The linear model.
#[derive(Clone, Debug)]
pub struct Linear {
    trained_from: [u8; DIGEST_BYTES],
    tags: Vec<TagKind>,
    words: WordClasses,
    tagger: Tagger,
    scout: Parser,
    parser: Parser,
    lemmas: Lemmas,
}

impl Linear {
    /// The model of a file.
    pub fn load(file: &[u8]) -> Result<Self, ModelError> {
        let (trained_from, payload) = file::open(file)?;
        let mut reader = Reader::new(payload);
        let model = Self::read(trained_from, &mut reader)?;
        if reader.is_done() { Ok(model) } else { Err(ModelError::Unknown) }
    }

    /// The model without its short cut: every feature is asked for every choice. Slower; to measure what the short
    /// cut costs.
    #[must_use]
    pub const fn thorough(mut self) -> Self {
        self.tagger.settled = i32::MAX;
        self.parser.settled = i32::MAX;
        self
    }

    /// SHA-256 of the sentences it was trained from, the options and the seed.
    pub const fn trained_from(&self) -> &[u8; 32] {
        &self.trained_from
    }

    /// What each word is.
    pub fn tag(&self, words: &[&str]) -> Vec<Tagged> {
        let words = self.known(words);
        self.tagger.tag(&words).into_iter().map(|choice| self.tagged(choice.class)).collect()
    }

    /// The dictionary form of a word with its tags, whoever gave them.
    pub fn lemma(&self, word: &str, upos: Upos, penn: Penn) -> String {
        self.lemmas.lemma(word, upos, penn)
    }

    /// The tree of a sentence; none only where there is no word.
    pub fn parse(&self, words: &[&str]) -> Option<Parsed> {
        let words = self.known(words);
        let tags = self.tagger.tag(&words);
        let classes: Vec<u8> = tags.iter().map(|choice| choice.class).collect();
        let mut inputs = forward(&self.tags, &words, &classes);
        inputs.hint(&self.scout.parse(&backward(&self.tags, &words, &classes)));
        let placed = self.parser.parse(&inputs);
        let mut nodes = Vec::with_capacity(words.len());
        let mut certainty = Vec::with_capacity(words.len());
        for (choice, place) in tags.iter().zip(placed) {
            let tag = self.tagged(choice.class);
            let (head, relation) = if place.head == NONE {
                (None, Relation::Root)
            } else {
                (Some(place.head as usize), relation(place.relation))
            };
            nodes.push(Node { upos: tag.upos, penn: tag.penn, head, relation });
            certainty.push(Certainty { tag: share(choice.ahead), place: share(place.ahead) });
        }
        Tree::new(nodes).ok().map(|tree| Parsed { tree, certainty })
    }

    fn known(&self, words: &[&str]) -> Vec<Word> {
        words.iter().map(|word| self.words.word(word)).collect()
    }

    fn tagged(&self, class: u8) -> Tagged {
        self.tags.get(usize::from(class)).map_or(NO_TAG, |of| of.tag)
    }
}

/// A sentence as it is read.
fn forward(tags: &[TagKind], words: &[Word], classes: &[u8]) -> Inputs {
    Inputs::new(words.iter().zip(classes).map(|(word, class)| (word, reading(tags, *class))))
}

/// A sentence read from its end: what closes a bracket opens it.
fn backward(tags: &[TagKind], words: &[Word], classes: &[u8]) -> Inputs {
    let read = words.iter().zip(classes).rev();
    Inputs::new(read.map(|(word, class)| {
        let reading = reading(tags, *class);
        let kind = match reading.kind {
            Kind::Opens => Kind::Closes,
            Kind::Closes => Kind::Opens,
            other => other,
        };
        (word, Reading { kind, ..reading })
    }))
}

fn reading(tags: &[TagKind], class: u8) -> Reading {
    let (tag, kind) =
        tags.get(usize::from(class)).map_or((NO_TAG, Kind::Other), |of| (of.tag, of.kind));
    Reading { tag: class, upos: tag.upos as u8, kind }
}

/// What a word without any tag would be; the list of tags is never empty.
const NO_TAG: Tagged = Tagged { upos: Upos::X, penn: Penn::Fw };

/// How far a tag must be ahead by the first features for the others not to be asked.
const TAG_SETTLED: i32 = 100 * UNIT;
/// The same of a step.
const STEP_SETTLED: i32 = 250 * UNIT;

/// Half way to certain.
const HALF_AHEAD: f32 = 30.0 * UNIT as f32;

/// A margin as a number from 0 to 1.
fn share(ahead: i32) -> f32 {
    let ahead = ahead.max(0) as f32;
    ahead / (ahead + HALF_AHEAD)
}

fn relation(number: u8) -> Relation {
    // Relations are checked when the model is loaded.
    Relation::ALL.get(usize::from(number)).copied().unwrap_or(Relation::Dep)
}

/// What a tag is to the counts of the parser.
fn kind_of(tag: Tagged) -> Kind {
    match (tag.upos, tag.penn) {
        (_, Penn::Comma | Penn::Colon) => Kind::Comma,
        (_, Penn::Cc) => Kind::Join,
        (_, Penn::OpenQuote | Penn::CloseQuote) => Kind::Quote,
        (_, Penn::LeftBracket) => Kind::Opens,
        (_, Penn::RightBracket) => Kind::Closes,
        (Upos::Verb | Upos::Aux, Penn::Vbd | Penn::Vbz | Penn::Vbp | Penn::Md) => Kind::Verb,
        _ => Kind::Other,
    }
}

/// Reading and writing; names stand for tags and relations, so that a list that grows does not shift their meaning.
impl Linear {
    fn read(trained_from: [u8; DIGEST_BYTES], from: &mut Reader<'_>) -> Result<Self, Broken> {
        let mut tags = Vec::new();
        for _ in 0..from.count(2)? {
            let upos = from.text()?.parse().map_err(|_| Broken)?;
            let penn = from.text()?.parse().map_err(|_| Broken)?;
            let tag = Tagged { upos, penn };
            tags.push(TagKind { tag, kind: kind_of(tag) });
        }
        let words = WordClasses::read(from)?;
        let weights = Weights::read(from)?;
        let tagger = Tagger { tags: tags.len(), weights, settled: TAG_SETTLED };
        let steps = read_steps(from)?;
        let weights = Weights::read(from)?;
        let settled = STEP_SETTLED;
        let scout = Parser { part: Part::Scout, steps: steps.clone(), weights, settled };
        let weights = Weights::read(from)?;
        let parser = Parser { part: Part::Main, steps, weights, settled };
        let lemmas = Lemmas::read(from)?;
        if tags.is_empty() || tags.len() > CLASSES_MAX {
            return Err(Broken);
        }
        Ok(Self { trained_from, tags, words, tagger, scout, parser, lemmas })
    }

    #[cfg(feature = "train")]
    fn write(&self) -> Vec<u8> {
        let mut to = file::Writer::default();
        to.count(self.tags.len());
        for TagKind { tag, .. } in &self.tags {
            to.text(tag.upos.as_str());
            to.text(tag.penn.as_str());
        }
        self.words.write(&mut to);
        self.tagger.weights.write(&mut to);
        to.count(self.parser.steps.len());
        for step in &self.parser.steps {
            to.u8(step.moves as u8);
            to.text(relation(step.relation).as_str());
        }
        for parser in [&self.scout, &self.parser] {
            parser.weights.write(&mut to);
        }
        self.lemmas.write(&mut to);
        file::seal(self.trained_from, &to.payload)
    }
}

/// The steps of the parsers. Each move must be among them: without one of them a parser could not go on.
fn read_steps(from: &mut Reader<'_>) -> Result<Vec<Step>, Broken> {
    let mut steps = Vec::new();
    for _ in 0..from.count(2)? {
        let moves = match from.u8()? {
            0 => Move::Shift,
            1 => Move::Left,
            2 => Move::Right,
            _ => return Err(Broken),
        };
        let named: Relation = from.text()?.parse().map_err(|_| Broken)?;
        // A word that hangs is no root.
        if moves != Move::Shift && named == Relation::Root {
            return Err(Broken);
        }
        steps.push(Step { moves, relation: named as u8 });
    }
    let can = |moves| steps.iter().any(|step: &Step| step.moves == moves);
    let is_enough = can(Move::Shift) && can(Move::Left) && can(Move::Right);
    if is_enough && steps.len() <= CLASSES_MAX { Ok(steps) } else { Err(Broken) }
}
