//! Takes what was read in whatever order it was found, gives it in the order of the page.
//! Invariant: ids are positions, from 1, and everything that points at a statement or an event follows it.

use std::collections::BTreeMap;
use sulh_model::agreement::Agreement;
use sulh_model::event::{Event, EventId};
use sulh_model::reading::StageTold;
use sulh_model::statement::{Statement, StatementId, Target};
use sulh_model::term::Term;

/// Renumbers statements and events by where they stand.
pub(crate) fn in_order(
    statements: &mut [Statement],
    agreements: &mut [Agreement],
    terms: &mut [Term],
    events: &mut [Event],
    mut stages: Vec<StageTold>,
) -> Vec<StageTold> {
    events.sort_by_key(|event| (event.span.start(), event.id));
    let event_ids: BTreeMap<EventId, EventId> =
        events.iter().zip(1..).map(|(event, at)| (event.id, EventId(at))).collect();
    statements.sort_by_key(|statement| {
        (
            statement.content().map(|span| (span.start(), std::cmp::Reverse(span.end()))),
            statement.id,
        )
    });
    let ids: BTreeMap<StatementId, StatementId> =
        statements.iter().zip(1..).map(|(statement, at)| (statement.id, StatementId(at))).collect();
    let renew = |id: &mut StatementId| *id = ids.get(id).copied().unwrap_or(*id);
    for statement in statements.iter_mut() {
        renew(&mut statement.id);
        for target in &mut statement.refers_to {
            if let Target::Event(id) = target {
                *id = event_ids.get(id).copied().unwrap_or(*id);
            }
        }
        statement.refers_to.sort();
    }
    for agreement in agreements {
        agreement.statements.iter_mut().for_each(renew);
        agreement.pressure.iter_mut().for_each(|pressure| renew(&mut pressure.statement));
    }
    terms.iter_mut().for_each(|term| renew(&mut term.statement));
    for event in events {
        event.id = event_ids.get(&event.id).copied().unwrap_or(event.id);
        renew(&mut event.statement);
    }
    stages.iter_mut().for_each(|stage| renew(&mut stage.statement));
    stages
}
