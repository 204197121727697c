//! Takes the bytes of an HTTP answer as an archive keeps them, gives its status, its fields and its body, unpacked.
//! Invariant: what the server says of its packing is believed only where the bytes fit it; every unpacking is limited.

use super::fields::{Fields, end_of_header};
use crate::decode::INPUT_BYTES_MAX;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// An answer's body is unpacked this many times at most; servers pack once.
const PACKINGS_MAX: usize = 3;

/// Up to here nobody asks how well a body is packed.
const FREE_BYTES: usize = 8 << 20;

/// Pages are packed to a tenth, lists that repeat themselves to a hundredth.
const RATIO_MAX: usize = 200;

/// How a stream of brotli begins whose window is larger than the standard's.
const BROTLI_LARGE_WINDOW: u8 = 0x11;

/// What an answer of a server holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer<'a> {
    pub status: u16,
    pub fields: Fields,
    /// The body as it was sent.
    pub sent: &'a [u8],
}

/// A body with everything taken off it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// Without the chunks it was sent in, still packed.
    pub joined: Vec<u8>,
    pub bytes: Vec<u8>,
    /// What it lacks, if anything.
    pub lacks: Option<&'static str>,
}

/// Why a body was left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// It unpacks to far more than anybody writes.
    #[error("its answer unpacks to more than {max} MiB or {RATIO_MAX} times its length, as only a bomb does, and was left out", max = INPUT_BYTES_MAX >> 20)]
    Bomb,
    /// It is packed in a way that is not known here.
    #[error("its answer is packed as `{0}`, which is not known here, and was left out")]
    Unknown(String),
}

impl<'a> Answer<'a> {
    /// Nothing where the bytes are no answer of HTTP.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        // An answer without a body may end with its header.
        let end = end_of_header(bytes).unwrap_or(bytes.len());
        let fields = Fields::read(&bytes[..end]);
        let mut first = fields.first.split_ascii_whitespace();
        let status = match (first.next()?, first.next()) {
            (version, Some(status)) if version.starts_with("HTTP/") => status.parse().ok()?,
            _ => return None,
        };
        Some(Self { status, fields, sent: &bytes[end..] })
    }

    /// Its body.
    pub fn body(&self) -> Result<Body, BodyError> {
        let chunked = self.fields.get("transfer-encoding").is_some_and(|coding| {
            coding.split(',').any(|one| one.trim().eq_ignore_ascii_case("chunked"))
        });
        // Some crawlers join the chunks and keep the field.
        let (joined, cut) = match chunked.then(|| join(self.sent)).flatten() {
            Some(joined) => joined,
            None => (self.sent.to_vec(), false),
        };
        let mut lacks = cut.then_some("The page was sent in chunks and its last ones are missing.");
        let mut bytes = joined.clone();
        let packings = self.fields.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
        let packings: Vec<&str> = packings.split(',').map(str::trim).collect();
        if packings.len() > PACKINGS_MAX {
            return Err(BodyError::Bomb);
        }
        for packing in packings.iter().rev() {
            let Some((unpacked, whole)) = unpacked(packing, &bytes)? else { continue };
            bytes = unpacked;
            if !whole {
                lacks = Some(
                    "What the server sent cannot be unpacked to its end; what came before was read.",
                );
            }
        }
        Ok(Body { joined, bytes, lacks })
    }
}

/// The bytes of one packing and whether they are whole; nothing where the bytes are not packed so.
fn unpacked(packing: &str, bytes: &[u8]) -> Result<Option<(Vec<u8>, bool)>, BodyError> {
    let mut reader: Box<dyn Read + '_> = match packing {
        "" | "identity" | "none" => return Ok(None),
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => {
            Box::new(MultiGzDecoder::new(bytes))
        }
        "gzip" | "x-gzip" => return Ok(None),
        // Servers do not agree on what deflate is: with or without the header of zlib.
        "deflate" if is_zlib(bytes) => Box::new(ZlibDecoder::new(bytes)),
        "deflate" => Box::new(DeflateDecoder::new(bytes)),
        // Such streams may ask for a window of a GiB; no browser takes them.
        "br" if bytes.first().is_some_and(|byte| byte & 0x7F == BROTLI_LARGE_WINDOW) => {
            return Ok(None);
        }
        "br" => Box::new(brotli_decompressor::Decompressor::new(bytes, 4 << 10)),
        "zstd" => match zstd::stream::read::Decoder::with_buffer(bytes) {
            Ok(decoder) => Box::new(decoder),
            Err(_) => return Ok(None),
        },
        other => return Err(BodyError::Unknown(other.chars().take(40).collect())),
    };
    let max = INPUT_BYTES_MAX.min(FREE_BYTES.max(bytes.len().saturating_mul(RATIO_MAX)));
    let mut all = Vec::new();
    let whole = reader.by_ref().take(max as u64 + 1).read_to_end(&mut all).is_ok();
    if all.len() > max {
        return Err(BodyError::Bomb);
    }
    // An archive may have unpacked the body and kept the field: what fails and is text was not packed.
    let is_text = all.is_empty() || std::str::from_utf8(bytes).is_ok();
    Ok(if !whole && is_text { None } else { Some((all, whole)) })
}

fn is_zlib(bytes: &[u8]) -> bool {
    matches!(bytes, [first, second, ..] if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0)
}

/// A body without the lengths of its chunks, and whether its last ones are missing; nothing where it has none.
fn join(mut sent: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut joined = Vec::new();
    let mut is_first = true;
    loop {
        let Some(length) = chunk_length(&mut sent) else {
            return if is_first { None } else { Some((joined, true)) };
        };
        is_first = false;
        if length == 0 {
            return Some((joined, false));
        }
        let Some(chunk) = sent.get(..length) else {
            joined.extend_from_slice(sent);
            return Some((joined, true));
        };
        joined.extend_from_slice(chunk);
        sent = &sent[length..];
        sent = sent.strip_prefix(b"\r\n").or(sent.strip_prefix(b"\n")).unwrap_or(sent);
    }
}

/// The length that opens a chunk; the line is passed over.
fn chunk_length(sent: &mut &[u8]) -> Option<usize> {
    // Sixteen digits, and extensions nobody uses.
    let end = sent.iter().take(256).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&sent[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    let length = usize::from_str_radix(digits, 16).ok()?;
    *sent = &sent[end + 1..];
    Some(length)
}
