//! Takes the terms of two dossiers of one agreement, gives what changed in each.
//! Invariant: a term is the same term where the same words promise it, whatever number it has; an element
//! that is its whole term is told of once, as the term.

use super::{
    movement::{Reversal, brings, of_states},
    voices::{Pair, Voice, pairs},
};
use crate::shapes::{
    diff::{Change, ChangePart},
    dossier::{
        BecausePart, DossierShape, ElementPart, EstablishedPart, LinePart, SpanPart, StatePart,
        TermPart,
    },
};
use std::collections::BTreeMap;
use sulh_ledger::rules::{
    denial::Upheld,
    tracks::Track,
    transition::{State, Transition},
};

/// What changed in the terms.
pub fn changes(earlier: Option<&DossierShape>, later: &DossierShape) -> Vec<ChangePart> {
    let before = earlier.map_or(&[][..], |earlier| &earlier.terms);
    let same = same_terms(before, &later.terms);
    let mut found: Vec<ChangePart> = later
        .terms
        .iter()
        .zip(&same)
        .flat_map(|(after, at)| of_term(at.map(|at| &before[at]), after))
        .collect();
    let gone = before.iter().enumerate().filter(|(at, _)| !same.contains(&Some(*at)));
    found.extend(gone.map(|(_, term)| ChangePart {
        subject: term.id.clone(),
        about: about(term),
        change: Change::TermGone,
        lines: Vec::new(),
        denials: Vec::new(),
    }));
    found
}

/// What tells whether two terms are the same.
type IsSame<'a> = &'a dyn Fn(&TermPart, &TermPart) -> bool;

/// Where each term stood before: where the same words promise it; of those left, where number, kind and
/// text are the same.
fn same_terms(before: &[TermPart], after: &[TermPart]) -> Vec<Option<usize>> {
    let by_words = |left: &TermPart, right: &TermPart| {
        let words = promised(right);
        promised(left).iter().any(|span| words.contains(span))
    };
    let by_number = |left: &TermPart, right: &TermPart| {
        (&left.id, left.kind, &left.text) == (&right.id, right.kind, &right.text)
    };
    let mut same = vec![None; after.len()];
    let passes: [IsSame<'_>; 2] = [&by_words, &by_number];
    for is_same in passes {
        for (at, term) in after.iter().enumerate() {
            if same[at].is_none() {
                let mut known = before.iter().enumerate();
                let found =
                    known.find(|(it, known)| !same.contains(&Some(*it)) && is_same(known, term));
                same[at] = found.map(|(it, _)| it);
            }
        }
    }
    same
}

/// The words that promise a term.
fn promised(term: &TermPart) -> Vec<&SpanPart> {
    let agreed = format!("{} agreed", term.id);
    let told = term.because.iter().filter(|part| part.proposition == agreed);
    told.flat_map(|part| &part.spans).collect()
}

/// What a term is about, in few words.
fn about(term: &TermPart) -> String {
    let bearer = term.bearer.as_ref().map(|bearer| format!(": {}", bearer.name));
    format!("{}{}", term.kind, bearer.unwrap_or_default())
}

fn of_term(before: Option<&TermPart>, after: &TermPart) -> Vec<ChangePart> {
    let mut found = Vec::new();
    let told = pairs(
        &before.map_or_else(Vec::new, |before| before.because.iter().collect()),
        &after.because.iter().collect::<Vec<_>>(),
        |part| bare(part, before.map_or("", |before| &before.id)),
        |part| bare(part, &after.id),
    );
    let agreed = format!("{} agreed", after.id);
    if before.is_none() {
        let promise = after.because.iter().find(|part| part.proposition == agreed);
        found.push(ChangePart {
            subject: after.id.clone(),
            about: about(after),
            change: Change::TermNew {
                grade: after.agreed.grade,
                text: after.text.clone(),
                reported: after.reported.clone(),
                claimed: after.claimed.clone(),
            },
            lines: promise.map_or_else(Vec::new, |part| part.lines.clone()),
            denials: promise.map_or_else(Vec::new, |part| part.denials.clone()),
        });
    }
    for moving in movings(before, after) {
        found.extend(moving.states(&told));
        found.extend(moving.flags());
        found.extend(moving.established());
    }
    for pair in &told {
        let part = pair.after.or(pair.before);
        let is_promise = part.is_some_and(|part| bare(part, &after.id) == "agreed");
        // The lines of a new promise stand with the promise.
        if before.is_some() || !is_promise {
            let subject = part.map_or(after.id.as_str(), |part| subject_of(part, after));
            let element = after.elements.iter().find(|element| element.id == subject);
            let about = element.map_or_else(|| about(after), |element| element.kind.to_owned());
            found.extend(pair.changes(subject, &about));
        }
    }
    found
}

/// The proposition without the number of its term, which may be another one before.
fn bare(part: &BecausePart, term: &str) -> String {
    let rest = part.proposition.strip_prefix(term).unwrap_or(&part.proposition);
    rest.trim_start().to_owned()
}

/// The element a proposition is on, or the term where that is its only one or the promise itself is meant.
fn subject_of<'a>(part: &'a BecausePart, term: &'a TermPart) -> &'a str {
    let named = part.proposition.split(' ').next().unwrap_or_default();
    if term.elements.len() > 1 { named } else { &term.id }
}

/// A term or element whose states and flags are followed.
struct Moving<'a> {
    subject: &'a str,
    about: String,
    /// The element's id, which its propositions begin with.
    element: Option<&'a str>,
    before: Option<Standing<'a>>,
    after: Standing<'a>,
}

