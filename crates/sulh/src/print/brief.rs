//! Takes `sulh.brief/1`, gives the morning's text: what moved, went back, is due, quiet and open.
//! Invariant: a section with nothing in it says so: silence of the program is never left to guess.

use super::{
    because::wrapped,
    changes::{changes, one_change},
    parts::{date, spaced},
    visible,
};
use sulh_desk::shapes::brief::{BriefShape, OpenPart};

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
        &settled_alike(&shape.open),
        |out, open| wrapped(out, "  ", 4, open),
    );
    out
}

/// What is open, told together where the same would settle it.
fn settled_alike(open: &[OpenPart]) -> Vec<String> {
    let alike = |one: &&OpenPart, other: &&OpenPart| {
        (&one.agreement, one.grade, &one.would_change)
            == (&other.agreement, other.grade, &other.would_change)
    };
    let mut groups: Vec<Vec<&OpenPart>> = Vec::new();
    for part in open {
        match groups.iter_mut().find(|group| alike(&group[0], &part)) {
            Some(group) => group.push(part),
            None => groups.push(vec![part]),
        }
    }
    let told = groups.iter().map(|group| {
        let what: Vec<String> =
            group.iter().map(|part| visible(&spaced(&part.proposition))).collect();
        let (name, first) = (visible(&group[0].agreement.name), group[0]);
        format!("{name}, {} ({}): {}", what.join(", "), first.grade, first.would_change)
    });
    told.collect()
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
