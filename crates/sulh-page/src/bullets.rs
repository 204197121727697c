//! Takes a line, gives the length of the bullet it opens with.
//! Invariant: the length lies on a character border, and words follow it.

/// Marks that always open an item, with or without a space behind them.
const BULLETS: [char; 10] = ['•', '▪', '●', '◦', '‣', '○', '■', '□', '·', '▸'];

/// Marks that open an item only with a space behind them: they mean other things, too.
const DASHES: [char; 5] = ['-', '*', '–', '−', '+'];

/// How many bytes of the line are white space, bullet and white space; 0 when it opens with none.
pub(crate) fn mark_length(line: &str) -> usize {
    let body = line.trim_start();
    let lead = line.len() - body.len();
    let Some(first) = body.chars().next() else { return 0 };
    let dash =
        DASHES.contains(&first) && body[first.len_utf8()..].starts_with([' ', '\t', '\u{A0}']);
    let mark =
        if dash || BULLETS.contains(&first) { first.len_utf8() } else { number_length(body) };
    let rest = body[mark..].trim_start();
    if mark == 0 || !rest.chars().any(char::is_alphanumeric) {
        return 0;
    }
    lead + body.len() - rest.len()
}

/// `1.`, `12)`, `(3)`, `a)`, `iv.` with a space behind, and numbers in other dress: `1-`, `1:`, `١-`, or
/// `1.` with a letter right behind. Capital letters are initials: "A. Saleh said".
fn number_length(body: &str) -> usize {
    let inner = body.strip_prefix('(').unwrap_or(body);
    let bracket = inner.len() < body.len();
    let labels = |c: char| c.is_ascii_alphanumeric() || is_digit(c);
    let end = inner.find(|c| !labels(c)).unwrap_or(inner.len());
    let (label, rest) = inner.split_at(end);
    let digits = label.chars().count() <= 2 && label.chars().all(is_digit);
    let letter = label.len() == 1 && label.bytes().all(|b| b.is_ascii_lowercase());
    let roman = label.len() <= 4 && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let mut after = rest.chars();
    let Some(close) = after.next().filter(|_| !label.is_empty()) else { return 0 };
    let next = after.next();
    let spaced = next.is_some_and(char::is_whitespace);
    // "1.5 km" goes on with a digit, "1.The army" with the item.
    let touching = digits && next.is_some_and(char::is_alphabetic);
    let good = match close {
        ')' => (digits || letter || roman) && spaced || touching,
        _ if bracket => false,
        '.' => (digits || letter || roman) && spaced || touching,
        // An Arabic tatweel is typed for a dash. Unspaced they join: "3-year truce", "5:30 pm".
        ':' | '-' | '–' | '—' | '−' | 'ـ' => digits && spaced,
        _ => false,
    };
    if good { usize::from(bracket) + end + close.len_utf8() } else { 0 }
}

/// A digit of the scripts reports are numbered in: Latin, Arabic-Indic, and its Persian and Urdu forms.
const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '٠'..='٩' | '۰'..='۹')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, words: &str) {
        assert_eq!(&line[mark_length(line)..], words, "{line}");
    }

    #[test]
    fn bullets_are_taken_off() {
        for line in [
            "- leave",
            "* leave",
            "•leave",
            "  – leave",
            "1. leave",
            "1) leave",
            "(1) leave",
            "a) leave",
            "iv. leave",
            "· leave",
            "1- leave",
            "12– leave",
            "1: leave",
            "1.leave",
            "2)leave",
            "١- leave",
            "٢. leave",
            "(۳) leave",
            "٤ـ leave",
        ] {
            check(line, "leave");
        }
    }

    #[test]
    fn other_openings_stay() {
        for line in [
            "-5 degrees",
            "A. Saleh said",
            "3 October",
            "2020. A year",
            "(see map)",
            "- ",
            "...",
            "e.g. this",
            "1.5 km",
            "3-year truce",
            "5:30 in the morning",
            "a: leave",
            "200- odd fighters",
            "e.leave",
            "(1: leave",
            "٢٠٢٠. A year",
        ] {
            check(line, line);
        }
    }
}
