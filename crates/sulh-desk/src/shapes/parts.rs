//! Takes dates, actors, places and quantities of the model, gives the small shapes they are printed in.
//! Invariant: offsets count UTF-8 bytes of `page.text`; what came from beside the page has none.

use jiff::civil::Date;
use serde::Serialize;
use sulh_model::{
    actor::{ActorKind, Who},
    edtf::Edtf,
    place::{KnownPlace, Resolution, Where},
    term::Quantity,
    time::UncertainDate,
};

/// `EDTF`: an uncertain date with its bounds and its wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DateShape {
    /// The EDTF level-1 expression.
    pub edtf: String,
    /// First day it can mean.
    pub earliest: Option<String>,
    /// Last day it can mean.
    pub latest: Option<String>,
    /// The words it was read from.
    pub wording: String,
    /// First byte of the wording.
    pub start: Option<usize>,
    /// One past its last byte.
    pub end: Option<usize>,
}

/// `WHO`: somebody as the page names them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhoShape {
    /// The page's wording.
    pub name: String,
    /// Entry of the actor register.
    pub id: Option<String>,
    /// What kind of actor.
    pub kind: Option<&'static str>,
    /// Its side in the conflict.
    pub side: Option<String>,
    /// First byte of the wording; nothing where the name is masked.
    pub start: Option<usize>,
    /// One past its last byte.
    pub end: Option<usize>,
}

/// `WHERE`: a place as the page names it, and what the gazetteer makes of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhereShape {
    /// The page's wording.
    pub name: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// UCDP geo-precision, 1 to 7.
    pub precision: Option<u8>,
    /// The places it could be, where it could be several.
    pub candidates: Vec<CandidateShape>,
    /// First byte of the wording.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// One of the places a name could mean.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CandidateShape {
    /// Its first name in the gazetteer.
    pub name: String,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// UCDP geo-precision, 1 to 7.
    pub precision: u8,
}

/// A number with its wording.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityShape {
    /// The number, where it is one.
    pub value: Option<u64>,
    /// What is counted.
    pub unit: Option<String>,
    /// The words.
    pub wording: String,
    /// First byte of the words.
    pub start: usize,
    /// One past their last byte.
    pub end: usize,
}

/// Why a date was refused.
#[derive(Debug, thiserror::Error)]
#[error(
    "{place}: `{text}` is no date; write a day, month or year as 2020-10-03, 2020-10 or 2020, \
     or an interval of them as 2020-09-27/2020-10-03"
)]
pub struct DateRefused {
    /// What was given.
    pub text: String,
    /// Where it was given: an option's name, or a file and key.
    pub place: String,
}

/// Reads a date given beside a page; `place` says where it was given.
pub fn date_given(text: &str, place: &str) -> Result<UncertainDate, DateRefused> {
    Edtf::parse(text.trim())
        .map(|edtf| UncertainDate::given(edtf, text.trim()))
        .ok_or_else(|| DateRefused { text: text.to_owned(), place: place.to_owned() })
}

impl WhoShape {
    /// For what may be passed on: a single person has no name there, and no span that leads to it.
    pub fn masked(who: &Who) -> Self {
        match who.kind {
            Some(ActorKind::Person) => Self {
                name: "a named person".to_owned(),
                id: None,
                kind: who.kind.map(|kind| kind.code()),
                side: who.side.clone(),
                start: None,
                end: None,
            },
            _ => who.into(),
        }
    }
}

/// Reads a day up to which something is asked; of a month or a year, its last day.
pub fn last_day_given(text: &str, place: &str) -> Result<Date, DateRefused> {
    let refused = || DateRefused { text: text.to_owned(), place: place.to_owned() };
    date_given(text, place)?.latest().ok_or_else(refused)
}

/// Reads a day from which something is asked; of a month or a year, its first day.
pub fn first_day_given(text: &str, place: &str) -> Result<Date, DateRefused> {
    let refused = || DateRefused { text: text.to_owned(), place: place.to_owned() };
    date_given(text, place)?.earliest().ok_or_else(refused)
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

impl From<&UncertainDate> for DateShape {
    fn from(date: &UncertainDate) -> Self {
        Self {
            edtf: date.edtf.to_string(),
            earliest: day(date.earliest()),
            latest: day(date.latest()),
            wording: date.wording.clone(),
            start: date.span.map(|span| span.start()),
            end: date.span.map(|span| span.end()),
        }
    }
}

impl From<&Who> for WhoShape {
    fn from(who: &Who) -> Self {
        Self {
            name: who.name.clone(),
            id: who.register_id.clone(),
            kind: who.kind.map(|kind| kind.code()),
            side: who.side.clone(),
            start: Some(who.span.start()),
            end: Some(who.span.end()),
        }
    }
}

impl From<&KnownPlace> for CandidateShape {
    fn from(place: &KnownPlace) -> Self {
        Self {
            name: place.name.clone(),
            geonames: place.geonames,
            country: place.country.clone(),
            lat: place.point.map(|point| point.latitude),
            lon: place.point.map(|point| point.longitude),
            precision: place.precision.value(),
        }
    }
}

impl From<&Where> for WhereShape {
    fn from(place: &Where) -> Self {
        let known = place.known();
        let candidates = match &place.resolution {
            Resolution::Ambiguous(candidates) => candidates.iter().map(Into::into).collect(),
            Resolution::Known(_) | Resolution::Unknown => Vec::new(),
        };
        Self {
            name: place.name.clone(),
            geonames: known.and_then(|known| known.geonames),
            country: known.map(|known| known.country.clone()),
            lat: known.and_then(|known| known.point).map(|point| point.latitude),
            lon: known.and_then(|known| known.point).map(|point| point.longitude),
            precision: known.map(|known| known.precision.value()),
            candidates,
            start: place.span.start(),
            end: place.span.end(),
        }
    }
}

impl From<&Quantity> for QuantityShape {
    fn from(quantity: &Quantity) -> Self {
        Self {
            value: quantity.value,
            unit: quantity.unit.clone(),
            wording: quantity.wording.clone(),
            start: quantity.span.start(),
            end: quantity.span.end(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sulh_model::span::Span;

    #[test]
    fn a_person_has_no_name_where_it_may_be_passed_on() {
        let who = |kind| Who {
            name: "Commander So-and-so".into(),
            register_id: None,
            kind,
            side: None,
            span: Span::new(3, 9),
        };
        let masked = WhoShape::masked(&who(Some(ActorKind::Person)));
        assert_eq!((masked.name.as_str(), masked.start), ("a named person", None));
        let force = WhoShape::masked(&who(Some(ActorKind::StateForces)));
        assert_eq!(force.start, Some(3));
    }

    #[test]
    fn a_date_is_read_or_refused_with_where_it_stood() {
        let read = date_given(" 2020-10 ", "--published").unwrap();
        let shape = DateShape::from(&read);
        assert_eq!(shape.earliest.as_deref(), Some("2020-10-01"));
        assert_eq!(shape.start, None);
        let refused = date_given("3 Oct", "--published").unwrap_err().to_string();
        assert!(refused.starts_with("--published: `3 Oct` is no date; write"), "{refused}");
        assert_eq!(last_day_given("2020-02", "--to").unwrap().to_string(), "2020-02-29");
        assert_eq!(first_day_given("2020", "--from").unwrap().to_string(), "2020-01-01");
        assert!(last_day_given("2020-02-01/..", "--to").is_err(), "an open end is no last day");
    }
}
