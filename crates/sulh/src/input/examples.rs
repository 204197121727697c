//! Takes nothing, gives the example reports that are built into the program, the earliest published first.
//! Invariant: nothing outside the program is read; an example is read as a file with its side file is.

use super::{Given, InputError, Report, about};
use include_dir::{Dir, File, include_dir};
use std::path::Path;
use sulh_desk::{Transport, UncertainDate};

static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// The reports, by the last day their publication can mean; undated ones come last.
pub fn examples() -> Result<Vec<Report>, InputError> {
    let mut found = Vec::new();
    collect(&EXAMPLES, &mut found)?;
    found.sort_by_cached_key(|report| {
        let day = report.about.published.as_ref().and_then(UncertainDate::latest);
        // Of one day `entry.html` comes before its copy `entry-mirror.html`, whatever the bytes of `.` and `-`.
        let stem = Path::new(&report.about.source).with_extension("");
        (day.is_none(), day, stem, report.about.source.clone())
    });
    Ok(found)
}

fn collect(folder: &Dir<'_>, found: &mut Vec<Report>) -> Result<(), InputError> {
    for file in folder.files() {
        let path = format!("examples/{}", file.path().display());
        let ending = file.path().extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("txt" | "html" | "htm") => found.push(page(file, path)?),
            Some("jsonl") => {
                let lines = file.contents_utf8().unwrap_or_default().lines();
                for (at, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                    let place = format!("{path}:{}", at + 1);
                    found.push(about::line(line, &place, &Given::default())?);
                }
            }
            _ => {}
        }
    }
    folder.dirs().try_for_each(|inner| collect(inner, found))
}

fn page(file: &File<'_>, path: String) -> Result<Report, InputError> {
    let side = format!("{}.meta.json", file.path().display());
    let given = match EXAMPLES.get_file(&side).and_then(File::contents_utf8) {
        Some(text) => about::side_text(text, &format!("{path}.meta.json"))?,
        None => Given::default(),
    };
    Ok(Report {
        bytes: file.contents().to_vec(),
        about: given.about(path),
        transport: Transport::default(),
    })
}
