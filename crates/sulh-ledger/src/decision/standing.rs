//! Takes the decisions a question may see, gives those that hold and what they say.
//! Invariant: of two decisions on the same thing the later one holds; a withdrawn one holds nothing, and
//! one whose withdrawal was withdrawn holds again.

use super::{Decided, Decision, Examined, Words};
use crate::{
    log::EntryKind,
    rules::{transition::State, voucher::Registers},
    verdict::Established,
};
use jiff::civil::Date;
use std::{borrow::Cow, collections::BTreeSet};
use sulh_model::{agreement::Stage, page::CaptureId, register::Leaning, span::Span};

/// What a decision on a statement calls it.
pub const STATEMENT: &str = "statement";

/// What a person said of two tellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pairing {
    /// They are of one agreement.
    One,
    /// They are of two.
    Two,
}

/// The decisions that hold, in the order of the log.
pub struct Decisions<'a> {
    holding: Vec<(u64, &'a Decision)>,
}

impl<'a> Decisions<'a> {
    /// Those of these decisions, given in the order of the log, that hold. What a person says to be so
    /// was known from the day of the decision; how pages are read and sources judged has no such day.
    pub(crate) fn of(
        seen: impl DoubleEndedIterator<Item = (u64, &'a Decision)>,
        known_by: Date,
    ) -> Self {
        let mut withdrawn = BTreeSet::new();
        let mut holding = Vec::new();
        // From the last to the first: what a later entry withdraws is known when its turn comes.
        for (seq, decision) in seen.rev() {
            let assesses = decision.what.entry_kind() == EntryKind::Assessment;
            if withdrawn.contains(&seq) || (assesses && decision.day > known_by) {
                continue;
            }
            if let Decided::Withdrawn { seq: earlier } = decision.what
                && earlier < seq
            {
                withdrawn.insert(earlier);
            }
            holding.push((seq, decision));
        }
        holding.reverse();
        Self { holding }
    }

    /// True when a person found that the page does not say this.
    pub(crate) fn rejects(&self, capture: &CaptureId, span: Option<Span>) -> bool {
        self.holding.iter().any(|(_, decision)| match &decision.what {
            Decided::Rejected(words) => {
                words.kind == STATEMENT && words.capture == *capture && Some(words.span) == span
            }
            _ => false,
        })
    }

    /// What was decided on which tellings are of one agreement, with the words of each pair, the latest first.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (Pairing, &'a Words, &'a Words)> {
        self.holding.iter().rev().filter_map(|(_, decision)| match &decision.what {
            Decided::Merged(left, right) => Some((Pairing::One, left, right)),
            Decided::Parted(left, right) => Some((Pairing::Two, left, right)),
            _ => None,
        })
    }

    /// What a person said an element, told by any of these words, to be on a day.
    pub(crate) fn state(
        &self,
        is_meant: impl Fn(&Words) -> bool,
        as_of: Date,
    ) -> Option<Established<State>> {
        let found = self.holding.iter().rev().find_map(|(_, decision)| match &decision.what {
            Decided::StateEstablished { element, state, from }
                if *from <= as_of && is_meant(element) =>
            {
                Some((*state, *decision))
            }
            _ => None,
        });
        found.map(|(state, decision)| established(state, decision))
    }

    /// What stage a person said an agreement, told by any of these words, to have on a day.
    pub(crate) fn stage(
        &self,
        is_meant: impl Fn(&Words) -> bool,
        as_of: Date,
    ) -> Option<Established<Stage>> {
        let found = self.holding.iter().rev().find_map(|(_, decision)| match &decision.what {
            Decided::StageEstablished { agreement, stage, from }
                if *from <= as_of && is_meant(agreement) =>
            {
                Some((*stage, *decision))
            }
            _ => None,
        });
        found.map(|(stage, decision)| established(stage, decision))
    }

    /// The ratings that hold, in the order of the log.
    pub(crate) fn ratings(&self) -> impl Iterator<Item = (u64, &'a Decision, &'a super::Rating)> {
        self.holding.iter().filter_map(|(seq, decision)| match &decision.what {
            Decided::Rated(rating) => Some((*seq, *decision, rating)),
            _ => None,
        })
    }

    /// The registers as the ratings leave them: the later rating counts, and before any the register.
    pub(crate) fn registers<'r>(&self, registers: &'r Registers) -> Cow<'r, Registers> {
        let mut rated = Cow::Borrowed(registers);
        for (_, decision, rating) in self.ratings() {
            if let Some(examined) = &rating.examined {
                let leaning = leaning(examined, &decision.reason);
                rated.to_mut().sources.examine(&rating.source, leaning);
            }
        }
        rated
    }
}

fn established<T>(value: T, decision: &Decision) -> Established<T> {
    Established {
        value,
        by: decision.by.clone(),
        day: decision.day,
        reason: decision.reason.clone(),
    }
}

fn leaning(examined: &Examined, reason: &str) -> Leaning {
    Leaning {
        conflict: examined.conflict.clone(),
        side: examined.side.clone(),
        from: examined.from,
        to: None,
        basis: reason.to_owned(),
    }
}
