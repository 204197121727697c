//! Takes archives built by hand, expects the reports in them and what is told of damage, bombs and oddities.
//! Invariant: each packing and each kind of damage has a case; nothing here is larger than it must be.

use super::*;
use flate2::{Compression, write::GzEncoder};
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

/// One line a report: url | day of capture | title | text | notes; then the troubles, then the counts.
fn told(
    read: impl FnOnce(
        &mut dyn FnMut(Result<Arrival, ArchiveError>) -> Result<(), ()>,
    ) -> Result<ArchiveRead, ()>,
) -> (Vec<String>, Vec<String>, ArchiveRead) {
    let (mut pages, mut troubles) = (Vec::new(), Vec::new());
    let done = read(&mut |found| {
        match found {
            Ok(page) => {
                assert_eq!(
                    page.about
                        .published
                        .map(|day| day.edtf.to_string())
                        .filter(|day| day != "2003-06-10"),
                    None
                );
                let codes: Vec<&str> =
                    page.transport.notes.iter().map(|note| note.code.code()).collect();
                let day = page.transport.captured.map(|day| day.to_string()).unwrap_or_default();
                let title = page.about.title.unwrap_or_default();
                let text = String::from_utf8_lossy(&page.bytes).into_owned();
                let line = format!(
                    "{} | {day} | {title} | {text} | {}",
                    page.about.source,
                    codes.join(" ")
                );
                pages.push(line.trim_end().to_owned());
            }
            Err(problem) => troubles.push(problem.to_string()),
        }
        Ok(())
    })
    .unwrap();
    (pages, troubles, done)
}

fn read(bytes: &[u8]) -> (Vec<String>, Vec<String>, ArchiveRead) {
    told(|take| warc(bytes, "a.warc", take))
}

/// The texts of the pages and one part of each trouble.
#[track_caller]
fn check(bytes: &[u8], texts: &[&str], parts: &[&str]) {
    let (pages, troubles, done) = read(bytes);
    let found: Vec<&str> =
        pages.iter().map(|line| line.split(" | ").nth(3).unwrap().trim_end_matches(" |")).collect();
    assert_eq!(found, texts, "{troubles:?}");
    assert_eq!(done.given, texts.len() as u64);
    assert_eq!(troubles.len(), parts.len(), "{troubles:?}");
    for (trouble, part) in troubles.iter().zip(parts) {
        assert!(trouble.contains(part), "`{part}` is not in: {trouble}");
    }
}

fn record(kind: &str, fields: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2020-10-05T10:00:00Z\r\n{fields}Content-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn resource(name: &str, text: &str) -> Vec<u8> {
    let fields =
        format!("WARC-Target-URI: https://a.example/{name}\r\nContent-Type: text/html\r\n");
    record("resource", &fields, text.as_bytes())
}

fn response(fields: &str, http: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Target-URI: <https://a.example/>\r\nContent-Type: application/http; msgtype=response\r\n{fields}"
    );
    record("response", &fields, &[http.as_bytes(), b"\r\n\r\n", body].concat())
}

fn html(http: &str, body: &[u8]) -> Vec<u8> {
    response("", &format!("HTTP/1.1 200 OK\r\nContent-Type: text/html{http}"), body)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).unwrap()
}

fn three() -> [Vec<u8>; 3] {
    [resource("1", "<p>one</p>"), resource("2", "<p>two</p>"), resource("3", "<p>three</p>")]
}

const THREE: [&str; 3] = ["<p>one</p>", "<p>two</p>", "<p>three</p>"];

