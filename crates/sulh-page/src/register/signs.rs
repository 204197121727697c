//! Takes one paragraph and what stands before it, gives the signs of register it shows.
//! Invariant: words inside quotation marks never show a sign; `outside` holds the others.

use super::{Phrases, Register};
use crate::{bullets, quotes, wording};

macro_rules! signs {
    ($($(#[$meta:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// One trait of register. The codes are the names in the rule file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Sign { $($(#[$meta])* $variant),+ }

        impl Sign {
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

signs! {
    FirstPerson = "first-person",
    FirstPersonPlural = "first-person-plural",
    SecondPerson = "second-person",
    Address = "address",
    Slang = "slang",
    Opinion = "opinion",
    Meta = "meta",
    Contraction = "contraction",
    Attribution = "attribution",
    ReportVerb = "report-verb",
    CalendarDay = "calendar-day",
    ListItem = "list-item",
    WellFormed = "well-formed",
    Named = "named",
    LowerCaseStart = "lower-case-start",
    DoubledPunctuation = "doubled-punctuation",
    Ellipsis = "ellipsis",
    Exclamation = "exclamation",
    Question = "question",
    Mention = "mention",
    PastedLink = "pasted-link",
    Emoji = "emoji",
    Shouting = "shouting",
    ShortFragment = "short-fragment",
    /// Repeats a sentence of the text above, word for word.
    Echo = "echo",
    /// Shares no word of weight with the text above.
    OffTopic = "off-topic",
    Advert = "advert",
}

/// What a paragraph is shows within so many bytes.
const PARAGRAPH_BYTES_MAX: usize = 64 << 10;

/// A paragraph as the signs see it.
pub(crate) struct Sighting<'a> {
    /// All its words.
    pub text: &'a str,
    /// The words outside quotation marks.
    pub outside: String,
    /// `outside`, folded.
    pub words: Vec<String>,
    /// It is an item of a list.
    pub listed: bool,
    /// It repeats the text above.
    pub echo: bool,
    /// It shares no word of weight with the text above.
    pub off_topic: bool,
    /// The language of the page, where it is known.
    pub language: Option<&'a str>,
}

/// The signs a paragraph shows, and how often.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown(pub Vec<(Sign, u32)>);

impl<'a> Sighting<'a> {
    pub fn new(text: &'a str, outside: String, listed: bool) -> Self {
        let words = wording::words(wording::opening(&outside, PARAGRAPH_BYTES_MAX));
        Self { text, outside, words, listed, echo: false, off_topic: false, language: None }
    }

    /// A line with nothing before it.
    pub fn alone(line: &'a str, language: Option<&'a str>) -> Self {
        let mark = bullets::mark_length(line);
        let line = &line[mark..];
        Self { language, ..Self::new(line, quotes::outside(line), mark > 0) }
    }
}

impl Shown {
    /// True when the sign of a name is among them.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(sign, _)| sign.code() == name)
    }
}

impl Sign {
    /// How often a paragraph shows this sign.
    pub fn times(self, seen: &Sighting<'_>, phrases: &Phrases, register: &Register) -> u32 {
        let outside = seen.outside.trim();
        let once = u32::from;
        match self {
            Self::FirstPerson => first_person(outside, phrases, &seen.words),
            Self::CalendarDay => {
                calendar_days(&seen.words) + count(phrases.found(&seen.words).count())
            }
            Self::ListItem => once(seen.listed),
            Self::WellFormed => once(is_well_formed(seen, outside)),
            Self::Named => named(outside),
            Self::LowerCaseStart => once(!seen.listed && starts_lower(seen.text)),
            Self::DoubledPunctuation => doubled_punctuation(seen, outside),
            Self::Ellipsis => {
                count(outside.matches('…').count() + outside.split("...").count() - 1)
            }
            Self::Exclamation => count(outside.matches('!').count()),
            Self::Question => count(outside.matches('?').count()),
            Self::Mention => once(outside.split_whitespace().next().is_some_and(is_mention)),
            Self::PastedLink => once(has_link(outside)),
            Self::Emoji => emoji(outside),
            Self::Shouting => once(is_shouting(outside)),
            Self::ShortFragment => once(
                !seen.listed
                    && outside.len() == seen.text.trim().len()
                    && is_fragment(outside, &seen.words),
            ),
            Self::Echo => once(seen.echo),
            Self::OffTopic => once(seen.off_topic),
            Self::Advert => once(register.is_advert_in_report(seen.text)),
            _ => count(phrases.found(&seen.words).count()),
        }
    }
}

/// A link pasted into running text.
fn has_link(text: &str) -> bool {
    text.contains("http://")
        || text.contains("https://")
        || text.split_whitespace().any(|word| word.starts_with("www."))
}

fn count(times: usize) -> u32 {
    u32::try_from(times).unwrap_or(u32::MAX)
}

/// "Phase I", "World War I" are numbers: an `I` behind a capitalised word inside a sentence does not count.
fn first_person(outside: &str, phrases: &Phrases, words: &[String]) -> u32 {
    let mut numerals = 0;
    let mut before = "";
    for word in outside.split_whitespace() {
        let numeral = word.trim_end_matches([',', '.', ';', ':']) == "I";
        let name = before.starts_with(char::is_uppercase)
            && before.len() > 2
            && !before.ends_with(['.', ',', '!', '?', ':', '…']);
        numerals += usize::from(numeral && name);
        before = word;
    }
    count(phrases.found(words).count().saturating_sub(numerals))
}

fn calendar_days(words: &[String]) -> u32 {
    const WEEKDAYS: [&str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let number = |word: Option<&String>| {
        word.is_some_and(|word| word.trim_end_matches(char::is_alphabetic).parse::<u16>().is_ok())
    };
    let mut days = 0;
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        let dated = wording::month(word).is_some() && (number(words.get(at + 1)) || number(before));
        days += usize::from(dated || WEEKDAYS.contains(&word.as_str()));
    }
    count(days)
}

fn starts_lower(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("");
    // "al-Shabaab left", "el-Fasher fell": an article of a name is small.
    let name = first.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase));
    first.starts_with(char::is_lowercase)
        && !name
        && !first.contains("://")
        && !first.starts_with("www.")
}

fn is_well_formed(seen: &Sighting<'_>, outside: &str) -> bool {
    seen.words.len() >= 8
        && outside.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && outside.ends_with(['.', ';', ':'])
        && !outside.ends_with("..")
        && doubled_punctuation(seen, outside) == 0
        && !outside.contains(['!', '…'])
}

/// Names of several capitalised words inside a sentence.
fn named(outside: &str) -> u32 {
    let mut names = 0;
    let mut run = 0;
    for (at, word) in outside.split_whitespace().enumerate() {
        let clean = word.trim_matches(|c: char| !c.is_alphanumeric());
        let shouted = clean.chars().count() > 1 && clean.chars().all(|c| c.is_uppercase());
        let capital =
            at > 0 && clean.starts_with(char::is_uppercase) && clean.len() > 1 && !shouted;
        run = if capital { run + 1 } else { 0 };
        names += usize::from(run == 2);
    }
    count(names)
}

/// "??", "!!", or a space before a mark: "Great , another". French has a space before some marks, and a quotation
/// that was left out leaves one behind.
fn doubled_punctuation(seen: &Sighting<'_>, outside: &str) -> u32 {
    let twice = pairs(outside, |before, c| {
        let mark = matches!(c, '!' | '?' | ',');
        mark && before == c || matches!((before, c), ('!', '?') | ('?', '!'))
    });
    let spaced = |before, c| before == ' ' && matches!(c, '!' | '?' | ',');
    let spaced = match seen.language {
        Some("fr") => 0,
        _ => pairs(outside, spaced).min(pairs(seen.text, spaced)),
    };
    count(twice + spaced)
}

/// How many characters stand behind another so.
fn pairs(text: &str, so: impl Fn(char, char) -> bool) -> usize {
    text.chars().zip(text.chars().skip(1)).filter(|(before, c)| so(*before, *c)).count()
}

fn is_mention(word: &str) -> bool {
    word.strip_prefix('@').is_some_and(|name| name.starts_with(char::is_alphanumeric))
}

fn emoji(outside: &str) -> u32 {
    let face = |word: &str| {
        matches!(
            word,
            ":)" | ":-)" | ":(" | ":-(" | ";)" | ";-)" | ":D" | ":P" | "XD" | "xD" | "<3" | ":/"
        )
    };
    let picture = |c: char| matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{2604}' | '\u{2607}'..='\u{26FF}' | '\u{2764}' | '\u{270A}'..='\u{270D}');
    count(
        outside.chars().filter(|c| picture(*c)).count()
            + outside.split_whitespace().filter(|word| face(word)).count(),
    )
}

/// Several words of several letters, nearly all in capitals.
fn is_shouting(outside: &str) -> bool {
    let (mut loud, mut all) = (0_usize, 0_usize);
    for word in outside
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2)
    {
        all += 1;
        loud += usize::from(word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase));
    }
    loud >= 3 && loud * 4 >= all * 3
}

fn is_fragment(outside: &str, words: &[String]) -> bool {
    (1..=12).contains(&words.len())
        && !outside.ends_with(['.', ':', ';', ','])
        && !outside.ends_with(['-', '–', '—'])
}
