//! Takes word vectors, gives classes of words of like meaning, in three steps of fineness.
//! Invariant: sums are taken in one fixed order, so the same vectors give the same classes on every machine.

use super::random::Random;
use serde::Deserialize;

/// Classes from fine to coarse.
const CLASSES: [usize; 3] = [1024, 256, 64];
/// Rounds; the classes hardly change afterwards.
const ROUNDS: usize = 12;
/// Sums run side by side, for the processor's sake; their order is fixed.
const LANES: usize = 8;
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

/// Classes of the whole words of a vocabulary: pieces of words and placeholders are left out.
pub fn meanings(
    safetensors: &[u8],
    vocabulary: &str,
    seed: u64,
) -> Result<Vec<(String, [u16; 3])>, VectorsError> {
    let vectors = vectors(safetensors, vocabulary)?;
    let classings = CLASSES.map(|count| vectors.cluster(count.min(vectors.words.len()), seed));
    let words = vectors.words.iter().enumerate();
    Ok(words
        .map(|(at, word)| {
            let of = classings.each_ref().map(|classes| classes.get(at).copied().unwrap_or(0));
            ((*word).to_owned(), of)
        })
        .collect())
}

fn vectors<'v>(safetensors: &[u8], vocabulary: &'v str) -> Result<Vectors<'v>, VectorsError> {
    let (length, rest) =
        safetensors.split_first_chunk::<8>().ok_or(VectorsError("the file is empty"))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let (header, data) = rest.split_at_checked(length).ok_or(VectorsError("its header is cut"))?;
    let header: std::collections::BTreeMap<String, serde_json::Value> =
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
    for (left, right) in left.chunks_exact(LANES).zip(right.chunks_exact(LANES)) {
        for (sum, (left, right)) in sums.iter_mut().zip(left.iter().zip(right)) {
            *sum += left * right;
        }
    }
    sums.into_iter().sum()
}

impl Vectors<'_> {
    fn row(&self, at: usize) -> &[f32] {
        &self.numbers[at * self.width..(at + 1) * self.width]
    }

    /// K-means by direction; classes are counted from 1.
    fn cluster(&self, count: usize, seed: u64) -> Vec<u16> {
        let mut order: Vec<usize> = (0..self.words.len()).collect();
        Random::new(seed).shuffle(&mut order);
        let mut centres: Vec<f32> =
            order.iter().take(count).flat_map(|at| self.row(*at)).copied().collect();
        let mut classes = vec![0_u16; self.words.len()];
        for _ in 0..ROUNDS {
            for (at, class) in classes.iter_mut().enumerate() {
                *class = nearest(self.row(at), &centres);
            }
            let mut sums = vec![0.0_f32; centres.len()];
            for (at, class) in classes.iter().enumerate() {
                let from = usize::from(*class - 1) * self.width;
                let sum = &mut sums[from..from + self.width];
                sum.iter_mut().zip(self.row(at)).for_each(|(sum, number)| *sum += number);
            }
            // A class without words keeps its centre.
            for (centre, sum) in
                centres.chunks_exact_mut(self.width).zip(sums.chunks_exact_mut(self.width))
            {
                if sum.iter().any(|number| *number != 0.0) {
                    to_unit(sum);
                    centre.copy_from_slice(sum);
                }
            }
        }
        classes
    }
}

/// The class, counted from 1, whose centre is nearest; of two as near the first.
fn nearest(row: &[f32], centres: &[f32]) -> u16 {
    let mut best = (f32::MIN, 0);
    for (class, centre) in (1..).zip(centres.chunks_exact(row.len())) {
        let near = product(row, centre);
        if near > best.0 {
            best = (near, class);
        }
    }
    best.1
}
