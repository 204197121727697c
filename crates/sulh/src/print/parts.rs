//! Takes dates, actors and places as printed in JSON, gives them as short text.
//! Invariant: what came from a page has its control and direction marks made visible.

use super::visible;
use sulh_desk::shapes::parts::{DateShape, QuantityShape, WhereShape, WhoShape};

/// A code as words.
pub fn spaced(code: &str) -> String {
    code.replace('_', " ")
}

/// A date, with the words it was read from where they say more.
pub fn date(date: &DateShape) -> String {
    if date.start.is_none() || date.wording == date.edtf {
        date.edtf.clone()
    } else {
        format!("{} (\"{}\")", date.edtf, visible(&date.wording))
    }
}

/// Somebody, as the page names them.
pub fn who(who: &WhoShape) -> String {
    visible(&who.name)
}

/// A place, with what the gazetteer makes of it.
pub fn place(place: &WhereShape) -> String {
    let name = visible(&place.name);
    match (place.geonames, place.candidates.len()) {
        (Some(id), _) => {
            format!("{name} ({}, GeoNames {id})", place.country.as_deref().unwrap_or("?"))
        }
        (None, 0) => format!("{name} (not in the gazetteer)"),
        (None, several) => format!("{name} (one of {several} places)"),
    }
}

/// A number, in its own words.
pub fn quantity(quantity: &QuantityShape) -> String {
    visible(&quantity.wording)
}
