//! Takes a checked address, gives the head of its answer, and then the body.
//! Invariant: each request looks its name up once, and connects to the addresses that were vetted then and to no others;
//! no proxy, cookie, kept connection or redirect of a library stands between.

use super::{FetchOptions, Limits, agent::user_agent, error::Refusal, target, unpack};
use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue},
    redirect,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::{io, net::SocketAddr, sync::Arc};
use url::{Host, Url};

/// Gives the addresses of a name, with the port that goes with them.
pub type Lookup = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// Pages first, then whatever else reports come in.
const ACCEPTED: &str = "text/html, application/xhtml+xml, application/feed+json;q=0.9, \
                        application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5";

/// More headers than any honest server sends; their bytes are bounded by the HTTP library, at some 400 kB.
const HEADERS_MAX: usize = 100;

/// Asks for an address; gives the head of the answer.
pub async fn head(
    url: &Url,
    headers: HeaderMap,
    options: &FetchOptions,
    limits: &Limits,
    lookup: &Lookup,
) -> Result<Response, Refusal> {
    let addresses = target::vetted(resolved(url, lookup).await?, &options.allowed)?;
    let client = client(addresses.clone(), options, limits)?;
    let answer = client.get(url.clone()).headers(headers).send().await;
    let response = answer.map_err(|problem| broken(&problem, limits))?;
    debug_assert!(
        response.remote_addr().is_some_and(|remote| addresses.contains(&remote)),
        "connected to an address that was not vetted"
    );
    Ok(response)
}

/// The body of an answer as it came, and whether that is all of it: reading ends at the limit.
pub async fn body(
    mut response: Response,
    bytes_max: usize,
    limits: &Limits,
) -> Result<unpack::Unpacked, Refusal> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|problem| broken(&problem, limits))? {
        let room = bytes_max - bytes.len();
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok(unpack::Unpacked { bytes, whole: false });
        }
    }
    Ok(unpack::Unpacked { bytes, whole: true })
}

/// How the body of an answer is packed.
pub fn encodings(headers: &HeaderMap) -> String {
    let values = headers.get_all(CONTENT_ENCODING).iter();
    values.map(|value| String::from_utf8_lossy(value.as_bytes())).collect::<Vec<_>>().join(",")
}

async fn resolved(url: &Url, lookup: &Lookup) -> Result<Vec<SocketAddr>, Refusal> {
    let (host, port) = target::host(url)?;
    let name = match host {
        Host::Ipv4(address) => return Ok(vec![SocketAddr::new(address.into(), port)]),
        Host::Ipv6(address) => return Ok(vec![SocketAddr::new(address.into(), port)]),
        Host::Domain(name) => name.to_owned(),
    };
    let (tell, told) = tokio::sync::oneshot::channel();
    let lookup = lookup.clone();
    // The system's look-up cannot be interrupted: a thread of its own lets us stop waiting for it.
    std::thread::Builder::new()
        .spawn(move || tell.send(lookup(&name, port)))
        .map_err(|problem| Refusal::NoNetwork(problem.to_string()))?;
    let found = told.await.map_err(|_| Refusal::Name("looking it up failed".to_owned()))?;
    found.map_err(|problem| Refusal::Name(problem.to_string()))
}

/// Gives any name the addresses that were vetted for the one name this client asks.
struct Vetted(Vec<SocketAddr>);

impl Resolve for Vetted {
    fn resolve(&self, _name: Name) -> Resolving {
        let addresses: Addrs = Box::new(self.0.clone().into_iter());
        Box::pin(std::future::ready(Ok(addresses)))
    }
}

/// A client for one request. Connections are not kept: the next request is vetted anew.
fn client(
    addresses: Vec<SocketAddr>,
    options: &FetchOptions,
    limits: &Limits,
) -> Result<Client, Refusal> {
    let refused = |problem: &dyn std::error::Error| Refusal::NoNetwork(innermost(problem));
    let headers = HeaderMap::from_iter([
        (ACCEPT, HeaderValue::from_static(ACCEPTED)),
        (ACCEPT_ENCODING, HeaderValue::from_static(unpack::ACCEPTED)),
    ]);
    Client::builder()
        .tls_backend_preconfigured(protection().map_err(|problem| refused(&problem))?)
        .dns_resolver(Vetted(addresses))
        // A proxy would look names up by itself, and connect where nobody vetted.
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .http1_max_headers(HEADERS_MAX)
        .pool_max_idle_per_host(0)
        .user_agent(user_agent(options.contact.as_ref()))
        .default_headers(headers)
        .connect_timeout(limits.connect)
        .read_timeout(limits.silence)
        .build()
        .map_err(|problem| refused(&problem))
}

/// Certificates are judged by the roots that Mozilla trusts, as built in: the same on every machine.
fn protection() -> Result<ClientConfig, rustls::Error> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

fn broken(problem: &reqwest::Error, limits: &Limits) -> Refusal {
    if problem.is_connect() && problem.is_timeout() {
        Refusal::Connection(format!("no connection within {} s", limits.connect.as_secs_f64()))
    } else if problem.is_timeout() {
        Refusal::Silent(limits.silence)
    } else {
        Refusal::Connection(innermost(problem))
    }
}

/// The last cause says what happened; those above it only where in the libraries.
fn innermost(problem: &dyn std::error::Error) -> String {
    let mut cause = problem;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
