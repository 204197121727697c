//! How long verdicts take and how much memory their evidence needs. Takes a ledger made by numbers alone,
//! gives figures; what they mean stands in `docs/performance.md`.
//! Invariant: what is timed is what the dossier calls: `Scales::weight`, `Move::new`, `Folder::course`,
//! `term_state`. Run with `cargo bench -p sulh-ledger`.

mod synthetic;

use divan::{AllocProfiler, Bencher, counter::ItemsCount};
use synthetic::{STATEMENTS_PER_TERM, Synthetic, Worker};

/// Counts what is allocated; a bench that allocates nothing shows no such lines.
#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const TERMS_ALL: usize = 1_000_000;

fn main() {
    divan::main();
}

/// All verdicts of so many terms of ten statements each, on one thread.
#[divan::bench(args = [10_000, 100_000, TERMS_ALL], sample_count = 5, sample_size = 1)]
fn all_verdicts(bencher: Bencher<'_, '_>, terms: usize) {
    let ledger = Synthetic::of(terms);
    let mut worker = Worker::default();
    bencher.counter(ItemsCount::new(terms * STATEMENTS_PER_TERM)).bench_local(|| {
        let part = |term: &usize| {
            let verdict = ledger.verdict(*term, &mut worker);
            verdict.reported != verdict.claimed
        };
        (0..terms).filter(part).count()
    });
}

/// One term of a million, another one each time, so that its evidence does not lie in the cache.
#[divan::bench(sample_count = 1000, sample_size = 10)]
fn one_dirty_term(bencher: Bencher<'_, '_>) {
    let ledger = Synthetic::of(TERMS_ALL);
    let mut worker = Worker::default();
    let mut term = 0;
    bencher
        .with_inputs(|| {
            // A step without a common divisor with the number of terms visits them all.
            term = (term + 611_953) % TERMS_ALL;
            term
        })
        .bench_local_values(|term| ledger.verdict(term, &mut worker));
}

/// A million statements with their vouchers, stakes and indexes: the megabytes of "max alloc" are the
/// bytes a statement.
#[divan::bench(sample_count = 1, sample_size = 1)]
fn memory_of_a_million_statements(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Synthetic::of(1_000_000 / STATEMENTS_PER_TERM));
}