/// How a term or an element stands.
#[derive(Clone, Copy)]
struct Standing<'a> {
    reported: &'a StatePart,
    claimed: &'a StatePart,
    established: Option<&'a EstablishedPart>,
    flags: &'a [&'static str],
}

impl<'a> Standing<'a> {
    fn of_term(term: &'a TermPart) -> Self {
        Self {
            reported: &term.reported,
            claimed: &term.claimed,
            established: term.established.as_ref(),
            flags: &term.flags,
        }
    }

    fn of_element(element: &'a ElementPart) -> Self {
        Self {
            reported: &element.reported,
            claimed: &element.claimed,
            established: element.established.as_ref(),
            flags: &element.flags,
        }
    }

    const fn on(&self, track: Track) -> &'a StatePart {
        match track {
            Track::Reported => self.reported,
            Track::Claimed => self.claimed,
        }
    }
}

/// The elements of a term where it has several, else the term.
fn movings<'a>(before: Option<&'a TermPart>, after: &'a TermPart) -> Vec<Moving<'a>> {
    if after.elements.len() <= 1 {
        return vec![Moving {
            subject: &after.id,
            about: about(after),
            element: after.elements.first().map(|element| element.id.as_str()),
            before: before.map(Standing::of_term),
            after: Standing::of_term(after),
        }];
    }
    let elements = after.elements.iter().enumerate();
    let moving = |(at, element): (usize, &'a ElementPart)| Moving {
        subject: &element.id,
        about: element.kind.to_owned(),
        element: Some(&element.id),
        before: before.and_then(|before| before.elements.get(at)).map(Standing::of_element),
        after: Standing::of_element(element),
    };
    elements.map(moving).collect()
}

