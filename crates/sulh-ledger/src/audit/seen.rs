//! Takes a log and a question, gives the reports the question may see.
//! Invariant: the three clocks, and of several readings of one report the newest reader's.

use crate::{
    log::Entry,
    report::{Report, Told},
    stored::decode,
    verdict::Question,
};
use jiff::civil::Date;

/// The reports of a log that were recorded and published in time.
pub(crate) fn seen(entries: &[Entry], question: Question) -> Vec<Told> {
    let mut seen: Vec<Told> = Vec::new();
    for entry in entries {
        if question.recorded_by.is_some_and(|last| entry.seq > last) {
            continue;
        }
        let told = decode(&entry.payload).unwrap();
        if known_from(&told.report) > question.known_by {
            continue;
        }
        match seen.iter().position(|other| is_same(&other.report, &told.report)) {
            None => seen.push(told),
            Some(at) if is_newer(&told.report, &seen[at].report) => {
                // It stands where the newer reading stands in the log.
                seen.remove(at);
                seen.push(told);
            }
            Some(_) => {}
        }
    }
    seen
}

/// A page is known from the last day its publication can mean; an undated one from when it was archived.
pub(super) fn known_from(report: &Report) -> Date {
    let day = report.published.as_ref().and_then(|published| published.edtf.latest());
    day.unwrap_or(report.archived)
}

/// Report = capture + URL + publisher + publication.
fn is_same(left: &Report, right: &Report) -> bool {
    let day = |report: &Report| report.published.as_ref().map(|day| day.edtf.to_string());
    left.capture == right.capture
        && left.url == right.url
        && left.publisher == right.publisher
        && day(left) == day(right)
}

fn is_newer(left: &Report, right: &Report) -> bool {
    let number = |report: &Report| -> Vec<u64> {
        report.reader.split('.').filter_map(|part| part.parse().ok()).collect()
    };
    number(left) > number(right)
}
