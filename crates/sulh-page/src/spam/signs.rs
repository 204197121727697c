//! Takes a comment without its disguise, gives the signs it shows, by the names a person would give them.
//! Invariant: a sign is a number between 0 and the `most` of its rule; a shape counts 0, 1 or the bounded value it names.

use super::{
    links::LinkKind,
    rules::Rules,
    unmask::{BORDER, LINK, NUMBER, Unmasked},
};

/// A sign that is worked out from the shape of a comment.
type Shape = (&'static str, fn(&Unmasked) -> f32);

/// The shapes, by name.
pub(super) const SHAPES: [Shape; 21] = [
    ("link", |seen| flag(others(seen) > 0)),
    ("links-several", |seen| flag(others(seen) > 1)),
    ("link-alone", |seen| flag(others(seen) > 0 && words(seen) == 0)),
    ("link-first", |seen| {
        flag(others(seen) > 0 && seen.words.get(1).is_some_and(|word| word == LINK))
    }),
    ("link-to-article", |seen| flag(has(seen, LinkKind::Article))),
    ("link-to-film", |seen| flag(has(seen, LinkKind::Film))),
    ("link-to-an-offer", |seen| flag(has(seen, LinkKind::Offer))),
    ("link-broken-up", |seen| flag(seen.broken_link)),
    ("mail", |seen| flag(seen.mail)),
    ("telephone", |seen| flag(has_telephone(&seen.text))),
    ("money", |seen| flag(has_money(&seen.text))),
    ("capitals", |seen| flag(is_loud(&seen.text))),
    ("repeated-character", |seen| flag(has_run(&seen.text, |_| true, REPEATED_MIN))),
    ("row-of-marks", |seen| flag(has_run(&seen.text, is_mark, ROW_MIN))),
    ("invisible-characters", |seen| flag(seen.invisible > 0)),
    ("fancy-letters", |seen| flag(seen.fancy >= 3)),
    ("many-pictures", |seen| flag(pictures(&seen.text) >= 4)),
    ("very-short", |seen| flag(words(seen) <= 3)),
    ("nobody-is-addressed", |seen| flag(!addresses(seen))),
    ("long", |seen| flag(words(seen) >= 40)),
    ("very-long", |seen| flag(words(seen) >= 120)),
];

/// Letters a reader repeats for joy are fewer.
const REPEATED_MIN: usize = 6;
/// Sentences of reports are longer.
const SENTENCE_WORDS_MIN: usize = 8;
/// Stars and arrows in a row.
const ROW_MIN: usize = 4;
/// The digits a telephone number has at least, its country's included.
const TELEPHONE_DIGITS_MIN: usize = 8;

/// The signs of a comment with how much of each it shows.
pub(super) fn shown<'a>(seen: &Unmasked, rules: &'a Rules) -> Vec<(&'a str, f32)> {
    let shapes = SHAPES.iter().map(|(name, shape)| (*name, shape(seen)));
    let times = rules.phrases.times(&seen.words);
    let phrases = rules.signs.iter().zip(times);
    let phrases = phrases.map(|(rule, times)| (rule.name.as_str(), times.min(rule.most) as f32));
    let mut shown: Vec<(&str, f32)> =
        shapes.chain(phrases).filter(|(_, value)| *value > 0.0).collect();
    let has = |sign: &String| shown.iter().any(|(name, _)| name == sign);
    let together = rules.together.iter().filter(|rule| rule.of.iter().all(has));
    let together: Vec<(&str, f32)> = together.map(|rule| (rule.name.as_str(), 1.0)).collect();
    shown.extend(together);
    shown
}

/// The names of all signs.
pub(super) fn names(rules: &Rules) -> impl Iterator<Item = &str> {
    let phrases = rules.signs.iter().map(|rule| rule.name.as_str());
    let together = rules.together.iter().map(|rule| rule.name.as_str());
    SHAPES.iter().map(|(name, _)| *name).chain(phrases).chain(together)
}

fn flag(shown: bool) -> f32 {
    f32::from(u8::from(shown))
}

