//! Takes feeds in few words, expects the reports in them and why reading ended.
//! Invariant: each kind of feed and each kind of damage has a case.

use super::*;
use crate::format::Format;
use std::fmt::Write;

const ORIGIN: Origin<'_> =
    Origin { source: "feed.xml", url: None, content_type: None, captured: None };

fn all(bytes: &[u8], origin: Origin<'_>) -> (Vec<Arrival>, FeedRead) {
    let mut arrivals = Vec::new();
    let mut take = |arrival| {
        arrivals.push(arrival);
        Ok::<(), ()>(())
    };
    let done = read(bytes, origin, &mut take).unwrap();
    (arrivals, done)
}

/// One line a report: source | title | publisher | day | format | text | notes.
fn lines(arrivals: &[Arrival]) -> Vec<String> {
    let line = |arrival: &Arrival| {
        let about = &arrival.about;
        let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let day = about.published.as_ref().map(|day| day.edtf.to_string());
        let notes: Vec<&str> =
            arrival.transport.notes.iter().map(|note| note.code.code()).collect();
        let format = match arrival.transport.format {
            Some(Format::Html) => "html",
            Some(Format::Plain) => "plain",
            None => "-",
        };
        let text = String::from_utf8_lossy(&arrival.bytes);
        let (title, publisher) = (shown(&about.title), shown(&about.publisher));
        let day = day.unwrap_or_else(|| "-".to_owned());
        format!(
            "{} | {title} | {publisher} | {day} | {format} | {text} | {}",
            about.source,
            notes.join(" ")
        )
        .trim_end()
        .to_owned()
    };
    arrivals.iter().map(line).collect()
}

fn check(feed: &str, expected: &[&str]) {
    let (arrivals, done) = all(feed.as_bytes(), ORIGIN);
    assert_eq!(lines(&arrivals), expected);
    assert_eq!((done.given, done.broken), (expected.len() as u64, None));
}

fn check_broken(feed: &str, given: u64, part: &str) {
    let (_, done) = all(feed.as_bytes(), ORIGIN);
    let told = done.broken.map(|problem| problem.to_string()).unwrap_or_default();
    assert!(done.given == given && told.contains(part), "{} given, {told}", done.given);
}

#[test]
fn rss_2() {
    check(
        r#"<?xml version="1.0"?><!-- made by hand --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
        <channel><title>Valley &amp; Post</title><link>https://valley.example/</link><image><title>logo</title></image>
        <item><title>Truce in &lt;b&gt;Gao&lt;/b&gt; &amp;#8217;held&amp;#8217;</title><link>/gao?a=1&amp;b=2</link><media:title>no</media:title>
        <pubDate>Tue, 10 Jun 2003 23:30:00 -0500</pubDate><description>Short.</description><content:encoded><![CDATA[<p>The truce held.</p>]]></content:encoded></item>
        <item><guid>tag:valley,1</guid><description>Only &amp;amp; short.</description></item><item><title>Nothing in it</title></item></channel></rss>"#,
        &[
            "https://valley.example/gao?a=1&b=2 | Truce in Gao ’held’ | Valley & Post | 2003-06-10 | html | <p>The truce held.</p> |",
            "tag:valley,1 | - | Valley & Post | - | html | Only &amp; short. | summary-only",
        ],
    );
}

#[test]
fn rss_1_and_before() {
    check(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://a.example"><title>A</title></channel>
        <item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/one</link><d:date>2004-05</d:date><description>Words.</description></item></rdf:RDF>"#,
        &["https://a.example/one | One | A | 2004-05 | plain | Words. | summary-only"],
    );
    check(
        "<rss version='0.91'><channel><item><description>Words</description></item></channel></rss>",
        &["feed.xml (entry 1) | - | - | - | plain | Words | summary-only"],
    );
}

