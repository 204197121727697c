//! Takes a sentence's heads and the scores of arcs and relations, gives heads and relations that go together.
//! Invariant: nothing has two subjects or two objects, and what hangs together was and stays a tree.
//!
//! No treebank's word has two of either. A parser that chooses for each word by itself gives "told" two who tell where
//! "he told the crowd gathered outside" has a word between that could be one. Of two, that one gives way which loses
//! the least by it: to another relation, or to its next best head.

use super::share;
use crate::tree::Relation;

/// What a word can have only one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Subject,
    Object,
}

impl Role {
    const fn of(relation: Relation) -> Option<Self> {
        match relation {
            Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::CsubjPass => {
                Some(Self::Subject)
            }
            Relation::Obj => Some(Self::Object),
            _ => None,
        }
    }
}

/// What a word is to its head, and how sure the encoder is of either.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arc {
    /// A place: the root is 0, the first word 1.
    pub head: usize,
    /// By its place in the list.
    pub relation: usize,
    pub head_share: f32,
    /// Given the head; 1 for the root.
    pub relation_share: f32,
}

impl Arc {
    fn score(&self) -> f32 {
        self.head_share.ln() + self.relation_share.ln()
    }
}

/// The scores to choose from.
pub(super) struct Sheet<'s, F> {
    /// A row of heads for each place.
    pub arcs: &'s [f32],
    pub relations: &'s [Relation],
    /// A row of relations for each word, given all heads.
    pub rows: F,
}

/// How often a word may be given to another head: each time the network is asked again. Sentences that people write
/// need two or three.
const MOVES_MAX: usize = 8;

impl<F: Fn(&[usize]) -> Option<Vec<f32>>> Sheet<'_, F> {
    /// The arc of each word, given the best tree's heads. None where relations cannot be scored.
    pub fn settled(&self, heads: &[usize]) -> Option<Vec<Arc>> {
        let mut rows = (self.rows)(heads)?;
        let words = heads.len() - 1;
        let mut arcs: Vec<Arc> =
            (0..words).map(|word| self.arc(&rows, word, heads[word + 1], &[])).collect();
        let mut lost: Vec<Vec<Role>> = vec![Vec::new(); words];
        let mut asked = 0;
        // Each round takes a role from a word for good, so there is an end.
        while let Some((first, second, role)) = two_of_a_role(&arcs, self.relations) {
            let mut least: Option<(f32, usize, Arc)> = None;
            for word in [first, second] {
                let barred: Vec<Role> = lost[word].iter().copied().chain([role]).collect();
                let mut other = self.arc(&rows, word, arcs[word].head, &barred);
                if lost[word].is_empty() && asked < MOVES_MAX {
                    asked += 1;
                    let moved = self.elsewhere(&arcs, word)?;
                    other = moved.filter(|moved| moved.score() > other.score()).unwrap_or(other);
                }
                let loss = arcs[word].score() - other.score();
                if least.is_none_or(|(before, ..)| loss < before) {
                    least = Some((loss, word, other));
                }
            }
            let (_, word, arc) = least?;
            if arc.head != arcs[word].head {
                let now = self.rows_with(&arcs, word, arc.head)?;
                let own = word * self.relations.len()..(word + 1) * self.relations.len();
                rows[own.clone()].copy_from_slice(&now[own]);
            }
            arcs[word] = arc;
            lost[word].push(role);
        }
        Some(arcs)
    }

    fn arc(&self, rows: &[f32], word: usize, head: usize, without: &[Role]) -> Arc {
        let places = self.arcs.len().isqrt();
        let head_share = share(&self.arcs[(word + 1) * places..][..places], head, None);
        let root = self.relations.iter().position(|relation| *relation == Relation::Root);
        if head == 0 {
            return Arc { head, relation: root.unwrap_or(0), head_share, relation_share: 1.0 };
        }
        let row = &rows[word * self.relations.len()..][..self.relations.len()];
        let allowed = |place: &usize| {
            let role = Role::of(self.relations[*place]);
            Some(*place) != root && role.is_none_or(|role| !without.contains(&role))
        };
        let best = (0..row.len()).filter(allowed);
        let relation = best.reduce(|best, place| if row[place] > row[best] { place } else { best });
        let relation = relation.unwrap_or(0);
        Arc { head, relation, head_share, relation_share: share(row, relation, root) }
    }

    /// The rows of relations with a word hung elsewhere.
    fn rows_with(&self, arcs: &[Arc], word: usize, head: usize) -> Option<Vec<f32>> {
        let mut heads: Vec<usize> =
            std::iter::once(0).chain(arcs.iter().map(|arc| arc.head)).collect();
        heads[word + 1] = head;
        (self.rows)(&heads)
    }

    /// The word at its next best head, where it is nobody's rival. The outer None: relations cannot be scored.
    fn elsewhere(&self, arcs: &[Arc], word: usize) -> Option<Option<Arc>> {
        let places = arcs.len() + 1;
        let row = &self.arcs[(word + 1) * places..][..places];
        let below = |mut place: usize| {
            while place != 0 && place != word + 1 {
                place = arcs[place - 1].head;
            }
            place == word + 1
        };
        let free = (1..places).filter(|place| *place != arcs[word].head && !below(*place));
        let next = free.reduce(|best, place| if row[place] > row[best] { place } else { best });
        let Some(next) = next else { return Some(None) };
        let moved = self.arc(&self.rows_with(arcs, word, next)?, word, next, &[]);
        let role = Role::of(self.relations[moved.relation]);
        let rival = arcs.iter().enumerate().any(|(at, arc)| {
            at != word && arc.head == next && Role::of(self.relations[arc.relation]) == role
        });
        Some(Some(moved).filter(|_| role.is_none() || !rival))
    }
}

