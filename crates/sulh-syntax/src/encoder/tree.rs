//! Takes the scores of all arcs of a sentence, gives the best tree with one root.
//! Invariant: always a tree with exactly one root, in time that grows with the square of the number of words.
//!
//! Where the best head of each word makes no tree, the algorithm of Chu, Liu and Edmonds in the dense form of Tarjan:
//! follow best heads upwards; words that go round in a circle become one place whose entering arcs are weighed against
//! the arcs they would replace; at the end the circles are opened again from the outside in.

/// More than all scores of a sentence together: the best tree has as few arcs from the root as it can, one.
const ROOT_COST: f64 = 1e6;

/// The head of each place. Places are the root (0) and the words; `scores` has a row of heads for each.
pub(super) fn best_heads(scores: &[f32], places: usize) -> Vec<usize> {
    let mut heads = vec![0; places];
    for (word, head) in heads.iter_mut().enumerate().skip(1) {
        let row = &scores[word * places..][..places];
        *head = (0..places)
            .filter(|head| *head != word)
            .fold(0, |best, head| if row[head] > row[best] { head } else { best });
    }
    if is_tree(&heads) { heads } else { Contraction::new(scores, places).heads() }
}

fn is_tree(heads: &[usize]) -> bool {
    let mut seen_from = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen_from[at] == 0 {
            seen_from[at] = start;
            at = heads[at];
        }
        if at != 0 && seen_from[at] == start {
            return false;
        }
    }
    heads.iter().skip(1).filter(|head| **head == 0).count() == 1
}

/// An arc into a place: what it brings, from where, to which word.
#[derive(Clone, Copy)]
struct Arc {
    score: f64,
    head: usize,
    word: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Fresh,
    OnPath,
    Done,
}

/// Words, and circles of words that have become one place.
struct Contraction {
    words: usize,
    /// The best arc into each place from each word or the root.
    rows: Vec<Vec<Arc>>,
    chosen: Vec<Option<Arc>>,
    state: Vec<State>,
    /// The circle a place lies in.
    circle: Vec<Option<usize>>,
    /// The outermost place of each word.
    outermost: Vec<usize>,
}

impl Contraction {
    fn new(scores: &[f32], places: usize) -> Self {
        let arc = |word: usize, head: usize| {
            let score = f64::from(scores[word * places + head]);
            Arc { score: if head == 0 { score - ROOT_COST } else { score }, head, word }
        };
        let rows = (0..places).map(|word| (0..places).map(|head| arc(word, head)).collect());
        let mut state = vec![State::Fresh; places];
        state[0] = State::Done;
        Self {
            words: places,
            rows: rows.collect(),
            chosen: vec![None; places],
            state,
            circle: vec![None; places],
            outermost: (0..places).collect(),
        }
    }

    fn heads(mut self) -> Vec<usize> {
        for word in 1..self.words {
            self.settle(self.outermost[word]);
        }
        self.opened()
    }

    /// Follows best arcs upwards until they reach what is settled.
    fn settle(&mut self, start: usize) {
        let mut path = Vec::new();
        let mut at = start;
        while self.state[at] != State::Done {
            if self.state[at] == State::OnPath {
                at = self.contract(at, &mut path);
            }
            let Some(best) = self.best_into(at) else { return };
            self.chosen[at] = Some(best);
            self.state[at] = State::OnPath;
            path.push(at);
            at = self.outermost[best.head];
        }
        for place in path {
            self.state[place] = State::Done;
        }
    }

    fn best_into(&self, place: usize) -> Option<Arc> {
        let outside = self.rows[place].iter().filter(|arc| self.outermost[arc.head] != place);
        outside.copied().reduce(|best, arc| if arc.score > best.score { arc } else { best })
    }

    /// Makes one place of the end of the path from `first` on.
    fn contract(&mut self, first: usize, path: &mut Vec<usize>) -> usize {
        let circle = self.rows.len();
        let from = path.iter().rposition(|place| *place == first).unwrap_or(0);
        let mut row: Vec<Arc> = Vec::new();
        for place in path.split_off(from) {
            let replaced = self.chosen[place].map_or(0.0, |arc| arc.score);
            let mut entering = std::mem::take(&mut self.rows[place]);
            for arc in &mut entering {
                arc.score -= replaced;
            }
            if row.is_empty() {
                row = entering;
            } else {
                for (best, arc) in row.iter_mut().zip(entering) {
                    if arc.score > best.score {
                        *best = arc;
                    }
                }
            }
            self.circle[place] = Some(circle);
            for outermost in self.outermost.iter_mut().filter(|outermost| **outermost == place) {
                *outermost = circle;
            }
        }
        self.rows.push(row);
        self.chosen.push(None);
        self.state.push(State::Fresh);
        self.circle.push(None);
        circle
    }

    /// Opens the circles from the outside in: the arc into a circle replaces the one inside it that it meets.
    fn opened(&self) -> Vec<usize> {
        let mut heads = vec![0; self.words];
        let mut replaced = vec![false; self.rows.len()];
        for place in (1..self.rows.len()).rev() {
            let Some(arc) = self.chosen[place].filter(|_| !replaced[place]) else { continue };
            heads[arc.word] = arc.head;
            let mut inner = Some(arc.word);
            while let Some(at) = inner.filter(|at| *at != place) {
                replaced[at] = true;
                inner = self.circle[at];
            }
        }
        heads
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best single-root tree among all assignments of heads.
    fn best_of_all(scores: &[f32], places: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for code in 0..places.pow(u32::try_from(places - 1).unwrap()) {
            let mut heads = vec![0; places];
            let mut rest = code;
            for head in heads.iter_mut().skip(1) {
                (*head, rest) = (rest % places, rest / places);
            }
            if is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    fn total(scores: &[f32], heads: &[usize]) -> f64 {
        (1..heads.len()).map(|word| f64::from(scores[word * heads.len() + heads[word]])).sum()
    }

    fn check(scores: &[f32], places: usize) {
        let heads = best_heads(scores, places);
        assert!(is_tree(&heads), "{heads:?}");
        let found = total(scores, &heads);
        assert!((found - best_of_all(scores, places)).abs() < 1e-3, "{heads:?} of {scores:?}");
    }

    #[test]
    fn circles_and_second_roots_are_mended() {
        check(&[0., 0., 0., 5.], 2);
        // Two words that hang on one another.
        check(&[0., 0., 0., 1., 0., 9., 2., 9., 0.], 3);
        // Two words that both hang on the root.
        check(&[0., 0., 0., 9., 0., 1., 9., 2., 0.], 3);
    }

    #[test]
    fn a_long_sentence_of_equal_scores_is_a_tree() {
        let places = 511;
        assert!(is_tree(&best_heads(&vec![1.0; places * places], places)));
        // One circle of all words.
        let mut scores = vec![0.0; places * places];
        for word in 1..places {
            scores[word * places + if word == 1 { places - 1 } else { word - 1 }] = 5.0;
        }
        assert!(is_tree(&best_heads(&scores, places)));
    }

    proptest! {
        #[test]
        fn no_tree_is_better(scores in proptest::collection::vec(-9.0_f32..9.0, 25)) {
            check(&scores, 5);
        }

        #[test]
        fn any_scores_make_a_tree(scores in proptest::collection::vec(-9.0_f32..9.0, 12 * 12)) {
            prop_assert!(is_tree(&best_heads(&scores, 12)));
        }
    }
}
