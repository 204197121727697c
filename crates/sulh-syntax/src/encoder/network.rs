//! Takes word pieces, gives scores: of each word's tags, of each arc, of each label of a chosen arc.
//! Invariant: products of bytes are exact, each row has its own scale, and a sentence is computed by itself: nothing
//! about other sentences, threads or the order of calls can move a score.

use super::file::{ModelError, Reader};
use super::pieces::{Input, PIECES_MAX, SHAPES};
use super::vectors::{AddNorm, ByteScale, Dots, Rescale, softmax, to_bytes};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::SimdOp;
use rten_tensor::NdTensorView;

const LAYERS: usize = 6;
const WIDTH: usize = 384;
const HEADS: usize = 12;
const HEAD_WIDTH: usize = WIDTH / HEADS;
const INNER: usize = 1536;
const ARC: usize = 256;
/// What a label's scores see of a word and of its head; the slots behind are for the sizes of vectors.
const LABEL: usize = 100;
const LABEL_SLOTS: usize = 112;
const SIDES: usize = 2 * ARC + 2 * LABEL_SLOTS;
/// Scores of tags in a word's row: universal parts of speech, then Penn tags, then nothing.
pub(super) const TAG_SLOTS: usize = 80;

/// The weights.
pub(super) struct Network {
    words: Table,
    positions: Table,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// How much of each layer tags and arcs see, the embeddings first.
    mix: Vec<f32>,
    tags: Dense,
    sides: Dense,
    arcs: Dense,
    labels: Dense,
}

/// What the network says of a sentence.
pub(super) struct Scores {
    /// How many words.
    pub words: usize,
    /// A row of `TAG_SLOTS` for each word.
    pub tags: Vec<f32>,
    /// A row for the root, which means nothing, and for each word: a score for the root and for each word as its head.
    pub arcs: Vec<f32>,
    /// What labels see of the root and of each word, `SIDES` a row.
    sides: Vec<f32>,
}

/// Rows in bytes, each with its scale.
struct Table {
    rows: Vec<i8>,
    scales: Vec<f32>,
}

struct Norm {
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// A product with a matrix of bytes, each column with its scale, and a bias.
struct Dense {
    inputs: usize,
    outputs: usize,
    weights: PackedBMatrix<i8>,
    /// The sum of each column: what a row's zero adds to it.
    totals: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

struct Layer {
    attention_in: Dense,
    attention_out: Dense,
    attention_norm: Norm,
    up: Dense,
    down: Dense,
    norm: Norm,
}

/// What multiplies, chosen for the processor (it cannot move between threads, so each call has its own), and room for
/// what is computed on the way.
#[derive(Default)]
struct Room {
    whole: GemmExecutor<u8, i8, i32>,
    real: GemmExecutor<f32>,
    bytes: Vec<u8>,
    scales: Vec<ByteScale>,
    sums: Vec<i32>,
    attention: Vec<f32>,
    seen: Vec<f32>,
    inner: Vec<f32>,
    added: Vec<f32>,
    shares: Vec<f32>,
    head: Vec<f32>,
}

impl Network {
    pub fn read(
        reader: &mut Reader<'_>,
        vocabulary: usize,
        labels: usize,
    ) -> Result<Self, ModelError> {
        let bytes = GemmExecutor::default();
        let dense =
            |reader: &mut Reader<'_>, inputs, outputs| Dense::read(reader, &bytes, inputs, outputs);
        let words = Table::read(reader, vocabulary)?;
        let positions = Table::read(reader, PIECES_MAX)?;
        let shapes = reader.real(SHAPES * WIDTH)?;
        let norm = Norm::read(reader)?;
        let mut layers = Vec::new();
        for _ in 0..LAYERS {
            layers.push(Layer {
                attention_in: dense(reader, WIDTH, 3 * WIDTH)?,
                attention_out: dense(reader, WIDTH, WIDTH)?,
                attention_norm: Norm::read(reader)?,
                up: dense(reader, WIDTH, INNER)?,
                down: dense(reader, INNER, WIDTH)?,
                norm: Norm::read(reader)?,
            });
        }
        let mix = reader.real(2 * (LAYERS + 1))?;
        let tags = dense(reader, WIDTH, TAG_SLOTS)?;
        let sides = dense(reader, WIDTH, SIDES)?;
        let arcs = dense(reader, ARC, ARC)?;
        let labels = dense(reader, LABEL_SLOTS, labels * LABEL_SLOTS)?;
        Ok(Self { words, positions, shapes, norm, layers, mix, tags, sides, arcs, labels })
    }

