//! Takes any bytes as a captured page, gives whether splitting keeps its promises.
//! Invariant: no panic; blocks fit the text, parents stand before and around their children.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sulh_model::page::PageAbout;
use sulh_page::{Capture, split};

fuzz_target!(|bytes: &[u8]| {
    let about = PageAbout {
        source: "fuzz".to_owned(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    let page = split(&Capture { bytes, about, transport: Default::default(), pseudonym_key: &[1; 32] });
    for (id, block) in page.numbered() {
        assert!(block.span.fits(&page.text));
        if let Some(parent) = block.parent {
            assert!(
                parent < id
                    && page.block(parent).is_some_and(|around| around.span.contains(block.span))
            );
        }
    }
});
