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
    /// The item it is a near copy of, by its place.
    pub copy_of: Option<usize>,
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
        Some(Item { root, reports, copy_of: None })
    };
    let mut items: Vec<Item<'a>> = captures.into_values().filter_map(item).collect();
    for (copy, root) in near_copies(&items, sources) {
        items[copy].copy_of = Some(root);
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

/// A band of this many hashes in common makes two signatures worth comparing: at the resemblance of a
/// copy one of the bands agrees almost surely.
const BAND: usize = 4;

/// Which items are near copies, and of which root.
fn near_copies(items: &[Item<'_>], sources: &SourceRegister) -> Vec<(usize, usize)> {
    let mut signed: Vec<(usize, &Signature)> = items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| Some((at, item.root.report.signature.as_ref()?)))
        .collect();
    signed.sort_by_cached_key(|(at, _)| root_order(items[*at].root, sources));
    let mut roots: BTreeMap<Band, Vec<(usize, &Signature)>> = BTreeMap::new();
    let mut copies = Vec::new();
    for (at, signature) in signed {
        let near = bands(signature).filter_map(|band| roots.get(&band)).flatten();
        let alike = near.map(|(root, other)| (signature.resemblance(other), *root));
        let best = alike
            .filter(|(resemblance, _)| *resemblance >= COPY)
            .max_by(|left, right| left.0.total_cmp(&right.0).then(right.1.cmp(&left.1)));
        match best {
            Some((_, root)) => copies.push((at, root)),
            None => {
                for band in bands(signature) {
                    roots.entry(band).or_default().push((at, signature));
                }
            }
        }
    }
    copies
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

    fn check(pages: &[Told], expected: &[Option<usize>]) {
        let sources = registers().sources;
        let told: Vec<&Told> = pages.iter().collect();
        let found: Vec<_> = items(&told, &sources).iter().map(|item| item.copy_of).collect();
        assert_eq!(found, expected);
        let reversed: Vec<&Told> = pages.iter().rev().collect();
        let found: Vec<_> = items(&reversed, &sources).iter().map(|item| item.copy_of).collect();
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
}
