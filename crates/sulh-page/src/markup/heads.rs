//! Takes a page's lines, their kinds and the headline, gives which lines beside the headline say who and when.
//! Invariant: only lines near a heading become byline or dateline, and only from boilerplate or paragraph.

use super::{leaves::Leaf, zones::Zone};
use crate::{stamp, wording};
use std::collections::BTreeSet;
use sulh_model::page::BlockKind;

/// How far from the headline its day and names stand.
const LINES_ABOVE_MAX: usize = 3;
const LINES_BELOW_MAX: usize = 8;

/// Lines of heads are short; those without a day are a name.
const HEAD_WORDS_MAX: usize = 18;
const NAME_WORDS_MAX: usize = 6;

/// A report has a day or two of its own.
const DAYS_OF_LIST_MIN: usize = 3;

/// A paragraph this long ends the head of a report.
const PROSE_WORDS_MIN: usize = 12;

/// Marks bylines and datelines around the headline, and the days under other headings.
pub(super) fn mark(leaves: &[Leaf], kinds: &mut [BlockKind], headline: Option<usize>) {
    let near = if lists_days(leaves, kinds) { 0..0 } else { near(leaves, kinds, headline) };
    for at in 0..leaves.len() {
        let leaf = &leaves[at];
        let plain = matches!(kinds[at], BlockKind::Boilerplate | BlockKind::Paragraph);
        if leaf.zone != Zone::Content || Some(at) == headline {
            continue;
        }
        // Some pages set the day as a heading above the headline's.
        let heading = kinds[at] == BlockKind::Headline && is_day(&leaf.text);
        if near.contains(&at) && (plain || heading) {
            kinds[at] = head(leaf).unwrap_or(kinds[at]);
        } else if kinds[at] == BlockKind::Dateline && head(leaf) == Some(BlockKind::Byline) {
            // "Submitted by the desk on", and the day marked as one.
            kinds[at] = BlockKind::Byline;
        } else if at > 0
            && kinds[at] == BlockKind::Paragraph
            && kinds[at - 1] == BlockKind::Headline
            && is_day(&leaf.text)
        {
            kinds[at] = BlockKind::Dateline;
        }
    }
}

/// True for a list of reports or a chronicle: each of its days is of one entry.
fn lists_days(leaves: &[Leaf], kinds: &[BlockKind]) -> bool {
    let plain = |kind: BlockKind| matches!(kind, BlockKind::Boilerplate | BlockKind::Paragraph);
    let lines = leaves
        .iter()
        .zip(kinds)
        .filter(|(leaf, kind)| leaf.zone == Zone::Content && plain(**kind) && is_day(&leaf.text));
    let days: BTreeSet<&str> = lines.map(|(leaf, _)| leaf.text.as_str()).collect();
    days.len() >= DAYS_OF_LIST_MIN
}

/// Lines that may be the head of the report.
fn near(leaves: &[Leaf], kinds: &[BlockKind], headline: Option<usize>) -> std::ops::Range<usize> {
    let from = headline.unwrap_or(0);
    let prose = |at: &usize| {
        matches!(kinds[*at], BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Comment)
            && leaves[*at].words() >= PROSE_WORDS_MIN
    };
    let most = leaves.len().min(from + LINES_BELOW_MAX);
    let end = (from..most).find(prose).unwrap_or(most);
    from.saturating_sub(LINES_ABOVE_MAX)..end
}

/// What a line of a head is.
fn head(leaf: &Leaf) -> Option<BlockKind> {
    let text = leaf.text.as_str();
    if is_day(text) {
        return Some(BlockKind::Dateline);
    }
    if leaf.words() > HEAD_WORDS_MAX || wording::ends_sentence(text) || leaf.link_share() > 0.9 {
        return None;
    }
    let opened = stamp::without_opening(text).len() < text.len();
    let dated = stamp::day(text).is_some() || stamp::either_day(text).is_some();
    let handed = || stamp::behind_opening(text).is_some();
    match () {
        () if opened && (dated || leaf.words() <= NAME_WORDS_MAX) => Some(BlockKind::Byline),
        () if dated && stamp::is_labelled(text) && handed() => Some(BlockKind::Byline),
        () if dated && stamp::is_labelled(text) => Some(BlockKind::Dateline),
        () => None,
    }
}

/// A day and nothing else.
fn is_day(text: &str) -> bool {
    stamp::is_stamp(text) && (stamp::day(text).is_some() || stamp::either_day(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<BlockKind>) {
        let leaf = Leaf { text: text.to_owned(), ..Leaf::new(0, Zone::Content) };
        assert_eq!(head(&leaf), expected, "{text}");
    }

    #[test]
    fn lines_of_heads() {
        check("Saturday, March 14, 2009", Some(BlockKind::Dateline));
        check("Posted 17 May 2003 by the coast editors", Some(BlockKind::Byline));
        check("Submitted by desk on Tue, 12/14/2010 - 10:12", Some(BlockKind::Byline));
        check("Por la redacción", Some(BlockKind::Byline));
        check("By the river the two armies met, and neither of them fired a shot", None);
        check("Both armies met on 17 May 2003", None);
        check("14:20", None);
    }
}
