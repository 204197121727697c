//! Takes the promises of one sentence, gives the term: bearer, object, place, deadline, condition, quantity, elements.
//! Invariant: a field the words do not give is nothing; elements stand in the order of the words.

use super::conditions::ConditionHow;
use super::promises::Promise;
use super::{Draft, places::place_and_destination};
use crate::Reader;
use crate::dates::{Anchor, TimeMention};
use crate::factuality::most_cautious;
use crate::scene::Scene;
use crate::told::{Telling, names_a_deal};
use sulh_model::actor::Who;
use sulh_model::note::{Note, NoteCode};
use sulh_model::statement::{Factuality, Polarity, RoleSpan, SpanRole, Statement, StatementId};
use sulh_model::term::{
    Dependency, Element, ElementId, Modality, Mode, Term, TermId, Voluntariness,
};
use sulh_model::time::UncertainDate;
use sulh_model::vocabulary::TermKind;
use sulh_syntax::{Clause, ClauseRole, Phrase, Tense, Upos};

impl Reader {
    /// Builds a term. Without a promise of a known kind the whole item is one element of kind `other`.
    pub(super) fn build_term(
        &self,
        telling: &mut Telling<'_>,
        draft: &Draft,
        agreed: Factuality,
        before: usize,
    ) -> Term {
        let id = TermId(u32::try_from(before + 1).unwrap_or(u32::MAX));
        let scene = &telling.told[draft.told].scene;
        let elements = elements(scene, draft, id);
        let lead = draft.promises.first().copied();
        let act = lead.map(|promise| &scene.sentence.clauses[promise.clause]);
        let bound = lead.map(|promise| &scene.sentence.clauses[promise.bound]);
        let kind = lead.map_or(TermKind::Other, |promise| promise.kind);
        let condition = lead.and_then(|promise| {
            self.conditions
                .of(scene, promise.clause)
                .or_else(|| self.conditions.of(scene, promise.bound))
        });
        let (place, destination) =
            act.map_or((None, None), |clause| place_and_destination(scene, clause, kind));
        let unclassified = lead
            .is_none()
            .then(|| scene.sentence.clauses.iter().find(|clause| clause.role == ClauseRole::Main))
            .flatten();
        let bearer = lead
            .and_then(|promise| self.bearer(scene, promise))
            .or_else(|| unclassified.and_then(|clause| self.actor(scene, clause.doer()?)));
        let pronoun = bearer.is_none()
            && act.and_then(|clause| clause.doer()).is_some_and(|doer| is_pronoun(scene, doer));
        let mut term = Term {
            id,
            agreement: super::agreement_id(draft.deal),
            ordinal: 0,
            kind,
            modality: lead.map_or(Modality::Obligation, |promise| promise.modality),
            agreed,
            beneficiary: act.and_then(|clause| self.beneficiary(scene, clause)),
            object: object(scene, act.or(unclassified)),
            place: place.or_else(|| {
                bound.and_then(|clause| {
                    scene.place_of(clause).cloned().filter(|_| destination.is_none())
                })
            }),
            destination,
            deadline: act.and_then(|clause| deadline(scene, clause)),
            condition: condition.map(|condition| scene.of(condition.span).to_owned()),
            depends_on: Vec::<Dependency>::new(),
            alternative_of: None,
            voluntariness: voluntariness(kind, condition.map(|condition| condition.how)),
            quantity: act.and_then(|clause| self.quantities.of(scene, clause)),
            bearer,
            elements,
            statement: telling.statements
                [telling.statement_of(draft.told, first_span(scene, draft))]
            .id,
        };
        let span = scene.sentence.span;
        if term.kind == TermKind::Other {
            telling.notes.push(Note::new(
                NoteCode::TermKindUnknown,
                span,
                "the vocabulary has no kind for this promise; it is kept as `other`",
            ));
        }
        if pronoun {
            telling.notes.push(Note::new(
                NoteCode::ReferenceUnsure,
                span,
                "who is meant by the pronoun is not sure; the bearer is left open",
            ));
        }
        term.statement = promised_statement(telling, draft, &term, condition.is_some());
        term
    }

    /// Who is bound: the doer; of those who only go or are moved, they themselves.
    fn bearer(&self, scene: &Scene<'_>, promise: Promise) -> Option<Who> {
        let act = &scene.sentence.clauses[promise.clause];
        let bound = &scene.sentence.clauses[promise.bound];
        let moved =
            matches!(promise.kind, TermKind::RelocateFighters | TermKind::RelocateCivilians);
        let candidates = [
            act.doer(),
            act.undergoer().filter(|_| moved),
            bound.doer().filter(|_| {
                promise.clause != promise.bound && promise.modality != Modality::Permission
            }),
        ];
        candidates.into_iter().flatten().find_map(|phrase| self.actor(scene, phrase))
    }

    fn actor(&self, scene: &Scene<'_>, phrase: &Phrase) -> Option<Who> {
        let acts = self.names.is_actor(scene, phrase) && !is_pronoun(scene, phrase);
        acts.then(|| self.names.who(scene, phrase))
    }

