//! Takes any bytes as the payload of a log entry of any kind, gives whether decoding keeps its promises.
//! Invariant: no panic; what decodes encodes again and decodes to the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sulh_ledger::{
    decision,
    log::EntryKind,
    stored::{Carried, carried, encode},
};

fuzz_target!(|bytes: &[u8]| {
    for kind in EntryKind::ALL {
        let Ok(first) = carried(*kind, bytes) else { continue };
        let written = match &first {
            Carried::Report(told) => encode(told),
            Carried::Decision(decision) => decision::encode(decision),
        };
        if let Ok(written) = written {
            assert!(carried(*kind, &written).is_ok_and(|second| second == first));
        }
    }
});
