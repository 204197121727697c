//! Takes an answer as JSON or text, writes it to standard output.
//! Invariant: one object is one line.

use crate::faults::Failure;
use std::{io::Write, process::ExitCode};

/// Writes the answer: as one line of JSON where that was asked for, else as text.
pub fn answer(
    json: bool,
    shape: &impl serde::Serialize,
    text: impl FnOnce() -> String,
) -> Result<ExitCode, Failure> {
    let mut output = std::io::stdout().lock();
    if json {
        serde_json::to_writer(&mut output, shape).map_err(std::io::Error::from)?;
        writeln!(output)?;
    } else {
        output.write_all(text().as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}
