//! Takes any bytes as a web archive, plain or packed, gives whether reading it keeps its promises.
//! Invariant: no panic, no endless way; every report of the archive is counted, and troubles end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Read};
use sulh_page::archive::{unpacked, wacz, warc};

fuzz_target!(|bytes: &[u8]| {
    let (mut given, mut troubles) = (0_u64, 0_usize);
    let mut take = |found: Result<_, _>| {
        match found {
            Ok(_) => given += 1,
            Err(_) => troubles += 1,
        }
        Ok::<(), ()>(())
    };
    let plain = warc(bytes, "fuzz", &mut take).expect("nothing is refused here");
    let zipped = wacz(Cursor::new(bytes), "fuzz", &mut take).expect("nothing is refused here");
    assert_eq!(plain.given + zipped.given, given);
    assert!(troubles <= 1_000 + bytes.len());
    let mut text = Vec::new();
    let _ = unpacked(bytes).map(|text_of| text_of.take(1 << 24).read_to_end(&mut text));
});
