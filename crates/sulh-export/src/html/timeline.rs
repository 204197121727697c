//! Takes a dossier, gives a drawing of two lanes: when things happened, and when they were published.
//! Invariant: each lane says which clock it shows; an uncertain date is a bar, an open end fades.

use super::{View, axis::Axis, dates, said, words};
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeSet;
use sulh_ledger::{
    propositions::Proposition,
    report::Report,
    rules::transition::Transition,
    verdict::{Because, Dossier},
};
use sulh_model::time::UncertainDate;

const WIDTH: i32 = 960;
/// Where the bars begin; labels stand before.
const LEFT: i32 = 420;
/// How far the first and last day stand from the edges: room for open ends.
const MARGIN: i32 = 40;
const ROW: i32 = 22;
const HEAD: i32 = 26;
const BAR: i32 = 10;
const LABEL_CHARS_MAX: usize = 56;
/// A drawing is not broken over pages: a long timeline is several drawings.
const ROWS_MAX: usize = 36;

/// One thing and its days.
struct Row {
    /// Our own words before the name.
    label: String,
    /// A name of a page or a register.
    name: String,
    first: Option<Date>,
    last: Option<Date>,
    look: Look,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// At least supported, or a publication whose day is told.
    Firm,
    /// Less.
    Faint,
    /// What is to come about by then.
    Due,
}

enum Piece {
    Lane { title: &'static str, asked: Date, asked_as: &'static str },
    Row(Row),
}

/// The timeline.
pub fn section(view: &View<'_>) -> Markup {
    let question = view.dossier.question;
    let mut happened = happened(view.dossier);
    let mut published: Vec<Row> =
        view.cited.each().map(|(number, _, report)| published(number, report)).collect();
    let order = |row: &Row| (row.last.or(row.first), row.first);
    happened.sort_by_key(order);
    published.sort_by_key(order);
    let rows = happened.iter().chain(&published);
    let mut days: BTreeSet<Date> = rows.flat_map(|row| [row.first, row.last]).flatten().collect();
    days.extend([question.as_of, question.known_by]);
    let axis = Axis::new(&days, LEFT + MARGIN, WIDTH - MARGIN);
    let lane = |title, asked, asked_as| Piece::Lane { title, asked, asked_as };
    let mut pieces = vec![lane("Happened: the time the words speak of", question.as_of, "as of")];
    pieces.extend(happened.into_iter().map(Piece::Row));
    pieces.push(lane("Published: when the cited pages appeared", question.known_by, "known by"));
    pieces.extend(published.into_iter().map(Piece::Row));
    html! {
        section aria-labelledby="timeline" {
            h2 id="timeline" { "Timeline on two clocks" }
            figure.timeline {
                @for (at, part) in pieces.chunks(ROWS_MAX).enumerate() {
                    div.wide role="region" aria-label="Timeline" tabindex="0" { (drawing(&axis, part, at)) }
                }
                figcaption {
                    "A bar is every day it may have been; a fading end is open. Filled bars are at least supported, "
                    "hollow ones less, diamonds are deadlines. Long gaps between days are drawn shorter. "
                    "The dashed line is the day asked about. When the ledger recorded a report is a third clock and not drawn."
                }
            }
        }
    }
}

fn happened(dossier: &Dossier) -> Vec<Row> {
    let agreement = &dossier.agreement;
    let breaches = agreement.breaches.iter().map(|breach| &breach.incident);
    let because = agreement.stage.because.iter().chain(breaches);
    let because = because.chain(dossier.terms.iter().flat_map(|term| &term.because));
    let deadlines = dossier.terms.iter().enumerate().filter_map(|(at, term)| {
        let deadline = term.term.deadline.as_ref()?;
        Some(Row {
            label: format!("Term {}: deadline", at + 1),
            name: String::new(),
            first: deadline.latest().or(deadline.earliest()),
            last: deadline.latest().or(deadline.earliest()),
            look: Look::Due,
        })
    });
    let because = because.filter(|one| !is_included(dossier, one));
    let incidents = dossier.terms.iter().enumerate().flat_map(|(at, term)| {
        let incidents = term.elements.iter().flat_map(|element| &element.incidents);
        incidents.map(move |incident| Row {
            label: format!("Fighting while term {} held, without blame · no grade", at + 1),
            name: String::new(),
            first: incident.window.earliest,
            last: Some(incident.window.latest),
            look: Look::Faint,
        })
    });
    let told = because.filter_map(|one| told(dossier, one));
    told.chain(incidents).chain(deadlines).filter(has_day).collect()
}

/// "Completed" includes "begun": told of the same days by words of the same grade, one row says both.
fn is_included(dossier: &Dossier, begun: &Because) -> bool {
    let Proposition::Element { term, element, transition: Transition::Begun, occurrence } =
        begun.proposition
    else {
        return false;
    };
    let transition = Transition::Completed;
    let completed = Proposition::Element { term, element, transition, occurrence };
    let mut because = dossier.terms.iter().flat_map(|term| &term.because);
    because.any(|one| {
        one.proposition == completed && (one.window, one.upheld) == (begun.window, begun.upheld)
    })
}

fn has_day(row: &Row) -> bool {
    row.first.is_some() || row.last.is_some()
}

