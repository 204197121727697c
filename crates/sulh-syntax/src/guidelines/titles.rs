//! Takes the nodes of a tree, gives them with names and titles hung as the guidelines have them.
//! Invariant: only a title and the name right behind it change places.
//!
//! Of "negotiator Ali Hassan" the name is the head, of "the negotiator Ali Hassan" the title. Who says something must not
//! hang on which treebank the parser had it from.

use super::raise;
use crate::token::Upos;
use crate::tree::{Node, Relation};

/// Sets right which of a title and a name is the head. `sure` says how sure each word's arc is. True when something was
/// changed.
pub(super) fn settle(nodes: &mut [Node], sure: &mut [f32]) -> bool {
    let mut changed = false;
    for name in 1..nodes.len() {
        let Some(title) = title_of(nodes, name) else { continue };
        let hangs_on = |word: usize, head: usize| nodes[word].head == Some(head);
        let named = hangs_on(name, title)
            && matches!(nodes[name].relation, Relation::Appos | Relation::Flat);
        let described = hangs_on(title, name) && nodes[title].relation == Relation::NmodDesc;
        if named && !is_pointed(nodes, title, name) {
            name_is_head(nodes, title, name);
        } else if described && is_pointed(nodes, title, name) {
            title_is_head(nodes, title, name);
        } else {
            continue;
        }
        sure.swap(title, name);
        changed = true;
    }
    changed
}

/// The title right before a name: "negotiator Ali", and "Governor of Homs Ali" with what binds the two.
fn title_of(nodes: &[Node], name: usize) -> Option<usize> {
    if nodes[name].upos != Upos::Propn {
        return None;
    }
    let before = name - 1;
    if nodes[before].upos == Upos::Noun {
        return Some(before);
    }
    let title = nodes[before].head.filter(|title| {
        nodes[before].relation == Relation::Nmod
            && *title < before
            && matches!(nodes[*title].upos, Upos::Noun | Upos::Propn)
    })?;
    let bound = (title + 1..before).all(|word| nodes[word].head == Some(before));
    (bound && title + 1 < before).then_some(title)
}

/// "the negotiator", "their negotiator", "Yemen's negotiator".
fn is_pointed(nodes: &[Node], title: usize, name: usize) -> bool {
    nodes[..title].iter().any(|node| {
        (node.head == Some(title) || node.head == Some(name))
            && matches!(node.relation, Relation::Det | Relation::NmodPoss)
    })
}

fn name_is_head(nodes: &mut [Node], title: usize, name: usize) {
    raise(nodes, name, title);
    for at in (0..nodes.len()).filter(|at| *at != name) {
        let of_title = (at < title
            && matches!(
                nodes[at].relation,
                Relation::Compound | Relation::Amod | Relation::Nummod | Relation::Flat
            ))
            || (title < at && at < name);
        if nodes[at].head == Some(title) && !of_title {
            nodes[at].head = Some(name);
        }
    }
    nodes[title].relation = Relation::NmodDesc;
}

fn title_is_head(nodes: &mut [Node], title: usize, name: usize) {
    raise(nodes, title, name);
    for at in (0..nodes.len()).filter(|at| *at != title) {
        if nodes[at].head == Some(name) && nodes[at].relation != Relation::Flat {
            nodes[at].head = Some(title);
        }
    }
    nodes[name].relation = Relation::Appos;
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    use Relation::{Appos, Case, Det, Flat, Nmod, NmodDesc, Nsubj, Root};
    use Upos::{Adp, Noun, Propn, Verb};

    #[test]
    fn a_name_behind_a_bare_title_is_the_head() {
        // "Negotiator Ali Hassan left"
        check(
            &[(Noun, 4, Nsubj), (Propn, 1, Appos), (Propn, 2, Flat), (Verb, 0, Root)],
            &[(2, NmodDesc), (4, Nsubj), (2, Flat), (0, Root)],
        );
        // "Governor of Homs Ali left"
        check(
            &[
                (Propn, 5, Nsubj),
                (Adp, 3, Case),
                (Propn, 1, Nmod),
                (Propn, 1, Flat),
                (Verb, 0, Root),
            ],
            &[(4, NmodDesc), (3, Case), (1, Nmod), (5, Nsubj), (0, Root)],
        );
    }

    #[test]
    fn a_title_with_an_article_is_the_head() {
        // "The negotiator Ali left"
        check(
            &[(Upos::Det, 3, Det), (Noun, 3, NmodDesc), (Propn, 4, Nsubj), (Verb, 0, Root)],
            &[(2, Det), (4, Nsubj), (2, Appos), (0, Root)],
        );
    }

    #[test]
    fn what_is_so_already_stays() {
        let right = [(Noun, 2, NmodDesc), (Propn, 3, Nsubj), (Verb, 0, Root)];
        check(&right, &right.map(|(_, head, relation)| (head, relation)));
        // "The negotiator, Ali, left": a comma parts them.
        let apart = [
            (Noun, 4, Nsubj),
            (Upos::Punct, 3, Relation::Punct),
            (Propn, 1, Appos),
            (Verb, 0, Root),
        ];
        check(&apart, &apart.map(|(_, head, relation)| (head, relation)));
    }
}
