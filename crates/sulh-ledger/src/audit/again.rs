//! Takes what is said of the elements, gives what happened more than once told apart.
//! Invariant: a denial speaks against every time it may mean (R6: only where the days overlap).

use super::{Finding, Said, weigh::overlap, word::Word};
use crate::{
    propositions::Proposition,
    rules::{denial::Upheld, transition::Transition},
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use sulh_model::agreement::{Assent, Stage};

/// What can befall an element again is another proposition where the days do not overlap; a denial
/// speaks against each of those it may mean.
pub(super) fn told_apart(said: Said) -> Said {
    let mut apart = Said::new();
    for (proposition, mut words) in said {
        let Proposition::Element { term, element, transition, .. } = proposition else {
            apart.insert(proposition, words);
            continue;
        };
        let again = [
            Transition::Breached,
            Transition::Suspended,
            Transition::Resumed,
            Transition::Remedied,
            Transition::Undone,
        ];
        if !again.contains(&transition) {
            apart.insert(proposition, words);
            continue;
        }
        words.sort_by_key(|word| (word.denies, word.latest, word.earliest));
        let mut times: Vec<Vec<Word>> = Vec::new();
        for word in words {
            let mut found = false;
            for time in &mut times {
                if time.iter().any(|other| overlap(other, &word)) && (word.denies || !found) {
                    time.push(word.clone());
                    found = true;
                }
            }
            if !found {
                times.push(vec![word]);
            }
        }
        for (occurrence, words) in times.into_iter().enumerate() {
            apart.insert(Proposition::Element { term, element, transition, occurrence }, words);
        }
    }
    apart
}

/// What was taken back or broken and is told as done of days surely after it was done again. Only a reported
/// reversal counts. True when something was parted.
pub(super) fn part(said: &mut Said, stands: &BTreeMap<Proposition, Finding>) -> bool {
    let mut parted = false;
    for proposition in said.keys().copied().collect::<Vec<_>>() {
        let Proposition::Element {
            term,
            element,
            transition: transition @ (Transition::Begun | Transition::Completed),
            ..
        } = proposition
        else {
            continue;
        };
        let mut reversals = Vec::new();
        for (other, finding) in stands {
            if let Proposition::Element {
                term: of,
                element: which,
                transition: Transition::Breached | Transition::Undone,
                ..
            } = *other
                && (of, which) == (term, element)
                && matches!(finding.upheld, Upheld::Supported | Upheld::Corroborated)
            {
                reversals.extend(finding.days[0].map(|(latest, _)| latest));
            }
        }
        let words = said[&proposition].clone();
        if words.iter().all(|word| reversals_before(word, &reversals) == 0) {
            continue;
        }
        parted = true;
        said.remove(&proposition);
        let times = split(&words, &reversals);
        for (occurrence, words) in times {
            said.insert(Proposition::Element { term, element, transition, occurrence }, words);
        }
    }
    parted
}

fn reversals_before(word: &Word, reversals: &[Date]) -> usize {
    match word.earliest {
        Some(earliest) => reversals.iter().filter(|day| **day < earliest).count(),
        None => 0,
    }
}

/// The words by how many reversals surely came before them.
fn split(words: &[Word], reversals: &[Date]) -> BTreeMap<usize, Vec<Word>> {
    let mut times: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
    for word in words.iter().filter(|word| !word.denies) {
        times.entry(reversals_before(word, reversals)).or_default().push(word.clone());
    }
    let said = times.clone();
    for word in words.iter().filter(|word| word.denies) {
        let mut meant: Vec<usize> = Vec::new();
        for (at, others) in &said {
            if others.iter().any(|other| overlap(other, word)) {
                meant.push(*at);
            }
        }
        if meant.is_empty() {
            meant = vec![reversals_before(word, reversals)];
        }
        for at in meant {
            times.entry(at).or_default().push(word.clone());
        }
    }
    times
}

/// A stage that was left, and a consent that was taken back, and are told of days surely after that came again:
/// force after a stop, a stop after force, a signature after a withdrawal. Only what is reported parts. True
/// when something was parted; then it has to be asked again.
pub(super) fn part_contraries(said: &mut Said, stands: &BTreeMap<Proposition, Finding>) -> bool {
    let mut parted = false;
    for first in said.keys().copied().collect::<Vec<_>>() {
        let (Proposition::Stage { occurrence: 0, .. } | Proposition::Assent { occurrence: 0, .. }) =
            first
        else {
            continue;
        };
        let mut days = Vec::new();
        for (other, finding) in stands {
            if matches!(finding.upheld, Upheld::Supported | Upheld::Corroborated)
                && leaves(*other, first)
            {
                days.extend(finding.days[0].map(|(latest, _)| latest));
            }
        }
        let mut times = Vec::new();
        while let Some(words) = said.get(&first.again(times.len())) {
            times.push(words.clone());
        }
        let mut groups = Vec::new();
        for words in &times {
            groups.extend(split(words, &days).into_values());
        }
        if groups.len() > times.len() {
            parted = true;
            for (time, words) in groups.into_iter().enumerate() {
                said.insert(first.again(time), words);
            }
        }
    }
    parted
}

/// True when what is told first says that the other was left.
fn leaves(told: Proposition, other: Proposition) -> bool {
    let refuses = |assent| matches!(assent, Assent::Rejects | Assent::Withdrew);
    match (told, other) {
        (Proposition::Stage { stage, .. }, Proposition::Stage { stage: other, .. }) => {
            let over = [Stage::Concluded, Stage::Expired, Stage::Collapsed, Stage::Superseded];
            match stage {
                Stage::Suspended => other != Stage::Suspended && !over.contains(&other),
                Stage::InForce => other == Stage::Suspended,
                _ => false,
            }
        }
        (
            Proposition::Assent { party, assent, .. },
            Proposition::Assent { party: of, assent: other, .. },
        ) => party == of && refuses(assent) != refuses(other),
        _ => false,
    }
}
