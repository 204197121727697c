//! Takes a server on this machine, checks what `sulh read` and `sulh add` make of addresses of the web.
//! Invariant: the server is reached only where the command line allows it.

#![expect(clippy::unwrap_used, reason = "a test ends where something is missing")]

mod running;
#[path = "running/server.rs"]
mod server;

use running::{Desk, REPORT};
use server::{Server, answer, sent_on};

const OWN: [&str; 2] = ["--allow-address", "127.0.0.1"];

/// A server with a report, an address that sends on to it, one that is closed to programs, and a picture.
fn server() -> Server {
    Server::new(|asked| {
        let text = |body: &str| answer(200, "Content-Type: text/plain; charset=utf-8\r\n", body);
        vec![match asked.path {
            "/robots.txt" => text("User-agent: *\nDisallow: /closed\n"),
            "/report" => text(REPORT),
            "/old" => sent_on(301, "/report"),
            "/inner" => sent_on(302, "http://169.254.169.254/latest/"),
            "/picture" => answer(200, "Content-Type: image/png\r\n", "x"),
            _ => answer(404, "", ""),
        }]
    })
}

#[test]
fn a_report_at_an_address_is_read_with_where_it_was_found() {
    let (desk, server) = (Desk::new(), server());
    let read = |words: &[&str]| {
        let told = desk.run(&[&["read", "--json"], words, &OWN].concat()).good().out;
        serde_json::from_str::<serde_json::Value>(&told).unwrap()
    };
    let told = read(&[&server.url("/old"), "--published", "2021-02-10"]);
    assert_eq!(told["page"]["source"], server.url("/old"));
    assert_eq!(told["page"]["url"], server.url("/report"));
    assert_eq!(told["page"]["published"]["latest"], "2021-02-10");
    assert_eq!(told["agreements"].as_array().unwrap().len(), 1);
    let told = read(&[&server.url("/old"), "--url", "https://outlet.example/a"]);
    assert_eq!(told["page"]["url"], "https://outlet.example/a");
}

#[test]
fn a_report_at_an_address_is_taken_into_a_ledger_once() {
    let (desk, server) = (Desk::new(), server());
    let words = ["add", &server.url("/report"), OWN[0], OWN[1], "--contact", "desk@example.org"];
    assert_eq!(desk.run(&words).good().out, format!("entry 1: {}\n", server.url("/report")));
    let again = desk.run(&words).good().out;
    assert!(again.starts_with("there already as entry 1"), "{again}");
    assert!(server.asked().iter().all(|head| head.contains("; desk@example.org)")));
}

#[test]
fn what_is_not_read_is_told_in_one_sentence_and_the_rest_goes_on() {
    let (desk, server) = (Desk::new(), server());
    let check = |path: &str, parts: &[&str]| {
        let url = server.url(path);
        desk.run(&["read", &url, OWN[0], OWN[1]]).fails(&[&[url.as_str()], parts].concat());
    };
    check("/closed", &["may not be read by programs", "/robots.txt"]);
    check("/inner", &["was sent on to http://169.254.169.254/latest/", "link-local"]);
    check("/picture", &["image/png"]);
    check("/gone", &["answered 404"]);
    let url = server.url("/report");
    desk.run(&["read", &url]).fails(&["leads to 127.0.0.1 (this machine)", "--allow-address"]);
    desk.write("a.txt", REPORT);
    let both = desk.run(&["read", "--json", &server.url("/gone"), "a.txt", OWN[0], OWN[1]]);
    assert_eq!((both.code, both.out.lines().count()), (Some(0), 1));
    both.notes(&["answered 404"]);
}

#[test]
fn options_that_are_none_are_refused() {
    let desk = Desk::new();
    for (option, bad) in [("--allow-address", "10.0.0.1/8"), ("--contact", "the desk")] {
        let refused = desk.run(&["read", "a.txt", option, bad]);
        assert_eq!(refused.code, Some(2));
        assert!(refused.err.contains(&format!("`{bad}` is ")), "{}", refused.err);
    }
}
