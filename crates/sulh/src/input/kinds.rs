//! Takes the first bytes of a file and its name, gives what it holds: one page, lines, a feed, an archive.
//! Invariant: the bytes decide and the name only where they do not, because names lie.

use std::{io::Read, path::Path};
use sulh_desk::{archive, feed};

/// How much of a file is looked at.
pub const HEAD_BYTES_MAX: usize = 64 << 10;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One page.
    Page,
    /// One page a line.
    Lines,
    /// A feed.
    Feed,
    /// A web archive.
    Warc,
    /// Web archives in a zip file.
    Wacz,
    /// What is called a feed and is none.
    NoFeed,
}

/// Endings of packed files; another ending stands before them.
const PACKED: [&str; 3] = ["gz", "zst", "xz"];

/// Endings of feeds, and of much else.
const FEEDS: [&str; 5] = ["xml", "rss", "atom", "rdf", "json"];

/// Endings of files that a folder is looked through for.
const REPORTS: [&str; 8] = ["txt", "html", "htm", "xhtml", "jsonl", "ndjson", "warc", "wacz"];

impl Kind {
    /// Told by the first bytes, then by the name.
    pub fn of(head: &[u8], file: &Path) -> Self {
        if archive::is_zip(head) {
            return Self::Wacz;
        }
        let text = beginning(head);
        if archive::is_warc(&text) {
            return Self::Warc;
        }
        if feed::is_feed(&text) {
            return Self::Feed;
        }
        match ending(file).as_str() {
            "jsonl" | "ndjson" => Self::Lines,
            "warc" => Self::Warc,
            "wacz" => Self::Wacz,
            ending if FEEDS.contains(&ending) && !is_html(&text) => Self::NoFeed,
            _ => Self::Page,
        }
    }

    /// True when it can hold several reports.
    pub const fn is_several(self) -> bool {
        matches!(self, Self::Lines | Self::Feed | Self::Warc | Self::Wacz)
    }
}

/// True for files that a folder is looked through for.
pub fn is_report(file: &Path) -> bool {
    let ending = ending(file);
    REPORTS.contains(&ending.as_str()) || FEEDS.contains(&ending.as_str())
}

/// The first of the text, its packing taken off; what can be had of it.
fn beginning(head: &[u8]) -> Vec<u8> {
    if !archive::is_packed(head) {
        return head.to_vec();
    }
    let mut text = Vec::new();
    if let Ok(unpacked) = archive::unpacked(head) {
        // The packed bytes end where the head does; what came before that is told by.
        let _ = unpacked.take(HEAD_BYTES_MAX as u64).read_to_end(&mut text);
    }
    text
}

fn is_html(text: &[u8]) -> bool {
    text.windows(5).any(|five| five.eq_ignore_ascii_case(b"<html"))
}

/// The ending in lower case, that of the packing left out.
fn ending(file: &Path) -> String {
    let lower = |path: &Path| {
        path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
    };
    let last = lower(file);
    match file.file_stem() {
        Some(stem) if PACKED.contains(&last.as_str()) => lower(Path::new(stem)),
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &str, name: &str, kind: Kind) {
        assert_eq!(Kind::of(head.as_bytes(), Path::new(name)), kind, "{name}");
    }

    #[test]
    fn the_bytes_decide_before_the_name() {
        check("<rss><channel/></rss>", "page.html", Kind::Feed);
        check("WARC/1.0\r\n", "a.txt", Kind::Warc);
        check("PK\u{3}\u{4}", "a", Kind::Wacz);
        check("<html><p>a</p>", "feed.xml", Kind::Page);
        check("<urlset/>", "sitemap.xml", Kind::NoFeed);
        check("{\"a\":1}", "a.json", Kind::NoFeed);
        check("{\"text\":\"a\"}", "a.JSONL", Kind::Lines);
        check("odd", "a.jsonl.gz", Kind::Lines);
        check("odd", "a.warc.gz", Kind::Warc);
        check("The truce held.", "a.gz", Kind::Page);
    }
}
