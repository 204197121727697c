//! Takes corrections of decisions, gives averaged perceptron weights, packed as they are shipped.
//! Invariant: all arithmetic is on integers but the last, rounded one, so the same corrections give the same bytes.

use crate::linear::weights::{
    Bucket, CLASSES_MAX, FEATURES_MAX, PAIRS, SLOTS, Scores, WEIGHT_MAX, Weigh, Weights, place,
};

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
    /// How often features were met, by their hashes; rare ones are not learned.
    met: Vec<u8>,
    rare: u8,
}

/// How many counts of features there are; where two features share one, a rare one may pass.
const COUNTS: usize = 1 << 27;

impl Learner {
    /// Features met less often than this are not learned: they tell little, and take most of the room.
    pub(super) fn new(rare: u8) -> Self {
        let met = if rare > 1 { vec![0; COUNTS] } else { Vec::new() };
        Self {
            rows: vec![Row::default(); 1 << 18],
            used: 0,
            arena: Vec::new(),
            steps: 0,
            met,
            rare,
        }
    }

    /// Counts the features of a decision that was met.
    pub(super) fn meet(&mut self, features: &[u64]) {
        if self.rare > 1 {
            for feature in features {
                let count = &mut self.met[count_of(*feature)];
                *count = count.saturating_add(1);
            }
        }
    }

    fn is_rare(&self, feature: u64) -> bool {
        self.rare > 1 && self.met[count_of(feature)] < self.rare
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
            if self.rows[at].room > 0 || !self.is_rare(*feature) {
                self.correct_row(at, *feature, class, change);
            }
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

    /// A feature's slots: its average weights, greatest first.
    fn slots(&self, row: &Row) -> impl Iterator<Item = Slot> + use<> {
        let start = row.start as usize;
        let mut pairs: Vec<(u8, i8)> = self.arena[start..start + usize::from(row.length)]
            .iter()
            .map(|entry| (entry.class.to_le_bytes()[0], root(self.average(entry))))
            .filter(|(_, root)| *root != 0)
            .collect();
        pairs.sort_unstable_by_key(|(class, root)| (u8::MAX - root.unsigned_abs(), *class));
        let feature = row.feature;
        let chunks: Vec<Slot> = pairs
            .chunks(PAIRS)
            .map(|chunk| {
                let mut slot = [(0, 0); PAIRS];
                slot[..chunk.len()].copy_from_slice(chunk);
                (u8::MAX - chunk[0].1.unsigned_abs(), feature, slot)
            })
            .collect();
        chunks.into_iter()
    }

    fn average(&self, entry: &Entry) -> f64 {
        f64::from(entry.weight) - entry.dated as f64 / self.steps.max(1) as f64
    }

    /// The weights as they are shipped, in at most so many buckets: the greatest that have room.
    pub(super) fn pack(&self, room: usize) -> Weights {
        let rows = self.rows.iter().filter(|row| row.room > 0);
        let mut slots: Vec<Slot> = rows.flat_map(|row| self.slots(row)).collect();
        slots.sort_unstable();
        // Buckets are filled unevenly: three quarters on the whole leave few without room.
        let buckets = slots.len().div_ceil(FILLED).clamp(1, room.max(1));
        slots.truncate(buckets * FILLED);
        let mut packed = vec![Bucket::default(); buckets];
        for (_, feature, slot) in slots {
            let (at, check) = place(feature, buckets);
            let bucket = &mut packed[at];
            if let Some(free) = bucket.checks.iter().position(|check| *check == 0) {
                bucket.checks[free] = check;
                bucket.pairs[free] = slot;
            }
        }
        Weights::new(packed)
    }
}

/// Slots of a bucket that are filled, on the whole.
const FILLED: usize = SLOTS * 3 / 4;

/// Which count is a feature's.
const fn count_of(feature: u64) -> usize {
    (feature >> 16) as usize & (COUNTS - 1)
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
