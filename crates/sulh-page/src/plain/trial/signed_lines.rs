//! Takes a comment's pseudonym, stamp and language, gives the lines a page shows above it.
//! Invariant: a pseudonym has one nickname on a page, an invented one.

use sulh_model::page::Block;

/// Nicknames are two of these words.
const FIRST: [&str; 8] = ["river", "quiet", "old", "north", "salt", "paper", "night", "seven"];
const SECOND: [&str; 9] =
    ["heron", "miner", "kettle", "lantern", "walker", "finch", "harbour", "baker", "stone"];

/// How pages in a language say that somebody wrote, and that it was a while ago.
const WORDS: [(&str, &str, &str); 6] = [
    ("de", "sagt:", "vor 3 Tagen"),
    ("es", "dice:", "hace 3 días"),
    ("fr", "dit :", "il y a 3 jours"),
    ("it", "ha detto:", "3 giorni fa"),
    ("pl", "pisze:", "3 dni temu"),
    ("en", "says:", "3 days ago"),
];

/// The nickname of the writer met as the `number`th on the page at `place`.
pub(super) fn nickname(place: usize, number: usize) -> String {
    // Lists of coprime lengths give every pair of words once before the first comes again.
    let at = place + number;
    let (first, second) = (FIRST[at % FIRST.len()], SECOND[at % SECOND.len()]);
    let name = match number % 3 {
        0 => format!("{first}_{second}"),
        1 => format!("{} {}", capital(first), capital(second)),
        _ => capital(second) + first,
    };
    match number / (FIRST.len() * SECOND.len()) {
        0 => name,
        round => format!("{name}{round}"),
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// The lines above a comment; each page has one of three forms.
pub(super) fn lines(
    comment: &Block,
    name: &str,
    place: usize,
    language: Option<&str>,
) -> Vec<String> {
    let known = WORDS.iter().find(|(code, ..)| language == Some(*code));
    let (_, says, ago) = known.copied().unwrap_or(("en", "says:", "3 days ago"));
    let told = comment.published.as_ref().map(|published| published.wording.trim());
    let stamp = told.filter(|stamp| !stamp.is_empty() && !stamp.contains('\n')).unwrap_or(ago);
    match place % 3 {
        0 => vec![format!("{name} {says}"), stamp.to_owned()],
        1 => vec![name.to_owned(), stamp.to_owned()],
        _ => vec![format!("{name} · {stamp}")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::{page::BlockKind, span::Span};

    #[test]
    fn pages_sign_in_three_forms() {
        let check = |place: usize, language: &str, expected: &[&str]| {
            let comment = Block::new(BlockKind::Comment, Span::new(0, 0));
            assert_eq!(lines(&comment, "Zed", place, Some(language)), expected);
        };
        check(3, "de", &["Zed sagt:", "vor 3 Tagen"]);
        check(4, "fr", &["Zed", "il y a 3 jours"]);
        check(5, "ar", &["Zed · 3 days ago"]);
    }

    #[test]
    fn a_page_has_no_nickname_twice() {
        let names: std::collections::BTreeSet<String> = (0..200).map(|n| nickname(4, n)).collect();
        assert_eq!(names.len(), 200);
    }
}
