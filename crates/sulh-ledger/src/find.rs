//! Takes what a person typed for an agreement, gives the one agreement it means.
//! Invariant: never a guess between two: several candidates are an error that names them.

use crate::{link::AgreementKey, verdict::Summary};
use sulh_model::{agreement::Standing, register::folded};

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

/// Finds the agreement that was meant: by its id, or by words of its name or place.
pub fn find(summaries: &[Summary], wanted: &str) -> Result<AgreementKey, FindError> {
    if let Some(found) = summaries.iter().find(|one| one.key.as_str() == wanted.trim()) {
        return Ok(found.key.clone());
    }
    let words = plain(wanted);
    let named: Vec<&Summary> =
        summaries.iter().filter(|one| !words.is_empty() && is_named(one, &words)).collect();
    match preferred(named).as_slice() {
        [] => Err(FindError::None {
            wanted: wanted.to_owned(),
            known: if summaries.is_empty() {
                "the ledger knows of none at these days".to_owned()
            } else {
                let mut all: Vec<&Summary> = summaries.iter().collect();
                all.sort_by_key(rank);
                format!("there are {}", listed(&all))
            },
        }),
        [one] => Ok(one.key.clone()),
        several => {
            Err(FindError::Several { wanted: wanted.to_owned(), candidates: listed(several) })
        }
    }
}

/// Agreements with terms before those without; among these, reported ones before leads.
fn preferred(named: Vec<&Summary>) -> Vec<&Summary> {
    let best = named.iter().map(rank).min();
    named.into_iter().filter(|one| Some(rank(one)) == best).collect()
}

fn rank(one: &&Summary) -> (bool, bool) {
    (one.terms == 0, one.standing != Standing::Reported)
}

fn listed(summaries: &[&Summary]) -> String {
    let mut names: Vec<String> = summaries
        .iter()
        .take(CANDIDATES_MAX)
        .map(|one| format!("{} ({})", one.key, one.name))
        .collect();
    if summaries.len() > CANDIDATES_MAX {
        names.push(format!("{} more", summaries.len() - CANDIDATES_MAX));
    }
    names.join(", ")
}

fn is_named(summary: &Summary, words: &str) -> bool {
    let mut names = vec![plain(&summary.name)];
    if let Some(place) = &summary.place {
        names.push(plain(&place.name));
        names.extend(place.known().map(|known| plain(&known.name)));
    }
    if names.iter().any(|name| name.contains(words)) {
        return true;
    }
    let all = names.join(" ");
    words.split(' ').all(|word| all.split(' ').any(|part| part.starts_with(word)))
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
