//! Takes the examples of rules/dates and random texts, gives failures.
//! Invariant: every example of every file is run, and each file has some.

use super::*;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rows {
    examples: Vec<Example>,
    counter_examples: Vec<CounterExample>,
}

#[derive(Deserialize)]
struct Example {
    text: String,
    published: Option<String>,
    expected: Vec<String>,
    #[serde(default)]
    anchors: Vec<String>,
    #[serde(default)]
    notes: Vec<String>,
}

#[derive(Deserialize)]
struct CounterExample {
    text: String,
    published: String,
}

const FILES: [(&str, &str); 5] = [
    ("calendar", include_str!("../../../../rules/dates/calendar.toml")),
    ("context", include_str!("../../../../rules/dates/context.toml")),
    ("names", include_str!("../../../../rules/dates/names.toml")),
    ("ranges", include_str!("../../../../rules/dates/ranges.toml")),
    ("relative", include_str!("../../../../rules/dates/relative.toml")),
];

fn published(edtf: &str) -> UncertainDate {
    UncertainDate::given(Edtf::parse(edtf).unwrap(), edtf)
}

fn read(text: &str, day: Option<&str>) -> Found {
    let day = day.map(published);
    find(text, Span::new(0, text.len()), day.as_ref())
}

/// Dates, then anchors, then notes, as the example files write them.
fn told(found: &Found) -> (Vec<String>, Vec<String>, Vec<String>) {
    (
        found.mentions.iter().map(|mention| mention.date.edtf.to_string()).collect(),
        found.mentions.iter().map(|m| format!("{:?}", m.anchor).to_lowercase()).collect(),
        found.notes.iter().map(|note| note.code.code().to_owned()).collect(),
    )
}

