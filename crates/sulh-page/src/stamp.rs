//! Takes a short line of a page, gives whether it says when something was posted, and the day where that is sure.
//! Invariant: a day is read only where its order is sure: "03/04/2021" and "3 days ago" give none.

use crate::wording;
use jiff::civil::Date;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// Shipped with the crate; a test reads it and tries its lines. Were it unreadable, no line would say when.
static SHIPPED: LazyLock<Days> = LazyLock::new(|| Days::parse().unwrap_or_default());

/// A line that says when is no longer.
const STAMP_CHARS_MAX: usize = 60;

/// "il y a 3 ans", with a mark before it.
const AGO_WORDS_MAX: usize = 6;

/// What hands over to a name is shorter.
const OPENING_CHARS_MAX: usize = 24;

/// Letters a month is known by where the list has only its beginning.
const MONTH_LETTERS_MIN: usize = 3;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    months: Vec<Vec<String>>,
    /// The same by their first letter.
    #[serde(skip)]
    month_names: BTreeMap<char, Vec<MonthName>>,
    units: BTreeSet<String>,
    before: Vec<String>,
    after: Vec<String>,
    beside: BTreeSet<String>,
    says: Vec<String>,
    opens: Vec<String>,
    closes: Vec<String>,
    posted: Vec<String>,
    changed: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are tried by a test"))]
    says_when: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are tried by a test"))]
    says_nothing: Vec<String>,
}

#[derive(Debug)]
struct MonthName {
    month: i8,
    name: String,
    letters: usize,
}

/// What stands between two separators of a line.
enum Token {
    Number { value: i16, digits: usize },
    Month(i8),
    Clock,
    Beside,
    Word,
}

impl Days {
    fn parse() -> Result<Self, toml::de::Error> {
        let mut days: Self = toml::from_str(include_str!("../../../rules/page/days.toml"))?;
        for (month, name) in (1..)
            .zip(&days.months)
            .flat_map(|(month, names)| names.iter().map(move |name| (month, name)))
        {
            if let Some(first) = name.chars().next() {
                let known = MonthName { month, name: name.clone(), letters: name.chars().count() };
                days.month_names.entry(first).or_default().push(known);
            }
        }
        Ok(days)
    }

    fn month(&self, word: &str) -> Option<i8> {
        let known = |name: &MonthName| {
            word == name.name
                || name.letters >= MONTH_LETTERS_MIN
                    && word.starts_with(name.name.as_str())
                    && word.chars().count() > MONTH_LETTERS_MIN
        };
        let names = self.month_names.get(&word.chars().next()?)?;
        names.iter().find(|name| known(name)).map(|name| name.month)
    }

    fn token(&self, word: &str) -> Token {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let ending = &word[digits.len()..];
        let ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª");
        match digits.parse::<i16>() {
            Ok(value) if ordinal => Token::Number { value, digits: digits.len() },
            _ if is_clock(&word) => Token::Clock,
            // Days in numbers are read from the whole line.
            _ if word.contains(|c: char| c.is_ascii_digit())
                && word.chars().all(|c| c.is_ascii_digit() || "./-:tz+".contains(c)) =>
            {
                Token::Beside
            }
            _ => match self.month(&word) {
                Some(month) => Token::Month(month),
                None if word.is_empty() || self.beside.contains(&word) => Token::Beside,
                None => Token::Word,
            },
        }
    }

    fn tokens(&self, line: &str) -> Vec<Token> {
        parts_of_day(line).map(|word| self.token(word)).collect()
    }

    /// The same for a line in which each is a part of a day or a time.
    fn tokens_of_days(&self, line: &str) -> Option<Vec<Token>> {
        parts_of_day(line)
            .map(|word| Some(self.token(word)).filter(|token| !matches!(token, Token::Word)))
            .collect()
    }

    /// Where the first of some words stands whole in a line.
    fn label(&self, words: &[String], line: &str) -> Option<usize> {
        let borders = line.char_indices().filter(|(_, c)| !c.is_alphanumeric());
        let mut starts = std::iter::once(0).chain(borders.map(|(at, c)| at + c.len_utf8()));
        starts.find(|at| opens_with(&line[*at..], words))
    }

