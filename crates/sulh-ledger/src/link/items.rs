//! Takes the reports a question may see, gives its items: each capture once, and which is a copy of which (R2).
//! Invariant: exact copies are one item; a near copy points at one root that was there before it and never
//! joins two roots; which is the root depends on days and names, never on the order of arrival.

use crate::{report::Told, verdict::Quote};
use std::collections::BTreeMap;
use sulh_model::{
    page::CaptureId,
    register::SourceRegister,
    signature::{COPY, HASHES, Signature},
    span::Span,
};

/// One capture, with every report of it.
#[derive(Clone, Debug)]
pub struct Item<'a> {
    /// The report that counts: the root of its exact copies.
    pub root: &'a Told,
    /// How many reports there are of it, the root included.
    pub reports: usize,
    /// The items whose text it shares, by their places, the one it shares most with first: what it says in
    /// its own voice and one of them says too, is that one's word.
    pub draws_on: Vec<usize>,
    /// True when it is a near copy of the first of these.
    pub is_copy: bool,
}

impl Item<'_> {
    /// Words of its page, in the text the root was read from.
    pub fn quote(&self, span: Span) -> Quote {
        let report = &self.root.report;
        Quote { page: report.capture.clone(), text: report.text.clone(), span }
    }
}

/// The captures among some reports, in the order of their hashes.
pub fn items<'a>(told: &[&'a Told], sources: &SourceRegister) -> Vec<Item<'a>> {
    let mut captures: BTreeMap<&CaptureId, Vec<&'a Told>> = BTreeMap::new();
    for one in told {
        captures.entry(&one.report.capture).or_default().push(one);
    }
    let item = |copies: Vec<&'a Told>| {
        let reports = copies.len();
        let root = copies.into_iter().min_by_key(|told| root_order(told, sources))?;
        Some(Item { root, reports, draws_on: Vec::new(), is_copy: false })
    };
    let mut items: Vec<Item<'a>> = captures.into_values().filter_map(item).collect();
    for Shares { item, roots } in shared_texts(&items, sources) {
        items[item].is_copy = roots.first().is_some_and(|(resemblance, _)| *resemblance >= COPY);
        items[item].draws_on = roots.into_iter().map(|(_, root)| root).collect();
    }
    items
}

/// The root of copies: an outlet of the register before an unknown mirror, then the earlier one.
/// A mirror that turns up later, or claims to be older, can then not change who vouches.
fn root_order(told: &Told, sources: &SourceRegister) -> impl Ord + use<> {
    let publisher = told.report.publisher.as_deref();
    let known = publisher.and_then(|name| sources.find(name)).is_some_and(|found| found.vouches);
    (!known, told.report.known_from(), told.report.identity())
}

/// From this resemblance on, a text has taken whole passages from another: reports on one event by two
/// hands stay far below it (docs/decisions/0008), and most pages mixed from two others lie above it with both.
const PASSAGES: f64 = 0.3;

/// A band of this many hashes in common makes two signatures worth comparing: where texts share passages
/// one of the bands agrees almost surely.
const BAND: usize = 2;

/// An item and the roots whose text it shares, with how much.
struct Shares {
    item: usize,
    roots: Vec<(f64, usize)>,
}

/// Which items share text with which roots that were there before them.
fn shared_texts(items: &[Item<'_>], sources: &SourceRegister) -> Vec<Shares> {
    let mut signed: Vec<(usize, &Signature)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at, item.root.report.signature.as_ref()?)))
        .collect();
    signed.sort_by_cached_key(|(at, _)| root_order(items[*at].root, sources));
    let mut banded: BTreeMap<Band, Vec<(usize, &Signature)>> = BTreeMap::new();
    let mut sharing = Vec::new();
    for (item, signature) in signed {
        let near: BTreeMap<usize, &Signature> =
            bands(signature).filter_map(|band| banded.get(&band)).flatten().copied().collect();
        let mut roots: Vec<(f64, usize)> =
            near.into_iter().map(|(root, other)| (signature.resemblance(other), root)).collect();
        roots.retain(|(resemblance, _)| *resemblance >= PASSAGES);
        roots.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        // A copy is no root for others.
        if roots.first().is_none_or(|(resemblance, _)| *resemblance < COPY) {
            for band in bands(signature) {
                banded.entry(band).or_default().push((item, signature));
            }
        }
        sharing.push(Shares { item, roots });
    }
    sharing
}

/// A band of a signature: which, and its hashes.
type Band = (usize, [u32; BAND]);

fn bands(signature: &Signature) -> impl Iterator<Item = Band> {
    (0..HASHES / BAND).map(|band| {
        let hashes = signature.hashes();
        (band, std::array::from_fn(|at| hashes[band * BAND + at]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{Page, registers};

    fn page(publisher: &str, published: &str, bytes: u8, hashes: [u32; HASHES]) -> Told {
        let mut page = Page::of(publisher, published, bytes);
        page.report(|report| report.signature = Some(Signature::new(hashes)));
        page.told()
    }

    fn changed(share: usize, with: u32) -> [u32; HASHES] {
        std::array::from_fn(|at| if at < share { with } else { at as u32 })
    }

    fn copy_of(item: &Item<'_>) -> Option<usize> {
        item.draws_on.first().copied().filter(|_| item.is_copy)
    }

    fn check(pages: &[Told], expected: &[Option<usize>]) {
        let sources = registers().sources;
        let told: Vec<&Told> = pages.iter().collect();
        let found: Vec<_> = items(&told, &sources).iter().map(copy_of).collect();
        assert_eq!(found, expected);
        let reversed: Vec<&Told> = pages.iter().rev().collect();
        let found: Vec<_> = items(&reversed, &sources).iter().map(copy_of).collect();
        assert_eq!(found, expected, "the order of arrival tells");
    }

    #[test]
    fn a_near_copy_points_at_the_one_that_was_there_before() {
        let first = page("Coast Wire", "2020-06-03", 1, changed(0, 0));
        let copy = page("Nobody Daily", "2020-06-01", 2, changed(6, 900));
        check(&[first.clone(), copy], &[None, Some(0)]);
        let other = page("Nobody Daily", "2020-06-04", 2, changed(100, 900));
        check(&[first.clone(), other], &[None, None]);
        let mut unsigned = page("Nobody Daily", "2020-06-04", 2, changed(0, 0));
        unsigned.report.signature = None;
        check(&[first, unsigned], &[None, None]);
    }

    #[test]
    fn a_copy_of_a_copy_points_at_the_root_or_at_nothing() {
        let first = page("Coast Wire", "2020-06-03", 1, changed(0, 0));
        let second = page("Mirror One", "2020-06-04", 2, changed(12, 900));
        let third = page("Mirror Two", "2020-06-05", 3, changed(14, 900));
        let far = page("Mirror Three", "2020-06-06", 4, changed(60, 900));
        check(&[first, second, third, far], &[None, Some(0), Some(0), None]);
    }

    #[test]
    fn a_page_mixed_from_two_draws_on_both_and_copies_neither() {
        let one = page("Coast Wire", "2020-06-03", 1, changed(0, 0));
        let two = page("Ridge Voice", "2020-06-03", 2, changed(128, 700));
        let mixed = page("Nobody Daily", "2020-06-04", 3, changed(64, 700));
        let sources = registers().sources;
        let items = items(&[&one, &two, &mixed], &sources);
        let mut draws_on = items[2].draws_on.clone();
        draws_on.sort_unstable();
        assert_eq!((draws_on, items[2].is_copy), (vec![0, 1], false));
    }
}