    /// For whom: "give families", "for the residents", "to the elders".
    fn beneficiary(&self, scene: &Scene<'_>, clause: &Clause) -> Option<Who> {
        let bound = clause
            .bound_by("for")
            .chain(clause.bound_by("to"))
            // "units loyal to the government": not for the government.
            .filter(|phrase| !hangs_on_adjective(scene, phrase))
            .find(|phrase| self.names.is_actor(scene, phrase));
        clause.indirect_object.as_ref().or(bound).and_then(|phrase| self.actor(scene, phrase))
    }
}

fn hangs_on_adjective(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    let preposition = phrase.words.0.checked_sub(2);
    preposition.and_then(|at| scene.token(at)).is_some_and(|token| token.upos == Upos::Adj)
}

fn first_span(scene: &Scene<'_>, draft: &Draft) -> sulh_model::span::Span {
    draft.promises.first().map_or(scene.sentence.span, |promise| {
        scene.sentence.clauses[promise.clause].predicate.span
    })
}

fn elements(scene: &Scene<'_>, draft: &Draft, term: TermId) -> Vec<Element> {
    let mut elements: Vec<Element> = draft
        .promises
        .iter()
        .map(|promise| {
            let clause = &scene.sentence.clauses[promise.clause];
            Element {
                id: ElementId { term, ordinal: 0 },
                kind: promise.kind,
                mode: promise.mode,
                act: promise.act.filter(|_| promise.modality != Modality::Forbearance),
                span: own_words(scene, clause),
            }
        })
        .collect();
    if elements.is_empty() {
        elements.push(Element {
            id: ElementId { term, ordinal: 0 },
            kind: TermKind::Other,
            mode: Mode::Achieve,
            act: None,
            span: scene.sentence.span,
        });
    }
    elements.sort_by_key(|element| element.span);
    elements.dedup_by_key(|element| (element.kind, element.span));
    for (ordinal, element) in (1..).zip(elements.iter_mut()) {
        element.id.ordinal = ordinal;
    }
    elements
}

/// The words of an element: from its verb on, so that two elements with one subject do not overlap.
fn own_words(scene: &Scene<'_>, clause: &Clause) -> sulh_model::span::Span {
    let joined = scene
        .sentence
        .clauses
        .iter()
        .filter(|other| other.role != ClauseRole::Nominal && other.joined_to.is_some())
        .map(|other| other.predicate.span.start());
    let next = joined.filter(|start| *start > clause.predicate.span.end()).min();
    let end = next
        .map_or(clause.span.end(), |next| clause.span.end().min(next))
        .max(clause.predicate.span.end());
    let start = if clause.joined_to.is_some() {
        clause.predicate.span.start()
    } else {
        clause.span.start()
    };
    let span = sulh_model::span::Span::new(start.min(end), end);
    let words = scene.of(span);
    let kept = words.trim_end().trim_end_matches(" and").trim_end_matches([',', ';', '.', ' ']);
    sulh_model::span::Span::new(span.start(), span.start() + kept.len())
}

fn is_pronoun(scene: &Scene<'_>, phrase: &Phrase) -> bool {
    scene.token(phrase.head).is_some_and(|token| token.upos == Upos::Pron)
}

/// What it is about, in the page's words.
fn object(scene: &Scene<'_>, clause: Option<&Clause>) -> Option<String> {
    let clause = clause?;
    let phrase = clause.undergoer().or_else(|| {
        let says_what = |case: &str| !case.is_empty() && !crate::agreements::bound_by(case);
        clause
            .obliques
            .iter()
            .find(|oblique| says_what(&oblique.case))
            .map(|oblique| &oblique.phrase)
    })?;
    // "units loyal to the government" is one thing: what an adjective after the noun ties to it belongs to it.
    let tied = clause
        .obliques
        .iter()
        .map(|oblique| &oblique.phrase)
        .find(|other| hangs_on_adjective(scene, other) && other.words.0 == phrase.words.1 + 3);
    let span = tied.map_or(phrase.full_span(), |other| phrase.full_span().cover(other.full_span()));
    Some(scene.of(span).to_owned())
}

/// By when: a limit in the words, or the day a thing to come is set for.
fn deadline(scene: &Scene<'_>, clause: &Clause) -> Option<UncertainDate> {
    let of_deal = |time: &&TimeMention| time.date.span.is_some_and(|at| names_a_deal(scene, at));
    let times = || scene.times_in(clause.span).filter(|time| !of_deal(time));
    times()
        .find(|time| matches!(time.anchor, Anchor::By | Anchor::Until | Anchor::Within))
        .or_else(|| times().find(|time| matches!(time.anchor, Anchor::At)))
        .map(|time| time.date.clone())
}

