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

impl<F: Fn(&[usize]) -> Option<Vec<f32>>> Sheet<'_, F> {
    /// The arc of each word, given the best tree's heads. None where relations cannot be scored.
    pub fn settled(&self, heads: &[usize]) -> Option<Vec<Arc>> {
        let rows = (self.rows)(heads)?;
        let words = heads.len() - 1;
        let mut arcs: Vec<Arc> =
            (0..words).map(|word| self.arc(&rows, word, heads[word + 1], None)).collect();
        // Each round takes a role from one word for good, or moves it to where the role is free.
        for _ in 0..words {
            let Some((first, second, role)) = two_of_a_role(&arcs, self.relations) else { break };
            let rivals = [first, second].map(|word| {
                let other = self.other(&arcs, word, role);
                other.map(|other| (arcs[word].score() - other.score(), word, other))
            });
            let least = rivals.into_iter().flatten().min_by(|a, b| a.0.total_cmp(&b.0))?;
            arcs[least.1] = least.2;
        }
        Some(arcs)
    }

    fn arc(&self, rows: &[f32], word: usize, head: usize, without: Option<Role>) -> Arc {
        let places = self.arcs.len().isqrt();
        let head_share = share(&self.arcs[(word + 1) * places..][..places], head, None);
        let root = self.relations.iter().position(|relation| *relation == Relation::Root);
        if head == 0 {
            return Arc { head, relation: root.unwrap_or(0), head_share, relation_share: 1.0 };
        }
        let row = &rows[word * self.relations.len()..][..self.relations.len()];
        let allowed = |place: &usize| {
            Some(*place) != root
                && (without.is_none() || Role::of(self.relations[*place]) != without)
        };
        let best = (0..row.len()).filter(allowed);
        let relation = best.reduce(|best, place| if row[place] > row[best] { place } else { best });
        let relation = relation.unwrap_or(0);
        Arc { head, relation, head_share, relation_share: share(row, relation, root) }
    }

    /// The best a word can be instead of having this role.
    fn other(&self, arcs: &[Arc], word: usize, role: Role) -> Option<Arc> {
        let mut heads: Vec<usize> =
            std::iter::once(0).chain(arcs.iter().map(|arc| arc.head)).collect();
        let stays = self.arc(&(self.rows)(&heads)?, word, arcs[word].head, Some(role));
        let places = heads.len();
        let row = &self.arcs[(word + 1) * places..][..places];
        let below = |mut place: usize| {
            while place != 0 && place != word + 1 {
                place = heads[place];
            }
            place == word + 1
        };
        let free = (1..places).filter(|place| *place != arcs[word].head && !below(*place));
        let next = free.reduce(|best, place| if row[place] > row[best] { place } else { best });
        let Some(next) = next else { return Some(stays) };
        heads[word + 1] = next;
        let taken = |arc: &Arc| {
            let role = Role::of(self.relations[arc.relation]);
            role.is_some()
                && arcs.iter().enumerate().any(|(at, other)| {
                    at != word
                        && other.head == next
                        && Role::of(self.relations[other.relation]) == role
                })
        };
        let moves = self.arc(&(self.rows)(&heads)?, word, next, None);
        Some(if moves.score() > stays.score() && !taken(&moves) { moves } else { stays })
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
    fn what_does_not_collide_stands() {
        let rows = [[0.0, 9.0, 1.0, 0.0], ROOT, [0.0, 1.0, 9.0, 0.0]];
        let told = settled(&[(2, 3), (0, 1), (2, 1)], &rows);
        assert_eq!(told, [(2, Relation::Nsubj), (0, Relation::Root), (2, Relation::Obj)]);
    }
}