#[test]
fn records_are_reports_with_the_day_of_their_capture() {
    let bytes = [
        record("warcinfo", "", b"software: x"),
        html("; charset=utf-8", b"<p>Truce</p>"),
        record(
            "conversion",
            "WARC-Target-URI: https://b.example/\r\nContent-Type: text/plain\r\n",
            b"Words",
        ),
        record(
            "request",
            "WARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
    ]
    .concat();
    let (pages, troubles, done) = read(&bytes);
    assert_eq!(
        pages,
        [
            "https://a.example/ | 2020-10-05 |  | <p>Truce</p> |",
            "https://b.example/ | 2020-10-05 |  | Words |"
        ]
    );
    assert!(troubles.is_empty());
    assert_eq!(done, ArchiveRead { given: 2, ..ArchiveRead::default() });
}

#[test]
fn what_is_no_page_is_counted() {
    let fields = "WARC-Target-URI: https://a.example/robots.txt\r\nContent-Type: text/plain\r\n";
    let bytes = [
        html("", b"<p>a</p>"),
        response("", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html", b"<p>gone</p>"),
        response("", "HTTP/1.1 200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response("", "HTTP/1.1 200 OK\r\nContent-Type: text/xml", b"<urlset></urlset>"),
        response("", "HTTP/1.1 204 No Content\r\nContent-Type: text/html", b""),
        record("resource", fields, b"User-agent: *"),
        record("revisit", "WARC-Target-URI: https://a.example/\r\n", b""),
    ]
    .concat();
    let done = read(&bytes).2;
    assert_eq!(done, ArchiveRead { given: 1, no_pages: 5, revisits: 1, ..ArchiveRead::default() });
}

#[test]
fn every_packing_is_taken_off() {
    let three = three();
    check(&three.concat(), &THREE, &[]);
    check(&three.iter().flat_map(|one| gzip(one)).collect::<Vec<u8>>(), &THREE, &[]);
    check(&gzip(&three.concat()), &THREE, &[]);
    check(&three.iter().flat_map(|one| zstd(one)).collect::<Vec<u8>>(), &THREE, &[]);
    check(&zstd(&three.concat()), &THREE, &[]);
    // Blocks that know nothing of records, as bgzip writes them.
    let blocks: Vec<u8> = three.concat().chunks(50).flat_map(gzip).collect();
    check(&blocks, &THREE, &[]);
    let ends = String::from_utf8(three.concat())
        .unwrap()
        .replace("\r\n", "\n")
        .replace("WARC/1.1", "WARC/1.0");
    check(ends.as_bytes(), &THREE, &[]);
}

#[test]
fn a_dictionary_may_open_a_zstd_archive() {
    let three = three();
    let dictionary = resource("0", "<p>zero</p>");
    let mut packer = zstd::bulk::Compressor::with_dictionary(3, &dictionary).unwrap();
    let frames: Vec<u8> = three.iter().flat_map(|one| packer.compress(one).unwrap()).collect();
    for stored in [dictionary.clone(), zstd(&dictionary)] {
        let length = u32::try_from(stored.len()).unwrap().to_le_bytes();
        check(&[b"\x5D\x2A\x4D\x18".as_slice(), &length, &stored, &frames].concat(), &THREE, &[]);
    }
    check(&frames, &[], &["damaged at byte"]);
}

#[test]
fn bodies_are_unpacked_as_their_server_packed_them() {
    let text = b"<p>Truce in Gao</p>".as_slice();
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(text).unwrap();
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), Compression::fast());
    deflate.write_all(text).unwrap();
    // What brotli makes of it: its packer is no dependency of ours.
    let brotli = [b"\x0B\x09\x80".as_slice(), text, b"\x03"].concat();
    let chunks = b"7;x=y\r\n<p>Truc\r\nC\r\ne in Gao</p>\r\n0\r\n\r\n".as_slice();
    for (http, body) in [
        ("\r\nContent-Encoding: gzip", gzip(text)),
        ("\r\nContent-Encoding: deflate", zlib.finish().unwrap()),
        ("\r\nContent-Encoding: deflate", deflate.finish().unwrap()),
        ("\r\nContent-Encoding: zstd", zstd(text)),
        ("\r\nContent-Encoding: br", brotli),
        ("\r\nContent-Encoding: gzip, gzip", gzip(&gzip(text))),
        ("\r\nContent-Encoding: identity", text.to_vec()),
        ("\r\nTransfer-Encoding: chunked", chunks.to_vec()),
        // Crawlers that took the packing off kept the fields.
        ("\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", text.to_vec()),
        ("\r\nContent-Encoding: br", text.to_vec()),
        ("\r\nContent-Encoding: zstd", text.to_vec()),
    ] {
        let (pages, troubles, _) = read(&html(http, &body));
        assert_eq!(
            pages,
            ["https://a.example/ | 2020-10-05 |  | <p>Truce in Gao</p> |"],
            "{http} {troubles:?}"
        );
    }
    check(&html("\r\nContent-Encoding: rot13", text), &[], &["packed as `rot13`"]);
}

#[test]
fn what_was_sent_in_part_is_noted() {
    let packed = gzip("<p>Truce in Gao held on Monday.</p>".repeat(40).as_bytes());
    let part = |http: &str, body: &[u8]| {
        let (pages, _, _) = read(&html(http, body));
        assert!(pages[0].ends_with("page-cut"), "{pages:?}");
    };
    part("\r\nContent-Encoding: gzip", &packed[..packed.len() - 12]);
    part("\r\nTransfer-Encoding: chunked", b"7\r\n<p>Truc\r\nFF\r\ne");
    let fields = "WARC-Truncated: length\r\n";
    let (pages, _, _) =
        read(&response(fields, "HTTP/1.1 200 OK\r\nContent-Type: text/html", b"<p>a"));
    assert!(pages[0].ends_with("page-cut"), "{pages:?}");
}

#[test]
fn the_digest_of_the_archive_is_checked() {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/html";
    for (fields, code) in [
        ("WARC-Payload-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5\r\n", ""),
        ("WARC-Payload-Digest: sha1:22222222222222222222222222222222\r\n", "digest-mismatch"),
        ("WARC-Block-Digest: sha1:22222222222222222222222222222222\r\n", "digest-mismatch"),
        ("WARC-Payload-Digest: blake3:x\r\n", ""),
    ] {
        let (pages, _, _) = read(&response(fields, http, b"abc"));
        assert_eq!(
            pages,
            [format!("https://a.example/ | 2020-10-05 |  | abc | {code}").trim_end()]
        );
    }
}

#[test]
fn feeds_in_archives_are_read_entry_by_entry() {
    let feed = b"<rss><channel><title>F</title><item><title>T</title><link>/1</link><pubDate>10 Jun 2003</pubDate><description>d</description></item><item/></channel></rss>";
    for kind in ["application/rss+xml", "text/html", "text/xml"] {
        let (pages, _, done) =
            read(&response("", &format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}"), feed));
        assert_eq!(pages, ["https://a.example/1 | 2020-10-05 | T | d | summary-only"]);
        assert_eq!((done.given, done.empty_entries), (1, 1));
    }
}

#[test]
fn what_stands_before_a_cut_is_read() {
    let whole = three().concat();
    let cut = whole.len() - 10;
    check(
        &whole[..cut],
        &["<p>one</p>", "<p>two</p>", "<p>thr"],
        &[&format!("ends at byte {cut} inside a record")],
    );
    assert!(read(&whole[..cut]).0[2].ends_with("page-cut"));
    check(
        &whole[..cut - 40],
        &["<p>one</p>", "<p>two</p>"],
        &[&format!("ends at byte {}", cut - 40)],
    );
    // Only the ends of line behind the last record are missing.
    check(&whole[..whole.len() - 4], &THREE, &[]);
    let members: Vec<Vec<u8>> = three().iter().map(|one| gzip(one)).collect();
    let cut = members.concat().len() - 20;
    let (pages, troubles, _) = read(&members.concat()[..cut]);
    assert!(
        pages[0].contains("one")
            && pages[1].contains("two")
            && troubles[0].contains(&format!("ends at byte {cut}")),
        "{pages:?} {troubles:?}"
    );
    let frames: Vec<Vec<u8>> = three().iter().map(|one| zstd(one)).collect();
    let cut = frames.concat().len() - 20;
    check(
        &frames.concat()[..cut],
        &["<p>one</p>", "<p>two</p>"],
        &[&format!("ends at byte {cut}")],
    );
}

#[test]
fn after_damage_the_next_whole_record_goes_on() {
    for pack in [gzip, zstd] {
        let [one, mut two, three] = three().map(|one| pack(&one));
        let middle = two.len() / 2;
        for byte in &mut two[middle - 9..middle + 9] {
            *byte ^= 0x5A;
        }
        let place = "damaged at byte";
        let (pages, troubles, _) = read(&[one.clone(), two, three.clone()].concat());
        assert!(
            pages.first().is_some_and(|page| page.contains("one"))
                && pages.last().is_some_and(|page| page.contains("three")),
            "{pages:?}"
        );
        assert!(troubles.len() == 1 && troubles[0].contains(place), "{troubles:?}");
        check(
            &[one, b"no member".to_vec(), three].concat(),
            &["<p>one</p>", "<p>three</p>"],
            &[place],
        );
    }
    let [one, two, three] = three();
    let between = one.len();
    check(
        &[one, b"<p>lost</p>\r\n".to_vec(), two, three].concat(),
        &THREE,
        &[&format!("at byte {between} stands no record")],
    );
}

#[test]
fn a_checksum_that_does_not_hold_marks_the_page() {
    let mut bytes = gzip(&resource("1", "<p>one</p>"));
    let crc = bytes.len() - 8;
    bytes[crc] ^= 1;
    check(&bytes, &["<p>one</p>"], &["checksum"]);
    assert!(read(&bytes).0[0].ends_with("page-cut"));
}

#[test]
fn a_wrong_length_loses_no_record() {
    let [one, two, three] = three();
    let said = |length: &str| {
        let two = String::from_utf8(two.clone())
            .unwrap()
            .replace("Length: 10", &format!("Length: {length}"));
        [one.as_slice(), two.as_bytes(), &three].concat()
    };
    for length in ["20", "3", "150", "99999999999", "-1", "x", ""] {
        check(&said(length), &THREE, &["says a length that is not its own"]);
    }
    let members: Vec<u8> = {
        let two = String::from_utf8(two.clone()).unwrap().replace("Length: 10", "Length: 9000");
        [gzip(&one), gzip(two.as_bytes()), gzip(&three)].concat()
    };
    check(&members, &THREE, &["says a length"]);
}

#[test]
fn troubles_beyond_a_hundred_are_counted() {
    let (_, troubles, done) =
        read("WARC/1.0\n\nWARC/1.0\nContent-Length: 9\n\n".repeat(1_000).as_bytes());
    assert_eq!((troubles.len(), done.untold), (100, 900));
}

#[test]
fn a_file_of_wrong_lengths_is_searched_once() {
    // No two ends of line stand before a record: each search would go to the end.
    let bytes = b"WARC/1.0\nContent-Length: 7\n\nabc\n\nxWARC/1.0\n".repeat(50_000);
    let (pages, _, done) = read(&bytes);
    assert_eq!((pages.len(), done.untold > 90_000), (0, true));
}

#[test]
fn a_header_of_a_million_lines_is_left_out() {
    let mut long = b"WARC/1.0\r\n".to_vec();
    for line in 0..1_000_000 {
        long.extend_from_slice(format!("X-{line}: y\r\n").as_bytes());
    }
    let [one, two, _] = three();
    check(
        &[one, long, b"\r\n".to_vec(), two].concat(),
        &["<p>one</p>", "<p>two</p>"],
        &["header longer than 256 KiB"],
    );
}

#[test]
fn bombs_are_left_out_and_the_rest_is_read() {
    let zeros = vec![b' '; 40 << 20];
    let [one, _, three] = three();
    for pack in [gzip, zstd] {
        let bomb = pack(&record(
            "resource",
            "Content-Type: text/html\r\nWARC-Target-URI: https://a.example/2\r\n",
            &zeros,
        ));
        let (pages, troubles, _) = read(&[pack(&one), bomb, pack(&three)].concat());
        assert!(
            pages.first().is_some_and(|page| page.contains("one"))
                && pages.last().is_some_and(|page| page.contains("three")),
            "{}",
            pages.len()
        );
        assert!(troubles.len() == 1 && troubles[0].contains("bomb"), "{troubles:?}");
    }
    // Twenty MiB of spaces as brotli packs them.
    let brotli = [
        203, 255, 255, 63, 248, 37, 64, 226, 177, 64, 32, 247, 254, 143, 255, 255, 127, 240, 75, 0,
        196, 97, 17, 128, 238, 253, 95, 254, 255, 255, 224, 151, 0, 136, 195, 2, 0, 221, 251, 31,
    ];
    let packings: [(&str, Vec<u8>); 4] = [
        ("br", brotli.to_vec()),
        ("gzip", gzip(&zeros)),
        ("zstd", zstd(&zeros)),
        ("gzip, zstd, gzip, zstd", zstd(&gzip(&zstd(&gzip(b"deep"))))),
    ];
    for (packing, body) in packings {
        let bomb = html(&format!("\r\nContent-Encoding: {packing}"), &body);
        check(
            &[one.clone(), bomb, three.clone()].concat(),
            &["<p>one</p>", "<p>three</p>"],
            &["bomb"],
        );
    }
    let nested = html("\r\nContent-Encoding: gzip, gzip", &gzip(&gzip(&zeros)));
    check(&nested, &[], &["bomb"]);
}

#[test]
fn a_record_beyond_the_limit_is_read_as_far_as_it_goes() {
    let long = "The truce in Derna held. ".repeat((33 << 20) / 25);
    let bytes = [resource("1", &long), resource("2", "<p>two</p>")].concat();
    let (pages, troubles, _) = read(&bytes);
    assert!(
        pages[0].ends_with("page-cut") && pages[1].contains("two") && troubles.is_empty(),
        "{troubles:?}"
    );
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_zip(bytes: &[u8]) -> (Vec<String>, Vec<String>, ArchiveRead) {
    told(|take| wacz(Cursor::new(bytes), "a.wacz", take))
}

#[test]
fn a_wacz_is_read_with_its_titles() {
    let [one, two, _] = three();
    let pages = b"{\"format\":\"json-pages-1.0\",\"title\":\"All\"}\n{\"url\":\"https://a.example/2\",\"title\":\"Two\"}\nodd\n";
    let bytes = zipped(&[
        ("archive/b.warc", &two),
        ("pages/pages.jsonl", pages),
        ("archive/a.warc.gz", &gzip(&one)),
        ("indexes/index.cdx", b"x"),
    ]);
    let (pages, troubles, _) = read_zip(&bytes);
    assert_eq!(
        pages,
        [
            "https://a.example/1 | 2020-10-05 |  | <p>one</p> |",
            "https://a.example/2 | 2020-10-05 | Two | <p>two</p> |"
        ]
    );
    assert!(troubles.is_empty(), "{troubles:?}");
}

#[test]
fn names_in_a_wacz_are_only_names() {
    let [one, two, three] = three();
    let bytes = zipped(&[
        ("../archive/a.warc", &one),
        ("archive/../../b.warc", &two),
        ("/etc/passwd", b"x"),
        ("archive/c.warc", &three[..three.len() - 9]),
    ]);
    let (pages, troubles, _) = read_zip(&bytes);
    assert_eq!(pages.len(), 2, "{pages:?}");
    assert!(
        troubles.len() == 1 && troubles[0].starts_with("archive/c.warc: ends at byte"),
        "{troubles:?}"
    );
}

#[test]
fn a_zip_that_is_no_archive_or_a_bomb_is_told() {
    let zeros = vec![b' '; 40 << 20];
    let bomb = record("resource", "Content-Type: text/html\r\n", &zeros);
    for (bytes, part) in [
        (zipped(&[("a.txt", b"x")]), "zip file without archive"),
        (b"PK\x03\x04 and no more".to_vec(), "no whole zip file"),
        (zipped(&[("archive/a.warc", &bomb)]), "bomb"),
        (zipped(&[("pages/pages.jsonl", &zeros), ("archive/a.warc", &three().concat())]), "bomb"),
    ] {
        let (_, troubles, _) = read_zip(&bytes);
        assert!(troubles.len() == 1 && troubles[0].contains(part), "{troubles:?}");
    }
    let many: Vec<(String, &[u8])> =
        (0..100_001).map(|number| (format!("{number}"), b"".as_slice())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    assert!(read_zip(&zipped(&many)).1[0].contains("more than 100000 entries"));
}

#[test]
fn packed_text_is_unpacked_within_limits() {
    let xz = |bytes: &[u8]| {
        let mut writer =
            lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let text = |bytes: &[u8]| {
        let mut all = String::new();
        unpacked(bytes)
            .unwrap()
            .read_to_string(&mut all)
            .map(|_| all)
            .map_err(|problem| problem.to_string())
    };
    let words = "Words of a line.\n".repeat(3);
    for packed in [
        words.as_bytes().to_vec(),
        gzip(words.as_bytes()),
        zstd(words.as_bytes()),
        xz(words.as_bytes()),
    ] {
        assert_eq!(text(&packed), Ok(words.clone()));
        assert_eq!(is_packed(&packed), packed != words.as_bytes());
    }
    let zeros = vec![b' '; 40 << 20];
    for packed in [gzip(&zeros), zstd(&zeros), xz(&zeros)] {
        assert!(text(&packed).unwrap_err().contains("bomb"));
        assert!(text(&packed[..packed.len() / 2]).is_err());
    }
}
