//! Takes an address and what it is sent on to, gives the next address that may be asked, or why it may not.
//! Invariant: no address is asked twice on one way, none without protection after one with it, and the way ends.

use super::{
    error::{FetchError, Refusal},
    target,
};
use reqwest::{
    Response,
    header::{HeaderValue, LOCATION},
};
use url::Url;

/// How much of an address is shown of one that nobody typed.
const SHOWN_CHARS_MAX: usize = 200;

/// How often a report may be sent on: twice what browsers meet on honest sites, half of what they bear.
const HOPS_MAX: usize = 10;

/// The addresses from the one that was asked for to the present one.
pub struct Way {
    asked: String,
    hops: Vec<String>,
}

impl Way {
    /// A way that begins here.
    pub fn from(asked: &str) -> Self {
        Self { asked: asked.to_owned(), hops: Vec::new() }
    }

    /// It is sent on.
    pub fn go(&mut self, next: Url) {
        self.hops.push(next.into());
    }

    /// The present address, if it may be asked after those before it.
    pub fn checked(&self) -> Result<Url, Refusal> {
        let Some((present, before)) = self.hops.split_last() else {
            return target::checked(&self.asked);
        };
        let url = target::checked(present)?;
        let came_from = before.last().unwrap_or(&self.asked);
        if target::checked(came_from)?.scheme() == "https" && url.scheme() == "http" {
            return Err(Refusal::Unprotected);
        }
        let seen = |address: &String| target::checked(address).is_ok_and(|seen| seen == url);
        if before.iter().chain([&self.asked]).any(seen) {
            return Err(Refusal::Circle);
        }
        if self.hops.len() > HOPS_MAX {
            return Err(Refusal::SentOnTooOften(self.hops.len()));
        }
        Ok(url)
    }

    /// Where on it a refusal was met.
    pub fn error(self, refusal: Refusal) -> FetchError {
        let at = self.hops.last().map(|address| shown(address));
        FetchError { asked: self.asked, at, refusal }
    }
}

/// Where an answer sends on to, if it does.
pub fn next(url: &Url, response: &Response) -> Result<Option<Url>, Refusal> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = response.headers().get(LOCATION).map(header_text);
    let location = location.ok_or_else(|| Refusal::Nowhere("none is given".to_owned()))?;
    let next = url.join(&location);
    next.map(Some).map_err(|problem| Refusal::Nowhere(format!("{problem}: {}", shown(&location))))
}

/// What a header says, whatever its bytes.
pub fn header_text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// A text that nobody typed, no longer than can be read.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS_MAX) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
