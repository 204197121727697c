//! Takes a line, gives the reader who signs the contribution below it ("Samira says:", "Old Salt · 3 days ago").
//! Invariant: the name is a stretch of the line, so that it can be taken out of the text.

use crate::{stamp, stamp::is_stamp, wording};
use jiff::civil::Date;
use std::ops::Range;

/// Names and stamps are short; longer lines are prose.
const LINE_CHARS_MAX: usize = 80;
const NAME_WORDS_MAX: usize = 4;

/// "(UTC)", "(CEST)" and "(talk)", "(обсуждение)".
const ZONE_BYTES_MAX: usize = 10;
const TALK_BYTES_MAX: usize = 40;

/// Who signs, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signature {
    /// Where the name stands in the line.
    pub name: Range<usize>,
    /// The day the line gives in full.
    pub published: Option<Date>,
}

/// Reads a line.
pub(crate) fn read(line: &str) -> Option<Signature> {
    if !wording::at_most_chars(line, LINE_CHARS_MAX) {
        return None;
    }
    let name = says(line).or_else(|| stamped(line))?;
    let words = line[name.clone()].split_whitespace().count();
    let first = line[name.clone()].split_whitespace().next().unwrap_or("").to_lowercase();
    // "The ministry says:" introduces a list of the article.
    let article = matches!(
        first.as_str(),
        "the"
            | "a"
            | "an"
            | "by"
            | "published"
            | "updated"
            | "posted"
            | "it"
            | "he"
            | "she"
            | "joined"
            | "join"
            | "registered"
            | "member"
    );
    let named = (1..=NAME_WORDS_MAX).contains(&words) && !article;
    named.then(|| Signature { name, published: stamp::day(line) })
}

/// Reads a line that hands over to a name: "Submitted by Old Salt on 3 May 2021". An outlet signs so, too.
pub(crate) fn read_by(line: &str) -> Option<Signature> {
    let line = line.trim_end();
    let rest = stamp::without_opening(line);
    if rest.len() == line.len() || !wording::at_most_chars(line, LINE_CHARS_MAX) {
        return None;
    }
    let start = line.len() - rest.len();
    let name = stamped(rest)?;
    Some(Signature { name: start + name.start..start + name.end, published: stamp::day(rest) })
}

/// The head of a line of prose that opens with who and when ("Old Salt (3 May 2021): they lie"), and how long it is.
pub(crate) fn heads_prose(line: &str) -> Option<(Signature, usize)> {
    // A time of day has a colon of its own: the stamp may end behind a later one.
    line.match_indices([':', '\n']).take(4).find_map(|(at, mark)| {
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if mark == ":"
            && figure(line[..at].chars().next_back())
            && figure(line[at + 1..].chars().next())
        {
            return None;
        }
        let head = line.get(..at).filter(|head| wording::at_most_chars(head, LINE_CHARS_MAX))?;
        let whole =
            || read(head).or_else(|| read(&line[..at + mark.len()])).or_else(|| read_by(head));
        let signature = whole().or_else(|| bracketed(head))?;
        Some((signature, at + mark.len()))
    })
}

/// How a page of talk is signed: "They lie. Old Salt (talk) 07:12, 5 April 2016 (UTC)"; gives where the signature starts.
pub(crate) fn signs_off(line: &str) -> Option<(Signature, usize)> {
    let line = line.trim_end();
    let zone =
        line.rfind(" (").filter(|at| line.len() - at <= ZONE_BYTES_MAX && line.ends_with(')'))?;
    let (before, talk) = (&line[..zone], line[..zone].rfind(')')?);
    let stamped = &before[talk + 1..];
    let open = before[..talk].rfind(" (")?;
    let said = &before[..open];
    let start = said.rfind(['.', '?', '!', '—', '–', '\n', '…']).unwrap_or(0);
    let start = start + said[start..].find(|c: char| c.is_alphanumeric())?;
    let words = said[start..].split_whitespace().count();
    let clock = stamped.contains(':') && is_stamp(stamped);
    let good = clock && (1..=NAME_WORDS_MAX).contains(&words) && talk - open <= TALK_BYTES_MAX;
    good.then(|| {
        let published = stamp::day(stamped);
        (Signature { name: trimmed(line, start..open), published }, start)
    })
}

/// "Old Salt (3 May 2021)", "Old Salt, 3 May 2021"
fn bracketed(head: &str) -> Option<Signature> {
    let (name, rest) = head.split_once(['(', '[', ',', '|', '·'])?;
    let stamped = rest.trim_matches(|c: char| matches!(c, ')' | ']') || c.is_whitespace());
    let name = stamp::without_number(name);
    let words = name.split_whitespace().count();
    let start = name.as_ptr() as usize - head.as_ptr() as usize;
    ((1..=NAME_WORDS_MAX).contains(&words) && is_stamp(stamped)).then(|| Signature {
        name: trimmed(head, start..start + name.len()),
        published: stamp::day(stamped),
    })
}

