//! Takes the first paragraphs of a plain text, gives its headline, byline and dateline.
//! Invariant: only lines of their own are heads; "ADEN, 3 May (Agency) - The port ..." stays a paragraph,
//! for the words behind such a slug are the report's.

use crate::wording;
use jiff::civil::Date;
use sulh_model::page::BlockKind;

/// Headlines of wires run to 140 characters, with a subtitle to 160.
const HEADLINE_CHARS_MAX: usize = 160;
/// Nor is a head that stands in a title; the first line can be a whole page.
const HEAD_CHARS_MAX: usize = 1_000;
const LINE_WORDS_MAX: usize = 14;

/// Heads stand within the first lines or nowhere.
const HEAD_LINES_MAX: usize = 6;

/// What the opening lines are; as many as are heads.
pub(super) fn kinds(paragraphs: &[&str], title: Option<&str>) -> Vec<BlockKind> {
    let mut kinds = Vec::new();
    for (at, line) in paragraphs.iter().take(HEAD_LINES_MAX).enumerate() {
        if !wording::at_most_chars(line, HEAD_CHARS_MAX) {
            break;
        }
        let kind = if is_byline(line) {
            BlockKind::Byline
        } else if is_dateline(line) {
            BlockKind::Dateline
        } else if at == 0 && is_headline(line, &paragraphs[1..], title) {
            BlockKind::Headline
        } else {
            break;
        };
        kinds.push(kind);
    }
    // Heads with no body below them head nothing.
    if kinds.len() == paragraphs.len() { Vec::new() } else { kinds }
}

/// A full day in a head line, where there is one.
pub(super) fn day(line: &str) -> Option<Date> {
    wording::full_day(&wording::words(line))
}

fn is_headline(line: &str, below: &[&str], title: Option<&str>) -> bool {
    if title.is_some_and(|title| wording::words(title) == wording::words(line)) {
        return true;
    }
    let short = wording::at_most_chars(line, HEADLINE_CHARS_MAX) && !line.contains('\n');
    let plain =
        !line.ends_with(['.', ':', ';', ',', '!', '…']) && line.split_whitespace().count() >= 2;
    let headed = match below {
        [] => false,
        [next, rest @ ..] => {
            let head = is_byline(next) || is_dateline(next);
            // A second line of the headline can be shorter than the first; the body follows it.
            let second = !wording::ends_sentence(next)
                && rest.first().is_some_and(|body| wording::ends_sentence(body));
            next.len() > line.len() || head || second || text_behind_slug(next).is_some()
        }
    };
    let dated_slug = is_dated(line) && text_behind_slug(line).is_some();
    short && plain && headed && !dated_slug && line.starts_with(|c: char| !c.is_lowercase())
}

/// "By the Gao desk", "By A. Writer - 3 October 2020", "By Our Correspondent.".
fn is_byline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let opens = line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "))
        || line.starts_with("Written by ");
    // "By noon they had left." is a sentence: before a full stop only names and offices stand.
    let stopped = line.ends_with('.') && !line.split_whitespace().skip(1).all(is_of_name);
    opens && words <= LINE_WORDS_MAX && !line.ends_with([':', ',']) && !stopped
}

/// A word of a name, or one that binds names and offices in a byline.
fn is_of_name(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let binds = matches!(
        bare,
        "a" | "an"
            | "and"
            | "al"
            | "bin"
            | "by"
            | "de"
            | "for"
            | "in"
            | "of"
            | "our"
            | "the"
            | "correspondent"
            | "desk"
            | "editor"
            | "reporter"
            | "reporters"
            | "staff"
            | "writer"
    );
    binds || bare.chars().any(char::is_uppercase)
}

/// "DAMASCUS, 3 Oct (Agency) -", "Published: 3 October 2020", "Updated 12 May 2021 10:30".
fn is_dateline(line: &str) -> bool {
    if !wording::at_most_chars(line, HEADLINE_CHARS_MAX) {
        return false;
    }
    let words = wording::words(line);
    let sentence =
        line.ends_with(['.', '!', '?', ':']) && !line.ends_with("a.m.") && !line.ends_with("p.m.");
    // "Talks resumed on 3 May" is a headline: a dateline is capitals, figures and names of days.
    let verbal = words.iter().any(|word| {
        matches!(word.as_str(), "on" | "in" | "after" | "since" | "until" | "to" | "of")
    });
    words.len() <= 10 && is_dated(line) && !sentence && !verbal && text_behind_slug(line).is_none()
}

