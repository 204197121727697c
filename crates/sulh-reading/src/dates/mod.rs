//! Takes a stretch of a page and the day the page was published, gives the times the words name.
//! Invariant: a date is never narrower than its wording, and what the words leave open is a note,
//! never a guess. Reading is linear in the text. The cases are in rules/dates/*.toml.

mod calendar;
mod context;
mod expression;
mod nearest;
mod numeric;
mod range;
mod relative;
mod resolve;
mod steps;
mod tokens;
mod words;

#[cfg(test)]
mod tests;

use context::Tense;
use expression::{Expression, Phrase, ToldYear};
use jiff::civil::Date;
use resolve::Setting;
use sulh_model::{
    edtf::Edtf,
    note::{Note, NoteCode},
    span::Span,
    time::UncertainDate,
};
use tokens::Tokens;

/// How the words place the thing in relation to the date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// On, in or during it.
    At,
    /// Before it as a limit: "by 11 September", "no later than", "before".
    By,
    /// Going on up to it: "until".
    Until,
    /// Going on from it: "since", "from", "as of".
    Since,
    /// Inside a stretch that begins with the publication: "in the coming days".
    Within,
    /// During the whole of it: "for the past two weeks".
    For,
    /// Later than it.
    After,
}

/// One time the words name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeMention {
    /// The days it can mean, with the words; the relation to it stands in `anchor` only.
    pub date: UncertainDate,
    /// How the thing stands to the date.
    pub anchor: Anchor,
    /// The words count from the publication or from another date ("last month", "Sunday");
    /// false for "October 3", whose year alone comes from the publication.
    pub relative: bool,
}

/// The times of a stretch, in the order of the text, with what could not be worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What was worked out.
    pub mentions: Vec<TimeMention>,
    /// What was not.
    pub notes: Vec<Note>,
}

/// The times named in `within`; spans count bytes of the whole `text`.
pub fn find(text: &str, within: Span, published: Option<&UncertainDate>) -> Found {
    let mut found = Found::default();
    let tokens = Tokens::read(text, within);
    let published = published.and_then(|day| day.earliest().zip(day.latest()));
    let mut told = LastTold::default();
    for phrase in range::join(&tokens, phrases(&tokens)) {
        let span = tokens.span(phrase.first, phrase.end);
        let anchor = context::anchor(&tokens, &phrase);
        let tense = context::tense(&tokens, &phrase, anchor);
        if is_silent(&phrase.expression, tense) {
            continue;
        }
        told.pass(&tokens, phrase.first);
        let limit = matches!(anchor, Anchor::By | Anchor::Until);
        let setting = Setting { published, previous: told.days, tense, limit };
        let read = resolve::resolve(&phrase.expression, &setting)
            .and_then(|edtf| told.agrees(&phrase.expression, edtf));
        match read {
            Ok(edtf) => {
                told.keep(&phrase, edtf);
                let around = context::is_around(&tokens, &phrase);
                let edtf = if around { edtf.approximate() } else { edtf };
                let date =
                    UncertainDate { edtf, wording: span.of(text).to_owned(), span: Some(span) };
                let relative = phrase.expression.is_relative();
                found.mentions.push(TimeMention { date, anchor, relative });
            }
            Err(code) => found.notes.push(Note::new(code, span, message(code, span.of(text)))),
        }
    }
    found
}

/// Every phrase of the text, left to right, none overlapping.
fn phrases(tokens: &Tokens<'_>) -> Vec<Phrase> {
    let mut phrases = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match relative::phrase(tokens, at).or_else(|| calendar::phrase(tokens, at)) {
            Some(phrase) => {
                at = phrase.end.max(at + 1);
                phrases.push(phrase);
            }
            None => at += 1,
        }
    }
    phrases
}

/// Phrases that name no time worth a note: how long something took, or some weeks ago.
fn is_silent(expression: &Expression, tense: Tense) -> bool {
    use expression::Amount;
    use words::Unit;
    match expression {
        Expression::In(..) => tense != Tense::Future,
        Expression::Ago(Amount::Some, unit) | Expression::Past(Amount::Some, unit) => {
            !matches!(unit, Unit::Hour | Unit::Day)
        }
        _ => false,
    }
}

/// What the text told before the phrase at hand.
#[derive(Default)]
struct LastTold {
    /// First and last day of the date named last.
    days: Option<(Date, Date)>,
    /// The year of the day or month told in full last, and the sentence it stood in.
    full: Option<(i16, usize)>,
    /// The year that stood alone last, and the token it ended at.
    bare: Option<(i16, usize)>,
    /// The phrase at hand: its first token and its sentence, counted from 0.
    at: usize,
    sentence: usize,
}

impl LastTold {
    /// How many sentences on a year told in full is still heard.
    const SENTENCES_MAX: usize = 1;
    /// How many tokens on a year alone ("the 2016 deal") is: "in 2015 (2 to 13 February)".
    const TOKENS_MAX: usize = 2;

    /// Goes on to a phrase.
    fn pass(&mut self, tokens: &Tokens<'_>, first: usize) {
        self.sentence += (self.at + 1..=first)
            .filter(|at| tokens.get(*at).is_some_and(|token| token.opens_sentence))
            .count();
        self.at = first;
    }

    /// "Signed on 3 March 2018; the buses left on 5 March": the page's own year is no more likely
    /// than 2018, so that a year taken from the publication must agree with the one just told.
    fn agrees(&self, expression: &Expression, edtf: Edtf) -> Result<Edtf, NoteCode> {
        let full =
            self.full.filter(|(_, sentence)| self.sentence - sentence <= Self::SENTENCES_MAX);
        let bare = self.bare.filter(|(_, end)| self.at - end <= Self::TOKENS_MAX);
        let differs = |year: i16| {
            let is = |day: Option<Date>| day.is_some_and(|day| day.year() == year);
            !is(edtf.earliest()) && !is(edtf.latest())
        };
        let clash = full.or(bare).is_some_and(|(year, _)| differs(year));
        if expression.leaves_year_open() && clash { Err(NoteCode::DateAmbiguous) } else { Ok(edtf) }
    }

    fn keep(&mut self, phrase: &Phrase, edtf: Edtf) {
        self.days = edtf.earliest().zip(edtf.latest());
        match (phrase.expression.year(), month_or_day(&phrase.expression)) {
            (ToldYear::Told(year), true) => self.full = Some((year, self.sentence)),
            (ToldYear::Told(year), false) => self.bare = Some((year, phrase.end)),
            _ => {}
        }
    }
}

fn month_or_day(expression: &Expression) -> bool {
    match expression {
        Expression::Day(_) | Expression::Month { .. } => true,
        Expression::Range(first, _) => month_or_day(first),
        _ => false,
    }
}

fn message(code: NoteCode, wording: &str) -> String {
    match code {
        NoteCode::DateAmbiguous => {
            format!("\"{wording}\" can mean more than one day; the words round it do not decide.")
        }
        NoteCode::DateImpossible => format!("\"{wording}\" is no day of the calendar."),
        _ => format!("\"{wording}\" counts from a day that the text and the page do not give."),
    }
}
