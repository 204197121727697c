//! Takes a stretch of text, gives the spans of its words and marks.
//! Invariant: every character that is not white space lies in exactly one span.

use sulh_model::span::Span;

/// Endings that are words of their own: "n't" before "'t".
const CLITICS: [&str; 14] =
    ["n't", "n’t", "'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"];

/// The words and marks of `within`, in order.
pub fn words(text: &str, within: Span) -> Vec<Span> {
    let stretch = within.of(text);
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(c) = stretch[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let len = word_len(&stretch[at..], c);
        push(&mut spans, within.start() + at, &stretch[at..at + len]);
        at += len;
    }
    spans
}

/// Length of the word or mark that begins here.
fn word_len(rest: &str, first: char) -> usize {
    if is_link(rest) {
        return rest.find(char::is_whitespace).unwrap_or(rest.len());
    }
    if !first.is_alphanumeric() {
        // A run of one mark is one token: "...", "--", "????".
        return rest.chars().take_while(|c| *c == first).map(char::len_utf8).sum();
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    let mut before = first;
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        let inside = c.is_alphanumeric()
            || is_combining(c)
            || joins(before, c, after)
            || (c == '%' && before.is_numeric());
        if !inside {
            break;
        }
        end = at + c.len_utf8();
        before = c;
    }
    end.max(first.len_utf8()) + trailing_stop(&rest[..end], &rest[end..])
}

/// A link is one token, whatever marks it holds.
fn is_link(rest: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|head| rest.starts_with(head))
}

/// Marks that stay inside a word when letters or digits stand on both sides.
fn joins(before: char, mark: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    match mark {
        '-' | '‐' | '‑' | '\'' | '’' | 'ʿ' | 'ʾ' | '`' => {
            before.is_alphanumeric() && after.is_alphanumeric()
        }
        '.' => {
            (before.is_numeric() && after.is_numeric())
                || (before.is_alphabetic() && after.is_alphabetic())
        }
        ',' | ':' => before.is_numeric() && after.is_numeric(),
        _ => false,
    }
}

/// The stop of "U.S." and "a.m." belongs to the word; that of "town." does not.
fn trailing_stop(word: &str, rest: &str) -> usize {
    let dotted = word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    usize::from(dotted && rest.starts_with('.'))
}

fn is_combining(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x064B..=0x065F | 0x0670)
}

/// Adds a word, cutting off a clitic at its end.
fn push(spans: &mut Vec<Span>, start: usize, word: &str) {
    let cut = CLITICS.iter().find_map(|clitic| {
        let at = word.len().checked_sub(clitic.len())?;
        (at > 0 && word.is_char_boundary(at) && word[at..].eq_ignore_ascii_case(clitic))
            .then_some(at)
    });
    match cut {
        Some(at) => {
            spans.push(Span::new(start, start + at));
            spans.push(Span::new(start + at, start + word.len()));
        }
        None => spans.push(Span::new(start, start + word.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let got: Vec<&str> =
            words(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(got.join(" | "), expected);
    }

    #[test]
    fn words_marks_and_clitics() {
        check("The town’s elders didn't sign.", "The | town | ’s | elders | did | n't | sign | .");
        check(
            "pro-government forces (SAA), 1,200 men",
            "pro-government | forces | ( | SAA | ) | , | 1,200 | men",
        );
        check(
            "at 10.30 a.m. in the U.S. camp...",
            "at | 10.30 | a.m. | in | the | U.S. | camp | ...",
        );
        check("see https://example.org/a?b=c now", "see | https://example.org/a?b=c | now");
        check("al-Sha'ar and Dar'a", "al-Sha'ar | and | Dar'a");
        check("كناكر اليوم", "كناكر | اليوم");
        check("", "");
    }

    #[test]
    fn nothing_is_lost() {
        let text = "A“b”—c… d\u{301}e 5% x'y '' \u{202e}z";
        let covered: String =
            words(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(covered, text.split_whitespace().collect::<String>());
    }
}
