//! Takes an address of the web, gives the bytes of the report there, or one sentence why it is not read.
//! Invariant: every address on the way, redirects and robots.txt included, is checked, looked up and vetted by itself;
//! nothing is asked that robots.txt does not allow; sizes and times are bounded.
//!
//! Why so: docs/decisions/0013-fetching.md. Cases: `tests` here, and `tests/fetch.rs` of the program.

mod address;
mod agent;
mod connection;
mod error;
mod media;
mod robots;
mod site;
mod target;
mod unpack;
mod way;

#[cfg(test)]
mod tests;

pub use address::Network;
pub use agent::Contact;
pub use error::FetchError;

use connection::Lookup;
use error::{Refusal, advice};
use reqwest::{
    Response, StatusCode,
    header::{
        CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH,
        LAST_MODIFIED,
    },
};
use site::Site;
use std::{
    collections::BTreeMap,
    net::ToSocketAddrs,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::time::timeout_at;
use url::Url;
use way::{Way, header_text, next, shown};

/// Who asks, and which addresses are open besides the public internet.
#[derive(Clone, Debug, Default)]
pub struct FetchOptions {
    /// Who can be asked about the requests.
    pub contact: Option<Contact>,
    /// Addresses that are the user's own: any of their ports is asked.
    pub allowed: Vec<Network>,
}

/// Bounds of time and size.
#[derive(Clone, Debug)]
pub struct Limits {
    /// For making a connection.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub silence: Duration,
    /// For one report, redirects and robots.txt included, pauses not.
    pub whole: Duration,
    /// Of a body, as it came and unpacked.
    pub body_bytes_max: usize,
    /// Between two reports of one host.
    pub pause: Duration,
    /// The longest pause that a robots.txt is granted.
    pub crawl_delay_max: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(20),
            whole: Duration::from_secs(60),
            // What the reader reads of one page (`sulh_page::INPUT_BYTES_MAX`); a larger archive is better saved first.
            body_bytes_max: 64 << 20,
            pause: Duration::from_secs(1),
            crawl_delay_max: Duration::from_secs(30),
        }
    }
}

/// By what a server tells whether a page has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// Its `ETag`.
    pub etag: Option<String>,
    /// Its `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What was found at an address that had been read before.
#[derive(Debug)]
#[cfg_attr(not(test), expect(dead_code, reason = "for `sulh watch`, which is to come"))]
pub enum Answer {
    /// A report, or a feed or archive of them.
    Fetched(Fetched),
    /// The page is as it was.
    NotModified,
}

/// What was found, every packing of the way taken off.
#[derive(Debug)]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The type it was served with, its charset included.
    pub content_type: Option<String>,
    /// The address it was found at in the end.
    pub final_url: String,
    /// By what to ask for it next time.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "asked for by `sulh watch`, which is to come")
    )]
    pub validators: Validators,
}

/// Reads reports from addresses, one at a time, and remembers what each host asked for.
pub struct Fetcher {
    options: FetchOptions,
    limits: Limits,
    lookup: Lookup,
    sites: BTreeMap<String, Site>,
}

impl Fetcher {
    /// With the usual limits and the system's names.
    pub fn new(options: FetchOptions) -> Self {
        let lookup = |name: &str, port| Ok((name, port).to_socket_addrs()?.collect());
        Self::with(options, Limits::default(), Arc::new(lookup))
    }

    fn with(options: FetchOptions, limits: Limits, lookup: Lookup) -> Self {
        Self { options, limits, lookup, sites: BTreeMap::new() }
    }

    /// What is at the address.
    pub fn get(&mut self, asked: &str) -> Result<Fetched, FetchError> {
        let mut way = Way::from(asked);
        let fetched = done(async {
            let end = self.arrive(&mut way, &HeaderMap::new()).await?;
            self.fetched(end).await
        });
        fetched.map_err(|refusal| way.error(refusal))
    }

    /// What is at the address, unless it is as these say.
    #[cfg_attr(not(test), expect(dead_code, reason = "for `sulh watch`, which is to come"))]
    pub fn get_changed(&mut self, asked: &str, known: &Validators) -> Result<Answer, FetchError> {
        let mut way = Way::from(asked);
        let answer = done(async {
            let end = self.arrive(&mut way, &conditions(known)).await?;
            if end.response.status() == StatusCode::NOT_MODIFIED {
                return Ok(Answer::NotModified);
            }
            self.fetched(end).await.map(Answer::Fetched)
        });
        answer.map_err(|refusal| way.error(refusal))
    }

