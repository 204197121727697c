//! Takes what a person typed for a term, gives the one term, or element of a term, it means.
//! Invariant: never a guess between two: several candidates are an error that names them.

use crate::shapes::dossier::TermPart;
use sulh_model::register::folded;

/// How many candidates an error names.
const CANDIDATES_MAX: usize = 12;

/// Why a term was not found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TermError {
    /// There is none.
    #[error("no term is called `{wanted}`; {known}")]
    None {
        /// What was typed.
        wanted: String,
        /// What there is, as the end of the sentence.
        known: String,
    },
    /// There are several.
    #[error("`{wanted}` can mean {candidates}; give the id or more words")]
    Several {
        /// What was typed.
        wanted: String,
        /// The candidates.
        candidates: String,
    },
}

/// A term, or one element of it, by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The term.
    pub term: usize,
    /// The element; nothing where the whole term is meant.
    pub element: Option<usize>,
}

/// Finds the term that was meant: by its id, by that of an element, or by words of its text or kind.
pub fn meant(terms: &[TermPart], wanted: &str) -> Result<Meant, TermError> {
    let words = folded(wanted);
    let id = wanted.trim().to_lowercase();
    for (term, told) in terms.iter().enumerate() {
        if told.id == id {
            return Ok(Meant { term, element: None });
        }
        if let Some(element) = told.elements.iter().position(|element| element.id == id) {
            return Ok(Meant { term, element: Some(element) });
        }
    }
    let holding = |fits: fn(&str, &str) -> bool| -> Vec<usize> {
        let all = terms.iter().enumerate();
        all.filter(|(_, term)| holds(term, &words, fits)).map(|(at, _)| at).collect()
    };
    let whole = holding(|word, wanted| word == wanted);
    let found =
        if whole.is_empty() { holding(|word, wanted| word.contains(wanted)) } else { whole };
    match found.as_slice() {
        [term] => Ok(Meant { term: *term, element: None }),
        [] => Err(TermError::None {
            wanted: wanted.to_owned(),
            known: if terms.is_empty() {
                "the agreement has no terms".to_owned()
            } else {
                format!("there are {}", listed(terms.iter()))
            },
        }),
        several => Err(TermError::Several {
            wanted: wanted.to_owned(),
            candidates: listed(several.iter().map(|at| &terms[*at])),
        }),
    }
}

fn holds(term: &TermPart, wanted: &str, fits: fn(&str, &str) -> bool) -> bool {
    let elements = term.elements.iter().flat_map(|element| [element.text.as_str(), element.kind]);
    let told = [term.text.as_str(), term.kind].into_iter().chain(elements);
    let all: Vec<String> = told.map(|text| folded(&text.replace('_', " "))).collect();
    let mut words = wanted.split(' ').filter(|word| !word.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| all.iter().any(|text| text.split(' ').any(|one| fits(one, word))))
}

fn listed<'a>(terms: impl Iterator<Item = &'a TermPart>) -> String {
    let mut names: Vec<String> =
        terms.map(|term| format!("{} ({})", term.id, term.kind.replace('_', " "))).collect();
    let more = names.len().saturating_sub(CANDIDATES_MAX);
    names.truncate(CANDIDATES_MAX);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::term;

    fn check(wanted: &str, expected: Result<(usize, Option<usize>), &str>) {
        let plain = |id, text: &str, kind| {
            let mut plain = term(id, "pending supported", "pending supported", Vec::new());
            (plain.text, plain.kind) = (text.to_owned(), kind);
            (plain.elements[0].text, plain.elements[0].kind) = (text.to_owned(), kind);
            plain
        };
        let terms = [
            plain("t1", "The army ends its siege", "lift_siege"),
            plain("t2", "Both sides open the bridge", "open_crossing"),
            plain("t3", "The army leaves the bridgehead", "withdraw_forces"),
        ];
        let found = meant(&terms, wanted).map(|meant| (meant.term, meant.element));
        match expected {
            Ok(expected) => assert_eq!(found, Ok(expected), "{wanted}"),
            Err(part) => {
                let refused = found.unwrap_err().to_string();
                assert!(refused.contains(part), "{refused}");
            }
        }
    }

    #[test]
    fn ids_whole_words_and_parts_of_words_lead_to_a_term_and_never_to_a_guess() {
        check("t2", Ok((1, None)));
        check("T3.1", Ok((2, Some(0))));
        check("siege", Ok((0, None)));
        check("bridge", Ok((1, None)));
        check("bridgeh", Ok((2, None)));
        check("withdraw forces", Ok((2, None)));
        check("army", Err("can mean t1 (lift siege), t3 (withdraw forces)"));
        check("corridor", Err("there are t1 (lift siege), t2"));
        check(" ", Err("no term is called"));
    }
}
