//! R2, R4, R5, R6. Takes the words on a proposition, gives its lines, its grades and how it stands.
//! Invariant: the order of the words does not matter.

use super::word::{Doubt, Leaning, Word};
use crate::rules::{denial::Upheld, grade::Grade, interest::Interest};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How a proposition stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) support: Grade,
    pub(crate) denial: Grade,
    pub(crate) upheld: Upheld,
    /// The lines for it and against it: who vouches, what it has in it, whether its own page was seen.
    pub(crate) lines: BTreeSet<LineFound>,
    pub(crate) denials: BTreeSet<LineFound>,
    /// By which day it has happened, with the first day it can have, on the reported track and on the claimed
    /// one; nothing when nobody says it.
    pub(crate) days: [Option<Days>; 2],
}

pub(crate) type Days = (Date, Option<Date>);
pub(crate) type LineFound = (Option<String>, Interest, bool);

/// What a line can carry, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Carries {
    Unconfirmed,
    Thin,
    Admission,
    Solid,
}

#[derive(Clone, Debug)]
struct Line {
    word: Word,
    interest: Interest,
    carries: Carries,
    original_seen: bool,
}

/// Weighs the words on a proposition.
pub(super) fn weighed(words: &[Word], interest: impl Fn(&Word) -> Interest) -> Finding {
    let said: Vec<Word> = words.iter().filter(|word| !word.denies).cloned().collect();
    let mut denied: Vec<Word> = words.iter().filter(|word| word.denies).cloned().collect();
    if !said.is_empty() {
        denied.retain(|no| said.iter().any(|yes| overlap(yes, no)));
    }
    let untouched: Vec<Word> =
        said.iter().filter(|yes| !denied.iter().any(|no| overlap(yes, no))).cloned().collect();
    let (support, denial) = (lines(&said, &interest), lines(&denied, &interest));
    let contested = matrix(grade(&support), grade(&denial));
    // R6 speaks only of overlapping windows: what no denial touches stands by itself.
    let alone = matrix(grade(&lines(&untouched, &interest)), Grade::None);
    // What stands alone lies on the days no denial reaches; and a thin early claim moves no reported day.
    let counting = if alone > contested { &untouched } else { &said };
    let days = |word: &Word| (word.latest, word.earliest);
    let claimed = counting.iter().map(days).min();
    let firm = counting.iter().filter(|word| carries(word, interest(word)) >= Carries::Admission);
    let found = |lines: &[Line]| {
        let found = lines.iter();
        found.map(|line| (line.word.voucher.clone(), line.interest, line.original_seen)).collect()
    };
    Finding {
        support: grade(&support),
        denial: grade(&denial),
        upheld: contested.max(alone),
        lines: found(&support),
        denials: found(&denial),
        days: [firm.map(days).min().or(claimed), claimed],
    }
}

pub(super) fn overlap(left: &Word, right: &Word) -> bool {
    let starts_in_time = |one: &Word, other: &Word| match one.earliest {
        Some(earliest) => earliest <= other.latest,
        None => true,
    };
    starts_in_time(left, right) && starts_in_time(right, left)
}

/// R2: a line for each owner. Of one root the most hedged relay counts, unless the root's own page speaks;
/// of several roots of one owner the one that carries most.
fn lines(words: &[Word], interest: &impl Fn(&Word) -> Interest) -> Vec<Line> {
    let owners: BTreeSet<&str> = words.iter().map(|word| word.owner.as_str()).collect();
    let mut lines = Vec::new();
    for owner in owners {
        let mut best: Option<Line> = None;
        let of_owner: Vec<&Word> = words.iter().filter(|word| word.owner == owner).collect();
        let roots: BTreeSet<&str> = of_owner.iter().map(|word| word.root.as_str()).collect();
        for root in roots {
            let told: Vec<&Word> =
                of_owner.iter().filter(|word| word.root == root).copied().collect();
            let line = line_of_root(&told, interest);
            let key = |line: &Line| (line.carries, line.original_seen, line.word.voucher.clone());
            if best.as_ref().is_none_or(|best| key(&line) >= key(best)) {
                best = Some(line);
            }
        }
        lines.extend(best);
    }
    lines
}

fn line_of_root(told: &[&Word], interest: &impl Fn(&Word) -> Interest) -> Line {
    let is_own = |word: &Word| word.original && word.voucher.is_some();
    let original_seen = told.iter().any(|word| is_own(word));
    let mut found: Option<Line> = None;
    for word in told {
        if original_seen && !is_own(word) {
            continue;
        }
        let interest = interest(word);
        let carries = carries(word, interest);
        let firmness = (carries, std::cmp::Reverse(word.doubt));
        // Of relays the most hedged counts; what the root's own page says firmly stands.
        let counts_before = |line: &Line| {
            let other = (line.carries, std::cmp::Reverse(line.word.doubt));
            if original_seen { firmness >= other } else { firmness < other }
        };
        if found.as_ref().is_none_or(counts_before) {
            found = Some(Line { word: (*word).clone(), interest, carries, original_seen });
        }
    }
    found.unwrap()
}

/// R4: solid is named, asserted unhedged, not self-serving, and examined.
fn carries(word: &Word, interest: Interest) -> Carries {
    let examined = match &word.leaning {
        Leaning::Neither => true,
        Leaning::Side { examined, .. } => *examined,
        Leaning::Unknown => false,
    };
    if word.doubt == Doubt::Unconfirmed {
        Carries::Unconfirmed
    } else if word.voucher.is_none() || word.from_unnamed || word.doubt == Doubt::Claimed {
        Carries::Thin
    } else if interest == Interest::AgainstInterest {
        Carries::Admission
    } else if interest == Interest::None && examined {
        Carries::Solid
    } else {
        Carries::Thin
    }
}

/// R5.
fn grade(lines: &[Line]) -> Grade {
    if lines.is_empty() {
        return Grade::None;
    }
    // Unconfirmed never combines upward.
    let named: Vec<&Line> = lines
        .iter()
        .filter(|line| line.word.voucher.is_some() && line.carries != Carries::Unconfirmed)
        .collect();
    let solid_and_seen =
        named.iter().any(|line| line.carries == Carries::Solid && line.original_seen);
    if named.len() >= 2 && solid_and_seen && !lean_to_one_side(&named) {
        return Grade::Corroborated;
    }
    if lines.iter().any(|line| line.carries >= Carries::Admission) {
        return Grade::Supported;
    }
    Grade::Claimed
}

/// Not examined is not neutral: who was not examined may lean where the others lean.
fn lean_to_one_side(lines: &[&Line]) -> bool {
    let mut sides = BTreeSet::new();
    for line in lines {
        match &line.word.leaning {
            Leaning::Neither => return false,
            Leaning::Side { side, .. } => drop(sides.insert(side.clone())),
            Leaning::Unknown => {}
        }
    }
    sides.len() < 2
}

/// R6, as the table stands in the rules.
fn matrix(support: Grade, denial: Grade) -> Upheld {
    let row = match support {
        Grade::None => return Upheld::None,
        Grade::Claimed => "claimed disputed contradicted contradicted",
        Grade::Supported => "supported supported disputed contradicted",
        Grade::Corroborated => "corroborated corroborated corroborated disputed",
    };
    let column = Grade::ALL.iter().position(|grade| *grade == denial).unwrap();
    Upheld::from_code(row.split(' ').nth(column).unwrap()).unwrap()
}
