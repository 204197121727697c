//! Takes the desk's shapes, gives them as text for people.
//! Invariant: words of a page are never printed raw: control and direction marks are made visible.

mod agreements;
mod because;
mod changes;
mod day;
mod dossier;
mod parts;
mod reading;
mod table;
mod visible;

pub use agreements::agreements;
pub use changes::diff;
pub use day::day;
pub use dossier::dossier;
pub use reading::reading;
pub use visible::visible;