/// The links that lead neither to a film nor to a report.
fn others(seen: &Unmasked) -> usize {
    let sold = |kind: &&LinkKind| matches!(kind, LinkKind::Offer | LinkKind::Other);
    seen.links.iter().filter(sold).count()
}

fn has(seen: &Unmasked, kind: LinkKind) -> bool {
    seen.links.contains(&kind)
}

pub(super) fn words(seen: &Unmasked) -> usize {
    seen.words.iter().filter(|word| ![BORDER, LINK, NUMBER].contains(&word.as_str())).count()
}

/// Sellers speak of themselves or to the reader, give a link or shout; reports and treaties do none of it.
fn addresses(seen: &Unmasked) -> bool {
    const PERSONS: [&str; 22] = [
        "i", "i'm", "im", "i've", "i'll", "my", "me", "mine", "we", "we're", "our", "us", "you",
        "your", "you're", "you'll", "u", "ur", "please", "plz", "guys", "everyone",
    ];
    !seen.links.is_empty()
        || seen.mail
        || seen.text.contains('!')
        || seen.words.iter().any(|word| PERSONS.contains(&word.as_str()))
}

/// A whole sentence that addresses nobody: it may be the report's own, standing where a comment was looked for.
pub(super) fn may_be_of_the_report(seen: &Unmasked) -> bool {
    !addresses(seen)
        && words(seen) >= SENTENCE_WORDS_MIN
        && seen.text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && seen.text.ends_with(['.', ';', ':'])
}

/// Digits with blanks, dashes and brackets between, as a telephone number is written. Counts and years hold commas or fewer.
fn has_telephone(text: &str) -> bool {
    let joins = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '.');
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    text.split(|c| !joins(c)).any(|part| (TELEPHONE_DIGITS_MIN..=15).contains(&digits(part)))
}

fn has_money(text: &str) -> bool {
    let sign = |c: char| matches!(c, '$' | '€' | '£');
    text.split_whitespace()
        .any(|word| word.contains(sign) && word.chars().any(|c| c.is_ascii_digit()))
}

/// Several words of several letters, nearly all in capitals.
fn is_loud(text: &str) -> bool {
    let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let loud = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let all = text.split_whitespace().filter(long);
    let (loud, all) = (all.clone().filter(loud).count(), all.count());
    loud >= 3 && loud * 4 >= all * 3
}

fn has_run(text: &str, counts: impl Fn(char) -> bool, least: usize) -> bool {
    let (mut run, mut before) = (0, ' ');
    text.chars().any(|c| {
        let goes_on = counts(c) && !c.is_whitespace() && c != '.' && (c == before || is_mark(c));
        run = if goes_on { run + 1 } else { 1 };
        before = c;
        goes_on && run >= least
    })
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '★' | '☆' | '>' | '→' | '➤' | '➔' | '►' | '=' | '*' | '~' | '✅' | '⬇' | '👇' | '🔥'
    )
}

fn pictures(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}'))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, comment: &str, expected: bool) {
        let seen = super::super::unmask::unmask(comment);
        let shape = SHAPES.iter().find(|(shape, _)| *shape == name).unwrap().1;
        assert_eq!(shape(&seen) > 0.0, expected, "{name}: {comment}");
    }

    #[test]
    fn shapes_are_seen() {
        check("link-alone", "http://a.example/b", true);
        check("link-alone", "source: http://a.example/b", false);
        check("links-several", "http://a.example http://a.example", false);
        check("telephone", "call (555) 010-01234", true);
        check("telephone", "between 2011 and 2020, 14,000,000 people", false);
        check("telephone", "from 2011-2015", true);
        check("money", "$95 an hour", true);
        check("money", "the $ fell", false);
        check("capitals", "STOP THE SIEGE NOW", true);
        check("capitals", "UN and OSCE met in MINSK", false);
        check("repeated-character", "wooooooow", true);
        check("repeated-character", "so........ what", false);
        check("row-of-marks", "here >>>> go", true);
        check("row-of-marks", "2 > 1", false);
        check("many-pictures", "🔥🔥💰💰 win", true);
    }
}
