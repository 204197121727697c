//! Takes a digest as archives write it (`sha1:` in base 32, `sha256:` in hexadecimal) and bytes, gives whether they fit.
//! Invariant: a digest that cannot be read says nothing, for or against.

use sha1::Sha1;
use sha2::{Digest, Sha256};

/// True or false where the digest can be checked.
pub(super) fn fits(digest: &str, bytes: &[u8]) -> Option<bool> {
    let (name, told) = digest.split_once(':')?;
    let found = match name.trim().to_ascii_lowercase().as_str() {
        "sha1" | "sha-1" => Sha1::digest(bytes).to_vec(),
        "sha256" | "sha-256" => Sha256::digest(bytes).to_vec(),
        _ => return None,
    };
    let told = told.trim();
    let written = if told.len() == found.len() * 2 { hexadecimal(told) } else { base_32(told) };
    written.filter(|written| written.len() == found.len()).map(|written| written == found)
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    Some(
        digits?
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect(),
    )
}

/// RFC 4648, with or without the padding.
fn base_32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            letter @ b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        held = held << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_checked_in_every_spelling() {
        for (digest, fit) in [
            ("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", Some(true)),
            ("SHA-1: a9993e364706816aba3e25717850c26c9cd0d89d", Some(true)),
            ("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Some(true)),
            ("sha1:2222222222222222222222222222222222222222", Some(false)),
            ("sha1:short", None),
            ("md5:900150983cd24fb0d6963f7d28e17f72", None),
            ("odd", None),
        ] {
            assert_eq!(fits(digest, b"abc"), fit, "{digest}");
        }
    }
}
