//! Takes an expression, the publication and the tense, gives the EDTF of the days it can mean.
//! Invariant: never narrower than the words; what cannot be known is a reason, never a guess.

use super::{
    context::Tense,
    expression::{Amount, Expression, Part, ToldDay, ToldYear, Which},
    nearest::{fits, month_year, season_year, weekday_near, weekend, yearless_day},
    steps::{ago, shift, span_of_unit},
    words::Unit,
};
use jiff::civil::Date;
use sulh_model::{edtf::Edtf, note::NoteCode};

/// What an expression is worked out against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// First and last day of publication.
    pub published: Option<(Date, Date)>,
    /// First and last day of the date named before.
    pub previous: Option<(Date, Date)>,
    pub tense: Tense,
    /// The date is a limit ("by", "until"): it lies on either side of the report.
    pub limit: bool,
}

/// The days an expression can mean, or why they cannot be known.
pub(super) fn resolve(expression: &Expression, setting: &Setting) -> Result<Edtf, NoteCode> {
    match expression {
        Expression::Year(year) => Edtf::year(*year).ok_or(NoteCode::DateImpossible),
        Expression::Unclear => Err(NoteCode::DateAmbiguous),
        Expression::Impossible => Err(NoteCode::DateImpossible),
        Expression::Uncounted => Err(NoteCode::DateUnresolved),
        Expression::Range(first, last) => range(first, last, setting),
        Expression::Day(ToldDay { year: ToldYear::Told(year), month, day, weekday }) => {
            let day = Date::new(*year, *month, *day).map_err(|_| NoteCode::DateImpossible)?;
            fits(day, *weekday).then(|| Edtf::day(day)).ok_or(NoteCode::DateAmbiguous)
        }
        Expression::Month { year: ToldYear::Told(year), month, .. } => {
            Edtf::month(*year, *month).ok_or(NoteCode::DateImpossible)
        }
        Expression::Season { year: ToldYear::Told(year), season, .. } => {
            Edtf::season(*year, *season).ok_or(NoteCode::DateImpossible)
        }
        Expression::Beside(steps, unit) => {
            let (first, last) = setting.previous.ok_or(NoteCode::DateUnresolved)?;
            beside(*steps, *unit, first, last).ok_or(NoteCode::DateUnresolved)
        }
        counted => {
            let (first, last) = setting.published.ok_or(NoteCode::DateUnresolved)?;
            let early = from_day(counted, first, setting)?;
            let late = if first == last { early } else { from_day(counted, last, setting)? };
            cover(early, late, counted.leaves_year_open())
        }
    }
}

/// Both, when the publication itself is not one day.
fn cover(early: Edtf, late: Edtf, leaves_year_open: bool) -> Result<Edtf, NoteCode> {
    if early == late {
        return Ok(early);
    }
    // A date a year off is another date, not a wider one.
    if leaves_year_open {
        return Err(NoteCode::DateAmbiguous);
    }
    match (early.earliest(), early.latest(), late.latest()) {
        (Some(first), _, Some(last)) => Edtf::days(first, last),
        (None, Some(_), Some(last)) => Some(Edtf::until(last)),
        (Some(first), _, None) => Some(Edtf::since(first)),
        _ => None,
    }
    .ok_or(NoteCode::DateUnresolved)
}

/// An expression counted from one day of publication.
fn from_day(expression: &Expression, from: Date, setting: &Setting) -> Result<Edtf, NoteCode> {
    match expression {
        Expression::Day(told) => yearless_day(*told, from, setting),
        Expression::Month { year, month, which } => {
            let year = match year {
                ToldYear::Off(off) => Ok(from.year() + off),
                _ => month_year(*month, *which, from, setting),
            };
            Edtf::month(year?, *month).ok_or(NoteCode::DateUnresolved)
        }
        Expression::Season { year, season, which } => {
            let year = match year {
                ToldYear::Off(off) => from.year() + off,
                _ => season_year(*season, *which, from),
            };
            Edtf::season(year, *season).ok_or(NoteCode::DateUnresolved)
        }
        Expression::Weekday { weekday, which } => {
            weekday_near(*weekday, *which, from, setting.tense)
        }
        Expression::Weekend(which) => {
            weekend(*which, from, setting.tense).ok_or(NoteCode::DateUnresolved)
        }
        Expression::Ago(amount, unit) => many_ago(*amount, *unit, from),
        other => plain(other, from).ok_or(NoteCode::DateUnresolved),
    }
}

