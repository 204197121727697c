//! Takes a title as a window shows it, gives it without the outlet's name before or behind it.
//! Invariant: a part is cut only when it is the outlet's name or the host's; every other word stays.

use crate::wording;
use sulh_model::imprint::Told;

/// What outlets set between a title and their name.
const BORDERS: [&str; 10] = [" - ", " | ", " – ", " — ", " › ", " » ", " :: ", " · ", " • ", " |"];

/// Fewer words in common can be a section's name, or a town's.
const WORDS_MIN: usize = 3;

/// A name can stand with the section's and the country's.
const CUTS_MAX: usize = 3;

/// The title alone; `names` are what the outlet and its host are called.
pub(super) fn without_outlet(title: &str, names: &[String]) -> String {
    let names: Vec<String> =
        names.iter().map(|name| folded(name)).filter(|name| !name.is_empty()).collect();
    let is_outlet = |part: &str| names.contains(&folded(part));
    let mut title = title.trim();
    for _ in 0..CUTS_MAX {
        let borders = || BORDERS.iter();
        let behind = borders()
            .filter_map(|border| title.rsplit_once(border))
            .find(|(rest, outlet)| is_outlet(outlet) && !rest.trim().is_empty());
        let before = || {
            borders()
                .filter_map(|border| title.split_once(border))
                .find(|(outlet, rest)| is_outlet(outlet) && !rest.trim().is_empty())
        };
        title = match (behind, before()) {
            (Some((rest, _)), _) | (None, Some((_, rest))) => rest.trim(),
            (None, None) => break,
        };
    }
    title.to_owned()
}

/// True for a headline that is of its own, or says what a told title says: most words of the shorter of the two are
/// common. A short one that does not can be the name of a section.
pub(super) fn is_of(headline: &str, told: &str) -> bool {
    let (headline, told) = (wording::words(headline), wording::words(told));
    let common = headline.iter().filter(|word| told.contains(word)).count();
    let most = 2 * common > headline.len().min(told.len()) && common >= WORDS_MIN.min(told.len());
    most || headline.len() > WORDS_MIN
}

/// What a host is called: the whole, and the part before the ending.
pub(super) fn names_of_host(host: &str) -> Vec<String> {
    let host = host.strip_prefix("www.").unwrap_or(host);
    let mut parts = host.rsplit('.').skip(1);
    let main = parts.find(|part| part.len() > 3);
    std::iter::once(host).chain(main).map(str::to_owned).collect()
}

/// The names among authors that are not the outlet's; each once.
pub(super) fn without(authors: Vec<Told<String>>, names: &[String]) -> Vec<Told<String>> {
    let mut seen: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let mut fresh = |author: &Told<String>| {
        let folded = folded(&author.value);
        let new = !seen.contains(&folded);
        seen.push(folded);
        new
    };
    authors.into_iter().filter(|author| fresh(author)).collect()
}

/// Letters and figures only.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_outlets_name_is_cut() {
        let names = ["Gao Wire".to_owned(), "gao-wire.example".to_owned()];
        let check = |title: &str, expected: &str| {
            assert_eq!(without_outlet(title, &names), expected, "{title}");
        };
        check("A truce - Gao Wire", "A truce");
        check("Gao Wire | A truce", "A truce");
        check("A truce | gao-wire.example | Gao Wire", "A truce");
        check("A truce - for now", "A truce - for now");
        check("Gao Wire", "Gao Wire");
        assert!(is_of("War: A truce is signed", "A truce is signed in Gao"));
        assert!(is_of("A truce", "A truce"));
        assert!(!is_of("Gao", "A truce is signed in Gao"));
        assert_eq!(names_of_host("www.gao-wire.co.uk"), ["gao-wire.co.uk", "gao-wire"]);
    }
}
