//! Takes sketches of pages one by one, gives the pairs that are worth comparing word by word.
//! Invariant: each page brings at most [`PARTNERS_MAX`] pairs, so that the work grows with the pages and not with
//! their square; what this cut off is counted; the order the pages came in does not show.

use super::sketch::{NUMBER_BITS, Sketch};
use jiff::civil::Date;
use std::cmp::Reverse;
use sulh_model::time::UncertainDate;

/// So many bits are left for a page beside a number of its sketch.
const PAGE_BITS: u32 = u64::BITS - NUMBER_BITS;

/// So many pages fit in one collection.
pub const PAGES_MAX: usize = 1 << PAGE_BITS;

/// So many numbers of sketches fit: places among them are kept in 32 bits.
const POSTINGS_MAX: usize = (u32::MAX - (1 << 20)) as usize;

/// A number that more pages have is a formula, a frame, or a text that went round the world: each page is compared
/// by it with the first of them alone.
const CROWD_PAGES: usize = 32;

/// A page is compared with so many earlier ones at most.
const PARTNERS_MAX: usize = 24;

/// Of those, so many with which it has a single number in common: most of them share a turn of phrase.
const SINGLE_PARTNERS_MAX: usize = 4;

/// Which page: how many were added before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(pub u32);

/// Two pages; the first was there first, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The earlier one.
    pub first: PageNumber,
    /// The later one.
    pub second: PageNumber,
}

/// What was left out to bound the work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Numbers of sketches that more than 32 pages have: by these a page was compared with the first 32 alone.
    pub crowded_numbers: usize,
    /// Pairs with a number in common that were not compared, for one of them had better partners.
    pub pairs: usize,
}

/// Why a page cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a collection of pages is full ({PAGES_MAX} pages fit); look for copies in parts of it")]
pub struct CollectionError;

/// Pages among which copies are looked for.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    pages: Vec<Entry>,
    /// A number of a sketch above, the page below.
    postings: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Entry {
    key: Box<str>,
    published: Option<Published>,
    words: u32,
    numbers: u32,
    digest: u64,
}

/// When a page was published, where its last possible day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub earliest: Option<Date>,
    pub latest: Date,
}

impl Published {
    fn of(date: &UncertainDate) -> Option<Self> {
        Some(Self { earliest: date.earliest(), latest: date.latest()? })
    }
}

impl Collection {
    /// Takes a page in. The key tells pages of one day apart and has to be the same in every run: an id or a path.
    pub fn add(
        &mut self,
        key: &str,
        published: Option<&UncertainDate>,
        sketch: &Sketch,
    ) -> Result<PageNumber, CollectionError> {
        let number = u32::try_from(self.pages.len()).map_err(|_| CollectionError)?;
        if self.pages.len() >= PAGES_MAX || self.postings.len() >= POSTINGS_MAX {
            return Err(CollectionError);
        }
        let packed = |one: &u64| one << PAGE_BITS | u64::from(number);
        self.postings.extend(sketch.numbers.iter().map(packed));
        let digest =
            |sum: u64, one: &u64| (sum.rotate_left(5) ^ one).wrapping_mul(0x0100_0000_01b3);
        self.pages.push(Entry {
            key: key.into(),
            published: published.and_then(Published::of),
            words: sketch.words,
            numbers: u32::try_from(sketch.numbers.len()).unwrap_or(u32::MAX),
            digest: sketch.numbers.iter().fold(0, digest),
        });
        Ok(PageNumber(number))
    }

    /// How many pages it holds.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// True when it holds none.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// When a page was published.
    pub(super) fn published(&self, page: PageNumber) -> Option<Published> {
        self.pages.get(page.0 as usize)?.published
    }

    /// The pages, the first published first: by its last possible day. A page without one comes after all others; of
    /// one day the longest comes first, for a text is cut more often than drawn out.
    pub fn in_order(&self) -> Vec<PageNumber> {
        let mut order: Vec<PageNumber> = (0_u32..).take(self.pages.len()).map(PageNumber).collect();
        let by = |page: &PageNumber| {
            self.pages.get(page.0 as usize).map(|entry| {
                let latest = entry.published.map(|published| published.latest);
                let earliest = entry.published.and_then(|published| published.earliest);
                (latest.is_none(), latest, Reverse(entry.words), &entry.key, earliest, entry.digest)
            })
        };
        order.sort_unstable_by(|one, other| by(one).cmp(&by(other)).then(one.cmp(other)));
        order
    }

    /// The pairs worth comparing, by their places in an order of the pages, the later one's after another; uses the
    /// sketches up.
    pub(super) fn partners(&mut self, order: &[PageNumber]) -> (Vec<(u32, u32)>, Cut) {
        let crowds = Crowds::of(std::mem::take(&mut self.postings), order);
        let mut cut = Cut { crowded_numbers: crowds.crowded(), pairs: 0 };
        let mut tally = vec![Hits::default(); order.len()];
        let mut met: Vec<u32> = Vec::new();
        let mut pairs = Vec::new();
        for place in (0_u32..).take(order.len()) {
            for (earlier, pages) in crowds.met_by(place) {
                let hits = &mut tally[earlier as usize];
                if hits.all == 0 {
                    met.push(earlier);
                }
                hits.take(pages);
            }
            let own = self.numbers(order, place);
            let fewer = |earlier: u32| self.numbers(order, earlier).min(own);
            met.retain(|earlier| tally[*earlier as usize].are_worth_it(fewer(*earlier)));
            let known = met.len();
            let kept = best(&mut met, &tally, fewer);
            cut.pairs += known - kept;
            pairs.extend(met.iter().take(kept).map(|earlier| (place, *earlier)));
            for (earlier, _) in crowds.met_by(place) {
                tally[earlier as usize] = Hits::default();
            }
            met.clear();
        }
        (pairs, cut)
    }

