//! Takes the dossiers of a day and what changed up to it, gives what an analyst reads in the morning.
//! Invariant: only live promises are due or quiet; a day that is not known makes nothing due.

use crate::shapes::{
    brief::{DuePart, OpenPart, QuietPart, ReversalPart},
    diff::DiffShape,
    dossier::{BecausePart, DossierShape, SpanPart, TermPart},
};
use jiff::{ToSpan, civil::Date};
use sulh_ledger::rules::{denial::Upheld, transition::State};

/// How many days ahead a promise is due.
pub const DUE_DAYS: i32 = 7;
/// After how many days without a report a promise is quiet.
pub const QUIET_DAYS: i32 = 14;

/// Every change that went back.
pub fn reversals(changed: &[DiffShape]) -> Vec<ReversalPart> {
    let each = changed.iter().flat_map(|diff| {
        let back = diff.changes.iter().filter(|part| part.change.reversal().is_some());
        back.map(|part| ReversalPart { agreement: diff.agreement.clone(), change: part.clone() })
    });
    each.collect()
}

/// The live promises whose last day lies in the days to come, the nearest first.
pub fn due(dossiers: &[DossierShape], today: Date) -> Vec<DuePart> {
    let mut found: Vec<DuePart> = live(dossiers)
        .filter_map(|(dossier, term)| {
            let deadline = term.deadline.as_ref()?;
            let days_left = days(today, deadline.latest.as_deref()?.parse().ok()?)?;
            (0..=DUE_DAYS).contains(&days_left).then(|| DuePart {
                agreement: dossier.into(),
                term: term.id.clone(),
                text: term.text.clone(),
                deadline: deadline.clone(),
                days_left,
                reported: term.reported.clone(),
            })
        })
        .collect();
    found.sort_by_key(|due| due.days_left);
    found
}

/// The live promises of which nothing has been published for long, the longest first. `published` says
/// when the page of a span was last published.
pub fn quiet(
    dossiers: &[DossierShape],
    today: Date,
    published: impl Fn(&SpanPart) -> Option<Date>,
) -> Vec<QuietPart> {
    let mut found: Vec<QuietPart> = live(dossiers)
        .filter_map(|(dossier, term)| {
            let spans = term.because.iter().flat_map(|part| &part.spans);
            let last = spans.filter_map(&published).max()?;
            let days = days(last, today)?;
            (days >= QUIET_DAYS).then(|| QuietPart {
                agreement: dossier.into(),
                term: term.id.clone(),
                text: term.text.clone(),
                last_published: last.to_string(),
                days,
                reported: term.reported.clone(),
            })
        })
        .collect();
    found.sort_by_key(|quiet| -quiet.days);
    found
}

/// What is claimed, disputed or contradicted, and what would settle it.
pub fn open(dossiers: &[DossierShape]) -> Vec<OpenPart> {
    let each = dossiers.iter().flat_map(|dossier| {
        let open = dossier.becauses().filter(|part| is_open(part));
        open.map(|part| OpenPart {
            agreement: dossier.into(),
            proposition: part.proposition.clone(),
            grade: part.grade,
            would_change: part.would_change.clone(),
        })
    });
    each.collect()
}

fn is_open(part: &BecausePart) -> bool {
    let upheld = Upheld::from_code(part.grade).unwrap_or(Upheld::None);
    let said = !part.lines.is_empty();
    said && matches!(upheld, Upheld::Claimed | Upheld::Disputed | Upheld::Contradicted)
}

fn live(dossiers: &[DossierShape]) -> impl Iterator<Item = (&DossierShape, &TermPart)> {
    let is_live = |term: &TermPart| {
        let reported = State::from_code(term.reported.state).is_some_and(State::is_live);
        let untold = term.reported.state == State::NotAgreed.code();
        reported || untold && State::from_code(term.claimed.state).is_some_and(State::is_live)
    };
    dossiers.iter().flat_map(move |dossier| {
        dossier.terms.iter().filter(move |term| is_live(term)).map(move |term| (dossier, term))
    })
}

fn days(from: Date, to: Date) -> Option<i32> {
    from.until(to).ok().map(|span| span.get_days())
}

/// The day before a day; the day itself where there is none.
pub fn day_before(day: Date) -> Date {
    day.checked_sub(1.day()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        samples::{because, dossier, term},
        shapes::parts::{DateShape, date_given},
    };

    const TODAY: &str = "2021-02-10";

    fn promise(state: &'static str, deadline: Option<&str>) -> DossierShape {
        let told = because("t1 agreed", "supported", &["Valley Monitor"]);
        let mut term = term("t1", state, state, vec![told]);
        term.deadline = deadline.map(|text| DateShape::from(&date_given(text, "a test").unwrap()));
        dossier(vec![term])
    }

    #[test]
    fn only_a_live_promise_whose_last_day_is_near_is_due() {
        let check = |state, deadline, expected: Option<i32>| {
            let found = due(&[promise(state, deadline)], TODAY.parse().unwrap());
            assert_eq!(found.first().map(|due| due.days_left), expected, "{state} {deadline:?}");
        };
        check("pending supported", Some("2021-02-10"), Some(0));
        check("under_way supported", Some("2021-02-17"), Some(7));
        check("pending supported", Some("2021-02-18"), None);
        check("pending supported", Some("2021-02-09"), None);
        check("pending supported", Some("2021-02-12/.."), None);
        check("pending supported", None, None);
        check("done supported", Some("2021-02-12"), None);
    }

    #[test]
    fn only_a_live_promise_nobody_writes_of_is_quiet() {
        let check = |state, last: Option<&str>, expected: Option<i32>| {
            let published = |_: &SpanPart| last.map(|day| day.parse().unwrap());
            let found = quiet(&[promise(state, None)], TODAY.parse().unwrap(), published);
            assert_eq!(found.first().map(|quiet| quiet.days), expected, "{state} {last:?}");
        };
        check("binding supported", Some("2021-01-27"), Some(14));
        check("binding supported", Some("2021-01-28"), None);
        check("binding supported", Some("2020-01-27"), Some(380));
        check("done supported", Some("2021-01-01"), None);
        check("pending supported", None, None);
    }

    #[test]
    fn what_is_claimed_or_disputed_is_open_and_what_is_supported_is_not() {
        let check = |grade, voices: &[&str], expected: usize| {
            let told = because("t1.1 begun", grade, voices);
            let term = term("t1", "pending supported", "under_way claimed", vec![told]);
            assert_eq!(open(&[dossier(vec![term])]).len(), expected, "{grade}");
        };
        check("claimed", &["Ford Daily"], 1);
        check("disputed", &["Ford Daily", "no:Ridge Voice"], 1);
        check("supported", &["Ford Daily"], 0);
        check("none", &["no:Ridge Voice"], 0);
    }
}
