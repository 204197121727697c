//! Takes work that may meet a fault of the program, gives its result or one sentence.
//! Invariant: a fault on one report never ends the run over many.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a command can fail with.
pub type Failure = Box<dyn std::error::Error>;

/// A fault of the program.
#[derive(Debug, thiserror::Error)]
#[error(
    "{on}: sulh met a fault of its own here ({what}); this was left out, \
     please report it with the report that shows it"
)]
pub struct Fault {
    on: String,
    what: String,
}

/// Faults are told in our own sentence, once, by whoever catches them.
pub fn keep_quiet() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Does the work; a fault in it becomes one sentence naming what it was met on.
pub fn caught<T>(on: &str, work: impl FnOnce() -> T) -> Result<T, Failure> {
    // The work's values are dropped with it: nothing half-changed is seen afterwards.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let what = panic
            .downcast_ref::<&str>()
            .map(ToString::to_string)
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no reason given".to_owned());
        Fault { on: on.to_owned(), what }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_becomes_one_sentence_naming_the_report() {
        let failure = caught("a.txt", || panic!("index {} of 2", 3)).unwrap_err().to_string();
        assert!(failure.starts_with("a.txt: sulh met a fault of its own here (index 3 of 2);"));
        assert_eq!(caught("a.txt", || 7).unwrap(), 7);
    }
}
