//! Takes vouchers as statements name them, gives each a number, and each of its texts one: what is weighed
//! a million times compares numbers.
//! Invariant: equal vouchers have one number, and equal texts have one. Numbers follow arrival, so that no
//! answer may hang on their order; where an order shows, texts are compared.

use super::{interest::Stake, line::Line, voucher::Voucher};
use std::cmp::Ordering;

/// The number of a voucher in its `Vouchers`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoucherId(u32);

/// The number of a name, root, owner or side in its `Vouchers`. Its order has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextId(u32);

/// The vouchers of some evidence. Numbers of one table mean nothing in another.
#[derive(Clone, Debug, Default)]
pub struct Vouchers {
    texts: Numbered<String>,
    vouchers: Numbered<Voucher<TextId>>,
}

impl Vouchers {
    /// The number of a voucher.
    pub fn add(&mut self, voucher: Voucher) -> VoucherId {
        let numbered = voucher.map(|text| TextId(self.texts.number(text)));
        VoucherId(self.vouchers.number(numbered))
    }

    /// A stake with its sides as numbers.
    pub fn stake(&mut self, stake: Stake) -> Stake<TextId> {
        stake.map(|side| TextId(self.texts.number(side)))
    }

    /// A voucher by its number.
    pub fn get(&self, id: VoucherId) -> &Voucher<TextId> {
        &self.vouchers.known[id.0 as usize]
    }

    /// A name, root, owner or side by its number.
    pub fn text(&self, id: TextId) -> &str {
        &self.texts.known[id.0 as usize]
    }

    /// A line with its texts spelled out.
    pub(super) fn spelled(&self, line: &Line<TextId>) -> Line {
        let text = |id| self.text(id).to_owned();
        Line {
            voucher: line.voucher.map(text),
            owner: text(line.owner),
            stance: line.stance.map(text),
            basis: line.basis,
            interest: line.interest,
            original_seen: line.original_seen,
            hedge: line.hedge,
            strength: line.strength,
        }
    }

    /// The order of two vouchers by their texts.
    pub(super) fn order(&self, left: VoucherId, right: VoucherId) -> Ordering {
        if left == right {
            return Ordering::Equal;
        }
        let read = |id| self.get(id).map(|text| self.text(text));
        read(left).cmp(&read(right))
    }

    /// The order of two roots of one owner by name, then by root.
    pub(super) fn order_of_roots(&self, left: VoucherId, right: VoucherId) -> Ordering {
        let read = |id| {
            let voucher = self.get(id);
            (voucher.name.map(|name| self.text(name)), self.text(voucher.root))
        };
        read(left).cmp(&read(right))
    }
}

/// Values in the order of their arrival, each once.
#[derive(Clone, Debug)]
struct Numbered<Value> {
    known: Vec<Value>,
    /// The numbers in the order of their values.
    sorted: Vec<u32>,
}

impl<Value> Default for Numbered<Value> {
    fn default() -> Self {
        Self { known: Vec::new(), sorted: Vec::new() }
    }
}

impl<Value: Ord> Numbered<Value> {
    fn number(&mut self, value: Value) -> u32 {
        let known = &self.known;
        match self.sorted.binary_search_by(|number| known[*number as usize].cmp(&value)) {
            Ok(found) => self.sorted[found],
            Err(place) => {
                // More than 2^32 different vouchers do not fit in memory.
                let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
                self.known.push(value);
                self.sorted.insert(place, number);
                number
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{line::samples::voucher, voucher::Stance};

    #[test]
    fn equal_vouchers_have_one_number_and_their_texts_too() {
        let mut vouchers = Vouchers::default();
        let [radio, paper] = ["radio", "paper"].map(|name| vouchers.add(voucher(name)));
        assert_eq!(vouchers.add(voucher("radio")), radio);
        let relayed = vouchers.add(Voucher { relayed: true, ..voucher("radio") });
        assert_ne!(relayed, radio);
        assert_eq!(vouchers.get(relayed).root, vouchers.get(radio).root);
        assert_eq!(vouchers.text(vouchers.get(paper).owner), "paper");
    }

    #[test]
    fn the_order_is_of_texts_and_not_of_arrival() {
        let mut vouchers = Vouchers::default();
        let [radio, paper] = ["radio", "paper"].map(|name| vouchers.add(voucher(name)));
        assert_eq!(vouchers.order(paper, radio), Ordering::Less);
        assert_eq!(vouchers.order_of_roots(radio, paper), Ordering::Greater);
    }

    #[test]
    fn a_stake_shares_the_numbers_of_sides() {
        let mut vouchers = Vouchers::default();
        let stake = vouchers.stake(Stake::against(Some("north")));
        let leaning = Voucher { stance: Stance::Leans("north".into()), ..voucher("paper") };
        let leaning = vouchers.add(leaning);
        let side = vouchers.get(leaning).stance.side().copied();
        assert_eq!(side.map(Stake::Against), Some(stake));
    }
}
