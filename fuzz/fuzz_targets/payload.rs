//! Takes any bytes as the payload of a log entry, gives whether decoding keeps its promises.
//! Invariant: no panic; what decodes encodes again and decodes to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sulh_ledger::stored::{decode, encode};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(told) = decode(bytes)
        && let Ok(again) = encode(&told)
    {
        assert!(decode(&again).is_ok_and(|read| encode(&read).is_ok_and(|third| third == again)));
    }
});
