//! Takes any bytes as a treebank, gives whether reading it keeps its promises.
//! Invariant: no panic; what is read, written and read again is the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sulh_syntax::conllu::{read, write};
use sulh_syntax::score::raw;

fuzz_target!(|bytes: &[u8]| {
    let Ok(sentences) = read(&String::from_utf8_lossy(bytes)) else { return };
    for sentence in &sentences {
        let _ = sentence.tree();
        assert!(sentence.spans().iter().all(|span| span.fits(&sentence.text)));
    }
    let text = write(&sentences);
    let again = read(&text).expect("what is written is read");
    assert_eq!(write(&again), text);
    let _ = raw(&sentences, &again);
});
