//! Takes a weighed agreement and one of its terms, gives the last day by which it is due.
//! Invariant: a reported extension lifts every deadline that was told before it or had passed by then; a new
//! one counts only once a page tells it.

use super::Weighing;
use crate::propositions::Proposition;
use jiff::civil::Date;
use sulh_model::{agreement::Stage, time::UncertainDate};

/// The last day of the last deadline that holds; nothing where none is told or all were lifted.
pub(super) fn last(weighing: &Weighing<'_>, term: usize) -> Option<Date> {
    let items = weighing.scene.items;
    let stages = weighing.judged.iter().filter(|(proposition, judged)| {
        matches!(proposition, Proposition::Stage { stage: Stage::Extended, .. })
            && judged.weight.upheld.is_reported()
    });
    let extended = stages.filter_map(|(_, judged)| Some(judged.weight.firm_window?.latest)).max();
    let tellings = weighing.cluster.terms.get(term).map_or(&[][..], |term| &term.tellings);
    let deadlines = tellings.iter().filter_map(|(item, id)| {
        let told = items[*item].root;
        let deadline = told.reading.term(*id)?.deadline.as_ref().and_then(UncertainDate::latest)?;
        // A page can tell the old deadline and its extension together.
        let holds =
            extended.is_none_or(|day| day <= told.report.known_from().day && day < deadline);
        holds.then_some(deadline)
    });
    deadlines.max()
}
