//! Takes servers on this machine, checks what is read from them, and what is refused.
//! Invariant: names lead where the test says, limits are the test's, and nothing outside this machine is asked.

#[path = "../../../tests/running/server.rs"]
mod server;

mod answers;
mod robots;
mod ways;

use super::*;
use server::{Asked, Piece, Server};

/// Servers of the tests lie here.
const OWN: &str = "127.0.0.1";

fn limits() -> Limits {
    Limits { pause: Duration::ZERO, body_bytes_max: 1 << 16, ..Limits::default() }
}

/// A fetcher for which every name leads to this machine.
fn fetcher(limits: Limits) -> Fetcher {
    let options = FetchOptions { contact: None, allowed: vec![OWN.parse().unwrap()] };
    let lookup = |_: &str, port| Ok(vec![(OWN.parse::<std::net::IpAddr>().unwrap(), port).into()]);
    Fetcher::with(options, limits, Arc::new(lookup))
}

fn got(server: &Server) -> Result<Fetched, String> {
    got_within(server, limits())
}

fn got_within(server: &Server, limits: Limits) -> Result<Fetched, String> {
    fetcher(limits).get(&server.url("/a")).map_err(|refused| refused.to_string())
}

/// What is read is this text.
#[track_caller]
fn reads(found: Result<Fetched, String>, text: &str) {
    let found = found.unwrap_or_else(|sentence| panic!("{sentence}"));
    assert_eq!(String::from_utf8_lossy(&found.bytes), text);
}

/// What is read is refused in one sentence that holds each of these.
#[track_caller]
fn refuses(found: Result<Fetched, String>, parts: &[&str]) {
    let sentence = found.map(|fetched| fetched.final_url).unwrap_err();
    for part in parts {
        assert!(sentence.contains(part), "`{part}` is not in: {sentence}");
    }
}

/// A server with this answer for every path but robots.txt, which is not there.
fn serving(answer: impl Fn(&Asked<'_>) -> Vec<Piece> + Send + Sync + 'static) -> Server {
    Server::new(move |asked| match asked.path {
        "/robots.txt" => vec![server::answer(404, "", "")],
        _ => answer(asked),
    })
}