    /// A count and a unit with "ago" around them, or a count and a unit alone ("5h").
    fn is_ago(&self, line: &str) -> bool {
        if line.split_whitespace().nth(AGO_WORDS_MAX).is_some() {
            return false;
        }
        let line = line.trim().trim_matches(['·', '•', '|', '-', '(', ')']).trim().to_lowercase();
        let opened = self.before.iter().find_map(|before| line.strip_prefix(before.as_str()));
        let closed = self.after.iter().find_map(|after| line.strip_suffix(after.as_str()));
        let (marked, core) = match (opened, closed) {
            (Some(core), _) | (None, Some(core)) => (true, core.trim()),
            (None, None) => (false, line.as_str()),
        };
        let core = core.trim_start_matches(['~', '+']).trim();
        let digits = core.len() - core.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (count, unit) = core.split_at(digits);
        let unit = unit.trim().trim_end_matches('.');
        if !count.is_empty() {
            // "2 h" is a stamp, "2 years" a stretch of time.
            return self.units.contains(unit) && (marked || !core.contains(' ') || unit.len() <= 3);
        }
        let mut words = unit.split_whitespace();
        let one = words.next().is_some_and(|word| {
            matches!(
                word,
                "a" | "an"
                    | "one"
                    | "einem"
                    | "einer"
                    | "un"
                    | "une"
                    | "una"
                    | "um"
                    | "uma"
                    | "een"
            )
        });
        marked
            && (one && words.next().is_some_and(|unit| self.units.contains(unit))
                || opened.is_some() && self.units.contains(unit))
    }
}

fn parts_of_day(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| c.is_whitespace() || c == ',' || c == '،').filter(|word| !word.is_empty())
}

/// A line that says when and hardly more.
pub(crate) fn is_stamp(line: &str) -> bool {
    if !wording::at_most_chars(line, STAMP_CHARS_MAX) {
        return false;
    }
    let days = &*SHIPPED;
    if days.is_ago(line) {
        return true;
    }
    // A day and a time of day have figures.
    if !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let Some(tokens) = days.tokens_of_days(line) else { return false };
    has_day(line, &tokens) || tokens.iter().any(|token| matches!(token, Token::Clock))
}

/// Where a line has a word that hands over to what somebody writes ("says", "schrieb"), and the word's length.
pub(crate) fn says_at(line: &str) -> Option<(usize, usize)> {
    let lower = line.to_ascii_lowercase();
    let verbs = lower.match_indices(' ').filter_map(|(blank, _)| {
        let rest = &lower[blank + 1..];
        let whole = |verb: &String| {
            rest.strip_prefix(verb.as_str())
                .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
        };
        let verb = SHIPPED.says.iter().position(whole)?;
        Some((verb, blank + 1))
    });
    // Of several verbs the first of the list is meant, not the first of the line.
    let (verb, at) = verbs.min()?;
    Some((at, SHIPPED.says[verb].len()))
}

/// The day a line names, where its order is sure.
pub(crate) fn day(line: &str) -> Option<Date> {
    if !wording::at_most_chars(line, STAMP_CHARS_MAX * 2)
        || !line.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let tokens = SHIPPED.tokens(line);
    named_day(&tokens).or_else(|| numbered_day(line)).or_else(|| spaced_day(&tokens))
}

/// A name without what may stand behind it: "Samira says:", "Samira (not verified)".
pub(crate) fn without_closing(name: &str) -> &str {
    let ends = |c: char| matches!(c, ':' | ',' | '…') || c.is_whitespace();
    let mut name = name.trim_end_matches(ends).trim_end_matches("...").trim_end();
    for end in &SHIPPED.closes {
        let at = name.len().saturating_sub(end.len());
        if name.get(at..).is_some_and(|tail| tail.to_lowercase() == *end)
            && name[..at].ends_with(' ')
        {
            name = name[..at].trim_end();
        }
    }
    match says_at(name) {
        Some((at, length)) if at + length == name.len() => name[..at].trim_end(),
        _ => name,
    }
}

/// The two days a line in numbers can mean where their order is not sure: "03/04/2021".
pub(crate) fn either_day(line: &str) -> Option<(Date, Date)> {
    let (one, two, year, mark) = numbers_of_day(line)?;
    let month = |number: i16| i8::try_from(number).ok();
    let unsure = mark != '.' && one <= 12 && two <= 12 && one != two;
    if !unsure || !wording::at_most_chars(line, STAMP_CHARS_MAX * 2) {
        return None;
    }
    Some((date(year, month(one)?, two)?, date(year, month(two)?, one)?))
}

