//! Takes a parsed command, gives its answer on standard output and an exit code.
//! Invariant: the code is zero when anything was read or answered, one otherwise.

mod add;
mod agreements;
mod answer;
mod brief;
mod copies;
mod demo;
mod diff;
mod parse;
mod question;
mod read;
mod reports;
mod say;
mod score;
mod score_spam;
mod show;
mod source;
mod verify;
mod why;

use crate::{cli::Command, faults::Failure};
use std::process::ExitCode;

/// Runs one command.
pub fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Read(options) => read::run(&options),
        Command::Add(options) => add::run(&options),
        Command::Agreements(options) => agreements::run(&options),
        Command::Show(options) => show::run(&options),
        Command::Why(options) => why::run(&options),
        Command::Diff(options) => diff::run(&options),
        Command::Brief(options) => brief::run(&options),
        Command::Say(options) => say::run(&options),
        Command::Source(options) => source::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::Parse(options) => parse::run(&options),
        Command::Copies(options) => copies::run(&options),
        Command::Score(options) => score::run(&options),
        Command::Verify(options) => verify::run(&options),
    }
}
