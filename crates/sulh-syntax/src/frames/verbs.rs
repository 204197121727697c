//! Takes a clause in outline, gives its predicate: the verb with its helpers, its particle and what negates it.
//! Invariant: the verb lies inside the predicate's span; what helps the first of joined verbs helps the others that
//! have no helper or tense of their own.

use super::arcs::Arcs;
use super::drafts::{Draft, Kind, SUBJECTS, has_to, marks};
use crate::calendar::is_time_name;
use crate::clause::{Predicate, Tense};
use crate::lexicon::Lexicon;
use crate::token::{Upos, VerbForm};
use crate::tree::{Penn, Relation};
use sulh_model::span::Span;

/// A predicate and what its construction leaves open.
#[derive(Clone, Debug)]
pub(super) struct Verb {
    pub predicate: Predicate,
    /// "to leave", and bare "leave" after "let".
    pub infinitive: bool,
    /// The preposition its lemma has swallowed: "for" of "call for".
    pub preposition: Option<usize>,
    /// Its particle, where it stands beside it.
    pub particle: Option<usize>,
    /// How sure the arcs are that make it.
    pub certainty: f32,
}

/// The words around a verb that make it a predicate.
#[derive(Default)]
struct Helpers {
    words: Vec<usize>,
    negation: Option<usize>,
    adverbs: Vec<usize>,
    prospective: Option<&'static str>,
}

const HELPERS: &[Relation] = &[Relation::Aux, Relation::AuxPass, Relation::Cop];

/// The predicate of a clause; `host` is the one it is joined to.
pub(super) fn verb(arcs: &Arcs<'_>, lexicon: &Lexicon, draft: &Draft, host: Option<&Verb>) -> Verb {
    let helpers = helpers(arcs, lexicon, draft);
    let word = draft.word;
    let token = &arcs.tokens[word];
    let lemma_is = |at: &usize, lemma: &str| arcs.lemma(*at) == lemma;
    let be = helpers.words.iter().any(|at| lemma_is(at, "be") || lemma_is(at, "get"));
    let have = helpers.words.iter().any(|at| lemma_is(at, "have"));
    let form = form(arcs, lexicon, draft, &helpers);
    let infinitive = is_infinitive(arcs, draft, &helpers, form);
    let modal = helpers
        .words
        .iter()
        .filter(|at| arcs.upos(**at) == Upos::Aux)
        .map(|at| modal_of(arcs, *at))
        .find(|modal| lexicon.closed.modals.contains(modal));
    let passive = is_passive(arcs, draft, &helpers, form, be);
    let (lemma, particle, preposition) = lemma(arcs, lexicon, draft);
    let mut span = helpers
        .words
        .iter()
        .chain(&particle)
        .fold(token.span, |span, at| span.cover(arcs.tokens[*at].span));
    if infinitive && let Some(to) = to_of(arcs, draft) {
        span = span.cover(arcs.tokens[to].span);
    }
    // "has not left", "is not"; but "no" before "fighters left" is no part of it.
    if let Some(negation) = helpers.negation.filter(|at| at.abs_diff(word) < 4) {
        span = span.cover(arcs.tokens[negation].span);
    }
    let tense = tense(arcs, draft, &helpers, (form, infinitive, modal.is_some(), passive));
    let mut verb = Verb {
        predicate: Predicate {
            word,
            lemma,
            span,
            form,
            tense,
            perfect: have,
            progressive: be && form == VerbForm::Gerund,
            passive,
            modal: helpers.prospective.map(str::to_owned).or(modal),
            negation: helpers.negation.map(|at| arcs.tokens[at].span),
            adverbs: helpers.adverbs.iter().map(|at| arcs.word(*at).to_owned()).collect(),
        },
        infinitive,
        preposition,
        particle,
        certainty: draft
            .parts()
            .chain(helpers.words.iter().copied())
            .map(|at| arcs.certainty(at))
            .fold(1.0, f32::min),
    };
    if let Some(host) = host.filter(|_| helpers.words.is_empty() && !has_to(arcs, draft.head)) {
        share(arcs, lexicon, draft, host, &mut verb);
    }
    verb
}

