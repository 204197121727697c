//! Takes the words of a treebank and of a system over one text, gives which is which.
//! Invariant: pairs are in order and no word is in two. Words stand for each other when they cover the same
//! characters; inside tokens of more than one word, whose words have no characters of their own, when their
//! forms are part of the longest common row of forms.

use std::ops::Range;

/// A longer stretch of tokens of more than one word is no language: its words are left unaligned, because the
/// common row takes time and memory by the product of both lengths.
const COMMON_ROW_CELLS_MAX: usize = 1 << 20;

/// A word in a text.
pub trait Placed {
    /// The characters of its token, counted without white space.
    fn characters(&self) -> &Range<usize>;
    /// Whether its token has more words than this.
    fn in_multiword(&self) -> bool;
    /// Its form in lower case.
    fn form(&self) -> &str;
}

/// Pairs of indexes: the treebank's word, the system's.
pub fn align<W: Placed>(gold: &[W], system: &[W]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let (mut g, mut s) = (0, 0);
    while let (Some(wanted), Some(found)) = (gold.get(g), system.get(s)) {
        if wanted.in_multiword() || found.in_multiword() {
            let (gold_words, system_words) = multiword_stretch(gold, system, g, s);
            (g, s) = (gold_words.end, system_words.end);
            common_row(gold, gold_words, system, system_words, &mut pairs);
        } else if wanted.characters() == found.characters() {
            pairs.push((g, s));
            (g, s) = (g + 1, s + 1);
        } else if wanted.characters().start <= found.characters().start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// The words of both around one token of more than one word, one of which stands at `g` or `s`: the fewest that
/// end together.
fn multiword_stretch<W: Placed>(
    gold: &[W],
    system: &[W],
    mut g: usize,
    mut s: usize,
) -> (Range<usize>, Range<usize>) {
    let starts_first = |one: &W, other: &W| {
        !one.in_multiword() && one.characters().start < other.characters().start
    };
    let mut end = if gold[g].in_multiword() {
        s += usize::from(starts_first(&system[s], &gold[g]));
        gold[g].characters().end
    } else {
        g += usize::from(starts_first(&gold[g], &system[s]));
        system[s].characters().end
    };
    let (first_gold, first_system) = (g, s);
    while !is_beyond(gold.get(g), end) || !is_beyond(system.get(s), end) {
        let take_gold = gold.get(g).is_some_and(|wanted| {
            system.get(s).is_none_or(|found| wanted.characters().start <= found.characters().start)
        });
        let (words, at) = if take_gold { (gold, &mut g) } else { (system, &mut s) };
        let Some(word) = words.get(*at) else { break };
        if word.in_multiword() {
            end = end.max(word.characters().end);
        }
        *at += 1;
    }
    (first_gold..g, first_system..s)
}

fn is_beyond<W: Placed>(word: Option<&W>, end: usize) -> bool {
    word.is_none_or(|word| {
        let characters = word.characters();
        if word.in_multiword() { characters.start >= end } else { characters.end > end }
    })
}

/// Pairs the words of two stretches by their longest common row of forms.
fn common_row<W: Placed>(
    gold: &[W],
    gold_words: Range<usize>,
    system: &[W],
    system_words: Range<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let (rows, columns) = (gold_words.len(), system_words.len());
    if rows == 0 || columns == 0 || rows.saturating_mul(columns) > COMMON_ROW_CELLS_MAX {
        return;
    }
    let same = |row: usize, column: usize| {
        gold[gold_words.start + row].form() == system[system_words.start + column].form()
    };
    // One row and one column more than there are words, so that the last ones have a neighbour.
    let mut longest = vec![vec![0_usize; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let with = if same(row, column) { 1 + longest[row + 1][column + 1] } else { 0 };
            longest[row][column] = with.max(longest[row + 1][column]).max(longest[row][column + 1]);
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        if same(row, column) {
            pairs.push((gold_words.start + row, system_words.start + column));
            (row, column) = (row + 1, column + 1);
        } else if longest[row][column] == longest[row + 1][column] {
            row += 1;
        } else {
            column += 1;
        }
    }
}
