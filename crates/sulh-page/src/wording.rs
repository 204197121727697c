//! Takes a stretch of text, gives its words folded for comparison, and small questions about its shape.
//! Invariant: folding never joins two words and never looks at more than the text it is given.

/// Lower-cased words with straight apostrophes; marks at their ends are left out. `@`, `#` and digits stay.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(folded).filter(|word| !word.is_empty()).collect()
}

/// The first so many bytes of a text, up to a border of characters.
pub(crate) fn opening(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max)]
}

/// One word folded.
fn folded(word: &str) -> String {
    let word = word.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '#')));
    word.chars()
        .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// True when text ends the way sentences end, closing quotation marks and brackets aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
    });
    text.ends_with(['.', '!', '?', ':', ';', '…', '。', '؟', '۔'])
}

/// True for text of at most so many characters; long text is not counted to its end.
pub(crate) fn at_most_chars(text: &str, limit: usize) -> bool {
    text.chars().nth(limit).is_none()
}

/// The months in English.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The number of a month named in English, in full or by at least three letters.
pub(crate) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    let short = word.len() == 3 || word == "sept";
    let at = MONTHS.iter().position(|name| *name == word || short && name.starts_with(word))?;
    i8::try_from(at + 1).ok()
}

/// A full day written in English ("3 October 2020", "October 3, 2020") in folded words.
pub(crate) fn full_day(words: &[String]) -> Option<jiff::civil::Date> {
    words.windows(3).find_map(|window| {
        let (day, month) = match (month(&window[0]), month(&window[1])) {
            (None, Some(month)) => (&window[0], month),
            (Some(month), _) => (&window[1], month),
            _ => return None,
        };
        let day = day.trim_end_matches(char::is_alphabetic).parse().ok()?;
        let year = window[2].parse().ok().filter(|year| (1900..=2199).contains(year))?;
        jiff::civil::Date::new(year, month, day).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(words("“Don’t” sign — @Gao_1, (Now)!"), ["don't", "sign", "@gao_1", "now"]);
    }

    #[test]
    fn days_are_read() {
        let check = |text: &str, day: Option<&str>| {
            assert_eq!(full_day(&words(text)).map(|day| day.to_string()).as_deref(), day, "{text}");
        };
        check("By the desk - 3 October 2020", Some("2020-10-03"));
        check("Oct. 3, 2020 at 5:13 pm", Some("2020-10-03"));
        check("31 February 2020", None);
        check("3 October", None);
        check("They may 2 or 2020", None);
    }
}
