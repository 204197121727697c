//! Takes the working tree, gives what is untidy in it, one run of every check, and a suite's figures.
//! Invariant: nothing here changes a file of the tree but `score --write`, and that only under scoreboard/, and
//! `train-linear` and `train-spam`, and those only their models.

pub mod run;
pub mod score;
pub mod tidy;
#[cfg(feature = "train")]
pub mod train;
#[cfg(feature = "train")]
pub mod train_spam;

use std::path::PathBuf;

/// The root of the working tree.
pub fn root() -> PathBuf {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}
