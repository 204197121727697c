//! Takes a closed list of names, gives an enum of them.
//! Invariant: a value and its name lead to one another; a name outside the list is an error that names it.

/// An enum of the names a treebank uses, `ALL` of them in their order, `as_str` and `FromStr`.
macro_rules! named {
    (
        $(#[$of:meta])* $name:ident, $unknown:ident {
            $($(#[$doc:meta])* $variant:ident = $text:literal,)+
        }
    ) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$doc])* #[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl $name {
            /// All of them, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in a treebank.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $unknown;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                match name { $($text => Ok(Self::$variant),)+ _ => Err($unknown(name.to_owned())) }
            }
        }
    };
}

pub(crate) use named;
