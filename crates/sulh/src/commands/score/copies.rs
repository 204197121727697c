//! Takes folders with data, gives the figures of the suite `copies`.
//! Invariant: a line that cannot be read ends the run with its file and number: a figure is never of a part of the data.

use super::unpacked;
use crate::faults::Failure;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use sulh_desk::{
    PageAbout, Transport, page_of,
    trial::{Half, Trial},
};

/// What the files are called, and what their texts are.
const SETS: [(&str, &str); 4] = [
    ("body-", "pages"),
    ("timebank", "news"),
    ("wikievents", "attacks"),
    ("monitoring-reports", "bulletins"),
];

/// A line of any of the files.
#[derive(Deserialize)]
struct Line {
    html: Option<String>,
    text: Option<String>,
    #[serde(default)]
    segments: Vec<Segment>,
    id: Option<String>,
    doc_id: Option<String>,
    country: Option<String>,
    /// What `monitoring-reports` calls its texts: agreements are none.
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Segment {
    text: String,
}

/// The figures of the half the thresholds were not chosen on.
pub fn figures(folders: &[PathBuf]) -> Result<BTreeMap<String, f64>, Failure> {
    let mut trial = Trial::default();
    let mut files = Vec::new();
    for folder in folders {
        found(folder, &mut files)?;
    }
    files.sort();
    files.dedup();
    for (file, set) in &files {
        take(file, set, &mut trial)?;
    }
    if files.is_empty() {
        return Err("no data to measure on; wanted are body-*, timebank*, wikievents* and monitoring-reports* \
                    (.jsonl or .jsonl.xz) in the folders of --data or in folders of theirs"
            .into());
    }
    Ok(trial.figures(Half::Held))
}

/// The files of a folder, and of folders in it, with the set each belongs to.
fn found(folder: &Path, files: &mut Vec<(PathBuf, &'static str)>) -> Result<(), Failure> {
    let entries = folder.read_dir().map_err(|problem| {
        format!("{}: cannot be listed ({problem}); name a folder of data", folder.display())
    })?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            found(&path, files)?;
        } else if let Some(set) = set(&path) {
            files.push((path, set));
        }
    }
    Ok(())
}

fn set(file: &Path) -> Option<&'static str> {
    let name = file.file_name()?.to_str()?;
    let lines = name.ends_with(".jsonl") || name.ends_with(".jsonl.xz");
    SETS.iter().find(|(start, _)| lines && name.starts_with(start)).map(|(_, set)| *set)
}

fn take(file: &Path, set: &str, trial: &mut Trial) -> Result<(), Failure> {
    let text = unpacked(file).map_err(|problem| {
        format!("{}: cannot be read ({problem}); unpack it and look at it", file.display())
    })?;
    for (at, line) in text.lines().enumerate() {
        let line: Line = serde_json::from_str(line).map_err(|problem| {
            format!(
                "{}, line {}: is no page ({problem}); mend or remove it",
                file.display(),
                at + 1
            )
        })?;
        if line.kind.as_deref().is_some_and(|kind| kind != "reports") {
            continue;
        }
        // Which half a text is in hangs on its name.
        let id = line.id.or(line.doc_id).unwrap_or_else(|| at.to_string());
        let name = line.country.unwrap_or_default() + &id;
        let segments: Vec<String> = line.segments.into_iter().map(|segment| segment.text).collect();
        let bytes = line.html.or(line.text).unwrap_or_else(|| segments.join("\n\n"));
        let about = PageAbout {
            source: set.to_owned(),
            url: None,
            title: None,
            publisher: None,
            published: None,
        };
        trial.take(set, &name, &page_of(bytes.as_bytes(), about, Transport::default()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_suites_files_are_read() {
        let check = |file: &str, expected| assert_eq!(set(Path::new(file)), expected, "{file}");
        check("pages/body-dev.jsonl.xz", Some("pages"));
        check("timebank.jsonl", Some("news"));
        check("pages/comments-dev.jsonl.xz", None);
        check("body-dev.html", None);
    }
}
