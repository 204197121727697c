//! Takes a cluster, gives the verdicts on its breaches: the incident and the responsibility, each by itself.
//! Invariant: a breach nobody affirms is not listed.

use super::Weighing;
use crate::{
    link::Cluster,
    propositions::{Proposition, Scene},
    verdict::{BreachVerdict, Responsible},
};

/// The breaches of an agreement.
pub(super) fn verdicts(scene: Scene<'_>, cluster: &Cluster) -> Vec<BreachVerdict> {
    let Some(weighing) = Weighing::new(scene, cluster) else { return Vec::new() };
    let breaches = weighing.gathered.breaches.iter().enumerate();
    let verdict = |(at, told): (usize, &crate::breach::Breach)| {
        let incident = weighing.because(Proposition::Incident { breach: at })?;
        if incident.lines.is_empty() {
            return None;
        }
        let accused = told.accused.iter().enumerate().filter_map(|(accused, who)| {
            let because = weighing.because(Proposition::Responsible { breach: at, accused })?;
            Some((who.clone(), because))
        });
        Some(BreachVerdict {
            of: cluster.key.clone(),
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
