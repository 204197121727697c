//! Takes the whole pages of the tests, gives how fast they are split, and how fast from a web archive that holds them.
//! Invariant: one thread, a page at a time; nothing is asserted, the figures are for people.

#![expect(clippy::expect_used, reason = "without its pages the bench has nothing to do")]

use divan::{
    Bencher,
    counter::{BytesCount, ItemsCount},
};
use flate2::{Compression, write::GzEncoder};
use std::{convert::Infallible, io::Write, path::Path};
use sulh_model::page::PageAbout;
use sulh_page::{Capture, Transport, archive, split};

const KEY: [u8; 32] = [7; 32];

fn main() {
    divan::main();
}

/// The pages of an ending, in the order of their names.
fn pages(ending: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let entries = folder.read_dir().expect("the pages of the tests");
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|found| found == ending));
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a page")).collect()
}

fn blocks(bytes: &[u8], about: PageAbout, transport: Transport) -> usize {
    split(&Capture { bytes, about, transport, pseudonym_key: &KEY }).blocks.len()
}

fn nothing_known() -> PageAbout {
    PageAbout {
        source: "bench".to_owned(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    }
}

/// Bytes to blocks: pages of markup with threads of every kind, and plain text.
#[divan::bench(args = ["html", "txt"])]
fn bytes_to_blocks(bencher: Bencher<'_, '_>, ending: &str) {
    let pages = pages(ending);
    let bytes: usize = pages.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench(|| {
        let split = |page: &Vec<u8>| blocks(page, nothing_known(), Transport::default());
        pages.iter().map(split).sum::<usize>()
    });
}

/// A packed web archive of the same pages, to blocks.
#[divan::bench]
fn archive_to_blocks(bencher: Bencher<'_, '_>) {
    let pages = pages("html");
    let bytes: usize = pages.iter().map(Vec::len).sum();
    let warc: Vec<u8> = pages.iter().flat_map(|page| packed_record(page)).collect();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pages.len())).bench(|| {
        let mut sum = 0;
        let read = archive::warc(warc.as_slice(), "bench", &mut |arrival| {
            if let Ok(arrival) = arrival {
                sum += blocks(&arrival.bytes, arrival.about, arrival.transport);
            }
            Ok::<(), Infallible>(())
        });
        read.map(|_| sum)
    });
}

fn packed_record(page: &[u8]) -> Vec<u8> {
    let http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let fields = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n\
         WARC-Record-ID: <urn:x:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        http.len() + page.len()
    );
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    for part in [fields.as_bytes(), http, page, b"\r\n\r\n"] {
        packed.write_all(part).expect("memory takes bytes");
    }
    packed.finish().expect("memory takes bytes")
}
