//! Takes the word lists under lexicons/syntax, gives what is known of a word without its neighbours.
//! Invariant: built once; looking a word up never fails and never allocates more than its lower-case form.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};

use crate::token::VerbForm;

/// Why the shipped word lists were refused: a fault of the build, not of any page.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the word list {file} cannot be read: {problem}; correct it and build again")]
pub struct LexiconError {
    /// Which list.
    pub file: &'static str,
    /// What is wrong.
    pub problem: String,
}

/// What is known of words.
#[derive(Debug)]
pub struct Lexicon {
    pub(crate) closed: Closed,
    pub(crate) reporting: Reporting,
    pub(crate) nouns: NounClasses,
    pub(crate) verb_classes: VerbClasses,
    verbs: BTreeMap<String, Vec<(String, VerbForm)>>,
    nominals: BTreeMap<String, String>,
}

/// Closed classes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closed {
    pub compound_prepositions: Vec<String>,
    pub subordinators: BTreeSet<String>,
    pub compound_subordinators: Vec<String>,
    pub modals: BTreeSet<String>,
    pub negations: BTreeSet<String>,
    pub narrowing: BTreeSet<String>,
    pub phrasal: BTreeSet<String>,
    pub prospective: BTreeSet<String>,
    pub object_control: BTreeSet<String>,
    pub noun_control: BTreeSet<String>,
    pub from_verbs: BTreeSet<String>,
    pub adjectives: BTreeSet<String>,
    pub not_verbs: BTreeSet<String>,
}

/// Words of saying.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reporting {
    pub verbs: BTreeSet<String>,
    pub postposed: BTreeSet<String>,
    pub nominal_content: BTreeSet<String>,
    pub never_said: BTreeSet<String>,
    pub adverbs: BTreeSet<String>,
    pub prepositions: BTreeSet<String>,
    pub nouns: BTreeSet<String>,
    pub relaying: BTreeSet<String>,
    pub telling: BTreeSet<String>,
    /// What only the trainer of the linear model reads.
    #[serde(rename = "bare_complement")]
    _bare_complement: IgnoredAny,
}

/// Nouns that decide what the words around them are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NounClasses {
    pub aims: BTreeSet<String>,
    pub bodies: BTreeSet<String>,
    pub times: BTreeSet<String>,
    pub tidings: BTreeSet<String>,
    pub ways: BTreeSet<String>,
}

/// Verbs that decide what the words around them are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerbClasses {
    pub befalls: BTreeSet<String>,
    pub checking: BTreeSet<String>,
    pub refusing: BTreeSet<String>,
    pub promising: BTreeSet<String>,
    pub linking: BTreeSet<String>,
    pub moving: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    lemmas: Vec<String>,
    irregular: BTreeMap<String, (String, String)>,
    doubling: Doubling,
}

#[derive(Debug, Deserialize)]
struct Doubling {
    lemmas: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nominals {
    verbs: BTreeMap<String, String>,
}

/// The lists of a file, without the examples that a test runs. A key nothing reads is an error.
pub(crate) fn load<T: for<'de> Deserialize<'de>>(
    file: &'static str,
    text: &str,
) -> Result<T, LexiconError> {
    let refused = |error: toml::de::Error| LexiconError { file, problem: error.to_string() };
    let mut lists: toml::Table = text.parse().map_err(refused)?;
    for examples in ["examples", "counter_examples"] {
        lists.remove(examples);
    }
    lists.try_into().map_err(refused)
}

macro_rules! list {
    ($name:literal) => {
        load(
            concat!("lexicons/syntax/", $name),
            include_str!(concat!("../../../lexicons/syntax/", $name)),
        )
    };
}

impl Lexicon {
    /// The lists that come with the program.
    pub fn shipped() -> Result<Self, LexiconError> {
        let verbs: Verbs = list!("verbs.toml")?;
        let nominals: Nominals = list!("nominalisations.toml")?;
        Ok(Self {
            closed: list!("closed.toml")?,
            reporting: list!("reporting.toml")?,
            nouns: list!("noun_classes.toml")?,
            verb_classes: list!("verb_classes.toml")?,
            verbs: conjugate(&verbs),
            nominals: nominals.verbs,
        })
    }

    /// True for verbs that say: their subject is a source, their complement is what it says.
    pub(crate) fn says(&self, lemma: &str) -> bool {
        self.reporting.verbs.contains(lemma)
    }

    /// The verbs a form can be, with which form of them.
    pub(crate) fn verb_readings(&self, word: &str) -> &[(String, VerbForm)] {
        self.verbs.get(word).map_or(&[], Vec::as_slice)
    }

