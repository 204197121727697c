//! Takes a number of pages (100,000 unless told), gives how long clustering them takes on two threads, and what memory.
//! Invariant: the pages are made by their numbers alone, the same each time, and none is kept: each is made again
//! when it is compared, as one would be fetched from an archive.
//!
//! Seven of ten pages are their own, two are copies of an earlier one with one word in fifty changed, one is a third
//! of an earlier one. Words are as unequal as in a language, so that many runs of them recur by chance.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::{sync::LazyLock, time::Instant};
use sulh_model::{
    imprint::Imprint,
    page::{Block, BlockKind, CaptureId, Page, PageAbout},
    span::Span,
};
use sulh_page::copies::{
    ArticleWords, Clusters, Collection, Likeness, PageNumber, Pair, Relation, Sketch, clusters,
    compare,
};

const THREADS: usize = 2;

/// So many pages are sketched before they are taken in.
const BATCH_PAGES: u32 = 4096;

const VOCABULARY: f64 = 60_000.0;

fn main() {
    let pages = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    LazyLock::force(&DRAWN);
    let start = Instant::now();
    for page in 0..1000 {
        std::hint::black_box(text(page));
    }
    println!("made a page, one thread      {:.0} us", start.elapsed().as_secs_f64() * 1e3);

    let start = Instant::now();
    let mut collection = Collection::default();
    for from in (0..pages).step_by(BATCH_PAGES as usize) {
        let numbers: Vec<u32> = (from..pages.min(from + BATCH_PAGES)).collect();
        let sketches = shared_out(&numbers, |page| Sketch::of(&words(*page)));
        for (page, sketch) in numbers.iter().zip(sketches) {
            if let Err(problem) = collection.add(&format!("{page:08}"), None, &sketch) {
                println!("{problem}");
                return;
            }
        }
    }
    println!("pages                        {pages}");
    println!("sketched, making included    {}", since(start, 0.0));

    let (start, used) = (Instant::now(), processor_seconds());
    let (mut comparing, mut compared) = (0.0, 0);
    let found = clusters(collection, &mut |pairs| {
        let used = processor_seconds();
        compared += pairs.len();
        let likeness = shared_out(pairs, likeness);
        comparing += processor_seconds() - used;
        likeness
    });
    println!("clustered                    {}", since(start, used));
    println!("  of that comparing          {comparing:.1} s of processor time, making included");
    println!("pairs compared               {compared}");
    told(pages, &found);
}

fn told(pages: u32, found: &Clusters) {
    let members: usize = found.clusters.iter().map(|cluster| cluster.members.len()).sum();
    let made = (0..pages).filter(|page| origin(*page).is_some()).count();
    println!("copies and excerpts made     {made}");
    println!("members of clusters          {members}");
    println!("left out                     {:?}", found.cut);
    for relation in Relation::ALL {
        let links = found.links.iter().filter(|link| link.likeness.relation == *relation).count();
        println!("links, {:<22}{links}", relation.code());
    }
    if let Some(bytes) = memory_peak_bytes() {
        let each = bytes / u64::from(pages.max(1));
        println!("memory at most               {} MB, {each} bytes a page", bytes / 1_000_000);
    }
}

fn likeness(pair: &Pair) -> Option<Likeness> {
    let PageNumber(first) = pair.first;
    let PageNumber(second) = pair.second;
    compare(&words(first), &words(second)).map(|shared| shared.likeness)
}

/// Does some work on two threads, in the order of what is given.
fn shared_out<T: Sync, R: Send>(given: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let work = &work;
    std::thread::scope(|scope| {
        let parts = given.chunks(given.len().div_ceil(THREADS).max(1));
        let threads: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(work).collect::<Vec<R>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    })
}

/// What passed since a moment, and since so much processor time had been used.
fn since(start: Instant, used: f64) -> String {
    let processor = processor_seconds() - used;
    format!("{:.1} s, {processor:.1} s of processor time", start.elapsed().as_secs_f64())
}

/// The processor time of all threads; 0 where the system does not tell as Linux does, in hundredths.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = |field: &str| field.parse::<f64>().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).map(ticks).sum::<f64>() / 100.0
}

/// The most memory this process had.
fn memory_peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kibibytes| kibibytes << 10)
}

/// Numbers by SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }
}

/// The page another is made of, and whether it is a third of it.
fn origin(page: u32) -> Option<(u32, bool)> {
    let mut random = Random(u64::from(page) << 20);
    match random.below(10) {
        0 | 1 if page > 0 => Some((own(random.below(u64::from(page)) as u32), false)),
        2 if page > 0 => Some((own(random.below(u64::from(page)) as u32), true)),
        _ => None,
    }
}

/// The nearest page down that is its own.
fn own(page: u32) -> u32 {
    (0..=page).rev().find(|page| origin(*page).is_none()).unwrap_or(0)
}

fn words(page: u32) -> ArticleWords {
    let text = text(page);
    let about = PageAbout {
        source: String::new(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    let blocks = vec![Block::new(BlockKind::Paragraph, Span::new(0, text.len()))];
    let id = CaptureId::from_digest(&[0; 32]);
    ArticleWords::of(&Page {
        id,
        about,
        imprint: Imprint::silent(),
        language: None,
        text,
        blocks,
        origins: sulh_model::origin::Origins::default(),
        notes: Vec::new(),
    })
}

fn text(page: u32) -> String {
    let (made_of, third) = origin(page).unwrap_or((page, false));
    let mut random = Random(u64::from(made_of) << 20 | 1);
    let count = 150 + random.below(500);
    let count = if third { count / 3 } else { count };
    let mut edits = Random(u64::from(page) << 20 | 2);
    let mut text = String::with_capacity(count as usize * 7);
    for _ in 0..count {
        let drawn = random.next();
        let edited = made_of != page && !third && edits.below(50) == 0;
        let drawn = if edited { edits.next() } else { drawn };
        text.push_str(&DRAWN[(drawn >> 48) as usize]);
    }
    text
}

/// Words as a language has them, by Zipf's law: the one of rank r stands here in proportion to 1/r.
static DRAWN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let word = |at: u32| {
        let rank = VOCABULARY.powf(f64::from(at) / 65536.0) as u64;
        let name = if rank % 11 == 5 { 'N' } else { 'w' };
        format!("{name}{rank:x} ")
    };
    (0..65536).map(word).collect()
});
