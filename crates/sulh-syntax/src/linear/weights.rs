//! Takes hashed features, gives the sum of their weights for every class.
//! Invariant: a look-up reads one bucket of 64 bytes, whatever the feature; an unknown feature adds nothing.
//!
//! A feature's weights stand in slots of three (class, weight) pairs, named by a check of 15 bits. Weights are
//! stored as the signed square root in 8 bits, so that small ones keep their order and great ones their size.

#[cfg(feature = "train")]
use super::file::Writer;
use super::file::{Broken, Reader};

/// How many classes one table can tell apart.
pub(super) const CLASSES_MAX: usize = 256;
/// Slots in a bucket: with checks and pairs one cache line.
pub(super) const SLOTS: usize = 8;
/// Pairs of class and weight in a slot.
pub(super) const PAIRS: usize = 3;
/// Bytes of a bucket.
pub(super) const BUCKET_BYTES: usize = 64;
/// Features of one decision; more would not fit the working space.
pub(super) const FEATURES_MAX: usize = 256;

/// The greatest weight that is told from greater ones, in the perceptron's own units.
pub(super) const WEIGHT_MAX: i32 = 64;
/// What sums are for a weight of 1: the square of 127 stands for the greatest weight.
pub(super) const UNIT: i32 = 127 * 127 / WEIGHT_MAX;

/// The sums of one decision.
pub(super) type Scores = [i32; CLASSES_MAX];

/// Weights that can be asked for a decision's sums.
pub(super) trait Weigh {
    /// Adds the weights of all features to the sums.
    fn weigh(&self, features: &[u64], sums: &mut Scores);
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub(super) struct Bucket {
    pub(super) checks: [u16; SLOTS],
    pub(super) pairs: [[(u8, i8); PAIRS]; SLOTS],
}

/// The weights as shipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Weights {
    buckets: Vec<Bucket>,
}

/// Where a feature stands among so many buckets, and its check. Nothing has the check 0: it marks an empty slot.
pub(super) fn place(feature: u64, buckets: usize) -> (usize, u16) {
    ((((feature >> 32) * buckets as u64) >> 32) as usize, feature as u16 | 1)
}

/// The weight a byte stands for.
const fn widened(root: i8) -> i32 {
    let root = root as i32;
    root * root.abs()
}

impl Weights {
    /// Tables are built by the trainer, of at least one bucket.
    #[cfg(feature = "train")]
    pub(super) fn new(buckets: Vec<Bucket>) -> Self {
        Self { buckets }
    }

    #[cfg(feature = "train")]
    pub(super) fn write(&self, to: &mut Writer) {
        to.count(self.buckets.len());
        for bucket in &self.buckets {
            for check in bucket.checks {
                to.u16(check);
            }
            for (class, root) in bucket.pairs.iter().flatten() {
                to.u8(*class);
                to.u8(root.to_le_bytes()[0]);
            }
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Broken> {
        let count = from.count(BUCKET_BYTES)?;
        if count == 0 {
            return Err(Broken);
        }
        let bytes = from.bytes(count.checked_mul(BUCKET_BYTES).ok_or(Broken)?)?;
        let buckets = bytes.chunks_exact(BUCKET_BYTES).map(Bucket::read).collect();
        Ok(Self { buckets })
    }
}

impl Bucket {
    fn read(bytes: &[u8]) -> Self {
        let mut bucket = Self::default();
        let (checks, pairs) = bytes.split_at(2 * SLOTS);
        for (check, bytes) in bucket.checks.iter_mut().zip(checks.chunks_exact(2)) {
            *check = u16::from_le_bytes([bytes[0], bytes[1]]);
        }
        for (pair, bytes) in bucket.pairs.iter_mut().flatten().zip(pairs.chunks_exact(2)) {
            *pair = (bytes[0], i8::from_le_bytes([bytes[1]]));
        }
        bucket
    }
}

impl Weigh for Weights {
    fn weigh(&self, features: &[u64], sums: &mut Scores) {
        // Two rounds: the first only compares checks, so that many buckets are fetched from memory at a time.
        let mut found = [(0_u32, 0_u8); FEATURES_MAX];
        let mut hits = 0;
        for feature in features.iter().take(FEATURES_MAX) {
            let (at, check) = place(*feature, self.buckets.len());
            let mut mask = 0_u8;
            for (slot, held) in self.buckets[at].checks.iter().enumerate() {
                mask |= u8::from(*held == check) << slot;
            }
            found[hits] = (at as u32, mask);
            hits += usize::from(mask != 0);
        }
        for (at, mut mask) in found.into_iter().take(hits) {
            let bucket = &self.buckets[at as usize];
            while mask != 0 {
                let slot = mask.trailing_zeros() as usize;
                for (class, root) in bucket.pairs[slot & (SLOTS - 1)] {
                    sums[usize::from(class)] += widened(root);
                }
                mask &= mask - 1;
            }
        }
    }
}
