//! Takes an EDTF expression and the words it was read from, gives an uncertain date.
//! Invariant: the wording is never lost; a date that came from the page says where it stands.

use crate::{edtf::Edtf, span::Span};
use jiff::civil::Date;

/// A date as uncertain as its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UncertainDate {
    /// The EDTF level-1 expression.
    pub edtf: Edtf,
    /// The words it was read from.
    pub wording: String,
    /// Where they stand; nothing when they came with the capture and not from its text.
    pub span: Option<Span>,
}

impl UncertainDate {
    /// A date given beside the page (a command-line option, a side file, a feed).
    pub fn given(edtf: Edtf, wording: &str) -> Self {
        Self { edtf, wording: wording.to_owned(), span: None }
    }

    /// First day it can mean.
    pub fn earliest(&self) -> Option<Date> {
        self.edtf.earliest()
    }

    /// Last day it can mean.
    pub fn latest(&self) -> Option<Date> {
        self.edtf.latest()
    }
}
