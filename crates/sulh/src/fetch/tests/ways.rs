//! Takes addresses that lead elsewhere, by name or by being sent on, checks how far they are followed.
//! Invariant: whatever a server answers, no address is asked that was not vetted by itself.

use super::{
    server::{answer, sent_on},
    *,
};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::atomic::{AtomicUsize, Ordering},
};

/// A server that sends `/a` on, and has a page everywhere else.
fn sending(to: impl Into<String>) -> Server {
    let to = to.into();
    serving(move |asked| match asked.path {
        "/a" => vec![sent_on(302, &to)],
        _ => vec![answer(200, "", "Calm.")],
    })
}

#[test]
fn a_report_is_followed_to_where_it_is() {
    for status in [301, 302, 303, 307, 308] {
        let server = serving(move |asked| match asked.path {
            "/a" => vec![sent_on(status, "b/../c?d#e")],
            _ => vec![answer(200, "", "Calm.")],
        });
        let found = got(&server).unwrap();
        assert_eq!(found.final_url, server.url("/c?d"), "{status}");
    }
    let server = Server::of_page(b"Calm.".to_vec());
    let other = sending(format!("http://other.example:{}/b", server.port));
    let found = got(&other).unwrap();
    assert_eq!(found.final_url, format!("http://other.example:{}/b", server.port));
    assert_eq!(server.paths(), ["/robots.txt", "/b"], "the other host's rules are asked for");
}

#[test]
fn ways_without_an_end_are_left() {
    refuses(got(&sending("/a")), &["sends on in a circle"]);
    let two = serving(|asked| vec![sent_on(302, if asked.path == "/a" { "/b" } else { "/a" })]);
    refuses(got(&two), &["/a: was sent on to", "sends on in a circle"]);
    let endless = serving(|asked| vec![sent_on(302, &format!("{}a", asked.path))]);
    refuses(got(&endless), &["is the 11th address it was sent on to"]);
    assert_eq!(endless.paths().len(), 12, "robots.txt, the address, and ten it was sent on to");
    refuses(got(&serving(|_| vec![answer(302, "", "")])), &["sends on to no address"]);
    refuses(got(&sending("http://[")), &["sends on to no address"]);
}

#[test]
fn a_report_sent_on_to_an_inner_address_is_not_followed() {
    let inner = [
        ("http://169.254.169.254/latest/meta-data", "169.254.169.254 (link-local"),
        ("http://127.0.0.2/", "127.0.0.2 (this machine)"),
        ("http://[::1]/", "::1 (this machine)"),
        ("http://[::ffff:10.0.0.1]/", "::ffff:10.0.0.1 (a private network)"),
        ("//0x7f.2/", "127.0.0.2 (this machine)"),
        ("http://2130706434/", "127.0.0.2 (this machine)"),
        ("http://0/", "0.0.0.0 (no host"),
        ("http://192.168.1.1:8080/", "192.168.1.1 (a private network)"),
    ];
    for (to, what) in inner {
        let server = sending(to);
        refuses(got(&server), &["/a: was sent on to http://", what, "--allow-address"]);
        assert_eq!(server.paths(), ["/robots.txt", "/a"]);
    }
    refuses(got(&sending("ftp://example.org/a")), &["which begins with ftp:"]);
    refuses(got(&sending("file:///etc/passwd")), &["which begins with file:"]);
    let secret = sending("http://user:secret@127.0.0.1/");
    refuses(got(&secret), &["sent on to http://127.0.0.1/, which holds a user name"]);
    refuses(got(&sending(format!("/{}", "a".repeat(9_000)))), &["...", "longer than 8000"]);
}

#[test]
fn from_a_protected_address_no_open_one_is_asked() {
    let next = |from: &str, to: &str| {
        let mut way = Way::from(from);
        way.pass().unwrap();
        way.go(to.parse().unwrap());
        way.pass().map(String::from).map_err(|refusal| refusal.to_string())
    };
    let sentence = next("https://a.example/", "http://a.example/b").unwrap_err();
    assert!(sentence.contains("is not protected as the address before it was"), "{sentence}");
    assert_eq!(next("http://a.example/", "https://a.example/").unwrap(), "https://a.example/");
}

/// What a name that leads to these addresses, one more at each look-up, is read as.
fn named(
    server: &Server,
    addresses: &'static [&'static [&'static str]],
) -> Result<Fetched, String> {
    let looked_up = AtomicUsize::new(0);
    let lookup = move |_: &str, port| -> io::Result<Vec<SocketAddr>> {
        let at = looked_up.fetch_add(1, Ordering::Relaxed);
        let found =
            addresses.get(at).ok_or_else(|| io::Error::other("looked up once too often"))?;
        let found = found.iter().map(|text| text.parse::<IpAddr>().unwrap());
        Ok(found.map(|address| (address, port).into()).collect())
    };
    let options = FetchOptions { contact: None, allowed: vec![OWN.parse().unwrap()] };
    let mut fetcher = Fetcher::with(options, limits(), Arc::new(lookup));
    let asked = format!("http://report.example:{}/a", server.port);
    fetcher.get(&asked).map_err(|refused| refused.to_string())
}

#[test]
fn a_name_is_looked_up_once_a_request_and_all_it_leads_to_is_vetted() {
    let server = Server::of_page(b"Calm.".to_vec());
    reads(named(&server, &[&[OWN], &[OWN]]), "Calm.");
    refuses(named(&server, &[&[OWN, "10.0.0.1"]]), &["a: leads to 10.0.0.1 (a private network)"]);
    refuses(named(&server, &[&[OWN], &["::1"]]), &["leads to ::1 (this machine)"]);
    refuses(named(&server, &[&[]]), &["has a name that leads nowhere"]);
    refuses(named(&server, &[]), &["leads nowhere (looked up once too often); check its spelling"]);
    refuses(named(&server, &[&["8.8.8.8"]]), &["asks for port", "only 80 and 443"]);
}

#[test]
fn nothing_inner_is_asked_by_default() {
    let server = Server::of_page(b"Calm.".to_vec());
    let mut fetcher = Fetcher::new(FetchOptions::default());
    for host in ["127.0.0.1", "127.1", "0x7f000001", "[::ffff:127.0.0.1]", "[::1]"] {
        let asked = format!("http://{host}:{}/", server.port);
        let sentence = fetcher.get(&asked).unwrap_err().to_string();
        assert!(sentence.contains("(this machine)"), "{sentence}");
    }
    assert_eq!(server.paths(), [""; 0], "and no rules for programs either");
}
