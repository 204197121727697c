//! The auditor: a second, slow and obvious reading of the rules, to hold the ledger's answers against.
//! Takes a prefix of the log, registers, a question; gives how every proposition, element, term and stage stands.
//! Invariant: written from the text of the rules, with loops over everything, and without any code of `rules`,
//! `propositions` or `dossier` beyond their plain enums. Which tellings speak of one agreement, which
//! reports are copies and which events are tied to a promise by rule is taken as given.
//!
//! It serves tests only. Where it and the ledger differ, one of them reads the rules wrongly: see `tests`.

mod again;
mod fold;
mod interest;
mod said;
mod seen;
mod tests;
mod weigh;
mod word;

use crate::{
    Registers,
    link::{Cluster, Item},
    propositions::Proposition,
    report::Told,
    rules::{denial::Upheld, transition::State},
    verdict::Question,
};
use std::collections::BTreeMap;
use sulh_model::agreement::Stage;

pub(crate) use seen::seen;
pub(crate) use weigh::Finding;

/// A value on the reported track and on the claimed one, each with how it stands.
pub(crate) type OnTracks<T> = [(T, Upheld); 2];

/// What the auditor finds of one agreement.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Findings {
    /// How each proposition stands, by its short name ("t1.2 begun").
    pub(crate) propositions: BTreeMap<String, Finding>,
    /// The stage.
    pub(crate) stage: OnTracks<Option<Stage>>,
    /// The terms, each with its elements.
    pub(crate) terms: Vec<(OnTracks<State>, Vec<OnTracks<State>>)>,
}

/// The words for and against each proposition.
type Said = BTreeMap<Proposition, Vec<word::Word>>;

/// What all parts of an audit look at.
#[derive(Clone, Copy)]
struct Case<'a> {
    /// One report for each capture, and which is a copy of which.
    items: &'a [Item<'a>],
    registers: &'a Registers,
    question: Question,
    cluster: &'a Cluster,
}

impl<'a> Case<'a> {
    fn told(self, item: usize) -> &'a Told {
        self.items[item].root
    }

    /// The conflict, by the first telling that says.
    fn conflict(self) -> Option<&'a str> {
        for telling in &self.cluster.tellings {
            let agreement = self.told(telling.item).reading.agreement(telling.agreement)?;
            if agreement.conflict.is_some() {
                return agreement.conflict.as_deref();
            }
        }
        None
    }
}

fn weigh_all(case: Case<'_>, said: &Said) -> BTreeMap<Proposition, Finding> {
    let mut found = BTreeMap::new();
    for (proposition, words) in said {
        let finding = weigh::weighed(words, |word| interest::interest(case, proposition, word));
        found.insert(*proposition, finding);
    }
    found
}

/// Audits one agreement.
pub(crate) fn audit(
    items: &[Item<'_>],
    registers: &Registers,
    question: Question,
    cluster: &Cluster,
) -> Findings {
    let case = Case { items, registers, question, cluster };
    let mut said = said::everything(case);
    said.values_mut().for_each(|words| word::give_back(case, words));
    let mut propositions = weigh_all(case, &said);
    if again::part(&mut said, &propositions) {
        propositions = weigh_all(case, &said);
    }
    while again::part_contraries(&mut said, &propositions) {
        propositions = weigh_all(case, &said);
    }
    let stage = fold::stage(&propositions);
    let terms = fold::terms(case, &propositions);
    let named = propositions.into_iter().map(|(about, finding)| (about.to_string(), finding));
    Findings { propositions: named.collect(), stage, terms }
}
