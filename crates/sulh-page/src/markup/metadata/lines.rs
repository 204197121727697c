//! Takes the lines of a page that say who wrote it and when, gives the names and days in them.
//! Invariant: what stands behind a word of change ("Updated:") is a day of change, never of publication.

use super::people;
use crate::{draft::Draft, stamp, wording};
use jiff::civil::Date;
use sulh_model::{
    edtf::Edtf,
    imprint::{Told, ToldIn},
    page::{Block, BlockKind},
    span::Span,
    time::UncertainDate,
};

/// A longer line is prose.
const LINE_CHARS_MAX: usize = 160;

/// Lines between the headline and its day: sections, pictures, buttons.
const LINES_ABOVE_MAX: usize = 3;
const LINES_BELOW_MAX: usize = 8;

/// Place, day and agency before a paragraph.
const SLUG_CHARS_MAX: usize = 60;
const PLACE_WORDS_MAX: usize = 4;

/// A line of frame that says more is about something else.
const HEAD_WORDS_MAX: usize = 14;

/// Before the figures of a day stand its month and one more word ("on").
const DAY_WORDS_BEFORE_MAX: usize = 2;

/// A name that stands alone.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// What the lines say.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub authors: Vec<Told<String>>,
    pub published: Vec<Told<UncertainDate>>,
    pub modified: Vec<Told<UncertainDate>>,
    /// Two days a line can mean, with its words.
    pub unsure: Vec<(Span, Date, Date)>,
}

/// Reads a page's heads.
pub(super) fn of(draft: &Draft) -> Lines {
    let mut lines = Lines::default();
    let mut far: Vec<Told<UncertainDate>> = Vec::new();
    for (block, near) in heads(draft) {
        let words = block.span.of(&draft.text);
        let plain = !matches!(block.kind, BlockKind::Byline | BlockKind::Dateline);
        if !near && plain && !is_signed(words) {
            continue;
        }
        let slug = slug(words).filter(|_| near);
        let (words, marked) = match (block.kind, slug) {
            (BlockKind::Byline | BlockKind::Dateline, _) => (words, true),
            (_, Some(slug)) => (slug, true),
            (BlockKind::Headline, None) => continue,
            _ => (words, false),
        };
        if !wording::at_most_chars(words, LINE_CHARS_MAX) {
            continue;
        }
        let (posted, changed) = stamp::parts(words);
        for (part, published) in [(posted, true), (changed, false)] {
            let Some(part) = part.map(str::trim).filter(|part| !part.is_empty()) else { continue };
            let says = near && says_when(part);
            if !marked && !says {
                if published && is_signed(part) {
                    far.extend(told_day(part, block));
                }
                continue;
            }
            if let Some(day) = told_day(part, block) {
                let days = if published { &mut lines.published } else { &mut lines.modified };
                days.push(day);
            } else if let Some((one, other)) = stamp::either_day(part).filter(|_| published) {
                lines.unsure.push((block.span, one, other));
            }
        }
        if lines.authors.is_empty() && (near || marked) {
            lines.authors = authors(words, block.kind == BlockKind::Byline);
        }
    }
    // Away from the headline only a day that is the same wherever it is said so.
    let one = far.windows(2).all(|pair| pair[0].value.edtf == pair[1].value.edtf);
    if lines.published.is_empty() && one {
        lines.published = far;
    }
    lines
}

/// What stands before a paragraph's or a headline's first words and says when: "GAO, 3 October 2020 (Wire) - They met".
fn slug(line: &str) -> Option<&str> {
    let head = line.char_indices().nth(SLUG_CHARS_MAX).map_or(line, |(at, _)| &line[..at]);
    let end = [" - ", " – ", " — ", ": "].iter().filter_map(|border| head.find(border)).min()?;
    let slug = &line[..end];
    let bare = slug.split_once('(').map_or(slug, |(bare, _)| bare).trim();
    let is_day = |words: &str| stamp::is_stamp(words) && stamp::day(words).is_some();
    // A comma stands between place and day; "Talks on 3 October 2020 - and after" is a sentence.
    let behind_place = || {
        bare.match_indices(',').any(|(at, _)| {
            bare[..at].split_whitespace().count() <= PLACE_WORDS_MAX && is_day(&bare[at + 1..])
        })
    };
    (is_day(bare) || behind_place()).then_some(slug)
}

