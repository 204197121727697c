//! Takes a stream that is plain, or packed by gzip or zstd member by member, gives its text piece by piece.
//! Invariant: never more than one piece is held; a damaged member ends at once and the next whole one goes on; what
//! unpacks beyond the limits is told and left.

use super::window::Window;
use flate2::{Crc, Decompress, FlushDecompress};
use std::io::{self, Read};
use zstd::stream::raw::{Decoder, Operation};

/// Up to here nobody asks how well something is packed.
const FREE_BYTES: u64 = 8 << 20;

/// Pages are packed to a tenth, lists that repeat themselves to a hundredth; a bomb to less than a thousandth.
pub(super) const RATIO_MAX: u64 = 200;

/// The most that one file is unpacked to: a thousand times what crawlers put into one.
const FILE_BYTES_MAX: u64 = 1 << 40;

/// The longest dictionary of a zstd archive; those met have some 100 KiB.
const DICTIONARY_BYTES_MAX: usize = 4 << 20;

/// How much of the header of a gzip member is looked at: it may hold a name and a comment.
const GZIP_HEADER_BYTES_MAX: usize = 64 << 10;

/// What a step brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text was added.
    Text,
    /// A member begins; the text after this is its own.
    Border,
    /// The member is damaged: no more text of it comes.
    Damage(Damage),
    /// Nothing more comes.
    End,
}

/// What is wrong with a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Damage {
    /// It ends in the middle.
    #[error("the packed bytes end in the middle")]
    Cut,
    /// Its bytes are not what its packing says.
    #[error("the packed bytes are damaged")]
    Packing,
    /// Its checksum does not hold.
    #[error("the checksum of the packed bytes does not hold")]
    Checksum,
    /// It unpacks to far more than anybody writes.
    #[error("it unpacks to more than {RATIO_MAX} times its length, as only a bomb does")]
    Bomb,
    /// Something else stands where a member should.
    #[error("something else stands between the packed bytes")]
    NoMember,
    /// The whole file unpacks to too much.
    #[error("the file unpacks to more than {max} GiB", max = FILE_BYTES_MAX >> 30)]
    TooLarge,
}

/// True where a file begins as a packed one does.
pub(super) fn is_packed(head: &[u8]) -> bool {
    head.starts_with(&GZIP) || head.starts_with(&ZSTD) || is_skippable(head)
}

const GZIP: [u8; 3] = [0x1F, 0x8B, 8];
const ZSTD: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// The skippable frame in which the archive's dictionary stands.
const DICTIONARY: [u8; 4] = [0x5D, 0x2A, 0x4D, 0x18];

fn is_skippable(head: &[u8]) -> bool {
    head.len() >= 4 && head[0] & 0xF0 == 0x50 && head[1..4] == DICTIONARY[1..]
}

enum Member {
    Gzip { inflate: Box<Decompress>, crc: Box<Crc> },
    Zstd(Box<Decoder<'static>>),
}

enum State {
    Start,
    Plain,
    /// Between members.
    Between,
    /// Looking for a whole member after a damaged one.
    Lost,
    Inside {
        member: Member,
        from: u64,
        written: u64,
    },
    Ended,
}

/// A stream on its way out of its packing.
pub(super) struct Unpack<R> {
    window: Window<R>,
    state: State,
    dictionary: Vec<u8>,
    written: u64,
}

/// What a member gave in one step.
struct Step {
    read: usize,
    written: usize,
    ended: bool,
}

impl<R: Read> Unpack<R> {
    pub fn new(from: R) -> Self {
        let window = Window::new(from);
        Self { window, state: State::Start, dictionary: Vec::new(), written: 0 }
    }

    /// How many bytes of the file were read.
    pub const fn position(&self) -> u64 {
        self.window.position()
    }

    /// True when there is no packing to take off.
    pub const fn is_plain(&self) -> bool {
        matches!(self.state, State::Plain)
    }

