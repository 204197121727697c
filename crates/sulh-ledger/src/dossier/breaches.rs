//! Takes a weighed cluster, gives the verdicts on its breaches: the incident and the responsibility, each by itself.
//! Invariant: a breach nobody affirms is not listed.

use super::Weighing;
use crate::{
    breach::Breach,
    propositions::Proposition,
    verdict::{BreachVerdict, Responsible},
};

/// The breaches of an agreement.
pub(super) fn verdicts(weighing: &Weighing<'_>) -> Vec<BreachVerdict> {
    let breaches = weighing.gathered.breaches.iter().enumerate();
    let verdict = |(at, told): (usize, &Breach)| {
        let incident = weighing.because(Proposition::Incident { breach: at })?;
        if incident.lines.is_empty() {
            return None;
        }
        let accused = told.accused.iter().enumerate().filter_map(|(accused, who)| {
            let because = weighing.because(Proposition::Responsible { breach: at, accused })?;
            Some((who.clone(), because))
        });
        Some(BreachVerdict {
            of: weighing.cluster.key.clone(),
            window: incident.window.unwrap_or(told.window),
            place: told.place.clone(),
            quote: told.quote.clone(),
            incident,
            responsible: match told.nobody_because() {
                Some(reason) => Responsible::Nobody(reason),
                None => Responsible::Accused(accused.collect()),
            },
        })
    };
    breaches.filter_map(verdict).collect()
}
