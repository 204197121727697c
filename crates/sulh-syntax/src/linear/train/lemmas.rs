//! Takes words with tags and lemmas, gives the endings from which lemmas are made.
//! Invariant: an ending is kept only where it changes what shorter ones say.

use crate::linear::{
    lemmas::{Lemmas, Script, endings},
    train::Example,
};
use std::collections::BTreeMap;

/// Seen with one ending: how often each script was right.
type Counts = BTreeMap<u32, BTreeMap<usize, u32>>;

/// Learns lemmas.
pub(super) fn learn(examples: &[&Example]) -> Lemmas {
    let mut scripts: BTreeMap<Script, usize> = BTreeMap::new();
    // By how many endings are shorter: 0 for the empty one, the whole word last.
    let mut counts: Vec<Counts> = Vec::new();
    for example in examples {
        let words = example.forms.iter().zip(&example.lemmas).zip(example.tree.nodes());
        for ((form, lemma), node) in words.filter(|((_, lemma), _)| *lemma != "_") {
            let next = scripts.len();
            let script = *scripts.entry(Script::of(form, lemma)).or_insert(next);
            let mut keys: Vec<u32> = endings(form, node.upos, node.penn).collect();
            keys.reverse();
            for (level, key) in keys.into_iter().enumerate() {
                if counts.len() <= level {
                    counts.push(Counts::new());
                }
                *counts[level].entry(key).or_default().entry(script).or_default() += 1;
            }
        }
    }
    let _ = counts;
    keep(examples, &scripts, counts)
}

fn keep(examples: &[&Example], scripts: &BTreeMap<Script, usize>, counts: Vec<Counts>) -> Lemmas {
    let mut best: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
    for (key, of) in counts.into_iter().flatten() {
        let total: u32 = of.values().sum();
        // Of scripts as frequent the first seen wins.
        let (script, _) =
            of.iter().fold(
                (0, 0),
                |held, (script, count)| {
                    if *count > held.1 { (*script, *count) } else { held }
                },
            );
        best.insert(key, (script, total));
    }
    let mut kept: BTreeMap<u32, usize> = BTreeMap::new();
    for example in examples {
        for (form, node) in example.forms.iter().zip(example.tree.nodes()) {
            let mut keys: Vec<u32> = endings(form, node.upos, node.penn).collect();
            keys.reverse();
            let mut held = None;
            for key in keys {
                let Some((script, _)) = best.get(&key) else { continue };
                if held != Some(*script) {
                    kept.insert(key, *script);
                    held = Some(*script);
                }
            }
        }
    }
    let mut numbers: BTreeMap<usize, u16> = BTreeMap::new();
    let by_number: BTreeMap<usize, &Script> = scripts.iter().map(|(of, at)| (*at, of)).collect();
    let mut lemmas = Lemmas::default();
    for (ending, script) in kept {
        let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
        let number = *numbers.entry(script).or_insert(next);
        if usize::from(number) == lemmas.scripts.len() {
            lemmas.scripts.extend(by_number.get(&script).map(|script| (*script).clone()));
        }
        lemmas.endings.insert(ending, number);
    }
    lemmas
}
