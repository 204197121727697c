//! Takes answers, honest and hostile, checks what is read of them.
//! Invariant: an answer that never ends, in whatever way, is left within its limit.

use super::{
    server::{answer, opening},
    *,
};
use std::io::Write;

const HTML: &str = "Content-Type: text/html; charset=windows-1252\r\n";

/// The answer that consists of these pieces.
fn of(pieces: impl Fn() -> Vec<Piece> + Send + Sync + 'static) -> Server {
    serving(move |_| pieces())
}

fn bytes(text: impl Into<Vec<u8>>) -> Piece {
    Piece::Bytes(text.into())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

#[test]
fn a_page_comes_with_what_was_told_of_it() {
    let headers = format!("{HTML}ETag: \"7\"\r\nLast-Modified: Sat, 03 Oct 2020 08:00:00 GMT\r\n");
    let server = of(move || vec![answer(200, &headers, "<p>Calm.")]);
    let found = got(&server).unwrap();
    assert_eq!(found.bytes, b"<p>Calm.");
    assert_eq!(found.content_type.as_deref(), Some("text/html; charset=windows-1252"));
    assert_eq!(found.final_url, server.url("/a"));
    assert_eq!(found.validators.etag.as_deref(), Some("\"7\""));
    let modified = found.validators.last_modified.as_deref();
    assert_eq!(modified, Some("Sat, 03 Oct 2020 08:00:00 GMT"));
}

#[test]
fn the_request_says_who_asks_and_nothing_else_of_us() {
    let server = Server::of_page(b"Calm.".to_vec());
    let contact = "desk@example.org".parse().unwrap();
    let options = FetchOptions { contact: Some(contact), allowed: vec![OWN.parse().unwrap()] };
    let mut fetcher = Fetcher { limits: limits(), ..Fetcher::new(options) };
    fetcher.get(&server.url("/a?b=c#d")).unwrap();
    let head = server.asked().pop().unwrap().to_lowercase();
    assert!(head.starts_with("get /a?b=c http/1.1\r\n"), "{head}");
    let mut names: Vec<&str> =
        head.lines().skip(1).filter_map(|line| line.split_once(':')).map(|line| line.0).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"]);
    assert!(head.contains("user-agent: sulh/") && head.contains("desk@example.org"), "{head}");
}

#[test]
fn a_page_read_before_is_asked_for_on_its_conditions() {
    let server = serving(|asked| {
        let same =
            asked.head.to_lowercase().contains("if-none-match: \"7\"\r\nif-modified-since: then");
        vec![if same { answer(304, "", "") } else { answer(200, "ETag: \"8\"\r\n", "Calm.") }]
    });
    let known = |etag: &str| Validators {
        etag: Some(etag.to_owned()),
        last_modified: Some("then".to_owned()),
    };
    let mut fetcher = fetcher(limits());
    let mut ask = |etag: &str| fetcher.get_changed(&server.url("/a"), &known(etag)).unwrap();
    assert!(matches!(ask("\"7\""), Answer::NotModified));
    assert!(matches!(ask("\"6\""), Answer::Fetched(fetched) if fetched.bytes == b"Calm."));
    assert!(matches!(ask("a\r\nX: b"), Answer::Fetched(_)), "no header can be slipped in");
    refuses(got(&of(|| vec![answer(304, "", "")])), &["answered 304"]);
}

#[test]
fn packed_bodies_are_unpacked_and_bombs_are_not() {
    let packed = |body: Vec<u8>| {
        of(move || vec![answer(200, &format!("{HTML}Content-Encoding: gzip\r\n"), &body)])
    };
    reads(got(&packed(gzip(b"Calm."))), "Calm.");
    refuses(got(&packed(gzip(&[0; 10 << 20]))), &["is larger than 65536 bytes", "save it"]);
    refuses(got(&packed(b"Calm.".to_vec())), &["packed as gzip", "try again later"]);
    let strange = of(|| vec![answer(200, "Content-Encoding: compress\r\n", "Calm.")]);
    refuses(got(&strange), &["packed as `compress`"]);
}

#[test]
fn a_body_ends_at_the_limit_however_it_comes() {
    let large = vec![b'a'; limits().body_bytes_max + 1];
    let sentence = ["is larger than 65536 bytes"];
    refuses(got(&Server::of_page(large.clone())), &sentence);
    reads(got(&Server::of_page(large[1..].to_vec())), &"a".repeat(large.len() - 1));
    let block = format!("1000\r\n{}\r\n", "a".repeat(0x1000)).into_bytes();
    let endless = [
        (HTML.to_owned(), vec![b'a'; 4096]),
        (format!("{HTML}Transfer-Encoding: chunked\r\n"), block),
        (format!("{HTML}Content-Encoding: gzip\r\n"), gzip(b"Calm.")),
    ];
    for (headers, block) in endless {
        let server =
            of(move || vec![opening(&headers), Piece::Endless(block.clone(), Duration::ZERO)]);
        refuses(got(&server), &sentence);
    }
}

#[test]
fn what_claims_another_length_than_it_has_is_not_taken_in_part() {
    let short = || vec![bytes("HTTP/1.1 200 X\r\nContent-Length: 99\r\n\r\nCalm.")];
    refuses(got(&of(short)), &["cannot be read", "try again later"]);
    let cut = || vec![bytes("HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nCalm.\r\n")];
    refuses(got(&of(cut)), &["cannot be read"]);
    let long = || vec![bytes("HTTP/1.1 200 X\r\nContent-Length: 5\r\n\r\nCalm. And more.")];
    reads(got(&of(long)), "Calm.");
    let huge = || vec![bytes("HTTP/1.1 200 X\r\nContent-Length: 9999999999\r\n\r\nCalm.")];
    refuses(got(&of(huge)), &["is larger than"]);
}

#[test]
fn slow_and_silent_answers_are_left() {
    let short = Duration::from_millis(200);
    let silent = Limits { silence: short, ..limits() };
    refuses(got_within(&of(|| vec![Piece::Silence]), silent.clone()), &["was silent", "0.2 s"]);
    let begun = of(|| vec![opening(HTML), bytes("Calm"), Piece::Silence]);
    refuses(got_within(&begun, silent), &["was silent for longer than 0.2 s"]);
    let slow = Limits { whole: short, ..limits() };
    let drip = || Piece::Endless(b"a".to_vec(), Duration::from_millis(10));
    let body = of(move || vec![opening(HTML), drip()]);
    refuses(got_within(&body, slow.clone()), &["did not answer in full within 0.2 s"]);
    let head = of(move || vec![bytes("HTTP/1.1 200 X\r\nX: "), drip()]);
    refuses(got_within(&head, slow), &["did not answer in full"]);
}

#[test]
fn floods_of_headers_and_noise_are_no_answers() {
    let many: String = (0..1_000).map(|at| format!("X-{at}: a\r\n")).collect();
    refuses(got(&of(move || vec![opening(&many)])), &["cannot be read"]);
    let endless = || {
        vec![bytes("HTTP/1.1 200 X\r\nX: "), Piece::Endless(vec![b'a'; 1 << 14], Duration::ZERO)]
    };
    refuses(got(&of(endless)), &["cannot be read"]);
    refuses(got(&of(|| vec![bytes("\0\u{1}\u{2} no HTTP\r\n\r\n")])), &["cannot be read"]);
    refuses(got(&of(Vec::new)), &["cannot be read"]);
}

#[test]
fn protection_is_asked_for_where_the_address_says_https() {
    // A server that is not protected: that is as far as a machine by itself can try it.
    let server = of(|| vec![answer(200, "", "Calm.")]);
    let asked = server.url("/a").replace("http:", "https:");
    let found = fetcher(limits()).get(&asked).map_err(|refused| refused.to_string());
    refuses(found, &["https://127.0.0.1:", "cannot be read ("]);
    assert_eq!(server.paths(), [""; 0], "nothing was sent without protection");
}

#[test]
fn what_is_no_page_is_told_with_what_to_do() {
    let status = |status| of(move || vec![answer(status, "", "no")]);
    refuses(got(&status(404)), &["/a: answered 404; there is no such page", "archived copy"]);
    refuses(got(&status(403)), &["answered 403", "save the page"]);
    refuses(got(&status(503)), &["answered 503; try again later"]);
    refuses(got(&status(204)), &["answered 204"]);
    let picture = of(|| vec![answer(200, "Content-Type: image/png\r\n", "no")]);
    refuses(got(&picture), &["is of type image/png, which is no text"]);
}
