//! Takes a statement of an item, gives evidence of it where it can witness.
//! Invariant: what an item says with another's text and that one says too is a relay of the other's word;
//! what only the item says is never put into the other's mouth.

use super::Scene;
use crate::{
    link::Item,
    rules::{
        eligible::{Bearing, Standpoint, standpoint},
        line::Evidence,
        voucher::{Outlet, Registers, Voucher},
        vouchers::Vouchers,
    },
    window::Window,
};
use sulh_model::{statement::Statement, time::UncertainDate};

/// What a statement is worth to a question.
pub(crate) enum Witness {
    /// It is evidence.
    Says(Evidence),
    /// It cannot witness (R0).
    Lead,
    /// It speaks of what came after the day that is asked of.
    Later,
}

/// Makes evidence of a statement, where it can witness.
pub(crate) fn witness(
    scene: Scene<'_>,
    vouchers: &mut Vouchers,
    item: usize,
    conflict: Option<&str>,
    statement: &Statement,
    bears: Option<Bearing>,
    window: Window,
) -> Witness {
    let told = scene.items[item].root;
    let content = statement.content();
    if scene.decisions.rejects(&told.report.capture, content) {
        return Witness::Lead;
    }
    let (Some(bears), Some(standpoint)) = (bears, standpoint(told, statement)) else {
        return Witness::Lead;
    };
    // A denial that sets no first day reaches back over the day that is asked of.
    let reaches = if bears.denies { window.earliest } else { Some(window.latest) };
    if reaches.is_some_and(|day| day > scene.as_of) {
        return Witness::Later;
    }
    Witness::Says(Evidence {
        // A question with more than 2^32 captures does not fit in memory.
        item: u32::try_from(item).unwrap_or(u32::MAX),
        span: content,
        voucher: vouchers.add(voucher(scene.registers, scene.items, item, conflict, statement)),
        hedge: bears.hedge,
        denies: bears.denies,
        headline: standpoint == Standpoint::Headline,
        window,
    })
}

/// Who vouches for a statement of an item.
pub(crate) fn voucher(
    registers: &Registers,
    items: &[Item<'_>],
    item: usize,
    conflict: Option<&str>,
    statement: &Statement,
) -> Voucher {
    let report = &items[item].root.report;
    // An outlet nobody names is at most its address.
    let outlet = Outlet {
        name: report.publisher.as_deref().or_else(|| host(report.url.as_deref()?)),
        conflict,
        published: report.published.as_ref().and_then(UncertainDate::latest),
    };
    registers.voucher(&statement.attribution, outlet)
}

/// Gives what an item says with another's text to that one: it is a relay of its word, and no line. What
/// only the item says stays its own.
pub(super) fn give_back(items: &[Item<'_>], vouchers: &mut Vouchers, evidence: &mut [Evidence]) {
    for at in 0..evidence.len() {
        let one = evidence[at];
        let Some(item) = items.get(one.item as usize).filter(|item| !item.draws_on.is_empty())
        else {
            continue;
        };
        if vouchers.get(one.voucher).relayed {
            continue;
        }
        let said = |root: &usize| {
            let by_root = |other: &&Evidence| {
                other.item as usize == *root
                    && other.denies == one.denies
                    && !vouchers.get(other.voucher).relayed
            };
            evidence.iter().find(by_root).map(|other| other.voucher)
        };
        if let Some(root) = item.draws_on.iter().find_map(said) {
            evidence[at].voucher = vouchers.relay(root);
        }
    }
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
