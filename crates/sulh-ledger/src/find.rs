//! Takes what a person typed for an agreement, gives the one agreement it means.
//! Invariant: never a guess between two: several candidates are an error that names them.
//! What was typed as a whole word never means a longer one: `Kanakir7` is not `Kanakir70`.

use crate::link::AgreementKey;
use sulh_model::{agreement::Standing, place::Where, register::folded};

/// How many candidates an error names.
const CANDIDATES_MAX: usize = 8;

/// Why an agreement was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FindError {
    /// There is none.
    #[error("no agreement is called `{wanted}`; {known}")]
    None {
        /// What was typed.
        wanted: String,
        /// What there is, as the end of the sentence.
        known: String,
    },
    /// There are several.
    #[error("`{wanted}` can mean {candidates}; give the id or more of the name")]
    Several {
        /// What was typed.
        wanted: String,
        /// The candidates.
        candidates: String,
    },
}

/// What an agreement is found by.
pub struct Named<'a> {
    /// Its key.
    pub key: &'a AgreementKey,
    /// Its name.
    pub name: &'a str,
    /// Where.
    pub place: Option<&'a Where>,
    /// How many terms it has.
    pub terms: usize,
    /// How it stands in the anchor's page.
    pub standing: Standing,
}

/// Finds the agreement that was meant: by its id, or by words of its name or place.
pub fn find(all: &[Named<'_>], wanted: &str) -> Result<AgreementKey, FindError> {
    if let Some(found) = all.iter().find(|one| one.key.as_str() == wanted.trim()) {
        return Ok(found.key.clone());
    }
    let words = plain(wanted);
    let named = all.iter().filter_map(|one| Some((closeness(one, &words)?, one)));
    match preferred(named.collect()).as_slice() {
        [] => Err(FindError::None {
            wanted: wanted.to_owned(),
            known: if all.is_empty() {
                "the ledger knows of none at these days".to_owned()
            } else {
                let mut known: Vec<&Named<'_>> = all.iter().collect();
                known.sort_by_key(|one| rank(one));
                format!("there are {}", listed(&known))
            },
        }),
        [one] => Ok(one.key.clone()),
        several => {
            Err(FindError::Several { wanted: wanted.to_owned(), candidates: listed(several) })
        }
    }
}

/// How what was typed lies in the names of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// It is the whole name, or the whole name of the place.
    Exact,
    /// It is whole words of them.
    Words,
    /// It is a part of their words.
    Part,
}

/// Whole words before parts of words; agreements with terms before those without; reported ones before
/// leads; and of those left the one that is called just so.
fn preferred<'n, 'a>(named: Vec<(Closeness, &'n Named<'a>)>) -> Vec<&'n Named<'a>> {
    let order = |(closeness, one): &(Closeness, &Named<'_>)| {
        (*closeness == Closeness::Part, rank(one), *closeness)
    };
    let best = named.iter().map(order).min();
    let among = named.into_iter().filter(|one| Some(order(one)) == best);
    among.map(|(_, one)| one).collect()
}

fn rank(one: &Named<'_>) -> (bool, bool) {
    (one.terms == 0, one.standing != Standing::Reported)
}

fn listed(found: &[&Named<'_>]) -> String {
    let mut names: Vec<String> = found
        .iter()
        .take(CANDIDATES_MAX)
        .map(|one| format!("{} ({})", one.key, one.name))
        .collect();
    if found.len() > CANDIDATES_MAX {
        names.push(format!("{} more", found.len() - CANDIDATES_MAX));
    }
    names.join(", ")
}

fn closeness(named: &Named<'_>, wanted: &str) -> Option<Closeness> {
    if wanted.is_empty() {
        return None;
    }
    let mut names = vec![plain(named.name)];
    if let Some(place) = named.place {
        names.push(plain(&place.name));
        names.extend(place.known().map(|known| plain(&known.name)));
    }
    let all = names.join(" ");
    let each = |fits: fn(&str, &str) -> bool| {
        wanted.split(' ').all(|word| all.split(' ').any(|whole| fits(whole, word)))
    };
    if names.iter().any(|name| name == wanted) {
        Some(Closeness::Exact)
    } else if each(|whole, word| whole == word) {
        Some(Closeness::Words)
    } else if names.iter().any(|name| holds(name, wanted)) || each(opens) {
        Some(Closeness::Part)
    } else {
        None
    }
}

fn opens(whole: &str, word: &str) -> bool {
    whole.strip_prefix(word).is_some_and(|rest| !cuts_number(word, rest))
}

fn holds(name: &str, part: &str) -> bool {
    name.match_indices(part).any(|(at, _)| {
        !cuts_number(&name[..at], part) && !cuts_number(part, &name[at + part.len()..])
    })
}

/// A figure is no part of a longer number: 201 is not the beginning of 2016.
fn cuts_number(before: &str, after: &str) -> bool {
    before.ends_with(char::is_numeric) && after.starts_with(char::is_numeric)
}

/// A name without case, punctuation and the marks people leave out when they type.
fn plain(name: &str) -> String {
    let bare: String = name.chars().filter(|c| !is_mark(*c)).flat_map(base).collect();
    folded(&bare)
}

/// Combining marks, Arabic vowel signs and tatweel, and the signs for ayn and hamza in transliteration.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | '‘' | '’' | '\'' | '`')
}

/// The letter under a mark, for the Latin letters that names are transliterated with.
fn base(c: char) -> impl Iterator<Item = char> {
    let lower = c.to_lowercase().next().unwrap_or(c);
    let plain = match lower {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'ḍ' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' | 'ġ' | 'ǧ' => 'g',
        'ḥ' | 'ḫ' | 'ħ' => 'h',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ō' | 'ő' | 'ø' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' | 'ṣ' => 's',
        'ť' | 'ţ' | 'ț' | 'ṭ' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
        // Alef with and without its signs.
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        other => other,
    };
    std::iter::once(plain)
}
