//! Takes trees with what two witnesses say of each arc, gives how often arcs of each kind were right.
//! Invariant: every arc counts in exactly one cell.

use super::share;
use crate::tree::Tree;
use crate::witness::{Agreement, Calibration, Witnessed};
use std::collections::BTreeMap;

/// Arcs of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// How many there were.
    pub arcs: usize,
    /// How many had the treebank's head and relation, subtypes aside.
    pub right: usize,
    /// The sum of the certainties they were given.
    pub expected: f64,
}

impl Cell {
    /// The share that was right.
    pub fn right_share(&self) -> f64 {
        share(self.right, self.arcs)
    }
}

/// Arcs by agreement of the witnesses and by step of the parser's own sureness.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Certainty {
    cells: BTreeMap<(Agreement, usize), Cell>,
}

impl Certainty {
    /// Adds a sentence; `sure` is what the parser itself said of each word.
    pub fn add(&mut self, gold: &Tree, seen: &Witnessed, sure: &[f32], calibration: &Calibration) {
        let right = Agreement::of(gold, &seen.tree);
        for (at, judged) in right.iter().enumerate() {
            let agreement = seen.agreement[at];
            let cell =
                self.cells.entry((agreement, calibration.step(agreement, sure[at]))).or_default();
            cell.arcs += 1;
            cell.right += usize::from(*judged == Agreement::Both);
            cell.expected += f64::from(seen.certainty[at]);
        }
    }

    /// The arcs of one agreement, step by step.
    pub fn steps(&self, agreement: Agreement) -> impl Iterator<Item = (usize, Cell)> {
        let of_it = self.cells.iter().filter(move |((kind, _), _)| *kind == agreement);
        of_it.map(|((_, step), cell)| (*step, *cell))
    }

    /// All arcs of one agreement.
    pub fn of(&self, agreement: Agreement) -> Cell {
        self.steps(agreement).fold(Cell::default(), |sum, (_, cell)| Cell {
            arcs: sum.arcs + cell.arcs,
            right: sum.right + cell.right,
            expected: sum.expected + cell.expected,
        })
    }

    /// All arcs.
    pub fn arcs(&self) -> usize {
        self.cells.values().map(|cell| cell.arcs).sum()
    }

    /// How far the certainties lie from what was found: the mean distance over cells, weighed by arcs.
    #[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
    pub fn error(&self) -> f64 {
        let apart: f64 =
            self.cells.values().map(|cell| (cell.expected - cell.right as f64).abs()).sum();
        if self.cells.is_empty() { 0.0 } else { apart / self.arcs() as f64 }
    }
}
