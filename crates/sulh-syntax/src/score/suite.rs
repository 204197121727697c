//! Takes treebanks and a parser, gives every figure of the suite `syntax` by name, per cent.
//! Invariant: what a set is called decides what is measured on it, never what it says.

use super::{Certainty, Frames, OtherText, Score, Verbs, raw, raw_text, trees};
use crate::Sentence as Analysed;
use crate::conllu::Sentence;
use crate::frames::Parse;
use crate::lexicon::{Lexicon, LexiconError};
use crate::parser::{Depth, Parser};
use crate::tree::{NotATree, Tree};
use crate::witness::{Agreement, Witnessed};
use std::collections::BTreeMap;
use sulh_model::span::Span;

/// A treebank to measure on.
#[derive(Clone, Debug)]
pub struct Treebank {
    /// What it is called in the figures.
    pub name: String,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum SuiteError {
    /// A sentence without a tree.
    #[error("{bank}, sentence {sentence}: {problem}; correct the treebank")]
    NotATree {
        /// Which treebank.
        bank: String,
        /// Which sentence, by its id.
        sentence: String,
        /// What is wrong.
        problem: NotATree,
    },
    /// The parser's text is not the treebank's.
    #[error("{bank}: {problem}")]
    OtherText {
        /// Which treebank.
        bank: String,
        /// Where.
        problem: OtherText,
    },
    /// The list of verbs of saying.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
}

/// The suite's figures by name, per cent.
pub type Figures = BTreeMap<String, f64>;

/// Measures a parser, as deep as it reads, on treebanks.
pub fn suite(parser: &Parser, banks: &[Treebank]) -> Result<Figures, SuiteError> {
    let lexicon = Lexicon::shipped()?;
    let mut measured = Suite { parser, lexicon, figures: Figures::new(), news: Sure::default() };
    for bank in banks {
        measured.bank(bank)?;
    }
    let news = std::mem::take(&mut measured.news);
    measured.sure("news", &news);
    Ok(measured.figures)
}

struct Suite<'p> {
    parser: &'p Parser,
    lexicon: Lexicon,
    figures: Figures,
    news: Sure,
}

/// What is counted of the better witness's trees and of how sure they are.
#[derive(Clone, Debug, Default)]
struct Sure {
    verbs: Verbs,
    certainty: Certainty,
    frames: Frames,
}

/// A sentence of a treebank as the parser reads it.
#[derive(Clone, Copy)]
struct Read<'r> {
    gold: &'r Tree,
    seen: &'r Witnessed,
    /// How sure the better witness is of each arc.
    own: &'r [f32],
    lemmas: &'r [String],
}

