//! Takes judged comments, gives the weights of signs and words: logistic regression with L2.
//! Invariant: one core, no randomness, and the comments' order does not matter: the same comments give the same weights.

use super::{
    Judged, Model, SpamError, each_term, rules::Rules, shipped_rules, signs, unmask::unmask,
};
use std::collections::{BTreeMap, BTreeSet};

/// How strongly weights are held near zero: signs, that a person chose, less than words.
const HOLD_SIGN: f64 = 1.0;
const HOLD_WORD: f64 = 2.0;
/// A word is learned when it stands in so many comments of so many sets: others are the talk of one page.
const WORD_COMMENTS_MIN: usize = 3;
const WORD_SETS_MIN: usize = 2;
/// How much a comment of our own counts beside one of another collection: they are few, and most like what will be read.
pub(super) const OWN_SHARE: f64 = 4.0;
/// The mark of a set of ours.
pub(super) const OWN_MARK: &str = "own/";
/// The weights move by less than a rounding long before.
const ROUNDS: usize = 120;
/// Weights are written with three digits and left out where they round to nothing.
const ROUNDING: f64 = 1_000.0;

/// One comment as the trainer sees it: which columns it shows, how much of each.
struct Row {
    shows: Vec<(usize, f64)>,
    spam: bool,
    share: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Sign,
    Word,
}

type Column = (Kind, String);

/// Learns from comments of others and from our own.
///
/// # Errors
/// The shipped rules or the shipped corpus cannot be read.
pub fn train(judged: &[Judged]) -> Result<Model, SpamError> {
    let own = super::own_train()?.into_iter().map(|own| Judged { set: OWN_MARK.to_owned(), ..own });
    // The same words posted forty times are one comment to learn from.
    let distinct: BTreeSet<(String, String, bool)> =
        judged.iter().cloned().chain(own).map(|one| (one.set, one.text, one.spam)).collect();
    let rules = shipped_rules()?;
    let (columns, rows) = table(&distinct, &rules);
    let priors: Vec<f64> = columns
        .iter()
        .map(|(kind, name)| if *kind == Kind::Sign { rules.prior(name) } else { 0.0 })
        .collect();
    let (bias, weights) = fit(&columns, &priors, &rows);
    let mut model = Model { bias: rounded(bias), ..Model::default() };
    for ((kind, name), weight) in columns.into_iter().zip(weights) {
        let list = match kind {
            Kind::Sign => &mut model.signs,
            Kind::Word => &mut model.words,
        };
        if rounded(weight) != 0.0 {
            list.insert(name, rounded(weight));
        }
    }
    Ok(model)
}

fn rounded(weight: f64) -> f32 {
    ((weight * ROUNDING).round() / ROUNDING) as f32
}

fn table(judged: &BTreeSet<(String, String, bool)>, rules: &Rules) -> (Vec<Column>, Vec<Row>) {
    let mut seen_in: BTreeMap<String, (usize, BTreeSet<&str>)> = BTreeMap::new();
    let mut shown: Vec<BTreeMap<Column, f64>> = Vec::with_capacity(judged.len());
    for (set, text, _) in judged {
        let seen = unmask(text);
        let mut columns = BTreeMap::new();
        for (name, value) in signs::shown(&seen, rules) {
            columns.insert((Kind::Sign, name.to_owned()), f64::from(value));
        }
        each_term(&seen, |term| {
            if columns.insert((Kind::Word, term.to_owned()), 1.0).is_none() {
                let (comments, sets) = seen_in.entry(term.to_owned()).or_default();
                *comments += 1;
                sets.insert(set);
            }
        });
        shown.push(columns);
    }
    let learned = |(kind, name): &Column| {
        *kind == Kind::Sign
            || seen_in.get(name).is_some_and(|(comments, sets)| {
                *comments >= WORD_COMMENTS_MIN && sets.len() >= WORD_SETS_MIN
            })
    };
    let named = signs::names(rules).map(|name| (Kind::Sign, name.to_owned()));
    let columns: BTreeSet<Column> = named
        .chain(shown.iter().flat_map(BTreeMap::keys).filter(|column| learned(column)).cloned())
        .collect();
    let columns: Vec<Column> = columns.into_iter().collect();
    let row = |(values, (set, _, spam)): (BTreeMap<Column, f64>, &(String, String, bool))| Row {
        shows: values
            .iter()
            .filter_map(|(column, value)| Some((columns.binary_search(column).ok()?, *value)))
            .collect(),
        spam: *spam,
        share: if set == OWN_MARK { OWN_SHARE } else { 1.0 },
    };
    let rows = shown.into_iter().zip(judged).map(row).collect();
    (columns, rows)
}

/// Newton's steps, one weight after the other, each at most one long.
fn fit(columns: &[Column], priors: &[f64], rows: &[Row]) -> (f64, Vec<f64>) {
    let mut shown_by: Vec<Vec<(usize, f64)>> = vec![Vec::new(); columns.len() + 1];
    for (at, row) in rows.iter().enumerate() {
        shown_by[columns.len()].push((at, 1.0));
        for (column, value) in &row.shows {
            shown_by[*column].push((at, *value));
        }
    }
    let hold = |column: usize| match columns.get(column) {
        Some((Kind::Sign, _)) => HOLD_SIGN,
        Some((Kind::Word, _)) => HOLD_WORD,
        None => 0.0,
    };
    let prior = |column: usize| priors.get(column).copied().unwrap_or(0.0);
    let mut weights: Vec<f64> = (0..=columns.len()).map(prior).collect();
    let start = |row: &Row| row.shows.iter().map(|(column, value)| weights[*column] * value).sum();
    let mut sums: Vec<f64> = rows.iter().map(start).collect();
    for _ in 0..ROUNDS {
        for (column, shown) in shown_by.iter().enumerate() {
            let (mut slope, mut bend) =
                (hold(column) * (prior(column) - weights[column]), hold(column));
            for (at, value) in shown {
                let row = &rows[*at];
                let sure = 1.0 / (1.0 + f64::exp(-sums[*at]));
                slope += row.share * (f64::from(u8::from(row.spam)) - sure) * value;
                bend += row.share * sure * (1.0 - sure) * value * value;
            }
            let step = (slope / bend.max(1e-6)).clamp(-1.0, 1.0);
            weights[column] += step;
            for (at, value) in shown {
                sums[*at] += step * value;
            }
        }
    }
    let bias = weights.pop().unwrap_or_default();
    (bias, weights)
}
