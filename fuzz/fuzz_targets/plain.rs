//! Takes any bytes as a captured page without markup, gives whether splitting keeps its promises.
//! Invariant: no panic; what `promises` says holds, whatever the bytes are.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sulh_page::Format;

#[path = "../../crates/sulh-page/tests/promises/mod.rs"]
mod promises;
#[path = "../../crates/sulh-page/tests/splitting/mod.rs"]
mod splitting;

fuzz_target!(|bytes: &[u8]| {
    promises::check(bytes, Some(Format::Plain));
    promises::check_names(bytes, Format::Plain);
});
