//! Takes a stream that may be packed by gzip, zstd or xz, gives a stream of its text.
//! Invariant: damage and bombs end the stream with an error in one sentence; memory is bounded whatever the file says.

use super::unpack::{Damage, Piece, RATIO_MAX, Unpack};
use lzma_rust2::XzReader;
use std::io::{Chain, Cursor, Error, ErrorKind, Read, Result};

/// What an xz file opens with.
const XZ: [u8; 6] = [0xFD, b'7', b'z', b'X', b'Z', 0];

/// The memory an xz file may ask for: `xz -9` needs 65 MiB.
const XZ_KIB_MAX: u32 = 96 << 10;

/// Up to here nobody asks how well something is packed.
const FREE_BYTES: u64 = 8 << 20;

/// True where a file begins as a packed one does.
pub fn is_packed(head: &[u8]) -> bool {
    super::unpack::is_packed(head) || head.starts_with(&XZ)
}

/// A stream without its packing; one that is not packed comes as it is.
pub fn unpacked<'a>(mut from: impl Read + 'a) -> Result<Box<dyn Read + 'a>> {
    let mut head = Vec::new();
    from.by_ref().take(XZ.len() as u64).read_to_end(&mut head)?;
    let is_xz = head == XZ;
    let whole = Cursor::new(head).chain(from);
    Ok(if is_xz {
        Box::new(Counted {
            xz: XzReader::new_mem_limit(Passed { from: whole, count: 0 }, true, XZ_KIB_MAX),
            given: 0,
        })
    } else {
        Box::new(Unpacked { unpack: Unpack::new(whole), piece: Vec::new(), start: 0 })
    })
}

/// Text of gzip and zstd members one behind the other.
struct Unpacked<R> {
    unpack: Unpack<R>,
    piece: Vec<u8>,
    start: usize,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        while self.start == self.piece.len() {
            self.piece.clear();
            self.start = 0;
            match self.unpack.next(&mut self.piece)? {
                Piece::Text | Piece::Border => {}
                Piece::Damage(damage) => {
                    let byte = self.unpack.position();
                    return Err(Error::new(
                        ErrorKind::InvalidData,
                        format!("at byte {byte} {damage}"),
                    ));
                }
                Piece::End => return Ok(0),
            }
        }
        let count = into.len().min(self.piece.len() - self.start);
        into[..count].copy_from_slice(&self.piece[self.start..self.start + count]);
        self.start += count;
        Ok(count)
    }
}

/// Counts what is read.
struct Passed<R> {
    from: R,
    count: u64,
}

impl<R: Read> Read for Passed<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.from.read(into)?;
        self.count += read as u64;
        Ok(read)
    }
}

/// Text of an xz file.
struct Counted<R: Read> {
    xz: XzReader<Passed<Chain<Cursor<Vec<u8>>, R>>>,
    given: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.xz.read(into)?;
        self.given += read as u64;
        bounded(self.given, self.xz.inner().count)?;
        Ok(read)
    }
}

/// An entry of a zip file, unpacked to no more than its length allows.
pub(super) struct Limited<R> {
    from: R,
    packed: u64,
    given: u64,
}

impl<R> Limited<R> {
    pub fn new(from: R, packed: u64) -> Self {
        Self { from, packed, given: 0 }
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let read = self.from.read(into)?;
        self.given += read as u64;
        bounded(self.given, self.packed)?;
        Ok(read)
    }
}

fn bounded(given: u64, packed: u64) -> Result<()> {
    if given > FREE_BYTES && given / RATIO_MAX > packed {
        return Err(Error::new(ErrorKind::InvalidData, Damage::Bomb.to_string()));
    }
    Ok(())
}
