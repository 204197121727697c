//! Takes the words and tree of a sentence, gives what reading asks about: words, clauses, and who is made to say what.
//! Invariant: any tree over any words gives a sentence: clauses in the order of their verbs, then nouns of action,
//! parents inside the list, in time proportional to the number of words.

mod arcs;
mod compounds;
mod drafts;
mod hanging;
mod mending;
mod nominal;
mod phrases;
mod reporting;
mod roles;
mod spans;
#[cfg(test)]
mod tests;
mod verbs;
mod written;

pub use written::Parse;

use crate::Sentence;
use crate::lexicon::Lexicon;
use crate::phrase::Phrase;
use crate::tree::Relation;
use arcs::Arcs;
use compounds::Compounds;
use drafts::Drafts;
use phrases::Phrases;
use sulh_model::span::Span;

/// The sentence that a parse tells.
pub(crate) fn sentence(text: &str, span: Span, parse: Parse<'_>, lexicon: &Lexicon) -> Sentence {
    let (mut tokens, mut certainty) = written::written(text, parse, lexicon);
    mending::mend(text, &mut tokens, &mut certainty, lexicon);
    let arcs = Arcs::new(text, &tokens, &certainty);
    let compounds = Compounds::find(&arcs, lexicon);
    let drafts = Drafts::find(&arcs, &compounds, lexicon);
    let phrases = Phrases { arcs: &arcs, compounds: &compounds, drafts: &drafts, lexicon };
    let filler =
        roles::Filler { arcs: &arcs, compounds: &compounds, drafts: &drafts, phrases, lexicon };
    let mut clauses = filler.clauses();
    spans::stretch(&arcs, &compounds, &drafts, lexicon, &mut clauses);
    let lone = lone_phrases(phrases);
    let nominal = nominal::nominal_clauses(phrases, &clauses, &lone, lexicon);
    let reports = reporting::reports(text, span, phrases, &clauses, lexicon);
    clauses.extend(nominal);
    Sentence { span, tokens, clauses, reports }
}

/// The noun phrases outside all clauses: list items and headlines ("Release of all detainees").
fn lone_phrases(phrases: Phrases<'_>) -> Vec<Phrase> {
    let arcs = phrases.arcs;
    let alone = |at: usize| {
        let apart = matches!(
            arcs.relation(at),
            Relation::Root | Relation::Parataxis | Relation::List | Relation::Dep
        );
        apart && phrases.drafts.owner[at].is_none()
    };
    (0..arcs.len()).filter(|at| alone(*at)).map(|at| phrases.phrase(at)).collect()
}
