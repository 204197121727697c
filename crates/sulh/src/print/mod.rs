//! Takes the desk's shapes, gives them as text for people.
//! Invariant: words of a page are never printed raw: control and direction marks are made visible.

mod agreements;
mod because;
mod brief;
mod changes;
mod copies;
mod day;
mod dossier;
mod parts;
mod reading;
mod sentence;
mod source;
mod spans;
mod table;
mod why;

pub use agreements::agreements;
pub use brief::brief;
pub use changes::diff;
pub use copies::copies;
pub use day::day;
pub use dossier::dossier;
pub use reading::reading;
pub use sentence::sentence;
pub use source::source;
pub use sulh_export::visible;
pub use why::why;
