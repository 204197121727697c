//! Takes any bytes as a captured page, gives whether reading it keeps its promises.
//! Invariant: no panic; every span fits; what is read can be kept and read back from the log.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;
use sulh_model::edtf::Edtf;
use sulh_model::page::PageAbout;
use sulh_model::time::UncertainDate;
use sulh_page::{Capture, split};
use sulh_reading::Reader;

static READER: OnceLock<Option<Reader>> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let Some(reader) = READER.get_or_init(|| Reader::shipped().ok()) else {
        panic!("the shipped rules are broken")
    };
    let published = Edtf::parse("2021-06-15").map(|day| UncertainDate::given(day, "2021-06-15"));
    let about =
        PageAbout { source: "fuzz".to_owned(), url: None, title: None, publisher: None, published };
    let page = split(&Capture { bytes, about, transport: Default::default(), pseudonym_key: &[1; 32] });
    let reading = reader.read(&page);
    for statement in &reading.statements {
        assert!(statement.spans.iter().all(|part| part.span.fits(&page.text)));
    }
    for term in &reading.terms {
        assert!(term.elements.iter().all(|element| element.span.fits(&page.text)));
    }
    assert!(reading.events.iter().all(|event| event.span.fits(&page.text)));
});