    fn numbers(&self, order: &[PageNumber], place: u32) -> u32 {
        let page = order.get(place as usize).and_then(|page| self.pages.get(page.0 as usize));
        page.map_or(0, |entry| entry.numbers)
    }
}

/// What a page's sketch has in common with another's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Hits {
    /// How many numbers.
    all: u32,
    /// How telling they are: a number that few pages have says more.
    weight: u32,
}

impl Hits {
    fn take(&mut self, pages: usize) {
        self.all += 1;
        if pages <= CROWD_PAGES {
            self.weight += (4 * CROWD_PAGES / pages.max(1)) as u32;
        }
    }

    /// What many pages have makes a copy only where it is a good part of a page.
    fn are_worth_it(self, numbers: u32) -> bool {
        self.weight > 0 || self.all * 4 >= numbers
    }
}

/// Puts the best partners first, and says how many are kept. Of those that have about as much in common with a page
/// the earliest is first, so that the root of many copies is among them.
fn best(met: &mut [u32], tally: &[Hits], numbers: impl Fn(u32) -> u32) -> usize {
    let hits = |place: &u32| tally[*place as usize];
    // In octaves: within one, chance decides who has more.
    let weight = |place: &u32| (hits(place).weight + hits(place).all).checked_ilog2();
    met.sort_unstable_by_key(|place| (Reverse(weight(place)), *place));
    let mut singles = 0;
    let mut kept = 0;
    for at in 0..met.len() {
        let single = hits(&met[at]).all == 1 && numbers(met[at]) > 4;
        if kept == PARTNERS_MAX || single && singles == SINGLE_PARTNERS_MAX {
            continue;
        }
        singles += usize::from(single);
        met.swap(kept, at);
        kept += 1;
    }
    kept
}

/// The numbers that several pages have, with the pages' places in the order.
struct Crowds {
    /// A number above, a place below; ascending, numbers of one page alone left out.
    postings: Vec<u64>,
    /// For each place, in the order of the places, its numbers: where in `postings` the first page with it stands,
    /// and where the place itself.
    own: Vec<(u32, u32)>,
    /// Where in `own` the numbers of a place begin.
    from: Vec<u32>,
}

impl Crowds {
    fn of(mut postings: Vec<u64>, order: &[PageNumber]) -> Self {
        let mut places = vec![0_u64; order.len()];
        for (place, page) in (0_u64..).zip(order) {
            places[page.0 as usize] = place;
        }
        for posting in &mut postings {
            *posting = (*posting >> PAGE_BITS << PAGE_BITS) | places[place_of(*posting) as usize];
        }
        postings.sort_unstable();
        keep_shared(&mut postings);
        let mut from = vec![0_u32; order.len() + 1];
        for posting in &postings {
            from[place_of(*posting) as usize + 1] += 1;
        }
        for place in 1..from.len() {
            from[place] += from[place - 1];
        }
        let mut next = from.clone();
        let mut own = vec![(0_u32, 0_u32); postings.len()];
        let mut first = 0_u32;
        for (at, posting) in (0_u32..).zip(&postings) {
            if !same_number(&postings[first as usize], posting) {
                first = at;
            }
            let slot = &mut next[place_of(*posting) as usize];
            own[*slot as usize] = (first, at);
            *slot += 1;
        }
        Self { postings, own, from }
    }

    /// How many numbers more pages have than are compared by them.
    fn crowded(&self) -> usize {
        self.postings.chunk_by(same_number).filter(|pages| pages.len() > CROWD_PAGES).count()
    }

    /// The earlier places that have a number in common with one, once for each number, and how many have it: one more
    /// than a crowd where there are more.
    fn met_by(&self, place: u32) -> impl Iterator<Item = (u32, usize)> {
        let own = self.from[place as usize] as usize..self.from[place as usize + 1] as usize;
        self.own[own].iter().flat_map(|(first, at)| {
            let earlier = &self.postings[*first as usize..*at as usize];
            let few = self.postings[*first as usize..].iter().take(CROWD_PAGES + 1);
            let pages =
                few.take_while(|one| same_number(one, &self.postings[*at as usize])).count();
            earlier.iter().take(CROWD_PAGES).map(move |posting| (place_of(*posting), pages))
        })
    }
}

/// The page, or the place, in the lower bits of a posting.
fn place_of(posting: u64) -> u32 {
    (posting & ((1 << PAGE_BITS) - 1)) as u32
}

fn same_number(one: &u64, other: &u64) -> bool {
    one >> PAGE_BITS == other >> PAGE_BITS
}

/// Leaves the numbers out that one page alone has.
fn keep_shared(postings: &mut Vec<u64>) {
    let mut kept = 0;
    for at in 0..postings.len() {
        let before =
            at.checked_sub(1).is_some_and(|before| same_number(&postings[before], &postings[at]));
        // What stands before `kept` was moved, and what stands from `at` on was not.
        let after = postings.get(at + 1).is_some_and(|after| same_number(after, &postings[at]));
        if before || after {
            postings[kept] = postings[at];
            kept += 1;
        }
    }
    postings.truncate(kept);
}
