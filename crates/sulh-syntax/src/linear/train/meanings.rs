//! Takes word vectors, gives classes of words of like meaning, in three steps of fineness.
//! Invariant: sums are taken in one fixed order, so the same vectors give the same classes on every machine.

use super::random::Random;
use crate::linear::{Linear, words::form};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Classes from fine to coarse.
const CLASSES: [usize; 3] = [1024, 256, 64];
/// Rounds; the classes hardly change afterwards.
const ROUNDS: usize = 8;
/// Sums run side by side, for the processor's sake; their order is fixed.
const LANES: usize = 8;
/// Rows that are compared with one centre after another while they are in the processor's cache.
const ROWS: usize = 64;
/// The vectors' place in the file.
const TENSOR: &str = "embeddings.word_embeddings.weight";

/// Why vectors were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the word vectors cannot be used: {0}; give the safetensors file and the vocabulary of one package"
)]
pub struct VectorsError(&'static str);

#[derive(Deserialize)]
struct Tensor {
    dtype: String,
    shape: Vec<usize>,
    data_offsets: [usize; 2],
}

/// Words with a vector each, of unit length.
struct Vectors<'v> {
    words: Vec<&'v str>,
    width: usize,
    numbers: Vec<f32>,
}

/// Classes of words of like meaning, by the hashes of their forms, from fine to coarse, counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    pub(super) classes: BTreeMap<u32, [u16; 3]>,
}

impl Meanings {
    /// Classes of the whole words of a vocabulary: pieces of words and placeholders are left out.
    pub fn of_vectors(
        safetensors: &[u8],
        vocabulary: &str,
        seed: u64,
    ) -> Result<Self, VectorsError> {
        let vectors = vectors(safetensors, vocabulary)?;
        let words = vectors.words.iter().map(|word| form(word));
        let [fine, middle, coarse] = CLASSES.map(|count| count.min(vectors.words.len()));
        // Fine classes are of words, the coarser ones of the finer ones' centres.
        let (fine, centres) = cluster(&vectors.numbers, vectors.width, fine, seed);
        let (middle, centres) = cluster(&centres, vectors.width, middle, seed);
        let (coarse, _) = cluster(&centres, vectors.width, coarse, seed);
        let of = |classes: &[u16], class: u16| {
            classes.get(usize::from(class).wrapping_sub(1)).copied().unwrap_or(0)
        };
        let classes = words.zip(fine).map(|(form, fine)| {
            let middle = of(&middle, fine);
            (form, [fine, middle, of(&coarse, middle)])
        });
        Ok(Self { classes: classes.collect() })
    }

    /// The classes a model was made with.
    pub fn of_model(model: &Linear) -> Self {
        let words = model.words.sorted().into_iter();
        let classes =
            words.map(|(form, [fine, middle, coarse, _, _])| (form, [fine, middle, coarse]));
        Self { classes: classes.filter(|(_, classes)| *classes != [0; 3]).collect() }
    }
}

fn vectors<'v>(safetensors: &[u8], vocabulary: &'v str) -> Result<Vectors<'v>, VectorsError> {
    let (length, rest) =
        safetensors.split_first_chunk::<8>().ok_or(VectorsError("the file is empty"))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let (header, data) = rest.split_at_checked(length).ok_or(VectorsError("its header is cut"))?;
    let header: BTreeMap<String, serde_json::Value> =
        serde_json::from_slice(header).map_err(|_| VectorsError("its header is no JSON"))?;
    let tensor = header.get(TENSOR).ok_or(VectorsError("it holds no word embeddings"))?;
    let tensor: Tensor = serde_json::from_value(tensor.clone())
        .map_err(|_| VectorsError("its word embeddings are not described"))?;
    let [from, to] = tensor.data_offsets;
    let bytes = data.get(from..to).ok_or(VectorsError("its word embeddings are cut"))?;
    let (&[rows, width], "F32") = (tensor.shape.as_slice(), tensor.dtype.as_str()) else {
        return Err(VectorsError("its word embeddings are not a table of 32-bit numbers"));
    };
    let is_whole = width > 0
        && width.is_multiple_of(LANES)
        && bytes.len() == rows * width * 4
        && vocabulary.lines().count() == rows;
    if !is_whole {
        return Err(VectorsError("its word embeddings and the vocabulary differ in length"));
    }
    Ok(whole_words(bytes, width, vocabulary))
}

