//! Takes a word of the model, gives its stored form, and back.
//! Invariant: `T::restored(x.form()) == Ok(x)`; a form that means nothing is a `Flaw`.

use jiff::civil::Date;
use serde::{Serialize, de::DeserializeOwned};
use sulh_model::{
    actor::ActorKind,
    agreement::{AgreementId, AgreementKind, Assent, PartyRole, PressureKind, Stage, Standing},
    edtf::Edtf,
    event::{Aspect, EventId, Relation},
    note::NoteCode,
    page::{BlockId, BlockKind, CaptureId},
    place::GeoPrecision,
    signature::Signature,
    span::Span,
    statement::{Basis, Factuality, HolderKind, Polarity, SpanRole, StatementId},
    term::{DependencyHow, Modality, Mode, TermId, Voluntariness},
    vocabulary::{EventKind, TermKind},
};

/// A value of a payload that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is no {what}")]
pub struct Flaw {
    /// What it should have been.
    pub what: &'static str,
    /// What stands there.
    pub value: String,
}

impl Flaw {
    pub(crate) fn new(what: &'static str, value: impl std::fmt::Display) -> Self {
        Self { what, value: value.to_string() }
    }
}

/// A word of the model that has a stored form.
pub(super) trait Stored: Sized {
    /// The stored form.
    type Form: Serialize + DeserializeOwned;
    fn form(&self) -> Self::Form;
    fn restored(form: Self::Form) -> Result<Self, Flaw>;
}

/// Declares the stored form of a struct of the model, field by field.
macro_rules! stored {
    ($model:ty as $form:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        #[derive(serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $form { $($field: <$kind as Stored>::Form),+ }

        impl Stored for $model {
            type Form = $form;
            fn form(&self) -> $form {
                $form { $($field: self.$field.form()),+ }
            }
            fn restored(form: $form) -> Result<Self, Flaw> {
                Ok(Self { $($field: <$kind as Stored>::restored(form.$field)?),+ })
            }
        }
    };
}
pub(super) use stored;

impl<T: Stored> Stored for Option<T> {
    type Form = Option<T::Form>;
    fn form(&self) -> Self::Form {
        self.as_ref().map(Stored::form)
    }
    fn restored(form: Self::Form) -> Result<Self, Flaw> {
        form.map(T::restored).transpose()
    }
}

impl<T: Stored> Stored for Vec<T> {
    type Form = Vec<T::Form>;
    fn form(&self) -> Self::Form {
        self.iter().map(Stored::form).collect()
    }
    fn restored(form: Self::Form) -> Result<Self, Flaw> {
        form.into_iter().map(T::restored).collect()
    }
}

/// Values that are stored as they are.
macro_rules! plain {
    ($($kind:ty),+) => { $(
        impl Stored for $kind {
            type Form = Self;
            fn form(&self) -> Self { self.clone() }
            fn restored(form: Self) -> Result<Self, Flaw> { Ok(form) }
        }
    )+ };
}
plain!(String, bool, u32, u64, f64);

/// Ids that are stored as their number.
macro_rules! numbers {
    ($($kind:ident),+) => { $(
        impl Stored for $kind {
            type Form = u32;
            fn form(&self) -> u32 { self.0 }
            fn restored(form: u32) -> Result<Self, Flaw> { Ok(Self(form)) }
        }
    )+ };
}
numbers!(AgreementId, BlockId, EventId, StatementId, TermId);

/// Enums that are stored as their code.
macro_rules! coded {
    ($($kind:ident),+) => { $(
        impl Stored for $kind {
            type Form = String;
            fn form(&self) -> String { self.code().to_owned() }
            fn restored(form: String) -> Result<Self, Flaw> {
                Self::from_code(&form).ok_or_else(|| Flaw::new(stringify!($kind), form))
            }
        }
    )+ };
}
coded!(
    ActorKind,
    AgreementKind,
    Aspect,
    Assent,
    Basis,
    BlockKind,
    DependencyHow,
    EventKind,
    Factuality,
    HolderKind,
    Modality,
    Mode,
    NoteCode,
    PartyRole,
    Polarity,
    PressureKind,
    Relation,
    SpanRole,
    Stage,
    Standing,
    TermKind,
    Voluntariness
);

impl Stored for Span {
    type Form = [u32; 2];
    fn form(&self) -> Self::Form {
        // A span counts in 32 bits: neither end can be cut here.
        [self.start() as u32, self.end() as u32]
    }
    fn restored([start, end]: Self::Form) -> Result<Self, Flaw> {
        if start > end {
            return Err(Flaw::new("span", format_args!("{start}..{end}")));
        }
        Ok(Self::new(start as usize, end as usize))
    }
}

impl Stored for Edtf {
    type Form = String;
    fn form(&self) -> String {
        self.to_string()
    }
    fn restored(form: String) -> Result<Self, Flaw> {
        Self::parse(&form).ok_or_else(|| Flaw::new("EDTF expression", form))
    }
}

impl Stored for Date {
    type Form = String;
    fn form(&self) -> String {
        self.to_string()
    }
    fn restored(form: String) -> Result<Self, Flaw> {
        form.parse().map_err(|_| Flaw::new("day", form))
    }
}

impl Stored for CaptureId {
    type Form = String;
    fn form(&self) -> String {
        self.to_string()
    }
    fn restored(form: String) -> Result<Self, Flaw> {
        Self::parse(&form).ok_or_else(|| Flaw::new("SHA-256", form))
    }
}

impl Stored for GeoPrecision {
    type Form = u8;
    fn form(&self) -> u8 {
        self.value()
    }
    fn restored(form: u8) -> Result<Self, Flaw> {
        Self::new(form).ok_or_else(|| Flaw::new("geo-precision", form))
    }
}

impl Stored for Signature {
    type Form = String;
    fn form(&self) -> String {
        self.to_string()
    }
    fn restored(form: String) -> Result<Self, Flaw> {
        Self::parse(&form).ok_or_else(|| Flaw::new("signature", form))
    }
}
