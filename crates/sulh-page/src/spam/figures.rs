//! Takes judged comments, gives how often the judge of adverts was right.
//! Invariant: of a left-out set nothing is known to the model that judges it.

use super::{Judged, SpamError, judge, shipped_rules, train};
use std::collections::BTreeSet;

/// Counts of right and wrong judgements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Adverts called adverts.
    pub found: usize,
    /// Adverts called comments.
    pub missed: usize,
    /// Readers called adverts.
    pub lost: usize,
    /// Readers called readers.
    pub kept: usize,
}

impl Figures {
    /// Of what is called an advert, the share that is one, in per cent.
    pub fn precision(&self) -> f64 {
        share(self.found, self.found + self.lost)
    }

    /// Of the adverts, the share that is found, in per cent.
    pub fn recall(&self) -> f64 {
        share(self.found, self.found + self.missed)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        share(2 * self.found, 2 * self.found + self.missed + self.lost)
    }

    /// Of the readers, the share that is called an advert, in per cent.
    pub fn lost_readers(&self) -> f64 {
        share(self.lost, self.lost + self.kept)
    }

    /// Both counted together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            found: self.found + other.found,
            missed: self.missed + other.missed,
            lost: self.lost + other.lost,
            kept: self.kept + other.kept,
        }
    }

    fn count(&mut self, spam: bool, called: bool) {
        match (spam, called) {
            (true, true) => self.found += 1,
            (true, false) => self.missed += 1,
            (false, true) => self.lost += 1,
            (false, false) => self.kept += 1,
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

fn counted(judged: &[Judged], is_advert: impl Fn(&str) -> bool) -> Figures {
    let mut figures = Figures::default();
    for one in judged {
        figures.count(one.spam, is_advert(&one.text));
    }
    figures
}

/// The shipped model on some comments.
pub fn shipped_figures(judged: &[Judged]) -> Figures {
    counted(judged, |comment| judge(comment).advert)
}

/// For each set a model that learned from the other sets and from our own half for learning, on that set.
///
/// # Errors
/// The shipped rules or the shipped corpus cannot be read.
pub fn leave_one_set_out(judged: &[Judged]) -> Result<Vec<(String, Figures)>, SpamError> {
    let rules = shipped_rules()?;
    let sets: BTreeSet<&str> = judged.iter().map(|one| one.set.as_str()).collect();
    let mut all = Vec::new();
    for set in sets {
        let (left_out, learned): (Vec<Judged>, Vec<Judged>) =
            judged.iter().cloned().partition(|one| one.set == set);
        let model = train(&learned)?;
        let figures = counted(&left_out, |comment| model.judge(&rules, comment).advert);
        all.push((set.to_owned(), figures));
    }
    Ok(all)
}