#[test]
fn atom() {
    check(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/deep/"><link rel="self" href="https://b.example/feed"/>
        <entry><title type="html">A &amp;amp; B</title><link rel="enclosure" href="x.mp3"/><link href="one"/><id>urn:1</id>
        <published>2020-10-03T23:00:00-08:00</published><updated>2020-10-05T00:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><title>odd</title></div></content></entry>
        <entry><title>2 &lt; 3</title><id>urn:2</id><updated>2020-10-05T00:00:00Z</updated><content type="text">a &lt;p&gt; b</content></entry>
        <entry><id>urn:3</id><content src="https://b.example/3"/><summary>S</summary></entry></feed>"#,
        &[
            r#"https://b.example/deep/one | A & B | - | 2020-10-03 | html | <div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><title>odd</title></div> |"#,
            "urn:2 | 2 < 3 | - | ../2020-10-05 | plain | a <p> b |",
            "urn:3 | - | - | - | plain | S | summary-only",
        ],
    );
    check(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:title>T</a:title><a:entry><a:id>i</a:id><a:content>c</a:content></a:entry></a:feed>",
        &["i | - | T | - | plain | c |"],
    );
}

#[test]
fn json_feed() {
    check(
        r#"{"version":"https:\/\/jsonfeed.org\/version\/1.1","items":[
        {"id":7,"title":"A &amp; B","content_html":"<p>One</p>","url":"/1","date_published":"2021-02-03T00:00:00Z"},
        {"id":"8","content_text":"a <p> b","tags":[[{}]]},{"id":"9","summary":"S","url":["odd"]},"odd"],
        "title":"J","home_page_url":"https://j.example/"}"#,
        &[
            "https://j.example/1 | A &amp; B | J | 2021-02-03 | html | <p>One</p> |",
            "8 | - | J | - | plain | a <p> b |",
            "9 | - | J | - | plain | S | summary-only",
        ],
    );
}

#[test]
fn days_that_cannot_be_read_are_none() {
    let item = |fields: &str| {
        format!(
            "<rss><channel><item><guid>g</guid>{fields}<description>d</description></item></channel></rss>"
        )
    };
    let none = "g | - | - | - | plain | d | summary-only published-unread";
    check(&item("<pubDate>31 Feb 2020</pubDate>"), &[none]);
    check(&item("<pubDate>Mon, 4 Oct 2020 10:00:00 GMT</pubDate>"), &[none]);
    check(
        &item("<pubDate>4 Oct 2020</pubDate><dc:date>2020-10-05</dc:date>"),
        &["g | - | - | 2020-10-04 | plain | d | summary-only date-ambiguous"],
    );
}

#[test]
fn a_link_is_an_address_of_the_web_or_none() {
    let linked = |link: &str| {
        format!(
            "<rss><channel><item><link>{link}</link><guid>g</guid><description>d</description></item></channel></rss>"
        )
    };
    for (link, url) in [
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("/a b", Some("https://f.example/a%20b")),
        ("../a", Some("https://f.example/a")),
        ("http://x.example/A", Some("http://x.example/A")),
        ("", None),
    ] {
        let origin = Origin { url: Some("https://f.example/feeds/all"), ..ORIGIN };
        let (arrivals, _) = all(linked(link).as_bytes(), origin);
        assert_eq!(arrivals[0].about.url.as_deref(), url, "{link}");
        assert_eq!(arrivals[0].about.source, url.unwrap_or("g"), "{link}");
    }
}

#[test]
fn what_is_no_feed_is_told_by_its_first_element() {
    for (text, feed) in [
        (
            "\u{FEFF} <?xml version='1.0'?>\n<!DOCTYPE rss SYSTEM 'http://x.example/rss.dtd'><rss/>",
            true,
        ),
        ("<!DOCTYPE html><html><body><rss><channel>", false),
        ("<html><!-- <rss> --></html>", false),
        ("The tag <rss> opens a feed.", false),
        ("<feed xmlns='http://shop.example/goods'><entry/></feed>", false),
        ("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><x/></rdf:RDF>", false),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", false),
        ("{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", true),
        ("{\"version\": 2, \"text\": \"https://jsonfeed.org/version/1\"}", false),
        ("", false),
    ] {
        assert_eq!(is_feed(text.as_bytes()), feed, "{text}");
        assert_eq!(all(text.as_bytes(), ORIGIN).1.broken == Some(FeedError::NoFeed), !feed);
    }
}

