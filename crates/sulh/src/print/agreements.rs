//! Takes `sulh.agreement/1` objects, gives them as text, two lines each.
//! Invariant: in the order given; an agreement that is no more than a lead says so.

use super::{
    because::wrapped,
    parts::{date, place, spaced},
    visible,
};
use sulh_desk::shapes::agreement::SummaryShape;

/// The text of a list of agreements.
pub fn agreements(found: &[SummaryShape]) -> String {
    if found.is_empty() {
        return "No agreements.\n".to_owned();
    }
    let mut out = String::new();
    for summary in found {
        let id = format!("{}  ", summary.id);
        wrapped(&mut out, &id, id.len(), &visible(&summary.name));
        let label = " ".repeat(id.len());
        wrapped(&mut out, &label, id.len(), &line(summary));
    }
    out
}

fn line(summary: &SummaryShape) -> String {
    let count = |number: usize, what: &str| {
        format!("{number} {what}{}", if number == 1 { "" } else { "s" })
    };
    let mut parts = vec![spaced(summary.standing), spaced(summary.kind)];
    if let (Some(stage), Some(grade)) = (summary.stage, summary.grade) {
        parts.push(format!("{} ({grade})", spaced(stage)));
    }
    parts.extend(summary.place.as_ref().map(place));
    parts.extend(summary.concluded.as_ref().map(|day| format!("concluded {}", date(day))));
    parts.push(count(summary.terms, "term"));
    parts.push(count(summary.reports, "report"));
    parts.join(", ")
}
