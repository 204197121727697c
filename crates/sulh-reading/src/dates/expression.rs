//! Takes nothing, gives the shapes a time phrase can have before any day is worked out.
//! Invariant: an expression holds what the words say and nothing that the publication adds.

use super::words::Unit;
use sulh_model::edtf::Season;

/// Which one of several is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Plain,
    Last,
    This,
    Next,
}

/// Which part of a week, month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Earlier,
    Later,
}

/// How many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Exactly(i64),
    /// "about two", "more than two".
    About(i64),
    /// "a few", "recent".
    Some,
}

/// The year of a day, month or season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToldYear {
    /// Left to the reader.
    Open,
    Told(i16),
    /// "last year": so many years from that of the publication.
    Off(i16),
}

/// A day as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ToldDay {
    pub year: ToldYear,
    pub month: i8,
    pub day: i8,
    /// From Monday, 1.
    pub weekday: Option<i8>,
}

/// A time phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    Day(ToldDay),
    Month {
        year: ToldYear,
        month: i8,
        which: Which,
    },
    Season {
        year: ToldYear,
        season: Season,
        which: Which,
    },
    Year(i16),
    Weekday {
        weekday: i8,
        which: Which,
    },
    /// Both ends included.
    Range(Box<Self>, Box<Self>),
    /// "today", "yesterday", "last night": from so many days off to so many days off.
    Off(i64, i64),
    /// "last week", "earlier this month".
    Calendar {
        unit: Unit,
        which: Which,
        part: Part,
    },
    /// "the weekend".
    Weekend(Which),
    /// "two days ago".
    Ago(Amount, Unit),
    /// "the past two weeks".
    Past(Amount, Unit),
    /// "the next two weeks".
    Coming(Amount, Unit),
    /// "in two weeks": to come, or how long something took.
    In(Amount, Unit),
    /// "two days later": counted from the date named before; before it when negative.
    Beside(i64, Unit),
    /// "within 48 hours": counted from something the words do not name.
    Uncounted,
    /// Several days fit the words.
    Unclear,
    /// No such day.
    Impossible,
}

impl Expression {
    /// The words count from another day.
    pub(super) fn is_relative(&self) -> bool {
        match self {
            Self::Year(_) | Self::Unclear | Self::Impossible => false,
            Self::Day(day) => matches!(day.year, ToldYear::Off(_)),
            Self::Month { year, which, .. } | Self::Season { year, which, .. } => {
                *which != Which::Plain || matches!(year, ToldYear::Off(_))
            }
            Self::Range(first, last) => first.is_relative() || last.is_relative(),
            _ => true,
        }
    }

    /// The year of a day or month, where it has one of its own.
    pub(super) fn year(&self) -> ToldYear {
        match self {
            Self::Day(day) => day.year,
            Self::Month { year, .. } | Self::Season { year, .. } => *year,
            Self::Year(year) => ToldYear::Told(*year),
            Self::Range(first, last) => match last.year() {
                ToldYear::Open => first.year(),
                year => year,
            },
            _ => ToldYear::Open,
        }
    }

    /// A day or month that leaves its year to the reader.
    pub(super) fn leaves_year_open(&self) -> bool {
        match self {
            Self::Day(day) => day.year == ToldYear::Open,
            Self::Month { year, which, .. } => *year == ToldYear::Open && *which == Which::Plain,
            Self::Range(_, last) => last.leaves_year_open() && self.year() == ToldYear::Open,
            _ => false,
        }
    }
}

/// An expression with the tokens it stands in, `first..end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub expression: Expression,
    pub first: usize,
    pub end: usize,
}

impl Phrase {
    pub(super) fn new(expression: Expression, first: usize, end: usize) -> Self {
        Self { expression, first, end }
    }
}