fn told_day(words: &str, block: &Block) -> Option<Told<UncertainDate>> {
    let edtf = Edtf::day(stamp::day(words)?);
    let value = UncertainDate { edtf, wording: words.to_owned(), span: Some(block.span) };
    Some(Told { value, told_in: ToldIn::Dateline })
}

/// Lines that may say who and when, and whether they stand by the headline.
fn heads(draft: &Draft) -> impl Iterator<Item = (&Block, bool)> {
    let blocks = &draft.blocks;
    let headline = blocks.iter().position(|block| block.kind == BlockKind::Headline);
    let near = headline.map_or(0..0, |headline| {
        let prose = |block: &Block| {
            block.kind == BlockKind::Paragraph
                && !wording::at_most_chars(block.span.of(&draft.text), LINE_CHARS_MAX)
        };
        let below = blocks[headline..].iter().take(LINES_BELOW_MAX);
        // The first paragraph may open with place and day.
        let below = below.take_while(|block| !prose(block)).count() + 1;
        headline.saturating_sub(LINES_ABOVE_MAX)..headline + below
    });
    blocks.iter().enumerate().filter_map(move |(at, block)| match block.kind {
        BlockKind::Byline | BlockKind::Dateline => Some((block, near.contains(&at))),
        BlockKind::Boilerplate | BlockKind::Paragraph | BlockKind::Headline => {
            Some((block, near.contains(&at)))
        }
        _ => None,
    })
}

/// True for a line that says when beside its other words, set off from them: "Gao · 3 October 2020",
/// "Posted by Ann on 3 October 2020".
fn says_when(line: &str) -> bool {
    let day = |part: &str| {
        let part = part.trim();
        stamp::is_stamp(part) && (stamp::day(part).is_some() || stamp::either_day(part).is_some())
    };
    let short = line.split_whitespace().count() <= HEAD_WORDS_MAX;
    is_signed(line)
        || short
            && (day(line)
                || line.split(['|', '•', '·', '–', '—', '/', '\n']).any(day)
                || line.split(',').any(day))
}

/// True for a short line that opens with what hands over to a name or a day: "Published 3 October 2020".
fn is_signed(line: &str) -> bool {
    let opened = stamp::without_opening(line).len() < line.len();
    (opened || stamp::is_labelled(line)) && line.split_whitespace().count() <= HEAD_WORDS_MAX
}

/// The names of a line that opens with "By", or that is marked as the author's and is a name alone.
fn authors(line: &str, marked: bool) -> Vec<Told<String>> {
    let opened = stamp::without_opening(line);
    let opened = Some(opened).filter(|rest| rest.len() < line.len());
    let opened = opened.or_else(|| stamp::behind_opening(line).filter(|_| marked));
    if opened.is_none() && !marked || line.split_whitespace().count() > HEAD_WORDS_MAX {
        return Vec::new();
    }
    let (names, opened) = (opened.unwrap_or(line), opened.is_some());
    let names = if stamp::day(line).is_some() { without_day(names) } else { names };
    let end = names.find(|c: char| c.is_ascii_digit() || "\n|·•(–—".contains(c));
    let names = &names[..end.unwrap_or(names.len())];
    let upper = |word: &str| word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    let alone = |name: &str| {
        NAME_WORDS.contains(&name.split_whitespace().count()) && name.split_whitespace().all(upper)
    };
    let named = |name: &String| if opened && marked { upper(name) } else { alone(name) };
    let names = people::names(names).into_iter().filter(named);
    names.map(|value| Told { value, told_in: ToldIn::Byline }).collect()
}