    /// Follows an address to where it is not sent on from.
    async fn arrive(&mut self, way: &mut Way, headers: &HeaderMap) -> Result<End, Refusal> {
        let mut deadline = Instant::now() + self.limits.whole;
        let mut rested: Vec<String> = Vec::new();
        loop {
            let url = way.pass()?;
            let site = url.origin().ascii_serialization();
            let pause = self.permitted(&url, deadline).await?;
            // Being sent on within a host is one request to it, as its own page asks for it.
            if !rested.contains(&site) {
                deadline += pause;
                tokio::time::sleep(pause).await;
                rested.push(site.clone());
            }
            let response = self.head(&url, headers.clone(), deadline).await?;
            if let Some(site) = self.sites.get_mut(&site) {
                site.asked_at(Instant::now());
            }
            match next(&url, &response)? {
                Some(next) => way.go(next),
                None => return Ok(End { url, response, deadline }),
            }
        }
    }

    /// The head of the answer at one address.
    async fn head(
        &self,
        url: &Url,
        headers: HeaderMap,
        deadline: Instant,
    ) -> Result<Response, Refusal> {
        let head = connection::head(url, headers, &self.options, &self.limits, &self.lookup);
        timeout_at(deadline.into(), head).await.unwrap_or(Err(Refusal::Slow(self.limits.whole)))
    }

    /// The body, unpacked; `whole` is false where it ends at the limit.
    async fn body(
        &self,
        response: Response,
        bytes_max: usize,
        deadline: Instant,
    ) -> Result<unpack::Unpacked, Refusal> {
        let encodings = connection::encodings(response.headers());
        let body = connection::body(response, bytes_max, &self.limits);
        let packed = timeout_at(deadline.into(), body)
            .await
            .unwrap_or(Err(Refusal::Slow(self.limits.whole)))?;
        if !packed.whole && !encodings.is_empty() {
            return Err(Refusal::Large(bytes_max));
        }
        let unpacked = unpack::unpack(packed.bytes, &encodings, bytes_max)?;
        Ok(unpack::Unpacked { whole: packed.whole && unpacked.whole, ..unpacked })
    }

    async fn fetched(&self, end: End) -> Result<Fetched, Refusal> {
        let End { url, response, deadline } = end;
        let headers = response.headers();
        let text = |name| headers.get(name).map(header_text);
        let status = response.status().as_u16();
        if !matches!(status, 200 | 203) {
            return Err(Refusal::Status { status, advice: advice(status) });
        }
        let content_type = text(CONTENT_TYPE);
        if !media::may_be_read(content_type.as_deref()) {
            return Err(Refusal::NoText(shown(&content_type.unwrap_or_default())));
        }
        let validators = Validators { etag: text(ETAG), last_modified: text(LAST_MODIFIED) };
        let bytes_max = self.limits.body_bytes_max;
        if response.content_length().is_some_and(|length| length > bytes_max as u64) {
            return Err(Refusal::Large(bytes_max));
        }
        let body = self.body(response, bytes_max, deadline).await?;
        if !body.whole {
            return Err(Refusal::Large(bytes_max));
        }
        Ok(Fetched { bytes: body.bytes, content_type, final_url: url.into(), validators })
    }
}

/// Where an address led to.
struct End {
    url: Url,
    response: Response,
    deadline: Instant,
}

/// Does the work on this thread.
fn done<T>(work: impl Future<Output = Result<T, Refusal>>) -> Result<T, Refusal> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|problem| Refusal::NoNetwork(problem.to_string()))?.block_on(work)
}

fn conditions(known: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut put = |name: HeaderName, value: &Option<String>| {
        // What a server gave as a header is one; anything else is left out and the page read again.
        if let Some(value) = value.as_deref().and_then(|text| HeaderValue::from_str(text).ok()) {
            headers.insert(name, value);
        }
    };
    put(IF_NONE_MATCH, &known.etag);
    put(IF_MODIFIED_SINCE, &known.last_modified);
    headers
}
