//! Takes the stream of a WARC file, gives its records one by one, and in one sentence what is damaged between them.
//! Invariant: one record is held, within limits; after damage the next whole record goes on; a length that is wrong
//! neither swallows the next record nor loses this one.

use super::{
    fields::{Fields, end_of_header},
    unpack::{Damage, Piece, Unpack},
};
use std::{
    collections::VecDeque,
    io::{self, Read},
};

/// The longest header of a record: digests and an address, which crawlers cut at some thousand bytes.
const HEADER_BYTES_MAX: usize = 256 << 10;

/// The most of a record that is kept; the longest pages met have 5 MiB. The rest is passed over.
const RECORD_BYTES_MAX: usize = 32 << 20;

/// What is said of a page that damage was met in.
const DAMAGED: &str = "The archive is damaged or cut at this page; what could be read was read.";

/// What every record begins with.
const MARK: &[u8] = b"WARC/";

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    pub fields: Fields,
    pub content: Vec<u8>,
    /// Why `content` is not the whole of it, if so.
    pub lacks: Option<&'static str>,
}

/// A record, or what is wrong in its place.
#[derive(Debug)]
pub(super) enum Step {
    Record(Box<Record>),
    Trouble(RecordError),
}

/// What is wrong at a place of an archive.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A packed stretch is damaged.
    #[error(
        "damaged at byte {byte} ({damage}); what came before was read, what follows was read from the next whole record on"
    )]
    Damaged {
        /// Where, in the file.
        byte: u64,
        /// What is wrong.
        damage: Damage,
    },
    /// It ends inside a record.
    #[error(
        "ends at byte {byte} inside a record; what came before was read, get the whole archive"
    )]
    Cut {
        /// Where, in the file.
        byte: u64,
    },
    /// No record stands where one should.
    #[error("at byte {byte} stands no record; what follows was read from the next record on")]
    NoRecord {
        /// Where, in the file.
        byte: u64,
    },
    /// A header is too long.
    #[error("the record at byte {byte} has a header longer than {max} KiB and was left out", max = HEADER_BYTES_MAX >> 10)]
    HeaderTooLong {
        /// Where, in the file.
        byte: u64,
    },
    /// A length is wrong.
    #[error(
        "the record at byte {byte} says a length that is not its own ({told}); it was read up to the next record"
    )]
    WrongLength {
        /// Where, in the file.
        byte: u64,
        /// What it says.
        told: String,
    },
}

/// The records of a stream.
pub(super) struct Records<R> {
    unpack: Unpack<R>,
    /// Text that was unpacked and not passed over yet.
    ahead: Vec<u8>,
    start: usize,
    /// Position in the text of the first byte ahead.
    position: u64,
    /// Where members begin, in the text and in the file.
    borders: VecDeque<(u64, u64)>,
    /// Where the text is broken off, and why.
    gaps: VecDeque<(u64, RecordError)>,
    ended: bool,
    waiting: Option<RecordError>,
    /// Up to here no record begins in what another claims as its own: a file of wrong lengths is searched once.
    searched: u64,
}

/// Where the content of a record ends.
struct Content {
    length: usize,
    lacks: Option<&'static str>,
    trouble: Option<RecordError>,
    /// Bytes beyond the limit that belong to it.
    skip: u64,
}

impl<R: Read> Records<R> {
    pub fn new(from: R) -> Self {
        Self {
            unpack: Unpack::new(from),
            ahead: Vec::new(),
            start: 0,
            position: 0,
            borders: VecDeque::new(),
            gaps: VecDeque::new(),
            ended: false,
            waiting: None,
            searched: 0,
        }
    }

    /// The next record or trouble; nothing at the end.
    pub fn next(&mut self) -> io::Result<Option<Step>> {
        if let Some(trouble) = self.waiting.take() {
            return Ok(Some(Step::Trouble(trouble)));
        }
        loop {
            self.fill(MARK.len())?;
            if let Some((_, trouble)) = self.gaps.pop_front_if(|(at, _)| *at <= self.position) {
                return Ok(Some(Step::Trouble(trouble)));
            }
            let here = self.here();
            let blank = here.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if blank > 0 {
                self.pass(blank);
            } else if here.is_empty() {
                return Ok(None);
            } else if here.starts_with(MARK) {
                return self.record().map(Some);
            } else {
                let byte = self.file_byte();
                self.pass_to_mark()?;
                return Ok(Some(Step::Trouble(RecordError::NoRecord { byte })));
            }
        }
    }