/// "will join and enlist", "was arrested and taken", "to enter and search": the helper holds for both.
fn share(arcs: &Arcs<'_>, lexicon: &Lexicon, draft: &Draft, host: &Verb, verb: &mut Verb) {
    let own_subject = arcs.child_by(draft.head, SUBJECTS).is_some();
    // "will enter and set up": a form that is both is the one of the verb it is joined to.
    let to_come = host.infinitive || host.predicate.modal.is_some();
    let either = to_come
        && !host.predicate.passive
        && !host.predicate.perfect
        && lexicon
            .verb_readings(arcs.word(draft.word))
            .contains(&(arcs.lemma(draft.word).to_owned(), VerbForm::Base));
    if either && !own_subject {
        verb.predicate.form = VerbForm::Base;
        verb.predicate.passive = false;
    }
    let bare = verb.predicate.form == VerbForm::Base;
    let participle = matches!(verb.predicate.form, VerbForm::PastParticiple | VerbForm::Gerund);
    let model = &host.predicate;
    let fits = match verb.predicate.form {
        VerbForm::PastParticiple => model.passive || model.perfect,
        VerbForm::Gerund => model.form == VerbForm::Gerund,
        _ => bare && (host.infinitive || model.modal.is_some() || model.form == VerbForm::Base),
    };
    if own_subject || !fits {
        return;
    }
    let own = &mut verb.predicate;
    own.tense = model.tense;
    own.modal.clone_from(&model.modal);
    verb.infinitive = host.infinitive;
    if participle {
        own.perfect = model.perfect;
        own.passive = own.form == VerbForm::PastParticiple && model.passive;
        own.progressive = model.progressive && own.form == VerbForm::Gerund;
    }
    let opposed = arcs.children_by(draft.head, &[Relation::Cc]).any(|cc| arcs.word(cc) == "but");
    if own.negation.is_none() && !opposed && bare {
        own.negation = model.negation;
    }
}

fn helpers(arcs: &Arcs<'_>, lexicon: &Lexicon, draft: &Draft) -> Helpers {
    let mut found = Helpers::default();
    let copulas = arcs.children_by(draft.head, &[Relation::Cop]).collect::<Vec<_>>();
    for part in draft.parts() {
        for child in arcs.children(part).iter().copied() {
            let relation = arcs.relation(child);
            // Of "the plan is that this is a start" the first "is" is the outer clause's alone.
            let of_other = match draft.kind {
                Kind::Outer => Some(&child) != copulas.first() && child > draft.word,
                _ => copulas.len() > 1 && Some(&child) == copulas.first(),
            };
            match relation {
                _ if of_other => {}
                _ if HELPERS.contains(&relation) && child != draft.word => found.words.push(child),
                Relation::Advmod if in_other_speech(arcs, child, draft.word) => {}
                Relation::Advmod | Relation::Cc | Relation::CcPreconj => {
                    take_adverb(arcs, lexicon, child, &mut found);
                }
                _ => {}
            }
        }
    }
    // "not" may hang on the copula or on the helper.
    for helper in found.words.clone().into_iter().chain([draft.word]) {
        if helper != draft.head {
            for child in arcs.children_by(helper, &[Relation::Advmod]) {
                take_adverb(arcs, lexicon, child, &mut found);
            }
        }
    }
    let merged = !draft.tops.is_empty();
    let to_come = found.words.iter().any(|at| arcs.lemma(*at) == "be") && is_to(arcs, draft);
    if merged || to_come {
        let awaited =
            draft.parts().any(|part| arcs.children(part).iter().any(|at| arcs.word(*at) == "yet"));
        found.prospective = Some(if awaited { "yet to" } else { "about to" });
    }
    found.words.extend(draft.tops.iter().copied());
    found.words.sort_unstable();
    found
}

/// The "to" of an infinitive.
fn to_of(arcs: &Arcs<'_>, draft: &Draft) -> Option<usize> {
    let mut marks = arcs.children_by(draft.top(), &[Relation::Mark]);
    marks.find(|mark| *mark < draft.word && arcs.word(*mark) == "to")
}

/// "are to leave": a form of "be" before "to".
fn is_to(arcs: &Arcs<'_>, draft: &Draft) -> bool {
    let to = arcs.children_by(draft.head, &[Relation::Mark]).find(|mark| arcs.word(*mark) == "to");
    draft.tops.is_empty()
        && to.is_some_and(|to| {
            arcs.children_by(draft.head, HELPERS)
                .any(|at| at < to && arcs.lemma(at) == "be" && arcs.penn(at) != Some(Penn::Vb))
        })
}

/// "“This one is not,” the envoy wrote": what stands inside a quotation does not belong to a verb behind it.
fn in_other_speech(arcs: &Arcs<'_>, at: usize, verb: usize) -> bool {
    (at + 2..verb).any(|mark| {
        matches!(arcs.word(mark), "”" | "\"" | "''" | "’")
            && matches!(arcs.word(mark - 1), "," | "." | "?" | "!")
    })
}