/// The name of a line with a day: what stands behind the day it opens with, and before the next one.
fn without_day(line: &str) -> &str {
    let words: Vec<&str> = line.split_whitespace().collect();
    let figures = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let opening = words.iter().take_while(|word| stamp::is_of_day(word)).count();
    // "March Writer" may be a name: words of a day without figures are none.
    let first = words[..opening].iter().rposition(figures).map_or(0, |at| at + 1);
    let Some(next) = words[first..].iter().position(figures) else {
        return words.get(first).map_or("", |word| &line[start_of(line, word)..]);
    };
    let mut end = first + next;
    while end > first
        && first + next - end < DAY_WORDS_BEFORE_MAX
        && stamp::is_of_day(words[end - 1])
    {
        end -= 1;
    }
    match (words.get(first), words.get(end)) {
        (Some(name), Some(day)) => line[start_of(line, name)..start_of(line, day)].trim(),
        _ => "",
    }
}

/// Where a word of a line stands.
fn start_of(line: &str, word: &str) -> usize {
    word.as_ptr() as usize - line.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::origin::Trail;

    fn check(kind: BlockKind, line: &str, expected: &str) {
        let mut draft = Draft::default();
        let span = draft.write_line(line, None, |_| Trail::new());
        draft.place(Block::new(kind, span));
        let lines = of(&draft);
        let days = |days: &[Told<UncertainDate>]| {
            days.iter().map(|day| day.value.edtf.to_string()).collect::<Vec<_>>().join("+")
        };
        let names: Vec<&str> = lines.authors.iter().map(|name| name.value.as_str()).collect();
        let unsure = lines.unsure.iter().map(|(_, one, other)| format!("{one}?{other}"));
        let told = [
            names.join("+"),
            days(&lines.published),
            days(&lines.modified),
            unsure.collect::<String>(),
        ];
        assert_eq!(told.join("|"), expected, "{line}");
    }

    #[test]
    fn lines_say_who_and_when() {
        use BlockKind::{Byline, Dateline};
        check(
            Byline,
            "By Ann Writer and Bo Editor - 3 October 2020",
            "Ann Writer+Bo Editor|2020-10-03||",
        );
        check(Byline, "By Lake desk July 8, 2019", "Lake desk|2019-07-08||");
        check(Byline, "Von Ute Beispiel, 26. März 2004", "Ute Beispiel|2004-03-26||");
        check(
            Dateline,
            "Published: 3 October 2020 - Updated: 5 October 2020",
            "|2020-10-03|2020-10-05|",
        );
        check(Dateline, "Last modified 5 October 2020", "||2020-10-05|");
        check(
            Dateline,
            "Aktualisiert: 05.10.2020, erstellt: 03.10.2020",
            "|2020-10-03|2020-10-05|",
        );
        check(Dateline, "03/04/2021", "|||2021-03-04?2021-04-03");
        check(Byline, "Ann Writer 3 October 2020", "Ann Writer|2020-10-03||");
        check(Byline, "28. Jan. 2022 Paula Beispiel", "Paula Beispiel|2022-01-28||");
        check(
            Dateline,
            "By Amelie Marie Beispiel Feb 8, 2020 5 min read",
            "Amelie Marie Beispiel|2020-02-08||",
        );
        check(Byline, "Posted on 15 April 2016 by LD", "LD|2016-04-15||");
        check(BlockKind::Headline, "23.01.2022 - They meet again", "|2022-01-23||");
        check(
            BlockKind::Headline,
            "GAO, Mali, October 3, 2020 (Wire) - They meet",
            "|2020-10-03||",
        );
        check(BlockKind::Headline, "Talks of 3 October 2020 fail - again", "|||");
        check(Byline, "How he lives now", "|||");
    }
}
