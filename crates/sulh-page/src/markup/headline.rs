//! Takes a page's lines and its title, gives the line that is the headline.
//! Invariant: at most one line is the headline; a page without heading and title has none.

use super::{dom::Dom, leaves::Leaf, tag::Tag, zones::Zone};
use crate::wording;

/// What outlets set between a title and their name behind it.
const BORDERS: [&str; 8] = [" - ", " | ", " – ", " — ", " » ", " :: ", " · ", " • "];

/// A longer heading is no headline.
const HEADLINE_WORDS_MAX: usize = 40;

/// What stands behind these words of a title is no headline any more; every heading is held against them.
const TITLE_WORDS_MAX: usize = 80;

/// The first `h1` that has most words of the page's title; the heading that is the title, where no `h1` is.
pub(super) fn find(dom: &Dom, leaves: &[Leaf], title: Option<&str>) -> Option<usize> {
    let printed = title.unwrap_or_default();
    let mut title: Vec<String> = title.map(wording::words).unwrap_or_default();
    title.truncate(TITLE_WORDS_MAX);
    let shown = |leaf: &Leaf| {
        matches!(leaf.zone, Zone::Content | Zone::Frame) && leaf.words() <= HEADLINE_WORDS_MAX
    };
    let mut best: Option<(usize, f32)> = None;
    let mut titled = None;
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
        // The site's name: no word of what the page is called, which stands somewhere else.
        if first && common == 0.0 && *titled.get_or_insert_with(|| has_line(leaves, &title)) {
            continue;
        }
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
    let best = best.map(|(at, _)| at);
    below_outlet(leaves, printed, best).or(best)
}

/// True where the title stands as a line of the page.
fn has_line(leaves: &[Leaf], title: &[String]) -> bool {
    !title.is_empty() && leaves.iter().any(|leaf| wording::words(&leaf.text) == title)
}

/// Where the heading found is the outlet's part of the title, and the other part stands below it, that is the headline:
/// "Gao Forum" above "A truce is signed" in a window called "A truce is signed - Gao Forum".
fn below_outlet(leaves: &[Leaf], title: &str, best: Option<usize>) -> Option<usize> {
    let parts = BORDERS.iter().filter_map(|border| title.rsplit_once(border));
    let behind = parts.map(|(headline, outlet)| (outlet, headline));
    let before = title.split_once(": ").into_iter().chain(behind);
    before.into_iter().find_map(|(outlet, headline)| {
        let (outlet, headline) = (wording::words(outlet), wording::words(headline));
        let shown = |leaf: &&Leaf| matches!(leaf.zone, Zone::Content | Zone::Frame);
        let named = |leaf: &Leaf| wording::words(&leaf.text).starts_with(&outlet);
        let top = match best {
            Some(best) => Some(best).filter(|at| wording::words(&leaves[*at].text) == outlet),
            None => leaves.iter().position(|leaf| shown(&leaf) && named(leaf)),
        }?;
        let below = leaves.iter().enumerate().skip(top + 1);
        let mut same = below
            .filter(|(_, leaf)| shown(leaf) && wording::words(&leaf.text) == headline)
            .map(|(at, _)| at);
        let first = same.next()?;
        let content = |at: &usize| leaves[*at].zone == Zone::Content;
        Some(std::iter::once(first).chain(same).find(content).unwrap_or(first))
    })
}