    /// Adds the next piece of text to `into`, or says what stands in its place.
    pub fn next(&mut self, into: &mut Vec<u8>) -> io::Result<Piece> {
        if self.written > FILE_BYTES_MAX && !self.is_plain() && !matches!(self.state, State::Ended)
        {
            self.state = State::Ended;
            return Ok(Piece::Damage(Damage::TooLarge));
        }
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Start => {
                let head = self.window.at_least(4)?;
                self.state = if is_packed(head) { State::Between } else { State::Plain };
                if self.is_plain() { Ok(Piece::Border) } else { self.next(into) }
            }
            State::Plain => {
                let here = self.window.at_least(1)?;
                let length = here.len();
                into.extend_from_slice(here);
                self.window.pass(length);
                self.state = State::Plain;
                Ok(if length == 0 { Piece::End } else { Piece::Text })
            }
            State::Between => self.between(),
            State::Lost => self.found(into),
            State::Inside { member, from, written } => self.inside(member, from, written, into),
            State::Ended => Ok(Piece::End),
        }
    }

    fn damage(&mut self, damage: Damage) -> Piece {
        self.state = State::Lost;
        Piece::Damage(damage)
    }

    fn between(&mut self) -> io::Result<Piece> {
        loop {
            let from = self.window.position();
            let head = self.window.at_least(4)?;
            if head.is_empty() {
                return Ok(Piece::End);
            }
            if is_skippable(head) {
                if let Some(damage) = self.skippable(from == 0)? {
                    return Ok(self.damage(damage));
                }
                continue;
            }
            // Some tools fill the last block of a tape with zeros.
            if head[0] == 0 {
                self.window.pass(1);
                continue;
            }
            return Ok(match self.member()? {
                Ok(member) => {
                    self.state = State::Inside { member, from, written: 0 };
                    Piece::Border
                }
                Err(damage) => self.damage(damage),
            });
        }
    }

    /// Passes over a skippable frame; the first of a file may hold the dictionary of all others.
    fn skippable(&mut self, is_first: bool) -> io::Result<Option<Damage>> {
        let head = self.window.at_least(8)?;
        let Some(&[a, b, c, d]) = head.get(4..8) else { return Ok(Some(Damage::Cut)) };
        let is_dictionary = is_first && head.starts_with(&DICTIONARY);
        let length = u32::from_le_bytes([a, b, c, d]) as usize;
        self.window.pass(8);
        if is_dictionary && length <= DICTIONARY_BYTES_MAX {
            let bytes = self.window.at_least(length)?;
            let Some(bytes) = bytes.get(..length) else { return Ok(Some(Damage::Cut)) };
            let packed = bytes.starts_with(&ZSTD);
            let unpacked = packed.then(|| zstd::bulk::decompress(bytes, DICTIONARY_BYTES_MAX));
            self.dictionary = match unpacked {
                None => bytes.to_vec(),
                Some(Ok(dictionary)) => dictionary,
                Some(Err(_)) => return Ok(Some(Damage::Packing)),
            };
        }
        let passed = self.window.skip(length as u64)?;
        Ok((passed < length as u64).then_some(Damage::Cut))
    }

    /// The member that begins here, its header passed over.
    fn member(&mut self) -> io::Result<Result<Member, Damage>> {
        let head = self.window.at_least(4)?;
        if head.starts_with(&GZIP) {
            let header = gzip_header(self.window.at_least(GZIP_HEADER_BYTES_MAX)?);
            let Some(length) = header else { return Ok(Err(Damage::Packing)) };
            self.window.pass(length);
            let (inflate, crc) = (Box::new(Decompress::new(false)), Box::new(Crc::new()));
            return Ok(Ok(Member::Gzip { inflate, crc }));
        }
        if head.starts_with(&ZSTD) {
            return Ok(Ok(Member::Zstd(Box::new(Decoder::with_dictionary(&self.dictionary)?))));
        }
        Ok(Err(Damage::NoMember))
    }

