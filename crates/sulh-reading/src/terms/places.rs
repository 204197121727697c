//! Takes the clauses of a promise, gives where it is to be kept and where it leads.
//! Invariant: a place whereto is never given as the place where.

use crate::scene::Scene;
use sulh_model::place::Where;
use sulh_model::vocabulary::TermKind;
use sulh_syntax::Clause;

/// Where, and whereto.
pub(crate) fn place_and_destination(
    scene: &Scene<'_>,
    clause: &Clause,
    kind: TermKind,
) -> (Option<Where>, Option<Where>) {
    let moves = matches!(
        kind,
        TermKind::RelocateFighters
            | TermKind::RelocateCivilians
            | TermKind::WithdrawForces
            | TermKind::ReturnDisplaced
            | TermKind::HandOverRemains
    );
    let whither = clause.obliques.iter().find(|oblique| {
        matches!(oblique.case.as_str(), "to" | "towards" | "toward" | "into" | "for")
    });
    let Some(oblique) = whither.filter(|_| moves) else {
        return (scene.place_of(clause).cloned(), None);
    };
    let start = oblique.phrase.span.start();
    let inside = || scene.places_in(clause.span);
    let destination = inside().find(|mention| {
        mention.place.span.end() > start && mention.case.as_deref() != Some("from")
    });
    let place = inside()
        .find(|mention| mention.case.as_deref() == Some("from"))
        .or_else(|| inside().find(|mention| mention.place.span.end() <= start));
    (place.map(|mention| mention.place.clone()), destination.map(|mention| mention.place.clone()))
}