impl Suite<'_> {
    fn bank(&mut self, bank: &Treebank) -> Result<(), SuiteError> {
        self.given_words(bank)?;
        for depth in self.depths() {
            self.raw_text(bank, depth)?;
        }
        Ok(())
    }

    fn depths(&self) -> impl Iterator<Item = Depth> + use<> {
        let deep = self.parser.depth() == Depth::Both;
        [Some(Depth::Fast), deep.then_some(Depth::Both)].into_iter().flatten()
    }

    /// With the treebank's own words.
    fn given_words(&mut self, bank: &Treebank) -> Result<(), SuiteError> {
        let mut pairs: Vec<(Tree, Tree, Tree)> = Vec::with_capacity(bank.sentences.len());
        let (mut sure, mut lemmas) = (Sure::default(), Score::default());
        for sentence in &bank.sentences {
            let gold = sentence.tree().map_err(|problem| SuiteError::NotATree {
                bank: bank.name.clone(),
                sentence: sentence.id.clone(),
                problem,
            })?;
            let forms: Vec<&str> = sentence.words.iter().map(|word| word.form.as_str()).collect();
            let Some(opinions) = self.parser.opinions(&forms, Depth::Both) else { continue };
            let linear = opinions.linear.tree.clone();
            let best = opinions.encoder.as_ref().unwrap_or(&opinions.linear).clone();
            let seen = opinions.witnessed(self.parser.calibration());
            let found = self.parser.lemmas(&forms, &seen.tree);
            let read = Read { gold: &gold, seen: &seen, own: &best.sure, lemmas: &found };
            self.count(sentence, &read, &mut sure);
            if is_news(&bank.name, &sentence.id) {
                let mut news = std::mem::take(&mut self.news);
                self.count(sentence, &read, &mut news);
                self.news = news;
            }
            for (word, found) in sentence.words.iter().zip(found) {
                lemmas.gold += 1;
                lemmas.system += 1;
                lemmas.correct += usize::from(word.lemma == found);
            }
            pairs.push((gold, linear, best.tree));
        }
        let name = &bank.name;
        self.trees(name, "linear", pairs.iter().map(|(gold, linear, _)| (gold, linear)));
        self.put(name, "words/lemmas", lemmas.f1());
        if self.parser.depth() == Depth::Both {
            self.trees(name, "both", pairs.iter().map(|(gold, _, both)| (gold, both)));
            self.sure(name, &sure);
        }
        Ok(())
    }

    fn count(&self, of: &Sentence, read: &Read<'_>, sure: &mut Sure) {
        let Read { gold, seen, own, lemmas } = *read;
        let own_lemmas: Vec<String> = of.words.iter().map(|word| word.lemma.clone()).collect();
        let names: Vec<&str> = own_lemmas.iter().map(String::as_str).collect();
        sure.verbs.add(gold, &seen.tree, &names, |lemma| self.lexicon.says(lemma));
        sure.certainty.add(gold, seen, own, self.parser.calibration());
        let certain = vec![1.0; own_lemmas.len()];
        let told = self.told(of, &own_lemmas, gold, &certain);
        sure.frames.add(&told, &self.told(of, lemmas, &seen.tree, &seen.certainty));
    }

    /// The clauses and reports of a tree over a treebank's words.
    fn told(&self, of: &Sentence, lemmas: &[String], tree: &Tree, certainty: &[f32]) -> Analysed {
        let (whole, words) = (Span::new(0, of.text.len()), of.spans());
        let parse = Parse { words: &words, lemmas, tree, certainty };
        crate::frames::sentence(&of.text, whole, parse, &self.lexicon)
    }

    fn put(&mut self, bank: &str, what: &str, share: f64) {
        // Two places: what a thousand words can tell apart.
        self.figures.insert(format!("{bank}/{what}"), (share * 10_000.0).round() / 100.0);
    }

    fn trees<'t>(
        &mut self,
        bank: &str,
        parser: &str,
        pairs: impl Iterator<Item = (&'t Tree, &'t Tree)>,
    ) {
        // Both trees of a pair are over the treebank's words.
        let Ok(scores) = trees(pairs) else { return };
        for (measure, score) in [
            ("upos", scores.upos),
            ("xpos", scores.xpos),
            ("uas", scores.uas),
            ("las", scores.las),
            ("las-subtypes", scores.las_subtypes),
        ] {
            self.put(bank, &format!("words/{parser}/{measure}"), score.f1());
        }
    }

    fn sure(&mut self, bank: &str, sure: &Sure) {
        let Sure { verbs, certainty, frames } = sure;
        if verbs.arguments.gold == 0 {
            return;
        }
        for (measure, share) in [
            ("content-precision", verbs.content.precision()),
            ("content-recall", verbs.content.recall()),
            ("content-clause-precision", verbs.content_clause.precision()),
            ("content-clause-recall", verbs.content_clause.recall()),
            ("source-precision", verbs.source.precision()),
            ("source-recall", verbs.source.recall()),
            ("source-name-precision", verbs.source_name.precision()),
            ("source-name-recall", verbs.source_name.recall()),
            ("arguments", verbs.arguments.recall()),
        ] {
            self.put(bank, &format!("verbs/{measure}"), share);
        }
        let [main, attribution, both] = frames.shares();
        for (measure, share) in [("main", main), ("attribution", attribution), ("both", both)] {
            self.put(bank, &format!("frames/{measure}"), share);
        }
        let agreed = certainty.of(Agreement::Both);
        self.put(bank, "arcs/agreed-right", agreed.right_share());
        let mut apart = certainty.of(Agreement::Head);
        let neither = certainty.of(Agreement::Neither);
        apart.arcs += neither.arcs;
        apart.right += neither.right;
        self.put(bank, "arcs/disagreed-right", apart.right_share());
        self.put(bank, "arcs/agreed", super::share(agreed.arcs, certainty.arcs()));
        self.put(bank, "arcs/calibrated", 1.0 - certainty.error());
    }

    /// From the treebank's raw text, as the CoNLL 2018 shared task has it.
    fn raw_text(&mut self, bank: &Treebank, depth: Depth) -> Result<(), SuiteError> {
        let text = raw_text(&bank.sentences);
        let whole = Span::new(0, text.len());
        let system: Vec<Sentence> = self
            .parser
            .sentences(&text, whole)
            .into_iter()
            .filter_map(|span| self.parser.parse(&text, span, depth))
            .map(|parsed| parsed.written(&text))
            .collect();
        let scores = raw(&bank.sentences, &system)
            .map_err(|problem| SuiteError::OtherText { bank: bank.name.clone(), problem })?;
        let parser = match depth {
            Depth::Fast => "linear",
            Depth::Both => "both",
        };
        self.put(&bank.name, "text/tokens", scores.tokens.f1());
        self.put(&bank.name, "text/sentences", scores.sentences.f1());
        self.put(&bank.name, &format!("text/{parser}/upos"), scores.upos.f1());
        self.put(&bank.name, &format!("text/{parser}/las"), scores.las.f1());
        Ok(())
    }
}

/// News: the parallel treebank, and GUM's news documents, which are named so.
fn is_news(bank: &str, sentence: &str) -> bool {
    bank.starts_with("pud") || sentence.starts_with("GUM_news")
}