fn voluntariness(kind: TermKind, how: Option<ConditionHow>) -> Option<Voluntariness> {
    let moves = matches!(kind, TermKind::RelocateFighters | TermKind::RelocateCivilians);
    moves.then_some(match how {
        Some(ConditionHow::Refusal) => Voluntariness::RefusalBased,
        Some(ConditionHow::Wish) => Voluntariness::StatedFree,
        Some(ConditionHow::Mark) | None => Voluntariness::NotStated,
    })
}

/// The statement of the promised act. It is still to come, whatever the form of the words; where the same words
/// also tell that it was agreed ("agreed to leave"), the act is a statement of its own.
fn promised_statement(
    telling: &mut Telling<'_>,
    draft: &Draft,
    term: &Term,
    conditional: bool,
) -> StatementId {
    let at = telling.statement_of(draft.told, term.elements[0].span);
    let told = &telling.told[draft.told];
    let act = draft.promises.first().map(|promise| promise.clause);
    let unit = told.units.iter().find(|(_, statement)| *statement == at);
    let leading = unit.and_then(|(unit, _)| unit.clauses.first().copied());
    let to_come = if conditional { Factuality::Conditional } else { Factuality::Planned };
    let own_unit = act.is_none()
        || leading.is_none()
        || unit.is_some_and(|(unit, _)| act.is_some_and(|act| unit.clauses.contains(&act)));
    let done =
        act.is_some_and(|act| told.scene.sentence.clauses[act].predicate.tense == Tense::Past);
    if own_unit {
        let statement = &mut telling.statements[at];
        let promised =
            matches!(statement.factuality, Factuality::Planned | Factuality::Conditional);
        if !done && statement.factuality != Factuality::Denied {
            statement.factuality = if promised && !draft.in_list {
                most_cautious(statement.factuality, to_come)
            } else {
                to_come
            };
            statement.happened = None;
        }
        return statement.id;
    }
    let id = StatementId(u32::try_from(telling.statements.len() + 1).unwrap_or(u32::MAX));
    let agreed = &telling.statements[at];
    let block = agreed.block;
    let content = term.elements.iter().map(|element| RoleSpan {
        role: SpanRole::Content,
        block,
        span: element.span,
    });
    let saying = agreed
        .spans
        .iter()
        .filter(|span| matches!(span.role, SpanRole::Source | SpanRole::Cue))
        .copied();
    let statement = Statement {
        id,
        block,
        spans: content.chain(saying).collect(),
        attribution: agreed.attribution.clone(),
        factuality: if agreed.factuality == Factuality::Denied {
            Factuality::Denied
        } else {
            to_come
        },
        polarity: Polarity::Positive,
        happened: None,
        refers_to: Vec::new(),
    };
    telling.statements.push(statement);
    id
}

/// A noun of action that lies in no other: "the lifting of the siege" is one, "siege" in it is none.
pub(super) fn is_outermost(clauses: &[Clause], at: usize) -> bool {
    let own = clauses[at].span;
    !clauses.iter().enumerate().any(|(other, clause)| {
        other != at
            && clause.role == ClauseRole::Nominal
            && clause.span.contains(own)
            && clause.predicate.word != clauses[at].predicate.word
            && clause.span != own
    })
}

/// A clause whose subject is the deal itself speaks of the deal, not of what is done under it.
pub(super) fn is_about_deal(scene: &Scene<'_>, clause: &Clause) -> bool {
    let head = clause.subject.as_ref().and_then(|subject| scene.token(subject.head));
    head.is_some_and(|token| crate::agreements::is_deal_noun(&token.lemma.to_lowercase()))
}

/// Told twice on one page: the same thing of the same object, by bearers and at places that do not differ, on the
/// same condition.
pub(super) fn is_same_promise(known: &Term, term: &Term) -> bool {
    let kinds = |term: &Term| term.elements.iter().map(|element| element.kind).collect::<Vec<_>>();
    let who = |term: &Term| {
        term.bearer
            .as_ref()
            .map(|bearer| bearer.register_id.clone().unwrap_or_else(|| bearer.name.to_lowercase()))
    };
    let place = |term: &Term| term.place.as_ref().map(|place| place.name.to_lowercase());
    let object = |term: &Term| {
        let words = term.object.as_ref().map(|object| object.to_lowercase());
        words.map(|words| {
            words
                .trim_start_matches("the ")
                .trim_start_matches("all ")
                .trim_start_matches("their ")
                .to_owned()
        })
    };
    fn open<T: PartialEq>(one: Option<T>, two: Option<T>) -> bool {
        one.is_none() || two.is_none() || one == two
    }
    known.agreement == term.agreement
        && known.statement != term.statement
        && term.kind != TermKind::Other
        && kinds(known) == kinds(term)
        && open(who(known), who(term))
        && open(place(known), place(term))
        && object(known) == object(term)
        && known.condition.is_some() == term.condition.is_some()
}

/// "have to leave": the clause has a complement that says what.
pub(super) fn hands_on(clauses: &[Clause], at: usize) -> bool {
    clauses.iter().any(|clause| clause.parent == Some(at) && clause.role == ClauseRole::Complement)
}
