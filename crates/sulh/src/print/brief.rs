//! Takes `sulh.brief/1`, gives the morning's text: what moved, went back, is due, quiet and open.
//! Invariant: a section with nothing in it says so: silence of the program is never left to guess.

use super::{
    because::wrapped,
    changes::{changes, one_change},
    parts::{date, spaced},
    visible,
};
use sulh_desk::shapes::brief::BriefShape;

/// The text of a brief.
pub fn brief(shape: &BriefShape) -> String {
    let known = if shape.agreements == 1 { "agreement" } else { "agreements" };
    let mut out =
        format!("From {} to {}, over {} {known}\n", shape.since, shape.until, shape.agreements);
    section(&mut out, "Went back", "nothing went back", &shape.reversals, |out, back| {
        let text = format!("{}: {}", visible(&back.agreement.name), one_change(&back.change));
        wrapped(out, "  ", 4, &text);
    });
    section(&mut out, "Moved", "nothing moved", &shape.changed, |out, diff| {
        let reports = match diff.reports.len() {
            0 => String::new(),
            1 => ", 1 new report".to_owned(),
            several => format!(", {several} new reports"),
        };
        let text = format!("{} ({}){reports}", visible(&diff.agreement.name), diff.agreement.id);
        wrapped(out, "  ", 4, &text);
        changes(out, &diff.changes, "    ");
    });
    section(&mut out, "Due within 7 days", "nothing is due", &shape.due, |out, due| {
        let left = match due.days_left {
            0 => "today".to_owned(),
            1 => "in 1 day".to_owned(),
            days => format!("in {days} days"),
        };
        let state = format!("reported {} ({})", spaced(due.reported.state), due.reported.grade);
        let (name, text) = (visible(&due.agreement.name), visible(&due.text));
        let text =
            format!("{left}, {}: {name}, {} \"{text}\"; {state}", date(&due.deadline), due.term);
        wrapped(out, "  ", 4, &text);
    });
    let quiet = "Quiet: nothing published for 14 days or more, which says nothing of what happened";
    section(&mut out, quiet, "nothing is quiet", &shape.quiet, |out, quiet| {
        let state = format!("reported {} ({})", spaced(quiet.reported.state), quiet.reported.grade);
        let (name, text) = (visible(&quiet.agreement.name), visible(&quiet.text));
        let days = format!("{} days, since {}", quiet.days, quiet.last_published);
        wrapped(out, "  ", 4, &format!("{days}: {name}, {} \"{text}\"; {state}", quiet.term));
    });
    section(
        &mut out,
        "Open, and what would settle it",
        "nothing is open",
        &shape.open,
        |out, open| {
            let what = visible(&spaced(&open.proposition));
            let name = visible(&open.agreement.name);
            let text = format!("{name}, {what} ({}): {}", open.grade, open.would_change);
            wrapped(out, "  ", 4, &text);
        },
    );
    out
}

fn section<T>(
    out: &mut String,
    heading: &str,
    none: &str,
    items: &[T],
    print: impl Fn(&mut String, &T),
) {
    out.push('\n');
    out.push_str(heading);
    out.push('\n');
    if items.is_empty() {
        wrapped(out, "  ", 4, none);
    }
    items.iter().for_each(|item| print(out, item));
}
