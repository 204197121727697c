//! Takes `sulh.source/1`, gives what is known of a source as text.
//! Invariant: not examined is said to be not examined, never neutral.

use super::{because::wrapped, parts::spaced, visible};
use sulh_desk::shapes::source::{LeaningPart, RatingPart, RegisterPart, SourceShape};

/// The text of a source.
pub fn source(shape: &SourceShape) -> String {
    let mut out = format!("{}\n", visible(&shape.name));
    match &shape.register {
        Some(entry) => register(&mut out, entry),
        None => wrapped(&mut out, "  ", 4, "is not in the register"),
    }
    for rating in &shape.ratings {
        let label = format!("  entry {}  ", rating.entry);
        wrapped(&mut out, &label, 4, &rated(rating));
    }
    let examined = shape.register.as_ref().is_some_and(|entry| !entry.leanings.is_empty())
        || shape.ratings.iter().any(|rating| rating.side.is_some());
    if !examined {
        let text = "not examined for any conflict, which is not neutral: its word alone gives a \
                    grade of claimed at most";
        wrapped(&mut out, "  ", 4, text);
    }
    out
}

fn register(out: &mut String, entry: &RegisterPart) {
    let mut line = |label: &str, text: String| {
        wrapped(out, &format!("  {label:<10}"), 12, &text);
    };
    if !entry.aliases.is_empty() {
        line("also", visible(&entry.aliases.join(", ")));
    }
    line("kind", spaced(entry.kind));
    line("owner", visible(&entry.owner));
    if entry.own_network {
        line("network", "its sources are its own people on the ground".to_owned());
    }
    if !entry.vouches {
        line("voice", "carries only the word of others: it never vouches".to_owned());
    }
    for found in &entry.leanings {
        line("register", leaning(found));
    }
}

fn leaning(found: &LeaningPart) -> String {
    let days = days(found.from.as_deref(), found.to.as_deref());
    let side = side(&found.side);
    format!("{}{days}: {side}; {}", visible(&found.conflict), visible(&found.basis))
}

fn rated(rating: &RatingPart) -> String {
    let mut found = Vec::new();
    if let (Some(conflict), Some(on)) = (&rating.conflict, &rating.side) {
        let days = days(rating.from.as_deref(), None);
        found.push(format!("{}{days}: {}", visible(conflict), side(on)));
    }
    found.extend(rating.reliability.map(|letter| format!("reliability {letter} (a tag)")));
    let (by, reason) = (visible(&rating.by), visible(&rating.reason));
    format!("{}, by {by} on {}: {reason}", found.join(", "), rating.day)
}

fn side(side: &str) -> String {
    match side {
        "neither" => "leans to neither side".to_owned(),
        side => format!("leans to {}", visible(&spaced(side))),
    }
}

fn days(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" from {from}"),
        (None, Some(to)) => format!(" to {to}"),
        (Some(from), Some(to)) => format!(" from {from} to {to}"),
    }
}
