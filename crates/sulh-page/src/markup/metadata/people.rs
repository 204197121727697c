//! Takes the words in which a page names its authors, gives their names one by one.
//! Invariant: a name is printed as the page prints it; addresses, accounts and the outlet itself are no authors.

use crate::{stamp, wording};

/// Reports have fewer authors; longer lists are staff pages.
const PEOPLE_MAX: usize = 20;

/// Longer stretches are sentences.
const NAME_WORDS_MAX: usize = 7;
const NAME_CHARS_MAX: usize = 80;

/// What programs write where nobody is named.
const NOBODY: [&str; 16] = [
    "admin",
    "administrator",
    "super user",
    "superuser",
    "root",
    "user",
    "webmaster",
    "author",
    "autor",
    "no author",
    "unknown",
    "anonymous",
    "anónimo",
    "null",
    "undefined",
    "none",
];

/// What stands before a colon and a name.
const LABELS: [&str; 17] = [
    "by",
    "author",
    "text",
    "words",
    "interview",
    "reporting",
    "von",
    "autor",
    "autorin",
    "par",
    "auteur",
    "por",
    "texto",
    "testo",
    "di",
    "автор",
    "بقلم",
];

/// The names in the words of a byline or a `meta` element.
pub(super) fn names(words: &str) -> Vec<String> {
    let mut words = words.trim();
    if is_address(words) {
        return Vec::new();
    }
    // "Text: By A. Writer"
    for _ in 0..2 {
        words = stamp::without_opening(without_label(words)).trim_start_matches([':', ' ']);
    }
    let mut parts = vec![words.to_owned()];
    for border in [";", " / ", "/", " | ", " and ", " und ", " et ", " y ", " & ", ", ", " و "] {
        parts = parts
            .iter()
            .flat_map(|part| part.split(border).map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    let parts = parts.iter().map(|part| part.trim().trim_end_matches(['.', ',', ':']).trim());
    parts.filter(|name| is_name(name)).take(PEOPLE_MAX).map(str::to_owned).collect()
}

/// The words behind a label: "Text: Ann Writer", "Von: Ute Beispiel".
fn without_label(words: &str) -> &str {
    let label = words
        .split_once(':')
        .filter(|(label, _)| LABELS.contains(&label.trim().to_lowercase().as_str()));
    label.map_or(words, |(_, rest)| rest.trim_start())
}

fn is_address(words: &str) -> bool {
    ["://", "www.", ".com/", "facebook.com", "twitter.com"].iter().any(|part| words.contains(part))
}

fn is_name(name: &str) -> bool {
    let folded = name.to_lowercase();
    let words = name.split_whitespace().count();
    (1..=NAME_WORDS_MAX).contains(&words)
        && wording::at_most_chars(name, NAME_CHARS_MAX)
        && name.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !name.contains(['@', '{', '<', '=', ':', '→'])
        && !is_address(&folded)
        && !NOBODY.contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let check = |words: &str, expected: &[&str]| assert_eq!(names(words), expected, "{words}");
        check("By Ann Writer and Bo Editor", &["Ann Writer", "Bo Editor"]);
        check("Text: Ann Writer", &["Ann Writer"]);
        check("Von Ute Beispiel", &["Ute Beispiel"]);
        check("Ann Writer, Bo Editor; C. D. Third", &["Ann Writer", "Bo Editor", "C. D. Third"]);
        check("https://www.facebook.com/gaowire", &[]);
        check("desk@gao.example", &[]);
        check("Super User", &[]);
    }
}
