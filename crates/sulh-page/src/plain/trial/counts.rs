//! Takes a page written down and its plain text split again, gives how much of it is where it belongs.
//! Invariant: lines are compared, for pseudonyms change the bytes of a text and never its lines.

use super::written::{Whose, Written};
use crate::{feed::words::spaced, score::Extracted};
use std::collections::BTreeMap;
use sulh_model::{
    note::NoteCode,
    page::{BlockKind, Page},
};

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    part: usize,
    whole: usize,
}

impl Share {
    fn add(&mut self, part: usize, whole: usize) {
        self.part += part;
        self.whole += whole;
    }

    fn one(&mut self, good: bool) {
        self.add(usize::from(good), 1);
    }
}

/// What was counted of some pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    readers_found: Share,
    article_kept: Share,
    border_right: Share,
    border_right_or_noted: Share,
    border_near: Share,
    one_by_one: Share,
    marked_found: Share,
    alone_right: Share,
    alone_right_or_noted: Share,
    alone_unnoted: Share,
    alone_kept: Share,
}

/// What the plain reader made of the lines.
struct Lines {
    /// The comment or advert each line lies in.
    comment: Vec<Option<usize>>,
    /// The line is in a reader's comment, and in no advert.
    opinion: Vec<bool>,
    /// The line is the article's.
    article: Vec<bool>,
    comments: usize,
    /// Where a border is, or a note that there may be one.
    told: Vec<usize>,
}

/// A reviewer who looks at a border sees so many paragraphs around it.
const NEAR_PARAGRAPHS: usize = 2;

impl Counts {
    /// Counts a page; true when article and readers were told apart everywhere.
    pub fn count(&mut self, written: &Written, page: &Page, marked: &[String]) -> bool {
        let lines = Lines::of(page, written.lines.len());
        let taken = paragraphs(written.article, &written.lines, |whose| match whose {
            Whose::Article(number) => Some(number),
            _ => None,
        });
        let kept = taken.iter().filter(|of| of.iter().all(|line| lines.article[*line])).count();
        let lost = taken.iter().flatten().any(|line| lines.opinion[*line]);
        let noted = page.notes.iter().any(|note| note.code == NoteCode::BlockUnsure);
        if written.readers == 0 {
            self.alone_right.one(!lost);
            self.alone_right_or_noted.one(!lost || noted);
            self.alone_unnoted.one(!lost && !noted);
            self.alone_kept.add(kept, written.article);
            return !lost;
        }
        let readers = paragraphs(written.readers, &written.lines, |whose| match whose {
            Whose::Reader(_, number) => Some(number),
            _ => None,
        });
        let found = |of: &&Vec<usize>| of.iter().all(|line| lines.comment[*line].is_some());
        let right = !lost && readers.first().is_some_and(|first| found(&first));
        self.readers_found.add(readers.iter().filter(found).count(), written.readers);
        self.article_kept.add(kept, written.article);
        self.border_right.one(right);
        self.border_right_or_noted.one(right || noted);
        self.border_near.one(right || lines.is_near(written));
        self.one_by_one.add(lines.one_by_one(written), written.comments);
        self.count_marked(written, page, marked);
        right
    }

    /// Stretches people marked that stand in the text, found where no other reader's words are.
    fn count_marked(&mut self, written: &Written, page: &Page, marked: &[String]) {
        let text = spaced(&written.text);
        let split = Extracted::from(page);
        for stretch in marked.iter().map(|stretch| spaced(stretch)) {
            if text.contains(&stretch) {
                self.marked_found.one(split.has_comment(&stretch));
            }
        }
    }

