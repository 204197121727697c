//! Takes rows of numbers, gives what the network makes of a row besides products: scaled, squashed, normed, in bytes.
//! Invariant: rows that meet here have lengths that are multiples of 16, so that vectors of any processor fit them.

use rten_simd::ops::{BitOps, FloatOps, NarrowSaturate, NumOps, ToFloat};
use rten_simd::{Isa, SimdIterable, SimdOp, SimdUnaryOp};
use rten_vecmath::{Gelu, MinMax, Softmax};

/// Sums of byte products as real numbers: without the row's zero, scaled by row and by column, a bias added.
pub(super) struct Rescale<'a> {
    pub sums: &'a [i32],
    pub scale: ByteScale,
    /// The sum of each column's weights: what is taken off for each byte that stood for zero.
    pub totals: &'a [i32],
    pub columns: &'a [f32],
    pub bias: &'a [f32],
    pub out: &'a mut [f32],
    /// Whether values below zero are squashed (GELU).
    pub squash: bool,
}

impl SimdOp for Rescale<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (real, whole) = (isa.f32(), isa.i32());
        let (scale, zero) = (real.splat(self.scale.scale), whole.splat(i32::from(self.scale.zero)));
        let lanes = real.len();
        let sums = self.sums.chunks_exact(lanes).zip(self.totals.chunks_exact(lanes));
        let columns = self.columns.chunks_exact(lanes).zip(self.bias.chunks_exact(lanes));
        for (((sums, totals), (columns, bias)), out) in
            sums.zip(columns).zip(self.out.chunks_exact_mut(lanes))
        {
            let zeros = whole.mul(zero, whole.load(totals));
            let sums = whole.to_float(whole.sub(whole.load(sums), zeros));
            let columns = real.mul(scale, real.load(columns));
            let value = real.mul_add(sums, columns, real.load(bias));
            let value = if self.squash { Gelu {}.eval(isa, value) } else { value };
            real.store(value, out);
        }
    }
}

/// A row in bytes: `value = (byte - zero) * scale`.
#[derive(Clone, Copy)]
pub(super) struct ByteScale {
    pub scale: f32,
    pub zero: u8,
}

/// Writes a row in bytes, each as near as the row's own range allows.
pub(super) fn to_bytes(row: &[f32], out: &mut [u8]) -> ByteScale {
    let (low, high) = MinMax::new(row).dispatch();
    let (low, high) = (low.min(0.0), high.max(0.0));
    let scale = ((high - low) / 255.0).max(f32::MIN_POSITIVE);
    let zero = (-low / scale).round().clamp(0.0, 255.0);
    ToBytes { row, out, inverse: 1.0 / scale, zero }.dispatch();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a byte"
    )]
    ByteScale { scale, zero: zero as u8 }
}

struct ToBytes<'a> {
    row: &'a [f32],
    out: &'a mut [u8],
    inverse: f32,
    zero: f32,
}

impl SimdOp for ToBytes<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let (real, whole) = (isa.f32(), isa.i32());
        let (inverse, zero) = (real.splat(self.inverse), real.splat(self.zero));
        let four = real.len() * 4;
        let mut rows = self.row.chunks_exact(four);
        let mut outs = self.out.chunks_exact_mut(four);
        for (row, out) in rows.by_ref().zip(outs.by_ref()) {
            // Written out: `array::map` would not be inlined, and vectors must be.
            let [a, b, c, d] = real.load_many::<4>(row);
            let a = real.to_int_round(real.mul_add(a, inverse, zero));
            let b = real.to_int_round(real.mul_add(b, inverse, zero));
            let c = real.to_int_round(real.mul_add(c, inverse, zero));
            let d = real.to_int_round(real.mul_add(d, inverse, zero));
            let halves = isa.i16();
            let bytes =
                halves.narrow_saturate(whole.narrow_saturate(a, b), whole.narrow_saturate(c, d));
            isa.u8().store(bytes, out);
        }
        for (value, out) in rows.remainder().iter().zip(outs.into_remainder()) {
            let value = value.mul_add(self.inverse, self.zero).round_ties_even();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to a byte"
            )]
            {
                *out = value.clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// Adds a row to another and norms the sum: mean 0, variance 1, then a scale and a bias for each place.
pub(super) struct AddNorm<'a> {
    pub row: &'a mut [f32],
    pub added: &'a [f32],
    pub scale: &'a [f32],
    pub bias: &'a [f32],
}

impl SimdOp for AddNorm<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let real = isa.f32();
        let lanes = real.len();
        #[expect(clippy::cast_precision_loss, reason = "a row has a few hundred places")]
        let count = self.row.len() as f32;
        let mut sum = real.zero();
        for (row, added) in self.row.chunks_exact_mut(lanes).zip(self.added.chunks_exact(lanes)) {
            let value = real.add(real.load(row), real.load(added));
            real.store(value, row);
            sum = real.add(sum, value);
        }
        let mean = real.splat(real.sum(sum) / count);
        let squares = self.row.simd_iter(real).fold(
            real.zero(),
            #[inline(always)]
            |squares, value| {
                let from_mean = real.sub(value, mean);
                real.mul_add(from_mean, from_mean, squares)
            },
        );
        let inverse = real.splat(1.0 / (real.sum(squares) / count + 1e-12).sqrt());
        let places = self.scale.chunks_exact(lanes).zip(self.bias.chunks_exact(lanes));
        for (row, (scale, bias)) in self.row.chunks_exact_mut(lanes).zip(places) {
            let value = real.mul(real.sub(real.load(row), mean), inverse);
            real.store(real.mul_add(value, real.load(scale), real.load(bias)), row);
        }
    }
}

/// The product of one row with each of several rows of the same length.
pub(super) struct Dots<'a> {
    pub rows: &'a [f32],
    pub row: &'a [f32],
    pub out: &'a mut [f32],
}

impl SimdOp for Dots<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let real = isa.f32();
        let lanes = real.len();
        for (row, out) in self.rows.chunks_exact(self.row.len()).zip(self.out) {
            let mut sum = real.zero();
            for (one, other) in row.chunks_exact(lanes).zip(self.row.chunks_exact(lanes)) {
                sum = real.mul_add(real.load(one), real.load(other), sum);
            }
            *out = real.sum(sum);
        }
    }
}

/// Makes shares of a row of scores.
pub(super) fn softmax(row: &mut [f32]) {
    Softmax::new_mut(row).dispatch();
}
