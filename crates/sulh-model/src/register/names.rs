//! Takes a name as a page writes it, gives the form names are compared in.
//! Invariant: folding is idempotent, and never makes two names equal that differ in a letter or a digit.

/// A name without case, articles, quotation marks and punctuation: "The Syrian Observatory" and
/// "syrian observatory" are one.
pub fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        // "Observatory's" splits into "observatory" and "s".
        if word == "s" && !out.is_empty() {
            continue;
        }
        if word == "the" && out.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn articles_case_and_marks_fall_away() {
        assert_eq!(folded("The Syrian Observatory"), "syrian observatory");
        assert_eq!(folded("Enab Baladi’s"), "enab baladi");
        assert_eq!(folded("كناكر"), "كناكر");
        assert_eq!(folded(" - "), "");
        assert_eq!(folded("Middle East Eye (MEE)"), "middle east eye mee");
    }
}
