//! Takes servers with a robots.txt, checks what is asked for after it.
//! Invariant: a page that may not be read is never asked for.

use super::{
    server::{answer, sent_on},
    *,
};

/// A server with this answer for robots.txt, a page for `/a`, and a second robots.txt that forbids all.
fn with(robots: impl Fn() -> Vec<Piece> + Send + Sync + 'static) -> Server {
    Server::new(move |asked| match asked.path {
        "/robots.txt" => robots(),
        "/other" => vec![answer(200, "", "user-agent: *\ndisallow: /")],
        "/circle" => vec![sent_on(302, "/circle")],
        _ => vec![answer(200, "", "Calm.")],
    })
}

#[track_caller]
fn allowed(server: &Server) {
    reads(got(server), "Calm.");
}

#[track_caller]
fn refused(server: &Server, parts: &[&str]) {
    refuses(got(server), parts);
    assert!(!server.paths().contains(&"/a".to_owned()), "the page was asked for all the same");
}

#[test]
fn what_robots_txt_says_is_kept_to() {
    let saying = |text: &'static str| with(move || vec![answer(200, "", text)]);
    allowed(&saying("user-agent: *\ndisallow: /b"));
    refused(
        &saying("user-agent: *\ndisallow: /a"),
        &["may not be read by programs", "/robots.txt"],
    );
    refused(&saying("user-agent: SULH\ndisallow: /"), &["may not be read by programs"]);
    allowed(&saying("user-agent: sulh\nallow: /\nuser-agent: *\ndisallow: /"));
}

#[test]
fn a_robots_txt_that_is_not_there_allows_and_one_in_trouble_does_not() {
    for status in [401, 403, 404, 410, 429] {
        allowed(&with(move || vec![answer(status, "", "user-agent: *\ndisallow: /")]));
    }
    for status in [500, 503] {
        let trouble = with(move || vec![answer(status, "", "")]);
        refused(
            &trouble,
            &["is not read while its rules", &format!("/robots.txt answered {status}")],
        );
    }
    refused(&with(Vec::new), &["is not read while its rules", "/robots.txt cannot be read"]);
}

#[test]
fn a_robots_txt_is_followed_where_it_is_sent_on_to() {
    refused(&with(|| vec![sent_on(301, "/other")]), &["may not be read by programs"]);
    allowed(&with(|| vec![sent_on(302, "/circle")]));
    let inner = with(|| vec![sent_on(302, "http://169.254.169.254/latest")]);
    refused(&inner, &["is not read while its rules", "169.254.169.254", "link-local"]);
}

#[test]
fn a_huge_robots_txt_is_read_to_its_limit() {
    let huge = with(|| {
        let rules = b"user-agent: *\ndisallow: /a\n".to_vec();
        let noise = Piece::Endless(vec![b'#'; 1 << 14], Duration::ZERO);
        vec![server::opening(""), Piece::Bytes(rules), noise]
    });
    refused(&huge, &["may not be read by programs"]);
}

#[test]
fn each_host_is_asked_for_its_rules_once_and_the_next_one_for_its_own() {
    let server = Server::of_page(b"Calm.".to_vec());
    let mut fetcher = fetcher(limits());
    for path in ["/a", "/b"] {
        fetcher.get(&server.url(path)).unwrap();
    }
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/b"]);
    fetcher.get(&format!("http://other.example:{}/c", server.port)).unwrap();
    assert_eq!(server.paths()[3..], ["/robots.txt", "/c"]);
}
