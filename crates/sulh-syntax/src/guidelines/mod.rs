//! Takes a parser's tree, gives the tree as the guidelines of Universal Dependencies have it.
//! Invariant: a tree stays a tree over the same words, and where nothing is against the guidelines it stays the same.
//!
//! Where treebanks differ in what they make of a construction, a parser that learned from all of them follows none.
//! Guidelines: <https://universaldependencies.org/en/>.

mod ellipsis;
mod titles;

use crate::tree::{Node, Tree};
use crate::witness::Opinion;

/// The same opinion with its tree set right.
pub(crate) fn settled(mut opinion: Opinion) -> Opinion {
    let mut nodes = opinion.tree.nodes().to_vec();
    let titled = titles::settle(&mut nodes, &mut opinion.sure);
    let completed = ellipsis::settle(&mut nodes, &mut opinion.sure);
    if (titled || completed)
        && let Ok(tree) = Tree::new(nodes)
    {
        opinion.tree = tree;
    }
    opinion
}

/// Two words change places in the tree: the lower one takes the other's head and relation.
fn raise(nodes: &mut [Node], low: usize, high: usize) {
    (nodes[low].head, nodes[low].relation) = (nodes[high].head, nodes[high].relation);
    nodes[high].head = Some(low);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::Upos;
    use crate::tree::{Penn, Relation};

    /// Words as class, head counted from 1 and relation, and the heads and relations they get.
    pub fn check(before: &[(Upos, usize, Relation)], after: &[(usize, Relation)]) {
        let node = |(upos, head, relation): &(Upos, usize, Relation)| Node {
            upos: *upos,
            penn: Penn::Nn,
            head: head.checked_sub(1),
            relation: *relation,
        };
        let tree = Tree::new(before.iter().map(node).collect()).unwrap();
        let sure = vec![0.5; before.len()];
        let found: Vec<(usize, Relation)> = settled(Opinion { tree, sure })
            .tree
            .nodes()
            .iter()
            .map(|node| (node.head.map_or(0, |head| head + 1), node.relation))
            .collect();
        assert_eq!(found, after);
    }
}
