//! Takes the days a page gives for its publication and its last change, gives the one of each that holds, and notes.
//! Invariant: which source goes first is fixed (`trust`); a day that differs from it is noted with its source, and
//! what the page can only have meant for the future is passed over.

use crate::published::{self, agree, clash, is_utc};
use jiff::civil::Date;
use sulh_model::{
    edtf::{Edtf, Precision},
    imprint::{Told, ToldIn},
    note::{Note, NoteCode},
    span::Span,
    time::UncertainDate,
};

/// Days of a page, each list with the most trusted first.
#[derive(Debug, Default)]
pub(super) struct Days {
    pub published: Vec<Told<UncertainDate>>,
    pub modified: Vec<Told<UncertainDate>>,
}

/// What holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    pub published: Option<Told<UncertainDate>>,
    pub modified: Option<Told<UncertainDate>>,
    pub notes: Vec<Note>,
}

/// Months and years stand below every day.
const UNSURE: u8 = 9;

/// How far down a source stands. Scripts of data and `meta` are written by the program that publishes; an address is
/// as good but tells no time; lines and `time` elements are for people and may be of something else on the page.
pub(super) fn trust(told: &Told<UncertainDate>) -> u8 {
    let whole_day = matches!(told.value.edtf, Edtf::Point(point) if matches!(point.precision, Precision::Day(_)));
    match told.told_in {
        _ if !whole_day => UNSURE,
        ToldIn::JsonLd => 0,
        ToldIn::OpenGraph => 1,
        ToldIn::Meta => 2,
        ToldIn::Url => 3,
        ToldIn::Microdata => 4,
        ToldIn::Dateline => 5,
        ToldIn::TimeElement => 6,
        _ => 7,
    }
}

impl Days {
    /// The days that hold, as of the day of the capture where that is known.
    pub fn choose(mut self, unsure: &[(Span, Date, Date)], captured: Option<Date>) -> Chosen {
        let mut chosen = Chosen::default();
        if let Some(captured) = captured {
            let future =
                [&mut self.published, &mut self.modified].map(|days| take_future(days, captured));
            chosen.notes.extend(future.iter().flatten().next().map(|day| {
                let message = format!(
                    "The page gives {} as a day of its own, and was captured on {captured}.",
                    named(day)
                );
                note(NoteCode::DateImpossible, message)
            }));
        }
        self.published.sort_by_key(trust);
        self.modified.sort_by_key(trust);
        chosen.modified = self.modified.first().map(|first| own_day(first, &self.modified).clone());
        chosen.published =
            self.published.first().map(|first| own_day(first, &self.published).clone());
        match &chosen.published {
            Some(day) => {
                let other = self.published.iter().find(|other| !agree(&day.value, &other.value));
                chosen.notes.extend(other.map(|other| {
                    let message = format!(
                        "The page gives two days of publication, {} and {}; the first was used.",
                        named(day),
                        named(other)
                    );
                    note(NoteCode::DateAmbiguous, message)
                }));
            }
            None => chosen.notes.extend(unsure.first().map(|(span, one, other)| {
                let message = format!(
                    "The page's day of publication can mean {one} or {other}; neither was used."
                );
                Note::new(NoteCode::DateAmbiguous, *span, message)
            })),
        }
        if let (Some(published), Some(modified)) = (&chosen.published, &chosen.modified)
            && modified.value.latest() < published.value.earliest()
            && !agree(&published.value, &modified.value)
        {
            let message = format!(
                "The page gives a last change, {}, before its publication, {}.",
                named(modified),
                named(published)
            );
            chosen.notes.push(note(NoteCode::DateAmbiguous, message));
        }
        if chosen.published.is_none() {
            chosen.published = chosen.modified.as_ref().and_then(by);
        }
        chosen
    }
}

/// On or before a day: what was changed then had been published by then.
fn by(modified: &Told<UncertainDate>) -> Option<Told<UncertainDate>> {
    Some(Told { value: published::by(&modified.value)?, told_in: modified.told_in })
}

/// The same moment as its outlet counts days: a time in UTC can lie on another day than the outlet's own.
fn own_day<'a>(
    first: &'a Told<UncertainDate>,
    days: &'a [Told<UncertainDate>],
) -> &'a Told<UncertainDate> {
    let own = |other: &&Told<UncertainDate>| {
        clash(&first.value, &other.value)
            && agree(&first.value, &other.value)
            && !is_utc(&other.value.wording)
            && trust(other) < UNSURE
    };
    if is_utc(&first.value.wording) { days.iter().find(own).unwrap_or(first) } else { first }
}

