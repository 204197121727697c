//! Takes corrections of decisions, gives averaged perceptron weights, packed as they are shipped.
//! Invariant: all arithmetic is on integers but the last, rounded one, so the same corrections give the same bytes.

use crate::linear::weights::{
    Bucket, CLASSES_MAX, FEATURES_MAX, PAIRS, SLOTS, Scores, WEIGHT_MAX, Weigh, Weights, place,
};

/// A feature with the average weights of its classes.
type Averages = (u64, Vec<(u8, f64)>);
/// A feature's slot, by what it is worth.
type Slot = (u8, u64, [(u8, i8); PAIRS]);

/// A class's weight for one feature.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// The sum of its changes, each times the step it was made at: with it the average over all steps is known.
    dated: i64,
    weight: i32,
    class: u32,
}

/// A feature's entries in the arena.
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    feature: u64,
    start: u32,
    length: u16,
    room: u16,
}

/// Weights that are being learned.
#[derive(Debug)]
pub(super) struct Learner {
    rows: Vec<Row>,
    used: usize,
    arena: Vec<Entry>,
    steps: i64,
}

/// How small the shipped table is to be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packing {
    /// Average weights below this are left out, in hundredths.
    pub(super) least: u32,
    /// The table's size.
    pub(super) buckets: usize,
}

impl Learner {
    pub(super) fn new() -> Self {
        Self { rows: vec![Row::default(); 1 << 18], used: 0, arena: Vec::new(), steps: 0 }
    }

    /// Counts a decision.
    pub(super) const fn step(&mut self) {
        self.steps += 1;
    }

    fn find(&self, feature: u64) -> usize {
        let mask = self.rows.len() - 1;
        let mut at = (feature >> 20) as usize & mask;
        loop {
            let row = &self.rows[at];
            if row.room == 0 || row.feature == feature {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let twice = vec![Row::default(); self.rows.len() * 2];
        let rows = std::mem::replace(&mut self.rows, twice);
        for row in rows.into_iter().filter(|row| row.room > 0) {
            let at = self.find(row.feature);
            self.rows[at] = row;
        }
    }

    /// Changes the weight of one class for all features.
    pub(super) fn correct(&mut self, features: &[u64], class: u8, change: i32) {
        for feature in features {
            if self.used * 2 > self.rows.len() {
                self.grow();
            }
            let at = self.find(*feature);
            self.correct_row(at, *feature, class, change);
        }
    }

    fn correct_row(&mut self, at: usize, feature: u64, class: u8, change: i32) {
        let mut row = self.rows[at];
        let start = row.start as usize;
        let dated = self.steps * i64::from(change);
        let entries = &mut self.arena[start..start + usize::from(row.length)];
        if let Some(entry) = entries.iter_mut().find(|entry| entry.class == u32::from(class)) {
            entry.weight += change;
            entry.dated += dated;
            return;
        }
        if row.length == row.room {
            // A row that is full moves to the end of the arena, with twice the room.
            let room = (row.room * 2).max(2);
            let moved = self.arena.len();
            self.used += usize::from(row.room == 0);
            self.arena.resize(moved + usize::from(room), Entry::default());
            self.arena.copy_within(start..start + usize::from(row.length), moved);
            row = Row {
                feature,
                start: u32::try_from(moved).unwrap_or(u32::MAX),
                length: row.length,
                room,
            };
        }
        let entry = Entry { dated, weight: change, class: u32::from(class) };
        self.arena[row.start as usize + usize::from(row.length)] = entry;
        row.length += 1;
        self.rows[at] = row;
    }

    /// Each feature's average weights above the least.
    fn averages(&self, least: f64) -> Vec<Averages> {
        let mut averages: Vec<_> = self
            .rows
            .iter()
            .filter(|row| row.room > 0)
            .filter_map(|row| {
                let start = row.start as usize;
                let weights: Vec<(u8, f64)> = self.arena[start..start + usize::from(row.length)]
                    .iter()
                    .map(|entry| (entry.class.to_le_bytes()[0], self.average(entry)))
                    .filter(|(_, average)| average.abs() >= least)
                    .collect();
                (!weights.is_empty()).then_some((row.feature, weights))
            })
            .collect();
        averages.sort_unstable_by_key(|(feature, _)| *feature);
        averages
    }

    fn average(&self, entry: &Entry) -> f64 {
        f64::from(entry.weight) - entry.dated as f64 / self.steps.max(1) as f64
    }

    /// The weights as they are shipped.
    pub(super) fn pack(&self, packing: Packing) -> Weights {
        let averages = self.averages(f64::from(packing.least) / 100.0);
        // Slots in the order of their greatest weight: where a bucket is full the least are left out.
        let mut slots: Vec<Slot> = Vec::new();
        for (feature, weights) in averages {
            let mut pairs: Vec<(u8, i8)> = weights
                .into_iter()
                .map(|(class, weight)| (class, root(weight)))
                .filter(|(_, root)| *root != 0)
                .collect();
            pairs.sort_unstable_by_key(|(class, root)| (u8::MAX - root.unsigned_abs(), *class));
            for chunk in pairs.chunks(PAIRS) {
                let mut slot = [(0, 0); PAIRS];
                slot[..chunk.len()].copy_from_slice(chunk);
                slots.push((u8::MAX - chunk[0].1.unsigned_abs(), feature, slot));
            }
        }
        slots.sort_unstable();
        let mut buckets = vec![Bucket::default(); packing.buckets.max(1)];
        for (_, feature, slot) in slots {
            let (at, check) = place(feature, buckets.len());
            let bucket = &mut buckets[at];
            if let Some(free) = bucket.checks.iter().position(|check| *check == 0) {
                bucket.checks[free] = check;
                bucket.pairs[free] = slot;
            }
        }
        Weights::new(buckets)
    }

    /// Entries whose average is at least the least, and slots they would take.
    pub(super) fn slots(&self, least: u32) -> usize {
        let averages = self.averages(f64::from(least) / 100.0);
        averages.iter().map(|(_, weights)| weights.len().div_ceil(PAIRS)).sum()
    }

    /// Buckets that the weights above the least fill to three quarters.
    pub(super) fn packing(&self, least: u32) -> Packing {
        Packing { least, buckets: self.slots(least).div_ceil(SLOTS * 3 / 4).max(1) }
    }
}

/// The signed square root of a weight, as a byte.
fn root(weight: f64) -> i8 {
    let greatest = f64::from(WEIGHT_MAX);
    let root = (weight.abs().min(greatest) / greatest).sqrt() * f64::from(i8::MAX);
    let root = root.round() as i8;
    if weight < 0.0 { -root } else { root }
}

impl Weigh for Learner {
    fn weigh(&self, features: &[u64], sums: &mut Scores) {
        // Two rounds, so that many rows and then many entries are fetched from memory at a time.
        let mut found = [(0_u32, 0_u16); FEATURES_MAX];
        for (feature, found) in features.iter().zip(&mut found) {
            let row = &self.rows[self.find(*feature)];
            *found = (row.start, row.length);
        }
        for (start, length) in found.into_iter().take(features.len()) {
            let start = start as usize;
            for entry in &self.arena[start..start + usize::from(length)] {
                sums[entry.class as usize & (CLASSES_MAX - 1)] += entry.weight;
            }
        }
    }
}
