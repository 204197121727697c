//! Takes a statement of an item, gives evidence of it where it can witness.
//! Invariant: a copy speaks with the voice of its root and is never its root's own page.

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
    if window.latest > scene.as_of {
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
    let copy_of = items[item].copy_of;
    let report = &items[copy_of.unwrap_or(item)].root.report;
    // An outlet nobody names is at most its address.
    let outlet = Outlet {
        name: report.publisher.as_deref().or_else(|| host(report.url.as_deref()?)),
        conflict,
        published: report.published.as_ref().and_then(UncertainDate::latest),
    };
    let mut voucher = registers.voucher(&statement.attribution, outlet);
    voucher.relayed |= copy_of.is_some();
    voucher
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}