    fn record(&mut self) -> io::Result<Step> {
        let byte = self.file_byte();
        let Some(header) = self.header()? else {
            let stretch = self.stretch();
            let is_last = self.ended && stretch == self.here().len();
            self.pass(MARK.len());
            self.pass_to_mark()?;
            let trouble = match self.gaps.pop_front_if(|(at, _)| *at <= self.position) {
                Some((_, gap)) => gap,
                None if stretch >= HEADER_BYTES_MAX => RecordError::HeaderTooLong { byte },
                None if is_last => RecordError::Cut { byte: self.unpack.position() },
                None => RecordError::NoRecord { byte },
            };
            return Ok(Step::Trouble(trouble));
        };
        let fields = Fields::read(&self.here()[..header]);
        self.pass(header);
        let content = self.content(fields.get("content-length"), byte)?;
        let bytes = self.here()[..content.length].to_vec();
        self.pass(content.length);
        let skipped = self.skip(content.skip)?;
        self.waiting = content.trouble.or_else(|| {
            (skipped < content.skip).then(|| RecordError::Cut { byte: self.unpack.position() })
        });
        Ok(Step::Record(Box::new(Record { fields, content: bytes, lacks: content.lacks })))
    }

    /// How long the header is, nothing when it does not end within the limit.
    fn header(&mut self) -> io::Result<Option<usize>> {
        let mut wanted = 4 << 10;
        loop {
            self.fill(wanted)?;
            let stretch = self.stretch().min(HEADER_BYTES_MAX);
            if let Some(end) = end_of_header(&self.here()[..stretch]) {
                return Ok(Some(end));
            }
            if stretch < wanted || wanted >= HEADER_BYTES_MAX {
                return Ok(None);
            }
            wanted *= 2;
        }
    }

    fn content(&mut self, told: Option<&str>, byte: u64) -> io::Result<Content> {
        let length = told.and_then(|told| told.parse::<u64>().ok());
        let Some(length) = length else { return self.content_to_next(None, told, byte) };
        let kept = usize::try_from(length).unwrap_or(usize::MAX).min(RECORD_BYTES_MAX);
        // Behind the content stand two ends of line, then the next record or nothing.
        self.fill(kept + 4 + MARK.len())?;
        let stretch = self.stretch();
        if stretch < kept {
            return self.content_to_next(Some(kept), told, byte);
        }
        let skip = length - kept as u64;
        if skip > 0 {
            let lacks =
                Some("The page is longer than a record may be here; the rest was not read.");
            return Ok(Content { length: kept, lacks, trouble: None, skip });
        }
        if !self.is_border(kept, stretch) {
            return self.content_to_next(Some(kept), told, byte);
        }
        let broken = self.gap_at(stretch) && stretch <= kept + 4;
        Ok(Content { length: kept, lacks: broken.then_some(DAMAGED), trouble: None, skip: 0 })
    }

    /// The length is wrong, or the archive is cut or damaged in this record: another record in what it claims as its
    /// own is the better witness.
    fn content_to_next(
        &mut self,
        kept: Option<usize>,
        told: Option<&str>,
        byte: u64,
    ) -> io::Result<Content> {
        self.fill(RECORD_BYTES_MAX)?;
        let stretch = self.stretch();
        let whole = stretch.min(RECORD_BYTES_MAX);
        let here = &self.here()[..whole];
        let searched =
            usize::try_from(self.searched.saturating_sub(self.position)).unwrap_or(whole);
        let mark = mark_in(here, searched.saturating_sub(MARK.len()).min(whole));
        if mark.is_none() {
            self.searched = self.position + whole as u64;
        }
        let here = &self.here()[..whole];
        let told = told.unwrap_or("none").chars().take(40).collect();
        let wrong = Some(RecordError::WrongLength { byte, told });
        let is_last = stretch == self.here().len() && self.ended;
        let (length, lacks, trouble) = match (mark, kept) {
            (Some(length), _) => (length, None, wrong),
            // The gap is told next.
            _ if self.gap_at(stretch) => (whole, Some(DAMAGED), None),
            (None, Some(kept)) if kept < stretch => (kept, None, wrong),
            (None, Some(_)) if is_last => {
                let lacks = "The archive breaks off inside this page; what came before was read.";
                (whole, Some(lacks), Some(RecordError::Cut { byte: self.unpack.position() }))
            }
            // Everything up to the end, or to the next member, is its own.
            (None, _) => (trimmed(here), None, wrong),
        };
        Ok(Content { length, lacks, trouble, skip: 0 })
    }

    /// True where the text is broken off after so many bytes.
    fn gap_at(&self, count: usize) -> bool {
        self.gaps.front().is_some_and(|(at, _)| *at == self.position + count as u64)
    }