/// What needs nothing but the day it counts from.
fn plain(expression: &Expression, from: Date) -> Option<Edtf> {
    match expression {
        Expression::Off(first, last) => {
            Edtf::days(shift(from, *first, Unit::Day)?, shift(from, *last, Unit::Day)?)
        }
        Expression::Calendar { unit, which, part } => calendar(*unit, *which, *part, from),
        Expression::Past(Amount::Some, Unit::Hour | Unit::Day) => Some(Edtf::until(from)),
        Expression::Past(Amount::About(count), unit) => {
            Some(Edtf::days(shift(from, -count, *unit)?, from)?.approximate())
        }
        Expression::Past(Amount::Exactly(count), unit) => {
            Edtf::days(shift(from, -count, *unit)?, from)
        }
        Expression::Coming(Amount::Some, _) | Expression::In(Amount::Some, _) => {
            Some(Edtf::since(from))
        }
        Expression::Coming(Amount::About(_), _) | Expression::In(Amount::About(_), _) => {
            Some(Edtf::since(from))
        }
        Expression::Coming(Amount::Exactly(count), unit)
        | Expression::In(Amount::Exactly(count), unit) => {
            Edtf::days(from, shift(from, *count, *unit)?)
        }
        _ => None,
    }
}

fn calendar(unit: Unit, which: Which, part: Part, from: Date) -> Option<Edtf> {
    let steps = match which {
        Which::Last => -1,
        Which::Next => 1,
        Which::This | Which::Plain => 0,
    };
    let (first, last) = match unit {
        Unit::Week => {
            let (first, last) = span_of_unit(from, Unit::Week)?;
            (shift(first, steps, Unit::Week)?, shift(last, steps, Unit::Week)?)
        }
        _ => span_of_unit(shift(span_of_unit(from, unit)?.0, steps, unit)?, unit)?,
    };
    match (part, unit) {
        (Part::Earlier, _) => Edtf::days(first, from),
        (Part::Later, _) => Edtf::days(from, last),
        (Part::Whole, Unit::Month) => Edtf::month(first.year(), first.month()),
        (Part::Whole, Unit::Year) => Edtf::year(first.year()),
        (Part::Whole, _) => Edtf::days(first, last),
    }
}

/// "Three weeks ago" is rounded: a day told in weeks is known to a week or so, in months to a month.
fn many_ago(amount: Amount, unit: Unit, from: Date) -> Result<Edtf, NoteCode> {
    let bounds = |count: i64| {
        let (first, last) = ago(from, -count, unit)?;
        Edtf::days(first, last.min(from))
    };
    match amount {
        Amount::Exactly(count) => bounds(count),
        Amount::About(count) => bounds(count).map(Edtf::approximate),
        Amount::Some if matches!(unit, Unit::Hour | Unit::Day) => Some(Edtf::until(from)),
        Amount::Some => None,
    }
    .ok_or(NoteCode::DateUnresolved)
}

fn beside(steps: i64, unit: Unit, first: Date, last: Date) -> Option<Edtf> {
    Edtf::days(ago(first, steps, unit)?.0, ago(last, steps, unit)?.1)
}

fn range(first: &Expression, last: &Expression, setting: &Setting) -> Result<Edtf, NoteCode> {
    // "From 28 December 2018 until 3 January": the second year follows from the first.
    if last.leaves_year_open() && !first.leaves_year_open() {
        let from = resolve(first, setting)?;
        let start = from.earliest().ok_or(NoteCode::DateUnresolved)?;
        let after = Setting {
            published: Some((start, start)),
            tense: Tense::Future,
            limit: false,
            ..*setting
        };
        return join(from, resolve(last, &after)?);
    }
    let to = resolve(last, setting)?;
    let first_is_open = first.leaves_year_open() || matches!(first, Expression::Weekday { .. });
    if !first_is_open {
        return join(resolve(first, setting)?, to);
    }
    let end = to.latest().ok_or(NoteCode::DateUnresolved)?;
    let before =
        Setting { published: Some((end, end)), tense: Tense::Past, limit: false, ..*setting };
    join(resolve(first, &before)?, to)
}

/// One stretch of two, each as finely told as it was.
fn join(first: Edtf, last: Edtf) -> Result<Edtf, NoteCode> {
    if first == last {
        return Ok(first);
    }
    let joined = match (first, last) {
        (Edtf::Point(from), Edtf::Point(to)) => Edtf::parse(&format!("{from}/{to}")),
        _ => first.earliest().zip(last.latest()).and_then(|(from, to)| Edtf::days(from, to)),
    };
    joined.ok_or(NoteCode::DateImpossible)
}
