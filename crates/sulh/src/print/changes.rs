//! Takes the changes of `sulh.diff/1`, gives them as text, one line each.
//! Invariant: a change is printed with those on whose word it came; what is only repeated is counted, not listed.

use super::{
    because::{told, voucher, word_of_lines, wrapped},
    parts::{date, spaced},
    visible,
};
use sulh_desk::shapes::{
    diff::{Change, ChangePart, DiffShape, NewReportPart},
    dossier::{LinePart, StatePart},
    report::ReportPart,
};

/// The text of a comparison.
pub fn diff(shape: &DiffShape) -> String {
    let mut out = format!("{}\n{}\n", visible(&shape.agreement.name), shape.agreement.id);
    let (earlier, later) = (&shape.earlier, &shape.later);
    let days = format!(
        "from what was known by {} (as of {}) to what was known by {} (as of {})",
        earlier.known_by, earlier.as_of, later.known_by, later.as_of
    );
    wrapped(&mut out, "", 0, &days);
    out.push('\n');
    for report in &shape.reports {
        wrapped(&mut out, "report  ", 8, &new_report(report));
    }
    if shape.changes.is_empty() {
        out.push_str(if shape.reports.is_empty() {
            "Nothing changed, and no new report tells of it.\n"
        } else {
            "Nothing changed: what these reports say was known, on the same word.\n"
        });
        return out;
    }
    if !shape.reports.is_empty() {
        out.push('\n');
    }
    changes(&mut out, &shape.changes, "");
    out
}

fn new_report(report: &NewReportPart) -> String {
    let copy = if report.is_copy { "; a copy of a report that was there" } else { "" };
    format!("{}{copy}", self::report(&report.report))
}

/// A report in few words: outlet, day, title, where it came from.
pub fn report(report: &ReportPart) -> String {
    let outlet = report.publisher.as_deref().map_or("outlet not known".to_owned(), visible);
    let day = match &report.published {
        Some(day) => date(day),
        None => format!("undated, taken in on {}", report.known_from),
    };
    let title = report.title.as_deref().map(|title| format!(", \"{}\"", visible(title)));
    format!("{outlet}, {day}{} [{}]", title.unwrap_or_default(), visible(&report.source))
}

/// Adds the text of changes, each line indented.
pub fn changes(out: &mut String, changes: &[ChangePart], indent: &str) {
    let mut repeated = 0;
    for part in changes {
        if matches!(part.change, Change::Repeated { .. }) {
            repeated += 1;
            continue;
        }
        let label = format!("{indent}{} ", subject(part));
        wrapped(out, &label, indent.len() + 4, &change(part));
    }
    if repeated > 0 {
        let what = if repeated == 1 { "proposition is" } else { "propositions are" };
        let text = format!("{repeated} {what} told in more reports, on the same word");
        wrapped(out, indent, indent.len() + 4, &text);
    }
}

/// One change with its subject.
pub fn one_change(part: &ChangePart) -> String {
    format!("{} {}", subject(part), change(part))
}

fn subject(part: &ChangePart) -> String {
    match part.subject.as_str() {
        "agreement" | "breach" => part.subject.clone(),
        "party" => format!("party {}:", visible(&part.about)),
        term => format!("{term} ({})", visible(&spaced(&part.about))),
    }
}

/// One change, without its subject.
fn change(part: &ChangePart) -> String {
    let word = on_word(part);
    match &part.change {
        Change::AgreementNew => format!("known of now{word}"),
        Change::Stage { track, from, to, grade, reversal } => format!(
            "{track} stage: {} -> {} ({grade}){}{word}",
            named(*from),
            named(*to),
            back(*reversal)
        ),
        Change::Assent { from, to, grade } => {
            format!("assent: {} -> {} ({grade}){word}", named(*from), named(*to))
        }
        Change::BreachNew { grade } => format!("told of now: incident {grade}{word}"),
        Change::TermNew { grade, text, reported, claimed } => {
            let text =
                if text.is_empty() { String::new() } else { format!(": \"{}\"", visible(text)) };
            format!("promised{text}; agreed {grade}{word}; {}", both(reported, claimed))
        }
        Change::TermGone => "is told of no more".to_owned(),
        Change::State { track, from, to, reversal } => {
            let from = from.as_ref().map(|from| format!("{} -> ", spaced(from.state)));
            let (from, to) = (from.unwrap_or_default(), state(to));
            format!("{track} {from}{to}{}{word}", back(*reversal))
        }
        Change::Grade { proposition, from, to, reversal } => {
            let last = last(proposition);
            format!("{last}: {} -> {}{}{word}", spaced(from), spaced(to), back(*reversal))
        }
        Change::Flag { flag, raised: true } => format!("flag raised: {}", spaced(flag)),
        Change::Flag { flag, raised: false } => format!("flag dropped: {}", spaced(flag)),
        Change::Line { proposition, .. } => {
            format!("{}: new line, {}", last(proposition), one(part))
        }
        Change::Denial { proposition, .. } => {
            format!("{}: new denial, {}", last(proposition), one(part))
        }
        Change::LineOther { proposition, .. } => {
            format!("{}: now stands as {}", last(proposition), one(part))
        }
        Change::LineGone { proposition, .. } => {
            format!("{}: no longer counted, {}", last(proposition), one(part))
        }
        Change::Repeated { proposition, from, to } => {
            format!("{}: told in {to} reports, {from} before", last(proposition))
        }
        Change::Established { from, to } => {
            format!("established: {} -> {}", named(*from), named(*to))
        }
    }
}

fn named(code: Option<&str>) -> String {
    code.map_or_else(|| "not told".to_owned(), spaced)
}

fn state(part: &StatePart) -> String {
    format!("{} ({})", spaced(part.state), part.grade)
}

fn both(reported: &StatePart, claimed: &StatePart) -> String {
    if reported.state == claimed.state {
        format!("reported {}", state(reported))
    } else {
        format!("reported {}, claimed {}", state(reported), state(claimed))
    }
}

fn back(reversal: Option<&str>) -> String {
    reversal.map(|how| format!(" [went back: {}]", spaced(how))).unwrap_or_default()
}

/// The transition of a proposition: its subject stands before it already.
fn last(proposition: &str) -> String {
    let bare = proposition.split_once(' ').filter(|(first, _)| first.starts_with('t'));
    visible(&spaced(bare.map_or(proposition, |(_, rest)| rest)))
}

fn on_word(part: &ChangePart) -> String {
    let said = match part.lines.as_slice() {
        [] => String::new(),
        lines => format!(", on the word of {}", word_of_lines(lines)),
    };
    let denied: Vec<String> = part.denials.iter().map(voucher).collect();
    if denied.is_empty() { said } else { format!("{said}, denied by {}", denied.join(", ")) }
}

fn one(part: &ChangePart) -> String {
    let lines: Vec<&LinePart> = part.lines.iter().chain(&part.denials).collect();
    lines.iter().map(|line| told(line)).collect::<Vec<_>>().join(", ")
}
