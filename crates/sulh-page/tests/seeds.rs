//! Takes what the fuzz targets kept, gives whether pages, feeds and archives still keep their promises on it.
//! Invariant: every kept input is run, and there are some.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod promises;
mod splitting;

use std::io::{Cursor, Read};
use sulh_page::{
    Format,
    archive::{unpacked, wacz, warc},
    feed::{Origin, read},
};

fn seeds(of: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/../../fuzz/seeds/{of}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let seeds: Vec<Vec<u8>> = files.map(|file| std::fs::read(file).unwrap()).collect();
    assert!(seeds.len() > 20, "{folder} has lost its seeds");
    seeds
}

#[test]
fn pages_keep_their_promises() {
    for (of, format) in [("html", Format::Html), ("plain", Format::Plain)] {
        for seed in seeds(of) {
            promises::check(&seed, None);
            promises::check(&seed, Some(format));
            promises::check_names(&seed, format);
        }
    }
}

#[test]
fn feeds_are_read_or_refused() {
    let origin = Origin {
        source: "seed",
        url: Some("https://feeds.example/all"),
        content_type: None,
        captured: None,
    };
    let mut given = 0;
    for seed in seeds("feed") {
        let mut entries = 0;
        let done = read(&seed, origin, &mut |entry| {
            entries += 1;
            assert!(!entry.bytes.trim_ascii().is_empty() && !entry.about.source.is_empty());
            assert!(entry.about.url.is_none_or(|url| url.starts_with("http")));
            Ok::<(), ()>(())
        });
        assert_eq!(done.unwrap().given, entries);
        given += entries;
    }
    assert!(given > 10, "{given} reports in all seeds");
}

#[test]
fn archives_are_read_or_refused() {
    let mut given = 0;
    for seed in seeds("warc") {
        let (mut pages, mut troubles) = (0, 0);
        let mut take = |found: Result<_, _>| {
            match found {
                Ok(_) => pages += 1,
                Err(_) => troubles += 1,
            }
            Ok::<(), ()>(())
        };
        let plain = warc(seed.as_slice(), "seed", &mut take).unwrap();
        let zipped = wacz(Cursor::new(&seed), "seed", &mut take).unwrap();
        assert_eq!(plain.given + zipped.given, pages);
        assert!(troubles <= 1_000 + seed.len());
        let mut text = Vec::new();
        let _ = unpacked(seed.as_slice()).map(|packed| packed.take(1 << 24).read_to_end(&mut text));
        given += pages;
    }
    assert!(given > 10, "{given} reports in all seeds");
}
