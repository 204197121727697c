//! Takes the hashes a text gave, gives its near-duplicate signature: how alike two texts are.
//! Invariant: the same text has the same signature; resemblance is symmetric and 1 for equal signatures.

use std::fmt::Write as _;

/// How many hashes a signature holds: resemblance is told to about a tenth.
pub const HASHES: usize = 128;

/// From this resemblance on, a text is a copy of another with small edits. Other reports on the same event
/// stay far below, and so does a text made of two sources in like parts; figures in decision record 0008.
pub const COPY: f64 = 0.65;

/// A MinHash signature of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature(Box<[u32; HASHES]>);

impl Signature {
    /// A signature of its hashes.
    pub fn new(hashes: [u32; HASHES]) -> Self {
        Self(Box::new(hashes))
    }

    /// Its hashes.
    pub fn hashes(&self) -> &[u32; HASHES] {
        &self.0
    }

    /// Which share of their word runs two texts have in common, as far as the hashes tell: 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f64 {
        let same = self.0.iter().zip(other.0.iter()).filter(|(one, two)| one == two).count();
        same as f64 / HASHES as f64
    }

    /// Reads what `Display` writes; nothing for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut hashes = [0; HASHES];
        if text.len() != HASHES * 8
            || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        {
            return None;
        }
        for (at, hash) in hashes.iter_mut().enumerate() {
            *hash = u32::from_str_radix(text.get(at * 8..at * 8 + 8)?, 16).ok()?;
        }
        Some(Self::new(hashes))
    }
}

impl std::fmt::Display for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::with_capacity(HASHES * 8);
        for hash in self.0.iter() {
            write!(text, "{hash:08x}")?;
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resemblance_is_the_share_of_equal_hashes() {
        let one = Signature::new([7; HASHES]);
        let mut half = [7; HASHES];
        half[..HASHES / 2].fill(8);
        let half = Signature::new(half);
        assert!((one.resemblance(&half) - 0.5).abs() < f64::EPSILON);
        assert!((one.resemblance(&one) - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let signature = Signature::new(std::array::from_fn(|at| at as u32 * 0x0101_0101));
        assert_eq!(Signature::parse(&signature.to_string()), Some(signature));
        for bad in ["", "00", &"+".repeat(HASHES * 8), &"é".repeat(HASHES * 4)] {
            assert_eq!(Signature::parse(bad), None);
        }
    }
}