    /// The verb a noun of action stands for.
    pub(crate) fn verb_of_noun(&self, lemma: &str) -> Option<&str> {
        self.nominals.get(lemma).map(String::as_str)
    }
}

fn conjugate(verbs: &Verbs) -> BTreeMap<String, Vec<(String, VerbForm)>> {
    let mut forms: BTreeMap<String, Vec<(String, VerbForm)>> = BTreeMap::new();
    for lemma in &verbs.lemmas {
        let (past, participle) = match verbs.irregular.get(lemma) {
            Some((past, participle)) => (past.clone(), participle.clone()),
            None => {
                let regular = past_of(lemma, &verbs.doubling.lemmas);
                (regular.clone(), regular)
            }
        };
        let all = [
            (lemma.clone(), VerbForm::Base),
            (third_person_of(lemma), VerbForm::Present),
            (gerund_of(lemma, &verbs.doubling.lemmas), VerbForm::Gerund),
            (past, VerbForm::Past),
            (participle, VerbForm::PastParticiple),
        ];
        for (form, kind) in all {
            let readings = forms.entry(form).or_default();
            if !readings.contains(&(lemma.clone(), kind)) {
                readings.push((lemma.clone(), kind));
            }
        }
    }
    forms
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// "stop" doubles its last consonant, "enter" and "show" do not.
fn doubles(lemma: &str, doubling: &BTreeSet<String>) -> bool {
    if doubling.contains(lemma) {
        return true;
    }
    let chars: Vec<char> = lemma.chars().collect();
    let [.., before, vowel, last] = chars.as_slice() else { return false };
    let syllables = chars
        .iter()
        .zip(chars.iter().skip(1).chain(std::iter::once(&'x')))
        .filter(|(c, next)| is_vowel(**c) && !is_vowel(**next))
        .count();
    syllables == 1
        && !is_vowel(*before)
        && is_vowel(*vowel)
        && !is_vowel(*last)
        && !matches!(last, 'w' | 'x' | 'y')
}

fn last_char(lemma: &str) -> char {
    lemma.chars().last().unwrap_or(' ')
}

fn consonant_y(lemma: &str) -> Option<&str> {
    lemma.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel))
}

fn third_person_of(lemma: &str) -> String {
    if let Some(stem) = consonant_y(lemma) {
        return format!("{stem}ies");
    }
    let sibilant = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| lemma.ends_with(end));
    format!("{lemma}{}", if sibilant { "es" } else { "s" })
}

fn past_of(lemma: &str, doubling: &BTreeSet<String>) -> String {
    if let Some(stem) = consonant_y(lemma) {
        return format!("{stem}ied");
    }
    if lemma.ends_with('e') {
        return format!("{lemma}d");
    }
    if doubles(lemma, doubling) {
        return format!("{lemma}{}ed", last_char(lemma));
    }
    format!("{lemma}ed")
}

fn gerund_of(lemma: &str, doubling: &BTreeSet<String>) -> String {
    if let Some(stem) = lemma.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match lemma.strip_suffix('e') {
        Some(stem) if !lemma.ends_with("ee") && !lemma.ends_with("oe") && stem.len() > 1 => {
            format!("{stem}ing")
        }
        _ if doubles(lemma, doubling) => format!("{lemma}{}ing", last_char(lemma)),
        _ => format!("{lemma}ing"),
    }
}

/// The singular of a noun, by rule; the word itself where no rule holds.
pub(crate) fn singular_of(noun: &str) -> String {
    let irregular = match noun {
        "men" => Some("man"),
        "women" => Some("woman"),
        "children" => Some("child"),
        "people" => Some("people"),
        "bodies" => Some("body"),
        "caches" => Some("cache"),
        "buses" => Some("bus"),
        "militiamen" => Some("militiaman"),
        "gunmen" => Some("gunman"),
        _ => None,
    };
    if let Some(singular) = irregular {
        return singular.to_owned();
    }
    if let Some(stem) = noun.strip_suffix("men") {
        return format!("{stem}man");
    }
    let keeps =
        ["ss", "us", "is", "news", "politics", "logistics", "statistics", "series", "forces'"];
    if noun.len() < 4 || !noun.ends_with('s') || keeps.iter().any(|end| noun.ends_with(end)) {
        return noun.to_owned();
    }
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = noun.strip_suffix("es")
        && ["sh", "ch", "x", "ss", "z"].iter().any(|end| stem.ends_with(end))
    {
        return stem.to_owned();
    }
    noun.strip_suffix('s').unwrap_or(noun).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_by_rule() {
        let none = BTreeSet::from(["commit".to_owned()]);
        assert_eq!(past_of("stop", &none), "stopped");
        assert_eq!(past_of("enter", &none), "entered");
        assert_eq!(past_of("commit", &none), "committed");
        assert_eq!(past_of("deny", &none), "denied");
        assert_eq!(past_of("release", &none), "released");
        assert_eq!(past_of("deploy", &none), "deployed");
        assert_eq!(gerund_of("enter", &none), "entering");
        assert_eq!(gerund_of("flee", &none), "fleeing");
        assert_eq!(gerund_of("lie", &none), "lying");
        assert_eq!(third_person_of("search",), "searches");
        assert_eq!(third_person_of("carry"), "carries");
        assert_eq!(singular_of("parties"), "party");
        assert_eq!(singular_of("caches"), "cache");
        assert_eq!(singular_of("clashes"), "clash");
        assert_eq!(singular_of("marches"), "march");
        assert_eq!(singular_of("sources"), "source");
        assert_eq!(singular_of("crossings"), "crossing");
    }

    #[test]
    fn the_shipped_lists_are_whole() {
        let lexicon = Lexicon::shipped().unwrap();
        assert!(lexicon.verb_readings("entered").iter().any(|(lemma, _)| lemma == "enter"));
        assert_eq!(lexicon.verb_of_noun("withdrawal"), Some("withdraw"));
    }
}
