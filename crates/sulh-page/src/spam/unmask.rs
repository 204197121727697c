//! Takes a comment as it was posted, gives its words, links and marks with what hides them undone.
//! Invariant: work is bounded by `TEXT_BYTES_MAX`; nothing of the page is changed by it.

use super::links::{self, LinkKind};
use std::{borrow::Cow, collections::BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// What stands behind these bytes changes no judgement, and a page can be one paragraph.
const TEXT_BYTES_MAX: usize = 4_000;
/// A tag of HTML is no longer than this; what is longer is text.
const TAG_BYTES_MAX: usize = 1_000;
/// Stands in the words where a sentence begins.
pub(super) const BORDER: &str = ".";
/// Stands in the words for any link.
pub(super) const LINK: &str = "<link>";
/// Stands in the words for any number.
pub(super) const NUMBER: &str = "<number>";

/// A comment without its disguise.
#[derive(Debug, Default)]
pub(super) struct Unmasked {
    /// Its text without tags, invisible characters and fancy letters.
    pub text: String,
    /// Its words folded, links and numbers as placeholders, a border before each sentence.
    pub words: Vec<String>,
    /// The kinds of its links, each address once.
    pub links: Vec<LinkKind>,
    /// A link was written so that no machine should see it: `x dot com`.
    pub broken_link: bool,
    /// An e-mail address stands in it.
    pub mail: bool,
    /// Invisible characters inside the text.
    pub invisible: usize,
    /// Letters of mathematical and other fancy alphabets.
    pub fancy: usize,
}

/// The part of a comment that is judged.
pub(super) fn judged(comment: &str) -> &str {
    &comment[..comment.floor_char_boundary(TEXT_BYTES_MAX)]
}

/// Undoes what hides words: markup, entities, invisible and fancy letters, addresses pulled apart.
pub(super) fn unmask(comment: &str) -> Unmasked {
    let mut found = Unmasked::default();
    let plain = without_tags(&without_entities(judged(comment)));
    let mut text = String::with_capacity(plain.len());
    for c in plain.trim().trim_matches(is_invisible).chars() {
        if is_invisible(c) {
            found.invisible += 1;
        } else if is_fancy(c) {
            found.fancy += 1;
            text.extend(std::iter::once(c).nfkc());
        } else {
            text.push(c);
        }
    }
    let pieces = joined(&text, &mut found.broken_link);
    let mut addresses = BTreeSet::new();
    found.words.push(BORDER.to_owned());
    for piece in pieces.iter().flat_map(|piece| parted(piece)) {
        if links::is_link(piece) {
            found.words.push(LINK.to_owned());
            if addresses.insert(piece.to_owned()) {
                found.links.push(links::kind(piece));
            }
        } else {
            found.mail |= is_mail(piece);
            push_words(piece, &mut found.words);
        }
    }
    found.text = text;
    found
}

fn without_entities(text: &str) -> Cow<'_, str> {
    const ENTITIES: [(&str, &str); 6] = [
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
    ];
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let each = |text: String, (entity, character): (&str, &str)| text.replace(entity, character);
    Cow::Owned(ENTITIES.into_iter().fold(text.to_owned(), each))
}

/// Tags become blanks, the address of an `<a href>` stays.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let named = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let end = rest.find('>').filter(|end| named && *end <= TAG_BYTES_MAX);
        let (tag, after) = rest.split_at(end.map_or(1, |end| end + 1));
        match end {
            Some(_) => {
                plain.push(' ');
                if let Some((address, _)) =
                    tag.split_once("href=\"").and_then(|(_, address)| address.split_once('"'))
                {
                    plain.push_str(address);
                    plain.push(' ');
                }
            }
            None => plain.push_str(tag),
        }
        rest = after;
    }
    plain + rest
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Latin letters drawn in another alphabet: mathematical, circled, full width.
fn is_fancy(c: char) -> bool {
    matches!(c, '\u{1D400}'..='\u{1D7FF}' | '\u{24B6}'..='\u{24E9}' | '\u{FF21}'..='\u{FF5A}' | '\u{1F130}'..='\u{1F189}')
}

