//! Takes an address of the web as typed, gives the report that is there.
//! Invariant: where it was found in the end is its url, what was typed its source; options win.

use super::{Given, InputError, Report};
use crate::fetch::Fetcher;

/// The report at an address.
pub fn report(address: &str, given: &Given, fetcher: &mut Fetcher) -> Result<Report, InputError> {
    let fetched = fetcher.get(address)?;
    let found = Given { url: Some(fetched.final_url), ..Given::default() };
    // `fetched.content_type` goes to splitting from here, where a report carries what its transport declared.
    Ok(Report { bytes: fetched.bytes, about: given.over(&found).about(address.to_owned()) })
}
