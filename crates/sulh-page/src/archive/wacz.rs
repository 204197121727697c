//! Takes a WACZ file (a zip with WARC files and a list of pages), gives the reports of its archives.
//! Invariant: the names in it are compared and never used as paths; its directory is read entry by entry.

use super::{ArchiveError, ArchiveRead, warc_with};
use crate::{archive::packed::Limited, transport::Arrival};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Seek},
};
use zip::{
    read::{Config, ZipFileEntry},
    unstable::read::ZipIterable,
};

/// The most entries a WACZ may have: it holds archives, indexes and lists, some dozens.
const ENTRIES_MAX: usize = 100_000;

/// The most archives of one file that are read.
const ARCHIVES_MAX: usize = 10_000;

/// The most listed pages whose titles are kept.
const TITLES_MAX: usize = 100_000;

/// The longest line of a list of pages: the text of a page may stand in it.
const LINE_BYTES_MAX: u64 = 16 << 20;

/// The longest title or address that is kept.
const TITLE_BYTES_MAX: usize = 4 << 10;

/// Titles by address, as the list of pages tells them.
pub(super) type Titles = BTreeMap<String, String>;

/// One line of the list of pages.
#[derive(Deserialize)]
struct Listed {
    url: Option<String>,
    title: Option<String>,
}

/// Gives each report, and each trouble met, to `take`.
pub fn wacz<R: Read + Seek, E>(
    mut from: R,
    source: &str,
    take: &mut dyn FnMut(Result<Arrival, ArchiveError>) -> Result<(), E>,
) -> Result<ArchiveRead, E> {
    let mut done = ArchiveRead::default();
    let (lists, mut archives) = match entries(&mut from) {
        Ok(found) => found,
        Err(problem) => {
            take(Err(problem))?;
            return Ok(done);
        }
    };
    // Crawlers number their archives; the order of the directory is chance.
    archives.sort_by(|one, other| one.name_raw().cmp(other.name_raw()));
    let mut titles = Titles::new();
    for list in lists {
        if let Err(problem) = listed(list, &mut from, &mut titles) {
            take(Err(problem))?;
        }
    }
    for archive in archives {
        let name = String::from_utf8_lossy(archive.name_raw()).into_owned();
        match archive.with_reader(&mut from, Default::default()) {
            Ok(file) => {
                let length = file.compressed_size();
                let file = Limited::new(file, length);
                let source = format!("{source}:{name}");
                done.add(warc_with(file, &source, &titles, &mut |found| {
                    take(found.map_err(|problem| problem.within(&name)))
                })?);
            }
            Err(problem) => take(Err(ArchiveError::Zip(problem.to_string()).within(&name)))?,
        }
    }
    Ok(done)
}

type Entries = (Vec<ZipFileEntry<'static>>, Vec<ZipFileEntry<'static>>);

/// The lists of pages and the archives.
fn entries(directory: impl Read + Seek) -> Result<Entries, ArchiveError> {
    let zip = |problem: zip::result::ZipError| ArchiveError::Zip(problem.to_string());
    let mut directory = ZipIterable::try_new(directory, Config::default()).map_err(zip)?;
    if directory.len() > ENTRIES_MAX {
        return Err(ArchiveError::TooManyEntries { max: ENTRIES_MAX });
    }
    let (mut lists, mut archives) = (Vec::new(), Vec::new());
    for entry in directory.files().map_err(zip)? {
        let entry = entry.map_err(zip)?;
        let name = entry.name_raw();
        let is_archive = name.starts_with(b"archive/")
            && [&b".warc"[..], b".warc.gz", b".warc.zst"]
                .iter()
                .any(|ending| name.ends_with(ending));
        if is_archive {
            archives.push(entry);
        } else if name.starts_with(b"pages/") && name.ends_with(b".jsonl") {
            lists.push(entry);
        }
        if archives.len() > ARCHIVES_MAX || lists.len() > ARCHIVES_MAX {
            return Err(ArchiveError::TooManyEntries { max: ARCHIVES_MAX });
        }
    }
    if archives.is_empty() {
        return Err(ArchiveError::NoArchive);
    }
    Ok((lists, archives))
}

/// Adds the titles of one list. A line that is none is passed over: the list only adds to what the archives hold.
fn listed<R: Read + Seek>(
    list: ZipFileEntry<'static>,
    from: &mut R,
    titles: &mut Titles,
) -> Result<(), ArchiveError> {
    let name = String::from_utf8_lossy(list.name_raw()).into_owned();
    let broken = |problem: String| ArchiveError::Zip(problem).within(&name);
    let file = list.with_reader(from, Default::default());
    let file = file.map_err(|problem| broken(problem.to_string()))?;
    let length = file.compressed_size();
    let mut lines = BufReader::new(Limited::new(file, length));
    while titles.len() < TITLES_MAX {
        let mut line = Vec::new();
        let read = lines.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line);
        if read.map_err(|problem| broken(problem.to_string()))? == 0 {
            break;
        }
        let Ok(Listed { url: Some(url), title: Some(title) }) = serde_json::from_slice(&line)
        else {
            continue;
        };
        if !title.trim().is_empty() && url.len() + title.len() <= TITLE_BYTES_MAX {
            titles.entry(url).or_insert(title);
        }
    }
    Ok(())
}
