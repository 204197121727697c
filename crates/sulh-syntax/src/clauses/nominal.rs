//! Takes noun phrases headed by a noun of action, gives the clauses they stand for: "the release of detainees".
//! Invariant: a nominal clause hangs on the clause whose argument its noun is.

use crate::clause::{Clause, ClauseRole, Predicate, Tense};
use crate::lexicon::Lexicon;
use crate::phrase::Phrase;
use crate::token::{Token, Upos, VerbForm};

/// Nouns of action read as clauses: "the release of detainees by the militia".
pub(crate) fn nominal_clauses(
    tokens: &[Token],
    clauses: &[Clause],
    lone: &[Phrase],
    lexicon: &Lexicon,
) -> Vec<Clause> {
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let phrases = clause
            .subject
            .iter()
            .chain(&clause.object)
            .chain(&clause.indirect_object)
            .chain(&clause.agent);
        for phrase in phrases.chain(clause.obliques.iter().map(|oblique| &oblique.phrase)) {
            collect_nominals(tokens, phrase, Some(at), lexicon, &mut found);
        }
        let controls = lexicon.closed.noun_control.contains(&clause.predicate.lemma);
        if let (true, Some(object), false) = (controls, &clause.object, clause.predicate.passive) {
            // "completed the withdrawal": who completes it withdraws; "of" would say who does.
            for nominal in found.iter_mut().filter(|other| other.predicate.word == object.head) {
                if nominal.subject.is_none() && nominal.object.is_none() {
                    nominal.subject.clone_from(&clause.subject);
                }
            }
        }
    }
    for phrase in lone {
        collect_nominals(tokens, phrase, None, lexicon, &mut found);
    }
    found.sort_by_key(|clause| clause.predicate.word);
    found.dedup_by_key(|clause| clause.predicate.word);
    found
}

fn collect_nominals(
    tokens: &[Token],
    phrase: &Phrase,
    parent: Option<usize>,
    lexicon: &Lexicon,
    found: &mut Vec<Clause>,
) {
    for part in phrase.each() {
        if let Some(clause) = nominal_clause(tokens, part, parent, lexicon) {
            found.push(clause);
        }
        for modifier in &part.modifiers {
            collect_nominals(tokens, &modifier.phrase, parent, lexicon, found);
        }
    }
}

fn nominal_clause(
    tokens: &[Token],
    phrase: &Phrase,
    parent: Option<usize>,
    lexicon: &Lexicon,
) -> Option<Clause> {
    let head = &tokens[phrase.head];
    let lemma = lexicon.verb_of_noun(&head.lemma)?.to_owned();
    let take = |case: &str| phrase.modifier(case).cloned();
    let (first, head_at) = (phrase.words.0, phrase.head);
    let possessor = possessor(tokens, phrase);
    let compound = (head_at > first
        && matches!(tokens[head_at - 1].upos, Upos::Noun | Upos::Propn))
    .then(|| Phrase {
        head: head_at - 1,
        words: (head_at - 1, head_at - 1),
        span: tokens[head_at - 1].span,
        modifiers: Vec::new(),
        conjuncts: Vec::new(),
        appositions: Vec::new(),
    });
    let negation = (tokens[first].upos == Upos::Det && tokens[first].lemma == "no")
        .then_some(tokens[first].span);
    let of = take("of");
    Some(Clause {
        role: ClauseRole::Nominal,
        parent,
        joined_to: None,
        describes: None,
        shared_subject: false,
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
        subject: take("by").or(possessor),
        object: of.or(compound),
        indirect_object: None,
        agent: None,
        obliques: phrase
            .modifiers
            .iter()
            .filter(|modifier| !matches!(modifier.case.as_str(), "of" | "by"))
            .cloned()
            .collect(),
        attribute: None,
        mark: None,
        span: phrase.own_span(),
        confidence: 0.7,
    })
}

/// "the army's withdrawal": the phrase before the possessive mark.
fn possessor(tokens: &[Token], phrase: &Phrase) -> Option<Phrase> {
    let (first, _) = phrase.words;
    let mark = (first..phrase.head).find(|at| tokens[*at].upos == Upos::Part)?;
    let head = mark.checked_sub(1).filter(|at| *at >= first)?;
    Some(Phrase {
        head,
        words: (first, head),
        span: tokens[first].span.cover(tokens[head].span),
        modifiers: Vec::new(),
        conjuncts: Vec::new(),
        appositions: Vec::new(),
    })
}
