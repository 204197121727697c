//! Takes `sulh.day/1`, gives it as text: which reports came, what each added, what moved and on whose word.
//! Invariant: a report that adds no line says so.

use super::{
    because::wrapped,
    changes::{changes, report},
    visible,
};
use std::collections::BTreeSet;
use sulh_desk::shapes::day::{CamePart, DayShape};

/// The text of a day.
pub fn day(shape: &DayShape) -> String {
    let mut out = format!("{}\n", shape.day);
    for came in &shape.reports {
        let label = format!("  entry {}  ", came.entry);
        wrapped(&mut out, &label, label.len(), &report(&came.report));
        wrapped(&mut out, &" ".repeat(label.len()), label.len(), &adds(came));
    }
    for agreement in &shape.agreements {
        out.push('\n');
        wrapped(&mut out, "  ", 4, &visible(&agreement.agreement.name));
        changes(&mut out, &agreement.changes, "    ");
    }
    if shape.agreements.is_empty() {
        out.push_str("  nothing moved\n");
    }
    out.push('\n');
    out
}

fn adds(came: &CamePart) -> String {
    match came.adds {
        "line" => {
            let spoken: BTreeSet<String> = came
                .words
                .iter()
                .flat_map(|word| word.change.lines.iter().chain(&word.change.denials))
                .map(super::because::voucher)
                .collect();
            let spoken: Vec<String> = spoken.into_iter().collect();
            format!("adds the word of {}", spoken.join(", "))
        }
        "report" => "adds a report, no line: it says what is known on the same word".to_owned(),
        "copy" => "is a copy of a report that was there: it adds no line".to_owned(),
        _ => "adds nothing to any agreement".to_owned(),
    }
}
