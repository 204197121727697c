//! Takes folders with marked pages, gives the figures of the suite `pages`, with Python trafilatura's beside where it is installed.
//! Invariant: both see the same bytes in the same run, and only the time of taking pages apart is counted.

use super::unpacked;
use crate::faults::Failure;
use cpu_time::ProcessTime;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use sulh_desk::{
    PageAbout, Transport, page_of,
    page_score::{Counts, Extracted, Gold},
};

/// What asks trafilatura: a line of JSON a page in, a line of JSON a page out.
const ASKS_TRAFILATURA: &str = include_str!("trafilatura.py");

/// A line of the data: a page and what people marked on it.
#[derive(Deserialize)]
pub(super) struct Line {
    pub url: Option<String>,
    html: String,
    #[serde(default, rename = "with")]
    wanted: Option<Vec<String>>,
    #[serde(default, rename = "without")]
    unwanted: Option<Vec<String>>,
    #[serde(default)]
    pub comments: Option<Vec<String>>,
}

/// What trafilatura made of a page, or, at the end, how long it took.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    body: String,
    #[serde(default)]
    comments: String,
    version: Option<String>,
    seconds: Option<f64>,
}

/// A file of data.
pub(super) struct Set {
    pub name: String,
    pub lines: Vec<Line>,
}

/// Prints the figures; speed and those of the other program stand behind `# beside:`.
pub fn run(folders: &[PathBuf], python: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let sets = sets(folders)?;
    let (mut pages, mut seconds) = (0, 0.0);
    let mut figures = BTreeMap::new();
    for set in &sets {
        let start = ProcessTime::now();
        let ours: Vec<_> = set.lines.iter().map(split).collect();
        seconds += start.elapsed().as_secs_f64();
        pages += set.lines.len();
        let ours: Vec<Extracted> = ours.iter().map(Extracted::from).collect();
        for (measure, figure) in count(set, &ours).figures() {
            figures.insert(format!("{}/{measure}", set.name), figure);
        }
    }
    for (measure, figure) in &figures {
        writeln!(out, "{measure:48}  {figure:>6.2}")?;
    }
    let speed = pages as f64 / seconds;
    writeln!(out, "# beside: {pages} pages, {speed:.0} a second of processor time")?;
    match trafilatura(&sets, python) {
        Ok(other) => {
            writeln!(
                out,
                "# beside: trafilatura {}: {:.0} pages a second of processor time; we are {:.1} times as fast",
                other.version,
                pages as f64 / other.seconds,
                other.seconds / seconds
            )?;
            for (measure, figure) in other.figures {
                writeln!(out, "# beside: trafilatura {measure:36}  {figure:>6.2}")?;
            }
        }
        Err(why) => writeln!(out, "# trafilatura is not beside: {why}")?,
    }
    Ok(())
}

/// A page of the data as our reader splits it.
pub(super) fn split(line: &Line) -> sulh_desk::Page {
    let about = PageAbout {
        source: line.url.clone().unwrap_or_default(),
        url: line.url.clone(),
        title: None,
        publisher: None,
        published: None,
    };
    page_of(line.html.as_bytes(), about, Transport::default())
}

fn count(set: &Set, extracted: &[Extracted]) -> Counts {
    let mut counts = Counts::default();
    for (line, extracted) in set.lines.iter().zip(extracted) {
        let marked = |stretches: &Option<Vec<String>>| stretches.clone().unwrap_or_default();
        let gold = Gold {
            wanted: marked(&line.wanted),
            unwanted: marked(&line.unwanted),
            comments: marked(&line.comments),
        };
        counts.count(&gold, extracted, &line.html);
    }
    counts
}

/// The other program's part of the run.
struct Other {
    version: String,
    seconds: f64,
    figures: BTreeMap<String, f64>,
}

fn trafilatura(sets: &[Set], python: &Path) -> Result<Other, String> {
    let mut other = Other { version: String::new(), seconds: 0.0, figures: BTreeMap::new() };
    for set in sets {
        let answers = ask(set, python)?;
        let mut theirs = Vec::with_capacity(set.lines.len());
        for answer in answers {
            match (answer.version, answer.seconds) {
                (Some(version), Some(seconds)) => {
                    other.version = version;
                    other.seconds += seconds;
                }
                _ => theirs.push(Extracted::new(&answer.body, &[answer.comments])),
            }
        }
        if theirs.len() != set.lines.len() {
            return Err(format!("it answered {} of {} pages", theirs.len(), set.lines.len()));
        }
        for (measure, figure) in count(set, &theirs).figures() {
            other.figures.insert(format!("{}/{measure}", set.name), figure);
        }
    }
    Ok(other)
}

/// Asks about all pages of a set.
fn ask(set: &Set, python: &Path) -> Result<Vec<Answer>, String> {
    let fault = |problem: std::io::Error| format!("{}: {problem}", python.display());
    let mut child = Command::new(python)
        .args(["-c", ASKS_TRAFILATURA])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(fault)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else {
        return Err("it cannot be talked to".to_owned());
    };
    let answers = std::thread::scope(|scope| {
        scope.spawn(move || {
            for line in &set.lines {
                // It answers when it has been told all; one that has gone is found out below.
                let page = serde_json::Value::from(line.html.as_str());
                if writeln!(stdin, "{page}").is_err() {
                    break;
                }
            }
        });
        let lines = BufReader::new(stdout).lines();
        lines
            .map(|line| {
                serde_json::from_str(&line.map_err(fault)?).map_err(|error| error.to_string())
            })
            .collect::<Result<Vec<Answer>, String>>()
    })?;
    match child.wait().map_err(fault)?.success() {
        true => Ok(answers),
        false => Err(format!(
            "{} has no trafilatura; install it (pip install trafilatura) or name another with --python",
            python.display()
        )),
    }
}

/// The files of the folders that hold marked pages.
pub(super) fn sets(folders: &[PathBuf]) -> Result<Vec<Set>, Failure> {
    let mut found = Vec::new();
    for folder in folders {
        let entries = folder.read_dir().map_err(|problem| {
            format!("{}: cannot be listed ({problem}); name a folder of pages", folder.display())
        })?;
        let mut files: Vec<PathBuf> =
            entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        files.sort();
        for file in files {
            found.extend(set(&file)?);
        }
    }
    if found.is_empty() {
        return Err("no data to measure on; wanted are *.jsonl or *.jsonl.xz whose lines have `html`, and `with`, \
                    `without` or `comments`"
            .into());
    }
    Ok(found)
}

fn set(file: &Path) -> Result<Option<Set>, Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let Some(name) = name.strip_suffix(".xz").unwrap_or(&name).strip_suffix(".jsonl") else {
        return Ok(None);
    };
    let text = unpacked(file)
        .map_err(|problem| format!("{}: cannot be read ({problem})", file.display()))?;
    // Other data may lie beside; its first line tells.
    let marked = |line: &str| {
        ["\"with\"", "\"without\"", "\"comments\""].iter().any(|key| line.contains(key))
            && line.contains("\"html\"")
    };
    if !text.lines().next().is_some_and(marked) {
        return Ok(None);
    }
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line = serde_json::from_str(line)
            .map_err(|problem| format!("{}:{}: {problem}", file.display(), number + 1))?;
        lines.push(line);
    }
    Ok(Some(Set { name: name.to_owned(), lines }))
}
