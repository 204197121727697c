//! Takes gazetteer/places.csv and the words of a sentence, gives the places they name.
//! Invariant: a name the gazetteer does not know stays a name; several places of one name stay several,
//! unless the page itself settles the country.

use crate::rules::{RulesError, lexicon};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sulh_model::place::{GeoPoint, GeoPrecision, KnownPlace, Resolution, Where};
use sulh_model::register::folded;
use sulh_model::span::Span;
use sulh_syntax::{ClauseRole, Sentence, Token, Upos};

/// The longest name of a place, in words.
const NAME_WORDS_MAX: usize = 5;

/// The places the program knows.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    places: Vec<KnownPlace>,
    by_name: BTreeMap<String, Vec<usize>>,
    words: PlaceWords,
}

#[derive(Debug, Deserialize)]
struct PlaceWords {
    directions: BTreeSet<String>,
    kinds: BTreeSet<String>,
    locatives: BTreeSet<String>,
    near: BTreeSet<String>,
    not_places: BTreeSet<String>,
    stays_place: BTreeSet<String>,
}

/// A place named in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlaceMention {
    /// Its words, first to last.
    pub words: (usize, usize),
    /// The preposition before it, in lower case, where there is one.
    pub case: Option<String>,
    /// What the gazetteer makes of it.
    pub place: Where,
}

impl Gazetteer {
    /// The gazetteer that comes with the program.
    pub fn shipped() -> Result<Self, RulesError> {
        Self::parse(include_str!("../../../gazetteer/places.csv"))
    }

    fn parse(text: &str) -> Result<Self, RulesError> {
        let mut gazetteer = Self {
            places: Vec::new(),
            by_name: BTreeMap::new(),
            words: lexicon("place_words.toml")?,
        };
        for (at, line) in text.lines().enumerate().skip(1) {
            let refuse = |problem: &str| {
                RulesError::file(format!("gazetteer/places.csv, line {}", at + 1), problem)
            };
            let fields: Vec<&str> = line.split(',').collect();
            let [id, name, alternates, country, unit, latitude, longitude, feature] =
                fields.as_slice()
            else {
                return Err(refuse("it needs eight fields"));
            };
            let precision =
                precision_of(feature).ok_or_else(|| refuse("its feature is unknown"))?;
            let point = match (latitude.parse(), longitude.parse()) {
                (Ok(latitude), Ok(longitude)) => Some(GeoPoint { latitude, longitude }),
                _ => None,
            };
            let place = KnownPlace {
                geonames: id.parse().ok(),
                name: (*name).to_owned(),
                country: (*country).to_owned(),
                within: Some((*unit).to_owned()).filter(|unit| !unit.is_empty()),
                point,
                precision,
            };
            let index = gazetteer.places.len();
            gazetteer.places.push(place);
            for name in
                std::iter::once(*name).chain(alternates.split('|')).filter(|name| !name.is_empty())
            {
                let indices = gazetteer.by_name.entry(folded(name)).or_default();
                if !indices.contains(&index) {
                    indices.push(index);
                }
            }
        }
        Ok(gazetteer)
    }

