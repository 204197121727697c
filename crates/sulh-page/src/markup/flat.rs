//! Takes the lines of a readers' section, gives contributions that are no element of their own: from a line that says who or
//! when up to the next.
//! Invariant: contributions follow one another without overlap, and what closes the section belongs to none.

use super::{
    contributions::strong_name,
    dom::{Dom, NodeIndex},
    leaves::Leaf,
    signs::{NAME_WORDS_MAX, is_name, lies_in},
    zones::{Item, Zone},
};
use crate::{
    register::{Furniture, Register},
    signed, stamp, turns,
};
use std::ops::Range;

/// A last line with a larger share of links leads elsewhere.
const CLOSING_LINK_SHARE_MIN: f32 = 0.8;

/// So many elements can stand between an element and its first words.
const AROUND_NODES_MAX: usize = 16;

/// What opens a contribution that is no element of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Opens {
    Day,
    Name,
    NameAndDay,
}

/// Contributions that are no element of their own: a line that says who or when, and what follows it up to the next.
/// Where several open with name and day, a line with less is no opening; so it is with a name.
pub(super) fn items(
    dom: &Dom,
    leaves: &[Leaf],
    forms: &[Range<NodeIndex>],
    section: &Range<NodeIndex>,
) -> Vec<Item> {
    // Lines stand in the order of their first words; a page can have a section a line.
    let start = leaves.partition_point(|leaf| leaf.first < section.start);
    let inside = leaves[start..].iter().take_while(|leaf| leaf.first < section.end);
    let lines: Vec<&Leaf> = inside.filter(|leaf| leaf.zone != Zone::Advert).collect();
    let (lines, close) = lines.split_at(lines.len() - closing(&lines));
    let found: Vec<Option<Opens>> = (0..lines.len()).map(|at| opening(lines, at)).collect();
    let several = |wanted| found.iter().filter(|opens| **opens == Some(wanted)).count() >= 2;
    let least = [Opens::NameAndDay, Opens::Name].into_iter().find(|wanted| several(*wanted));
    let opens =
        |at: &usize| found[*at].is_some_and(|opens| least.is_none_or(|least| opens >= least));
    let mut starts: Vec<NodeIndex> =
        (0..lines.len()).filter(opens).map(|at| around(dom, section, lines[at].first)).collect();
    starts.dedup();
    // Behind the last of them stands the form to write in, and the foot of the page.
    let last = (0..lines.len()).rev().find(opens).unwrap_or(lines.len());
    let written = lines.iter().skip(last).position(|leaf| lies_in(forms, leaf.first));
    let (lines, close) = match written {
        Some(at) => lines.split_at(last + at),
        None => (lines, close),
    };
    let end = lines.last().map_or(section.end, |last| {
        let end = close.first().map_or(section.end, |first| first.first);
        dom.nodes[last.node].end.max(last.first + 1).min(end)
    });
    let ends = starts.iter().skip(1).copied().chain([end]);
    let items = starts.iter().zip(ends).filter(|(start, end)| **start < *end);
    items.map(|(start, end)| Item { start: *start, end }).collect()
}

/// The outermost element of a section that opens with some words: it may say whose the line is.
fn around(dom: &Dom, section: &Range<NodeIndex>, first: NodeIndex) -> NodeIndex {
    let mut start = first;
    loop {
        let parent = dom.nodes[start].parent;
        let blank = || (parent..start).all(|at| dom.words(at).trim().is_empty());
        if parent < section.start || start - parent > AROUND_NODES_MAX || !blank() {
            return start;
        }
        start = parent;
    }
}

/// How a line opens a contribution.
fn opening(lines: &[&Leaf], at: usize) -> Option<Opens> {
    let whole = lines[at].text.as_str();
    let text = whole.lines().next().unwrap_or_default();
    let stamped = |at: usize| lines.get(at).is_some_and(|leaf| stamp::is_stamp(&leaf.text));
    let words = text.split_whitespace().count();
    let label = |at: usize| lines.get(at).is_some_and(|leaf| turns::is_label(&leaf.text));
    if label(at) {
        // "From:", a name, "Date:", a day: the first label opens.
        let first = !(at >= 2 && label(at - 2));
        return (first && label(at + 2) && stamped(at + 3)).then_some(Opens::NameAndDay);
    }
    if at > 0 && label(at - 1) {
        return None;
    }
    let signature = signed::read(text)
        .or_else(|| signed::read_by(text))
        .or_else(|| signed::heads_prose(whole).map(|(signature, _)| signature));
    match signature {
        Some(signature) if signature.published.is_some() => Some(Opens::NameAndDay),
        Some(_) if stamped(at + 1) => Some(Opens::NameAndDay),
        Some(_) => Some(Opens::Name),
        None if words <= NAME_WORDS_MAX && is_name(text, words) && stamped(at + 1) => {
            Some(Opens::NameAndDay)
        }
        None if strong_name(lines[at]).is_some() => Some(Opens::Name),
        None if stamp::behind_head(text).is_some() && is_name(text, words) => Some(Opens::Name),
        None if stamped(at) && !(at > 0 && is_name(&lines[at - 1].text, words)) => Some(Opens::Day),
        None => None,
    }
}

/// How many of the last lines close a section: links, and what asks readers to write.
fn closing(lines: &[&Leaf]) -> usize {
    let register = Register::shipped();
    let closes = |leaf: &&&Leaf| {
        let link = leaf.link_share() > CLOSING_LINK_SHARE_MIN && !stamp::is_stamp(&leaf.text);
        link || register.border.matches(&leaf.text) || Furniture::shipped().is_notice(&leaf.text)
    };
    lines.iter().rev().take_while(closes).count()
}
