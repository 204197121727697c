//! Takes a page's lines and its title, gives the line that is the headline.
//! Invariant: at most one line is the headline; a page without heading and title has none.

use super::{dom::Dom, leaves::Leaf, tag::Tag, zones::Zone};
use crate::wording;

/// A longer heading is no headline.
const HEADLINE_WORDS_MAX: usize = 40;

/// What stands behind these words of a title is no headline any more; every heading is held against them.
const TITLE_WORDS_MAX: usize = 80;

/// The first `h1` that has most words of the page's title; the heading that is the title, where no `h1` is.
pub(super) fn find(dom: &Dom, leaves: &[Leaf], title: Option<&str>) -> Option<usize> {
    let mut title: Vec<String> = title.map(wording::words).unwrap_or_default();
    title.truncate(TITLE_WORDS_MAX);
    let shown = |leaf: &Leaf| {
        matches!(leaf.zone, Zone::Content | Zone::Frame) && leaf.words() <= HEADLINE_WORDS_MAX
    };
    let mut best: Option<(usize, f32)> = None;
    for (at, leaf) in leaves.iter().enumerate().filter(|(_, leaf)| shown(leaf)) {
        let within = |levels: usize, wanted: fn(Tag) -> bool| {
            dom.above(leaf.node).take(levels).any(|(_, tag)| wanted(tag))
        };
        let first = within(3, |tag| tag == Tag::H1);
        if !first && !within(2, Tag::is_heading) {
            continue;
        }
        let words = wording::words(&leaf.text);
        let common = words.iter().filter(|word| title.contains(word)).count() as f32;
        let share = common / words.len().max(title.len()).max(1) as f32;
        let likeness = match first {
            true if leaf.zone == Zone::Content => 0.6 + share,
            true => 0.3 + share,
            false if share >= 0.6 => share,
            false => continue,
        };
        if best.is_none_or(|(_, before)| likeness > before + 0.05) {
            best = Some((at, likeness));
        }
    }
    best.map(|(at, _)| at)
}
