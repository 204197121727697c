//! Takes pairs of trees over the same words, gives the shares of tags, heads and relations that agree.
//! Invariant: every word counts, punctuation too.

use super::Score;
use crate::tree::{Relation, Tree};
use std::collections::BTreeMap;

/// How far a parser's trees agree with a treebank's when both have the treebank's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeScores {
    /// Universal parts of speech.
    pub upos: Score,
    /// Penn tags (XPOS).
    pub xpos: Score,
    /// Heads.
    pub uas: Score,
    /// Heads with their relation, subtypes left out: the usual measure.
    pub las: Score,
    /// Heads with their relation, subtypes too.
    pub las_subtypes: Score,
    /// Each relation by itself: the same word with this relation to the same head.
    pub relations: BTreeMap<Relation, Score>,
}

/// Two trees that are not of the same sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "pair {pair}: {gold} words in the treebank, {system} in the system's tree; score trees of the same words"
)]
pub struct OtherWords {
    /// Which pair, counted from 0.
    pub pair: usize,
    /// Words in the treebank.
    pub gold: usize,
    /// Words in the system's tree.
    pub system: usize,
}

/// Scores pairs of a treebank's tree and a system's.
pub fn trees<'t>(
    pairs: impl IntoIterator<Item = (&'t Tree, &'t Tree)>,
) -> Result<TreeScores, OtherWords> {
    let mut scores = TreeScores::default();
    for (pair, (gold, system)) in pairs.into_iter().enumerate() {
        let (gold, system) = (gold.nodes(), system.nodes());
        if gold.len() != system.len() {
            return Err(OtherWords { pair, gold: gold.len(), system: system.len() });
        }
        for (gold, system) in gold.iter().zip(system) {
            let head = gold.head == system.head;
            let relation = gold.relation == system.relation;
            let universal = gold.relation.universal() == system.relation.universal();
            count(&mut scores.upos, gold.upos == system.upos);
            count(&mut scores.xpos, gold.penn == system.penn);
            count(&mut scores.uas, head);
            count(&mut scores.las, head && universal);
            count(&mut scores.las_subtypes, head && relation);
            scores.relations.entry(system.relation).or_default().system += 1;
            let wanted = scores.relations.entry(gold.relation).or_default();
            wanted.gold += 1;
            wanted.correct += usize::from(head && relation);
        }
    }
    Ok(scores)
}

/// Counts a word both have.
fn count(score: &mut Score, same: bool) {
    score.gold += 1;
    score.system += 1;
    score.correct += usize::from(same);
}
