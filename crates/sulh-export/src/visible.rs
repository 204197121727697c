//! Takes words of a page, gives them so that what is seen is what is there.
//! Invariant: the result holds no control, no line break and no mark that changes the direction of writing.

/// The words on one line, with controls and direction marks spelt out: `\u{202e}`.
pub fn visible(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if letter.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else if letter.is_control() || is_hidden(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    out
}

/// Marks that are not seen but change what is seen. The two joiners of Persian and Indic writing
/// (U+200C, U+200D) shape letters and stay.
fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn hidden_marks_are_spelt_out_and_letters_stay() {
        assert_eq!(visible("safe\u{202e}txt.exe"), "safe\\u{202e}txt.exe");
        assert_eq!(visible("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(visible("two\r\n lines\tand\u{2028}more"), "two lines and more");
        assert_eq!(visible("كناكر — می\u{200c}خواهم"), "كناكر — می\u{200c}خواهم");
    }
}