    /// Shares in per cent; those of nothing are left out.
    pub fn shares(&self) -> BTreeMap<&'static str, f64> {
        let all = [
            ("readers-found", self.readers_found),
            ("article-kept", self.article_kept),
            ("border-right", self.border_right),
            ("border-right-or-noted", self.border_right_or_noted),
            ("border-near", self.border_near),
            ("one-by-one", self.one_by_one),
            ("marked-found", self.marked_found),
            ("no-readers/right", self.alone_right),
            ("no-readers/right-or-noted", self.alone_right_or_noted),
            ("no-readers/right-and-unnoted", self.alone_unnoted),
            ("no-readers/article-kept", self.alone_kept),
        ];
        let told = all.into_iter().filter(|(_, share)| share.whole > 0);
        told.map(|(name, share)| (name, share.part as f64 * 100.0 / share.whole as f64)).collect()
    }

    /// How many there were.
    pub fn numbers(&self) -> BTreeMap<&'static str, f64> {
        [
            ("pages-with-readers", self.border_right),
            ("pages-without-readers", self.alone_right),
            ("comments", self.one_by_one),
            ("readers-paragraphs", self.readers_found),
            ("article-paragraphs", self.article_kept),
            ("marked-in-text", self.marked_found),
        ]
        .into_iter()
        .map(|(name, share)| (name, share.whole as f64))
        .collect()
    }
}

/// The lines of each of so many paragraphs.
fn paragraphs(
    count: usize,
    lines: &[Whose],
    number: impl Fn(Whose) -> Option<usize>,
) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); count];
    for (at, whose) in lines.iter().enumerate() {
        if let Some(lines) = number(*whose).and_then(|number| found.get_mut(number)) {
            lines.push(at);
        }
    }
    found
}

impl Lines {
    fn of(page: &Page, count: usize) -> Self {
        let breaks: Vec<usize> = page.text.match_indices('\n').map(|(at, _)| at).collect();
        let line = |byte: usize| breaks.partition_point(|at| *at < byte);
        let (comment, opinion) = (vec![None; count], vec![false; count]);
        let mut lines =
            Self { comment, opinion, article: vec![false; count], comments: 0, told: Vec::new() };
        for block in page.blocks.iter().filter(|block| block.parent.is_none()) {
            let reader = matches!(block.kind, BlockKind::Comment | BlockKind::Advert);
            let framing = matches!(block.kind, BlockKind::Boilerplate | BlockKind::Caption);
            let end = line(block.span.end()).min(count.saturating_sub(1));
            for at in line(block.span.start())..=end {
                if reader {
                    lines.comment[at] = Some(lines.comments);
                }
                lines.opinion[at] = block.kind == BlockKind::Comment;
                lines.article[at] = !reader && !framing;
            }
            lines.comments += usize::from(reader);
        }
        let notes = page.notes.iter().filter(|note| note.code == NoteCode::BlockUnsure);
        lines.told.extend(notes.map(|note| line(note.span.start())));
        lines.told.extend(lines.opinion.iter().position(|opinion| *opinion));
        lines
    }

    /// True when a border or a note stands near the true border.
    fn is_near(&self, written: &Written) -> bool {
        let truly = written.readers_from().map(|line| written.paragraphs_before(line));
        self.told.iter().any(|line| {
            let told = written.paragraphs_before(*line);
            truly.is_some_and(|truly| truly.abs_diff(told) <= NEAR_PARAGRAPHS)
        })
    }

    /// How many comments are one comment again, and nothing else with them.
    fn one_by_one(&self, written: &Written) -> usize {
        // Comment of the markup and comment of the split, wherever both have one.
        let mut pairs = std::collections::BTreeSet::new();
        for (whose, found) in written.lines.iter().zip(&self.comment) {
            let reader = match whose {
                Whose::Reader(comment, _) => Some(*comment),
                Whose::Blank => continue,
                _ => None,
            };
            if reader.is_some() || found.is_some() {
                pairs.insert((reader, *found));
            }
        }
        let (mut truly, mut split) = (BTreeMap::new(), BTreeMap::new());
        for (reader, found) in &pairs {
            *truly.entry(*reader).or_insert(0) += 1;
            *split.entry(*found).or_insert(0) += 1;
        }
        let alone = |(reader, found): &&(Option<usize>, Option<usize>)| {
            reader.is_some() && found.is_some() && truly[reader] == 1 && split[found] == 1
        };
        pairs.iter().filter(alone).count()
    }
}
