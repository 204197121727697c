//! Takes the options of `sulh score`, gives a suite's figures, one a line.
//! Invariant: a file that cannot be read ends the run with its name and line: a figure is never of a part of the data.

mod copies;
mod pages;
mod plain;

use crate::{
    cli::{ScoreOptions, Suite},
    faults::Failure,
    models,
};
use lzma_rust2::XzReader;
use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use sulh_desk::{
    conllu,
    score::{Treebank, suite},
};

/// The largest file of data that is taken, unpacked, in bytes.
const DATA_BYTES_MAX: u64 = 512 << 20;

/// Runs the command.
pub fn run(options: &ScoreOptions) -> Result<ExitCode, Failure> {
    let figures = match options.suite {
        Suite::Syntax => syntax(options)?,
        Suite::Copies => copies::figures(&options.data)?,
        Suite::Pages => {
            pages::run(&options.data, &options.python, &mut std::io::stdout().lock())?;
            return Ok(ExitCode::SUCCESS);
        }
        Suite::Plain => {
            plain::run(&options.data, &mut std::io::stdout().lock())?;
            return Ok(ExitCode::SUCCESS);
        }
        Suite::Spam => return super::score_spam::run(&options.data),
    };
    let mut out = std::io::stdout().lock();
    for (measure, figure) in figures {
        writeln!(out, "{measure:48}  {figure:>6.2}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The parsers' figures.
fn syntax(options: &ScoreOptions) -> Result<BTreeMap<String, f64>, Failure> {
    let parser = models::parser(&options.parser)?;
    let mut banks = Vec::new();
    for folder in &options.data {
        for file in treebanks(folder)? {
            banks.push(treebank(&file)?);
        }
    }
    Ok(suite(&parser, &banks)?)
}

/// The files of a folder that are measured on: what a parser learned from tells nothing.
fn treebanks(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = folder.read_dir().map_err(|problem| {
        format!("{}: cannot be listed ({problem}); name a folder of treebanks", folder.display())
    })?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|file| is_measured(file))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!(
            "{}: holds no treebank to measure on; wanted are *.conllu or *.conllu.xz, -train and -dev left out",
            folder.display()
        )
        .into());
    }
    Ok(files)
}

fn name(file: &Path) -> Option<&str> {
    let name = file.file_name()?.to_str()?;
    name.strip_suffix(".xz").unwrap_or(name).strip_suffix(".conllu")
}

/// What a treebank is called in the figures: its file's name, after its folder's where it is called "test" alone.
fn shown(file: &Path) -> String {
    let folder = file.parent().and_then(Path::file_name).map(|folder| folder.to_string_lossy());
    match (name(file), folder) {
        (Some("test"), Some(folder)) => format!("{folder}-test"),
        (name, _) => name.unwrap_or_default().to_owned(),
    }
}

fn is_measured(file: &Path) -> bool {
    name(file).is_some_and(|name| {
        let learned = |part: &str| matches!(part, "train" | "dev");
        !name.split(['-', '_', '.']).any(learned)
    })
}

fn treebank(file: &Path) -> Result<Treebank, Failure> {
    let text = unpacked(file).map_err(|problem| {
        format!("{}: cannot be read ({problem}); unpack it and look at it", file.display())
    })?;
    let sentences =
        conllu::read(&text).map_err(|problem| format!("{}: {problem}", file.display()))?;
    Ok(Treebank { name: shown(file), sentences })
}

/// The text of a file that may be packed with xz.
pub(super) fn unpacked(file: &Path) -> std::io::Result<String> {
    let packed = file.extension().is_some_and(|ending| ending == "xz");
    let open = File::open(file)?;
    let mut text = String::new();
    let read = if packed {
        XzReader::new(open, true).take(DATA_BYTES_MAX).read_to_string(&mut text)?
    } else {
        open.take(DATA_BYTES_MAX).read_to_string(&mut text)?
    };
    if read as u64 == DATA_BYTES_MAX {
        return Err(std::io::Error::other(format!("larger than {} MiB", DATA_BYTES_MAX >> 20)));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learned_from_is_not_measured_on() {
        let check =
            |file: &str, expected| assert_eq!(is_measured(Path::new(file)), expected, "{file}");
        check("ewt-test.conllu.xz", true);
        check("en_ewt-ud-test.conllu", true);
        check("held-out.conllu", true);
        check("ewt-dev.conllu", false);
        check("gum-train.conllu.xz", false);
        check("notes.txt", false);
        assert_eq!(shown(Path::new("corpus/syntax/test.conllu")), "syntax-test");
        assert_eq!(shown(Path::new("d/ewt-test.conllu.xz")), "ewt-test");
    }
}
