//! Takes entries and what they were read from, keeps them as long as it lives.
//! Invariant: nothing is written anywhere; entries are only ever added, and their hashes are those of a file's.

use std::collections::BTreeMap;
use sulh_ledger::log::{Entry, merkle::Tree};
use sulh_model::page::CaptureId;
use sulh_store::{Archived, LedgerStore, NewEntry, Recorded, StoreError, VerifyReport};

/// A store that forgets when it goes.
#[derive(Default)]
pub struct MemoryStore {
    entries: Vec<Entry>,
    archive: BTreeMap<CaptureId, Archived>,
    tree: Tree,
}

impl LedgerStore for MemoryStore {
    fn append(&mut self, new: NewEntry, from: &[Archived]) -> Result<Recorded, StoreError> {
        let seq = self.entries.len() as u64 + 1;
        let entry = Entry::new(seq, new.recorded_at, new.kind, new.payload, new.salt);
        let leaf_hash = entry.leaf_hash();
        self.tree.push(leaf_hash);
        self.entries.push(entry);
        self.archive.extend(from.iter().map(|one| (one.address(), one.clone())));
        Ok(Recorded { seq, leaf_hash, root: self.tree.root() })
    }

    fn entries(&self) -> Result<Vec<Entry>, StoreError> {
        Ok(self.entries.clone())
    }

    fn archived(&self, id: &CaptureId) -> Result<Option<Archived>, StoreError> {
        Ok(self.archive.get(id).cloned())
    }

    fn verify(&self) -> Result<VerifyReport, StoreError> {
        Ok(VerifyReport {
            entries: self.entries.len() as u64,
            archived: self.archive.len() as u64,
            root: self.tree.root(),
            problem: None,
        })
    }
}
