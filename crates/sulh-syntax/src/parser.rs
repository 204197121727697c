//! Takes text, gives its sentences with words, lemmas and trees, by the linear parser alone or by both.
//! Invariant: parsing never fails: where the encoder cannot read a sentence, the linear tree stands and says so.

use crate::conllu;
use crate::encoder::Encoder;
use crate::guidelines;
use crate::lexicon::LexiconError;
use crate::linear::Linear;
use crate::segment::{Segmenter, Tokens};
use crate::tree::Tree;
use crate::witness::{Calibration, Opinion, Witnessed};
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use sulh_model::span::Span;

/// Which of the two parsers read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Depth {
    /// The linear one alone: fast, for triage.
    Fast,
    /// Both: the encoder's trees, and the linear parser's word on each arc.
    Both,
}

/// Why there is no parser.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SyntaxError {
    /// A word list or figure that comes with the program.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The linear parser's file.
    #[error(transparent)]
    Linear(#[from] crate::linear::ModelError),
    /// The encoder's file.
    #[error(transparent)]
    Encoder(#[from] crate::encoder::ModelError),
}

/// Text to trees. Built once, used for every page.
#[derive(Debug)]
pub struct Parser {
    segmenter: Segmenter,
    linear: Linear,
    encoder: Option<Encoder>,
    calibration: Calibration,
}

/// A sentence with its tree.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedSentence {
    /// Where it stands in the page.
    pub span: Span,
    /// Its words, as the treebanks cut them.
    pub tokens: Tokens,
    /// Their dictionary forms.
    pub lemmas: Vec<String>,
    /// The tree, and how sure each arc is.
    pub seen: Witnessed,
}

/// What both parsers make of words that are given.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinions {
    /// The linear parser's.
    pub linear: Opinion,
    /// The encoder's, where it was asked and the sentence is not too long for it.
    pub encoder: Option<Opinion>,
}

const LINEAR: &[u8] = include_bytes!("../../../models/linear.sulh");
const ENCODER: &[u8] = include_bytes!("../../../models/encoder.sulh.zst");

/// The shipped parsers, one of each depth a process.
static SHIPPED: [OnceLock<Result<Arc<Parser>, SyntaxError>>; 2] =
    [OnceLock::new(), OnceLock::new()];

impl Parser {
    /// What the linear parser's file is called.
    pub const LINEAR_FILE: &str = "linear.sulh";
    /// What the encoder's file is called.
    pub const ENCODER_FILE: &str = "encoder.sulh.zst";

    /// The parser with the models that come with the program. They are read once: later calls share them.
    pub fn shipped(depth: Depth) -> Result<Arc<Self>, SyntaxError> {
        let place = match depth {
            Depth::Fast => &SHIPPED[0],
            Depth::Both => &SHIPPED[1],
        };
        let encoder = (depth == Depth::Both).then_some(ENCODER);
        place.get_or_init(|| Self::load(LINEAR, encoder).map(Arc::new)).clone()
    }

    /// The parser with the models of these files; without the encoder's it reads fast.
    pub fn load(linear: &[u8], encoder: Option<&[u8]>) -> Result<Self, SyntaxError> {
        Ok(Self {
            segmenter: Segmenter::shipped()?,
            linear: Linear::load(linear)?,
            encoder: encoder.map(Encoder::load).transpose()?,
            calibration: Calibration::shipped()?,
        })
    }

    /// How deep it reads.
    pub const fn depth(&self) -> Depth {
        if self.encoder.is_some() { Depth::Both } else { Depth::Fast }
    }

    /// What its certainties mean.
    pub const fn calibration(&self) -> &Calibration {
        &self.calibration
    }

    /// The sentences of a stretch of text, without trees.
    pub fn sentences(&self, text: &str, within: Span) -> Vec<Span> {
        self.segmenter.sentences(text, within)
    }

    /// One of its sentences with its tree, no deeper than the parser itself reads; none where there is no word.
    pub fn parse(&self, text: &str, sentence: Span, depth: Depth) -> Option<ParsedSentence> {
        let tokens = self.segmenter.tokens(text, sentence);
        let forms: Vec<&str> = tokens.words.iter().map(|word| word.of(text)).collect();
        // Neither was taught another script: what the slower one makes of it is worth no more.
        let depth = if has_latin_letter(sentence.of(text)) { depth } else { Depth::Fast };
        let seen = self.opinions(&forms, depth)?.witnessed(&self.calibration);
        let lemmas = self.lemmas(&forms, &seen.tree);
        Some(ParsedSentence { span: sentence, tokens, lemmas, seen })
    }

    /// What both make of words that are given; none where there is no word.
    pub fn opinions(&self, words: &[&str], depth: Depth) -> Option<Opinions> {
        let linear = self.linear.parse(words)?;
        let sure = linear.certainty.iter().map(|certainty| certainty.place).collect();
        let linear = guidelines::settled(Opinion { tree: linear.tree, sure });
        let encoder = match (&self.encoder, depth) {
            (Some(encoder), Depth::Both) => encoder.parse(words).map(|parse| {
                let sure = parse.certainty.iter().map(|sure| sure.head * sure.relation).collect();
                guidelines::settled(Opinion { tree: parse.tree, sure })
            }),
            _ => None,
        };
        Some(Opinions { linear, encoder })
    }

    /// The dictionary forms of words with the tags of a tree over them.
    pub fn lemmas(&self, words: &[&str], tree: &Tree) -> Vec<String> {
        let tagged = words.iter().zip(tree.nodes());
        tagged.map(|(word, node)| self.linear.lemma(word, node.upos, node.penn)).collect()
    }
}

impl Opinions {
    /// The better witness's tree with the other's word on it.
    pub fn witnessed(self, calibration: &Calibration) -> Witnessed {
        match self.encoder {
            Some(encoder) => Witnessed::new(encoder, Some(&self.linear.tree), calibration),
            None => Witnessed::new(self.linear, None, calibration),
        }
    }
}

impl ParsedSentence {
    /// The sentence as a treebank has it, each word with its place in the text and how sure its arc is.
    pub fn written(&self, text: &str) -> conllu::Sentence {
        let spans = &self.tokens.words;
        let nodes = self.seen.tree.nodes().iter().zip(&self.seen.certainty);
        let words = spans.iter().zip(nodes).zip(&self.lemmas).enumerate();
        let words = words.map(|(at, ((span, (node, certainty)), lemma))| conllu::Word {
            form: span.of(text).to_owned(),
            lemma: lemma.clone(),
            upos: node.upos,
            penn: node.penn,
            head: node.head,
            relation: node.relation,
            space_after: spans.get(at + 1).is_none_or(|next| next.start() > span.end()),
            span: Some(*span),
            sure: Some(of_a_hundred(*certainty)),
        });
        let written = |range: &Range<usize>| {
            let parts = &spans[range.clone()];
            let whole = parts.iter().copied().reduce(Span::cover);
            whole.map_or_else(String::new, |whole| whole.of(text).to_owned())
        };
        let multiwords = self.tokens.multiwords.iter();
        conllu::Sentence {
            id: String::new(),
            text: self.span.of(text).to_owned(),
            opens: conllu::Opens::Nothing,
            words: words.collect(),
            multiwords: multiwords
                .map(|range| conllu::Multiword { words: range.clone(), form: written(range) })
                .collect(),
        }
    }
}

fn has_latin_letter(text: &str) -> bool {
    text.chars().any(|c| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}'))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100 fits")]
fn of_a_hundred(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}