    /// The places a sentence names.
    pub fn mentions(
        &self,
        text: &str,
        sentence: &Sentence,
        is_other_name: impl Fn(Span) -> bool,
    ) -> Vec<PlaceMention> {
        let tokens = &sentence.tokens;
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let next = match self.mention_at(text, tokens, at, &is_other_name) {
                Some(mention) => {
                    let next = mention.words.1 + 1;
                    found.push(mention);
                    next
                }
                None => at + 1,
            };
            at = next;
        }
        found
    }

    /// "Kyiv accused": a place that stands as the subject of a deed is an authority, not a place; "troops around Homs,
    /// which lies near the border" has it for a place, whatever is said of it.
    pub fn acts(&self, sentence: &Sentence, mention: &PlaceMention) -> bool {
        let lies = mention.case.as_ref().is_some_and(|case| self.words.locatives.contains(case));
        sentence.clauses.iter().filter(|clause| !(lies && clause.shared_subject)).any(|clause| {
            let whole = clause.subject.as_ref().is_some_and(|subject| {
                (mention.words.0..=mention.words.1).contains(&subject.head)
                    && subject.words.1 == mention.words.1
            });
            let stays = self.words.stays_place.contains(&clause.predicate.lemma);
            whole && !stays && !clause.predicate.passive && clause.role != ClauseRole::Nominal
        })
    }

    fn mention_at(
        &self,
        text: &str,
        tokens: &[Token],
        first: usize,
        is_other_name: &impl Fn(Span) -> bool,
    ) -> Option<PlaceMention> {
        if !starts_name(text, &tokens[first]) || is_other_name(tokens[first].span) {
            return None;
        }
        let longest = (first..tokens.len().min(first + NAME_WORDS_MAX)).rev().find(|last| {
            let whole = !matches!(tokens[*last].upos, Upos::Punct | Upos::Part);
            whole
                && (first..=*last).all(|at| !is_other_name(tokens[at].span))
                && self.by_name.contains_key(&folded(span_of(tokens, first, *last).of(text)))
        });
        let last = match longest {
            Some(last) => last,
            None => self.unknown_name(text, tokens, first, is_other_name)?,
        };
        Some(self.build(text, tokens, first, last))
    }

    /// A name nobody knows is a place when it stands where a place stands: "in the town of X", "near X".
    fn unknown_name(
        &self,
        text: &str,
        tokens: &[Token],
        first: usize,
        is_other_name: &impl Fn(Span) -> bool,
    ) -> Option<usize> {
        let name = |at: usize| {
            tokens
                .get(at)
                .is_some_and(|token| token.upos == Upos::Propn && !is_other_name(token.span))
        };
        if !name(first) || (first > 0 && name(first - 1)) {
            return None;
        }
        let last = (first..tokens.len()).take_while(|at| name(*at)).last()?;
        let word = |at: usize| {
            tokens.get(at).map_or(String::new(), |token| token.form(text).to_lowercase())
        };
        let before = if first > 0 && word(first - 1) == "the" {
            first.checked_sub(2)
        } else {
            first.checked_sub(1)
        };
        let before = before.map(word).unwrap_or_default();
        let acronym =
            tokens[first].form(text).chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
        let listed = (first..=last).any(|at| self.words.not_places.contains(tokens[at].form(text)));
        let kind_after = self.words.kinds.contains(&word(last + 1));
        let of_kind = before == "of" && first >= 2 && self.words.kinds.contains(&word(first - 2));
        let locative = self.words.locatives.contains(&before) && before != "of";
        let stands = kind_after
            || of_kind
            || (locative && !matches!(before.as_str(), "to" | "on" | "from" | "between"));
        (stands && !acronym && !listed).then_some(last)
    }

    fn build(&self, text: &str, tokens: &[Token], first: usize, last: usize) -> PlaceMention {
        let word = |at: usize| {
            tokens.get(at).map_or(String::new(), |token| token.form(text).to_lowercase())
        };
        let known = folded(span_of(tokens, first, last).of(text));
        let direction =
            first.checked_sub(1).filter(|at| self.words.directions.contains(&word(*at)));
        let from = direction.unwrap_or(first);
        let kind_after = self.words.kinds.contains(&word(last + 1))
            && direction.is_none()
            && !matches!(word(last + 1).as_str(), "city" | "town" | "village");
        let to = if kind_after { last + 1 } else { last };
        let before = from.checked_sub(1).map(word);
        let before = match before.as_deref() {
            Some("the") => from.checked_sub(2).map(word),
            _ => before,
        };
        let span = span_of(tokens, from, to);
        let near = before.as_ref().is_some_and(|word| self.words.near.contains(word));
        let part = direction.is_some()
            || (kind_after
                && matches!(
                    word(last + 1).as_str(),
                    "countryside" | "suburbs" | "region" | "outskirts"
                ));
        let before_of =
            (before.as_deref() == Some("of")).then(|| from.checked_sub(2).map(word)).flatten();
        let kind = before_of.or_else(|| Some(word(last + 1)));
        let size = match kind.as_deref() {
            Some("city" | "town" | "village") => Some(Size::Town),
            Some(
                "province" | "governorate" | "countryside" | "state" | "region" | "oblast"
                | "district",
            ) => Some(Size::Unit),
            _ => direction.map(|_| Size::Unit),
        };
        PlaceMention {
            words: (from, to),
            case: before,
            place: Where {
                name: span.of(text).to_owned(),
                resolution: self.resolve(&known, near, part, size),
                span,
            },
        }
    }

    fn resolve(&self, name: &str, near: bool, part: bool, size: Option<Size>) -> Resolution {
        let all: Vec<&KnownPlace> = self
            .by_name
            .get(name)
            .into_iter()
            .flatten()
            .map(|index| &self.places[*index])
            .collect();
        // A town and the unit around it share their name: "city" and "province" tell them apart.
        let fits = |place: &&&KnownPlace| match size {
            Some(Size::Town) => place.precision.value() <= 2,
            Some(Size::Unit) => place.precision.value() >= 3,
            None => true,
        };
        let fitting: Vec<&&KnownPlace> = all.iter().filter(fits).collect();
        let chosen = if fitting.is_empty() { all.iter().collect() } else { fitting };
        let places: Vec<KnownPlace> = chosen
            .into_iter()
            .map(|place| KnownPlace {
                precision: widened(place.precision, near, part),
                ..(**place).clone()
            })
            .collect();
        match places.len() {
            0 => Resolution::Unknown,
            1 => places.into_iter().next().map_or(Resolution::Unknown, Resolution::Known),
            _ => Resolution::Ambiguous(places),
        }
    }
}

