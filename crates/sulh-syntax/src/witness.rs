//! Takes what two parsers make of the same words, gives one tree and how sure each of its arcs is.
//! Invariant: the tree is one witness's own, never a mixture; the other only says how far it can be trusted.

use crate::lexicon::{LexiconError, load};
use crate::tree::Tree;
use serde::Deserialize;

/// What one parser makes of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion {
    /// Its tree.
    pub tree: Tree,
    /// For each word, how sure the parser itself is of where it hangs: a probability, or a margin.
    pub sure: Vec<f32>,
}

/// How the second witness sees one arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The same head and the same relation, subtypes aside.
    Both,
    /// The same head, another relation.
    Head,
    /// Another head.
    Neither,
    /// There was no second witness.
    Alone,
}

impl Agreement {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Both, Self::Head, Self::Neither, Self::Alone];

    /// Its name in figures.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Head => "head",
            Self::Neither => "neither",
            Self::Alone => "alone",
        }
    }

    /// How the second tree sees each arc of the first.
    pub fn of(first: &Tree, second: &Tree) -> Vec<Self> {
        first
            .nodes()
            .iter()
            .zip(second.nodes())
            .map(|(one, other)| {
                if one.head != other.head {
                    Self::Neither
                } else if one.relation.universal() == other.relation.universal() {
                    Self::Both
                } else {
                    Self::Head
                }
            })
            .collect()
    }
}

/// How often arcs were right, by agreement and by how sure the parser itself was: measured, not assumed.
#[derive(Clone, Debug, Deserialize)]
pub struct Calibration {
    both: Steps,
    head: Steps,
    neither: Steps,
    alone: Steps,
}

/// Shares of right arcs, in steps of the parser's own sureness.
#[derive(Clone, Debug, Deserialize)]
struct Steps {
    /// Where a step ends and the next begins, rising.
    borders: Vec<f32>,
    /// The share of right arcs in each step, one more than there are borders.
    right: Vec<f32>,
}

impl Steps {
    fn step(&self, sure: f32) -> usize {
        self.borders.iter().filter(|border| sure >= **border).count()
    }

    fn is_sound(&self) -> bool {
        self.right.len() == self.borders.len() + 1
            && self.borders.is_sorted()
            && self.right.iter().all(|share| (0.0..=1.0).contains(share))
    }
}

impl Calibration {
    /// The figures that come with the models.
    pub fn shipped() -> Result<Self, LexiconError> {
        let file = "models/calibration.toml";
        let read: Self = load(file, include_str!("../../../models/calibration.toml"))?;
        if [&read.both, &read.head, &read.neither, &read.alone].iter().all(|steps| steps.is_sound())
        {
            return Ok(read);
        }
        let problem =
            "each list of shares wants rising borders and one share more than borders, 0 to 1";
        Err(LexiconError { file, problem: problem.to_owned() })
    }

    fn steps(&self, agreement: Agreement) -> &Steps {
        match agreement {
            Agreement::Both => &self.both,
            Agreement::Head => &self.head,
            Agreement::Neither => &self.neither,
            Agreement::Alone => &self.alone,
        }
    }

    /// Which step of its agreement an arc falls into, counted from 0.
    pub fn step(&self, agreement: Agreement, sure: f32) -> usize {
        self.steps(agreement).step(sure)
    }

    /// The share of arcs like this one that were right.
    pub fn certainty(&self, agreement: Agreement, sure: f32) -> f32 {
        let steps = self.steps(agreement);
        steps.right.get(steps.step(sure)).copied().unwrap_or(0.0)
    }
}

/// A tree, and how sure each of its arcs is.
#[derive(Clone, Debug, PartialEq)]
pub struct Witnessed {
    /// The tree of the better witness.
    pub tree: Tree,
    /// For each word, what the other says of where it hangs.
    pub agreement: Vec<Agreement>,
    /// For each word, the share of arcs like its own that were right, 0 to 1.
    pub certainty: Vec<f32>,
}

impl Witnessed {
    /// One witness's tree, with the other's word on each arc where there is another.
    pub fn new(opinion: Opinion, second: Option<&Tree>, calibration: &Calibration) -> Self {
        let agreement = second.map_or_else(
            || vec![Agreement::Alone; opinion.tree.nodes().len()],
            |second| Agreement::of(&opinion.tree, second),
        );
        let certainty = agreement
            .iter()
            .zip(&opinion.sure)
            .map(|(agreement, sure)| calibration.certainty(*agreement, *sure))
            .collect();
        Self { tree: opinion.tree, agreement, certainty }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Upos;
    use crate::tree::{Node, Penn, Relation};

    fn tree(arcs: &[(Option<usize>, Relation)]) -> Tree {
        let node = |(head, relation): &(Option<usize>, Relation)| Node {
            upos: Upos::Noun,
            penn: Penn::Nn,
            head: *head,
            relation: *relation,
        };
        Tree::new(arcs.iter().map(node).collect()).unwrap()
    }

    #[test]
    fn the_tree_is_the_first_witness_s_and_the_second_says_how_sure() {
        let first = tree(&[
            (Some(1), Relation::NsubjPass),
            (None, Relation::Root),
            (Some(1), Relation::Obl),
            (Some(2), Relation::Nmod),
        ]);
        let second = tree(&[
            (Some(1), Relation::Nsubj),
            (None, Relation::Root),
            (Some(1), Relation::Obj),
            (Some(1), Relation::Obl),
        ]);
        use Agreement::{Alone, Both, Head, Neither};
        let shares = |low: f32, high: f32| Steps { borders: vec![0.9], right: vec![low, high] };
        let calibration = Calibration {
            both: shares(0.8, 0.99),
            head: shares(0.6, 0.7),
            neither: shares(0.4, 0.5),
            alone: shares(0.1, 0.2),
        };
        let opinion = Opinion { tree: first.clone(), sure: vec![0.95, 0.5, 0.9, 0.1] };
        let seen = Witnessed::new(opinion.clone(), Some(&second), &calibration);
        assert_eq!(seen.tree, first);
        assert_eq!(seen.agreement, [Both, Both, Head, Neither]);
        assert_eq!(seen.certainty, [0.99, 0.8, 0.7, 0.4]);
        let alone = Witnessed::new(opinion, None, &calibration);
        assert_eq!(alone.agreement, [Alone; 4]);
        assert_eq!(alone.certainty, [0.2, 0.1, 0.2, 0.1]);
    }

    #[test]
    fn the_shipped_figures_are_sound() {
        let calibration = Calibration::shipped().unwrap();
        let agreed = calibration.certainty(Agreement::Both, 1.0);
        assert!(agreed > calibration.certainty(Agreement::Neither, 1.0));
    }
}
