//! Takes a command line, gives what the desk answers on standard output, and an exit code.
//! Invariant: only here are clock, files, randomness and terminal touched; an answer goes to standard output,
//! everything else to standard error.

mod cli;
mod commands;
mod faults;
mod fetch;
mod input;
mod models;
mod print;
mod world;

use clap::Parser;
use std::{
    io::{ErrorKind, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    faults::keep_quiet();
    let command = cli::Cli::parse().command;
    match faults::caught("sulh", || commands::run(command)).unwrap_or_else(Err) {
        Ok(code) => code,
        Err(failure) if closed_pipe(failure.as_ref()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Standard error may be closed as well; there is nobody left to tell then.
            let _ = writeln!(std::io::stderr(), "sulh: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// `sulh read .. | head` closes our output early: that is the reader's choice and no failure.
fn closed_pipe(failure: &(dyn std::error::Error + 'static)) -> bool {
    failure
        .downcast_ref::<std::io::Error>()
        .is_some_and(|problem| problem.kind() == ErrorKind::BrokenPipe)
}
