//! Takes the desk's shapes, gives them as text for people.
//! Invariant: words of a page are never printed raw: control and direction marks are made visible.

mod agreements;
mod because;
mod dossier;
mod parts;
mod reading;
mod table;

pub use agreements::agreements;
pub use dossier::dossier;
pub use reading::reading;
pub use sulh_export::visible;