fn take_adverb(arcs: &Arcs<'_>, lexicon: &Lexicon, at: usize, found: &mut Helpers) {
    let word = arcs.word(at);
    let closed = &lexicon.closed;
    let no_longer = arcs.children(at).iter().copied().find(|child| arcs.word(*child) == "no");
    let narrowed = closed.narrowing.contains(arcs.word(at + 1));
    match arcs.relation(at) {
        // "not only shelled the town" says that it was shelled.
        Relation::Advmod if closed.negations.contains(word) && narrowed => {}
        Relation::Advmod if closed.negations.contains(word) => found.negation = Some(at),
        Relation::Advmod if word == "longer" && no_longer.is_some() => found.negation = no_longer,
        Relation::Advmod if matches!(arcs.upos(at), Upos::Adv | Upos::Part) => {
            found.adverbs.push(at);
        }
        Relation::Cc | Relation::CcPreconj if matches!(word, "nor" | "neither") => {
            found.negation = Some(at);
        }
        _ => {}
    }
}

/// The form of the verb; the helpers overrule the tagger between "entered" and "entered".
fn form(arcs: &Arcs<'_>, lexicon: &Lexicon, draft: &Draft, helpers: &Helpers) -> VerbForm {
    let token = &arcs.tokens[draft.word];
    let after = |lemma: &str| helpers.words.iter().any(|at| arcs.lemma(*at) == lemma);
    match token.verb_form {
        Some(VerbForm::Past) if after("have") || after("be") => VerbForm::PastParticiple,
        Some(VerbForm::PastParticiple) if is_past_in_truth(arcs, lexicon, draft, helpers) => {
            VerbForm::Past
        }
        Some(form) => form,
        // An adjective that is a participle in form, or a noun that is a verb.
        None => {
            let readings = lexicon.verb_readings(arcs.word(draft.word));
            let participle = arcs.upos(draft.word) == Upos::Adj;
            readings
                .iter()
                .map(|(_, form)| *form)
                .find(|form| (*form == VerbForm::PastParticiple) == participle)
                .unwrap_or(VerbForm::Base)
        }
    }
}

/// "The envoy called for a truce": a participle with a subject of its own and no helper, where the form is both.
fn is_past_in_truth(arcs: &Arcs<'_>, lexicon: &Lexicon, draft: &Draft, helpers: &Helpers) -> bool {
    let alone = helpers.words.is_empty() && arcs.child_by(draft.head, SUBJECTS).is_some();
    let readings = lexicon.verb_readings(arcs.word(draft.word));
    let can_be = readings.iter().any(|(_, form)| *form == VerbForm::Past);
    let takes = arcs.child_by(draft.head, &[Relation::Obj, Relation::Ccomp]).is_some();
    let stop =
        arcs.word(arcs.len() - 1) == "." || arcs.len() > 1 && arcs.word(arcs.len() - 2) == ".";
    alone && can_be && (takes || (stop && arcs.word(draft.word + 1) != "by"))
}

fn is_infinitive(arcs: &Arcs<'_>, draft: &Draft, helpers: &Helpers, form: VerbForm) -> bool {
    let top = draft.top();
    if draft.kind != Kind::Outer && has_to(arcs, top) {
        return helpers.prospective.is_none() || !draft.tops.is_empty();
    }
    // "let them leave"; "help clear the road"
    form == VerbForm::Base
        && helpers.words.is_empty()
        && arcs.penn(draft.word) == Some(Penn::Vb)
        && matches!(arcs.relation(top), Relation::Xcomp | Relation::Acl | Relation::Advcl)
        && arcs.child_by(draft.head, SUBJECTS).is_none()
}

fn is_passive(arcs: &Arcs<'_>, draft: &Draft, helpers: &Helpers, form: VerbForm, be: bool) -> bool {
    let bare = helpers.words.is_empty();
    let marked = arcs.child_by(draft.head, &[Relation::AuxPass]).is_some();
    let undergoes =
        arcs.child_by(draft.head, &[Relation::NsubjPass, Relation::CsubjPass]).is_some();
    draft.kind == Kind::Verb
        && form == VerbForm::PastParticiple
        && (marked || bare || be || undergoes)
}

fn modal_of(arcs: &Arcs<'_>, at: usize) -> String {
    match arcs.word(at) {
        "'ll" | "’ll" | "wo" => "will".to_owned(),
        "'d" | "’d" => "would".to_owned(),
        "ca" => "can".to_owned(),
        word => word.to_owned(),
    }
}

