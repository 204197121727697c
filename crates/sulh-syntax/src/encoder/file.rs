//! Takes a model file's bytes, gives its content piece by piece.
//! Invariant: nothing is unpacked before its checksum is right, and nothing is read past the end.

use sha2::{Digest, Sha256};

/// Why a model file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Another kind of file.
    #[error("the encoder's file does not begin as one; give the file that came with this program")]
    NotAModel,
    /// A format this program does not read.
    #[error(
        "the encoder's file has format {0} and this program reads format {VERSION}; give the file that came with it"
    )]
    Version(u32),
    /// Bytes lost or changed.
    #[error(
        "the encoder's file is damaged or cut short: its checksum is wrong; copy or fetch it again"
    )]
    Damaged,
    /// Larger than any model this program makes.
    #[error(
        "the encoder's file says it unpacks to {0} bytes, more than the {UNPACKED_MAX} allowed; give the file that came with this program"
    )]
    TooLarge(u64),
    /// The right checksum around content that is not what it should be.
    #[error("the encoder's file has an unusable {0}; give the file that came with this program")]
    Content(&'static str),
    /// The system gives no thread.
    #[error("the system refused the encoder a thread; end other programs and try again")]
    NoThread,
}

const MAGIC: &[u8] = b"sulh-enc";
const VERSION: u32 = 1;
const UNPACKED_MAX: u64 = 64 << 20;

/// The content of a model file, after its checks.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, ModelError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NotAModel)?;
    let (version, rest) = rest.split_first_chunk().ok_or(ModelError::Damaged)?;
    let version = u32::from_le_bytes(*version);
    if version != VERSION {
        return Err(ModelError::Version(version));
    }
    let (size, rest) = rest.split_first_chunk().ok_or(ModelError::Damaged)?;
    let (checksum, packed) = rest.split_first_chunk::<32>().ok_or(ModelError::Damaged)?;
    if Sha256::digest(packed).as_slice() != checksum {
        return Err(ModelError::Damaged);
    }
    let size = u64::from_le_bytes(*size);
    let capacity = usize::try_from(size).ok().filter(|_| size <= UNPACKED_MAX);
    let capacity = capacity.ok_or(ModelError::TooLarge(size))?;
    let content = zstd::bulk::decompress(packed, capacity)
        .map_err(|_| ModelError::Content("compressed part"))?;
    if content.len() != capacity {
        return Err(ModelError::Content("size"));
    }
    Ok(content)
}

/// Reads content from its start to its end.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(content: &'a [u8]) -> Self {
        Self { rest: content }
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(ModelError::Content("size"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// Bytes behind their own length.
    pub fn block(&mut self) -> Result<&'a [u8], ModelError> {
        let length = self.bytes(4)?.first_chunk().map_or(0, |length| u32::from_le_bytes(*length));
        self.bytes(usize::try_from(length).unwrap_or(usize::MAX))
    }

    /// So many whole numbers of eight bits.
    pub fn whole(&mut self, count: usize) -> Result<Vec<i8>, ModelError> {
        Ok(self.bytes(count)?.iter().map(|byte| byte.cast_signed()).collect())
    }

    /// So many finite real numbers.
    pub fn real(&mut self, count: usize) -> Result<Vec<f32>, ModelError> {
        let bytes = self.bytes(count.checked_mul(4).ok_or(ModelError::Content("size"))?)?;
        let (chunks, _) = bytes.as_chunks::<4>();
        let values: Vec<f32> = chunks.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect();
        if values.iter().all(|value| value.is_finite()) {
            Ok(values)
        } else {
            Err(ModelError::Content("weight"))
        }
    }

    /// Nothing may be left.
    pub fn finish(self) -> Result<(), ModelError> {
        if self.rest.is_empty() { Ok(()) } else { Err(ModelError::Content("size")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(version: u32, size: u64, content: &[u8]) -> Vec<u8> {
        let packed = zstd::bulk::compress(content, 1).unwrap();
        let checksum = Sha256::digest(&packed);
        [MAGIC, &version.to_le_bytes(), &size.to_le_bytes(), &checksum, &packed].concat()
    }

    fn check(bytes: &[u8], expected: Result<&[u8], ModelError>) {
        assert_eq!(unpacked(bytes), expected.map(<[u8]>::to_vec));
    }

    #[test]
    fn only_whole_files_of_this_format_are_read() {
        let good = file(VERSION, 5, b"words");
        check(&good, Ok(b"words"));
        check(b"", Err(ModelError::NotAModel));
        check(b"PK\x03\x04 anything", Err(ModelError::NotAModel));
        check(&file(9, 5, b"words"), Err(ModelError::Version(9)));
        check(&file(VERSION, u64::MAX, b"words"), Err(ModelError::TooLarge(u64::MAX)));
        check(&file(VERSION, 4, b"words"), Err(ModelError::Content("compressed part")));
        check(&file(VERSION, 6, b"words"), Err(ModelError::Content("size")));
        for end in MAGIC.len()..good.len() {
            check(&good[..end], Err(ModelError::Damaged));
        }
        let mut changed = good.clone();
        changed[good.len() - 1] ^= 1;
        check(&changed, Err(ModelError::Damaged));
    }

    #[test]
    fn nothing_is_read_past_the_end() {
        let mut reader = Reader::new(&[2, 0, 0, 0, 7, 8]);
        assert_eq!(reader.block(), Ok(&[7, 8][..]));
        assert_eq!(reader.whole(1), Err(ModelError::Content("size")));
        assert_eq!(Reader::new(&[255; 4]).block(), Err(ModelError::Content("size")));
        assert_eq!(Reader::new(&[255; 4]).real(1), Err(ModelError::Content("weight")));
        assert_eq!(Reader::new(&[0]).finish(), Err(ModelError::Content("size")));
    }
}
