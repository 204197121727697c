//! Takes the word lists of rules/dates, gives for each word all that it can mean in a date.
//! Invariant: the lists are part of the program; a test reads every one of them.

use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};
use sulh_model::edtf::Season;

/// A step of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// What a word before a date says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    By,
    Until,
    Since,
    After,
    For,
    Within,
}

/// A month as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MonthName {
    pub number: i8,
    /// "Oct": only beside a number.
    pub short: bool,
    /// "may", "march": an English word besides.
    pub also_word: bool,
}

/// All that one word can mean here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub month: Option<MonthName>,
    /// From Monday, 1; true when short.
    pub weekday: Option<(i8, bool)>,
    pub season: Option<Season>,
    pub unit: Option<Unit>,
    pub number: Option<i64>,
    pub lead: Option<Lead>,
    roles: u32,
}

/// A list a word can stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    MonthLead,
    YearLead,
    Deed,
    Counted,
    Vague,
    About,
    Around,
    RangeOpen,
    RangeJoin,
    Future,
    Past,
    Either,
    Promise,
    Deadline,
    NotVerb,
    Break,
    NameAfter,
    NameBefore,
}

impl Word {
    pub(super) fn is(&self, role: Role) -> bool {
        self.roles & (1 << role as u32) != 0
    }
}

/// What `text` can mean; nothing for a word no list holds.
pub(super) fn look_up(text: &str) -> Option<&'static Word> {
    /// Longer than every word of the lists: no need to look.
    const WORD_BYTES_MAX: usize = 16;
    if text.len() > WORD_BYTES_MAX {
        return None;
    }
    WORDS.get(text.to_ascii_lowercase().as_str())
}

#[derive(Deserialize)]
struct Calendar {
    months: Months,
    weekdays: Weekdays,
    seasons: BTreeMap<String, String>,
    years: Years,
}

#[derive(Deserialize)]
struct Months {
    full: Vec<String>,
    short: BTreeMap<String, i8>,
    also_words: Vec<String>,
    leads: Vec<String>,
}

#[derive(Deserialize)]
struct Weekdays {
    full: Vec<String>,
    short: BTreeMap<String, i8>,
}

#[derive(Deserialize)]
struct Years {
    leads: Vec<String>,
    deeds: Vec<String>,
    counted: Vec<String>,
}

#[derive(Deserialize)]
struct Relative {
    units: BTreeMap<String, Unit>,
    numbers: BTreeMap<String, i64>,
    vague: Vague,
}

#[derive(Deserialize)]
struct Vague {
    words: Vec<String>,
    about: Vec<String>,
}

#[derive(Deserialize)]
struct Context {
    tense: BTreeMap<String, Vec<String>>,
    anchors: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Ranges {
    ranges: RangeWords,
}

#[derive(Deserialize)]
struct RangeWords {
    opens: Vec<String>,
    joins: Vec<String>,
}

#[derive(Deserialize)]
struct Names {
    names: NameWords,
}

#[derive(Deserialize)]
struct NameWords {
    after: Vec<String>,
    before: Vec<String>,
}

static WORDS: LazyLock<BTreeMap<String, Word>> = LazyLock::new(|| {
    let mut words = BTreeMap::new();
    add_calendar(&mut words, read(include_str!("../../../../rules/dates/calendar.toml")));
    add_relative(&mut words, read(include_str!("../../../../rules/dates/relative.toml")));
    add_context(&mut words, &read(include_str!("../../../../rules/dates/context.toml")));
    let ranges: Ranges = read(include_str!("../../../../rules/dates/ranges.toml"));
    add_role(&mut words, &ranges.ranges.opens, Role::RangeOpen);
    add_role(&mut words, &ranges.ranges.joins, Role::RangeJoin);
    let names: Names = read(include_str!("../../../../rules/dates/names.toml"));
    add_role(&mut words, &names.names.after, Role::NameAfter);
    add_role(&mut words, &names.names.before, Role::NameBefore);
    words
});

#[expect(
    clippy::expect_used,
    reason = "the files are compiled in: a broken one is a broken build, and every test reads them"
)]
fn read<Lists: for<'de> Deserialize<'de>>(file: &str) -> Lists {
    toml::from_str(file).expect("rules/dates holds the word lists the dates reader knows")
}

fn add_calendar(words: &mut BTreeMap<String, Word>, calendar: Calendar) {
    let months = calendar.months;
    for (number, name) in (1..).zip(months.full) {
        let also_word = months.also_words.contains(&name);
        words.entry(name).or_default().month = Some(MonthName { number, short: false, also_word });
    }
    for (name, number) in months.short {
        let month = MonthName { number, short: true, also_word: false };
        words.entry(name).or_default().month = Some(month);
    }
    for (number, name) in (1..).zip(calendar.weekdays.full) {
        words.entry(name).or_default().weekday = Some((number, false));
    }
    for (name, number) in calendar.weekdays.short {
        words.entry(name).or_default().weekday = Some((number, true));
    }
    for (name, code) in calendar.seasons {
        words.entry(name).or_default().season = Season::from_code(&code);
    }
    add_role(words, &months.leads, Role::MonthLead);
    add_role(words, &calendar.years.leads, Role::YearLead);
    add_role(words, &calendar.years.deeds, Role::Deed);
    add_role(words, &calendar.years.counted, Role::Counted);
}

fn add_relative(words: &mut BTreeMap<String, Word>, relative: Relative) {
    for (name, unit) in relative.units {
        words.entry(name).or_default().unit = Some(unit);
    }
    for (name, number) in relative.numbers {
        words.entry(name).or_default().number = Some(number);
    }
    add_role(words, &relative.vague.words, Role::Vague);
    add_role(words, &relative.vague.about, Role::About);
}

fn add_context(words: &mut BTreeMap<String, Word>, context: &Context) {
    let roles = [
        ("future", Role::Future),
        ("past", Role::Past),
        ("either", Role::Either),
        ("promises", Role::Promise),
        ("deadlines", Role::Deadline),
        ("not_verbs", Role::NotVerb),
        ("breaks", Role::Break),
    ];
    for (name, role) in roles {
        add_role(words, context.tense.get(name).map_or(&[], Vec::as_slice), role);
    }
    let leads = [
        ("by", Lead::By),
        ("until", Lead::Until),
        ("since", Lead::Since),
        ("after", Lead::After),
        ("for", Lead::For),
        ("within", Lead::Within),
    ];
    for (name, lead) in leads {
        for word in context.anchors.get(name).into_iter().flatten() {
            words.entry(word.clone()).or_default().lead = Some(lead);
        }
    }
    add_role(words, context.anchors.get("around").map_or(&[], Vec::as_slice), Role::Around);
}

fn add_role(words: &mut BTreeMap<String, Word>, list: &[String], role: Role) {
    for word in list {
        words.entry(word.clone()).or_default().roles |= 1 << role as u32;
    }
}