    fn inside(
        &mut self,
        mut member: Member,
        from: u64,
        written: u64,
        into: &mut Vec<u8>,
    ) -> io::Result<Piece> {
        let input = self.window.at_least(1)?;
        let at_end = input.is_empty();
        let mut output = [0; 32 << 10];
        let step = match member.step(input, &mut output) {
            Some(step) => step,
            None => return Ok(self.damage(Damage::Packing)),
        };
        self.window.pass(step.read);
        into.extend_from_slice(&output[..step.written]);
        let written = written + step.written as u64;
        self.written += step.written as u64;
        if step.ended {
            if let Member::Gzip { crc, .. } = &member
                && let Some(damage) = self.trailer(crc)?
            {
                return Ok(self.damage(damage));
            }
            self.state = State::Between;
        } else if step.read == 0 && step.written == 0 && !at_end {
            return Ok(self.damage(Damage::Packing));
        } else if at_end && step.written == 0 {
            // The file is over: there is no other member to look for.
            return Ok(Piece::Damage(Damage::Cut));
        } else {
            let packed = self.window.position() - from;
            if written > FREE_BYTES && written > packed * RATIO_MAX {
                return Ok(self.damage(Damage::Bomb));
            }
            self.state = State::Inside { member, from, written };
        }
        Ok(Piece::Text)
    }

    fn trailer(&mut self, crc: &Crc) -> io::Result<Option<Damage>> {
        let bytes = self.window.at_least(8)?;
        let Some(&[a, b, c, d]) = bytes.get(..4).filter(|_| bytes.len() >= 8) else {
            return Ok(Some(Damage::Cut));
        };
        let told = u32::from_le_bytes([a, b, c, d]);
        self.window.pass(8);
        Ok((told != crc.sum()).then_some(Damage::Checksum))
    }

    /// Looks for the next member that unpacks to the beginning of a record.
    fn found(&mut self, into: &mut Vec<u8>) -> io::Result<Piece> {
        loop {
            let here = self.window.at_least(4)?;
            if here.len() < 4 {
                return Ok(Piece::End);
            }
            let begins = |four: &[u8]| four.starts_with(&GZIP) || four.starts_with(&ZSTD);
            let at = here.windows(4).position(begins);
            // The last three bytes may begin a mark whose rest has not been read yet.
            let pass = at.unwrap_or(here.len() - 3);
            self.window.pass(pass);
            if at.is_none() {
                continue;
            }
            let from = self.window.position();
            let mut member = match self.member()? {
                Ok(member) => member,
                Err(_) => {
                    self.window.pass(1);
                    continue;
                }
            };
            let mut first = [0; 512];
            let input = self.window.at_least(4 << 10)?;
            let step = member.step(input, &mut first);
            let step = step.filter(|step| first[..step.written].starts_with(b"WARC/"));
            let Some(step) = step else {
                self.window.pass(1);
                continue;
            };
            self.window.pass(step.read);
            into.extend_from_slice(&first[..step.written]);
            self.state = match step.ended {
                // Its trailer is passed over by looking for the next.
                true => State::Lost,
                false => State::Inside { member, from, written: step.written as u64 },
            };
            return Ok(Piece::Border);
        }
    }
}

impl Member {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Option<Step> {
        match self {
            Self::Gzip { inflate, crc } => {
                let (read, written) = (inflate.total_in(), inflate.total_out());
                let status = inflate.decompress(input, output, FlushDecompress::None).ok()?;
                let read = usize::try_from(inflate.total_in() - read).ok()?;
                let written = usize::try_from(inflate.total_out() - written).ok()?;
                crc.update(&output[..written]);
                Some(Step { read, written, ended: status == flate2::Status::StreamEnd })
            }
            Self::Zstd(decoder) => {
                let status = decoder.run_on_buffers(input, output).ok()?;
                let (read, written) = (status.bytes_read, status.bytes_written);
                Some(Step { read, written, ended: status.remaining == 0 })
            }
        }
    }
}

/// How long the header of a gzip member is, nothing when it is none.
fn gzip_header(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    if flags & 0xE0 != 0 {
        return None;
    }
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(u16::from_le_bytes([*bytes.get(10)?, *bytes.get(11)?]));
    }
    // A name, then a comment, each with a zero behind.
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += bytes.get(at..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    (at <= bytes.len()).then_some(at)
}