impl Moving<'_> {
    fn part(&self, change: Change, lines: Vec<LinePart>, denials: Vec<LinePart>) -> ChangePart {
        let (subject, about) = (self.subject.to_owned(), self.about.clone());
        ChangePart { subject, about, change, lines, denials }
    }

    /// Its own propositions, with the transition each is of.
    fn told<'p>(
        &'p self,
        pairs: &'p [Pair<'p>],
    ) -> impl Iterator<Item = (Transition, &'p Pair<'p>)> {
        let element = self.element.unwrap_or(self.subject);
        pairs.iter().filter_map(move |pair| {
            let (of, transition) = pair.after?.transition()?;
            (of == element).then_some((transition, pair))
        })
    }

    fn states(&self, pairs: &[Pair<'_>]) -> Vec<ChangePart> {
        let mut found = Vec::new();
        for track in [Track::Reported, Track::Claimed] {
            let to = self.after.on(track);
            let from = self.before.map(|before| before.on(track));
            // A new term's state follows from its promise and is told with it, unless more is said.
            let is_promised = State::from_code(to.state).is_none_or(|state| {
                state == State::NotAgreed || brings(state).contains(&Transition::Agreed)
            });
            let is_new = self.before.is_none() && !is_promised;
            let moved = from.is_some_and(|from| from.state != to.state);
            let with_reported = track == Track::Claimed && to.state == self.after.reported.state;
            let reported_moved = match self.before {
                Some(before) => before.reported.state != self.after.reported.state,
                None => true,
            };
            if (moved || is_new) && !(with_reported && reported_moved) {
                found.push(self.state(pairs, track, from, to));
            }
        }
        found
    }

    fn state(
        &self,
        pairs: &[Pair<'_>],
        track: Track,
        from: Option<&StatePart>,
        to: &StatePart,
    ) -> ChangePart {
        let counts = |pair: &Pair<'_>| {
            let grade = pair.after.and_then(|after| Upheld::from_code(after.grade));
            grade.is_some_and(|grade| track.takes(grade))
        };
        let state = State::from_code(to.state);
        // Of what came again the last time counts.
        let brought: BTreeMap<Transition, &Pair<'_>> = self
            .told(pairs)
            .filter(|(one, pair)| {
                counts(pair) && state.is_some_and(|state| brings(state).contains(one))
            })
            .collect();
        let brought: Vec<LinePart> = brought
            .into_values()
            .flat_map(|pair| pair.after.map_or(&[][..], |after| &after.lines).to_vec())
            .collect();
        let denials = self.told(pairs).flat_map(|(_, pair)| pair.added(Voice::Denies)).collect();
        let reversal = from.and_then(|from| self.reversal(pairs, track, from, to));
        let change = Change::State {
            track: track.code(),
            from: from.cloned(),
            to: to.clone(),
            reversal: reversal.map(|reversal| reversal.code()),
        };
        self.part(change, brought, denials)
    }

    fn reversal(
        &self,
        pairs: &[Pair<'_>],
        track: Track,
        from: &StatePart,
        to: &StatePart,
    ) -> Option<Reversal> {
        let (before, after) = (State::from_code(from.state)?, State::from_code(to.state)?);
        let reversal =
            of_states(before, after, |wanted| self.told(pairs).any(|(told, _)| told == wanted))?;
        let still_claimed = track == Track::Reported && self.after.claimed.state == from.state;
        Some(match reversal {
            Reversal::Withdrawn if still_claimed => Reversal::FellToClaimed,
            other => other,
        })
    }

    fn flags(&self) -> Vec<ChangePart> {
        let none: &[&'static str] = &[];
        let before = self.before.map_or(none, |before| before.flags);
        // The flags of a new promise are those of its page.
        if self.before.is_none() {
            return Vec::new();
        }
        let raised = self.after.flags.iter().filter(|flag| !before.contains(flag));
        let dropped = before.iter().filter(|flag| !self.after.flags.contains(flag));
        let told = |flag: &&'static str, raised| {
            self.part(Change::Flag { flag, raised }, Vec::new(), Vec::new())
        };
        let raised = raised.map(|flag| told(flag, true));
        raised.chain(dropped.map(|flag| told(flag, false))).collect()
    }

    fn established(&self) -> Option<ChangePart> {
        let from = self.before.and_then(|before| before.established);
        let to = self.after.established;
        (from != to).then(|| {
            let state = |one: Option<&EstablishedPart>| one.map(|one| one.state);
            let change = Change::Established { from: state(from), to: state(to) };
            self.part(change, Vec::new(), Vec::new())
        })
    }
}