/// The first two words that have the same role of the same head.
fn two_of_a_role(arcs: &[Arc], relations: &[Relation]) -> Option<(usize, usize, Role)> {
    let mut holders: Vec<[Option<usize>; 2]> = vec![[None; 2]; arcs.len() + 1];
    for (word, arc) in arcs.iter().enumerate() {
        let Some(role) = Role::of(relations[arc.relation]) else { continue };
        if let Some(first) = holders[arc.head][role as usize].replace(word) {
            return Some((first, word, role));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELATIONS: [Relation; 4] =
        [Relation::Root, Relation::Nsubj, Relation::Obj, Relation::Appos];

    /// Arcs of words that each have a best and a second head, with scores for each relation whatever the head.
    fn settled(heads: &[(usize, usize)], rows: &[[f32; 4]]) -> Vec<(usize, Relation)> {
        let places = heads.len() + 1;
        let mut arcs = vec![0.0; places * places];
        for (word, (best, second)) in heads.iter().enumerate() {
            arcs[(word + 1) * places + best] = 4.0;
            arcs[(word + 1) * places + second] = 3.0;
        }
        let best: Vec<usize> =
            std::iter::once(0).chain(heads.iter().map(|(best, _)| *best)).collect();
        let sheet =
            Sheet { arcs: &arcs, relations: &RELATIONS, rows: |_: &[usize]| Some(rows.concat()) };
        let arcs = sheet.settled(&best).unwrap();
        arcs.into_iter().map(|arc| (arc.head, RELATIONS[arc.relation])).collect()
    }

    const ROOT: [f32; 4] = [9.0, 0.0, 0.0, 0.0];

    #[test]
    fn one_of_two_subjects_takes_what_else_it_can_be() {
        // "He told them": the third could be either, the first only the subject.
        let rows = [[0.0, 9.0, 1.0, 0.0], ROOT, [0.0, 5.0, 4.5, 0.0]];
        let told = settled(&[(2, 3), (0, 1), (2, 1)], &rows);
        assert_eq!(told, [(2, Relation::Nsubj), (0, Relation::Root), (2, Relation::Obj)]);
    }

    #[test]
    fn one_of_two_subjects_takes_its_next_best_head() {
        // "her daughter , Angel , police said": Angel is as well the daughter.
        let rows = [[0.0, 0.0, 9.0, 0.0], [0.0, 5.6, 0.0, 5.5], [0.0, 9.0, 0.0, 0.0], ROOT];
        let said = settled(&[(4, 3), (4, 1), (4, 2), (0, 1)], &rows);
        assert_eq!(said[1].1, Relation::Appos);
        assert_eq!(said[2], (4, Relation::Nsubj));
    }

    #[test]
    fn many_rivals_leave_one_of_each_role() {
        let mut rows = vec![[0.0, 9.0, 8.0, 1.0]; 40];
        rows[0] = ROOT;
        let heads: Vec<(usize, usize)> =
            (0..40).map(|word| if word == 0 { (0, 2) } else { (1, 2) }).collect();
        let all = settled(&heads, &rows);
        for role in [Relation::Nsubj, Relation::Obj] {
            assert_eq!(all.iter().filter(|arc| **arc == (1, role)).count(), 1, "{role:?}");
        }
    }

    #[test]
    fn what_does_not_collide_stands() {
        let rows = [[0.0, 9.0, 1.0, 0.0], ROOT, [0.0, 1.0, 9.0, 0.0]];
        let told = settled(&[(2, 3), (0, 1), (2, 1)], &rows);
        assert_eq!(told, [(2, Relation::Nsubj), (0, Relation::Root), (2, Relation::Obj)]);
    }
}