/// What the words around a name say of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Town,
    Unit,
}

/// Settles names of several places by the country the rest of the page speaks of, else by that of its actors.
pub(crate) fn settle_by_country(places: &mut [&mut Where], of_actors: Option<&str>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for place in places.iter() {
        if let Some(known) = place.known() {
            *counts.entry(known.country.clone()).or_default() += 1;
        }
    }
    let most = counts.values().max().copied().unwrap_or(0);
    let mut leading =
        counts.iter().filter(|(_, count)| **count == most).map(|(country, _)| country.as_str());
    let by_places = leading.next().filter(|_| leading.next().is_none());
    let Some(country) = by_places.or(of_actors).map(str::to_owned) else { return };
    for place in places.iter_mut() {
        if let Resolution::Ambiguous(candidates) = &place.resolution {
            let inside: Vec<&KnownPlace> =
                candidates.iter().filter(|candidate| candidate.country == country).collect();
            if let [only] = inside.as_slice() {
                place.resolution = Resolution::Known((*only).clone());
            }
        }
    }
}

fn span_of(tokens: &[Token], first: usize, last: usize) -> Span {
    tokens[first].span.cover(tokens[last].span)
}

/// Names begin with a capital, or are written in a script without capitals.
fn starts_name(text: &str, token: &Token) -> bool {
    let first = token.form(text).chars().next().unwrap_or(' ');
    first.is_uppercase()
        || (first.is_alphabetic() && !first.is_lowercase())
        || token.form(text).starts_with("al-")
        || token.form(text).starts_with("el-")
}

fn precision_of(feature: &str) -> Option<GeoPrecision> {
    GeoPrecision::new(match feature {
        "ppl" => 1,
        "adm2" => 3,
        "adm1" => 4,
        "region" => 5,
        "country" => 6,
        _ => return None,
    })
}

/// "around X" is no closer than 25 km to the point, "northern X" no closer than the unit X is.
fn widened(precision: GeoPrecision, near: bool, part: bool) -> GeoPrecision {
    let wider = match precision.value() {
        1 if near || part => 2,
        value => value,
    };
    GeoPrecision::new(wider).unwrap_or(precision)
}
