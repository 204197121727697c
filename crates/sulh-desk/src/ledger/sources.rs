//! Takes the name of a source, gives what is known of it; takes a rating of it into the ledger.
//! Invariant: a side or conflict no register and no rating knows is refused by name: a slip of the pen would make
//! every finding of it count for nothing.

use super::{DeskError, LedgerDesk, Moment};
use crate::shapes::source::{RatingPart, SCHEMA, SourceShape};
use std::collections::{BTreeMap, BTreeSet};
use sulh_ledger::{
    decision::{Decided, Decision, Examined, Rating},
    verdict::Question,
};
use sulh_model::register::{LeaningSide, folded};
use sulh_store::LedgerStore;

/// Why a rating was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RatingError {
    /// No register knows the conflict.
    #[error("no register knows the conflict `{conflict}`; it is one of {known}")]
    Conflict {
        /// What was given.
        conflict: String,
        /// What there is.
        known: String,
    },
    /// The conflict has no such side.
    #[error("the conflict {conflict} has no side `{side}`; give neither or one of {known}")]
    Side {
        /// The conflict.
        conflict: String,
        /// What was given.
        side: String,
        /// What there is.
        known: String,
    },
}

impl<S: LedgerStore> LedgerDesk<S> {
    /// What the register and this ledger's ratings say of a source.
    pub fn source(&self, name: &str, question: Question) -> SourceShape {
        let entry = self.ledger.registers().sources.find(name);
        let called = |other: &str| {
            folded(other) == folded(name)
                || entry.is_some_and(|entry| {
                    let found = self.ledger.registers().sources.find(other);
                    found.is_some_and(|found| found.id == entry.id)
                })
        };
        let ratings = self.ledger.ratings(question).into_iter();
        SourceShape {
            schema: SCHEMA,
            name: entry.map_or_else(|| name.to_owned(), |entry| entry.name.clone()),
            register: entry.map(Into::into),
            ratings: ratings
                .filter(|(.., rating)| called(&rating.source))
                .map(|(seq, decision, rating)| RatingPart::of(seq, decision, rating))
                .collect(),
        }
    }

    /// Takes a rating into the ledger; gives its entry. It counts for every question that sees the entry.
    pub fn rate(
        &mut self,
        rating: Rating,
        by: String,
        reason: String,
        moment: Moment,
    ) -> Result<u64, DeskError> {
        if let Some(examined) = &rating.examined {
            self.knows(examined)?;
        }
        let decision = Decision { by, day: moment.day, reason, what: Decided::Rated(rating) };
        self.decide(&decision, moment)
    }

    fn knows(&self, examined: &Examined) -> Result<(), RatingError> {
        let conflicts = self.conflicts();
        let listed = |names: &BTreeSet<&str>| names.iter().copied().collect::<Vec<_>>().join(", ");
        let Some(sides) = conflicts.get(examined.conflict.as_str()) else {
            return Err(RatingError::Conflict {
                conflict: examined.conflict.clone(),
                known: listed(&conflicts.keys().copied().collect()),
            });
        };
        match &examined.side {
            LeaningSide::Side(side) if !sides.contains(side.as_str()) => Err(RatingError::Side {
                conflict: examined.conflict.clone(),
                side: side.clone(),
                known: listed(sides),
            }),
            LeaningSide::Side(_) | LeaningSide::Neither => Ok(()),
        }
    }

    /// The conflicts of the registers with the sides that anybody is on in them.
    fn conflicts(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let registers = self.ledger.registers();
        let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for leaning in registers.sources.iter().flat_map(|source| &source.leanings) {
            let sides = found.entry(&leaning.conflict).or_default();
            if let LeaningSide::Side(side) = &leaning.side {
                sides.insert(side);
            }
        }
        for side in registers.actors.iter().flat_map(|actor| &actor.sides) {
            found.entry(&side.conflict).or_default().insert(&side.side);
        }
        found
    }
}
