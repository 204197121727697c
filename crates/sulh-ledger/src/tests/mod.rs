//! Tests of whole answers: reports in, dossiers out.

mod clocks;
mod decisions;
pub(crate) mod generator;
mod one_page;
mod properties;
mod rules;
mod sequels;
mod stored;
mod weighing;