/// A promise was made with its agreement, and assent was given then: neither has a row of its own.
fn told(dossier: &Dossier, because: &Because) -> Option<Row> {
    let window = because.window?;
    let label = match because.proposition {
        Proposition::Agreed => "Agreement made".to_owned(),
        Proposition::Stage { stage, occurrence } => {
            format!("Stage: {}", said::which_time(words::stage(stage), occurrence))
        }
        Proposition::Incident { breach } => format!("Breach {}", breach + 1),
        Proposition::Element { transition: Transition::Agreed, .. }
        | Proposition::Promised { .. }
        | Proposition::Assent { .. }
        | Proposition::Responsible { .. } => return None,
        Proposition::Element { term, element, transition, occurrence } => {
            let step = said::step(transition, occurrence);
            format!("{}: {step}", said::element_name(dossier, term, element))
        }
    };
    Some(Row {
        label: format!("{label} · {}", words::grade(because.upheld).0),
        name: String::new(),
        first: window.earliest,
        last: Some(window.latest),
        look: if because.upheld.is_reported() { Look::Firm } else { Look::Faint },
    })
}

fn published(number: usize, report: &Report) -> Row {
    let told = report.published.as_ref();
    let first = told.and_then(UncertainDate::earliest);
    let last = told.and_then(UncertainDate::latest);
    let known = first.is_some() || last.is_some();
    let name = report.publisher.as_deref().unwrap_or("publisher not known");
    let undated = if known { "" } else { "day not known, taken in then: " };
    Row {
        label: format!("[{number}] {undated}"),
        name: said::shortened(name, LABEL_CHARS_MAX - 10),
        first: if known { first } else { Some(report.archived) },
        last: if known { last } else { Some(report.archived) },
        look: if known { Look::Firm } else { Look::Faint },
    }
}

fn drawing(axis: &Axis, pieces: &[Piece], part: usize) -> Markup {
    let height = HEAD + i32::try_from(pieces.len()).unwrap_or(0) * ROW + 4;
    let ids = [format!("timeline-title-{part}"), format!("timeline-text-{part}")];
    html! {
        svg.lanes viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ (ids[0]) " " (ids[1]) } {
            title id=(ids[0]) { "Timeline: when things happened, and when they were published" }
            desc id=(ids[1]) { (description(pieces)) }
            @for (day, x) in axis.ticks(86) {
                text.tick x=(x) y="14" text-anchor="middle" { (dates::short_day(day)) }
                line.grid x1=(x) x2=(x) y1="20" y2=(height) {}
            }
            @for (at, piece) in pieces.iter().enumerate() {
                @let top = HEAD + i32::try_from(at).unwrap_or(0) * ROW;
                @match piece {
                    Piece::Lane { title, asked, asked_as } => {
                        @let rows = pieces[at + 1..].iter().take_while(|next| matches!(next, Piece::Row(_))).count();
                        (lane(title, top, rows, axis.place(*asked), &format!("{asked_as} {}", dates::short_day(*asked))))
                    }
                    Piece::Row(row) => (self::row(axis, row, top)),
                }
            }
        }
    }
}

/// The heading of a lane, with the day that is asked about.
fn lane(title: &str, top: i32, rows: usize, asked: i32, asked_as: &str) -> Markup {
    let bottom = top + (i32::try_from(rows).unwrap_or(0) + 1) * ROW;
    html! {
        line.border x1="0" x2=(WIDTH) y1=(top) y2=(top) {}
        text.lane x="0" y=(top + 16) { (title) }
        line.asked x1=(asked) x2=(asked) y1=(top + 3) y2=(bottom) {}
        @let (x, anchor) = if asked > WIDTH - 140 { (asked - 5, "end") } else { (asked + 5, "start") };
        text.asked x=(x) y=(top + 16) text-anchor=(anchor) { (asked_as) }
    }
}

fn row(axis: &Axis, row: &Row, top: i32) -> Markup {
    let middle = top + ROW / 2;
    let from = row.first.map_or(LEFT, |day| axis.place(day) - BAR / 2);
    let to = row.last.map_or(WIDTH, |day| axis.place(day) + BAR / 2);
    let ink = match (row.first, row.last) {
        (Some(_), Some(_)) => "currentColor",
        (None, Some(_)) => "url(#open-start)",
        (Some(_), None) => "url(#open-end)",
        (None, None) => "url(#open-both)",
    };
    let (fill, stroke) = if row.look == Look::Firm { (ink, "none") } else { ("none", ink) };
    html! {
        text.label x="0" y=(middle + 5) { (said::shortened(&row.label, LABEL_CHARS_MAX)) tspan.name { (row.name) } }
        @if row.look == Look::Due {
            @let x = (from + to) / 2;
            path.bar d={ "M" (x - 6) " " (middle) "l6 -6 6 6 -6 6z" } fill="none" stroke="currentColor" {}
        } @else {
            rect.bar x=(from) y=(middle - BAR / 2) width=(to - from) height=(BAR) rx="3" fill=(fill) stroke=(stroke) {}
        }
        @if row.first.is_none() { path.arrow d={ "M" (LEFT + 8) " " (middle - 5) "l-6 5 6 5" } {} }
        @if row.last.is_none() { path.arrow d={ "M" (WIDTH - 8) " " (middle - 5) "l6 5 -6 5" } {} }
    }
}

/// The drawing in words, for those who do not see it.
fn description(pieces: &[Piece]) -> String {
    let told = pieces.iter().map(|piece| match piece {
        Piece::Lane { title, asked, asked_as } => {
            format!("{title}; asked {asked_as} {}.", dates::day(*asked))
        }
        Piece::Row(row) => {
            let days = match (row.first, row.last) {
                (Some(first), Some(last)) if first == last => dates::day(first),
                (Some(first), Some(last)) => {
                    format!("{} to {}", dates::day(first), dates::day(last))
                }
                (None, Some(last)) => format!("on or before {}", dates::day(last)),
                (Some(first), None) => format!("from {} on", dates::day(first)),
                (None, None) => "day not known".to_owned(),
            };
            format!("{}{}: {days}.", row.label, row.name)
        }
    });
    told.collect::<Vec<_>>().join(" ")
}
