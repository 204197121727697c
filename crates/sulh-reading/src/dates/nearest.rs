//! Takes a weekday, a month or a day without its year, gives the one that is meant near a day.
//! Invariant: the side of that day is chosen by the words alone; where they do not choose, the
//! answer is "ambiguous".

use super::{
    context::Tense,
    expression::{ToldDay, ToldYear, Which},
    resolve::Setting,
    steps::{last_weekday, shift},
    words::Unit,
};
use jiff::civil::Date;
use sulh_model::{
    edtf::{Edtf, Season},
    note::NoteCode,
};

pub(super) fn weekday_near(
    weekday: i8,
    which: Which,
    from: Date,
    tense: Tense,
) -> Result<Edtf, NoteCode> {
    let before = last_weekday(from, weekday).ok_or(NoteCode::DateUnresolved)?;
    let strictly_before = match before == from {
        true => shift(before, -1, Unit::Week),
        false => Some(before),
    };
    let after = shift(before, 1, Unit::Week);
    let told = match (which, tense) {
        (Which::Last, _) => strictly_before,
        (Which::Next, _) => after,
        (_, Tense::Past) => Some(before),
        (Which::This, Tense::Untold) if before != from => return Err(NoteCode::DateAmbiguous),
        (_, Tense::Untold) => Some(before),
        // On a Saturday, "on Saturday" to come is today or in a week.
        (_, Tense::Future) if before == from => return Err(NoteCode::DateAmbiguous),
        (_, Tense::Future) => after,
        // Told of its own day in the present, it is that day.
        (_, Tense::Either) if before == from => Some(before),
        (_, Tense::Either) => return Err(NoteCode::DateAmbiguous),
    };
    told.map(Edtf::day).ok_or(NoteCode::DateUnresolved)
}

/// From Thursday to Sunday: which of these are free days differs. On one of them it may be this
/// weekend or the one before.
pub(super) fn weekend(which: Which, from: Date, tense: Tense) -> Option<Edtf> {
    let sunday = last_weekday(from, 7)?;
    let thursday = shift(sunday, -3, Unit::Day)?;
    let next = shift(sunday, 1, Unit::Week)?;
    match (which, tense) {
        (Which::Next, _) => Edtf::days(from, next),
        (Which::Last, _) => Edtf::days(shift(thursday, -1, Unit::Week)?, from.min(next)),
        (_, Tense::Future | Tense::Either) => Edtf::days(thursday, next),
        (_, Tense::Past | Tense::Untold) => Edtf::days(thursday, from),
    }
}

/// The nearest such day on the side the tense tells; nothing else decides the year.
pub(super) fn yearless_day(told: ToldDay, from: Date, setting: &Setting) -> Result<Edtf, NoteCode> {
    if let ToldYear::Off(off) = told.year {
        let day = Date::new(from.year() + off, told.month, told.day);
        return day.map(Edtf::day).map_err(|_| NoteCode::DateImpossible);
    }
    // Leap days are at most eight years apart.
    let in_year = |year: i16| Date::new(year, told.month, told.day).ok();
    let before = (0..=8).filter_map(|back| in_year(from.year() - back)).find(|day| *day <= from);
    let after = (0..=8).filter_map(|on| in_year(from.year() + on)).find(|day| *day >= from);
    let (before, after) = before.zip(after).ok_or(NoteCode::DateUnresolved)?;
    let chosen = match (setting.tense, setting.limit) {
        (Tense::Past | Tense::Untold, false) => before,
        (Tense::Future, false) => after,
        (tense, _) => nearer(from, before, after)
            .or(match tense {
                Tense::Past => Some(before),
                Tense::Future => Some(after),
                Tense::Either | Tense::Untold => None,
            })
            .ok_or(NoteCode::DateAmbiguous)?,
    };
    // A weekday told beside it can show that the other year is meant.
    match (fits(chosen, told.weekday), fits(before, told.weekday), fits(after, told.weekday)) {
        (true, _, _) => Ok(Edtf::day(chosen)),
        (false, true, false) => Ok(Edtf::day(before)),
        (false, false, true) => Ok(Edtf::day(after)),
        _ => Err(NoteCode::DateAmbiguous),
    }
}

/// The one within a quarter of a year, when the other is not.
fn nearer(from: Date, before: Date, after: Date) -> Option<Date> {
    const NEAR_DAYS: i64 = 92;
    let back = shift(from, -NEAR_DAYS, Unit::Day)?;
    let on = shift(from, NEAR_DAYS, Unit::Day)?;
    match (before >= back, after <= on) {
        (true, false) => Some(before),
        (false, true) => Some(after),
        (true, true) if before == after => Some(before),
        _ => None,
    }
}

pub(super) fn month_year(
    month: i8,
    which: Which,
    from: Date,
    setting: &Setting,
) -> Result<i16, NoteCode> {
    let this = from.year();
    let before = if month <= from.month() { this } else { this - 1 };
    let after = if month >= from.month() { this } else { this + 1 };
    match (which, setting.tense) {
        (Which::Last, _) => Ok(if month < from.month() { this } else { this - 1 }),
        (Which::Next, _) => Ok(if month > from.month() { this } else { this + 1 }),
        (Which::This, _) => Ok(this),
        (Which::Plain, _) if before == after => Ok(before),
        (Which::Plain, Tense::Past | Tense::Untold) if !setting.limit => Ok(before),
        (Which::Plain, Tense::Future) if !setting.limit => Ok(after),
        (Which::Plain, tense) => {
            let day = |year| Date::new(year, month, 15).ok();
            let near = day(before).zip(day(after)).and_then(|(b, a)| nearer(from, b, a));
            near.map(Date::year)
                .or(match tense {
                    Tense::Past => Some(before),
                    Tense::Future => Some(after),
                    Tense::Either | Tense::Untold => None,
                })
                .ok_or(NoteCode::DateAmbiguous)
        }
    }
}

/// Seasons as they fall in the northern half, where "last summer" of a winter month is the one before.
pub(super) fn season_year(season: Season, which: Which, from: Date) -> i16 {
    let last_month = match season {
        Season::Spring => 5,
        Season::Summer => 8,
        Season::Autumn => 11,
        Season::Winter => 12,
    };
    match which {
        Which::Next if from.month() >= last_month - 2 => from.year() + 1,
        Which::Last if from.month() <= last_month => from.year() - 1,
        _ => from.year(),
    }
}

pub(super) fn fits(day: Date, weekday: Option<i8>) -> bool {
    weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset() == weekday)
}
