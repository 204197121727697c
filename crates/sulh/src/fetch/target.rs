//! Takes the text of an address, gives it checked; takes what its name leads to, gives the addresses one may connect to.
//! Invariant: a connection is made to addresses that went through `vetted` and to no others; one bad address among
//! several refuses the name.

use super::{
    address::{Network, not_public},
    error::Refusal,
};
use std::net::SocketAddr;
use url::{Host, Url};

/// What RFC 9110 asks programs to take; no page of a report has a longer address.
pub const URL_CHARS_MAX: usize = 8_000;

/// The ports of the web. Others belong to services that were not made to be asked by strangers.
const PORTS: [u16; 2] = [80, 443];

/// The address, if it may be asked at all.
pub fn checked(text: &str) -> Result<Url, Refusal> {
    if text.len() > URL_CHARS_MAX {
        return Err(Refusal::Long(URL_CHARS_MAX));
    }
    let mut url = Url::parse(text).map_err(|problem| Refusal::NoAddress(problem.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Credentials);
    }
    // A mark of a place in the page is never sent.
    url.set_fragment(None);
    Ok(url)
}

/// What an address names: its host as it is looked up, and its port.
pub fn host(url: &Url) -> Result<(Host<&str>, u16), Refusal> {
    let missing = || Refusal::NoAddress("it names no host".to_owned());
    let host = url.host().ok_or_else(missing)?;
    Ok((host, url.port_or_known_default().ok_or_else(missing)?))
}

/// The addresses a name leads to, if every one of them may be connected to.
pub fn vetted(found: Vec<SocketAddr>, allowed: &[Network]) -> Result<Vec<SocketAddr>, Refusal> {
    if found.is_empty() {
        return Err(Refusal::Name("it has no address".to_owned()));
    }
    for (address, port) in found.iter().map(|socket| (socket.ip(), socket.port())) {
        if allowed.iter().any(|network| network.holds(address)) {
            continue;
        }
        if let Some(what) = not_public(address) {
            return Err(Refusal::Address { address, what });
        }
        if !PORTS.contains(&port) {
            return Err(Refusal::Port { port, address });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, part: &str) {
        let sentence = checked(text).map(String::from).unwrap_err().to_string();
        assert!(sentence.contains(part), "{text}: {sentence}");
    }

    #[test]
    fn only_addresses_of_the_web_are_taken() {
        refused("ftp://example.org/a", "begins with ftp:");
        refused("file:///etc/passwd", "begins with file:");
        refused("https://user@example.org/", "user name or a password");
        refused("https://:secret@example.org/", "user name or a password");
        refused("https://", "is no address of the web");
        refused("http://256.256.256.256/", "is no address of the web");
        refused("http://[fe80::1%25eth0]/", "is no address of the web");
        refused(&format!("http://example.org/{}", "a".repeat(9_000)), "longer than 8000");
        assert_eq!(
            checked("HTTPS://Example.org:443/a#b").unwrap().as_str(),
            "https://example.org/a"
        );
    }

    #[test]
    fn an_address_in_numbers_is_one_address_in_any_spelling() {
        for text in
            ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0x7f000001", "127.0.0.1."]
        {
            let url = checked(&format!("http://{text}/")).unwrap();
            assert_eq!(host(&url).unwrap().0.to_string(), "127.0.0.1", "{text}");
        }
        let full_width = checked("http://\u{ff11}\u{ff12}\u{ff17}.0.0.1/").unwrap();
        assert_eq!(host(&full_width).unwrap().0.to_string(), "127.0.0.1");
        let mapped = checked("http://[::ffff:7f00:1]/").unwrap();
        assert_eq!(host(&mapped).unwrap().0.to_string(), "[::ffff:7f00:1]");
    }

    #[track_caller]
    fn check(found: &[&str], allowed: &str, refusal: Option<&str>) {
        let found: Vec<SocketAddr> = found.iter().map(|text| text.parse().unwrap()).collect();
        let allowed: Vec<Network> =
            allowed.split_whitespace().map(|text| text.parse().unwrap()).collect();
        let sentence = vetted(found, &allowed).err().map(|refusal| refusal.to_string());
        match (&sentence, refusal) {
            (Some(sentence), Some(part)) => assert!(sentence.contains(part), "{sentence}"),
            _ => assert_eq!(sentence.as_deref(), refusal),
        }
    }

    #[test]
    fn every_address_of_a_name_is_vetted_with_its_port() {
        check(&["1.1.1.1:443", "[2606:4700::1111]:443"], "", None);
        check(&["1.1.1.1:80", "10.0.0.1:80"], "", Some("leads to 10.0.0.1 (a private network)"));
        check(&["[::ffff:169.254.169.254]:80"], "", Some("link-local"));
        check(&["1.1.1.1:22"], "", Some("asks for port 22"));
        check(&[], "", Some("leads nowhere"));
        check(&["127.0.0.1:8080"], "127.0.0.1", None);
        check(&["127.0.0.2:80"], "127.0.0.1", Some("this machine"));
        check(&["1.1.1.1:22"], "127.0.0.1", Some("asks for port 22"));
    }
}
