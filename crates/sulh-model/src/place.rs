//! Takes a mention of a place, gives what the gazetteer makes of it.
//! Invariant: a point never stands without a precision; several candidates are never reduced to one by a guess.

use crate::span::Span;

/// UCDP geo-precision: 1 an exact location, 2 within about 25 km, 3 second-order and 4 first-order
/// administrative unit, 5 a landscape or line, 6 a country, 7 international waters or airspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GeoPrecision(u8);

impl GeoPrecision {
    /// A precision of 1 to 7.
    pub const fn new(value: u8) -> Option<Self> {
        if value >= 1 && value <= 7 { Some(Self(value)) } else { None }
    }

    /// The number.
    pub const fn value(self) -> u8 {
        self.0
    }
}

/// A point on the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeoPoint {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownPlace {
    /// GeoNames id, where it has one.
    pub geonames: Option<u32>,
    /// Its first name in the gazetteer.
    pub name: String,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: String,
    /// The name of the unit it lies in, where the gazetteer has it.
    pub within: Option<String>,
    /// Its point, for places that are small enough to have one.
    pub point: Option<GeoPoint>,
    /// How exact the point is for this kind of place.
    pub precision: GeoPrecision,
}

/// What the gazetteer makes of a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolution {
    /// One place.
    Known(KnownPlace),
    /// Several, none of them preferred.
    Ambiguous(Vec<KnownPlace>),
    /// None.
    Unknown,
}

/// A place as the page names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Where {
    /// The page's own wording.
    pub name: String,
    /// What the gazetteer makes of it.
    pub resolution: Resolution,
    /// Where the wording stands.
    pub span: Span,
}

impl Where {
    /// The one place, if it is resolved.
    pub const fn known(&self) -> Option<&KnownPlace> {
        match &self.resolution {
            Resolution::Known(place) => Some(place),
            Resolution::Ambiguous(_) | Resolution::Unknown => None,
        }
    }

    /// The country, where the place or all its candidates lie in one.
    pub fn country(&self) -> Option<&str> {
        let candidates = match &self.resolution {
            Resolution::Known(place) => return Some(&place.country),
            Resolution::Ambiguous(candidates) => candidates,
            Resolution::Unknown => return None,
        };
        let first = candidates.first()?.country.as_str();
        candidates.iter().all(|candidate| candidate.country == first).then_some(first)
    }
}
