//! Takes the text of a .jsonl file, gives the page of each line.
//! Invariant: a bad line is one sentence with file and line; the rest goes on, and memory is bounded by the longest line.

use super::{FILE_BYTES_MAX, Given, InputError, Report, about};
use crate::faults::Failure;
use std::io::{BufRead, BufReader, Read};

/// Gives each line's report to `take`; `shown` is the file's name.
pub fn reports(
    from: impl Read,
    shown: &str,
    given: &Given,
    take: &mut dyn FnMut(Result<Report, InputError>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut reader = BufReader::new(from);
    for number in 1_u64.. {
        let mut line = Vec::new();
        let place = format!("{shown}:{number}");
        match reader.by_ref().take(FILE_BYTES_MAX).read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) => {}
            Err(problem) => return take(Err(InputError::broken_off(&place, problem))),
        }
        if line.len() as u64 == FILE_BYTES_MAX && line.last() != Some(&b'\n') {
            return take(Err(InputError::TooLarge(place)));
        }
        // A mark of byte order may open the file.
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        match std::str::from_utf8(line) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => take(about::line(text, &place, given))?,
            Err(problem) => take(Err(InputError::About {
                place,
                problem: format!("{problem}; a .jsonl file is UTF-8, convert it"),
            }))?,
        }
    }
    Ok(())
}