/// True when a day of a month stands in the text.
fn is_dated(text: &str) -> bool {
    wording::words(text).windows(2).any(|pair| {
        let number =
            |word: &String| word.trim_end_matches(char::is_alphabetic).parse::<u8>().is_ok();
        let month = |word: &String| wording::month(word).is_some();
        month(&pair[0]) && number(&pair[1]) || number(&pair[0]) && month(&pair[1])
    })
}

/// Where and when a report was filed takes few words: "KHAN YUNIS, Gaza Strip, 29 October 2021 (Agency)".
const SLUG_WORDS_MAX: usize = 9;

/// What a paragraph says behind the slug it opens with: "KYIV, 29 October (Agency) - The two sides ...",
/// "ADEN: The port ...". Nothing for "Published: 3 October" and other lines that are all head.
fn text_behind_slug(line: &str) -> Option<&str> {
    const MARKS: [&str; 4] = [" - ", " – ", " — ", ": "];
    let (at, mark) =
        MARKS.iter().filter_map(|mark| Some((line.find(mark)?, mark))).min_by_key(|(at, _)| *at)?;
    let (slug, text) = (&line[..at], &line[at + mark.len()..]);
    if slug.split_whitespace().nth(SLUG_WORDS_MAX).is_some() {
        return None;
    }
    let place = slug.split_whitespace().next()?;
    let capitals = place.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !place.chars().any(char::is_lowercase);
    let named = capitals || place.starts_with(char::is_uppercase) && is_dated(slug);
    let small = |word: &str| word.len() > 2 && word.starts_with(char::is_lowercase);
    let prose = text.split_whitespace().filter(|word| small(word)).count() >= 2;
    (named && prose).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Byline, Dateline, Headline};

    fn check(text: &str, expected: &[BlockKind]) {
        let paragraphs: Vec<&str> = text.split('\n').collect();
        assert_eq!(kinds(&paragraphs, None), expected, "{text}");
    }

    #[test]
    fn heads() {
        let body =
            "The two sides met near the bridge and swapped twelve detainees, the monitors said.";
        check(
            &format!("Swap near Marinka\nBy the east desk - 3 October 2020\n{body}"),
            &[Headline, Byline],
        );
        check(
            &format!("Swap near Marinka\nDONETSK, 3 Oct (Wire) -\n{body}"),
            &[Headline, Dateline],
        );
        check(&format!("Published: 3 October 2020\n{body}"), &[Dateline]);
        check(&format!("Was there a swap?\n{body}"), &[Headline]);
        check(&format!("Swap near Marinka\nBy Our Correspondent.\n{body}"), &[Headline, Byline]);
        check(&format!("By the staff of the Gao desk.\n{body}"), &[Byline]);
    }

    #[test]
    fn the_first_of_two_lines_above_the_body_is_the_headline() {
        let body = "The wells stay open, both said.";
        check(
            &format!("Herders and farmers of Kutum agree\nThird deal this year\n{body}"),
            &[Headline],
        );
        check(&format!("Wells of Kutum shared by herders\nKUTUM: {body}"), &[Headline]);
        check("Herders and farmers of Kutum agree\nThird deal this year", &[]);
        check(&format!("They agreed at last in the town.\nThird deal this year\n{body}"), &[]);
    }

    #[test]
    fn a_slug_leaves_its_paragraph_a_paragraph() {
        let body = "A second round of talks is planned for the end of the month, the mediators said in Muscat.";
        for slug in [
            "KYIV, 29 October (Agency) - The two sides hold fire",
            "ADEN: The port is open again.",
            "Sanaa, Oct 3 (Agency) — Tribes of the north met and agreed.",
            "KHAN YUNIS, Gaza Strip, 3 May – Both sides hold fire since noon",
        ] {
            check(&format!("{slug}\n{body}"), &[]);
            check(
                &format!("Mediators expect more from both of the sides of the war\n{slug}\n{body}"),
                &[Headline],
            );
        }
        check(&format!("Published: 3 October 2020 - Updated: 4 October 2020\n{body}"), &[Dateline]);
        check(&format!("DONETSK, 3 October 2020 - Ann Writer\n{body}"), &[Dateline]);
    }

    #[test]
    fn no_heads() {
        let body =
            "The two sides met near the bridge and swapped twelve detainees, the monitors said.";
        check(body, &[]);
        check(&format!("They met.\n{body}"), &[]);
        check("Swap near Marinka", &[]);
        check(&format!("By noon the last of them had left.\n{body}"), &[]);
        check(&format!("Talks on 3 October 2020 fail\n{body}"), &[Headline]);
        check(
            &format!("DONETSK, 3 Oct (Wire) - The sides met again and nobody came.\n{body}"),
            &[],
        );
    }
}
