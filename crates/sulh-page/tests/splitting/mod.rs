//! Takes the bytes of a page of which nothing else is known, gives the page.
//! Invariant: the same key for pseudonyms in every test.

use sulh_model::page::{Page, PageAbout};
use sulh_page::{Capture, Format, Transport, split};

/// Splits bytes that are written in `format`; `None` leaves it to the bytes.
pub fn page(bytes: &[u8], format: Option<Format>) -> Page {
    let about = PageAbout {
        source: "test".to_owned(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    let transport = Transport { format, ..Transport::default() };
    split(&Capture { bytes, about, transport, pseudonym_key: &[3; 32] })
}