    /// Scores of tags and arcs. Always something; nothing would be a fault in a product's sizes.
    pub fn scores(&self, input: &Input) -> Option<Scores> {
        let mut room = Room::default();
        let mut rows = self.embedded(input, &mut room);
        let mut mixes =
            [vec![0.0; input.places.len() * WIDTH], vec![0.0; input.places.len() * WIDTH]];
        self.mix_in(0, &rows, input, &mut mixes);
        for (number, layer) in self.layers.iter().enumerate() {
            self.pass(layer, &mut rows, &mut room)?;
            self.mix_in(number + 1, &rows, input, &mut mixes);
        }
        let [for_tags, for_arcs] = mixes;
        let mut tags = Vec::new();
        self.product(&self.tags, &for_tags[WIDTH..], WIDTH, false, &mut room, &mut tags)?;
        let mut sides = Vec::new();
        self.product(&self.sides, &for_arcs, WIDTH, true, &mut room, &mut sides)?;
        let mut of_words = Vec::new();
        self.product(&self.arcs, &sides, SIDES, false, &mut room, &mut of_words)?;
        let places = input.places.len();
        let mut arcs = vec![0.0; places * places];
        let heads = NdTensorView::from_data([places, SIDES], &sides[..]);
        let heads = heads.slice((.., ARC..2 * ARC));
        let of_words = NdTensorView::from_data([places, ARC], &of_words[..]);
        room.real
            .gemm(
                &mut arcs,
                GemmInputA::Unpacked(of_words),
                GemmInputB::Unpacked(heads.transposed()),
                GemmOptions::default(),
            )
            .ok()?;
        Some(Scores { words: places - 1, tags, arcs, sides })
    }

    /// Scores of all labels of the arc from each word to its head: a row for each word.
    pub fn label_scores(&self, scores: &Scores, heads: &[usize]) -> Option<Vec<f32>> {
        let count = self.labels.outputs / LABEL_SLOTS;
        let mut room = Room::default();
        let mut pairs = Vec::new();
        let words = &scores.sides[SIDES + 2 * ARC..];
        self.product(&self.labels, words, SIDES, false, &mut room, &mut pairs)?;
        let mut labels = vec![0.0; scores.words * count];
        let rows = pairs.chunks_exact(count * LABEL_SLOTS).zip(labels.chunks_exact_mut(count));
        for ((rows, out), head) in rows.zip(heads.iter().skip(1)) {
            let mut row = [0.0; LABEL_SLOTS];
            row.copy_from_slice(
                &scores.sides[head * SIDES + 2 * ARC + LABEL_SLOTS..][..LABEL_SLOTS],
            );
            // What a label's score has without its head.
            row[LABEL] = 1.0;
            Dots { rows, row: &row, out }.dispatch();
        }
        Some(labels)
    }

    fn embedded(&self, input: &Input, room: &mut Room) -> Vec<f32> {
        let mut rows = vec![0.0; input.pieces.len() * WIDTH];
        room.added.clear();
        for (position, (piece, shape)) in input.pieces.iter().zip(&input.shapes).enumerate() {
            self.positions.add(position, &mut rows[position * WIDTH..][..WIDTH]);
            self.words.add(*piece, &mut rows[position * WIDTH..][..WIDTH]);
            room.added.extend(&self.shapes[usize::from(*shape) * WIDTH..][..WIDTH]);
        }
        self.norm.add(&mut rows, &room.added);
        rows
    }

    /// Adds a layer's rows at each word's first and last piece to what tags and arcs see.
    fn mix_in(&self, layer: usize, rows: &[f32], input: &Input, mixes: &mut [Vec<f32>; 2]) {
        for (of, mix) in mixes.iter_mut().enumerate() {
            let half = self.mix[of * (LAYERS + 1) + layer] * 0.5;
            for (out, (first, last)) in mix.chunks_exact_mut(WIDTH).zip(&input.places) {
                let pieces =
                    rows[first * WIDTH..][..WIDTH].iter().zip(&rows[last * WIDTH..][..WIDTH]);
                for (out, (first, last)) in out.iter_mut().zip(pieces) {
                    *out += half * (first + last);
                }
            }
        }
    }

    /// One layer: what pieces see of one another, then each by itself.
    fn pass(&self, layer: &Layer, rows: &mut [f32], room: &mut Room) -> Option<()> {
        let mut attention = std::mem::take(&mut room.attention);
        self.product(&layer.attention_in, rows, WIDTH, false, room, &mut attention)?;
        let mut seen = std::mem::take(&mut room.seen);
        self.attend(&attention, room, &mut seen)?;
        let mut added = std::mem::take(&mut room.added);
        self.product(&layer.attention_out, &seen, WIDTH, false, room, &mut added)?;
        layer.attention_norm.add(rows, &added);
        let mut inner = std::mem::take(&mut room.inner);
        self.product(&layer.up, rows, WIDTH, true, room, &mut inner)?;
        self.product(&layer.down, &inner, INNER, false, room, &mut added)?;
        layer.norm.add(rows, &added);
        (room.attention, room.seen, room.added, room.inner) = (attention, seen, added, inner);
        Some(())
    }

