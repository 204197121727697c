//! Takes the whole pages in `tests/pages`, expects the block listing beside each (`NAME.blocks`).
//! Invariant: a page without a listing fails; `UPDATE=1` rewrites the listings, to be read before they are kept.

use std::{fmt::Write, fs, path::Path};
use sulh_model::page::{Page, PageAbout};
use sulh_page::{Capture, split};

/// One line a block: kind, thread, author, first and last words.
fn listing(page: &Page) -> String {
    let mut out = String::new();
    let told = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let day = page.about.published.as_ref().map(|day| day.edtf.to_string());
    let _ = writeln!(
        out,
        "title: {}\npublisher: {}",
        told(&page.about.title),
        told(&page.about.publisher)
    );
    let _ = writeln!(out, "published: {}\nlanguage: {}", told(&day), told(&page.language));
    for (id, block) in page.numbered() {
        let mut line = format!("{:>2} {}", id.0, block.kind);
        let _ = block.parent.map(|parent| write!(line, " in {}", parent.0));
        let _ =
            block.reply_to.map(|answered| write!(line, " to {} depth {}", answered.0, block.depth));
        let _ = block.author.as_ref().map(|author| write!(line, " by {author}"));
        let _ = block.published.as_ref().map(|day| write!(line, " on {}", day.edtf));
        let _ = writeln!(out, "{line} | {}", shortened(block.span.of(&page.text)));
    }
    for note in &page.notes {
        let _ = writeln!(out, "note {} | {}", note.code, shortened(note.span.of(&page.text)));
    }
    out
}

fn shortened(text: &str) -> String {
    let text = text.replace('\n', " / ");
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 90 {
        return text;
    }
    let (first, last): (String, String) =
        (chars[..60].iter().collect(), chars[chars.len() - 20..].iter().collect());
    format!("{first} ... {last}")
}

/// The lines of two listings that differ, those expected behind `-`, those found behind `+`.
fn difference(listed: &str, found: &str) -> String {
    let lost = listed.lines().filter(|line| !found.contains(line)).map(|line| format!("- {line}"));
    let come = found.lines().filter(|line| !listed.contains(line)).map(|line| format!("+ {line}"));
    lost.chain(come).collect::<Vec<_>>().join("\n")
}

#[test]
fn whole_pages_split_as_listed() {
    let folder = std::env::var("PAGES").unwrap_or_else(|_| "tests/pages".to_owned());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt" || ending == "html"));
    files.sort();
    assert!(files.len() >= 7, "pages are missing from {}", folder.display());
    let mut wrong = String::new();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let about = PageAbout {
            source: "test".to_owned(),
            url: None,
            title: None,
            publisher: None,
            published: None,
        };
        let found = listing(&split(&Capture {
            bytes: &bytes,
            about,
            transport: Default::default(),
            pseudonym_key: &[3; 32],
        }));
        let expected = file.with_extension("blocks");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).unwrap();
        }
        let listed = fs::read_to_string(&expected).unwrap_or_default();
        if found != listed {
            let _ = writeln!(wrong, "{}:\n{}", file.display(), difference(&listed, &found));
        }
    }
    assert!(wrong.is_empty(), "run with UPDATE=1 and read the difference\n{wrong}");
}
