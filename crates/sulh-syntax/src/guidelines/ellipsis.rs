//! Takes the nodes of a tree, gives them with a left-out predicate stood for by its form of "be".
//! Invariant: "not" is nobody's predicate: of "the others are not" the head is "are".

use super::raise;
use crate::token::Upos;
use crate::tree::{Node, Relation};

/// Sets right what hangs on "not". True when something did.
pub(super) fn settle(nodes: &mut [Node], sure: &mut [f32]) -> bool {
    let mut changed = false;
    for not in 0..nodes.len() {
        let be = nodes
            .iter()
            .position(|node| node.head == Some(not) && node.relation == Relation::Cop)
            .filter(|be| nodes[not].upos == Upos::Part && *be < not);
        let Some(be) = be else { continue };
        raise(nodes, be, not);
        if nodes[be].relation == Relation::Advmod {
            nodes[be].relation = clause_relation(nodes, be);
        }
        nodes[not].relation = Relation::Advmod;
        for at in (0..nodes.len()).filter(|at| *at != be && *at != not) {
            if nodes[at].head == Some(not) {
                nodes[at].head = Some(be);
            }
        }
        sure.swap(be, not);
        changed = true;
    }
    changed
}

/// A clause cannot modify as an adverb does: before the subject of the verb it hangs on it is what is said, "others are
/// not, they wrote".
fn clause_relation(nodes: &[Node], clause: usize) -> Relation {
    let head = nodes[clause].head;
    let subject = nodes
        .iter()
        .position(|node| node.head == head && node.relation == Relation::Nsubj)
        .filter(|subject| clause < *subject && head.is_some_and(|head| *subject < head));
    if subject.is_some() { Relation::Ccomp } else { Relation::Advcl }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    use Relation::{Advmod, Ccomp, Cop, Nsubj, Root};

    #[test]
    fn what_is_left_out_is_stood_for_by_be() {
        // "They said others are not"
        check(
            &[
                (Upos::Pron, 2, Nsubj),
                (Upos::Verb, 0, Root),
                (Upos::Noun, 5, Nsubj),
                (Upos::Aux, 5, Cop),
                (Upos::Part, 2, Ccomp),
            ],
            &[(2, Nsubj), (0, Root), (4, Nsubj), (2, Ccomp), (4, Advmod)],
        );
    }

    #[test]
    fn what_is_said_before_its_speaker_is_no_adverb() {
        // "Others are not , they wrote"
        check(
            &[
                (Upos::Noun, 3, Nsubj),
                (Upos::Aux, 3, Cop),
                (Upos::Part, 6, Advmod),
                (Upos::Punct, 3, Relation::Punct),
                (Upos::Pron, 6, Nsubj),
                (Upos::Verb, 0, Root),
            ],
            &[(2, Nsubj), (6, Ccomp), (2, Advmod), (2, Relation::Punct), (6, Nsubj), (0, Root)],
        );
    }

    #[test]
    fn a_predicate_that_is_there_stays_the_head() {
        let right = [
            (Upos::Noun, 4, Nsubj),
            (Upos::Aux, 4, Cop),
            (Upos::Part, 4, Advmod),
            (Upos::Adj, 0, Root),
        ];
        check(&right, &right.map(|(_, head, relation)| (head, relation)));
    }
}
