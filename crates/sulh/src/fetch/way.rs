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

/// How often a report may be sent on: honest sites need two or three times, browsers bear twenty.
const HOPS_MAX: usize = 10;

/// The addresses from the one that was asked for to the present one.
pub struct Way {
    asked: String,
    sent_to: Option<String>,
    passed: Vec<Url>,
}

impl Way {
    /// A way that begins here.
    pub fn from(asked: &str) -> Self {
        Self { asked: asked.to_owned(), sent_to: None, passed: Vec::new() }
    }

    /// It is sent on.
    pub fn go(&mut self, next: Url) {
        self.sent_to = Some(next.into());
    }

    /// The present address, if it may be asked after those before it.
    pub fn pass(&mut self) -> Result<Url, Refusal> {
        let url = target::checked(self.sent_to.as_deref().unwrap_or(&self.asked))?;
        let protected = self.passed.last().is_some_and(|before| before.scheme() == "https");
        if protected && url.scheme() == "http" {
            return Err(Refusal::Unprotected);
        }
        if self.passed.contains(&url) {
            return Err(Refusal::Circle);
        }
        if self.passed.len() > HOPS_MAX {
            return Err(Refusal::SentOnTooOften(self.passed.len()));
        }
        self.passed.push(url.clone());
        Ok(url)
    }

    /// Where on it a refusal was met.
    pub fn error(self, refusal: Refusal) -> FetchError {
        FetchError {
            asked: without_credentials(&self.asked),
            at: self.sent_to.map(|address| shown(&without_credentials(&address))),
            refusal,
        }
    }
}

/// A password is not repeated where others may read it.
fn without_credentials(address: &str) -> String {
    match Url::parse(address) {
        Ok(mut url) if !url.username().is_empty() || url.password().is_some() => {
            // Only an address without a host refuses this, and it has no credentials either.
            let _ = (url.set_username(""), url.set_password(None));
            url.into()
        }
        _ => address.to_owned(),
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