/// The part of a line that says when something was published, and the part that says when it was changed.
pub(crate) fn parts(line: &str) -> (Option<&str>, Option<&str>) {
    let (posted, changed) =
        (SHIPPED.label(&SHIPPED.posted, line), SHIPPED.label(&SHIPPED.changed, line));
    match (posted, changed) {
        (_, None) => (Some(line), None),
        (Some(posted), Some(changed)) if posted > changed => {
            (Some(&line[posted..]), Some(&line[changed..posted]))
        }
        (_, Some(changed)) => (Some(&line[..changed]), Some(&line[changed..])),
    }
}

/// True for a line that opens with a word that says that its day is of publication or change.
pub(crate) fn is_labelled(line: &str) -> bool {
    opens_with(line, &SHIPPED.posted) || opens_with(line, &SHIPPED.changed)
}

/// True for a line that opens with one of some lower-cased words, whole.
fn opens_with(line: &str, words: &[String]) -> bool {
    words.iter().any(|word| {
        let mut rest = line.chars();
        let mut folded = rest.by_ref().take(word.chars().count()).flat_map(char::to_lowercase);
        let same = word.chars().all(|c| folded.next() == Some(c)) && folded.next().is_none();
        same && !rest.next().is_some_and(char::is_alphanumeric)
    })
}

/// True for a word that can be part of a day or a time.
pub(crate) fn is_of_day(word: &str) -> bool {
    !matches!(SHIPPED.token(word), Token::Word)
}

/// True for a word that stands between a name and what its owner writes, or hands over to the name.
pub(crate) fn hands_over(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let one_of = |phrase: &String| phrase.split(' ').any(|part| part == word);
    SHIPPED.opens.iter().any(one_of) || SHIPPED.says.contains(&word)
}

/// A line without the number it may open with: "#1 Comment by Old Salt".
pub(crate) fn without_number(line: &str) -> &str {
    let rest = line.trim_start_matches(['#', '(']);
    let rest =
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':']);
    if rest.starts_with(' ') { rest.trim_start() } else { line }
}

/// A line without the words that hand over to a name: "Comment by Old Salt".
pub(crate) fn without_opening(line: &str) -> &str {
    // The longest opening is a few words.
    let head: String = line.chars().take(OPENING_CHARS_MAX).flat_map(char::to_lowercase).collect();
    let opens = |open: &String| {
        let opened = head.strip_prefix(open.as_str()).is_some_and(|rest| rest.starts_with(' '));
        let rest = opened.then(|| line.get(open.len()..)).flatten()?;
        rest.starts_with(' ').then(|| rest.trim_start())
    };
    SHIPPED.opens.iter().find_map(opens).unwrap_or(line)
}

/// The same for a line that opens with what only hands over to a name ("Comment by", "From:"): "By dawn" may go on.
pub(crate) fn behind_head(line: &str) -> Option<&str> {
    let rest = without_opening(line);
    let opening = line[..line.len() - rest.len()].trim_end();
    (opening.ends_with(':') || opening.contains(' ')).then_some(rest)
}

/// What stands behind the last word inside a line that hands over to a name: "Posted on 3 May by Samira".
pub(crate) fn behind_opening(line: &str) -> Option<&str> {
    let starts = line.char_indices().filter(|(_, c)| c.is_whitespace());
    let rests = starts.map(|(at, c)| &line[at + c.len_utf8()..]);
    let mut names = rests.map(|rest| (rest, without_opening(rest)));
    names.rfind(|(rest, name)| name.len() < rest.len()).map(|(_, name)| name)
}

fn has_day(line: &str, tokens: &[Token]) -> bool {
    named_day(tokens).is_some()
        || numbers_of_day(line).is_some()
        || spaced_day(tokens).is_some()
        || tokens.windows(2).any(|pair| {
            matches!(
                pair,
                [Token::Number { value: 1..=31, .. }, Token::Month(_)]
                    | [Token::Month(_), Token::Number { value: 1..=31, .. }]
            )
        })
}

/// "3 October 2020", "October 3, 2020", "3 de octubre de 2020".
fn named_day(tokens: &[Token]) -> Option<Date> {
    let plain: Vec<&Token> =
        tokens.iter().filter(|token| !matches!(token, Token::Beside)).collect();
    plain.windows(3).find_map(|three| match three {
        [
            Token::Number { value: day, digits: ..=2 },
            Token::Month(month),
            Token::Number { value: year, digits: 4 },
        ]
        | [
            Token::Month(month),
            Token::Number { value: day, digits: ..=2 },
            Token::Number { value: year, digits: 4 },
        ]
        | [
            Token::Number { value: year, digits: 4 },
            Token::Month(month),
            Token::Number { value: day, digits: ..=2 },
        ] => date(*year, *month, *day),
        _ => None,
    })
}

