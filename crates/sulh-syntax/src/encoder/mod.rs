//! Takes the words of a sentence, gives its tree as a fine-tuned encoder sees it, and how sure it is of each arc.
//! Invariant: the same file, words and processor give the same tree and the same probabilities, in any order of calls.

mod file;
mod network;
mod pieces;
mod roles;
mod tree;
mod vectors;

pub use file::ModelError;

use crate::token::Upos;
use crate::tree::{Node, Penn, Relation, Tree};
use file::Reader;
use network::{Network, Scores};
use pieces::{Input, Pieces};
use serde::Deserialize;

/// A sentence's tree with the encoder's own opinion of it.
#[derive(Clone, Debug, PartialEq)]
pub struct EncoderParse {
    /// The tree.
    pub tree: Tree,
    /// How sure the encoder is of each word's place in it.
    pub certainty: Vec<Certainty>,
}

/// Probabilities of what was chosen for one word, each between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certainty {
    /// Of its universal part of speech.
    pub upos: f32,
    /// Of its head; for the root, of being the root.
    pub head: f32,
    /// Of its relation, given its head; 1 for the root.
    pub relation: f32,
}

/// The encoder with its weights. Loaded once, used for every sentence.
pub struct Encoder {
    pieces: Pieces,
    network: Network,
    names: Names,
    /// One thread: a sentence is too small to share out, and callers' threads must not wait for one another's parts.
    thread: rayon::ThreadPool,
}

/// What the rows of tag and label scores stand for, in the file's own order.
struct Names {
    upos: Vec<Upos>,
    penn: Vec<Penn>,
    relations: Vec<Relation>,
}

/// The names as the file lists them.
#[derive(Deserialize)]
struct Inventory {
    upos: Vec<String>,
    xpos: Vec<String>,
    labels: Vec<String>,
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Encoder").finish_non_exhaustive()
    }
}

impl Encoder {
    /// The encoder in a model file's bytes.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        let content = file::unpacked(bytes)?;
        let mut reader = Reader::new(&content);
        let names = Names::read(&mut reader)?;
        let pieces = Pieces::read(&mut reader)?;
        let network = Network::read(&mut reader, pieces.len(), names.relations.len())?;
        reader.finish()?;
        let thread = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .build()
            .map_err(|_| ModelError::NoThread)?;
        Ok(Self { pieces, network, names, thread })
    }

    /// The tree of a sentence. Nothing for no words, and for more than fit the encoder (510 word pieces).
    pub fn parse(&self, words: &[&str]) -> Option<EncoderParse> {
        if words.is_empty() {
            return None;
        }
        let input = self.pieces.of_words(words)?;
        self.thread.install(|| self.parse_pieces(&input))
    }

    fn parse_pieces(&self, input: &Input) -> Option<EncoderParse> {
        let scores = self.network.scores(input)?;
        let heads = tree::best_heads(&scores.arcs, scores.words + 1);
        let sheet = roles::Sheet {
            arcs: &scores.arcs,
            relations: &self.names.relations,
            rows: |heads: &[usize]| self.network.label_scores(&scores, heads),
        };
        let arcs = sheet.settled(&heads)?.into_iter().enumerate();
        let (nodes, certainty) = arcs.map(|(word, arc)| self.word(&scores, word, arc)).unzip();
        let tree = Tree::new(nodes).ok()?;
        Some(EncoderParse { tree, certainty })
    }

    /// A word with its arc and the best of each row of tag scores.
    fn word(&self, scores: &Scores, word: usize, arc: roles::Arc) -> (Node, Certainty) {
        let Names { upos, penn, relations } = &self.names;
        let tags = &scores.tags[word * network::TAG_SLOTS..];
        let (best_upos, upos_share) = best(&tags[..upos.len()]);
        let (best_penn, _) = best(&tags[upos.len()..][..penn.len()]);
        let node = Node {
            upos: upos[best_upos],
            penn: penn[best_penn],
            head: arc.head.checked_sub(1),
            relation: relations[arc.relation],
        };
        let certainty =
            Certainty { upos: upos_share, head: arc.head_share, relation: arc.relation_share };
        (node, certainty)
    }
}

impl Names {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        let inventory: Inventory = serde_json::from_slice(reader.block()?)
            .map_err(|_| ModelError::Content("list of tags and relations"))?;
        let upos = known(&inventory.upos, "universal part of speech")?;
        let penn = known(&inventory.xpos, "Penn tag")?;
        let relations: Vec<Relation> = known(&inventory.labels, "relation")?;
        if !relations.contains(&Relation::Root) {
            return Err(ModelError::Content("relation"));
        }
        if upos.is_empty() || penn.is_empty() || upos.len() + penn.len() > network::TAG_SLOTS {
            return Err(ModelError::Content("list of tags"));
        }
        Ok(Self { upos, penn, relations })
    }
}

/// Names as the program knows them.
fn known<T: std::str::FromStr>(names: &[String], what: &'static str) -> Result<Vec<T>, ModelError> {
    names.iter().map(|name| name.parse().map_err(|_| ModelError::Content(what))).collect()
}

/// The highest of some scores and its share after a softmax.
fn best(scores: &[f32]) -> (usize, f32) {
    let mut chosen = 0;
    for (place, score) in scores.iter().enumerate() {
        if *score > scores[chosen] {
            chosen = place;
        }
    }
    (chosen, share(scores, chosen, None))
}

/// The share of one score among all after a softmax.
fn share(scores: &[f32], of: usize, without: Option<usize>) -> f32 {
    let sum: f32 = scores
        .iter()
        .enumerate()
        .filter(|(place, _)| Some(*place) != without)
        .map(|(_, score)| (score - scores[of]).exp())
        .sum();
    1.0 / sum
}
