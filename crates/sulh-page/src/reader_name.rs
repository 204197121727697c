//! Takes readers' names, gives pseudonyms and where a text names those readers.
//! Invariant: a name that was made a pseudonym is found wherever it means the reader; stretches found do not overlap.

use crate::stamp;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    ops::{Bound, Range},
};

/// What every pseudonym begins with.
pub(crate) const PSEUDONYM_OPENING: &str = "reader-";

/// Shorter names with figures are those of brigades, roads and resolutions.
const COINED_CHARS_MIN: usize = 8;

/// The readers met on one page.
pub(crate) struct ReaderNames<'a> {
    key: &'a [u8; 32],
    /// First word of a folded name, to the names that open with it and their pseudonyms.
    /// Keyed so that a page of many readers is gone through once and not once a reader.
    known: BTreeMap<String, BTreeMap<String, String>>,
}

impl<'a> ReaderNames<'a> {
    pub fn new(key: &'a [u8; 32]) -> Self {
        Self { key, known: BTreeMap::new() }
    }

    /// The pseudonym of a name, `reader-` and ten hexadecimal digits; nothing for an empty name.
    pub fn pseudonym(&mut self, name: &str) -> Option<String> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        if name.is_empty() {
            return None;
        }
        let folded = fold(name);
        let pseudonym = keyed(self.key, &folded);
        let names = self.known.entry(fold(first_word(name))).or_default();
        names.insert(folded, pseudonym.clone());
        Some(pseudonym)
    }

    /// Where known names stand for readers, in order, and their pseudonyms: a name of several words anywhere, so one that
    /// nobody would use as a word ("gao_watch7"), one of a single word after `@` or as the address a comment opens with
    /// ("Amal, you forget ..."), since a reader may well call himself "Syria".
    pub fn names_in(&self, words: &str) -> Vec<(Range<usize>, &str)> {
        let mut found = Vec::new();
        if self.known.is_empty() {
            return found;
        }
        let mut at = 0;
        let mut opens = true;
        while let Some(start) = words[at..].find(char::is_alphanumeric).map(|skip| at + skip) {
            let between = &words[at..start];
            opens &= between.chars().all(|c| c.is_whitespace() || c == '@');
            let word = first_word(&words[start..]);
            at = start + word.len();
            let called = between.ends_with('@');
            if let Some((length, pseudonym)) = self.name_at(&words[start..], word, called, opens) {
                at = start + length;
                found.push((start..at, pseudonym));
            }
            opens = false;
        }
        found
    }

    /// The words with pseudonyms in place of those names.
    pub fn without_names(&self, words: &str) -> String {
        let mut out = words.to_owned();
        for (name, pseudonym) in self.names_in(words).into_iter().rev() {
            out.replace_range(name, pseudonym);
        }
        out
    }

    /// What `names_in` gives, for a line of the page's frame, where a name also stands alone ("Top comment", and its author below) or
    /// behind a word that hands over to it ("31 points by Salt").
    pub fn names_in_frame(&self, words: &str) -> Vec<(Range<usize>, &str)> {
        if self.known.is_empty() {
            return Vec::new();
        }
        if let Some(pseudonym) = self.whole_name(words) {
            return vec![(0..words.len(), pseudonym)];
        }
        let mut found = self.names_in(words);
        let mut handed = false;
        let mut start = 0;
        for part in words.split_inclusive(char::is_whitespace) {
            let name = part.trim().trim_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
            let at = start + (name.as_ptr() as usize - part.as_ptr() as usize);
            let own = at..at + name.len();
            let apart = |(other, _): &(Range<usize>, &str)| {
                other.end <= own.start || own.end <= other.start
            };
            if let Some(pseudonym) = self.whole_name(name).filter(|_| handed)
                && found.iter().all(apart)
            {
                found.push((own, pseudonym));
            }
            handed = stamp::hands_over(part);
            start += part.len();
        }
        found.sort_by_key(|(name, _)| name.start);
        found
    }

    fn whole_name(&self, words: &str) -> Option<&str> {
        let names = self.known.get(&fold(first_word(words)))?;
        names.get(&fold(words)).map(String::as_str)
    }

    /// The longest known name the text opens with, where it means the reader. White space of any kind and length
    /// stands for the space in a name.
    fn name_at<'n>(
        &'n self,
        text: &str,
        word: &str,
        called: bool,
        opens: bool,
    ) -> Option<(usize, &'n str)> {
        let names = self.known.get(&fold(word))?;
        let mut longest = None;
        let mut spelled = String::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c.is_whitespace() {
                spelled.truncate(spelled.trim_end().len());
                spelled.push(' ');
                continue;
            }
            spelled.extend(folded(c));
            let after = chars.peek().map(|(_, c)| *c);
            if after.is_some_and(char::is_alphanumeric) {
                continue;
            }
            // Names stand in their order: the first from here on is the one spelled, or goes on from it, or none does.
            let from = (Bound::Included(spelled.as_str()), Bound::Unbounded);
            let next = names.range::<str, _>(from).next();
            let Some((name, pseudonym)) = next.filter(|(name, _)| name.starts_with(&spelled))
            else {
                break;
            };
            let addressed = opens && matches!(after, Some(',' | ':'));
            if *name == spelled && ((name.contains(' ') || is_coined(name)) || called || addressed)
            {
                longest = Some((at + c.len_utf8(), pseudonym.as_str()));
            }
        }
        longest
    }
}

/// A name that is no word of any language, nor of a movement: "M23" is none of a reader's in what others write.
fn is_coined(name: &str) -> bool {
    let figures = name.contains(|c: char| c.is_ascii_digit()) && name.contains(char::is_alphabetic);
    name.contains('_') || figures && name.chars().count() >= COINED_CHARS_MIN
}

/// A name as it is compared. Each character by itself, so that a part folds as it does in the whole: Σ has two small
/// forms, and İ one of two characters.
fn fold(text: &str) -> String {
    text.chars().flat_map(folded).collect()
}

fn folded(c: char) -> impl Iterator<Item = char> {
    let lower = if c == 'ς' { 'σ' } else { c }.to_lowercase();
    lower.filter(|c| *c != '\u{307}')
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
        Err(_) => return format!("{PSEUDONYM_OPENING}unknown"),
    };
    let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
    format!("{PSEUDONYM_OPENING}{hex}")
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
        check("dune_goat", "not yours, dune_goat.", "not yours, READER.");
        check("2011", "since 2011 nothing", "since 2011 nothing");
        check("Amal", "The Amal movement denied it", "The Amal movement denied it");
        check("M23", "the M23 left Goma", "the M23 left Goma");
        check("gao_watch7", "as gao_watch7 says", "as READER says");
        check("Desert Fox", "so says Desert \n Fox.", "so says READER.");
        check("Desert Fox", "Desert Foxes roam", "Desert Foxes roam");
    }

    #[test]
    fn letters_with_more_than_one_small_form_are_folded_alike() {
        check("İbrahim Kaya", "as İBRAHİM KAYA says", "as READER says");
        check("ΝΙΚΟΣ Λ", "as Νικος Λ says", "as READER says");
        check("Νίκος", "@ΝΊΚΟΣ no", "@READER no");
    }

    #[test]
    fn of_two_names_the_longer_one_is_meant() {
        let mut names = ReaderNames::new(&[7; 32]);
        let short = names.pseudonym("Old Salt").unwrap();
        let long = names.pseudonym("Old Salt Jr.").unwrap();
        let read = names.without_names("Old Salt Jr. and Old Salt");
        assert_eq!(read, format!("{long} and {short}"));
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