fn whole_words<'v>(bytes: &[u8], width: usize, vocabulary: &'v str) -> Vectors<'v> {
    let mut words = Vec::new();
    let mut numbers = Vec::new();
    for (word, row) in vocabulary.lines().zip(bytes.chunks_exact(width * 4)) {
        let is_placeholder = word.starts_with('[') && word.len() > 1;
        if !word.starts_with("##") && !is_placeholder {
            words.push(word);
            let row = row.chunks_exact(4).map(|four| {
                let mut number = [0; 4];
                number.copy_from_slice(four);
                f32::from_le_bytes(number)
            });
            numbers.extend(row);
        }
    }
    // What all words share says nothing of any: the mean is taken off.
    let mut mean = vec![0.0_f32; width];
    for row in numbers.chunks_exact(width) {
        mean.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
    }
    let count = words.len().max(1) as f32;
    for row in numbers.chunks_exact_mut(width) {
        row.iter_mut().zip(&mean).for_each(|(number, sum)| *number -= sum / count);
        to_unit(row);
    }
    Vectors { words, width, numbers }
}

fn to_unit(row: &mut [f32]) {
    let length = product(row, row).sqrt();
    if length > 0.0 {
        row.iter_mut().for_each(|number| *number /= length);
    }
}

fn product(left: &[f32], right: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let (left, right) = (left.as_chunks::<LANES>().0, right.as_chunks::<LANES>().0);
    for (left, right) in left.iter().zip(right) {
        for lane in 0..LANES {
            sums[lane] += left[lane] * right[lane];
        }
    }
    sums.into_iter().sum()
}

/// K-means by direction: each row's class, counted from 1, and the classes' centres.
fn cluster(rows: &[f32], width: usize, count: usize, seed: u64) -> (Vec<u16>, Vec<f32>) {
    let all: Vec<&[f32]> = rows.chunks_exact(width).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    Random::new(seed).shuffle(&mut order);
    let mut centres: Vec<f32> = order.iter().take(count).flat_map(|at| all[*at]).copied().collect();
    let mut classes = vec![0_u16; all.len()];
    for _ in 0..ROUNDS {
        for (rows, classes) in all.chunks(ROWS).zip(classes.chunks_mut(ROWS)) {
            classify(rows, &centres, classes);
        }
        let mut sums = vec![0.0_f32; centres.len()];
        for (row, class) in all.iter().zip(&classes) {
            let from = usize::from(*class).saturating_sub(1) * width;
            let sum = &mut sums[from..from + width];
            sum.iter_mut().zip(*row).for_each(|(sum, number)| *sum += number);
        }
        // A class without words keeps its centre.
        for (centre, sum) in centres.chunks_exact_mut(width).zip(sums.chunks_exact_mut(width)) {
            if sum.iter().any(|number| *number != 0.0) {
                to_unit(sum);
                centre.copy_from_slice(sum);
            }
        }
    }
    (classes, centres)
}

/// Gives each row the class, counted from 1, whose centre is nearest; of two as near the first.
fn classify(rows: &[&[f32]], centres: &[f32], classes: &mut [u16]) {
    let mut nearest = vec![f32::MIN; rows.len()];
    let width = rows.first().map_or(1, |row| row.len());
    for (class, centre) in (1..).zip(centres.chunks_exact(width)) {
        for ((row, nearest), held) in rows.iter().zip(&mut nearest).zip(classes.iter_mut()) {
            let near = product(row, centre);
            if near > *nearest {
                (*nearest, *held) = (near, class);
            }
        }
    }
}