/// Reads a line with the one below it: a name alone, and the stamp on the next line.
pub(crate) fn read_over(line: &str, next: Option<&str>) -> Option<Signature> {
    let named = || {
        let short = (1..=NAME_WORDS_MAX).contains(&line.split_whitespace().count());
        let plain =
            wording::at_most_chars(line, 40) && !line.ends_with(['.', '!', '?', ':', ',', '…']);
        let stamped = next.is_some_and(is_stamp);
        (short && plain && stamped && !is_stamp(line)).then(|| {
            let published = next.and_then(stamp::day);
            Signature { name: trimmed(line, 0..line.len()), published }
        })
    };
    read(line).or_else(named)
}

/// The name a line opens with before a colon: "Vasyl: they will shoot again".
pub(crate) fn opening_name(line: &str) -> Option<&str> {
    let (name, rest) = line.split_once(": ")?;
    let words = name.split_whitespace().count();
    let good =
        words <= 3 && wording::at_most_chars(name, 30) && name.starts_with(char::is_alphanumeric);
    (good && !rest.trim().is_empty()).then_some(name)
}

/// `Samira says:`, `Samira wrote on 3 May 2021:`
fn says(line: &str) -> Option<Range<usize>> {
    let body = line.trim_end();
    let (at, length) = stamp::says_at(body)?;
    let rest = body[at + length..].trim();
    let stamped = matches!(rest, ":" | "..." | "…")
        || rest.ends_with(':') && is_stamp(rest.trim_end_matches(':'))
        || rest.is_empty();
    stamped.then(|| {
        let name = without_ordinal(&line[..at]);
        trimmed(line, at - name.len()..at)
    })
}

/// "2. Lake Aunt" without its number; "7 of 9" is a name.
fn without_ordinal(name: &str) -> &str {
    let rest = name.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.starts_with(['.', ')']) { stamp::without_number(name.trim_start()) } else { name }
}

/// `Old Salt · 3 days ago`, `Samira October 3, 2020 at 5:13 pm`
fn stamped(line: &str) -> Option<Range<usize>> {
    if is_stamp(line) {
        return None;
    }
    let starts =
        line.split_whitespace().map(|word| word.as_ptr() as usize - line.as_ptr() as usize);
    let from = starts.skip(1).take(NAME_WORDS_MAX + 2).find(|at| is_stamp(&line[*at..]))?;
    let name = without_ordinal(&line[..from]);
    Some(trimmed(line, from - name.len()..from))
}

/// The stretch without white space and separating marks at its ends.
fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let edge = |c: char| {
        c.is_whitespace() || matches!(c, '·' | '•' | '|' | ',' | '-' | '–' | '—' | ':' | '@')
    };
    let words = &line[range.clone()];
    let lead = words.len() - words.trim_start_matches(edge).len();
    let length = words.trim_matches(edge).len();
    range.start + lead..range.start + lead + length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(&str, Option<&str>)>) {
        let found = read(line).map(|signature| {
            (line[signature.name].to_owned(), signature.published.map(|day| day.to_string()))
        });
        let found = found.as_ref().map(|(name, day)| (name.as_str(), day.as_deref()));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn signatures() {
        check("Old Salt says:", Some(("Old Salt", None)));
        check("gao_watch wrote on 3 May 2021:", Some(("gao_watch", Some("2021-05-03"))));
        check("Old Salt · 3 days ago", Some(("Old Salt", None)));
        check("Samira  October 3, 2020 at 5:13 pm", Some(("Samira", Some("2020-10-03"))));
        check("2. Lake Aunt wrote on 12 February 2007:", Some(("Lake Aunt", Some("2007-02-12"))));
        check("Goat Price said...", Some(("Goat Price", None)));
        check("@zed, 2 May 2019 10:04", Some(("zed", Some("2019-05-02"))));
    }

    #[test]
    fn talk_is_signed_below() {
        let line = "They lie, all. Old Salt (talk) 07:12, 5 April 2016 (UTC)";
        let (signature, start) = signs_off(line).unwrap();
        assert_eq!((&line[signature.name], &line[..start]), ("Old Salt", "They lie, all. "));
        assert!(signs_off("They met in Aden (Yemen) on 5 April 2016 (Tuesday)").is_none());
    }

    #[test]
    fn a_name_and_a_stamp_on_two_lines() {
        assert!(is_stamp("5 hours ago") && is_stamp("3 May 2021 at 10:04"));
        assert_eq!(
            read_over("Old Salt", Some("5 hours ago")).map(|signature| signature.name),
            Some(0..8)
        );
        assert_eq!(opening_name("Vasyl: again they shoot"), Some("Vasyl"));
        assert_eq!(opening_name("What a day for all of us: none"), None);
    }

    #[test]
    fn a_signature_behind_a_dash() {
        let line = "They lie —Old Salt (talk) 07:12, 5 April 2016 (UTC)";
        let name = signs_off(line).map(|(signature, _)| &line[signature.name]);
        assert_eq!(name, Some("Old Salt"));
        assert_eq!(signs_off("—Ages 4 to 8 (free) and parents (paid)"), None);
    }

    #[test]
    fn no_signatures() {
        check("The ministry says:", None);
        check("The terms of the deal, the paper wrote, are secret.", None);
        check("By our staff - 3 October 2020", None);
        check("The convoy left three days ago.", None);
        check("3 days ago", None);
        check("Joined: 02 May 2004", None);
        assert!(read_over("Marketplace", Some("The convoy left.")).is_none());
    }
}