/// Takes out the days that a capture of that day cannot have had, and gives the first of them.
fn take_future(days: &mut Vec<Told<UncertainDate>>, captured: Date) -> Option<Told<UncertainDate>> {
    // East of the archive a day begins earlier.
    let last = captured.tomorrow().unwrap_or(captured);
    let future = |day: &Told<UncertainDate>| day.value.earliest().is_some_and(|day| day > last);
    let first = days.iter().find(|day| future(day)).cloned();
    days.retain(|day| !future(day));
    first
}

fn named(day: &Told<UncertainDate>) -> String {
    format!("{} ({})", day.value.edtf, day.told_in.code().replace('_', " "))
}

fn note(code: NoteCode, message: String) -> Note {
    Note::new(code, Span::new(0, 0), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(days: &[(ToldIn, &str)]) -> Vec<Told<UncertainDate>> {
        let read = |wording: &&str| published::read(wording).unwrap();
        days.iter()
            .map(|(told_in, wording)| Told { value: read(wording), told_in: *told_in })
            .collect()
    }

    /// Published, modified and the codes of notes, of a page captured on 2020-12-01.
    fn check(published: &[(ToldIn, &str)], modified: &[(ToldIn, &str)], expected: &str) {
        let days = Days { published: told(published), modified: told(modified) };
        let chosen = days.choose(&[], Some(jiff::civil::date(2020, 12, 1)));
        let day = |day: &Option<Told<UncertainDate>>| {
            day.as_ref()
                .map_or_else(String::new, |day| format!("{} {}", day.value.edtf, day.told_in))
        };
        let notes: Vec<&str> = chosen.notes.iter().map(|note| note.code.code()).collect();
        let found =
            format!("{}|{}|{}", day(&chosen.published), day(&chosen.modified), notes.join("+"));
        assert_eq!(found, expected, "{published:?} {modified:?}");
    }

    #[test]
    fn the_order_of_sources_is_fixed_and_another_day_is_noted() {
        use ToldIn::{Dateline, JsonLd, Meta, Url};
        check(&[(Meta, "2020-10-03"), (JsonLd, "2020-10-03T10:00")], &[], "2020-10-03 json_ld||");
        check(
            &[(Meta, "2020-10-03"), (JsonLd, "2020-10-05")],
            &[],
            "2020-10-05 json_ld||date-ambiguous",
        );
        check(&[(Url, "2020-10"), (Dateline, "2020-10-03")], &[], "2020-10-03 dateline||");
        check(&[(Url, "2020-10")], &[], "2020-10 url||");
    }

    #[test]
    fn one_moment_in_two_zones_is_no_conflict() {
        use ToldIn::{Dateline, JsonLd, OpenGraph};
        let zoned = (OpenGraph, "2020-10-03T01:30:00+03:00");
        check(&[(JsonLd, "2020-10-02T22:30:00Z"), zoned], &[], "2020-10-03 open_graph||");
        check(
            &[(JsonLd, "2020-10-02T22:30:00Z"), (Dateline, "2020-10-03")],
            &[],
            "2020-10-03 dateline||",
        );
        check(
            &[(JsonLd, "2020-10-01T02:30:00Z"), (Dateline, "2020-10-03")],
            &[],
            "2020-10-01 json_ld||date-ambiguous",
        );
    }

    #[test]
    fn a_day_after_the_capture_is_passed_over() {
        use ToldIn::{JsonLd, Meta};
        check(
            &[(JsonLd, "2021-10-03"), (Meta, "2020-10-03")],
            &[],
            "2020-10-03 meta||date-impossible",
        );
        check(&[(JsonLd, "2020-12-02T01:00:00+08:00")], &[], "2020-12-02 json_ld||");
    }

    #[test]
    fn a_change_says_by_when_a_page_was_published_and_not_before() {
        use ToldIn::{JsonLd, Meta};
        check(&[], &[(Meta, "2020-10-05")], "../2020-10-05 meta|2020-10-05 meta|");
        check(
            &[(JsonLd, "2020-10-03")],
            &[(Meta, "2020-09-01")],
            "2020-10-03 json_ld|2020-09-01 meta|date-ambiguous",
        );
    }
}
