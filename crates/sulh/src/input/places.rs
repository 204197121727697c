//! Takes paths as typed, gives the files reports are read from.
//! Invariant: a folder's files come sorted by path, side files left out, whatever order the system lists them in.

use super::{InputError, kinds::is_report};
use std::path::{Path, PathBuf};

/// Where one or more reports are read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file; what it holds is told when it is opened.
    File(PathBuf),
    /// Standard input.
    StandardInput,
    /// An address of the web, as typed.
    Address(String),
}

/// How deep folders are looked into: a loop of links must end somewhere.
const DEPTH_MAX: usize = 32;

/// The places behind one path.
pub fn places(path: &Path) -> Result<Vec<Place>, InputError> {
    let shown = path.display().to_string();
    if shown == "-" {
        return Ok(vec![Place::StandardInput]);
    }
    // Schemes that are not read are refused where addresses are checked.
    if shown.contains("://") {
        return Ok(vec![Place::Address(shown)]);
    }
    if shown.ends_with(".meta.json") {
        return Err(InputError::SideFileNamed(shown));
    }
    let unreadable = |problem| InputError::Unreadable { place: shown.clone(), problem };
    if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        let mut found = Vec::new();
        folder(path, 0, &mut found)?;
        found.sort();
        if found.is_empty() {
            return Err(InputError::NoReports { folder: path.to_owned() });
        }
        return Ok(found.into_iter().map(Place::File).collect());
    }
    Ok(vec![Place::File(path.to_owned())])
}

fn folder(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), InputError> {
    let unreadable =
        |problem| InputError::Unreadable { place: path.display().to_string(), problem };
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let hidden = file.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if file.is_dir() {
            if depth < DEPTH_MAX {
                folder(&file, depth + 1, found)?;
            }
        } else if is_report(&file) && !file.display().to_string().ends_with(".meta.json") {
            found.push(file);
        }
    }
    Ok(())
}
