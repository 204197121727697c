//! Takes any bytes as a feed, gives whether reading it keeps its promises.
//! Invariant: no panic; what is given has text, a source, and no address but one of the web.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sulh_page::feed::{ENTRIES_MAX, Origin, is_feed, read};

fuzz_target!(|bytes: &[u8]| {
    let _ = is_feed(bytes);
    let url = Some("https://feeds.example/all");
    let origin = Origin { source: "fuzz", url, content_type: None, captured: None };
    let mut given = 0;
    let done = read(bytes, origin, &mut |entry| {
        given += 1;
        assert!(!entry.bytes.trim_ascii().is_empty() && !entry.about.source.is_empty());
        assert!(entry.about.url.is_none_or(|url| url.starts_with("http")));
        assert!(entry.transport.notes.iter().all(|note| note.span.is_empty()));
        Ok::<(), ()>(())
    });
    let done = done.expect("nothing is refused here");
    assert!(done.given == given && given <= ENTRIES_MAX);
});