/// "14. 01. 2020": points with spaces between, day first as wherever points are written.
fn spaced_day(tokens: &[Token]) -> Option<Date> {
    tokens.windows(3).find_map(|three| match three {
        [
            Token::Number { value: day, digits: ..=2 },
            Token::Number { value: month, digits: 2 },
            Token::Number { value: year, digits: 4 },
        ] => date(*year, i8::try_from(*month).ok()?, *day),
        _ => None,
    })
}

/// "2021-03-04", "4.3.2021", and "24/03/2021", where no month has the number.
fn numbered_day(line: &str) -> Option<Date> {
    let (one, two, three, mark) = numbers_of_day(line)?;
    let month = |number: i16| i8::try_from(number).ok();
    match mark {
        _ if one > 31 => date(one, month(two)?, three),
        '.' => date(three, month(two)?, one),
        _ if one > 12 => date(three, month(two)?, one),
        _ if two > 12 => date(three, month(one)?, two),
        // Both orders name a day: which is meant, the numbers do not say.
        _ if one == two => date(three, month(one)?, two),
        _ => None,
    }
}

/// Three numbers joined by one mark, one of them a year.
fn numbers_of_day(line: &str) -> Option<(i16, i16, i16, char)> {
    line.split(|c: char| c.is_whitespace() || c == ',' || c == 'T').find_map(|word| {
        let word = word.trim_matches(|c: char| !c.is_ascii_digit());
        let mark = word.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
        let numbers: Vec<i16> = word.split(mark).map(str::parse).collect::<Result<_, _>>().ok()?;
        let [one, two, three] = numbers[..] else { return None };
        // "28.01.22": with points between them, two figures at the end are the year.
        let short = mark == '.' && word.len() >= 7 && word[word.len() - 3..].starts_with('.');
        let three = if short && (1..=31).contains(&one) { 2000 + three } else { three };
        let year = |number: i16| (1990..=2199).contains(&number);
        ((year(one) || year(three)) && (1..=31).contains(&two)).then_some((one, two, three, mark))
    })
}

fn date(year: i16, month: i8, day: i16) -> Option<Date> {
    let day = i8::try_from(day).ok()?;
    Date::new(year, month, day).ok().filter(|_| (1900..=2199).contains(&year))
}

fn is_clock(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| c.is_alphabetic());
    let mut parts = word.split(':');
    let hour = parts.next().and_then(|hour| hour.parse::<u8>().ok());
    let rest: Vec<&str> = parts.collect();
    hour.is_some_and(|hour| hour < 25)
        && !rest.is_empty()
        && rest.iter().all(|part| part.len() == 2 && part.parse::<u8>().is_ok_and(|part| part < 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_the_rules_say_when_or_nothing() {
        let days = Days::parse().unwrap();
        for line in &days.says_when {
            assert!(is_stamp(line), "{line}");
        }
        for line in &days.says_nothing {
            assert!(!is_stamp(line), "{line}");
        }
    }

    #[test]
    fn days_are_read_where_their_order_is_sure() {
        let check = |line: &str, expected: Option<&str>| {
            assert_eq!(day(line).map(|day| day.to_string()).as_deref(), expected, "{line}");
        };
        check("21. Jan 2022", Some("2022-01-21"));
        check("Posted on October 3rd, 2020 at 5:13 pm", Some("2020-10-03"));
        check("3 de octubre de 2020", Some("2020-10-03"));
        check("26. März 2004, 16:19", Some("2004-03-26"));
        check("14. 01. 2020, 20:29", Some("2020-01-14"));
        check("12 марта 2022 в 10:05", Some("2022-03-12"));
        check("2021-03-04T10:00", Some("2021-03-04"));
        check("24/03/2021", Some("2021-03-24"));
        check("03/24/2021", Some("2021-03-24"));
        check("28.01.22", Some("2022-01-28"));
        check("Kultur, 2.11.22", Some("2022-11-02"));
        check("1.2.10", None);
        check("28/01/22", None);
        check("03/04/2021", None);
        check("31. Februar 2020", None);
        check("3 days ago", None);
        check("3 October", None);
    }
}
