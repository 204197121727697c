//! Takes feeds, web archives, packed lines and folders, checks which reports the program makes of them and what it says.
//! Invariant: what a file is called decides nothing its bytes decide; what was left out is said.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;

use flate2::{Compression, write::GzEncoder};
use running::{Answer, Desk, REPORT};
use std::io::Write;
use std::process::Stdio;

const FEED: &str = r#"<rss version="2.0"><channel><title>Hauran Post</title><link>https://hauran.example/</link>
<item><title>Truce &amp;amp; talks</title><link>/1</link><pubDate>Wed, 10 Feb 2021 09:00:00 +0200</pubDate><description>&lt;p&gt;Calm held in Tafas.&lt;/p&gt;</description></item>
<item><title>Second</title><guid>tag:2</guid><pubDate>soon</pubDate><description>Rain fell in Tafas.</description></item><item><title>Empty</title></item></channel></rss>"#;

fn json(answer: &Answer) -> Vec<serde_json::Value> {
    answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn sources(answer: &Answer) -> Vec<String> {
    json(answer).iter().map(|page| page["page"]["source"].as_str().unwrap().to_owned()).collect()
}

fn codes(page: &serde_json::Value) -> Vec<&str> {
    page["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn record(kind: &str, url: &str, content: &str) -> Vec<u8> {
    let length = content.len();
    format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-02-12T10:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\nContent-Length: {length}\r\n\r\n{content}\r\n\r\n").into_bytes()
}

fn answer_of_server(url: &str, kind: &str, body: &str) -> Vec<u8> {
    record("response", url, &format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}"))
}

fn archive() -> Vec<Vec<u8>> {
    vec![
        answer_of_server(
            "https://hauran.example/deal",
            "text/html",
            &format!("<article><p>{REPORT}</p></article>"),
        ),
        answer_of_server("https://hauran.example/logo", "image/png", "PNG"),
        record("revisit", "https://hauran.example/deal", ""),
        answer_of_server("https://hauran.example/calm", "text/plain", "Calm held in Tafas."),
    ]
}

#[test]
fn each_entry_of_a_feed_is_a_report() {
    let desk = Desk::new();
    desk.write("feed.html", FEED);
    let answer = desk.run(&["read", "--json", "feed.html"]);
    answer.notes(&["feed.html", "1 entry holds no text"]);
    let told = json(&answer);
    assert_eq!(sources(&answer), ["https://hauran.example/1", "tag:2"]);
    let page = &told[0]["page"];
    assert_eq!(page["title"], "Truce & talks");
    assert_eq!(page["publisher"], "Hauran Post");
    assert_eq!(page["published"]["edtf"], "2021-02-10");
    assert_eq!(page["url"], "https://hauran.example/1");
    assert_eq!(page["text"], "Calm held in Tafas.");
    assert!(codes(&told[0]).contains(&"summary-only"));
    assert!(
        told[1]["page"]["published"].is_null() && codes(&told[1]).contains(&"published-unread")
    );
}

#[test]
fn options_and_side_files_tell_of_all_entries() {
    let desk = Desk::new();
    desk.write("feed.xml", FEED.replace("<link>https://hauran.example/</link>", ""))
        .write("feed.xml.meta.json", r#"{"url":"https://other.example/feed","publisher":"Other"}"#);
    let told = json(&desk.run(&["read", "--json", "feed.xml", "--published", "2021-03"]));
    assert_eq!(told[0]["page"]["source"], "https://other.example/1");
    assert_eq!(told[1]["page"]["publisher"], "Other");
    assert_eq!(told[1]["page"]["published"]["edtf"], "2021-03");
    desk.run(&["read", "feed.xml", "--title", "T"])
        .fails(&["--title and --url describe one report"]);
    desk.write("feed.xml.meta.json", r#"{"title":"T"}"#);
    desk.run(&["read", "feed.xml"]).fails(&["feed.xml.meta.json", "`title` is that of one report"]);
}

#[test]
fn an_xml_file_that_is_no_feed_is_told_so() {
    let desk = Desk::new();
    desk.write("map.xml", "<urlset></urlset>")
        .write("page.xml", format!("<html><p>{REPORT}</p></html>"));
    desk.run(&["read", "map.xml"]).fails(&["map.xml", "is no RSS, Atom or JSON Feed"]);
    assert_eq!(sources(&desk.run(&["read", "--json", "page.xml"])), ["page.xml"]);
}

#[test]
fn a_cut_feed_is_read_as_far_as_it_goes() {
    let desk = Desk::new();
    let cut = FEED.find("<item><title>Second").unwrap() + 9;
    desk.write("feed.rss", &FEED[..cut]);
    let answer = desk.run(&["read", "--json", "feed.rss"]);
    answer.notes(&["feed.rss", &format!("cut at byte {}", cut - 3), "fetch it again"]);
    assert_eq!((answer.code, sources(&answer).len()), (Some(0), 1));
}

#[test]
fn an_archive_gives_its_pages_and_counts_the_rest() {
    let desk = Desk::new();
    let members: Vec<u8> = archive().iter().flat_map(|one| gzip(one)).collect();
    desk.write("a.warc.gz", &members)
        .write("plain.warc", archive().concat())
        .write("whole.gz", gzip(&archive().concat()));
    for file in ["a.warc.gz", "plain.warc", "whole.gz"] {
        let answer = desk.run(&["read", "--json", file]);
        answer.notes(&[
            file,
            "1 record was no page",
            "1 record says that a page was the same",
            "left out",
        ]);
        assert_eq!(
            sources(&answer),
            ["https://hauran.example/deal", "https://hauran.example/calm"]
        );
        assert!(
            json(&answer).iter().all(|page| page["page"]["published"].is_null()),
            "a day of capture"
        );
    }
    desk.write("cut.warc.gz", &members[..members.len() - 30]);
    let answer = desk.run(&["read", "--json", "cut.warc.gz"]);
    assert_eq!(
        (answer.code, sources(&answer)[0].as_str()),
        (Some(0), "https://hauran.example/deal")
    );
    let place = format!("cut.warc.gz: ends at byte {} inside a record", members.len() - 30);
    assert!(answer.err.contains(&place), "{}", answer.err);
}

#[test]
fn an_undated_page_can_be_known_from_the_day_it_was_captured() {
    let desk = Desk::new();
    desk.write("a.warc", archive().concat());
    assert_eq!(desk.run(&["add", "a.warc", "--fast"]).code, Some(0));
    let known = |day: &str| {
        desk.run(&["show", "Tafas", "--json", "--as-of", "2021-03-01", "--known-by", day])
    };
    let told = json(&known("2021-02-12").good());
    assert_eq!(told[0]["possibly_known"], true);
    known("2021-02-11").fails(&["Tafas"]);
}

#[test]
fn lines_may_be_packed() {
    let desk = Desk::new();
    let lines = "{\"id\":\"one\",\"text\":\"The truce in Taiz held.\"}\n{\"id\":\"two\"}\n";
    desk.write("in.jsonl.gz", gzip(lines.as_bytes()));
    let answer = desk.run(&["read", "--json", "in.jsonl.gz"]);
    answer.notes(&["in.jsonl.gz:2", "neither `text` nor `html`"]);
    assert_eq!(sources(&answer), ["one"]);
    let bomb = gzip(&vec![b'\n'; 60 << 20]);
    desk.write("bomb.jsonl.gz", bomb);
    desk.run(&["read", "bomb.jsonl.gz"]).fails(&["bomb.jsonl.gz:", "as only a bomb does"]);
}

#[test]
fn a_folder_gives_everything_in_it_in_order() {
    let desk = Desk::new();
    desk.write("in/a.warc", archive().concat())
        .write("in/b.jsonl", "{\"id\":\"line\",\"text\":\"The truce in Taiz held.\"}")
        .write("in/c/feed.atom", FEED)
        .write("in/d.txt.gz", gzip(REPORT.as_bytes()))
        .write("in/e.json", "{}")
        .write("in/d.txt.gz.meta.json", "{}");
    let answer = desk.run(&["read", "--json", "in"]);
    assert_eq!(
        sources(&answer),
        [
            "https://hauran.example/deal",
            "https://hauran.example/calm",
            "line",
            "https://hauran.example/1",
            "tag:2",
            "in/d.txt.gz"
        ]
    );
    assert_eq!(answer.err.lines().count(), 3, "{}", answer.err);
    assert!(answer.err.contains("in/e.json: is no RSS, Atom or JSON Feed"), "{}", answer.err);
    assert_eq!(desk.run(&["add", "in", "--fast"]).out.lines().count(), 6);
}

#[test]
fn standard_input_may_be_a_feed_or_an_archive() {
    let desk = Desk::new();
    for (bytes, first) in [
        (FEED.as_bytes().to_vec(), "https://hauran.example/1"),
        (gzip(&archive().concat()), "https://hauran.example/deal"),
    ] {
        let mut running = desk
            .command(&["read", "--json", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        running.stdin.take().unwrap().write_all(&bytes).unwrap();
        assert_eq!(sources(&running::answer(running.wait_with_output().unwrap()))[0], first);
    }
}