fn tense(
    arcs: &Arcs<'_>,
    draft: &Draft,
    helpers: &Helpers,
    (form, infinitive, modal, passive): (VerbForm, bool, bool, bool),
) -> Tense {
    if infinitive {
        return Tense::None;
    }
    if helpers.prospective.is_some() || modal {
        return Tense::Future;
    }
    let first = helpers.words.first().copied();
    let have = helpers.words.iter().any(|at| arcs.lemma(*at) == "have");
    let first_form = first.map_or(Some(form), |at| arcs.tokens[at].verb_form);
    let told_alone = matches!(
        arcs.relation(draft.top()),
        Relation::Root | Relation::Parataxis | Relation::Ccomp | Relation::Conj | Relation::Advcl
    ) && marks(arcs, draft.top()).all(|mark| arcs.word(mark) != "with")
        && arcs.child_by(draft.head, SUBJECTS).is_some();
    match first_form {
        // "Two soldiers wounded": a headline leaves its helper out.
        Some(VerbForm::PastParticiple) if first.is_none() && passive && told_alone => Tense::Past,
        Some(VerbForm::Past) => Tense::Past,
        Some(VerbForm::Present | VerbForm::Base) if have => Tense::Past,
        Some(VerbForm::Present | VerbForm::Base) => Tense::Present,
        Some(VerbForm::Gerund | VerbForm::PastParticiple) | None => Tense::None,
    }
}

/// The dictionary form with its particle, the particle where it stands beside the verb, and the preposition taken in.
fn lemma(
    arcs: &Arcs<'_>,
    lexicon: &Lexicon,
    draft: &Draft,
) -> (String, Option<usize>, Option<usize>) {
    let lemma = if draft.kind == Kind::Verb {
        verb_lemma(arcs, lexicon, draft.word)
    } else {
        "be".to_owned()
    };
    let pair = |at: usize| format!("{lemma} {}", arcs.word(at));
    let known = |at: usize| lexicon.closed.phrasal.contains(&pair(at));
    let next = draft.word + 1;
    let particle = arcs.child_by(draft.head, &[Relation::CompoundPrt]).filter(|at| known(*at));
    if let Some(at) = particle {
        return (pair(at), Some(at).filter(|at| *at == next), None);
    }
    if !known(next) || arcs.upos(next) == Upos::Punct {
        return (lemma, None, None);
    }
    let bound = arcs.head(next).filter(|_| arcs.relation(next) == Relation::Case);
    let Some(bound) = bound else { return (pair(next), Some(next), None) };
    // "moved in under the truce", "pulled out of the town": another preposition binds the noun.
    let other = arcs.child_by(next, &[Relation::Fixed]).is_some()
        || arcs.children_by(bound, &[Relation::Case]).any(|case| case > next);
    // "call for a truce", "hand over weapons": the noun is what is called for and handed over.
    let undergoes = [Relation::AuxPass, Relation::NsubjPass];
    let own = arcs.head(bound) == Some(draft.head)
        && arcs.relation(draft.top()) != Relation::Acl
        && arcs.child_by(draft.head, &undergoes).is_none()
        && !is_time_name(arcs.word(bound))
        && arcs.child_by(draft.head, &[Relation::Obj]).is_none()
        && !lexicon.verb_classes.moving.contains(&lemma);
    match (other, own) {
        (true, _) => (pair(next), Some(next), None),
        (false, true) => (pair(next), Some(next), Some(next)),
        (false, false) => (lemma, None, None),
    }
}

fn verb_lemma(arcs: &Arcs<'_>, lexicon: &Lexicon, at: usize) -> String {
    if matches!(arcs.upos(at), Upos::Verb | Upos::Aux) {
        return arcs.lemma(at).to_owned();
    }
    let participle = arcs.upos(at) == Upos::Adj;
    let readings = lexicon.verb_readings(arcs.word(at));
    let fitting = readings
        .iter()
        .find(|(_, form)| (*form == VerbForm::PastParticiple) == participle)
        .or(readings.first());
    fitting.map_or_else(|| arcs.lemma(at).to_owned(), |(lemma, _)| lemma.clone())
}

/// "No fighters surrendered", "nobody came", "neither side", "not a shell fell": the negation stands on the noun.
pub(super) fn negative_noun(
    arcs: &Arcs<'_>,
    lexicon: &Lexicon,
    words: (usize, usize),
    head: usize,
) -> Option<Span> {
    let by = [Relation::Advmod, Relation::CcPreconj];
    let beside = arcs.children_by(head, &by).find(|word| {
        *word < head
            && (lexicon.closed.negations.contains(arcs.word(*word))
                || arcs.word(*word) == "neither")
    });
    if let Some(beside) = beside {
        return Some(arcs.tokens[beside].span);
    }
    let first = words.0;
    let determiner = matches!(arcs.word(first), "no" | "neither")
        && matches!(arcs.upos(first), Upos::Det | Upos::Adv | Upos::Cconj);
    let pronoun = matches!(arcs.word(head), "nobody" | "none" | "nothing" | "noone" | "neither");
    (determiner || pronoun).then(|| arcs.tokens[first].span)
}