#[test]
fn the_declared_charset_is_read() {
    let feed = b"<?xml version='1.0' encoding='windows-1256'?><rss><channel><item><guid>g</guid><description>\xC3\xE3\xD1</description></item></channel></rss>";
    assert_eq!(all(feed, ORIGIN).0[0].bytes, "أمر".as_bytes());
}

#[test]
fn what_stands_before_damage_is_given() {
    let whole = "<rss><channel><item><guid>1</guid><description>a</description></item>";
    check_broken(&format!("{whole}<item><title>B</tit"), 1, "cut at byte 83");
    check_broken(&format!("{whole}<item><description>B</description>"), 1, "ends before");
    check_broken(
        r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_text":"a"},{"id":"2","conten"#,
        1,
        "cut at byte",
    );
    check_broken(
        &format!("{whole}<item>{}", "<a>".repeat(2_000_000)),
        1,
        "nested deeper than 1000",
    );
    check_broken(
        &format!(
            "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}",
            "[".repeat(1_000_000)
        ),
        0,
        "recursion",
    );
}

#[test]
fn markup_that_was_not_escaped_stays_in_its_field() {
    check(
        "<rss><channel><item><guid>1</guid><description><p>One<br>two</item></description></item><item><guid>2</guid><description>b</description></item></channel></rss>",
        &[
            "1 | - | - | - | html | <p>One<br>two</item> | summary-only",
            "2 | - | - | - | plain | b | summary-only",
        ],
    );
    let many = "<item><description>One<br>two</description></item>".repeat(70_000);
    let (arrivals, done) = all(format!("<rss><channel>{many}</channel></rss>").as_bytes(), ORIGIN);
    assert_eq!((arrivals.len(), done.broken), (70_000, None));
}

#[test]
fn entities_of_the_document_are_not_expanded_and_external_ones_not_fetched() {
    let mut feed =
        String::from("<!DOCTYPE rss [<!ENTITY a0 'ha'><!ENTITY file SYSTEM 'file:///etc/passwd'>");
    for level in 1..40 {
        let _ = write!(feed, "<!ENTITY a{level} '&a{0};&a{0};&a{0};'>", level - 1);
    }
    feed += "]><rss><channel><item><guid>&nbsp;1</guid><description>&a39; &file; &lt;b&#62; &#xD800;</description></item></channel></rss>";
    check(&feed, &["1 | - | - | - | html | &a39; &file; <b> &#xD800; | summary-only"]);
}

#[test]
fn a_hundred_thousand_entries_are_given_one_by_one() {
    let entry = |n: usize| {
        format!(
            "<item><title>T {n}</title><link>/p/{n}</link><description>Words of {n}.</description></item>"
        )
    };
    let feed = format!(
        "<rss><channel><title>F</title>{}</channel></rss>",
        (0..100_000).map(entry).collect::<String>()
    );
    let item = |n: usize| format!("{{\"id\":\"{n}\",\"content_text\":\"Words of {n}.\"}}");
    let items: Vec<String> = (0..100_000).map(item).collect();
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}]}}",
        items.join(",")
    );
    for feed in [feed, json] {
        let mut bytes = 0;
        let mut take = |arrival: Arrival| {
            bytes += arrival.bytes.len();
            Ok::<(), ()>(())
        };
        let done = read(feed.as_bytes(), ORIGIN, &mut take).unwrap();
        assert_eq!((done.given, done.broken), (100_000, None));
        assert_eq!(
            bytes,
            (0..100_000).map(|n: usize| format!("Words of {n}.").len()).sum::<usize>()
        );
    }
}

#[test]
fn an_error_of_the_taker_ends_the_reading() {
    let mut calls = 0;
    let feed = "<rss><channel><item><description>a</description></item><item><description>b</description></item></channel></rss>";
    let mut take = |_| {
        calls += 1;
        Err("full")
    };
    assert_eq!(read(feed.as_bytes(), ORIGIN, &mut take).err(), Some("full"));
    assert_eq!(calls, 1);
}
