//! Takes readers' names, gives pseudonyms and text without the names.
//! Invariant: a name that was made a pseudonym does not stand in the words handed back by `without_names`.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::BTreeMap;

/// The readers met on one page.
pub(crate) struct ReaderNames<'a> {
    key: &'a [u8; 32],
    /// First word of a lower-cased name, to the names that open with it and their pseudonyms.
    /// Keyed so that a page of many readers is gone through once and not once a reader.
    known: BTreeMap<String, BTreeMap<String, String>>,
}

impl<'a> ReaderNames<'a> {
    pub fn new(key: &'a [u8; 32]) -> Self {
        Self { key, known: BTreeMap::new() }
    }

    /// The pseudonym of a name, `reader-` and ten hexadecimal digits; nothing for an empty name.
    pub fn pseudonym(&mut self, name: &str) -> Option<String> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        if name.is_empty() {
            return None;
        }
        let pseudonym = keyed(self.key, name);
        let names = self.known.entry(first_word(name).to_owned()).or_default();
        names.insert(name.to_owned(), pseudonym.clone());
        Some(pseudonym)
    }

    /// The words with every known name replaced where it stands for the reader: a name of several words anywhere,
    /// one of a single word after `@` or as the address a comment opens with ("Amal, you forget ..."),
    /// since a reader may well call himself "Syria".
    pub fn without_names(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        let mut at = 0;
        while let Some(start) = words[at..].find(char::is_alphanumeric).map(|skip| at + skip) {
            out.push_str(&words[at..start]);
            let word = first_word(&words[start..]);
            let opens =
                words[..start].trim_matches(|c: char| c.is_whitespace() || c == '@').is_empty();
            let called = words[..start].ends_with('@');
            let (length, pseudonym) =
                self.name_at(&words[start..], word, called, opens).unwrap_or((word.len(), word));
            out.push_str(pseudonym);
            at = start + length;
        }
        out.push_str(&words[at..]);
        out
    }

    /// The longest known name the text opens with, where it means the reader.
    fn name_at<'n>(
        &'n self,
        text: &str,
        word: &str,
        called: bool,
        opens: bool,
    ) -> Option<(usize, &'n str)> {
        let names = self.known.get(&word.to_lowercase())?;
        names.iter().rev().find_map(|(name, pseudonym)| {
            let length = prefix_length(text, name)?;
            let after = text[length..].chars().next();
            let whole = !after.is_some_and(char::is_alphanumeric);
            let addressed = opens && matches!(after, Some(',' | ':'));
            (whole && (name.contains(' ') || called || addressed))
                .then_some((length, pseudonym.as_str()))
        })
    }
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

fn keyed(key: &[u8; 32], name: &str) -> String {
    let digest = match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(name.as_bytes());
            mac.finalize().into_bytes()
        }
        // HMAC takes keys of any length; without one nothing of the name may be told.
        Err(_) => return "reader-unknown".to_owned(),
    };
    let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("reader-{hex}")
}

/// How many bytes of the text spell the lower-cased name, white space of any kind standing for a space.
fn prefix_length(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars().peekable();
    let mut length = 0;
    for c in text.chars() {
        if wanted.peek().is_none() {
            break;
        }
        if c.is_whitespace() {
            if wanted.next() != Some(' ') {
                return None;
            }
        } else {
            for lower in c.to_lowercase() {
                if wanted.next() != Some(lower) {
                    return None;
                }
            }
        }
        length += c.len_utf8();
    }
    wanted.peek().is_none().then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, words: &str, expected: &str) {
        let mut names = ReaderNames::new(&[7; 32]);
        let pseudonym = names.pseudonym(name).unwrap();
        assert_eq!(names.without_names(words).replace(&pseudonym, "READER"), expected);
    }

    #[test]
    fn names_leave_the_text_where_they_mean_the_reader() {
        check("desert fox", "Well said, Desert Fox", "Well said, READER");
        check("Tuareg", "@tuareg the Tuareg signed nothing", "@READER the Tuareg signed nothing");
        check("Amal", "Amal, you forget Kidal", "READER, you forget Kidal");
        check("Amal", "The Amal movement denied it", "The Amal movement denied it");
    }

    #[test]
    fn a_pseudonym_hangs_on_key_and_name_alone() {
        let of = |key: u8, name: &str| ReaderNames::new(&[key; 32]).pseudonym(name).unwrap();
        assert_eq!(of(1, "Desert Fox"), of(1, " desert   fox "));
        assert_ne!(of(1, "Desert Fox"), of(2, "Desert Fox"));
        assert_eq!(of(1, "x").len(), "reader-".len() + 10);
        assert_eq!(ReaderNames::new(&[1; 32]).pseudonym("  "), None);
    }
}