/// The pieces between blanks; addresses that were pulled apart ("x . com", "x dot com", "x. com/y") in one piece.
fn joined(text: &str, broken: &mut bool) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut dot = false;
    for piece in text.split_whitespace() {
        let bare = piece.trim_matches(['(', ')', '[', ']']);
        let ending = bare.split(['/', ',', '!', '?', ')']).next().unwrap_or_default();
        let before = pieces.last().map_or("", String::as_str);
        let hanging = before.ends_with('.') && !before.ends_with("..") && before.len() > 1;
        let opened = ["www", "www.", "WWW", "WWW."].contains(&before);
        let sure = links::SURE_ENDINGS.contains(&ending);
        if (bare == "." || bare.eq_ignore_ascii_case("dot")) && !pieces.is_empty() {
            dot = true;
            continue;
        }
        if (dot || hanging) && (sure || opened) {
            *broken = true;
            if let Some(last) = pieces.last_mut() {
                if !hanging {
                    last.push('.');
                }
                last.push_str(piece);
            }
        } else {
            pieces.push(piece.to_owned());
        }
        dot = false;
    }
    pieces
}

/// "Listen:http://x" is a word and a link.
fn parted(piece: &str) -> Vec<&str> {
    match piece.find("http") {
        Some(at) if at > 0 && piece[at..].contains("://") => vec![&piece[..at], &piece[at..]],
        _ => vec![piece],
    }
}

fn is_mail(piece: &str) -> bool {
    piece.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
    })
}

/// The folded words of one piece, and a border behind what ends a sentence.
fn push_words(piece: &str, words: &mut Vec<String>) {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    for part in piece.split_inclusive(|c: char| !inside(c)) {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        if word.bytes().any(|b| b.is_ascii_digit()) && !word.chars().any(char::is_alphabetic) {
            words.push(NUMBER.to_owned());
        } else if !word.is_empty() {
            words.push(folded(word));
        }
        if part.ends_with(['.', '!', '?', ':', ';', '…', '\n'])
            && words.last().is_some_and(|last| last != BORDER)
        {
            words.push(BORDER.to_owned());
        }
    }
}

/// Small letters, straight apostrophes, and one letter for three or more: "pleaaase" asks as "please" does.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut letters = word.chars().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        let mut run = 1;
        while letters.next_if_eq(&letter).is_some() {
            run += 1;
        }
        let letter = if letter == '’' { '\'' } else { letter };
        folded.extend(std::iter::repeat_n(letter, if run >= 3 { 1 } else { run }));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(comment: &str, words: &str) {
        assert_eq!(unmask(comment).words.join(" "), format!(". {words}"), "{comment}");
    }

    #[test]
    fn disguises_are_undone() {
        check("Pleaaaase SUB to me\u{feff}", "please sub to me");
        check("go to www . cheap . com now", "go to <link> now");
        check("see cheap dot com", "see <link>");
        check("vote: tv. show. com/vote", "vote . tv . <link>");
        check("<a href=\"http://a.example/b\">here</a><br />it&#39;s", "<link> here it's");
        check("𝐅𝐫𝐞𝐞 mon\u{200b}ey", "free money");
        check("nice song.See 3 <3", "nice song . see <number> <number>");
        assert!(unmask("a @ b, write to me@mail.example!").mail);
        assert_eq!(unmask("mon\u{200b}ey\u{feff}").invisible, 1);
        assert!(
            unmask("cheap . com").broken_link && !unmask("It ended. Net gain: none").broken_link
        );
    }

    #[test]
    fn a_long_text_is_not_gone_through_to_its_end() {
        let words = unmask(&"word ".repeat(TEXT_BYTES_MAX)).words;
        assert_eq!(words.len(), TEXT_BYTES_MAX / "word ".len() + 1);
    }
}
