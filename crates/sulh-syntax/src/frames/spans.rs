//! Takes the clauses of a sentence, gives each the stretch of its words.
//! Invariant: a clause's span holds its predicate and the clauses that hang on it; words that only bind it to another
//! clause ("that", "of", "and") and the marks around it are not in it.

use super::arcs::Arcs;
use super::compounds::Compounds;
use super::drafts::Drafts;
use crate::clause::Clause;
use crate::lexicon::Lexicon;
use crate::token::Upos;
use crate::tree::Relation;

/// Stretches every clause over its own words and over the clauses that hang on it.
pub(super) fn stretch(
    arcs: &Arcs<'_>,
    compounds: &Compounds,
    drafts: &Drafts,
    lexicon: &Lexicon,
    clauses: &mut [Clause],
) {
    for (at, token) in arcs.tokens.iter().enumerate() {
        let Some(owner) = drafts.owner[at] else { continue };
        if !only_binds(arcs, compounds, lexicon, at) {
            clauses[owner].span = clauses[owner].span.cover(token.span);
        }
        // "on condition that": the whole run opens the clause that its last word opens.
        if let Some(run) = compounds.ending(at)
            && lexicon.closed.compound_subordinators.contains(&run.words)
            && arcs.relation(at) != Relation::Case
        {
            clauses[owner].span = clauses[owner].span.cover(arcs.tokens[run.first].span);
        }
    }
    for at in drafts.order.iter().rev() {
        if let Some(parent) = clauses[*at].parent {
            let child = clauses[*at].span;
            clauses[parent].span = clauses[parent].span.cover(child);
        }
    }
}

fn only_binds(arcs: &Arcs<'_>, compounds: &Compounds, lexicon: &Lexicon, at: usize) -> bool {
    let opens = |at: usize| {
        let word = arcs.word(at);
        let run = compounds.ending(at).map(|run| &run.words);
        word == "to"
            || (lexicon.closed.subordinators.contains(word) && word != "that")
            || run.is_some_and(|run| lexicon.closed.compound_subordinators.contains(run))
    };
    match arcs.relation(at) {
        _ if arcs.upos(at) == Upos::Punct => true,
        Relation::Cc | Relation::CcPreconj => true,
        Relation::Mark => !opens(at),
        Relation::Fixed => arcs.head(at).is_some_and(|head| {
            matches!(arcs.relation(head), Relation::Cc)
                || (arcs.relation(head) == Relation::Mark && !opens(head))
        }),
        _ => false,
    }
}
