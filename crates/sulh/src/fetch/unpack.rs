//! Takes the body of an answer and how it was packed on the way, gives the bytes of the page.
//! Invariant: no more than the limit is ever unpacked, in any layer.

use super::error::Refusal;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{BufReader, Cursor, Read};

/// What may be asked for: everything that can be unpacked here.
pub const ACCEPTED: &str = "gzip, br, zstd, deflate";

/// Servers pack once; a body packed more often than this was made to harm.
const LAYERS_MAX: usize = 2;

/// The largest window of zstd, as a power of two: 8 MiB, what RFC 9659 lets a server use.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// How much brotli reads at once.
const BROTLI_BUFFER_BYTES: usize = 4096;

/// A way of packing.
#[derive(Clone, Copy)]
enum Packing {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// Unpacked bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes, at most as many as the limit.
    pub bytes: Vec<u8>,
    /// Whether that is all there was.
    pub whole: bool,
}

/// Undoes what `Content-Encoding` lists, the last first.
pub fn unpack(body: Vec<u8>, encodings: &str, bytes_max: usize) -> Result<Unpacked, Refusal> {
    let mut packings = Vec::new();
    for name in encodings.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name.to_ascii_lowercase().as_str() {
            "identity" => {}
            "gzip" | "x-gzip" => packings.push(Packing::Gzip),
            "deflate" => packings.push(Packing::Deflate),
            "br" => packings.push(Packing::Brotli),
            "zstd" => packings.push(Packing::Zstd),
            _ => return Err(Refusal::Packing(name.to_owned())),
        }
    }
    if packings.len() > LAYERS_MAX {
        return Err(Refusal::Packing(encodings.to_owned()));
    }
    let mut unpacked = Unpacked { whole: body.len() <= bytes_max, bytes: body };
    unpacked.bytes.truncate(bytes_max);
    for packing in packings.into_iter().rev() {
        let layer = one(packing, &unpacked.bytes, bytes_max)?;
        unpacked = Unpacked { whole: unpacked.whole && layer.whole, bytes: layer.bytes };
    }
    Ok(unpacked)
}

fn one(packing: Packing, packed: &[u8], bytes_max: usize) -> Result<Unpacked, Refusal> {
    let (name, result) = match packing {
        Packing::Gzip => ("gzip", bounded(MultiGzDecoder::new(packed), bytes_max)),
        Packing::Brotli => {
            let reader = brotli_decompressor::Decompressor::new(packed, BROTLI_BUFFER_BYTES);
            ("br", bounded(reader, bytes_max))
        }
        Packing::Zstd => ("zstd", zstd_reader(packed).and_then(|it| bounded(it, bytes_max))),
        // The name means zlib by the standard and bare deflate by long habit; a zlib head tells them apart.
        Packing::Deflate if is_zlib(packed) => {
            ("deflate", bounded(ZlibDecoder::new(packed), bytes_max))
        }
        Packing::Deflate => ("deflate", bounded(DeflateDecoder::new(packed), bytes_max)),
    };
    result.map_err(|problem| Refusal::Damaged { packing: name, problem: problem.to_string() })
}

fn zstd_reader(packed: &[u8]) -> std::io::Result<impl Read + '_> {
    let mut reader = zstd::Decoder::with_buffer(BufReader::new(Cursor::new(packed)))?;
    reader.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
    Ok(reader)
}

fn is_zlib(packed: &[u8]) -> bool {
    let Some([method, flags]) = packed.first_chunk() else { return false };
    method & 0x0f == 8 && u16::from_be_bytes([*method, *flags]).is_multiple_of(31)
}

fn bounded(reader: impl Read, bytes_max: usize) -> std::io::Result<Unpacked> {
    let mut bytes = Vec::new();
    let more = bytes_max.saturating_add(1) as u64;
    reader.take(more).read_to_end(&mut bytes)?;
    let whole = bytes.len() <= bytes_max;
    bytes.truncate(bytes_max);
    Ok(Unpacked { bytes, whole })
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write};
    use std::io::Write;

    const BYTES_MAX: usize = 1 << 20;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = write::GzEncoder::new(Vec::new(), Compression::best());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut writer = write::DeflateEncoder::new(Vec::new(), Compression::best());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut writer = write::ZlibEncoder::new(Vec::new(), Compression::best());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ::zstd::encode_all(bytes, 19).unwrap()
    }

    /// "The truce holds." in brotli, as one block of 16 bytes kept as they are, and the end (RFC 7932, 9.2).
    const BROTLI: &[u8] = b"\xf0\x00\x10The truce holds.\x03";

    #[track_caller]
    fn check(body: Vec<u8>, encodings: &str, expectation: Result<&str, &str>) {
        let found = unpack(body, encodings, BYTES_MAX).map_err(|refusal| refusal.to_string());
        match (found, expectation) {
            (Ok(unpacked), Ok(text)) => {
                assert_eq!(String::from_utf8_lossy(&unpacked.bytes), text, "{encodings}");
                assert!(unpacked.whole, "{encodings}");
            }
            (Err(sentence), Err(part)) => assert!(sentence.contains(part), "{sentence}"),
            (found, _) => panic!("{encodings}: {found:?}"),
        }
    }

    #[test]
    fn each_packing_is_undone() {
        let text = "The truce holds.";
        let bytes = text.as_bytes();
        check(bytes.to_vec(), "", Ok(text));
        check(bytes.to_vec(), "identity", Ok(text));
        check(gzip(bytes), "GZIP", Ok(text));
        check([gzip(b"The truce "), gzip(b"holds.")].concat(), "x-gzip", Ok(text));
        check(zlib(bytes), "deflate", Ok(text));
        check(deflate(bytes), "deflate", Ok(text));
        check(zstd(bytes), "zstd", Ok(text));
        check(BROTLI.to_vec(), "br", Ok(text));
        check(zstd(&gzip(bytes)), "gzip, zstd", Ok(text));
    }

    #[test]
    fn what_is_broken_or_unknown_is_one_sentence() {
        check(b"no gzip".to_vec(), "gzip", Err("packed as gzip and cannot be unpacked"));
        let mut cut = gzip(&[7; 5000]);
        cut.truncate(cut.len() / 2);
        check(cut, "gzip", Err("cannot be unpacked"));
        check(b"no zstd".to_vec(), "zstd", Err("packed as zstd"));
        check(BROTLI[..9].to_vec(), "br", Err("packed as br"));
        check(Vec::new(), "compress", Err("packed as `compress`"));
        check(Vec::new(), "gzip, gzip, gzip", Err("packed as `gzip, gzip, gzip`"));
    }

    #[test]
    fn a_bomb_is_unpacked_to_the_limit_and_no_further() {
        let zeros = vec![0; 64 * BYTES_MAX];
        let bombs = [
            (gzip(&zeros), "gzip"),
            (zlib(&zeros), "deflate"),
            (zstd(&zeros), "zstd"),
            (gzip(&gzip(&zeros)), "gzip, gzip"),
        ];
        for (bomb, encodings) in bombs {
            assert!(bomb.len() < BYTES_MAX / 4, "a bomb is small");
            let found = unpack(bomb, encodings, BYTES_MAX).unwrap();
            assert_eq!((found.bytes.len(), found.whole), (BYTES_MAX, false), "{encodings}");
        }
    }
}