    /// True when a record may end here: an empty line, the next record, the next member or nothing follows.
    fn is_border(&self, at: usize, stretch: usize) -> bool {
        let rest = &self.here()[at..stretch];
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let lines = rest[..blank].iter().filter(|byte| **byte == b'\n').count();
        lines >= 2 || blank == rest.len() || rest[blank..].starts_with(MARK)
    }

    /// Passes over everything up to the next record, to the next gap or to the end.
    fn pass_to_mark(&mut self) -> io::Result<()> {
        loop {
            self.fill(64 << 10)?;
            let stretch = self.stretch();
            let here = &self.here()[..stretch];
            let next =
                here.windows(MARK.len() + 1).position(|six| six[0] == b'\n' && six[1..] == *MARK);
            if let Some(at) = next {
                self.pass(at + 1);
                return Ok(());
            }
            let is_last = stretch < (64 << 10);
            self.pass(if is_last { stretch } else { stretch - MARK.len() });
            if is_last {
                return Ok(());
            }
        }
    }

    fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            self.fill(1)?;
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(self.stretch());
            if step == 0 {
                break;
            }
            self.pass(step);
            left -= step as u64;
        }
        Ok(count - left)
    }

    fn here(&self) -> &[u8] {
        &self.ahead[self.start..]
    }

    /// How much of what is ahead hangs together: up to a gap, or to a member that begins as a record does.
    fn stretch(&self) -> usize {
        let ahead = self.here();
        let offset = |at: u64| {
            let offset = usize::try_from(at.saturating_sub(self.position));
            offset.unwrap_or(usize::MAX).min(ahead.len())
        };
        let gap = self.gaps.front().map_or(ahead.len(), |(at, _)| offset(*at));
        let borders = self.borders.iter().map(|(at, _)| offset(*at));
        let border = borders.filter(|at| *at > 0 && ahead[*at..].starts_with(MARK)).min();
        gap.min(border.unwrap_or(usize::MAX))
    }

    /// Unpacks until so many bytes hang together, or no more of them come.
    fn fill(&mut self, count: usize) -> io::Result<()> {
        while self.here().len() < count && self.gaps.is_empty() && !self.ended {
            if self.start > 1 << 20 {
                self.ahead.drain(..self.start);
                self.start = 0;
            }
            let file = self.unpack.position();
            let piece = self.unpack.next(&mut self.ahead)?;
            let at = self.position + self.here().len() as u64;
            match piece {
                Piece::Text => {}
                Piece::Border => {
                    // A border counts where a record begins at it, or where we stand: a file of a million tiny members
                    // cannot fill the memory with borders.
                    let (position, here) = (self.position, &self.ahead[self.start..]);
                    self.borders.pop_back_if(|(last, _)| {
                        let text = usize::try_from(last.saturating_sub(position))
                            .ok()
                            .and_then(|at| here.get(at..));
                        *last == at
                            || (*last > position
                                && !text.is_some_and(|text| text.starts_with(MARK)))
                    });
                    self.borders.push_back((at, file));
                }
                Piece::Damage(damage) => {
                    let byte = self.unpack.position();
                    let trouble = match damage {
                        Damage::Cut => RecordError::Cut { byte },
                        damage => RecordError::Damaged { byte, damage },
                    };
                    self.gaps.push_back((at, trouble));
                }
                Piece::End => self.ended = true,
            }
        }
        Ok(())
    }

    fn pass(&mut self, count: usize) {
        self.start += count;
        self.position += count as u64;
        while self.borders.get(1).is_some_and(|(at, _)| *at <= self.position) {
            self.borders.pop_front();
        }
    }

    /// Where in the file the text ahead stands: of packed text the beginning of its member, or how far was read.
    fn file_byte(&self) -> u64 {
        if self.unpack.is_plain() {
            return self.position;
        }
        let border = self.borders.front().filter(|(at, _)| *at == self.position);
        border.map_or(self.unpack.position(), |(_, file)| *file)
    }
}

/// Where a record begins in what another claims as its own: the end of the content before it. Nothing before `from`
/// is looked at but ends of line.
fn mark_in(bytes: &[u8], mut from: usize) -> Option<usize> {
    let is_mark = |six: &[u8]| six[0] == b'\n' && six[1..] == *MARK;
    while let Some(at) = bytes.get(from..)?.windows(MARK.len() + 1).position(is_mark) {
        let before = trimmed(&bytes[..from + at + 1]);
        // One end of line may be the content's own; two stand before a record.
        if from + at + 1 - before >= 2 {
            return Some(before);
        }
        from += at + 1;
    }
    None
}

/// The length without the ends of line at the end, four bytes at most.
fn trimmed(bytes: &[u8]) -> usize {
    let ends = bytes.iter().rev().take(4).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    bytes.len() - ends
}
