//! Takes a page with its reading, who read it and the day it was taken in, gives what the log keeps of it.
//! Invariant: the text of the page enters the log by its hash alone, and the names of its readers never.

use jiff::civil::Date;
use sulh_ledger::report::{Report, Told};
use sulh_model::{page::Page, reading::Reading};

/// What the log keeps of a report.
pub fn record(page: &Page, reading: Reading, reader: &str, archived: Date) -> Told {
    let report = Report {
        capture: page.id.clone(),
        text: sulh_page::capture_id(page.text.as_bytes()),
        source: page.about.source.clone(),
        url: page.about.url.clone(),
        publisher: page.about.publisher.clone(),
        title: page.about.title.clone(),
        published: page.about.published.clone(),
        archived,
        reader: reader.to_owned(),
        language: page.language.clone(),
        signature: sulh_page::signature(page),
    };
    Told::new(report, &page.blocks, reading)
}