    /// What each piece sees of all, head by head. Queries come divided by the root of a head's width.
    fn attend(&self, attention: &[f32], room: &mut Room, seen: &mut Vec<f32>) -> Option<()> {
        let pieces = attention.len() / (3 * WIDTH);
        seen.resize(pieces * WIDTH, 0.0);
        room.shares.resize(pieces * pieces, 0.0);
        room.head.resize(pieces * HEAD_WIDTH, 0.0);
        let all = NdTensorView::from_data([pieces, 3 * WIDTH], attention);
        for head in 0..HEADS {
            let part = |of: usize| {
                let begin = of * WIDTH + head * HEAD_WIDTH;
                all.slice((.., begin..begin + HEAD_WIDTH))
            };
            let (queries, keys, values) = (part(0), part(1), part(2));
            let (left, right) =
                (GemmInputA::Unpacked(queries), GemmInputB::Unpacked(keys.transposed()));
            room.real.gemm(&mut room.shares, left, right, GemmOptions::default()).ok()?;
            room.shares.chunks_exact_mut(pieces).for_each(softmax);
            let shares = NdTensorView::from_data([pieces, pieces], &room.shares[..]);
            let (left, right) = (GemmInputA::Unpacked(shares), GemmInputB::Unpacked(values));
            room.real.gemm(&mut room.head, left, right, GemmOptions::default()).ok()?;
            let heads = room.head.chunks_exact(HEAD_WIDTH);
            for (row, seen) in heads.zip(seen.chunks_exact_mut(WIDTH)) {
                seen[head * HEAD_WIDTH..][..HEAD_WIDTH].copy_from_slice(row);
            }
        }
        Some(())
    }

    /// The product of rows, which begin `stride` apart, with a matrix of bytes.
    fn product(
        &self,
        dense: &Dense,
        rows: &[f32],
        stride: usize,
        squash: bool,
        room: &mut Room,
        out: &mut Vec<f32>,
    ) -> Option<()> {
        let count = rows.len().div_ceil(stride);
        room.bytes.resize(count * dense.inputs, 0);
        room.scales.clear();
        for (row, bytes) in rows.chunks(stride).zip(room.bytes.chunks_exact_mut(dense.inputs)) {
            room.scales.push(to_bytes(&row[..dense.inputs], bytes));
        }
        room.sums.resize(count * dense.outputs, 0);
        let left = NdTensorView::from_data([count, dense.inputs], &room.bytes[..]);
        // The zero of each row is put right in `Rescale`: rten-gemm 0.27 gives all rows the zeros of the first few.
        let (left, right) = (GemmInputA::Unpacked(left), GemmInputB::Packed(&dense.weights));
        room.whole.gemm(&mut room.sums, left, right, GemmOptions::default()).ok()?;
        out.resize(count * dense.outputs, 0.0);
        let sums = room.sums.chunks_exact(dense.outputs).zip(&room.scales);
        for ((sums, scale), out) in sums.zip(out.chunks_exact_mut(dense.outputs)) {
            let Dense { totals, scales: columns, bias, .. } = dense;
            Rescale { sums, scale: *scale, totals, columns, bias, out, squash }.dispatch();
        }
        Some(())
    }
}

impl Table {
    fn read(reader: &mut Reader<'_>, rows: usize) -> Result<Self, ModelError> {
        Ok(Self { rows: reader.whole(rows * WIDTH)?, scales: reader.real(rows)? })
    }

    fn add(&self, row: usize, out: &mut [f32]) {
        let scale = self.scales[row];
        for (out, value) in out.iter_mut().zip(&self.rows[row * WIDTH..][..WIDTH]) {
            *out += f32::from(*value) * scale;
        }
    }
}

impl Norm {
    fn read(reader: &mut Reader<'_>) -> Result<Self, ModelError> {
        Ok(Self { scale: reader.real(WIDTH)?, bias: reader.real(WIDTH)? })
    }

    /// Adds rows to rows and norms each sum.
    fn add(&self, rows: &mut [f32], added: &[f32]) {
        let Self { scale, bias } = self;
        for (row, added) in rows.chunks_exact_mut(WIDTH).zip(added.chunks_exact(WIDTH)) {
            AddNorm { row, added, scale, bias }.dispatch();
        }
    }
}

impl Dense {
    fn read(
        reader: &mut Reader<'_>,
        products: &GemmExecutor<u8, i8, i32>,
        inputs: usize,
        outputs: usize,
    ) -> Result<Self, ModelError> {
        let weights = reader.whole(inputs * outputs)?;
        let mut totals = vec![0; outputs];
        for row in weights.chunks_exact(outputs) {
            for (total, weight) in totals.iter_mut().zip(row) {
                *total += i32::from(*weight);
            }
        }
        let weights = products.prepack_b(NdTensorView::from_data([inputs, outputs], &weights[..]));
        let (scales, bias) = (reader.real(outputs)?, reader.real(outputs)?);
        Ok(Self { inputs, outputs, weights, totals, scales, bias })
    }
}
