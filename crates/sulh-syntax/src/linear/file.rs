//! Takes a model's bytes apart and puts them together.
//! Invariant: a file is read only when its checksum holds, and every length in it is checked against what is left.

use super::ModelError;

/// The first bytes of a model file.
const MAGIC: [u8; 8] = *b"SULHLINR";
/// The layout of the payload, counted up with every change of it or of a feature.
const VERSION: u32 = 1;
/// Magic, version, digest of what it was trained from, length and checksum of the payload.
const HEADER_BYTES: usize = 8 + 4 + 32 + 8 + 8;
/// The digest's bytes.
pub(super) const DIGEST_BYTES: usize = 32;

/// The payload ends too early, or says what cannot be.
#[derive(Debug)]
pub(super) struct Broken;

/// A file of this payload.
#[cfg(feature = "train")]
pub(super) fn seal(trained_from: [u8; DIGEST_BYTES], payload: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(HEADER_BYTES + payload.len());
    file.extend(MAGIC);
    file.extend(VERSION.to_le_bytes());
    file.extend(trained_from);
    file.extend((payload.len() as u64).to_le_bytes());
    let sum = checksum(&file, payload);
    file.extend(sum.to_le_bytes());
    file.extend(payload);
    file
}

/// The digest and the payload of a file that is whole.
pub(super) fn open(file: &[u8]) -> Result<([u8; DIGEST_BYTES], &[u8]), ModelError> {
    let (header, payload) = file.split_at_checked(HEADER_BYTES).ok_or(ModelError::NotAModel)?;
    let mut reader = Reader { left: header };
    let read = |_| ModelError::NotAModel;
    if reader.array().map_err(read)? != MAGIC {
        return Err(ModelError::NotAModel);
    }
    let version = u32::from_le_bytes(reader.array().map_err(read)?);
    let digest = reader.array().map_err(read)?;
    let length = u64::from_le_bytes(reader.array().map_err(read)?);
    let sum = u64::from_le_bytes(reader.array().map_err(read)?);
    if version != VERSION {
        return Err(ModelError::OtherVersion { found: version, wanted: VERSION });
    }
    if length != payload.len() as u64 || sum != checksum(&header[..HEADER_BYTES - 8], payload) {
        return Err(ModelError::Damaged);
    }
    Ok((digest, payload))
}

/// A sum that every changed byte changes: each step can be undone, so two inputs that differ in one word of eight
/// bytes cannot meet again.
fn checksum(header: &[u8], payload: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |sum: u64, word: u64| (sum.rotate_left(29) ^ word).wrapping_mul(FACTOR);
    // Four sums side by side, for the processor's sake.
    let mut sums = [1_u64, 2, 3, 4];
    for part in [header, payload] {
        let mut blocks = part.chunks_exact(32);
        for block in &mut blocks {
            for (sum, word) in sums.iter_mut().zip(block.chunks_exact(8)) {
                let mut bytes = [0; 8];
                bytes.copy_from_slice(word);
                *sum = step(*sum, u64::from_le_bytes(bytes));
            }
        }
        for byte in blocks.remainder() {
            sums[0] = step(sums[0], u64::from(*byte));
        }
    }
    sums.into_iter().fold(payload.len() as u64, step)
}

/// Reads a payload from its start.
pub(super) struct Reader<'b> {
    left: &'b [u8],
}

impl<'b> Reader<'b> {
    pub(super) const fn new(payload: &'b [u8]) -> Self {
        Self { left: payload }
    }

    pub(super) const fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    pub(super) fn bytes(&mut self, count: usize) -> Result<&'b [u8], Broken> {
        let (bytes, left) = self.left.split_at_checked(count).ok_or(Broken)?;
        self.left = left;
        Ok(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        self.bytes(N)?.try_into().map_err(|_| Broken)
    }

    pub(super) fn u8(&mut self) -> Result<u8, Broken> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16, Broken> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, Broken> {
        self.array().map(u32::from_le_bytes)
    }

    /// A number of things of so many bytes each: never more than the bytes that are left can hold.
    pub(super) fn count(&mut self, bytes_each: usize) -> Result<usize, Broken> {
        let count = self.u32()? as usize;
        let needed = count.checked_mul(bytes_each).ok_or(Broken)?;
        if needed > self.left.len() { Err(Broken) } else { Ok(count) }
    }

    pub(super) fn text(&mut self) -> Result<&'b str, Broken> {
        let count = usize::from(self.u8()?);
        std::str::from_utf8(self.bytes(count)?).map_err(|_| Broken)
    }
}

/// Puts a payload together.
#[cfg(feature = "train")]
#[derive(Default)]
pub(super) struct Writer {
    pub(super) payload: Vec<u8>,
}

#[cfg(feature = "train")]
impl Writer {
    pub(super) fn u8(&mut self, number: u8) {
        self.payload.push(number);
    }

    pub(super) fn u16(&mut self, number: u16) {
        self.payload.extend(number.to_le_bytes());
    }

    pub(super) fn u32(&mut self, number: u32) {
        self.payload.extend(number.to_le_bytes());
    }

    /// Counts stay far below 2^32: they are of things in memory that were learned from a few megabytes.
    pub(super) fn count(&mut self, count: usize) {
        self.u32(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// Names are short; a longer one is cut at 255 bytes and then not read back.
    pub(super) fn text(&mut self, text: &str) {
        let length = u8::try_from(text.len()).unwrap_or(u8::MAX);
        self.u8(length);
        self.payload.extend(text.bytes().take(usize::from(length)));
    }
}