#[test]
fn examples_read_as_written() {
    let mut wrong = Vec::new();
    for (name, file) in FILES {
        let rows: Rows = toml::from_str(file).unwrap();
        assert!(!rows.examples.is_empty() || !rows.counter_examples.is_empty(), "{name}");
        for row in &rows.examples {
            let (dates, anchors, notes) = told(&read(&row.text, row.published.as_deref()));
            let anchors_differ = !row.anchors.is_empty() && anchors != row.anchors;
            if dates != row.expected || notes != row.notes || anchors_differ {
                wrong.push(format!("{name}: {:?}: {dates:?} {anchors:?} {notes:?}", row.text));
            }
        }
        for row in &rows.counter_examples {
            let found = read(&row.text, Some(&row.published));
            if found != Found::default() {
                wrong.push(format!("{name}: {:?}: {:?}", row.text, told(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_wording_is_the_time_phrase_alone() {
    let check = |text: &str, wording: &[&str]| {
        let found = read(text, Some("2020-10-03"));
        let read: Vec<&str> = found.mentions.iter().map(|m| m.date.wording.as_str()).collect();
        assert_eq!(read, wording, "{text}");
    };
    check("The monitor reported on October 3.", &["October 3"]);
    check("Tension rose in the town last month after arrests.", &["last month"]);
    check(
        "They left between August 27 and September 4, 2018.",
        &["August 27 and September 4, 2018"],
    );
    check("Since late July, nothing.", &["late July"]);
    check("A deal of the 3rd of March 2019.", &["3rd of March 2019"]);
    check("كناكر: On Oct. 2 – calm", &["Oct. 2"]);
}

#[test]
fn only_the_given_stretch_is_read() {
    let text = "Signed on 3 March 2018. Broken on 5 May 2019.";
    let found = find(text, Span::new(24, text.len()), None);
    assert_eq!(told(&found).0, ["2019-05-05"]);
    assert_eq!(found.mentions[0].date.span, Some(Span::new(34, 44)));
    assert_eq!(find("كن", Span::new(1, 3), None), Found::default());
}

#[test]
fn a_counted_date_says_so() {
    let relative = |text: &str| read(text, Some("2020-10-03")).mentions[0].relative;
    assert!(relative("They left last month."));
    assert!(relative("They left on Sunday."));
    assert!(!relative("They left on October 3."));
    assert!(!relative("They left in 2016."));
}

#[test]
fn a_megabyte_of_junk_is_read_in_time() {
    let begun = std::time::Instant::now();
    for junk in ["7", "1/2/", "3-4-", "May ", "two ", "to ", "3 October ", "and ", "\n", "in 2016 "]
    {
        let text = junk.repeat(1_000_000 / junk.len());
        let found = read(&text, Some("2020-10-03"));
        assert!(found.mentions.len() + found.notes.len() <= text.len());
    }
    // About two seconds; anything quadratic takes hours.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

fn some_text() -> impl Strategy<Value = String> {
    let words = vec![
        "3",
        "31",
        "October",
        "Oct.",
        "May",
        "2018",
        "last",
        "next",
        "week",
        "month",
        "Sunday",
        "two",
        "days",
        "ago",
        "later",
        "will",
        "was",
        "left",
        "by",
        "until",
        "from",
        "to",
        "-",
        "–",
        ",",
        ".",
        "the",
        "in",
        "past",
        "9999",
        "years",
        "between",
        "and",
        "early",
        "mid",
        "of",
        "كناكر",
        "today",
        "/",
        "2020-02-31",
        "1/2/2003",
        "hours",
        "within",
        "fall",
        "'s",
        "\n",
    ];
    let word = prop_oneof![8 => prop::sample::select(words).prop_map(str::to_owned), 1 => ".{0,3}"];
    prop::collection::vec((word, any::<bool>()), 0..30).prop_map(|parts| {
        parts.into_iter().map(|(word, gap)| if gap { format!("{word} ") } else { word }).collect()
    })
}

proptest! {
    #[test]
    fn whatever_the_text_spans_fit_and_bounds_are_in_order(
        text in some_text(),
        day in prop::option::of(prop::sample::select(
            vec!["2020-10-03", "2020-02", "2019", "0001-01-01", "9999-12-31", "../2020-10-03"],
        )),
    ) {
        let found = read(&text, day);
        let mut end = 0;
        for mention in &found.mentions {
            let span = mention.date.span.unwrap();
            prop_assert_eq!(span.of(&text), mention.date.wording.as_str());
            prop_assert!(!span.is_empty() && span.start() >= end);
            end = span.end();
            if let (Some(first), Some(last)) = (mention.date.earliest(), mention.date.latest()) {
                prop_assert!(first <= last);
            }
            prop_assert_eq!(Edtf::parse(&mention.date.edtf.to_string()), Some(mention.date.edtf));
        }
        for note in &found.notes {
            prop_assert!(note.span.fits(&text) && !note.span.is_empty());
        }
    }

    #[test]
    fn counted_dates_hold_the_naive_day(
        day in (1950_i16..2090, 1_i8..=12, 1_i8..=28),
        count in 1_i64..40,
        unit in prop::sample::select(vec!["day", "week", "month", "year"]),
    ) {
        let from = Date::new(day.0, day.1, day.2).unwrap();
        let span = jiff::Span::new();
        let span = match unit {
            "day" => span.days(count),
            "week" => span.weeks(count),
            "month" => span.months(count),
            _ => span.years(count),
        };
        let naive = from.checked_sub(span).unwrap();
        let text = format!("They left {count} {unit}s ago.");
        let found = read(&text, Some(&from.to_string()));
        let date = &found.mentions[0].date;
        prop_assert!(date.earliest().unwrap() <= naive && naive <= date.latest().unwrap());
        prop_assert!(date.latest().unwrap() <= from);
        let text = format!("It was so for the past {count} {unit}s.");
        let found = read(&text, Some(&from.to_string()));
        prop_assert_eq!(found.mentions[0].date.earliest(), Some(naive));
    }

    #[test]
    fn weekdays_are_within_a_week_of_the_report(
        day in (1950_i16..2090, 1_i8..=12, 1_i8..=28),
        weekday in prop::sample::select(vec![(1, "Monday"), (4, "Thursday"), (7, "Sunday")]),
    ) {
        let from = Date::new(day.0, day.1, day.2).unwrap();
        let past = read(&format!("It happened on {}.", weekday.1), Some(&from.to_string()));
        let date = past.mentions[0].date.latest().unwrap();
        prop_assert_eq!(date.weekday().to_monday_one_offset(), weekday.0);
        prop_assert!(date <= from && from < date.checked_add(jiff::Span::new().days(7)).unwrap());
    }
}

#[test]
fn at_the_ends_of_the_calendar_a_year_that_cannot_be_written_is_not_guessed() {
    for (day, text) in [
        ("9999-12-31", "It is due next spring, next summer, next month and next year."),
        ("9999-12-31", "It is due in the autumn of next year, or a year later, in winter."),
        ("0001-01-01", "They left last winter, last autumn, last month, two years ago."),
    ] {
        for mention in read(text, Some(day)).mentions {
            assert_eq!(Edtf::parse(&mention.date.edtf.to_string()), Some(mention.date.edtf));
        }
    }
}
