//! Takes the clauses of a sentence, gives the promises they hold: which clauses, of which kind.
//! Invariant: a clause that only hands its promise on ("agreed to", "will allow ... to") is not one itself.

use crate::Reader;
use crate::scene::Scene;
use sulh_model::term::{Modality, Mode};
use sulh_model::vocabulary::{EventKind, TermKind};
use sulh_syntax::{Clause, ClauseRole};

/// One thing promised by one clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Promise {
    /// The clause whose words say what is to be done.
    pub clause: usize,
    /// The clause that says who is bound: the same, or the one that hands the promise on.
    pub bound: usize,
    pub kind: TermKind,
    pub mode: Mode,
    pub modality: Modality,
    /// The event its words name.
    pub act: Option<EventKind>,
    /// The promise given in exchange for another one of this sentence.
    pub for_other: bool,
}

impl Promise {
    /// "bans the movement of weapons": what is named is not to be done. A kind that is no forbearance by nature
    /// would say the contrary, so it is given up.
    pub fn forbid(&mut self) {
        if self.modality != Modality::Forbearance {
            self.kind = TermKind::Other;
        }
        self.act = None;
        self.modality = Modality::Forbearance;
        self.mode = Mode::Maintain;
    }
}

impl Reader {
    /// The promises of a clause: its own, or those it hands on.
    pub(crate) fn promises(&self, scene: &Scene<'_>, at: usize) -> Vec<Promise> {
        let mut found = Vec::new();
        self.collect(scene, at, at, None, 0, &mut found);
        found
    }

    fn collect(
        &self,
        scene: &Scene<'_>,
        at: usize,
        bound: usize,
        permitted: Option<Modality>,
        depth: usize,
        found: &mut Vec<Promise>,
    ) {
        const HANDED_ON_MAX: usize = 4;
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let verb = clause.predicate.lemma.split(' ').next().unwrap_or("");
        let permits = self.conditions.permits.contains(verb);
        let children = || children(clauses, at);
        if (permits || self.conditions.hands_on.contains(verb))
            && children().next().is_some()
            && depth < HANDED_ON_MAX
        {
            let modality = if permits && clause.predicate.negation.is_none() {
                Some(Modality::Permission)
            } else {
                permitted
            };
            let before = found.len();
            for child in children() {
                self.collect(scene, child, bound, modality, depth + 1, found);
            }
            if found.len() > before {
                return;
            }
        }
        if let Some(promise) = self.own_promise(scene, at, bound, permitted) {
            found.push(promise);
        } else if let Some(nominal) =
            nouns_of(clauses, at).find_map(|noun| self.own_promise(scene, noun, bound, permitted))
        {
            found.push(nominal);
        }
        self.exchanged(scene, at, found);
    }

    fn own_promise(
        &self,
        scene: &Scene<'_>,
        at: usize,
        bound: usize,
        permitted: Option<Modality>,
    ) -> Option<Promise> {
        let clause = &scene.sentence.clauses[at];
        if scene.is_name(clause) {
            return None;
        }
        let fit = self.term_frames.classify(scene, clause)?;
        let file = fit.file;
        let kind = TermKind::from_code(&file.kind)?;
        let forbearance = file.modality.as_deref() == Some("forbearance");
        let may = clause
            .predicate
            .modal
            .as_ref()
            .is_some_and(|modal| self.conditions.may.contains(modal));
        let negated = clause.predicate.negation.is_some() && !forbearance;
        // "The claim could not be verified" tells what nobody managed to do.
        if clause.predicate.negation.is_some()
            && matches!(clause.predicate.modal.as_deref(), Some("could" | "might"))
        {
            return None;
        }
        let modality = match () {
            () if forbearance || negated => Modality::Forbearance,
            () if may => Modality::Permission,
            () => permitted.unwrap_or(Modality::Obligation),
        };
        let mode = match file.mode.as_deref().and_then(Mode::from_code) {
            _ if negated => Mode::Maintain,
            Some(mode) => mode,
            None => Mode::Achieve,
        };
        Some(Promise { clause: at, bound, kind, mode, modality, act: fit.act, for_other: false })
    }

    /// "... in exchange for the release of detainees": the other side's promise.
    fn exchanged(&self, scene: &Scene<'_>, at: usize, found: &mut Vec<Promise>) {
        let clauses = &scene.sentence.clauses;
        let clause = &clauses[at];
        let exchanges =
            clause.obliques.iter().filter(|oblique| self.conditions.is_exchange(&oblique.case));
        let nouns: Vec<usize> = exchanges
            .flat_map(|oblique| {
                let span = oblique.phrase.full_span();
                (0..clauses.len()).filter(move |noun| {
                    clauses[*noun].role == ClauseRole::Nominal
                        && span.contains(clauses[*noun].predicate.span)
                })
            })
            .collect();
        let gerunds = (0..clauses.len()).filter(|other| {
            clauses[*other].parent == Some(at)
                && clauses[*other]
                    .mark
                    .as_ref()
                    .is_some_and(|mark| self.conditions.is_exchange(mark))
        });
        for other in nouns.into_iter().chain(gerunds) {
            if let Some(promise) = self.own_promise(scene, other, other, None) {
                found.push(Promise { for_other: true, ..promise });
            }
        }
    }
}

/// The clauses that complete one: "agreed *to leave*".
fn children(clauses: &[Clause], at: usize) -> impl Iterator<Item = usize> {
    (0..clauses.len()).filter(move |child| {
        clauses[*child].parent == Some(at) && clauses[*child].role == ClauseRole::Complement
    })
}

/// The nouns of action among the arguments of a clause, not those inside other nouns.
fn nouns_of(clauses: &[Clause], at: usize) -> impl Iterator<Item = usize> {
    // "The exchange will take place": the subject of such a verb says what is done.
    let happens = clauses[at].predicate.passive
        || matches!(
            clauses[at].predicate.lemma.as_str(),
            "be" | "take" | "begin" | "start" | "occur" | "happen" | "follow"
        );
    let subject = clauses[at].subject.as_ref().filter(|_| happens);
    let arguments: Vec<(usize, usize)> = clauses[at]
        .object
        .iter()
        .chain(subject)
        .chain(
            clauses[at]
                .obliques
                .iter()
                .filter(|oblique| matches!(oblique.case.as_str(), "to" | "on" | "for"))
                .map(|oblique| &oblique.phrase),
        )
        .flat_map(|phrase| phrase.each().map(|part| part.words))
        .collect();
    (0..clauses.len()).filter(move |noun| {
        let clause = &clauses[*noun];
        clause.role == ClauseRole::Nominal
            && clause.parent == Some(at)
            && arguments
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&clause.predicate.word))
    })
}
