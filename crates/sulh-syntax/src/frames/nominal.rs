//! Takes noun phrases headed by a noun of action, gives the clauses they stand for: "the release of detainees".
//! Invariant: a nominal clause hangs on the clause whose argument its noun is.

use super::phrases::Phrases;
use crate::clause::{Clause, ClauseRole, Predicate, Tense};
use crate::lexicon::Lexicon;
use crate::phrase::{Oblique, Phrase};
use crate::token::{Upos, VerbForm};
use crate::tree::Relation;

/// Nouns of action read as clauses: "the release of detainees by the militia".
pub(super) fn nominal_clauses(
    phrases: Phrases<'_>,
    clauses: &[Clause],
    lone: &[Phrase],
    lexicon: &Lexicon,
) -> Vec<Clause> {
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        // What is shared is an argument of the clause it is shared from.
        let own_subject = clause.subject.as_ref().filter(|_| !clause.shared_subject);
        let arguments = own_subject
            .into_iter()
            .chain(&clause.object)
            .chain(&clause.indirect_object)
            .chain(&clause.agent)
            .chain(clause.obliques.iter().map(|oblique| &oblique.phrase));
        let before = found.len();
        for phrase in arguments.filter(|phrase| !in_exchange(phrases, phrase)) {
            collect(phrases, phrase, Some(at), lexicon, &mut found);
        }
        for nominal in &mut found[before..] {
            take_whence(clause, nominal, lexicon);
        }
        let controls = lexicon.closed.noun_control.contains(&clause.predicate.lemma);
        if let (true, Some(object), false) = (controls, &clause.object, clause.predicate.passive) {
            // "completed the withdrawal": who completes it withdraws; "of" would say who does.
            let completed = found[before..].iter_mut();
            for nominal in completed.filter(|other| other.predicate.word == object.head) {
                if nominal.subject.is_none() && nominal.object.is_none() {
                    nominal.subject.clone_from(&clause.subject);
                    nominal.shared_subject = true;
                }
            }
        }
    }
    for phrase in lone {
        collect(phrases, phrase, None, lexicon, &mut found);
    }
    found.sort_by_key(|clause| clause.predicate.word);
    found.dedup_by_key(|clause| clause.predicate.word);
    found
}

/// "halted the withdrawal of the army from the port": of the two the one from which something can be told from where.
fn take_whence(clause: &Clause, nominal: &mut Clause, lexicon: &Lexicon) {
    let takes = |lemma: &String| lexicon.closed.from_verbs.contains(lemma);
    if takes(&clause.predicate.lemma) || !takes(&nominal.predicate.lemma) {
        return;
    }
    let from = clause.obliques.iter().find(|oblique| {
        let start = oblique.phrase.span.start();
        oblique.case == "from" && start > nominal.span.end()
    });
    if let Some(from) = from.filter(|_| clause.predicate.word < nominal.predicate.word) {
        nominal.span = nominal.span.cover(from.phrase.full_span());
        nominal.obliques.push(from.clone());
    }
}

/// "in return", "in exchange": nothing is returned.
fn in_exchange(phrases: Phrases<'_>, phrase: &Phrase) -> bool {
    matches!(phrases.arcs.word(phrase.head), "return" | "exchange")
        && phrase.words == (phrase.head, phrase.head)
        && phrases.case(phrase.head).is_some_and(|(case, _)| case == "in")
}

fn collect(
    phrases: Phrases<'_>,
    phrase: &Phrase,
    parent: Option<usize>,
    lexicon: &Lexicon,
    found: &mut Vec<Clause>,
) {
    for part in phrase.each() {
        found.extend(nominal_clause(phrases, part, parent, lexicon));
        let inner = part.modifiers.iter().map(|modifier| &modifier.phrase);
        for below in inner.chain(&part.appositions) {
            collect(phrases, below, parent, lexicon, found);
        }
    }
}

fn nominal_clause(
    phrases: Phrases<'_>,
    phrase: &Phrase,
    parent: Option<usize>,
    lexicon: &Lexicon,
) -> Option<Clause> {
    let arcs = phrases.arcs;
    let (first, head_at) = (phrase.words.0, phrase.head);
    let head = arcs.tokens.get(head_at)?;
    let lemma = lexicon
        .verb_of_noun(&head.lemma)
        .or_else(|| lexicon.verb_of_noun(arcs.word(head_at)).filter(|_| head.upos != Upos::Propn))?
        .to_owned();
    let take = |case: &str| phrase.modifier(case).cloned();
    let before = head_at.checked_sub(1).filter(|before| *before >= first);
    let compound = before
        .filter(|before| matches!(arcs.upos(*before), Upos::Noun | Upos::Propn))
        .map(|before| Phrase {
            head: before,
            words: (before, before),
            span: arcs.tokens[before].span,
            modifiers: Vec::new(),
            conjuncts: Vec::new(),
            appositions: Vec::new(),
        });
    let negation = (arcs.upos(first) == Upos::Det && arcs.word(first) == "no")
        .then(|| arcs.tokens[first].span);
    let apart = |modifier: &&Oblique| !matches!(modifier.case.as_str(), "of" | "by");
    Some(Clause {
        role: ClauseRole::Nominal,
        parent,
        joined_to: None,
        describes: None,
        predicate: Predicate {
            word: head_at,
            lemma,
            span: head.span,
            form: VerbForm::Base,
            tense: Tense::None,
            perfect: false,
            progressive: false,
            passive: false,
            modal: None,
            negation,
            adverbs: Vec::new(),
        },
        subject: take("by").or_else(|| possessor(phrases, head_at)),
        shared_subject: false,
        object: take("of").or(compound),
        indirect_object: None,
        agent: None,
        obliques: phrase.modifiers.iter().filter(apart).cloned().collect(),
        attribute: None,
        mark: None,
        span: phrase.own_span(),
        confidence: phrase
            .modifiers
            .iter()
            .map(|modifier| arcs.certainty(modifier.phrase.head))
            .fold(arcs.certainty(head_at), f32::min),
    })
}

/// "the army's withdrawal": who withdraws; "its" names nobody.
fn possessor(phrases: Phrases<'_>, head: usize) -> Option<Phrase> {
    let owner = phrases.arcs.child_by(head, &[Relation::NmodPoss])?;
    let named = !matches!(phrases.arcs.upos(owner), Upos::Det | Upos::Pron);
    named.then(|| Phrase { conjuncts: Vec::new(), modifiers: Vec::new(), ..phrases.phrase(owner) })
}
