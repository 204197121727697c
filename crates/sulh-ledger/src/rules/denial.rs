//! R6. Takes the grade of a support and of a denial, gives how the proposition stands.
//! Invariant: a denial without support is no standing; a partisan denial never undoes a solid report.

use super::grade::Grade;

sulh_model::codes! {
    /// How a proposition stands after its denials.
    pub enum Upheld {
        /// Nobody says it.
        None = "none",
        /// Denied better than it is attested.
        Contradicted = "contradicted",
        /// Attested as well as denied.
        Disputed = "disputed",
        /// Attested by thin lines only.
        Claimed = "claimed",
        /// Attested by a solid line.
        Supported = "supported",
        /// Attested by several.
        Corroborated = "corroborated",
    }
}

sulh_model::codes! {
    /// How a denial that does not change the standing is shown.
    pub enum Mark {
        /// "denied by X"
        DeniedBy = "denied_by",
        /// "contested by Y"
        ContestedBy = "contested_by",
    }
}

impl Upheld {
    /// R7: on the reported track.
    pub const fn is_reported(self) -> bool {
        matches!(self, Self::Supported | Self::Corroborated)
    }

    /// R7: on the claimed track.
    pub const fn is_claimed(self) -> bool {
        matches!(self, Self::Disputed | Self::Claimed | Self::Supported | Self::Corroborated)
    }
}

/// The matrix.
pub const fn uphold(support: Grade, denial: Grade) -> (Upheld, Option<Mark>) {
    use Grade as G;
    match (support, denial) {
        (G::None, _) => (Upheld::None, None),
        (G::Claimed, G::None) => (Upheld::Claimed, None),
        (G::Claimed, G::Claimed) => (Upheld::Disputed, None),
        (G::Claimed, G::Supported | G::Corroborated) => (Upheld::Contradicted, None),
        (G::Supported, G::None) => (Upheld::Supported, None),
        (G::Supported, G::Claimed) => (Upheld::Supported, Some(Mark::DeniedBy)),
        (G::Supported, G::Supported) => (Upheld::Disputed, None),
        (G::Supported, G::Corroborated) => (Upheld::Contradicted, None),
        (G::Corroborated, G::None) => (Upheld::Corroborated, None),
        (G::Corroborated, G::Claimed) => (Upheld::Corroborated, Some(Mark::DeniedBy)),
        (G::Corroborated, G::Supported) => (Upheld::Corroborated, Some(Mark::ContestedBy)),
        (G::Corroborated, G::Corroborated) => (Upheld::Disputed, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_the_matrix() {
        let check = |support, denial, expected, mark: Option<Mark>| {
            assert_eq!(uphold(support, denial), (expected, mark), "{support} / {denial}");
        };
        for denial in Grade::ALL {
            check(Grade::None, *denial, Upheld::None, None);
        }
        check(Grade::Claimed, Grade::None, Upheld::Claimed, None);
        check(Grade::Claimed, Grade::Claimed, Upheld::Disputed, None);
        check(Grade::Claimed, Grade::Supported, Upheld::Contradicted, None);
        check(Grade::Claimed, Grade::Corroborated, Upheld::Contradicted, None);
        check(Grade::Supported, Grade::None, Upheld::Supported, None);
        check(Grade::Supported, Grade::Claimed, Upheld::Supported, Some(Mark::DeniedBy));
        check(Grade::Supported, Grade::Supported, Upheld::Disputed, None);
        check(Grade::Supported, Grade::Corroborated, Upheld::Contradicted, None);
        check(Grade::Corroborated, Grade::None, Upheld::Corroborated, None);
        check(Grade::Corroborated, Grade::Claimed, Upheld::Corroborated, Some(Mark::DeniedBy));
        check(Grade::Corroborated, Grade::Supported, Upheld::Corroborated, Some(Mark::ContestedBy));
        check(Grade::Corroborated, Grade::Corroborated, Upheld::Disputed, None);
    }

    #[test]
    fn the_tracks_take_what_is_upheld() {
        let names = |track: fn(Upheld) -> bool| {
            let taken = Upheld::ALL.iter().filter(|upheld| track(**upheld));
            taken.map(|upheld| upheld.code()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(Upheld::is_reported), "supported corroborated");
        assert_eq!(names(Upheld::is_claimed), "disputed claimed supported corroborated");
    }
}
