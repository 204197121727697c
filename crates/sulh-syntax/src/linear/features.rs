//! Takes what is known of a decision as numbers, gives one hash for every template of a table.
//! Invariant: a hash depends on the template and the numbers it names, on nothing else, on every machine.

use super::weights::FEATURES_MAX;

/// How many numbers a decision may know; a power of two.
pub(super) const ATOMS_MAX: usize = 128;

/// The numbers of one decision. Number 0 is always 0: templates shorter than four are filled with it.
pub(super) type Atoms = [u32; ATOMS_MAX];

/// Which numbers go together.
pub(super) type Template = [u8; 4];

/// A template of one to four numbers.
pub(super) const fn template<const N: usize>(of: [u8; N]) -> Template {
    let mut padded = [0; 4];
    let mut at = 0;
    while at < N {
        padded[at] = of[at];
        at += 1;
    }
    padded
}

/// A table of templates, each written as the names of its numbers.
macro_rules! templates {
    ($([$($atom:ident),+])*) => {
        &[$($crate::linear::features::template([$($atom),+]),)*]
    };
}
pub(super) use templates;

/// Numbers the names of atoms from 1.
macro_rules! atoms {
    ($($name:ident)+) => {
        #[expect(dead_code, reason = "numbers are written in rows; not each is in a template")]
        mod atom {
            $crate::linear::features::atoms!(@ 1; $($name)+);
        }
        use atom::*;
    };
    (@ $at:expr; $name:ident $($rest:ident)*) => {
        pub(super) const $name: u8 = $at;
        $crate::linear::features::atoms!(@ $at + 1; $($rest)*);
    };
    (@ $at:expr;) => {
        const _: () = assert!(($at as usize) <= $crate::linear::features::ATOMS_MAX);
    };
}
pub(super) use atoms;

// Odd, of well mixed bits: a sum of products by them is spread over all 64 bits.
const FACTORS: [u64; 4] =
    [0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x27d4_eb2f_1656_67c5];
const SEED: u64 = 0xd6e8_feb8_6659_fd93;

/// The hashes of one decision.
pub(super) struct Features {
    hashes: [u64; FEATURES_MAX],
    count: usize,
}

impl Features {
    pub(super) const fn new() -> Self {
        Self { hashes: [0; FEATURES_MAX], count: 0 }
    }

    pub(super) const fn clear(&mut self) {
        self.count = 0;
    }

    pub(super) fn as_slice(&self) -> &[u64] {
        &self.hashes[..self.count]
    }

    /// Adds one hash for every template. Templates are told apart by their order over all calls of a decision.
    pub(super) fn add(&mut self, templates: &[Template], atoms: &Atoms) {
        let first = self.count as u64 + 1;
        let room = &mut self.hashes[self.count..];
        for ((number, template), hash) in (first..).zip(templates).zip(room) {
            let mut sum = SEED.wrapping_mul(number);
            for (atom, factor) in template.iter().zip(FACTORS) {
                let known = atoms[usize::from(*atom) & (ATOMS_MAX - 1)];
                sum = sum.wrapping_add(u64::from(known).wrapping_mul(factor));
            }
            *hash = mixed(sum);
            self.count += 1;
        }
    }
}

/// Spreads a number over all its bits.
pub(super) const fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    number ^ (number >> 32)
}
