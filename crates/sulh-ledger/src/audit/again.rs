//! Takes what is said of the elements, gives what happened more than once told apart.
//! Invariant: a denial speaks against every time it may mean (R6: only where the days overlap).

use super::{DIFFERENCES, Finding, Said, weigh::overlap, word::Word};
use crate::{
    propositions::Proposition,
    rules::{denial::Upheld, transition::Transition},
};
use std::collections::BTreeMap;

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
        let time = |word: &Word| match word.earliest {
            Some(earliest) => reversals.iter().filter(|day| **day < earliest).count(),
            None => 0,
        };
        let words = said[&proposition].clone();
        if words.iter().all(|word| time(word) == 0) {
            continue;
        }
        parted = true;
        said.remove(&proposition);
        let mut times: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
        for word in words.iter().filter(|word| !word.denies) {
            times.entry(time(word)).or_default().push(word.clone());
        }
        for word in words.iter().filter(|word| word.denies) {
            let mut meant: Vec<usize> = Vec::new();
            for (at, others) in &times {
                if others.iter().any(|other| !other.denies && overlap(other, word)) {
                    meant.push(*at);
                }
            }
            if meant.is_empty() || DIFFERENCES.denial_of_one_time {
                meant = vec![time(word)];
            }
            for at in meant {
                times.entry(at).or_default().push(word.clone());
            }
        }
        for (occurrence, words) in times {
            said.insert(Proposition::Element { term, element, transition, occurrence }, words);
        }
    }
    parted
}
